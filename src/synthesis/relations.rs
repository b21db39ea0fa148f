//! How statements stand to one another, as links say.

use super::Synthesis;
use crate::id::Id;
use crate::link::circles::Ways;
use crate::link::{Link, LinkKind};
use std::collections::{BTreeMap, BTreeSet};

/// Which statement speaks for which: itself, unless it was merged.
#[derive(Debug, Clone, Default)]
pub struct Speakers(BTreeMap<Id, Id>);

impl Speakers {
    pub fn of(&self, id: Id) -> Id {
        self.0.get(&id).copied().unwrap_or(id)
    }

    /// The statements that speak for these, each once, in the order they are first spoken of.
    pub fn of_all(&self, ids: &[Id]) -> Vec<Id> {
        let mut speakers: Vec<Id> = Vec::new();
        for id in ids.iter().map(|id| self.of(*id)) {
            if !speakers.contains(&id) {
                speakers.push(id);
            }
        }
        speakers
    }
}

impl Synthesis {
    pub fn links_of_kind(&self, kind: LinkKind) -> impl Iterator<Item = &Link> {
        self.links.values().filter(move |link| link.kind == kind)
    }

    /// Links that begin or end at a thing, in id order.
    pub fn links_at(&self, id: Id) -> impl Iterator<Item = &Link> {
        self.links.values().filter(move |link| link.from == id || link.to == id)
    }

    /// Where links of a kind lead from a statement.
    pub fn linked_from(&self, from: Id, kind: LinkKind) -> impl Iterator<Item = Id> {
        self.links_of_kind(kind).filter(move |link| link.from == from).map(|link| link.to)
    }

    /// Where links of a kind to a statement come from.
    pub fn linked_to(&self, to: Id, kind: LinkKind) -> impl Iterator<Item = Id> {
        self.links_of_kind(kind).filter(move |link| link.to == to).map(|link| link.from)
    }

    /// Which statement speaks for each that was merged, at the end of however many merges. What two sites
    /// merged in a circle speaks for itself.
    pub fn speakers(&self) -> Speakers {
        let mut parents: BTreeMap<Id, Id> = BTreeMap::new();
        for link in self.links_of_kind(LinkKind::MergedInto) {
            parents.entry(link.from).and_modify(|to| *to = link.to.min(*to)).or_insert(link.to);
        }
        let end = |child: Id| {
            let mut seen = BTreeSet::from([child]);
            let mut at = child;
            while let Some(parent) = parents.get(&at) {
                if !seen.insert(*parent) {
                    return child;
                }
                at = *parent;
            }
            at
        };
        Speakers(parents.keys().map(|child| (*child, end(*child))).collect())
    }

    /// The rivals of a statement, whoever said so first, those of what was merged into it included. For a
    /// rival that was merged the statement stands that speaks for it.
    pub fn rivals_of(&self, id: Id) -> BTreeSet<Id> {
        let speakers = self.speakers();
        let is_here = |end: Id| end == id || speakers.of(end) == id;
        let pairs = self.links_of_kind(LinkKind::RivalOf).flat_map(|link| [(link.from, link.to), (link.to, link.from)]);
        let rivals = pairs.filter(|(here, _)| is_here(*here)).map(|(_, other)| speakers.of(other));
        rivals.filter(|other| *other != id).collect()
    }

    /// Where chains lead from statement to statement, each merged one replaced by the one that speaks for it.
    pub fn chains(&self) -> Ways {
        let speakers = self.speakers();
        Ways::between(self.links_of_kind(LinkKind::LeadsTo).map(|link| (speakers.of(link.from), speakers.of(link.to))))
    }

    pub fn are_rivals(&self, one: Id, other: Id) -> bool {
        self.rivals_of(one).contains(&other)
    }

    /// The statement that speaks for one that was merged; the first where two sites said two.
    pub fn merged_into(&self, id: Id) -> Option<Id> {
        self.linked_from(id, LinkKind::MergedInto).min()
    }
}
