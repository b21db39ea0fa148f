//! The life of a statement, as people type it.

use crate::desk::{Desk, column};
use crate::story::{synthesis, transcripts};
use serde_json::{Value, json};

/// Two accounts of one passage each, and one passage on both.
fn accounts() -> Desk {
    let desk = transcripts();
    for sentence in ["If notes are open, people trust", "If nothing is hidden, people come back"] {
        desk.run(&["hypothesis", "add", "--statement", sentence]).done();
    }
    for (statement, words, stance) in [
        ("H1.gj", "never hid the notes from me", "supports"),
        ("H2.gj", "never hid the notes from me", "supports"),
        ("H1.gj", "I came back every month", "supports"),
        ("H2.gj", "tangerine ledger", "refines"),
    ] {
        desk.run(&["evidence", "add", statement, "D1.gj", "--quote", words, "--stance", stance]).done();
    }
    desk
}

const MERGE: [&str; 7] =
    ["hypothesis", "merge", "H1.gj", "H2.gj", "--into", "If notes are open, people trust and return", "--why"];

#[test]
fn two_accounts_become_one_that_speaks_for_both() {
    let desk = accounts();
    let merge = [&MERGE[..], &["one claim"]].concat();
    let rehearsed = desk.json(&[&merge[..], &["--dry-run"]].concat());
    assert_eq!((&rehearsed["id"], &rehearsed["dry_run"]), (&json!("H3.gj"), &json!(true)));
    assert_eq!(desk.json(&["hypothesis", "list"]).as_array().unwrap().len(), 2);
    desk.run(&merge).done().says("merged H1.gj, H2.gj into new H3.gj");
    let shown = desk.json(&["hypothesis", "show", "H3.gj"]);
    assert_eq!(shown["statement"], "If notes are open, people trust and return");
    assert_eq!(column(&shown["children"], "id"), ["H1.gj", "H2.gj"]);
    assert_eq!((&shown["standing"]["links"], &shown["standing"]["inherited"]), (&json!(3), &json!(3)));
    assert_eq!(column(&shown["evidence"], "judged"), ["inherited"; 3]);
    assert_eq!(column(&shown["links"], "kind"), ["merged_into"; 2]);
    desk.run(&["hypothesis", "show", "H3.gj"]).done().says("has taken in H1.gj").says("3 links inherited");
    desk.run(&["hypothesis", "edit", "H1.gj", "--statement", "x"]).refused().says("use H3.gj instead");

    let open = desk.json(&["evidence", "confirm", "--list", "H3.gj"]);
    assert_eq!(column(&open, "open"), ["inherited"; 3]);
    desk.run(&["evidence", "confirm", "E1.gj"]).done().says("confirmed E1.gj for H3.gj");
    let rest = desk.json(&["evidence", "confirm", "--all", "H3.gj", "--dry-run"]);
    assert_eq!(column(&rest["confirmed"], "id"), ["E3.gj", "E4.gj"]);
    assert_eq!(desk.json(&["hypothesis", "show", "H3.gj"])["standing"]["inherited"], 2);
    desk.run(&["evidence", "confirm", "--all", "H3.gj"]).done();
    desk.run(&["evidence", "confirm", "--list", "H3.gj"]).negative();
    desk.run(&["check"]).done();

    let told = desk.json(&["hypothesis", "show", "H1.gj", "--history"])["history"].clone();
    let told: Vec<&Value> = told.as_array().unwrap().iter().map(|one| &one["what"]).collect();
    assert_eq!(told[0], "written; statement: If notes are open, people trust");
    assert!(told.contains(&&json!("status: merged")), "{told:?}");
    assert!(told.contains(&&json!("L1.gj: H1.gj is merged into H3.gj")), "{told:?}");
}

#[test]
fn two_sites_that_merge_unaware_of_each_other_are_told() {
    let here = accounts();
    here.run(&["hypothesis", "add", "--statement", "A third"]).done();
    let there = here.far_copy("q", "bo");
    here.run(&["hypothesis", "merge", "H1.gj", "--into", "H2.gj", "--why", "alike"]).done();
    there.run(&["hypothesis", "merge", "H2.gj", "--into", "H1.gj", "--why", "alike"]).done();
    there.run(&["hypothesis", "merge", "H3.gj", "--into", "H1.gj", "--why", "too"]).done();
    here.run(&["merge", there.project.to_str().unwrap()]).done();
    here.run(&["check"]).negative().says("merged_into or feeds runs in a circle").says("H1.gj → H2.gj → H1.gj");
    // Nothing is counted twice meanwhile.
    let shown = here.json(&["hypothesis", "show", "H1.gj"]);
    assert_eq!((&shown["standing"]["links"], &shown["standing"]["supports"]), (&json!(3), &json!(1)));
}

#[test]
fn a_standing_set_on_two_copies_is_settled_by_setting_one_of_the_two() {
    let here = accounts();
    here.run(&["hypothesis", "status", "H1.gj", "screened", "--why", "read"]).done();
    let there = here.far_copy("q", "bo");
    here.run(&["hypothesis", "status", "H1.gj", "active", "--why", "kept"]).done();
    there.run(&["hypothesis", "status", "H1.gj", "rejected", "--why", "nobody holds it"]).done();
    here.run(&["merge", there.project.to_str().unwrap()]).done();
    let asked = here.run(&["check"]);
    asked.says("status was set by two people").says("say which holds: realist hypothesis status H1.gj");
    here.run(&["hypothesis", "status", "H1.gj", "parked", "--why", "neither"]);
    here.run(&["hypothesis", "status", "H1.gj", "active", "--why", "talked over"]).done();
    assert!(!here.run(&["check"]).stdout.contains("status was set by two people"));
    assert_eq!(here.json(&["hypothesis", "show", "H1.gj"])["standing"]["editorial"], "active");
}

#[test]
fn a_split_beside_a_refinement_on_another_copy_is_told_with_what_takes_it_back() {
    let here = accounts();
    let there = here.far_copy("q", "bo");
    here.run(&["hypothesis", "split", "H1.gj", "--into", "one", "--into", "two", "--why", "two claims"]).done();
    there.run(&["hypothesis", "refine", "H1.gj", "--statement", "closer", "--why", "closer"]).done();
    here.run(&["merge", there.project.to_str().unwrap()]).done();
    here.run(&["check"]).says("H1.gj was said anew by people unaware of each other").says("realist undo ");
}

#[test]
fn feedback_is_named() {
    let desk = synthesis();
    desk.run(&["link", "add", "H1.gj", "leads_to", "H2.gj:c1"]).done();
    desk.run(&["link", "add", "H2.gj", "leads_to", "H1.gj", "--as", "context", "--why", "a spiral"]).done();
    assert_eq!(column(&desk.json(&["link", "list", "--of", "H1.gj"]), "as"), ["context", "context"]);
    desk.run(&["check"]).says("a chain comes back: H1.gj → H2.gj → H1.gj");
}

#[test]
fn a_clash_is_listed_and_left_to_people() {
    let desk = accounts();
    desk.run(&["evidence", "edit", "E2.gj", "--stance", "refutes"]).done();
    desk.run(&[&MERGE[..], &["one claim"]].concat()).done();
    let clashes = desk.json(&["theory", "clashes"]);
    assert_eq!((&clashes[0]["hypothesis"], &clashes[0]["for"]), (&json!("H3.gj"), &json!("E1.gj")));
    assert_eq!((&clashes[0]["against"], clashes.as_array().unwrap().len()), (&json!("E2.gj"), 1));
    assert_eq!(desk.json(&["hypothesis", "show", "H3.gj"])["standing"]["evidential"], "contested");
    desk.run(&["check"]).says("one passage speaks for it (E1.gj) and against it (E2.gj)");
}

#[test]
fn a_test_is_shown_wherever_the_other_standings_are() {
    let desk = synthesis();
    desk.run(&["hypothesis", "tested", "H1.gj", "trial", "--result", "no difference"]).done();
    assert_eq!(column(&desk.json(&["hypothesis", "list"]), "tested"), ["trial", "not_tested", "not_tested"]);
    let shown = desk.json(&["hypothesis", "show", "H1.gj"]);
    assert_eq!(
        (&shown["standing"]["tested"], &shown["standing"]["test_result"]),
        (&json!("trial"), &json!("no difference"))
    );
    assert_eq!(column(&desk.json(&["theory", "standing"]), "tested")[0], "trial");
    desk.run(&["report", "evidence", "--to", "md"]).done();
    let paper = std::fs::read_dir(desk.project.join("outputs")).unwrap().next().unwrap().unwrap().path();
    assert!(std::fs::read_to_string(paper).unwrap().contains("trial: no difference"));
}

#[test]
fn parts_are_said_more_closely() {
    let desk = synthesis();
    desk.run(&["hypothesis", "part", "H1.gj", "c1", "--level", "institutional", "--of-actor", "the practice"]).done();
    desk.run(&["hypothesis", "show", "H1.gj"]).done().says("[institutional, of the practice]").says("earlier wording");
    let shown = desk.json(&["hypothesis", "show", "H1.gj"]);
    assert_eq!(shown["parts"][0]["details"], json!({ "level": "institutional", "actor": "the practice" }));
    desk.run(&["hypothesis", "part", "H1.gj", "c1", "--valence", "intended"])
        .refused()
        .says("of it may be said: level");
    desk.run(&["hypothesis", "add", "--outcome", "visits drop", "--detail", "outcome.direction=decrease"]).done();
    assert_eq!(desk.json(&["hypothesis", "show", "H4.gj"])["parts"][0]["details"]["direction"], "decrease");
}

#[test]
fn the_check_asks_for_a_passage_and_for_a_memo() {
    let desk = transcripts();
    desk.run(&["hypothesis", "add", "--statement", "Said somewhere", "--origin", "extracted"]).done();
    desk.run(&["check"]).says("H1.gj is said to be extracted, but no passage is linked to it");
    desk.run(&["hypothesis", "add", "--statement", "Worked out", "--inference", "retroduced"]).refused().says("--memo");
}

#[test]
fn an_uncertainty_without_options_or_theory_is_pointed_out() {
    let desk = synthesis();
    desk.run(&["uncertainty", "add", "Who calls?"]).done();
    let said = desk.run(&["check"]);
    said.says("ties to no statement and no component").says("fewer than two options");
}

#[test]
fn who_judges_evidence_on_their_own_statement_is_shown() {
    let desk = accounts();
    let other = desk.as_coder("mb");
    other.run(&["evidence", "add", "H1.gj", "D1.gj", "--quote", "buses stopped", "--stance", "refutes"]).done();
    let shown = desk.json(&["hypothesis", "show", "H1.gj"]);
    let own: Vec<&Value> = shown["evidence"].as_array().unwrap().iter().map(|one| &one["by_author"]).collect();
    assert_eq!(own, [&json!(true), &json!(true), &json!(false)]);
    desk.run(&["hypothesis", "show", "H1.gj"]).done().says("2 of 3 links were judged by who wrote the statement");
}
