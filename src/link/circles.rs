//! Circles among links: where one can go from a statement along links and come back to it.

use super::Link;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Where links lead, from statement to statement.
#[derive(Debug, Clone, Default)]
pub struct Ways(BTreeMap<Id, BTreeSet<Id>>);

impl Ways {
    pub fn of<'l>(links: impl IntoIterator<Item = &'l Link>) -> Self {
        Ways::between(links.into_iter().map(|link| (link.from, link.to)))
    }

    /// The same against the way the links point.
    pub fn back<'l>(links: impl IntoIterator<Item = &'l Link>) -> Self {
        Ways::between(links.into_iter().map(|link| (link.to, link.from)))
    }

    /// From the first to the second of each pair.
    pub fn between(pairs: impl IntoIterator<Item = (Id, Id)>) -> Self {
        let mut ways: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for (from, to) in pairs {
            ways.entry(from).or_default().insert(to);
        }
        Ways(ways)
    }

    pub fn next(&self, from: Id) -> impl Iterator<Item = Id> {
        self.0.get(&from).into_iter().flatten().copied()
    }

    /// A shortest way from one statement to another, both ends included; `None` where there is none.
    /// From a statement to itself it is a circle, not standing still.
    pub fn path(&self, from: Id, to: Id) -> Option<Vec<Id>> {
        let mut before: BTreeMap<Id, Id> = BTreeMap::new();
        let mut reached = vec![from];
        while !reached.is_empty() {
            let mut further = Vec::new();
            for at in reached {
                for next in self.next(at) {
                    if next == to {
                        return Some(walk_back(&before, from, at, to));
                    }
                    if next != from && !before.contains_key(&next) {
                        before.insert(next, at);
                        further.push(next);
                    }
                }
            }
            reached = further;
        }
        None
    }

    /// One shortest circle for each knot of statements that reach one another, beginning with the
    /// smallest id. None where there is no way back.
    pub fn circles(&self) -> Vec<Vec<Id>> {
        let mut told: BTreeSet<Id> = BTreeSet::new();
        let mut circles = Vec::new();
        for start in self.0.keys() {
            if told.contains(start) {
                continue;
            }
            if let Some(mut circle) = self.path(*start, *start) {
                circle.pop();
                told.extend(self.knot(*start));
                circles.push(circle);
            }
        }
        circles
    }

    /// Everything that can be reached from a statement, itself only where a way leads back.
    pub fn reached(&self, from: Id) -> BTreeSet<Id> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            open.extend(self.next(at).filter(|next| reached.insert(*next)));
        }
        reached
    }

    fn knot(&self, of: Id) -> BTreeSet<Id> {
        self.reached(of).into_iter().filter(|other| self.reached(*other).contains(&of)).collect()
    }
}

fn walk_back(before: &BTreeMap<Id, Id>, from: Id, last: Id, to: Id) -> Vec<Id> {
    let mut way = vec![to];
    let mut at = last;
    while at != from {
        way.push(at);
        let Some(earlier) = before.get(&at) else { break };
        at = *earlier;
    }
    way.push(from);
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::super::{LinkKind, sample::link};
    use super::*;
    use proptest::prelude::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn ways(edges: &[(u8, u8)]) -> Ways {
        let links: Vec<Link> = edges.iter().map(|(from, to)| link(id(*from), LinkKind::Refines, id(*to))).collect();
        Ways::of(&links)
    }

    #[test]
    fn a_circle_is_told_once_and_a_dead_end_is_none() {
        let found = ways(&[(1, 2), (2, 3), (3, 1), (3, 4), (5, 5)]).circles();
        assert_eq!(found, [vec![id(1), id(2), id(3)], vec![id(5)]]);
        assert_eq!(ways(&[(1, 2), (1, 3), (2, 4), (3, 4)]).circles(), Vec::<Vec<Id>>::new());
    }

    proptest! {
        /// Against taking away, again and again, what leads nowhere: what is left stands in a circle.
        #[test]
        fn circles_are_there_exactly_when_something_is_left(edges in proptest::collection::vec((0u8..7, 0u8..7), 0..14)) {
            let mut left = edges.clone();
            loop {
                let kept: Vec<(u8, u8)> =
                    left.iter().copied().filter(|(_, to)| left.iter().any(|(from, _)| from == to)).collect();
                if kept.len() == left.len() {
                    break;
                }
                left = kept;
            }
            let found = ways(&edges).circles();
            prop_assert_eq!(found.is_empty(), left.is_empty());
            for circle in found {
                let around = circle.iter().zip(circle.iter().cycle().skip(1));
                for (from, to) in around {
                    prop_assert!(edges.iter().any(|(a, b)| (id(*a), id(*b)) == (*from, *to)));
                }
            }
        }
    }
}
