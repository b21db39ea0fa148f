//! For whom and where: independent sources for and against, by group of who speaks, kind of source and strand.
//! Counts, and a share only where it means something.

use super::Voice;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Sources below which no share is worked out.
pub const SMALLEST: usize = 5;

/// One way of telling voices apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// `group`, `kind` or `strand`.
    pub by: &'static str,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// `None`: not known, or nobody's own words.
    pub value: Option<String>,
    /// Independent sources; one may do both.
    pub told_by: usize,
    pub denied_by: usize,
    pub sources: usize,
    /// `told_by` of `sources`; `None` below [`SMALLEST`].
    pub share: Option<f64>,
}

pub(super) fn contrasts<'v>(voices: &(impl Iterator<Item = &'v Voice> + Clone)) -> Vec<Contrast> {
    let by = |by: &'static str, value: fn(&Voice) -> Option<&str>| {
        let mut rows: BTreeMap<Option<&str>, [BTreeSet<Id>; 2]> = BTreeMap::new();
        for voice in voices.clone() {
            rows.entry(value(voice)).or_default()[usize::from(voice.against)].insert(voice.source);
        }
        Contrast { by, rows: rows.into_iter().map(|(value, sides)| row(value, &sides)).collect() }
    };
    vec![
        by("group", |voice| voice.group.as_deref()),
        by("kind", |voice| Some(&voice.kind)),
        by("strand", |voice| Some(&voice.strand)),
    ]
}

fn row(value: Option<&str>, [told, denied]: &[BTreeSet<Id>; 2]) -> Row {
    let sources = told.union(denied).count();
    Row {
        value: value.map(str::to_owned),
        told_by: told.len(),
        denied_by: denied.len(),
        sources,
        share: (sources >= SMALLEST).then(|| told.len() as f64 / sources as f64),
    }
}
