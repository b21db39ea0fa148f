//! Laws of proposals, and the rules on small cases. Compiled for tests only.

use super::*;
use crate::hypothesis::PartKind;
use proptest::prelude::*;

fn statement(number: usize, parts: &[(PartKind, &str)]) -> Hypothesis {
    let mut held: Hypothesis = serde_json::from_value(serde_json::json!({})).unwrap();
    held.id = Id::new(number as u64, [0; 10]);
    let part = |(kind, text): &(PartKind, &str)| serde_json::json!({ "kind": kind, "text": text });
    held.parts = parts.iter().map(|one| serde_json::from_value(part(one)).unwrap()).collect();
    held
}

fn cmo(number: usize, [context, resource, reasoning, outcome]: [&str; 4]) -> Hypothesis {
    use PartKind::{Context, Outcome, Reasoning, Resource};
    let all = [(Context, context), (Resource, resource), (Reasoning, reasoning), (Outcome, outcome)];
    statement(number, &all.into_iter().filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>())
}

fn propose(statements: &[Hypothesis], apart: &BTreeSet<(Id, Id)>) -> Vec<Proposal> {
    let all: Vec<&Hypothesis> = statements.iter().collect();
    let synonyms = Synonyms::new();
    proposals(&all, &Asked { language: Language::ENGLISH, synonyms: &synonyms, apart, least: LEAST })
}

fn relation_of(one: [&str; 4], other: [&str; 4]) -> Option<Relation> {
    let found = propose(&[cmo(1, one), cmo(2, other)], &BTreeSet::new());
    found.first().map(|proposal| proposal.relation)
}

const BASE: [&str; 4] =
    ["past coercion", "a warm visit after missed contact", "they feel remembered", "they stay in touch"];

#[test]
fn the_same_in_all_is_a_duplicate_and_in_other_circumstances_related() {
    let [context, offered, reasoning, outcome] = BASE;
    assert_eq!(relation_of(BASE, BASE), Some(Relation::Duplicate));
    assert_eq!(relation_of(BASE, ["", offered, reasoning, outcome]), Some(Relation::Duplicate));
    let elsewhere = ["living alone in the country", offered, reasoning, outcome];
    assert_eq!(relation_of(BASE, elsewhere), Some(Relation::Related));
    assert_eq!(relation_of(BASE, [context, "a card", "free travel", "less pain"]), None);
}

#[test]
fn another_reasoning_or_the_outcome_turned_round_is_a_rival_candidate() {
    let [context, offered, reasoning, outcome] = BASE;
    let rival = [context, offered, "it is felt as pressure", outcome];
    assert_eq!(relation_of(BASE, rival), Some(Relation::RivalCandidate));
    let contrary = [context, offered, reasoning, "they do not stay in touch"];
    assert_eq!(relation_of(BASE, contrary), Some(Relation::RivalCandidate));
}

#[test]
fn what_is_counted_otherwise_is_no_duplicate() {
    let with = |offered| [BASE[0], offered, BASE[2], BASE[3]];
    let (days, weeks) = (with("a visit within two days"), with("a visit within two weeks"));
    assert_eq!(relation_of(days, weeks), Some(Relation::Related));
    assert_eq!(relation_of(days, with("visit in 2 days")), Some(Relation::Duplicate));
}

#[test]
fn a_proposal_says_which_words_of_which_part_made_it() {
    let found = propose(&[cmo(1, BASE), cmo(2, BASE)], &BTreeSet::new());
    let outcome = found[0].because.iter().find(|one| one.aspect == Some(Aspect::Outcome)).unwrap();
    assert_eq!(outcome.shared, ["stay", "touch"]);
    assert!((outcome.value - 1.0).abs() < 1e-9);
}

#[test]
fn a_pair_kept_apart_is_not_proposed_and_a_new_wording_has_a_new_key() {
    let two = [cmo(1, BASE), cmo(2, BASE)];
    let before = propose(&two, &BTreeSet::new());
    assert!(propose(&two, &BTreeSet::from([(two[0].id, two[1].id)])).is_empty());
    let reworded = [cmo(1, BASE), cmo(2, ["coercion in the past", BASE[1], BASE[2], BASE[3]])];
    assert_ne!(propose(&reworded, &BTreeSet::new())[0].key, before[0].key);
}

/// Statements of a few words each, so that many are alike.
fn statements() -> impl Strategy<Value = Vec<Hypothesis>> {
    let words = vec!["visit", "trust", "record", "goal", "shame", "nurse", "call", "not", "less", "two", "travel"];
    let part = proptest::collection::vec(proptest::sample::select(words), 0..5);
    let one = [part.clone(), part.clone(), part.clone(), part];
    proptest::collection::vec(one, 0..14).prop_map(|all| {
        let texts = all.into_iter().map(|parts| parts.map(|words| words.join(" ")));
        texts.enumerate().map(|(at, [a, b, c, d])| cmo(at + 1, [&a, &b, &c, &d])).collect()
    })
}

proptest! {
    #[test]
    fn the_order_of_the_statements_makes_no_difference(statements in statements(), turn in 0_usize..14) {
        let there = propose(&statements, &BTreeSet::new());
        let mut turned = statements.clone();
        turned.reverse();
        turned.rotate_left(turn.min(statements.len()));
        prop_assert_eq!(there, propose(&turned, &BTreeSet::new()));
    }

    #[test]
    fn groups_part_the_statements_and_rivals_are_never_in_one(statements in statements()) {
        let found = propose(&statements, &BTreeSet::new());
        let (rivals, groups): (Vec<&Proposal>, Vec<&Proposal>) =
            found.iter().partition(|one| one.relation == Relation::RivalCandidate);
        let mut seen = BTreeSet::new();
        for member in groups.iter().flat_map(|group| &group.members) {
            prop_assert!(seen.insert(*member), "in two groups");
        }
        for group in &groups {
            let mean = group.pairs.iter().map(|pair| pair.counts).sum::<f64>() / group.pairs.len() as f64;
            prop_assert!((group.score - mean).abs() < 1e-9 && group.score >= LEAST - 1e-9, "{group:?}");
        }
        for rival in rivals {
            prop_assert_eq!(rival.members.len(), 2);
            let holds_both = |group: &&&Proposal| rival.members.iter().all(|one| group.members.contains(one));
            prop_assert!(!groups.iter().any(|group| holds_both(&group)));
        }
    }

    #[test]
    fn a_statement_that_shares_no_word_changes_nothing(statements in statements(), place in 0_usize..14) {
        let before = propose(&statements, &BTreeSet::new());
        let mut more = statements;
        // Between two others in the order of ids.
        let mut stranger = cmo(place + 1, ["harbour", "a ferry", "salt", "wind"]);
        stranger.id = Id::new(place as u64 + 1, [9; 10]);
        more.push(stranger);
        prop_assert_eq!(before, propose(&more, &BTreeSet::new()));
    }

    #[test]
    fn every_pair_at_the_floor_is_looked_at_and_no_other(statements in statements()) {
        let (synonyms, apart) = (Synonyms::new(), BTreeSet::new());
        let asked = Asked { language: Language::ENGLISH, synonyms: &synonyms, apart: &apart, least: LEAST };
        let all: Vec<&Hypothesis> = statements.iter().collect();
        let table = Table::lay(&all, &asked);
        let mut found = BTreeSet::new();
        pairs::visit(&table.accounts, &table.weights, |one, other| {
            found.insert((one, other));
        });
        let stems = |at: usize| -> BTreeSet<u32> { table.accounts[at].whole.iter().map(|term| term.stem).collect() };
        let sum = |stems: &BTreeSet<u32>| stems.iter().map(|stem| table.weights.whole[*stem as usize].powi(2)).sum::<f64>();
        for one in 0..all.len() {
            for other in one + 1..all.len() {
                let (a, b) = (stems(one), stems(other));
                let shared: BTreeSet<u32> = a.intersection(&b).copied().collect();
                let (dot, floor) = (sum(&shared), pairs::FLOOR * (sum(&a) * sum(&b)).sqrt());
                if (dot - floor).abs() > 1e-9 {
                    prop_assert_eq!(dot > floor, found.contains(&(one, other)), "{} {}", one, other);
                }
            }
        }
    }
}
