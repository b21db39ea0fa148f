//! What the project holds of sources by itself: from what was taken in to what bears on a statement.

use crate::id::Id;
use crate::source::Source;
use crate::synthesis::Synthesis;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Sources on their way; each number is the one before less what was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Held {
    pub taken_in: usize,
    /// Further reports of one study.
    pub same_study: usize,
    pub sources: usize,
    pub without_text: usize,
    pub with_text: usize,
    pub without_passage: usize,
    pub with_passage: usize,
    pub without_evidence: usize,
    pub with_evidence: usize,
}

impl Held {
    /// Keys and titles of the numbers, in order.
    pub const COLUMNS: [(&str, &str); 9] = [
        ("taken_in", "Taken in"),
        ("same_study", "Further reports of one study"),
        ("sources", "Sources"),
        ("without_text", "Without a text"),
        ("with_text", "With a text"),
        ("without_passage", "No passage yet"),
        ("with_passage", "Contribute a passage"),
        ("without_evidence", "No evidence yet"),
        ("with_evidence", "Contribute evidence"),
    ];

    /// In the order of [`Held::COLUMNS`].
    pub fn numbers(&self) -> [usize; 9] {
        [
            self.taken_in,
            self.same_study,
            self.sources,
            self.without_text,
            self.with_text,
            self.without_passage,
            self.with_passage,
            self.without_evidence,
            self.with_evidence,
        ]
    }

    pub fn add(&mut self, other: &Held) {
        self.taken_in += other.taken_in;
        self.same_study += other.same_study;
        self.sources += other.sources;
        self.without_text += other.without_text;
        self.with_text += other.with_text;
        self.without_passage += other.without_passage;
        self.with_passage += other.with_passage;
        self.without_evidence += other.without_evidence;
        self.with_evidence += other.with_evidence;
    }

    #[cfg(test)]
    pub fn adds_up(&self) -> bool {
        self.taken_in == self.same_study + self.sources
            && self.sources == self.without_text + self.with_text
            && self.with_text == self.without_passage + self.with_passage
            && self.with_passage == self.without_evidence + self.with_evidence
    }
}

/// One strand on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Strand {
    pub strand: String,
    pub own_data: bool,
    #[serde(flatten)]
    pub held: Held,
}

/// All strands that hold a source, in the order of the settings.
pub fn by_strand(synthesis: &Synthesis) -> Vec<Strand> {
    let strands = &synthesis.settings.strands;
    let place = |source: &Source| strands.iter().position(|strand| strand.key == source.strand).unwrap_or(usize::MAX);
    let all = held_by(synthesis, |source| (place(source), source.strand.clone(), source.kind.is_own_data()));
    let told = |((at, key, own_data), held)| {
        let strand = strands.get(at).map_or(key, |strand: &crate::strand::Strand| strand.title.clone());
        Strand { strand, own_data, held }
    };
    all.into_iter().map(told).collect()
}

/// Sources on their way, by whatever is asked of each.
pub fn held_by<K: Ord>(synthesis: &Synthesis, key: impl Fn(&Source) -> K) -> BTreeMap<K, Held> {
    let reach = Reach::of(synthesis);
    let mut all = BTreeMap::new();
    for source in synthesis.sources.values() {
        reach.count(synthesis, source.id, all.entry(key(source)).or_default());
    }
    all
}

/// Sources that came so far, each study once.
struct Reach {
    text: BTreeSet<Id>,
    passage: BTreeSet<Id>,
    evidence: BTreeSet<Id>,
}

impl Reach {
    fn of(synthesis: &Synthesis) -> Self {
        let of = |id: Id| synthesis.counts_as(id);
        let is_there = |document: Id| synthesis.documents.get(&document).is_some_and(|one| !one.purged);
        let own = synthesis.documents.values().filter(|one| !one.purged).map(|one| of(one.source));
        let studies = synthesis.sources.values().filter(|one| one.study.is_some_and(|study| is_there(study.document)));
        let text: BTreeSet<Id> = own.chain(studies.map(|one| of(one.id))).collect();
        let evidence = synthesis.evidence.values().filter(|link| !link.is_irrelevant() && !synthesis.is_gone(link));
        let evidence = evidence.map(|link| of(link.source)).collect();
        let coded = synthesis.codings.values().filter(|one| one.anchor.row.is_none());
        let coded = coded.filter_map(|one| synthesis.documents.get(&one.anchor.document)).map(|one| of(one.source));
        let linked = synthesis.evidence.values().map(|link| of(link.source));
        let passage = coded.chain(linked).filter(|id| text.contains(id)).collect();
        Reach { text, passage, evidence }
    }

    fn count(&self, synthesis: &Synthesis, id: Id, held: &mut Held) {
        held.taken_in += 1;
        if synthesis.counts_as(id) != id {
            held.same_study += 1;
            return;
        }
        held.sources += 1;
        if !self.text.contains(&id) {
            held.without_text += 1;
            return;
        }
        held.with_text += 1;
        if !self.passage.contains(&id) {
            held.without_passage += 1;
            return;
        }
        held.with_passage += 1;
        if self.evidence.contains(&id) { held.with_evidence += 1 } else { held.without_evidence += 1 }
    }
}
