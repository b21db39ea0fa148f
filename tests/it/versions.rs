//! Versions of the programme theory: what is frozen stays, and what lies between is told.

use crate::desk::{Desk, column};
use crate::story::synthesis;
use serde_json::{Value, json};

/// The small synthesis, its statements taken up.
fn theory() -> Desk {
    let desk = synthesis();
    for status in ["screened", "active"] {
        desk.run(&["hypothesis", "status", "H1.gj", "H2.gj", status, "--why", "talked over"]).done();
    }
    desk
}

fn frozen(desk: &Desk, name: &str) -> Value {
    desk.json(&["theory", "freeze", name])
}

fn changes(desk: &Desk, from: &str, to: &str) -> Vec<Value> {
    desk.json(&["theory", "diff", from, to])["changes"].as_array().unwrap().clone()
}

fn hash(desk: &Desk, name: &str) -> Value {
    let versions = desk.json(&["theory", "versions"]);
    versions.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap()["hash"].clone()
}

#[test]
fn what_was_frozen_stays_whatever_is_edited() {
    let desk = theory();
    let answer = frozen(&desk, "IPT");
    assert_eq!((&answer["id"], &answer["statements"]), (&json!("V1.gj"), &json!(2)));
    let before = desk.json(&["theory", "show", "IPT"]);
    desk.run(&["hypothesis", "edit", "H1.gj", "--statement", "Open notes make people come back."]).done();
    desk.run(&["component", "add", "Transport"]).done();
    desk.run(&["hypothesis", "status", "H2.gj", "parked", "--why", "nobody asked"]).done();
    assert_eq!(hash(&desk, "IPT"), answer["hash"]);
    assert_eq!(desk.json(&["theory", "show", "V1.gj"]), before);
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn a_version_differs_from_itself_in_nothing_and_from_now_by_its_moves() {
    let desk = theory();
    frozen(&desk, "IPT");
    assert_eq!(changes(&desk, "IPT", "ipt"), Vec::<Value>::new());
    assert_eq!(changes(&desk, "IPT", "now"), Vec::<Value>::new());
    desk.run(&["hypothesis", "edit", "H1.gj", "--statement", "Open notes make people come back."]).done();
    desk.run(&["hypothesis", "status", "H2.gj", "parked", "--why", "nobody asked"]).done();
    desk.run(&["component", "add", "Transport"]).done();
    desk.run(&["decide", "agreed", "--body", "stakeholders", "--component", "K1.gj"]).done();
    let told = changes(&desk, "IPT", "now");
    let moves: Vec<(&str, &str)> =
        told.iter().map(|change| (change["id"].as_str().unwrap(), change["move"].as_str().unwrap())).collect();
    assert_eq!(moves, [("K1.gj", "adjudicate"), ("K2.gj", "add"), ("H1.gj", "reword"), ("H2.gj", "demote")]);
    assert_eq!(told[0]["decision"], "X1.gj");
    assert_eq!(told[3]["acts"][0]["why"], "nobody asked");
    frozen(&desk, "v1");
    assert_eq!(changes(&desk, "IPT", "v1"), told);
    let back = changes(&desk, "v1", "IPT");
    assert_eq!(back.len(), told.len());
    let log = desk.json(&["theory", "log"]);
    assert_eq!(log[0]["changes"].as_array().unwrap().len(), 4);
    assert_eq!(log[1]["changes"], json!([]), "nothing since");
}

#[test]
fn a_merge_is_told_as_one() {
    let desk = theory();
    frozen(&desk, "IPT");
    let command =
        ["hypothesis", "merge", "H1.gj", "H2.gj", "--into", "People come back where notes are open.", "--why", "alike"];
    desk.run(&command).done();
    let told = changes(&desk, "IPT", "now");
    let of = |id: &str| told.iter().find(|change| change["id"] == id).unwrap_or_else(|| panic!("{id}: {told:#?}"));
    assert_eq!((of("H1.gj")["move"].as_str(), of("H2.gj")["move"].as_str()), (Some("merge"), Some("merge")));
    let heir = told.iter().find(|change| change["presence"] == "added" && change["kind"] == "hypothesis").unwrap();
    assert_eq!(heir["move"], "merge");
    assert!(
        heir["acts"].as_array().unwrap().iter().any(|act| act["why"] == "alike"),
        "the reason stands on the links: {heir}"
    );
    assert!(!heir["evidence"].as_array().unwrap().is_empty(), "the evidence of both is seen through it");
}

#[test]
fn a_day_is_as_it_was() {
    let desk = synthesis();
    desk.at_time("2031-01-02T10:00:00Z").run(&["component", "add", "Transport"]).done();
    desk.at_time("2031-01-03T10:00:00Z").run(&["component", "edit", "K2.gj", "--name", "Buses"]).done();
    let names = |moment: &str| -> Vec<String> {
        let shown = desk.json(&["theory", "at", moment]);
        column(&shown["components"], "name").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(names("2031-01-01"), ["Shared notes"]);
    assert_eq!(names("2031-01-02"), ["Shared notes", "Transport"]);
    assert_eq!(names("2031-01-03T09:59:59Z"), ["Shared notes", "Transport"]);
    assert_eq!(names("2031-01-03"), ["Shared notes", "Buses"]);
    assert_eq!(names("1999-12-31"), Vec::<String>::new());
    desk.at_time("2031-01-04T10:00:00Z").run(&["undo"]).done();
    assert_eq!(names("2031-01-03"), ["Shared notes", "Buses"], "what was taken back later stood then");
    assert_eq!(names("2031-01-04"), ["Shared notes", "Transport"]);
    desk.run(&["theory", "at", "soon"]).refused().says("2026-03-14");
}

#[test]
fn a_name_is_given_once_and_something_must_be_frozen() {
    let desk = synthesis();
    desk.run(&["theory", "freeze", "IPT"]).refused().says("hypothesis status");
    let desk = theory();
    frozen(&desk, "IPT");
    desk.run(&["theory", "freeze", "ipt"]).refused().says("V1.gj is called IPT already");
    desk.run(&["theory", "freeze", " "]).refused();
    desk.run(&["theory", "freeze", "now"]).refused();
    desk.run(&["theory", "freeze", "submitted"]).done().says("says what IPT");
    desk.run(&["theory", "diff", "IPX"]).refused().says("IPT");
}

#[test]
fn no_participants_word_is_frozen() {
    let desk = theory();
    frozen(&desk, "IPT");
    let shown = desk.run(&["theory", "show", "IPT", "--format", "json"]).done().stdout;
    for phrase in crate::story::PLANTED {
        assert!(!shown.contains(phrase), "{phrase}");
    }
}

#[test]
fn details_of_a_part_and_a_draft_that_was_never_listed_are_told_in_words() {
    let desk = theory();
    frozen(&desk, "IPT");
    let part = desk.json(&["hypothesis", "show", "H1.gj"])["parts"][0]["key"].as_str().unwrap().to_owned();
    desk.run(&["hypothesis", "part", "H1.gj", &part, "--level", "institutional"]).done();
    desk.run(&["hypothesis", "add", "--statement", "A passing thought"]).done();
    let added = desk.json(&["hypothesis", "list"]);
    let thought = added.as_array().unwrap().iter().find(|one| one["statement"] == "A passing thought").unwrap();
    let label = thought["id"].as_str().unwrap().to_owned();
    desk.run(&["hypothesis", "status", &label, "rejected", "--why", "nobody holds it"]).done();
    let told = desk.run(&["theory", "diff", "IPT", "--format", "csv"]).done().stdout;
    let row = told.lines().find(|line| line.contains("H1.gj")).unwrap();
    assert!(row.contains(", institutional"), "{row}");
    assert!(told.lines().any(|line| line.contains(&label) && line.contains("A passing thought")), "{told}");
}

#[test]
fn a_narrative_told_otherwise_is_a_change_between_versions() {
    let desk = theory();
    frozen(&desk, "A");
    let story = ["theory", "freeze", "B", "--narrative", "A quite different story.", "--why", "after the meeting"];
    let answer = desk.json(&story);
    assert_eq!(answer["hash"], hash(&desk, "A"), "the theory is the same");
    assert_ne!(answer["whole_hash"], answer["hash"]);
    let told = changes(&desk, "A", "B");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!((&told[0]["move"], &told[0]["id"]), (&json!("reword"), &json!("V2.gj")));
    assert_eq!(told[0]["fields"][0]["after"], "A quite different story.");
    assert_eq!(told[0]["acts"][0]["why"], "after the meeting");
    assert_eq!(changes(&desk, "B", "now"), Vec::<Value>::new(), "the theory as it is has no narrative");
    desk.run(&["theory", "diff", "A", "B"]).done().says("quite different");
    desk.run(&["report", "refinement", "--to", "md"]).done();
    let paper = std::fs::read_to_string(desk.project.join("outputs/refinement.md")).unwrap();
    assert!(paper.contains("A quite different story."), "{paper}");
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn a_test_stands_in_the_logs() {
    let desk = theory();
    frozen(&desk, "A");
    desk.run(&["hypothesis", "tested", "H1.gj", "trial", "--result", "no difference at twelve months"]).done();
    frozen(&desk, "B");
    let log = desk.json(&["theory", "log"]);
    assert_eq!(column(&log[0]["changes"], "id"), ["H1.gj"], "{log}");
    assert_eq!(log[0]["changes"][0]["move"], Value::Null, "it says what it said");
    desk.run(&["report", "refinement", "--to", "md"]).done();
    let paper = std::fs::read_to_string(desk.project.join("outputs/refinement.md")).unwrap();
    assert!(paper.contains("test: trial: no difference at twelve months"), "{paper}");
}

#[test]
fn a_rivalry_that_moved_along_is_neither_reconciled_nor_new() {
    let desk = theory();
    desk.run(&["link", "add", "H1.gj", "rival_of", "H2.gj"]).done();
    frozen(&desk, "A");
    desk.run(&["hypothesis", "refine", "H1.gj", "--statement", "Said closely.", "--why", "closer"]).done();
    desk.run(&["link", "move", "L1.gj"]).done();
    let told = changes(&desk, "A", "now");
    let links: Vec<&Value> = told.iter().filter(|one| !one["carried"].is_null()).collect();
    assert_eq!(links.len(), 2, "{told:#?}");
    assert!(links.iter().all(|one| one["move"].is_null()), "{links:#?}");
    desk.run(&["theory", "diff", "A", "now"]).done().says("carried over");
    frozen(&desk, "B");
    let moved = links.iter().find(|one| one["presence"] == "added").unwrap()["id"].as_str().unwrap().to_owned();
    desk.run(&["link", "remove", &moved, "--why", "entered by mistake"]).done();
    assert_eq!(changes(&desk, "B", "now")[0]["move"], "demote");
}

#[test]
fn a_narrative_that_is_not_carried_over_is_said() {
    let desk = theory();
    desk.run(&["theory", "freeze", "v1", "--narrative", "Open notes help."]).done();
    let frozen = desk.run(&["theory", "freeze", "v2"]).done();
    assert!(frozen.stderr.contains("v1 has a narrative and v2 has none"), "{}", frozen.stderr);
    let again = desk.run(&["theory", "freeze", "v3"]).done();
    assert!(!again.stderr.contains("narrative and v3"), "{}", again.stderr);
}
