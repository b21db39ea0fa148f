//! Who speaks of a statement, part by part.

use crate::evidence::Stance;
use crate::id::Id;
use crate::synthesis::{Bearing, Bearings, Synthesis, Target};
use std::collections::{BTreeMap, BTreeSet};

/// Who speaks of a statement, by part; `None` is the statement as a whole.
#[derive(Debug, Default)]
pub(super) struct Voices {
    pub(super) told: BTreeMap<Option<String>, BTreeSet<Id>>,
    pub(super) against: BTreeMap<Option<String>, BTreeSet<Id>>,
    /// Evidence links for it, each with its source.
    pub(super) links: BTreeMap<Option<String>, Vec<(Id, Id)>>,
}

impl Voices {
    /// Of every statement, in one pass over the evidence.
    pub(super) fn all(synthesis: &Synthesis) -> BTreeMap<Id, Voices> {
        let mut voices: BTreeMap<Id, Voices> = BTreeMap::new();
        let counts_as: BTreeMap<Id, Id> =
            synthesis.sources.keys().map(|source| (*source, synthesis.counts_as(*source))).collect();
        let bearings = Bearings::of(synthesis);
        for statement in synthesis.living_hypotheses() {
            let own = voices.entry(statement.id).or_default();
            for one in bearings.on(statement.id) {
                if !one.link.is_irrelevant() && !synthesis.is_gone(one.link) {
                    let source = counts_as.get(&one.link.source).copied().unwrap_or(one.link.source);
                    own.hear(&one, source);
                }
            }
        }
        voices
    }

    /// What another statement lends on a part of its own tells no part of this one; that it speaks against is heard.
    fn hear(&mut self, one: &Bearing<'_>, source: Id) {
        let part = match one.target {
            Target::Part(key) => Some(key.to_owned()),
            Target::Whole | Target::OfLender(_) => None,
        };
        match one.link.stance {
            Stance::Supports | Stance::Refines if matches!(one.target, Target::OfLender(_)) => {}
            Stance::Supports | Stance::Refines => {
                self.told.entry(part.clone()).or_default().insert(source);
                self.links.entry(part).or_default().push((one.link.id, source));
            }
            Stance::Refutes => {
                self.against.entry(part).or_default().insert(source);
            }
            Stance::Ambiguous => {}
        }
    }

    /// Sources that speak for a part: of it, or of the whole.
    pub(super) fn tells(&self, part: &str) -> BTreeSet<Id> {
        Self::of(&self.told, part)
    }

    pub(super) fn of(by_part: &BTreeMap<Option<String>, BTreeSet<Id>>, part: &str) -> BTreeSet<Id> {
        [None, Some(part.to_owned())].iter().filter_map(|key| by_part.get(key)).flatten().copied().collect()
    }
}
