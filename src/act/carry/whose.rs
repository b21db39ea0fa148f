//! Whose words a passage holds, before a correction and after it. The same words that another now says, or
//! that count as another study's, are for a person to look at: consent and source hang on them.

use crate::document::{Header, Unit};
use crate::project::Shard;
use crate::text::Span;
use std::collections::BTreeSet;

/// Speakers and studies of the units that a passage touches, by their places in the header: they mean the
/// same in every version of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Whose {
    speakers: BTreeSet<Option<usize>>,
    studies: BTreeSet<Option<usize>>,
}

impl Whose {
    pub fn of(unit: &Unit) -> Self {
        Whose { speakers: BTreeSet::from([unit.speaker]), studies: BTreeSet::from([unit.study]) }
    }

    /// Of all units from the first span to the last.
    pub fn at(shard: &Shard, spans: &[Span]) -> Self {
        let touched = spans.iter().copied().reduce(Span::join).and_then(|hull| shard.units_at(hull));
        let mut whose = Whose::default();
        let Some((first, last)) = touched else { return whose };
        for unit in (first.n..=last.n).filter_map(|n| shard.unit(n)) {
            whose.speakers.insert(unit.speaker);
            whose.studies.insert(unit.study);
        }
        whose
    }

    /// `another speaker: Ben, now Ana`, where words go over to `now`; nothing where they stay whose they were.
    pub fn changed(&self, now: &Whose, header: &Header) -> Option<String> {
        let speaker = |at: usize| header.speakers.get(at).map(|one| one.label.clone());
        let study = |at: usize| header.studies.get(at).map(crate::document::Study::citation);
        let of_speakers = said("another speaker", &self.speakers, &now.speakers, speaker);
        let of_studies = said("another study", &self.studies, &now.studies, study);
        let parts: Vec<String> = of_speakers.into_iter().chain(of_studies).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

fn said(
    what: &str,
    was: &BTreeSet<Option<usize>>,
    now: &BTreeSet<Option<usize>>,
    name: impl Fn(usize) -> Option<String>,
) -> Option<String> {
    let names = |all: &BTreeSet<Option<usize>>| {
        let one = |at: &Option<usize>| at.and_then(&name).unwrap_or_else(|| "nobody".to_owned());
        all.iter().map(one).collect::<Vec<_>>().join(" and ")
    };
    (was != now).then(|| format!("{what}: {}, now {}", names(was), names(now)))
}
