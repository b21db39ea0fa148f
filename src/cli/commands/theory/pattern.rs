//! `realist theory pattern`

pub use super::patterns::{One as Arguments, one as run};
