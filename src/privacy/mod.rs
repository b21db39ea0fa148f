//! What keeps people unknown, as pure functions: finding listed identifiers in whatever dress, attributing words
//! to no fewer than k people. Small groups of a vote are pooled by [`crate::consensus::Pool`]. What is done about a finding is
//! [`crate::act::output`]'s business.

pub mod cohort;
mod bare;
pub mod letters;
pub mod lookout;

pub use cohort::Cohort;
pub use lookout::{Lookout, Sighting, Wanted};
