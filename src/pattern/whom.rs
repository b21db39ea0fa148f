//! For whom and where: independent sources for and against, by group of who speaks, kind of source and strand.
//! Counts, and a share only where it means something.

use super::Voice;
use super::telling::{Member, heard};
use std::collections::BTreeSet;

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
    /// Independent sources that tell all of it in voices of this value, or speak for parts only, or against; one may
    /// speak for and against.
    pub told_by: usize,
    pub parts_by: usize,
    pub denied_by: usize,
    /// Those that tell all of it or speak against.
    pub sources: usize,
    /// `told_by` of `sources`; `None` below [`SMALLEST`].
    pub share: Option<f64>,
}

pub(super) fn contrasts(members: &[Member]) -> Vec<Contrast> {
    let by = |by: &'static str, value: fn(&Voice) -> Option<&str>| {
        let values: BTreeSet<Option<&str>> = members.iter().flat_map(|one| one.voices().iter().map(value)).collect();
        Contrast { by, rows: values.into_iter().map(|wanted| row(members, wanted, value)).collect() }
    };
    vec![
        by("group", |voice| voice.group.as_deref()),
        by("kind", |voice| Some(&voice.kind)),
        by("strand", |voice| Some(&voice.strand)),
    ]
}

fn row(members: &[Member], wanted: Option<&str>, value: fn(&Voice) -> Option<&str>) -> Row {
    let heard = heard(members, |voice| value(voice) == wanted);
    let sources = heard.whole.union(&heard.against).count();
    Row {
        value: wanted.map(str::to_owned),
        told_by: heard.whole.len(),
        parts_by: heard.parts.len(),
        denied_by: heard.against.len(),
        sources,
        share: (sources >= SMALLEST).then(|| heard.whole.len() as f64 / sources as f64),
    }
}
