//! From nouns to data frames to [`crate::table::Table`]: the only user of polars.
//!
//! Everything that counts over a whole synthesis is here. Three rules hold throughout: evidence is
//! counted by distinct **source**, as the sources now stand (`same_study` counts once); frames are
//! sorted before they leave; and the words for what was counted (a standing, a priority) come from
//! the nouns and from `stats`, never from here. What a paper says around a table is `report`'s.
//!
//! Every function takes the whole [`crate::synthesis::Synthesis`] and gives a table with stable keys,
//! or the typed values behind it ([`backing()`], [`priorities`]) for prose.

mod backing;
mod briefing;
mod clashes;
mod coder;
mod component;
mod evidence;
mod links;
mod priority;
#[cfg(test)]
pub(crate) mod sample;

pub use backing::{Backing, Counts, Mechanism, PartBacking, backing};
pub use briefing::{group_by_stance, stance_by_kind};
pub use clashes::clashes;
pub use coder::coder_activity;
pub use component::{components_by_kind, components_by_strand, standing_by_component};
pub use evidence::{for_and_against, for_and_against_in_short, gaps};
pub use priority::{UncertaintyPriority, priorities, spoken_for, statements_of};

use crate::diagnostic::{Fault, Result, fault};
use crate::text::words::counted;
use polars::prelude::{DataFrame, PolarsError};

/// A frame that cannot be made is a fault of the program, not of the project.
#[allow(clippy::needless_pass_by_value)] // what `map_err` hands over
fn broken(error: PolarsError) -> Fault {
    fault("frame", format!("cannot count: {error}")).hint("nothing was changed; please report this")
}

/// A column of whole numbers, in row order.
fn numbers(frame: &DataFrame, column: &str) -> Result<Vec<usize>> {
    let column = frame.column(column).and_then(|column| column.u32().cloned()).map_err(broken)?;
    Ok(column.iter().map(|number| number.unwrap_or_default() as usize).collect())
}
