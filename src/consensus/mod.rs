//! Rounds counted: from what members answered to what the rule says of it. Pure; the formulas are those of
//! [`crate::stats`].
//!
//! `rule` reads the rule, `heard` tells votes from what is none, `quorum` says whether enough people were there,
//! `work` works everything out, `results` is what comes of it, `pool` says which groups others may see on their own.

mod heard;
mod pool;
mod quorum;
mod results;
mod rule;
mod work;

pub use heard::{Cast, Heard};
pub use pool::{POOLED, Pool};
pub use quorum::{Lack, lacking};
pub use results::{Figures, GroupFigures, ItemResult, Previous, Registered, Results, Seats};
pub use rule::{Judge, check, in_print, usual, written};
pub use work::work_out;

use crate::stats::chance::Draws;

/// Shuffles behind a permutation p where nothing else is said.
pub const DRAWS: Draws = Draws { number: 10_000, seed: 1 };

/// Where no p is wanted.
pub const NO_P: Draws = Draws { number: 1, seed: 1 };

#[cfg(test)]
mod tests;
