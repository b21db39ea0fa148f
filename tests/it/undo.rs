//! Taking acts back, and taking that back.

use crate::desk::{Desk, column};
use crate::story::{INTERVIEW, synthesis, transcripts};

fn codings(desk: &Desk) -> usize {
    desk.run(&["code", "list", "--format", "json"]).json().as_array().unwrap().len()
}

#[test]
fn undo_takes_back_an_act_and_redo_brings_it_again() {
    let desk = synthesis();
    desk.run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    let before = desk.json(&["code", "list"]);
    desk.run(&["undo"]).done().says("code add");
    assert_eq!(codings(&desk), 2);
    desk.run(&["redo"]).done();
    assert_eq!(desk.json(&["code", "list"]), before);
    desk.run(&["check"]).done();
}

#[test]
fn a_batch_is_taken_back_as_one() {
    let desk = synthesis();
    desk.file("batch.csv", "passage,code\nD1.gj/1,openness\nD1.gj/3,openness\nD1.gj/5,distance\n");
    desk.run(&["code", "add", "--from", "batch.csv"]).done();
    assert_eq!(codings(&desk), 5);
    desk.run(&["undo"]).done();
    assert_eq!(codings(&desk), 2);
}

#[test]
fn several_undos_go_back_step_by_step_and_redos_forth() {
    let desk = transcripts();
    desk.run(&["codebook", "add", "one"]).done();
    let mut states = vec![desk.json(&["codebook", "list"])];
    for name in ["two", "three"] {
        desk.run(&["codebook", "edit", "C1.gj", "--name", name]).done();
        states.push(desk.json(&["codebook", "list"]));
    }
    for wanted in states.iter().rev().skip(1) {
        desk.run(&["undo"]).done();
        assert_eq!(&desk.json(&["codebook", "list"]), wanted);
    }
    for wanted in states.iter().skip(1) {
        desk.run(&["redo"]).done();
        assert_eq!(&desk.json(&["codebook", "list"]), wanted);
    }
    desk.run(&["redo"]).refused();
}

#[test]
fn an_act_that_others_rest_on_is_refused_with_a_list() {
    let desk = transcripts();
    desk.run(&["hypothesis", "add", "--statement", "It works."]).done();
    desk.as_coder("bo").run(&["evidence", "add", "H1.gj", "D1.gj/2", "--stance", "supports"]).done();
    let before = desk.snapshot();
    desk.run(&["undo"]).refused().says("evidence add by bo").says("--cascade");
    assert_eq!(desk.snapshot(), before);
    desk.run(&["undo", "--cascade"]).done();
    desk.run(&["hypothesis", "list"]).negative();
    desk.run(&["evidence", "list"]).negative();
    desk.run(&["check"]).done();
}

#[test]
fn an_import_taken_back_hides_the_document_and_can_be_done_again() {
    let desk = Desk::new();
    desk.file("one.txt", INTERVIEW);
    desk.run(&["import", "one.txt", "--kind", "interview"]).done();
    let files = desk.files("corpus");
    desk.run(&["undo"]).done();
    assert!(desk.json(&["document", "list"]).as_array().unwrap().is_empty());
    assert_eq!(desk.files("corpus"), files, "an undo removes no file");
    desk.run(&["read", "D1.gj"]).refused();
    let again = desk.json(&["import", "one.txt", "--kind", "interview"]);
    assert_eq!(column(&again["imported"], "path"), ["one.txt"], "{again}");
    let id = again["imported"][0]["id"].as_str().unwrap();
    assert_eq!(desk.run(&["document", "text", id]).done().stdout, INTERVIEW);
    desk.run(&["code", "add", id, "t2", "--code", "x"]).refused();
    desk.run(&["codebook", "add", "x"]).done();
    desk.run(&["code", "add", id, "t2", "--code", "x"]).done();
    desk.run(&["check"]).done();
    let unchanged = desk.json(&["import", "one.txt", "--kind", "interview"]);
    assert_eq!(column(&unchanged["unchanged"], "path"), ["one.txt"]);
}

#[test]
fn nothing_to_undo_is_said() {
    let desk = Desk::new();
    desk.run(&["undo"]).refused();
    desk.run(&["redo"]).refused();
    desk.run(&["undo", "0badc0de"]).refused().says("realist log");
}
