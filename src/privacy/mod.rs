//! What keeps people unknown, as pure functions: finding listed identifiers in whatever dress, attributing words
//! to no fewer than k people, pooling small groups where votes are shown. What is done about a finding is
//! [`crate::act::output`]'s business.

pub mod cohort;
pub mod letters;
pub mod lookout;
pub mod pool;

pub use cohort::Cohort;
pub use lookout::{Lookout, Sighting, Wanted};
pub use pool::{Pooled, SMALLER, pool};
