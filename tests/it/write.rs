//! From passage to claims in one form.

use crate::desk::{Answer, Desk};
use crate::story::transcripts;
use std::os::unix::fs::PermissionsExt;

/// `realist write` with a script for an editor; the form is its first argument.
fn write(desk: &Desk, script: &str, arguments: &[&str]) -> Answer {
    let name = desk.file("editor.sh", format!("#!/bin/sh\n{script}\n"));
    let path = desk.room().join(name);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    let typed = desk.on_project(arguments);
    let mut command = desk.command(&typed);
    command.env("VISUAL", &path);
    Answer::of(command, &typed)
}

const TWO: &str = "cat >> \"$1\" <<'EOF'
context: the worker
  stays the same
outcome: people open up
part: context
relevance: 2
---
claim: Being known matters more than being treated
stance: refines
EOF";

#[test]
fn two_claims_from_one_passage_are_one_step() {
    let desk = transcripts();
    let answer = write(&desk, TWO, &["write", "D1.gj", "t2..3", "--format", "json"]).done();
    let written = answer.json()["written"].clone();
    assert_eq!(written.as_array().unwrap().len(), 2);
    assert_eq!(written[1]["stance"], "refines");
    let shown = desk.json(&["hypothesis", "show", "H1.gj"]);
    assert_eq!(shown["parts"][0]["text"], "the worker stays the same");
    assert_eq!(shown["evidence"][0]["part"], "c1.gj");
    assert_eq!(shown["evidence"][0]["earlier_wording"], false);
    desk.run(&["check"]).done();
    desk.run(&["undo"]).done().says("write");
    desk.run(&["hypothesis", "list"]).negative();
    desk.run(&["evidence", "list"]).negative();
}

#[test]
fn a_form_that_cannot_be_saved_is_kept_and_taken_up_again() {
    let desk = transcripts();
    let before = desk.snapshot();
    let script = "grep -q suports \"$1\" || printf 'claim: mine\\nstance: suports\\n' >> \"$1\"";
    let answer = write(&desk, script, &["write", "D1.gj", "t2"]).refused();
    let kept = answer.stderr.split("--from ").nth(1).unwrap().lines().next().unwrap().to_owned();
    assert!(std::fs::read_to_string(&kept).unwrap().contains("did you mean supports?"));
    assert_eq!(desk.snapshot(), before);
    write(&desk, "sed -i 's/suports/supports/' \"$1\"", &["write", "D1.gj", "t2", "--from", &kept]).done();
    assert!(!std::path::Path::new(&kept).exists(), "what was kept and is saved now is gone");
    write(&desk, "true", &["write", "D1.gj", "t2"]).negative().says("nothing was written");
    write(&desk, TWO, &["write", "D1.gj", "t4", "--dry-run"]).done().says("dry run");
    desk.run(&["hypothesis", "list", "--format", "json"]).done().says("mine");
}
