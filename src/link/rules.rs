//! What links may not do, alone and together (method reference 2.5, invariants 5, 6 and 7). Pure: an act
//! asks before it writes, and `check` asks of what two sites that knew nothing of each other brought
//! together.

use super::circles::Ways;
use super::{Link, LinkKind};
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// A rule that links break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// A link from a statement to itself.
    ToItself(LinkKind, Id),
    /// Statements in a circle that must not be one, each linked to the next and the last to the first.
    Circle(&'static str, Vec<Id>),
    /// Merged into more than one statement.
    MergedTwice(Id, Vec<Id>),
    /// Rivals of which one took the other in, or that a third took in both.
    RivalsMerged(Id, Id),
    /// A chain that does not start at an outcome.
    NotFromOutcome(Id),
}

/// The kinds that must be without circles, as they are looked at: what lends evidence together, so that no
/// statement lends its own evidence to itself on any way.
const WITHOUT_CIRCLES: &[(&str, &[LinkKind])] = &[
    ("merged_into or feeds", &[LinkKind::MergedInto, LinkKind::Feeds]),
    ("refines", &[LinkKind::Refines]),
    ("contains", &[LinkKind::Contains]),
    ("split_from", &[LinkKind::SplitFrom]),
    ("duplicate_of", &[LinkKind::DuplicateOf]),
];

/// Circles among links of the kinds that must have none, by kind.
pub fn forbidden_circles<'l>(links: impl IntoIterator<Item = &'l Link> + Clone) -> Vec<Broken> {
    let of_kinds = |kinds: &'static [LinkKind]| {
        let links = links.clone();
        Ways::of(links.into_iter().filter(|link| link.from != link.to && kinds.contains(&link.kind)))
    };
    let circles = WITHOUT_CIRCLES
        .iter()
        .flat_map(|(name, kinds)| of_kinds(kinds).circles().into_iter().map(|circle| Broken::Circle(name, circle)));
    circles.collect()
}

/// Links from a statement to itself. A chain may come back: feedback.
pub fn to_itself<'l>(links: impl IntoIterator<Item = &'l Link>) -> Vec<Broken> {
    let own = |link: &&Link| link.from == link.to && link.kind != LinkKind::LeadsTo;
    links.into_iter().filter(own).map(|link| Broken::ToItself(link.kind, link.from)).collect()
}

/// Statements merged into more than one.
pub fn merged_twice<'l>(links: impl IntoIterator<Item = &'l Link>) -> Vec<Broken> {
    let parents = parents(links);
    let twice = parents.into_iter().filter(|(_, parents)| parents.len() > 1);
    twice.map(|(child, parents)| Broken::MergedTwice(child, parents.into_iter().collect())).collect()
}

/// Rivals that speak with one voice: followed to the statement that took them in, they are one.
pub fn rivals_merged<'l>(links: impl IntoIterator<Item = &'l Link> + Clone) -> Vec<Broken> {
    let parents = parents(links.clone());
    let rivals = links.into_iter().filter(|link| link.kind == LinkKind::RivalOf && link.from != link.to);
    let pairs: BTreeSet<(Id, Id)> =
        rivals.map(|link| (link.from.min(link.to), link.from.max(link.to))).collect();
    let merged = pairs.into_iter().filter(|(one, other)| !speakers(&parents, *one).is_disjoint(&speakers(&parents, *other)));
    merged.map(|(one, other)| Broken::RivalsMerged(one, other)).collect()
}

/// Chains that start elsewhere than at an outcome. What was written in a statement names no part.
pub fn not_from_outcome<'l>(
    links: impl IntoIterator<Item = &'l Link>,
    hypotheses: &BTreeMap<Id, Hypothesis>,
) -> Vec<Broken> {
    let starts_wrong = |link: &&Link| {
        let part = link.from_part.as_ref().zip(hypotheses.get(&link.from));
        let found = part.and_then(|(key, from)| from.parts.iter().find(|part| part.key == *key));
        link.kind == LinkKind::LeadsTo && found.is_some_and(|part| part.kind != PartKind::Outcome)
    };
    links.into_iter().filter(starts_wrong).map(|link| Broken::NotFromOutcome(link.id)).collect()
}

/// The rule that one more link would break.
pub fn breaks(links: &[Link], new: &Link) -> Option<Broken> {
    if let Some(broken) = to_itself([new]).pop() {
        return Some(broken);
    }
    let together = WITHOUT_CIRCLES.iter().find(|(_, kinds)| kinds.contains(&new.kind));
    let circle = together.and_then(|(name, kinds)| {
        let ways = Ways::of(links.iter().filter(|link| kinds.contains(&link.kind)));
        let mut way = ways.path(new.to, new.from)?;
        way.rotate_right(1);
        Some(Broken::Circle(name, way))
    });
    let at_all = || links.iter().chain([new]);
    let twice = || merged_twice(at_all().filter(|link| link.from == new.from)).pop();
    let rivals = || {
        let before = rivals_merged(links);
        rivals_merged(at_all()).into_iter().find(|broken| !before.contains(broken))
    };
    match new.kind {
        LinkKind::MergedInto => circle.or_else(twice).or_else(rivals),
        LinkKind::RivalOf => rivals(),
        _ => circle,
    }
}

fn parents<'l>(links: impl IntoIterator<Item = &'l Link>) -> BTreeMap<Id, BTreeSet<Id>> {
    let mut parents: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for link in links.into_iter().filter(|link| link.kind == LinkKind::MergedInto) {
        parents.entry(link.from).or_default().insert(link.to);
    }
    parents
}

/// A statement and all that it was merged into, step by step.
fn speakers(parents: &BTreeMap<Id, BTreeSet<Id>>, of: Id) -> BTreeSet<Id> {
    let mut speakers = BTreeSet::from([of]);
    let mut open = vec![of];
    while let Some(at) = open.pop() {
        open.extend(parents.get(&at).into_iter().flatten().copied().filter(|parent| speakers.insert(*parent)));
    }
    speakers
}

/// Every rule that a set of links breaks by itself; `not_from_outcome` needs the statements too.
pub fn all<'l>(links: impl IntoIterator<Item = &'l Link> + Clone) -> Vec<Broken> {
    let mut broken = to_itself(links.clone());
    broken.extend(forbidden_circles(links.clone()));
    broken.extend(merged_twice(links.clone()));
    broken.extend(rivals_merged(links));
    broken
}
