//! How much of a pattern a source tells: a whole configuration, or parts of one. A source that is only heard on the
//! context tells of no demi-regularity, however many such sources there are.

use super::{Grouped, Place, Voice};
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// What of a pattern a part is.
    pub enum Slot "slot of a pattern" {
        Context "context",
        Mechanism "mechanism",
        Outcome "outcome",
        /// Another part of its statement, or one that nobody has placed.
        Other "other",
    }
}

/// What of a statement a voice speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of {
    Whole,
    /// Key of a part.
    Part(String),
    /// A part of the statement that lends the evidence: which one of this that is, nobody has said.
    Unplaced,
}

/// Independent sources by what they say of a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard {
    /// They tell all of it: of one of its statements the whole, or each of its slots.
    pub whole: BTreeSet<Id>,
    /// They speak for parts of it only, with the slots of these.
    pub parts: BTreeMap<Id, BTreeSet<Slot>>,
    /// They speak against a statement of it, or a part of one; they may speak for it too.
    pub against: BTreeSet<Id>,
}

/// A statement of a pattern with who is heard on it.
pub(super) struct Member<'g> {
    slots: BTreeMap<&'g str, Slot>,
    voices: &'g [Voice],
}

impl<'g> Member<'g> {
    pub(super) fn new(grouped: &'g Grouped, statement: usize, place: Place, voices: &'g [Voice]) -> Self {
        let (context, mechanism, outcome) = place;
        let groups = [(context, Slot::Context), (Some(mechanism), Slot::Mechanism), (Some(outcome), Slot::Outcome)];
        let keys = groups.into_iter().filter_map(|(group, slot)| Some((group?, slot)));
        let slots =
            keys.flat_map(move |(group, slot)| grouped.keys(statement, group).map(move |key| (key, slot))).collect();
        Member { slots, voices }
    }

    pub(super) fn voices(&self) -> &'g [Voice] {
        self.voices
    }

    fn slot(&self, of: &Of) -> Option<Slot> {
        match of {
            Of::Whole => None,
            Of::Part(key) => Some(self.slots.get(key.as_str()).copied().unwrap_or(Slot::Other)),
            Of::Unplaced => Some(Slot::Other),
        }
    }
}

/// What is heard on a pattern from the voices that `counts` lets through. Slots are gathered statement by statement: who
/// tells the context of one and the outcome of another has not told that the one leads to the other.
pub(super) fn heard(members: &[Member], counts: impl Fn(&Voice) -> bool) -> Heard {
    let mut heard = Heard::default();
    for member in members {
        let wanted: BTreeSet<Slot> = member.slots.values().copied().collect();
        let mut told: BTreeMap<Id, BTreeSet<Slot>> = BTreeMap::new();
        for voice in member.voices.iter().filter(|voice| counts(voice)) {
            if voice.against {
                heard.against.insert(voice.source);
                continue;
            }
            let slots = told.entry(voice.source).or_default();
            match member.slot(&voice.of) {
                Some(slot) => drop(slots.insert(slot)),
                None => slots.extend(&wanted),
            }
        }
        for (source, slots) in told {
            if slots.is_superset(&wanted) {
                heard.whole.insert(source);
            }
            heard.parts.entry(source).or_default().extend(slots);
        }
    }
    heard.parts.retain(|source, _| !heard.whole.contains(source));
    heard
}
