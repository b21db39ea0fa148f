//! What may be said of who speaks, so that no quotation points at fewer than k people.
//!
//! Of each person as much is said as the first so many keys tell, the same wherever they are quoted, so that two quotations
//! put beside each other tell no more than one. The order of the keys is the order of worth: what tells least is given up
//! last. People who share what is said of them are a class; a class of fewer than k gives up its last key. Whom that leaves
//! behind at the coarser step are a class too, told by not being of the others: where they are fewer than k, the smallest
//! class beside them comes along. So every class holds k people, or nothing at all is said of anybody.

use std::collections::{BTreeMap, BTreeSet};

/// What a person is under one key; several where they speak in several ways (interview and focus group).
pub type Values = BTreeSet<String>;

/// How much is said of each person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort<P: Ord> {
    depths: BTreeMap<P, usize>,
}

/// Of one person: how many keys are told, from the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Profile(usize);

impl Profile {
    /// Whether the key at this place, from 0, may be told.
    pub fn tells(self, key: usize) -> bool {
        key < self.0
    }
}

/// What is told of a class: the values of its first keys.
type Told<'v> = &'v [Values];

impl<P: Ord + Clone> Cohort<P> {
    /// People with their values key by key, each with a value set for every key (an empty one where nothing is recorded).
    pub fn of(people: &BTreeMap<P, Vec<Values>>, k: usize) -> Self {
        let keys = people.values().map(Vec::len).min().unwrap_or(0);
        let mut cohort = Cohort { depths: people.keys().map(|one| (one.clone(), keys)).collect() };
        for depth in (0..=keys).rev() {
            for (told, size) in cohort.classes(people) {
                if told.len() == depth && size < k {
                    cohort.settle(people, told, k);
                }
            }
        }
        cohort
    }

    /// `None` for somebody who is not of the cohort.
    pub fn profile(&self, person: &P) -> Option<Profile> {
        self.depths.get(person).copied().map(Profile)
    }

    /// Sizes of the classes as they stand.
    fn classes<'p>(&self, people: &'p BTreeMap<P, Vec<Values>>) -> BTreeMap<Told<'p>, usize> {
        let mut classes: BTreeMap<Told, usize> = BTreeMap::new();
        for (person, values) in people {
            *classes.entry(&values[..self.depths[person]]).or_default() += 1;
        }
        classes
    }

    /// Makes a class of fewer than k larger by the smallest classes that say more beside it, or else gives up its last key.
    fn settle(&mut self, people: &BTreeMap<P, Vec<Values>>, told: Told, k: usize) {
        loop {
            let classes = self.classes(people);
            let Some(size) = classes.get(told).filter(|size| **size < k) else { return };
            let finer = classes.iter().filter(|(other, _)| other.len() > told.len() && other.starts_with(told));
            match finer.min_by_key(|(other, size)| (**size, other.len(), *other)) {
                Some((other, _)) => self.cut(people, other, told.len()),
                None if told.is_empty() || *size == 0 => return,
                None => return self.cut(people, told, told.len() - 1),
            }
        }
    }

    /// Says less of a class.
    fn cut(&mut self, people: &BTreeMap<P, Vec<Values>>, told: Told, depth: usize) {
        for (person, held) in &mut self.depths {
            if people.get(person).is_some_and(|values| values[..*held] == *told) {
                *held = depth;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> Values {
        Values::from([text.to_owned()])
    }

    /// People by what is recorded of them, a word a key.
    fn people(said: &[&str]) -> BTreeMap<usize, Vec<Values>> {
        said.iter().map(|words| words.split(' ').map(one).collect()).enumerate().collect()
    }

    fn depths(said: &[&str], k: usize) -> Vec<usize> {
        Cohort::of(&people(said), k).depths.into_values().collect()
    }

    #[test]
    fn what_too_few_share_is_not_said() {
        let all = ["user group", "user group", "user group", "user interview", "gp interview", "gp interview", "gp interview"];
        // The lone user interviewed would be told by being the only "user" without a kind: the others come along.
        assert_eq!(depths(&all, 3), [1, 1, 1, 1, 2, 2, 2]);
        assert_eq!(depths(&all, 1), [2; 7]);
        assert_eq!(depths(&all, 8), [0; 7]);
    }

    #[test]
    fn nobody_is_told_by_being_left_over() {
        let all = ["user", "user", "user", "user", "staff", "staff", "staff", "gp"];
        assert_eq!(depths(&all, 3), [1, 1, 1, 1, 0, 0, 0, 0]);
        assert_eq!(depths(&["gp", "user"], 3), [0, 0]);
        assert_eq!(depths(&[], 3), [0; 0]);
    }

    #[test]
    fn who_is_heard_in_two_ways_is_of_a_class_of_their_own() {
        let both: Values = ["group".to_owned(), "interview".to_owned()].into();
        let mut all = people(&["user interview", "user interview", "user interview"]);
        all.insert(3, vec![one("user"), both]);
        assert_eq!(Cohort::of(&all, 3).profile(&3), Some(Profile(1)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// However a reader puts together all that is printed of a person, at least k people fit, counted one by one.
        #[test]
        fn no_attribution_points_at_fewer_than_k(
            said in proptest::collection::vec((0u8..4, 0u8..3, 0u8..2, 0u8..3), 0..40), k in 1usize..7,
        ) {
            let said: Vec<String> = said.iter().map(|(a, b, c, d)| format!("{a} {b} {c} {d}")).collect();
            let texts: Vec<&str> = said.iter().map(String::as_str).collect();
            let people = people(&texts);
            let cohort = Cohort::of(&people, k);
            for (person, values) in &people {
                let depth = cohort.depths[person];
                let printed = &values[..depth];
                let same = people.iter().filter(|(other, theirs)| {
                    cohort.depths[*other] == depth && theirs[..depth] == *printed
                });
                let same = same.count();
                prop_assert!(same >= k || (depth == 0 && people.len() < k), "{same} of {depth} in {texts:?}");
            }
            // Nothing is given up needlessly where everybody is alike.
            if people.values().all(|one| Some(one) == people.values().next()) && people.len() >= k {
                prop_assert!(cohort.depths.values().all(|depth| *depth == 4));
            }
        }
    }
}
