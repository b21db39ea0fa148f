//! What may be said of who speaks, so that no quotation points at fewer than k people.
//!
//! Of each person the same is said wherever they are quoted, so that two quotations put beside each other tell no more than
//! one. Keys stand in the order of worth: the last is given up first. People who share what is said of them are a class; a
//! class of fewer than k gives up its last key. Whom that leaves behind at the coarser step are a class too, told by not
//! being of the others: where they are fewer than k, the smallest class beside them comes along. Those of whom nothing is
//! left to say are tried once more without the first key (no group, but the kind of source). So every class holds k people,
//! or nothing at all is said of anybody. Who is never quoted counts among those who share something, and needs no cover.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What a person is under one key; several where they speak in several ways (interview and focus group).
pub type Values = BTreeSet<String>;

/// Somebody on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// A set for each key; an empty one where nothing is recorded.
    pub values: Vec<Values>,
    /// They may be quoted.
    pub is_heard: bool,
}

/// How much is said of each person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort<P: Ord> {
    profiles: BTreeMap<P, Profile>,
}

/// Of one person: which keys are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile(Range<usize>);

impl Profile {
    /// Whether the key at this place, from 0, may be told.
    pub fn tells(&self, key: usize) -> bool {
        self.0.contains(&key)
    }
}

impl<P: Ord + Clone> Cohort<P> {
    /// Everybody has the same keys.
    pub fn of(people: &BTreeMap<P, Person>, k: usize) -> Self {
        let keys = people.values().map(|one| one.values.len()).min().unwrap_or(0);
        let mut cohort = Cohort { profiles: BTreeMap::new() };
        let mut left: BTreeMap<&P, &Person> = people.iter().collect();
        for first in 0..keys.max(1) {
            for (person, rung) in Ladder::of(&left, first..keys, k).people {
                cohort.profiles.insert(person.clone(), Profile(first..first + rung.depth));
                if rung.depth > 0 {
                    left.remove(person);
                }
            }
        }
        cohort
    }

    /// `None` for somebody who is not of the cohort.
    pub fn profile(&self, person: &P) -> Option<&Profile> {
        self.profiles.get(person)
    }
}

/// What is told of a class: the values of its first keys.
type Told<'v> = &'v [Values];

/// How many share what is told, and whether any of them is quoted.
#[derive(Debug, Clone, Copy, Default)]
struct Class {
    size: usize,
    is_heard: bool,
}

/// One way down, from a first key on.
struct Ladder<'p, P: Ord> {
    people: BTreeMap<&'p P, Rung<'p>>,
}

#[derive(Debug, Clone, Copy)]
struct Rung<'p> {
    values: Told<'p>,
    /// How many of them are told.
    depth: usize,
    is_heard: bool,
}

impl<'p, P: Ord> Ladder<'p, P> {
    fn of(people: &BTreeMap<&'p P, &'p Person>, keys: Range<usize>, k: usize) -> Self {
        let rung = |one: &'p Person| {
            let values = one.values.get(keys.clone()).unwrap_or_default();
            Rung { values, depth: values.len(), is_heard: one.is_heard }
        };
        let mut ladder = Ladder { people: people.iter().map(|(&person, &one)| (person, rung(one))).collect() };
        for depth in (0..=keys.len()).rev() {
            let classes = ladder.classes().into_keys().filter(|told| told.len() == depth);
            classes.for_each(|told| ladder.settle(told, k));
        }
        ladder
    }

    /// The classes as they stand.
    fn classes(&self) -> BTreeMap<Told<'p>, Class> {
        let mut classes: BTreeMap<Told, Class> = BTreeMap::new();
        for rung in self.people.values() {
            let class = classes.entry(&rung.values[..rung.depth]).or_default();
            *class = Class { size: class.size + 1, is_heard: class.is_heard || rung.is_heard };
        }
        classes
    }

    /// Makes a class of fewer than k larger by the smallest classes that say more beside it, or else gives up its last key.
    fn settle(&mut self, told: Told<'p>, k: usize) {
        loop {
            let classes = self.classes();
            let is_short = classes.get(told).is_some_and(|class| class.is_heard && class.size < k);
            if !is_short {
                return;
            }
            let finer = classes.iter().filter(|(other, _)| other.len() > told.len() && other.starts_with(told));
            match finer.min_by_key(|(other, class)| (class.size, other.len(), *other)) {
                Some((other, _)) => self.cut(other, told.len()),
                None if told.is_empty() => return,
                None => return self.cut(told, told.len() - 1),
            }
        }
    }

    /// Says less of a class.
    fn cut(&mut self, told: Told, depth: usize) {
        for rung in self.people.values_mut().filter(|one| one.values[..one.depth] == *told) {
            rung.depth = depth;
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

    /// People by what is recorded of them, a word a key; `-` before it: they are never quoted.
    fn people(said: &[&str]) -> BTreeMap<usize, Person> {
        let person = |words: &&str| Person {
            values: words.trim_start_matches('-').split(' ').map(one).collect(),
            is_heard: !words.starts_with('-'),
        };
        said.iter().map(person).enumerate().collect()
    }

    /// Keys told of each.
    fn told(said: &[&str], k: usize) -> Vec<Range<usize>> {
        Cohort::of(&people(said), k).profiles.into_values().map(|profile| profile.0).collect()
    }

    fn depths(said: &[&str], k: usize) -> Vec<usize> {
        told(said, k).into_iter().map(|keys| keys.len()).collect()
    }

    #[test]
    fn what_too_few_share_is_not_said() {
        let all = [
            "user group",
            "user group",
            "user group",
            "user interview",
            "gp interview",
            "gp interview",
            "gp interview",
        ];
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
        // Who is never quoted needs no cover, and gives some.
        assert_eq!(depths(&["user", "user", "user", "-gp"], 3), [1, 1, 1, 1]);
        assert_eq!(depths(&["user", "user", "-user"], 3), [1, 1, 1]);
    }

    #[test]
    fn where_no_group_can_be_said_the_kind_may() {
        let all = ["gp interview", "nurse interview", "leader interview", "user group", "user group", "user group"];
        assert_eq!(told(&all, 3)[..3], [1..2, 1..2, 1..2]);
        assert_eq!(told(&all, 3)[3..], [0..2, 0..2, 0..2]);
    }

    #[test]
    fn who_is_heard_in_two_ways_is_of_a_class_of_their_own() {
        let both: Values = ["group".to_owned(), "interview".to_owned()].into();
        let mut all = people(&["user interview", "user interview", "user interview"]);
        all.insert(3, Person { values: vec![one("user"), both], is_heard: true });
        assert_eq!(Cohort::of(&all, 3).profile(&3), Some(&Profile(0..1)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// However a reader puts together all that is printed of a person, at least k people fit, counted one by one.
        #[test]
        fn no_attribution_points_at_fewer_than_k(
            said in proptest::collection::vec((0u8..4, 0u8..3, 0u8..2, 0u8..3, proptest::bool::weighted(0.8)), 0..40),
            k in 1usize..7,
        ) {
            let dash = |heard: bool| if heard { "" } else { "-" };
            let said: Vec<String> =
                said.iter().map(|(a, b, c, d, heard)| format!("{}{a} {b} {c} {d}", dash(*heard))).collect();
            let texts: Vec<&str> = said.iter().map(String::as_str).collect();
            let people = people(&texts);
            let cohort = Cohort::of(&people, k);
            prop_assert_eq!(cohort.profiles.len(), people.len());
            for (person, held) in people.iter().filter(|(_, held)| held.is_heard) {
                let keys = cohort.profiles[person].0.clone();
                let printed = &held.values[keys.clone()];
                let same = people.iter().filter(|(other, theirs)| {
                    let others = &cohort.profiles[*other].0;
                    (*others == keys || (others.is_empty() && keys.is_empty())) && theirs.values[keys.clone()] == *printed
                });
                let same = same.count();
                prop_assert!(same >= k || (keys.is_empty() && people.len() < k), "{same} of {keys:?} in {texts:?}");
            }
            // Nothing is given up needlessly where everybody is alike.
            let values = || people.values().map(|one| &one.values);
            if values().all(|one| Some(one) == values().next()) && people.len() >= k {
                prop_assert!(cohort.profiles.values().all(|profile| profile.0 == (0..4)));
            }
        }
    }
}
