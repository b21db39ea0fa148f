//! Statements, their evidence and their standings.

use crate::desk::{Desk, column, keys};
use crate::story::{synthesis, transcripts};
use serde_json::{Value, json};

#[test]
fn a_statement_is_added_and_shown_as_promised() {
    let desk = transcripts();
    desk.run(&["component", "add", "Shared notes"]).done();
    let added = desk.json(&[
        "hypothesis",
        "add",
        "--context",
        "notes are open",
        "--mechanism",
        "feels respected",
        "--outcome",
        "comes back",
        "--component",
        "Shared notes",
    ]);
    assert_eq!(added["id"], "H1.gj");
    desk.run(&["evidence", "add", "H1.gj", "D1.gj", "--quote", "She never hid the notes", "--stance", "supports"])
        .done();

    let shown = desk.json(&["hypothesis", "show", "H1.gj"]);
    for key in ["id", "statement", "parts", "standing", "evidence"] {
        assert!(keys(&shown).contains(&key), "{key}");
    }
    assert_eq!(column(&shown["parts"], "kind"), ["context", "mechanism", "outcome"]);
    assert_eq!(column(&shown["parts"], "text"), ["notes are open", "feels respected", "comes back"]);
    assert_eq!(shown["standing"]["editorial"], "draft");
    assert_eq!(shown["standing"]["evidential"], "single_source");
    assert!(keys(&shown["standing"]).contains(&"consensus"));
    let link = &shown["evidence"][0];
    for key in ["id", "passage", "stance", "quote", "relevance", "richness", "rigour"] {
        assert!(keys(link).contains(&key), "{key}");
    }
    assert_eq!((&link["id"], &link["stance"]), (&json!("E1.gj"), &json!("supports")));
    assert_eq!(link["quote"], "She never hid the notes");
    assert_eq!(link["relevance"], Value::Null, "not appraised is not 0");
}

/// Adds a statement and its evidence; answers its evidential standing, and whether that is provisional.
fn standing(desk: &Desk, links: &[(&str, &str, &[&str])]) -> (String, bool) {
    let added = desk.json(&["hypothesis", "add", "--statement", "It works."]);
    let id = added["id"].as_str().unwrap();
    for (passage, stance, more) in links {
        let command = [&["evidence", "add", id, passage, "--stance", stance], *more].concat();
        desk.run(&command).done();
    }
    let shown = desk.json(&["hypothesis", "show", id]);
    let standing = &shown["standing"];
    (standing["evidential"].as_str().unwrap().to_owned(), standing["provisional"].as_bool().unwrap())
}

#[test]
fn standings_follow_the_method() {
    let desk = transcripts();
    let third = "Ana: yes indeed\n\nBo: no indeed\n";
    desk.file("third.txt", third);
    desk.run(&["import", "third.txt", "--kind", "interview"]).done();
    let scored: &[&str] = &["--relevance", "2", "--richness", "2", "--rigour", "2"];
    let same: &[&str] = &["--circumstances", "same", "--relevance", "2", "--richness", "2", "--rigour", "2"];
    let irrelevant: &[&str] = &["--relevance", "0", "--reason", "about buses"];
    let word = |links: &[(&str, &str, &[&str])]| standing(&desk, links).0;

    assert_eq!(word(&[]), "none");
    assert_eq!(word(&[("D1.gj/2", "supports", scored)]), "single_source");
    assert_eq!(word(&[("D1.gj/2", "supports", scored), ("D1.gj/4", "supports", scored)]), "single_source");
    assert_eq!(word(&[("D1.gj/2", "supports", scored), ("D2.gj/2", "supports", scored)]), "supported");
    assert_eq!(word(&[("D1.gj/2", "supports", scored), ("D2.gj/3", "refutes", same)]), "contested");
    assert_eq!(word(&[("D2.gj/3", "refutes", same)]), "refuted_only");
    assert_eq!(word(&[("D1.gj/2", "supports", irrelevant)]), "none", "judged irrelevant does not count");

    assert!(standing(&desk, &[("D1.gj/2", "supports", &[])]).1, "an unappraised link makes it provisional");
    assert!(!standing(&desk, &[("D1.gj/2", "supports", scored)]).1);
}

#[test]
fn sources_of_one_study_count_once() {
    let desk = transcripts();
    let scored: &[&str] = &["--relevance", "2", "--richness", "2", "--rigour", "2"];
    let links = [("D1.gj/2", "supports", scored), ("D2.gj/2", "supports", scored)];
    assert_eq!(standing(&desk, &links).0, "supported");
    desk.run(&["source", "set", "S2.gj", "--same-study", "S1.gj"]).done();
    assert_eq!(desk.json(&["hypothesis", "show", "H1.gj"])["standing"]["evidential"], "single_source");
}

#[test]
fn a_reworded_statement_marks_links_judged_before() {
    let desk = synthesis();
    assert_eq!(desk.json(&["hypothesis", "show", "H1.gj"])["evidence"][0]["earlier_wording"], false);
    desk.run(&["hypothesis", "edit", "H1.gj", "--set", "c1=notes are open at all times"]).done();
    assert_eq!(desk.json(&["hypothesis", "show", "H1.gj"])["evidence"][0]["earlier_wording"], true);
}

#[test]
fn an_edit_says_what_it_reworded() {
    let desk = synthesis();
    let edit = |more: &[&str]| desk.run(&[&["hypothesis", "edit", "H1.gj"], more].concat());
    edit(&["--outcome", "comes back sooner"]).done().says("reworded o1");
    edit(&["--add", "outcome=sleeps better"]).done().says("added o2");
    edit(&["--outcome", "works"]).refused().says("o1.gj, o2.gj");
    edit(&["--actor", "nurses"]).done().says("added a1");
}

#[test]
fn decisions_say_what_they_override_and_what_they_leave() {
    let desk = synthesis();
    let decide = |more: &[&str]| desk.run(&[&["decide", "agreed", "--body", "stakeholders"], more].concat()).done();
    decide(&["--uncertainty", "U1.gj"]).says("no statement or component changed its consensus standing");
    decide(&["--uncertainty", "U1.gj", "--hypothesis", "H1.gj"]).says("U1.gj was decided before: X1.gj (agreed)");
    decide(&["--hypothesis", "H1.gj", "--dissent", "practitioners=No."]).says("recorded as agreed_with_dissent");
}

#[test]
fn a_question_as_evidence_is_pointed_out() {
    let desk = synthesis();
    desk.file("asked.txt", "Interviewer: Was it good to be seen?\nAna: It was.\nInterviewer: And?\nAna: Yes.\n");
    desk.run(&["import", "asked.txt", "--kind", "interview"]).done();
    let link = |turn| desk.run(&["evidence", "add", "H1.gj", "D3.gj", turn, "--stance", "supports"]).done();
    link("t1").says("words of Interviewer, who is the interviewer");
    assert!(!link("t2").stderr.contains("interviewer"));
}

#[test]
fn tables_for_other_programs_are_whole_and_tables_for_people_are_narrow() {
    let desk = synthesis();
    let printed = |command: &[&str], format| desk.run(&[command, &["--format", format]].concat()).done().stdout;
    assert!(printed(&["code", "list"], "csv").contains("D1.gj@1:"));
    assert!(!printed(&["code", "list"], "csv").contains('…'));
    assert!(printed(&["codebook", "list"], "csv").starts_with("id,name,parent,kind,"));
    assert!(
        printed(&["hypothesis", "show", "H1.gj"], "csv").contains("H1.gj,c1.gj,context,notes are open to the person")
    );
    assert!(printed(&["theory", "standing"], "markdown").starts_with("| Id | Statement | Standing | For |"));
    assert!(printed(&["theory", "standing"], "csv").contains("whole_from_one_source"));
    assert!(printed(&["document", "list"], "csv").contains("units,turns,words"));
    assert!(
        desk.run(&["code", "add", "D1.gj", "t2..3", "--code", "openness"]).done().stdout.contains("on D1.gj/2..3 (")
    );
}

#[test]
fn consensus_is_set_by_a_decision_and_by_nothing_else() {
    let desk = synthesis();
    let consensus = || desk.json(&["hypothesis", "show", "H1.gj"])["standing"]["consensus"].clone();
    let before = consensus();
    desk.run(&["hypothesis", "status", "H1.gj", "screened", "--why", "read by two"]).done();
    desk.run(&["hypothesis", "edit", "H1.gj", "--status", "active", "--reason", "kept"]).done();
    assert_eq!(consensus(), before);
    desk.run(&[
        "decide",
        "agreed",
        "--body",
        "stakeholders",
        "--date",
        "2026-03-14",
        "--hypothesis",
        "H1.gj",
        "--present",
        "service_users=5",
        "--text",
        "Notes are open.",
    ])
    .done();
    assert_eq!(consensus(), "agreed");
}

#[test]
fn every_entry_can_be_corrected() {
    let desk = synthesis();
    for command in [
        &["document", "set", "D1.gj", "--title", "First interview", "--kind", "narrative_review"][..],
        &["document", "set", "D2.gj", "--role", "Thekla=observer"],
        &["participant", "set", "D1.gj:Marguerite", "--group", "service_users", "--consent", "anonymous"],
        &["component", "edit", "Shared notes", "--name", "Open notes"],
        &["evidence", "edit", "E1.gj", "--stance", "refines"],
        &["uncertainty", "edit", "U1.gj", "--text", "Should notes be open from the start?"],
        &["codebook", "edit", "openness", "--name", "being open"],
    ] {
        desk.run(command).done();
    }
    assert_eq!(desk.json(&["document", "list"])[0]["title"], "First interview");
    assert_eq!(desk.json(&["evidence", "list"])[0]["stance"], "refines");
    assert_eq!(column(&desk.json(&["component", "list"]), "name"), ["Open notes"]);
    assert!(column(&desk.json(&["code", "list"]), "code").contains(&"being open"));
    assert_eq!(column(&desk.json(&["code", "list"]), "state"), ["whole", "whole"]);
    desk.run(&["check"]).done();
}

#[test]
fn ratings_come_from_a_table_too() {
    let desk = synthesis();
    desk.file("ratings.csv", "uncertainty,criterion,group,rater,value\nU1.gj,importance,service_users,su1,1\nU1.gj,urgency,service_users,su1,0.5\n");
    desk.run(&["uncertainty", "rate", "--from", "ratings.csv"]).done();
    assert_eq!(desk.json(&["uncertainty", "list"])[0]["ratings"], 2);
    desk.file("ratings.csv", "uncertainty,criterion,group,value\nU1.gj,importance,service_users,1\n");
    desk.run(&["uncertainty", "rate", "--from", "ratings.csv"]).refused().says("would overwrite each other");
    desk.file("ratings.csv", "uncertainty,criterion,group,rater,value\nU1.gj,urgency,service_users,su1,\"0,5\"\n");
    desk.run(&["uncertainty", "rate", "--from", "ratings.csv"]).refused().says("with a point: 0.5");
}
