//! Differences over random programmes; each move once.

use super::diff::{apply, diff};
use super::moves::{self, Move};
use super::{Programme, Thing};
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::{Id, Kind};
use crate::synthesis::Synthesis;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn id(n: u8) -> Id {
    Id::derived([b"programme test".as_slice(), &[n]])
}

fn programme(things: &[(u8, Kind, Value)]) -> Programme {
    let thing = |kind: Kind, fields: &Value| Thing {
        kind,
        fields: fields.as_object().unwrap().iter().map(|(field, value)| (field.clone(), value.clone())).collect(),
    };
    Programme { things: things.iter().map(|(n, kind, fields)| (id(*n), thing(*kind, fields))).collect() }
}

fn random() -> impl Strategy<Value = Programme> {
    let value = prop_oneof![
        any::<u8>().prop_map(|n| json!(n % 3)),
        "[ab]{0,2}".prop_map(Value::from),
        Just(json!({ "b": 1, "a": [2, null] })),
    ];
    let fields = proptest::collection::btree_map("[a-d]", value, 1..4);
    let things = proptest::collection::btree_map(0u8..8, fields, 0..8).prop_map(|things| Programme {
        things: things.into_iter().map(|(n, fields)| (id(n), Thing { kind: Kind::Hypothesis, fields })).collect(),
    });
    (things, proptest::option::of("[ab]{0,2}")).prop_map(|(one, narrative)| one.with_narrative(narrative.as_deref()))
}

proptest! {
    /// The difference applied to the first gives the second, a programme differs from itself in nothing, and
    /// the hash tells two programmes apart exactly when they differ.
    #[test]
    fn a_difference_is_whole(one in random(), other in random()) {
        let changes = diff(&one, &other);
        prop_assert_eq!(&apply(&one, &changes).unwrap(), &other);
        prop_assert_eq!(diff(&one, &one), Vec::new());
        prop_assert_eq!(changes.is_empty(), one.hash() == other.hash());
        let back = diff(&other, &one);
        prop_assert_eq!(apply(&other, &back).unwrap(), one);
    }

    /// Written and read, it is the same programme under the same hash.
    #[test]
    fn it_is_written_and_read(one in random()) {
        let read: Programme = serde_json::from_str(&serde_json::to_string(&one).unwrap()).unwrap();
        prop_assert_eq!(read.hash(), one.hash());
        prop_assert_eq!(read, one);
    }
}

#[test]
fn a_difference_from_elsewhere_is_refused() {
    let one = programme(&[(1, Kind::Component, json!({ "name": "Peer" }))]);
    let other = programme(&[(1, Kind::Component, json!({ "name": "Peers" }))]);
    let changes = diff(&one, &other);
    assert_eq!(apply(&other, &changes).unwrap_err().0.code, "does-not-fit");
    assert_eq!(apply(&Programme::default(), &changes).unwrap_err().0.code, "does-not-fit");
    let gone = diff(&one, &Programme::default());
    assert_eq!(apply(&other, &gone).unwrap_err().0.code, "does-not-fit");
}

#[test]
fn the_hash_does_not_hang_on_the_order_of_keys() {
    let one = programme(&[(1, Kind::Component, json!({ "a": { "x": 1, "y": 2 }, "b": 3 }))]);
    let other = programme(&[(1, Kind::Component, json!({ "b": 3, "a": { "y": 2, "x": 1 } }))]);
    assert_eq!(one.hash(), other.hash());
    assert_eq!(one.hash().len(), 32);
}

/// What each thing's move is from one programme to another.
fn moved(before: &[(u8, Kind, Value)], after: &[(u8, Kind, Value)]) -> BTreeMap<Id, Option<Move>> {
    let (before, after) = (programme(before), programme(after));
    diff(&before, &after).iter().map(|change| (change.id, moves::of(change, &before, &after))).collect()
}

fn active(sentence: &str) -> Value {
    json!({ "status": "active", "statement": sentence, "part:c1": { "kind": "context", "text": "c" },
            "part:m1": { "kind": "mechanism", "text": "m" } })
}

fn link(from: u8, kind: &str, to: u8) -> Value {
    json!({ "from": id(from), "link": kind, "to": id(to) })
}

fn with(mut value: Value, field: &str, to: Value) -> Value {
    value[field] = to;
    value
}

#[test]
fn a_version_lists_active_statements_and_no_others() {
    let settings = json!({ "format": 1, "project": id(0), "title": "Small" });
    let mut synthesis = Synthesis::empty(serde_json::from_value(settings).unwrap());
    for (n, status) in (1..).zip(Editorial::ALL) {
        let written = json!({ "statement": "If so, then so.", "status": status, "author": "gj" });
        let one: Hypothesis = serde_json::from_value(written).unwrap();
        synthesis.hypotheses.insert(id(n), Hypothesis { id: id(n), ..one });
    }
    let programme = Programme::of(&synthesis);
    let listed: Vec<Editorial> = programme.listed().map(|(id, _)| synthesis.hypotheses[&id].status).collect();
    assert_eq!(listed, [Editorial::Active]);
    assert_eq!(
        programme.of_kind(Kind::Hypothesis).count(),
        Editorial::ALL.len() - 2,
        "drafts and screened are no part"
    );
}

#[test]
fn statements_come_by_a_move() {
    use Kind::{Hypothesis, Link};
    let before = [(1, Hypothesis, active("a")), (2, Hypothesis, active("b"))];
    let comes = |links: &[(u8, Kind, Value)]| {
        let after = [before.as_slice(), &[(3, Hypothesis, active("c"))], links].concat();
        moved(&before, &after)[&id(3)]
    };
    assert_eq!(comes(&[]), Some(Move::Add));
    assert_eq!(comes(&[(9, Link, link(1, "merged_into", 3))]), Some(Move::Merge));
    assert_eq!(comes(&[(9, Link, link(1, "feeds", 3))]), Some(Move::Consolidate));
    assert_eq!(comes(&[(9, Link, link(3, "split_from", 1))]), Some(Move::Split));
    assert_eq!(comes(&[(9, Link, link(3, "refines", 1))]), Some(Move::Refine));
    assert_eq!(comes(&[(9, Link, link(1, "rival_of", 3))]), Some(Move::Juxtapose));
    assert_eq!(comes(&[(9, Link, link(3, "rival_of", 1))]), Some(Move::Juxtapose));
}

#[test]
fn statements_go_by_a_move() {
    use Kind::{Hypothesis, Link};
    let before = [(1, Hypothesis, active("a"))];
    let goes = |status: &str, links: &[(u8, Kind, Value)]| {
        let after = [&[(1, Hypothesis, json!({ "status": status }))], links].concat();
        moved(&before, &after)[&id(1)]
    };
    assert_eq!(goes("merged", &[]), Some(Move::Merge));
    assert_eq!(goes("rejected", &[]), Some(Move::Reject));
    assert_eq!(goes("parked", &[]), Some(Move::Demote));
    assert_eq!(goes("superseded", &[]), Some(Move::Refine));
    assert_eq!(goes("superseded", &[(9, Link, link(3, "split_from", 1))]), Some(Move::Split));
    assert_eq!(moved(&before, &[])[&id(1)], Some(Move::Demote), "its making was taken back");
    let back = moved(&[(1, Hypothesis, json!({ "status": "parked" }))], &before);
    assert_eq!(back[&id(1)], Some(Move::Add), "taken up again");
}

#[test]
fn statements_change_by_a_move() {
    use Kind::Hypothesis;
    let becomes = |after: Value| moved(&[(1, Hypothesis, active("a"))], &[(1, Hypothesis, after)])[&id(1)];
    assert_eq!(becomes(active("b")), Some(Move::Reword));
    assert_eq!(
        becomes(with(active("b"), "part:c1", json!({ "kind": "context", "text": "other" }))),
        Some(Move::Situate)
    );
    assert_eq!(becomes(with(active("a"), "part:c2", json!({ "kind": "actor", "text": "GPs" }))), Some(Move::Situate));
    let closer = json!({ "kind": "mechanism", "text": "m", "activation": "high" });
    assert_eq!(becomes(with(active("a"), "part:m1", closer)), Some(Move::Situate));
    assert_eq!(becomes(with(active("a"), "part:m1", json!({ "kind": "mechanism", "text": "n" }))), Some(Move::Refine));
    assert_eq!(becomes(with(active("a"), "consensus", json!("agreed"))), Some(Move::Adjudicate));
    assert_eq!(becomes(with(active("a"), "consensus", json!("rejected"))), Some(Move::Reject));
    let evidence = format!("evidence:{}", id(7));
    assert_eq!(
        becomes(with(active("a"), &evidence, json!({ "stance": "supports" }))),
        None,
        "what is known, not what is said"
    );
}

#[test]
fn links_and_components_change_by_a_move() {
    use Kind::{Component, Link};
    let came = |kind: &str| moved(&[], &[(9, Link, link(1, kind, 2))])[&id(9)];
    let went = |kind: &str| moved(&[(9, Link, link(1, kind, 2))], &[])[&id(9)];
    assert_eq!(came("rival_of"), Some(Move::Juxtapose));
    assert_eq!(went("rival_of"), Some(Move::Demote), "taken away, and nothing settled");
    assert_eq!(came("contains"), Some(Move::Consolidate));
    assert_eq!(came("leads_to"), Some(Move::Add));
    assert_eq!(went("leads_to"), Some(Move::Demote));
    let peer = |fields: Value| (1, Component, fields);
    let named = json!({ "name": "Peer" });
    assert_eq!(moved(&[peer(named.clone())], &[peer(json!({ "name": "Peers" }))])[&id(1)], Some(Move::Reword));
    let agreed = json!({ "name": "Peer", "consensus": "agreed_with_dissent" });
    assert_eq!(moved(&[peer(named.clone())], &[peer(agreed)])[&id(1)], Some(Move::Adjudicate));
    assert_eq!(moved(&[peer(named.clone())], &[peer(with(named, "order", json!(2)))])[&id(1)], None);
}

#[test]
fn a_rivalry_is_reconciled_by_a_decision_or_by_telling_contexts_apart() {
    use Kind::{Hypothesis, Link};
    let rivals = [(1, Hypothesis, active("a")), (2, Hypothesis, active("b")), (9, Link, link(1, "rival_of", 2))];
    let without = |first: Value| moved(&rivals, &[(1, Hypothesis, first), rivals[1].clone()])[&id(9)];
    assert_eq!(without(active("a")), Some(Move::Demote), "entered by mistake");
    let elsewhere = json!({ "kind": "context", "text": "elsewhere" });
    assert_eq!(without(with(active("a"), "part:c1", elsewhere.clone())), Some(Move::Reconcile));
    let decided = with(with(active("a"), "consensus", json!("agreed")), "decision", json!(id(5)));
    assert_eq!(without(decided), Some(Move::Reconcile));
    let refined = [
        (1, Hypothesis, json!({ "status": "superseded" })),
        rivals[1].clone(),
        (3, Hypothesis, with(active("a"), "part:c1", elsewhere)),
        (8, Link, link(3, "refines", 1)),
    ];
    assert_eq!(moved(&rivals, &refined)[&id(9)], Some(Move::Reconcile), "what was refined is said of other contexts");
}

#[test]
fn a_link_that_goes_along_with_its_statement_is_carried_and_no_move() {
    use Kind::{Hypothesis, Link};
    for (anew, kind) in [
        (link(1, "merged_into", 3), "rival_of"),
        (link(3, "refines", 1), "rival_of"),
        (link(3, "split_from", 1), "leads_to"),
    ] {
        let before = [(1, Hypothesis, active("a")), (2, Hypothesis, active("b")), (9, Link, link(1, kind, 2))];
        let after = [
            (1, Hypothesis, json!({ "status": "superseded" })),
            before[1].clone(),
            (3, Hypothesis, active("c")),
            (8, Link, anew),
            (10, Link, link(3, kind, 2)),
        ];
        let moves = moved(&before, &after);
        assert_eq!((moves[&id(9)], moves[&id(10)]), (None, None), "{kind}");
        let [one, other] = [&before[..], &after[..]].map(programme);
        let gone = diff(&one, &other).into_iter().find(|change| change.id == id(9)).unwrap();
        assert_eq!(moves::carried(&gone, &one, &other), Some(id(10)));
        let elsewhere = [&after[..4], &[(10, Link, link(2, kind, 3))]].concat();
        assert_ne!(moved(&before, &elsewhere)[&id(10)], None, "another link altogether");
    }
}

#[test]
fn a_narrative_said_anew_is_a_change_and_has_a_hash_of_its_own() {
    use super::whole_hash;
    let bare = programme(&[(1, Kind::Component, json!({ "name": "Peer" }))]);
    let told = |text: &str| bare.clone().with_narrative(Some(text));
    let changes = diff(&told("As before."), &told("A quite different story."));
    assert_eq!(changes.len(), 1);
    assert_eq!(moves::of(&changes[0], &bare, &bare), Some(Move::Reword));
    let hash = bare.hash();
    assert_eq!(whole_hash(&hash, None), hash);
    assert_ne!(whole_hash(&hash, Some("a")), whole_hash(&hash, Some("b")));
}
