//! Groups by average linkage: two groups become one as long as the mean likeness of all pairs between them is
//! at least a threshold, the most alike first. A pair that was not found alike counts 0 in that mean, so that
//! one statement in the middle does not chain two groups together.
//!
//! Lance and Williams (1967) call it group average. The same groups come out whatever order the pairs are
//! given in: equal means are settled by the places of the members.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// Two places and how alike they are, in `[0, 1]`.
pub type Pair = (usize, usize, f64);

/// Groups of two or more of `number` places, each with its members in order; ordered by their first. Places
/// named in `apart` are never in one group.
pub fn groups(number: usize, pairs: &[Pair], apart: &BTreeSet<(usize, usize)>, least: f64) -> Vec<Vec<usize>> {
    let mut linkage = Linkage::new(number, pairs, apart);
    while let Some((one, other)) = linkage.nearest(least) {
        linkage.join(one, other);
    }
    let mut groups: Vec<Vec<usize>> = linkage.groups.into_values().map(|group| group.members).collect();
    groups.retain(|members| members.len() > 1);
    groups
}

struct Group {
    /// In order.
    members: Vec<usize>,
    /// Sum of likenesses to other groups, by their name.
    sums: BTreeMap<usize, f64>,
    /// Groups that must not be joined with this one.
    apart: BTreeSet<usize>,
    /// Raised at each join: what the heap holds of before is stale.
    age: usize,
}

/// A pair of groups that was worth looking at.
struct Candidate {
    mean: f64,
    names: (usize, usize),
    ages: (usize, usize),
}

/// Groups are named after their first member.
struct Linkage {
    groups: BTreeMap<usize, Group>,
    heap: BinaryHeap<Candidate>,
}

impl Linkage {
    fn new(number: usize, pairs: &[Pair], apart: &BTreeSet<(usize, usize)>) -> Self {
        let alone = |at: usize| Group { members: vec![at], sums: BTreeMap::new(), apart: BTreeSet::new(), age: 0 };
        let mut groups: BTreeMap<usize, Group> = (0..number).map(|at| (at, alone(at))).collect();
        for (one, other) in apart {
            for (name, against) in [(one, other), (other, one)] {
                if let Some(group) = groups.get_mut(name) {
                    group.apart.insert(*against);
                }
            }
        }
        for (one, other, likeness) in pairs {
            for (name, against) in [(one, other), (other, one)] {
                if let Some(group) = groups.get_mut(name) {
                    group.sums.insert(*against, *likeness);
                }
            }
        }
        let mut linkage = Linkage { groups, heap: BinaryHeap::new() };
        for (one, other, _) in pairs {
            linkage.offer(*one.min(other), *one.max(other));
        }
        linkage
    }

    fn offer(&mut self, one: usize, other: usize) {
        let (Some(a), Some(b)) = (self.groups.get(&one), self.groups.get(&other)) else { return };
        let Some(sum) = a.sums.get(&other) else { return };
        let mean = sum / (a.members.len() * b.members.len()) as f64;
        self.heap.push(Candidate { mean, names: (one, other), ages: (a.age, b.age) });
    }

    /// The two groups most alike that may be joined.
    fn nearest(&mut self, least: f64) -> Option<(usize, usize)> {
        loop {
            let candidate = self.heap.pop()?;
            let (one, other) = candidate.names;
            let (Some(a), Some(b)) = (self.groups.get(&one), self.groups.get(&other)) else { continue };
            let is_fresh = (a.age, b.age) == candidate.ages;
            if is_fresh && candidate.mean < least {
                return None;
            }
            if is_fresh && !a.apart.contains(&other) {
                return Some((one, other));
            }
        }
    }

    /// Joins the second group to the first, whose name is smaller and stays.
    fn join(&mut self, one: usize, other: usize) {
        let Some(gone) = self.groups.remove(&other) else { return };
        for name in gone.sums.keys().chain(&gone.apart) {
            if let Some(neighbour) = self.groups.get_mut(name) {
                let sum = neighbour.sums.remove(&other);
                if let Some(sum) = sum.filter(|_| *name != one) {
                    *neighbour.sums.entry(one).or_default() += sum;
                }
                if neighbour.apart.remove(&other) && *name != one {
                    neighbour.apart.insert(one);
                }
            }
        }
        let Some(group) = self.groups.get_mut(&one) else { return };
        group.members.extend(gone.members);
        group.members.sort_unstable();
        group.apart.extend(gone.apart);
        group.apart.remove(&one);
        for (name, sum) in gone.sums {
            if name != one {
                *group.sums.entry(name).or_default() += sum;
            }
        }
        group.age += 1;
        let neighbours: Vec<usize> = group.sums.keys().copied().collect();
        for name in neighbours {
            self.offer(one.min(name), one.max(name));
        }
    }
}

impl Candidate {
    fn rank(&self) -> (f64, Reverse<(usize, usize)>) {
        (self.mean, Reverse(self.names))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((mean, names), (held, others)) = (self.rank(), other.rank());
        mean.total_cmp(&held).then(names.cmp(&others))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Candidate {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(number: usize, pairs: &[Pair], least: f64) -> Vec<Vec<usize>> {
        groups(number, pairs, &BTreeSet::new(), least)
    }

    #[test]
    fn one_in_the_middle_chains_nothing_together() {
        let pairs = [(0, 1, 0.9), (1, 2, 0.8)];
        assert_eq!(plain(3, &pairs, 0.5), [[0, 1]]);
        assert_eq!(plain(3, &[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.4)], 0.5), [[0, 1, 2]]);
    }

    #[test]
    fn what_is_to_be_apart_is_never_in_one_group() {
        let pairs = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9)];
        assert_eq!(groups(3, &pairs, &BTreeSet::from([(0, 2)]), 0.3), [[0, 1]]);
        assert!(groups(2, &[(0, 1, 1.0)], &BTreeSet::from([(0, 1)]), 0.3).is_empty());
    }

    /// Joins by looking at every pair of groups each time.
    fn naive(number: usize, pairs: &[Pair], apart: &BTreeSet<(usize, usize)>, least: f64) -> Vec<Vec<usize>> {
        let likeness: BTreeMap<(usize, usize), f64> =
            pairs.iter().map(|(a, b, likeness)| ((*a, *b), *likeness)).collect();
        let mut groups: Vec<Vec<usize>> = (0..number).map(|at| vec![at]).collect();
        loop {
            let mut best: Option<(f64, usize, usize)> = None;
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    let all: Vec<(usize, usize)> =
                        groups[a].iter().flat_map(|x| groups[b].iter().map(|y| (*x.min(y), *x.max(y)))).collect();
                    let found: Vec<f64> = all.iter().filter_map(|pair| likeness.get(pair).copied()).collect();
                    let mean = found.iter().sum::<f64>() / all.len() as f64;
                    let fits = !found.is_empty() && mean >= least && !all.iter().any(|pair| apart.contains(pair));
                    if fits && best.is_none_or(|(held, ..)| mean > held) {
                        best = Some((mean, a, b));
                    }
                }
            }
            let Some((_, a, b)) = best else { break };
            let gone = groups.remove(b);
            groups[a].extend(gone);
            groups[a].sort_unstable();
        }
        groups.retain(|members| members.len() > 1);
        groups
    }

    proptest! {
        /// Likenesses are eighths, so that sums are exact and ties are many.
        #[test]
        fn the_heap_joins_what_looking_everywhere_would(
            pairs in proptest::collection::btree_map((0_usize..9, 0_usize..9), 1_u8..=8, 0..24),
            apart in proptest::collection::btree_set((0_usize..9, 0_usize..9), 0..3),
        ) {
            let apart: BTreeSet<(usize, usize)> = apart.into_iter().filter(|(a, b)| a < b).collect();
            let mut pairs: Vec<Pair> = pairs.into_iter().filter(|((a, b), _)| a < b)
                .map(|((a, b), likeness)| (a, b, f64::from(likeness) / 8.0)).collect();
            let found = groups(9, &pairs, &apart, 0.375);
            prop_assert_eq!(&found, &naive(9, &pairs, &apart, 0.375));
            pairs.reverse();
            prop_assert_eq!(found, groups(9, &pairs, &apart, 0.375));
        }
    }
}
