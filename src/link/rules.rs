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
    /// Rivals of which the first lends its evidence to the second, straight or by way of others.
    RivalFed(Id, Id),
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
pub fn forbidden_circles<'l>(links: impl IntoIterator<Item = &'l Link>) -> Vec<Broken> {
    let links: Vec<&Link> = links.into_iter().filter(|link| link.from != link.to).collect();
    let of_kinds = |kinds: &[LinkKind]| Ways::of(links.iter().copied().filter(|link| kinds.contains(&link.kind)));
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
    let pairs: BTreeSet<(Id, Id)> = rivals.map(|link| (link.from.min(link.to), link.from.max(link.to))).collect();
    let merged =
        pairs.into_iter().filter(|(one, other)| !speakers(&parents, *one).is_disjoint(&speakers(&parents, *other)));
    merged.map(|(one, other)| Broken::RivalsMerged(one, other)).collect()
}

/// Rivals that show each other's evidence as their own: what speaks for the one would speak for what explains the same
/// otherwise. Those that one statement speaks for are in [`rivals_merged`].
pub fn rivals_fed<'l>(links: impl IntoIterator<Item = &'l Link> + Clone) -> Vec<Broken> {
    let parents = parents(links.clone());
    let lends = Ways::of(links.clone().into_iter().filter(|link| link.kind.lends_evidence()));
    let rivals = links.into_iter().filter(|link| link.kind == LinkKind::RivalOf && link.from != link.to);
    let pairs: BTreeSet<(Id, Id)> = rivals.flat_map(|link| [(link.from, link.to), (link.to, link.from)]).collect();
    let is_fed = |(lender, to): &(Id, Id)| {
        let speak = speakers(&parents, *to);
        speakers(&parents, *lender).is_disjoint(&speak) && !lends.reached(*lender).is_disjoint(&speak)
    };
    pairs.into_iter().filter(is_fed).map(|(lender, to)| Broken::RivalFed(lender, to)).collect()
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
        let before: Vec<Broken> = [rivals_merged(links), rivals_fed(links)].concat();
        let after = rivals_merged(at_all()).into_iter().chain(rivals_fed(at_all()));
        after.into_iter().find(|broken| !before.contains(broken))
    };
    match new.kind {
        LinkKind::MergedInto => circle.or_else(twice).or_else(rivals),
        LinkKind::Feeds => circle.or_else(rivals),
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
    broken.extend(rivals_merged(links.clone()));
    broken.extend(rivals_fed(links));
    broken
}

#[cfg(test)]
mod tests {
    use super::super::sample::link;
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    /// What somebody wants to link: kind, from, to.
    type Wish = (usize, u8, u8);

    fn wishes() -> impl Strategy<Value = Vec<Wish>> {
        proptest::collection::vec((0..LinkKind::ALL.len(), 0u8..6, 0u8..6), 0..25)
    }

    /// Goes on from what is there, and makes of what is wanted whatever breaks no rule.
    fn make(before: &[Link], wishes: &[Wish]) -> Vec<Link> {
        let mut links = before.to_vec();
        for (kind, from, to) in wishes {
            let new = link(id(*from), LinkKind::ALL[*kind], id(*to));
            if breaks(&links, &new).is_none() && links.iter().all(|old| !old.says_the_same_as(&new)) {
                links.push(new);
            }
        }
        links
    }

    /// Whether a statement lends to itself, step by step, without the graph of the code.
    fn comes_back(links: &[Link], kinds: &[LinkKind], from: Id) -> bool {
        let mut reached: Vec<Id> = vec![from];
        for _ in 0..links.len() {
            reached = links
                .iter()
                .filter(|link| kinds.contains(&link.kind) && reached.contains(&link.from))
                .map(|link| link.to)
                .collect();
            if reached.contains(&from) {
                return true;
            }
        }
        false
    }

    #[test]
    fn a_rival_lends_nothing_to_its_rival_on_any_way() {
        let rivals = link(id(1), LinkKind::RivalOf, id(2));
        let feeds = |from, to| link(id(from), LinkKind::Feeds, id(to));
        let fed = Some(Broken::RivalFed(id(1), id(2)));
        assert_eq!(breaks(std::slice::from_ref(&rivals), &feeds(1, 2)), fed);
        assert_eq!(breaks(std::slice::from_ref(&rivals), &feeds(2, 1)), Some(Broken::RivalFed(id(2), id(1))));
        assert_eq!(breaks(&[rivals.clone(), feeds(3, 2)], &feeds(1, 3)), fed, "by way of another");
        let merged = link(id(2), LinkKind::MergedInto, id(4));
        assert_eq!(breaks(&[rivals.clone(), merged], &feeds(1, 4)), fed, "to who speaks for the rival");
        assert_eq!(breaks(&[feeds(1, 2)], &rivals), fed, "nor become rivals afterwards");
        assert_eq!(breaks(&[rivals, feeds(1, 3)], &feeds(2, 3)), None, "both may speak to a third");
    }

    proptest! {
        #[test]
        fn one_site_never_breaks_a_rule(wishes in wishes()) {
            prop_assert_eq!(all(&make(&[], &wishes)), vec![]);
        }

        /// Two sites go on from what both have, unaware of each other, and then take each other in.
        #[test]
        fn what_two_sites_bring_together_is_named(common in wishes(), here in wishes(), there in wishes()) {
            let common = make(&[], &common);
            let mut together = make(&common, &here);
            for link in make(&common, &there) {
                if together.iter().all(|other| other.id != link.id) {
                    together.push(link);
                }
            }
            let named = forbidden_circles(&together);
            for (name, kinds) in WITHOUT_CIRCLES {
                let circles: Vec<&Vec<Id>> = named
                    .iter()
                    .filter_map(|broken| match broken {
                        Broken::Circle(kind, circle) if kind == name => Some(circle),
                        _ => None,
                    })
                    .collect();
                let in_circle = (0..6).any(|n| comes_back(&together, kinds, id(n)));
                prop_assert_eq!(!circles.is_empty(), in_circle, "{}", name);
            }
            for n in 0..6 {
                let parents: BTreeSet<Id> = together
                    .iter()
                    .filter(|link| link.kind == LinkKind::MergedInto && link.from == id(n))
                    .map(|link| link.to)
                    .collect();
                let is_named = merged_twice(&together)
                    .iter()
                    .any(|broken| matches!(broken, Broken::MergedTwice(child, _) if *child == id(n)));
                prop_assert_eq!(is_named, parents.len() > 1);
            }
        }
    }
}
