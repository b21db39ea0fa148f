//! How statements stand to one another, as links say.

use super::Synthesis;
use crate::id::Id;
use crate::link::{Link, LinkKind};
use std::collections::BTreeSet;

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

    /// The rivals of a statement, whoever said so first.
    pub fn rivals_of(&self, id: Id) -> BTreeSet<Id> {
        self.links_of_kind(LinkKind::RivalOf)
            .filter_map(|link| link.other_end(id))
            .filter(|other| *other != id)
            .collect()
    }

    pub fn are_rivals(&self, one: Id, other: Id) -> bool {
        self.rivals_of(one).contains(&other)
    }

    /// The statement that speaks for one that was merged; the first where two sites said two.
    pub fn merged_into(&self, id: Id) -> Option<Id> {
        self.linked_from(id, LinkKind::MergedInto).min()
    }
}
