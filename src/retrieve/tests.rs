//! What the definitions say, held against random ground.

use super::made::Made;
use super::naive::{Naive, expected, random, relations};
use super::{Layout, Outcome, Scope, Stretch, evaluate, holds, shared};
use crate::query::{Query, Relation};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The first stretch that is in one and not in the other says more than both lists.
fn same(found: &[Stretch], expected: &[Stretch], of: impl std::fmt::Display) {
    let differs =
        found.iter().filter(|one| !expected.contains(one)).chain(expected.iter().filter(|one| !found.contains(one)));
    assert_eq!(differs.collect::<Vec<_>>().first(), None, "{of}");
    assert_eq!(found.len(), expected.len(), "{of}");
}

#[test]
fn every_relation_is_what_its_definition_says_over_10_000_codings() {
    let made = Made::new(1, 400, 10_000);
    let naive = Naive(&made);
    let of = |code: u32| -> Vec<Stretch> {
        made.codings.iter().filter(|one| made.codes[one.coding as usize] == code).copied().collect()
    };
    let (a, b) = (of(0), of(1));
    let in_text =
        |all: &[Stretch], text: u32| -> Vec<Stretch> { all.iter().filter(|one| one.text == text).copied().collect() };
    for relation in relations() {
        let found = super::relate::related(&made, &a, relation, false, &b).unwrap();
        let expected: Vec<Stretch> =
            (0..400).flat_map(|text| naive.related(&in_text(&a, text), relation, false, &in_text(&b, text))).collect();
        same(&found, &expected, relation);
        assert!(!found.is_empty() && found.len() < a.len(), "{relation} is put to the test");
        let none = super::relate::related(&made, &a, relation, true, &b).unwrap();
        assert_eq!(found.len() + none.len(), a.len());
    }
}

#[test]
fn a_coding_does_not_lie_to_itself_and_pairs_agree_with_sweeps() {
    for seed in 2..40 {
        let made = Made::new(seed, 4, 40);
        let naive = Naive(&made);
        for relation in relations() {
            let found = super::relate::related(&made, &made.codings, relation, false, &made.codings).unwrap();
            same(&found, &naive.related(&made.codings, relation, false, &made.codings), relation);
            for (a, b) in made.codings.iter().zip(made.codings.iter().skip(7)) {
                assert_eq!(
                    holds(&made, relation, a, b).unwrap(),
                    naive.holds(relation, a, b),
                    "{relation} {a:?} {b:?}"
                );
            }
        }
    }
}

#[test]
fn shared_parts_are_those_of_every_pair_that_lies_so() {
    let mut told = 0;
    for seed in 50..80 {
        let made = Made::new(seed, 3, 30);
        let (a, b): (Vec<Stretch>, Vec<Stretch>) = made.codings.iter().partition(|one| one.coding % 2 == 0);
        let overlapping = Naive(&made).shared(&a, Relation::Overlaps, &b);
        for relation in relations() {
            let expected = Naive(&made).shared(&a, relation, &b);
            same(&shared(&made, &a, relation, &b).unwrap(), &expected, relation);
            told += usize::from(!expected.is_empty() && expected != overlapping);
        }
    }
    assert!(told > 60, "not only what overlaps: {told}");
}

fn leaf(chance: &mut ChaCha8Rng) -> Query {
    let letter = ["a", "b", "c", "d", "e"][chance.random_range(0..5)];
    let text = match chance.random_range(0..10) {
        0 | 1 => letter.to_owned(),
        2 => "kind:x".to_owned(),
        3 => "*".to_owned(),
        4 => format!("coder:{}", ["a", "b", "c"][chance.random_range(0..3)]),
        5 => format!("ONLY code:{letter}"),
        _ => format!("code:{letter}"),
    };
    Query::parse(&text).unwrap()
}

#[test]
fn whole_queries_mean_what_their_definitions_say() {
    let mut chance = ChaCha8Rng::seed_from_u64(3);
    let mut told = 0;
    for round in 0..300 {
        let made = Made::new(1000 + round, 6, 40);
        let query = random(&mut chance, 1 + usize::try_from(round % 3).unwrap(), leaf);
        for scope in Scope::ALL {
            let Outcome { units, stretches } = evaluate(&made, &query, *scope).unwrap();
            let (naive_units, naive_stretches, _) = expected(&Naive(&made), &query, *scope, &[]);
            assert_eq!(stretches.is_some(), naive_stretches.is_some(), "{query} by {scope}");
            let naive_stretches: Vec<Stretch> = naive_stretches.into_iter().flatten().collect();
            same(&stretches.unwrap_or_default(), &naive_stretches, format!("{query} by {scope}"));
            assert_eq!(units, naive_units.into_iter().collect::<Vec<_>>(), "{query} by {scope}");
            told += usize::from(!units.is_empty() && units.len() < made.texts().count() as usize);
        }
    }
    assert!(told > 300, "most of the answers are neither nothing nor everything: {told}");
}

/// Sets of 500 codings: every operator is asked of each, so that it sees 10,000.
const SETS: u64 = 20;

fn set(round: u64) -> Made {
    Made::new(5000 + round, 24, 500)
}

/// Gives how many units it finds.
fn ask(made: &Made, typed: &str, scope: Scope) -> usize {
    let query = Query::parse(typed).unwrap();
    let Outcome { units, stretches } = evaluate(made, &query, scope).unwrap();
    let (naive_units, naive_stretches, _) = expected(&Naive(made), &query, scope, &[]);
    let naive_stretches: Vec<Stretch> = naive_stretches.into_iter().flatten().collect();
    same(&stretches.unwrap_or_default(), &naive_stretches, format!("{typed} by {scope}"));
    assert_eq!(units, naive_units.into_iter().collect::<Vec<_>>(), "{typed} by {scope}");
    units.len()
}

#[test]
fn every_operator_that_joins_means_what_its_definition_says_over_10_000_codings() {
    let queries = [
        "code:a AND code:c",
        "code:b AND d",
        "code:b OR code:d",
        "code:b OR a",
        "NOT code:a",
        "code:b AND NOT code:c",
        "code:b AND coder:a",
        "code:b AND NOT coder:a",
        "ONLY code:a",
        "ONLY code:c AND a",
        "ATLEAST/2(code:b code:c d)",
        "ATLEAST/3(code:* code:c NOT code:e code:d)",
    ];
    let mut found = vec![0; queries.len()];
    for round in 0..SETS {
        let made = set(round);
        assert!(made.codes.len() >= 500);
        for (typed, found) in queries.iter().zip(&mut found) {
            let scope = Scope::ALL[usize::try_from(round).unwrap() % Scope::ALL.len()];
            *found += ask(&made, typed, scope);
        }
    }
    assert!(found.iter().all(|found| *found > 20), "{found:?}");
}

#[test]
fn every_relation_to_words_and_places_means_what_its_definition_says_over_10_000_codings() {
    let shapes = ["a R code:c", "code:b R d", "b NOT R code:c", "code:d NOT R (a OR c)", "kind:x R code:a", "a R c"];
    let mut found = vec![0; relations().len()];
    for round in 0..SETS {
        let made = set(round);
        for (at, relation) in relations().into_iter().enumerate() {
            let shape = shapes[(at + usize::try_from(round).unwrap()) % shapes.len()];
            found[at] += ask(&made, &shape.replace(" R ", &format!(" {relation} ")), Scope::Unit);
        }
    }
    assert!(found.iter().all(|found| *found > 20), "{found:?}");
}
