//! What a query asks of the project rather than of the words, and the shape of the answer.

use super::{Field, Query, Value};
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Answers fields from the fold of the project.
pub trait Facts {
    /// The units for which `field` is `value`; an unknown value is a fault ([`unknown`]), never an
    /// empty answer.
    fn extent(&self, field: Field, value: &Value) -> Result<Extent>;

    /// The units that hold what a query over codings means ([`Query::is_of_codings`]).
    fn coded(&self, query: &Query) -> Result<Extent>;
}

/// A set of units, said as the project knows it. A unit is in it when any of the parts names it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extent {
    /// All units of these documents.
    pub documents: BTreeSet<Id>,
    /// Units of these documents that name no study of their own: the answer to questions about
    /// sources, where a table row's study overrides its document.
    pub without_study: BTreeSet<Id>,
    /// Units by document and index into the speakers of its header.
    pub speakers: BTreeSet<(Id, usize)>,
    /// Units by document and index into the studies of its header.
    pub studies: BTreeSet<(Id, usize)>,
    /// Units by document and number, in any order.
    pub units: BTreeMap<Id, Vec<RangeInclusive<usize>>>,
}

/// The fault of a value that names nothing.
///
/// `candidates` are what could have been meant.
pub fn unknown<'c>(field: Field, value: &str, candidates: impl IntoIterator<Item = &'c str>) -> Fault {
    let fault = fault("unknown-value", format!("there is no {field} '{value}'"));
    match did_you_mean(value, candidates).first() {
        Some(near) => fault.hint(format!("did you mean {field}:\"{near}\"?")),
        None => fault,
    }
}
