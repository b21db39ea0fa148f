//! Coding queries: which stretches of text a query over codings means. Pure: what is coded, who speaks and what
//! words match is asked of a [`Ground`].
//!
//! A **stretch** is half-open, `a = [a0, a1)`, in bytes of one text (a document's text layer; a row of a table is a
//! text of its own). A coding that has several stretches is related by each of them. Stretches of different texts
//! never lie to each other in any way; nor does a coding to itself.
//!
//! | relation | holds between a and b when |
//! |---|---|
//! | `SAME` | a0 = b0 and a1 = b1 |
//! | `OVERLAPS` | a0 < b1 and b0 < a1 |
//! | `WITHIN` | b0 ≤ a0 and a1 ≤ b1 |
//! | `ENCLOSES` | a0 ≤ b0 and b1 ≤ a1 |
//! | `PRECEDES` | a1 ≤ b0 |
//! | `PRECEDES/d` | a1 ≤ b0 and they are no further apart than d |
//! | `FOLLOWS`, `FOLLOWS/d` | b `PRECEDES` a, at that distance |
//! | `NEAR/d` | a `OVERLAPS` b, or `PRECEDES/d` or `FOLLOWS/d` it |
//! | `TOUCHES` | a `PRECEDES/0` or `FOLLOWS/0` b: no word of speech lies between |
//!
//! No further apart than **n** (words): at most n whole words of speech lie in `[a1, b0)`. Than **turn**: one unit of the
//! text encloses both. Than **paragraph**: one stretch without a line break encloses both, in one unit. Than **n
//! seconds**: the units in which they begin bear times at most n apart; a unit without a time has that of the last
//! unit before it that has one, and where there is none nothing is that near.
//!
//! `A R B` is each a of A for which there is a b of B with a R b; `A NOT R B` each for which there is none. `ONLY A` is
//! each a of A that no coding of a code outside A's overlaps.
//!
//! Words, fields and `NOT` are **conditions** on units. A condition that stands at a relation stands for the words
//! that match it, or where it names no words for the units themselves. `AND`, `NOT` and `ATLEAST` compare within a
//! **scope** ([`Scope`]): `A AND B` is what of A and of B lies in the same unit (document, source) as some of each
//! other. `OR` is all of either. `coder:`, `date:` and `unread:` within an `AND` say which codings its other parts speak of.

mod diagram;
mod evaluate;
mod joined;
#[cfg(test)]
pub(crate) mod made;
#[cfg(test)]
pub(crate) mod naive;
mod reach;
mod relate;
#[cfg(test)]
mod tests;
mod texts;

pub use diagram::{pictures, pictures_of};
pub use evaluate::{Outcome, evaluate, sides};
pub use relate::{holds, related, shared};
pub use texts::{Texts, Unit};

use crate::diagnostic::Result;
use crate::query::{Query, Value};
use std::rc::Rc;

/// Stands for the coding of a stretch that is none: a unit, or words that matched.
pub const UNCODED: u32 = u32::MAX;

/// A half-open stretch of bytes of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// Ordinal of its text in [`Texts`].
    pub text: u32,
    pub start: u32,
    /// More than `start`.
    pub end: u32,
    /// Ordinal of the coding that it is a stretch of, or [`UNCODED`].
    pub coding: u32,
}

crate::vocabulary! {
    /// Within what AND, NOT and ATLEAST compare.
    pub enum Scope "scope" {
        /// A numbered unit: a turn, a paragraph, a row.
        Unit "unit",
        Document "document",
        /// An independent source: a study, an interview.
        Source "source",
    }
}

/// How the texts lie: what it takes to tell how two stretches lie to each other.
pub trait Layout {
    fn texts(&self) -> &Texts;

    /// Words of speech of a text, as half-open stretches of bytes, ascending.
    fn words(&self, text: u32) -> Result<Rc<[(u32, u32)]>>;

    /// The stretch without a line break that holds a place of a text.
    fn paragraph(&self, text: u32, at: u32) -> Result<(u32, u32)>;
}

/// What a query is asked of.
pub trait Ground: Layout {
    /// The units that match a query without codings, ascending, as ordinals of [`Texts`].
    fn matching(&self, query: &Query) -> Result<Vec<u32>>;

    /// The words that a query means in these units, ascending by place.
    fn meant(&self, query: &Query, units: &[u32]) -> Result<Vec<Stretch>>;

    /// Ordinals of a code and the codes below it. Fault: `unknown-value` and those of a code.
    fn codes(&self, value: &Value) -> Result<Vec<u32>>;

    /// All codings' stretches, ascending; each touches a unit.
    fn codings(&self) -> &[Stretch];

    /// Ordinal of a coding's code.
    fn code_of(&self, coding: u32) -> u32;

    /// Whether a coding counts where no layer of codings is asked for.
    fn counts(&self, _coding: u32) -> bool {
        true
    }

    /// Whether a coding fits `coder:`, `date:`, `layer:` or `unread:`. Fault: `unknown-value`.
    fn fits(&self, query: &Query) -> Result<Box<dyn Fn(u32) -> bool + '_>>;
}
