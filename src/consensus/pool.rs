//! Which groups others may see on their own.
//!
//! A group with fewer than k valid votes on any item of the round is pooled with the others like it, and while the pool
//! itself is too small, so is the next smallest group: what is left when the printed groups are taken from the total
//! is never fewer than k people. One pool serves the whole round, so that no two items can be set against each other.

use std::collections::{BTreeMap, BTreeSet};

/// What a pool of groups is called: no group can have this key.
pub const POOLED: &str = "smaller groups";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pool {
    pub pooled: BTreeSet<String>,
    /// Valid votes that an item must have before anything of it is shown.
    pub least: usize,
}

impl Pool {
    /// Nothing is pooled: what the team sees.
    pub fn none() -> Self {
        Pool::default()
    }

    /// `sizes`: valid votes by group, an item each; a group that is not listed has none.
    pub fn of(sizes: &[BTreeMap<String, usize>], least: usize) -> Self {
        Pool::beside(&BTreeSet::new(), sizes, least)
    }

    /// The same, with groups that another table pools already, whatever their size here.
    pub fn beside(already: &BTreeSet<String>, sizes: &[BTreeMap<String, usize>], least: usize) -> Self {
        let groups: BTreeSet<&String> = sizes.iter().flat_map(BTreeMap::keys).chain(already).collect();
        let size = |item: &BTreeMap<String, usize>, group: &String| item.get(group).copied().unwrap_or(0);
        let smallest = |group: &String| sizes.iter().map(|item| size(item, group)).min().unwrap_or(0);
        let mut by_size: Vec<(usize, &String)> =
            groups.difference(&already.iter().collect()).map(|group| (smallest(group), *group)).collect();
        by_size.sort();
        let mut pooled: BTreeSet<String> = already.clone();
        for (people, group) in by_size {
            let is_enough =
                |item: &BTreeMap<String, usize>| pooled.iter().map(|one| size(item, one)).sum::<usize>() >= least;
            if people < least || !(pooled.is_empty() || sizes.iter().all(is_enough)) {
                pooled.insert(group.clone());
            }
        }
        Pool { pooled, least }
    }

    /// What a group is shown as.
    pub fn shown<'g>(&self, group: &'g str) -> &'g str {
        if self.pooled.contains(group) { POOLED } else { group }
    }

    /// Counts by group as others may see them.
    pub fn counts(&self, counts: &BTreeMap<String, usize>) -> BTreeMap<String, usize> {
        let mut shown: BTreeMap<String, usize> = BTreeMap::new();
        for (group, n) in counts {
            *shown.entry(self.shown(group).to_owned()).or_default() += n;
        }
        shown
    }

    pub fn is_none(&self) -> bool {
        self.pooled.is_empty()
    }

    /// It was made for others than the team.
    pub fn is_for_others(&self) -> bool {
        self.least > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sizes(of: &[(&str, usize)]) -> BTreeMap<String, usize> {
        of.iter().map(|(group, n)| ((*group).to_owned(), *n)).collect()
    }

    #[test]
    fn five_four_one_and_one() {
        let pool = Pool::of(&[sizes(&[("su", 5), ("pr", 4), ("gp", 1), ("co", 1)])], 3);
        assert_eq!(pool.pooled, ["co", "gp", "pr"].map(str::to_owned).into(), "two people are still too few");
        assert_eq!((pool.shown("su"), pool.shown("gp")), ("su", POOLED));
        assert!(Pool::of(&[sizes(&[("su", 5), ("pr", 3)])], 3).is_none());
        let two = [sizes(&[("su", 5), ("pr", 3), ("gp", 3)]), sizes(&[("su", 5), ("pr", 3), ("gp", 2)])];
        assert_eq!(Pool::of(&two, 3).pooled.len(), 2, "small on one item is small on all");
        let already = ["pr".to_owned()].into();
        let beside = Pool::beside(&already, &[sizes(&[("su", 5), ("pr", 4), ("gp", 3)])], 3);
        assert_eq!(beside.pooled, already, "four people are company enough");
        let beside = Pool::beside(&already, &[sizes(&[("su", 5), ("pr", 2), ("gp", 3)])], 3);
        assert!(beside.pooled.contains("gp") && !beside.pooled.contains("su"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_cell_and_no_remainder_is_below_k(
            items in proptest::collection::vec(proptest::collection::vec(0..9_usize, 1..7), 1..5),
            least in 2..6_usize,
        ) {
            let named: Vec<BTreeMap<String, usize>> = items
                .iter()
                .map(|item| item.iter().enumerate().map(|(at, n)| (format!("g{at}"), *n)).collect())
                .collect();
            let pool = Pool::of(&named, least);
            let groups: BTreeSet<&String> = named.iter().flat_map(BTreeMap::keys).collect();
            for item in &named {
                let mut cells: BTreeMap<&str, usize> = BTreeMap::new();
                for group in &groups {
                    *cells.entry(pool.shown(group)).or_default() += item.get(*group).copied().unwrap_or(0);
                }
                let total: usize = cells.values().sum();
                if total < least {
                    // Nothing of such an item is shown; then no group may stand alone either.
                    prop_assert!(cells.len() == 1, "{cells:?}");
                    continue;
                }
                prop_assert!(cells.values().all(|n| *n >= least), "{cells:?}");
            }
        }
    }
}
