//! Memos, and Word and Excel as colleagues use them, through the command.

use crate::data::data;
use crate::desk::{Desk, column, files_below};
use crate::story::transcripts;
use serde_json::json;
use std::process::Command;

/// The numbered turns of D1.gj with comments in the margin: memos that went along.
fn commented(desk: &Desk) -> String {
    for (quote, text) in
        [("read every line of it", "#openness she reads"), ("nobody rang", "If nobody rings, trust goes")]
    {
        desk.run(&["memo", "add", "D1.gj", "--quote", quote, "--text", text]).done();
    }
    desk.run(&["document", "export", "D1.gj", "--to", "docx", "--out", "turns.docx", "--with-memos"]).done();
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    "turns.docx".to_owned()
}

#[test]
fn a_document_goes_out_and_its_comments_come_back_in_one_step() {
    let desk = transcripts();
    let file = commented(&desk);
    let refused = desk.run(&["document", "comments", &file, "--dry-run"]).negative();
    refused.says("no code 'openness'").says("--make-codes");
    let before = desk.snapshot();
    let planned = desk.run(&["document", "comments", &file, "--make-codes", "-n", "--format", "json"]).done().json();
    assert_eq!(desk.snapshot(), before);
    let answer = desk.run(&["document", "comments", &file, "--make-codes", "--format", "json"]).done().json();
    assert_eq!(column(&answer["made"], "what"), ["coding", "memo", "statement"]);
    assert_eq!(answer["made"], planned["made"]);
    assert_eq!((&answer["document"], &answer["codes"]), (&json!("D1.gj"), &json!(["openness"])));
    assert_eq!(column(&desk.json(&["code", "list"]), "text"), ["read every line of it"]);
    assert_eq!(column(&desk.json(&["evidence", "list"]), "quote"), ["nobody rang"]);
    let again = desk.run(&["document", "comments", &file, "--format", "json"]).done().json();
    assert_eq!((&again["made"], &again["there"]), (&json!([]), &json!(3)));
    desk.run(&["undo"]).done().says("document comments");
    desk.run(&["code", "list"]).negative();
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn what_goes_out_lies_in_no_corpus_and_is_not_written_over() {
    let desk = transcripts();
    desk.run(&["document", "export", "D1.gj", "--to", "xlsx"]).done().says("participants' words");
    desk.run(&["document", "export", "D1.gj", "--to", "xlsx"]).refused().says("may have been commented on");
    let inside = desk.project.join("corpus/text/turns.docx");
    desk.run(&["document", "export", "D1.gj", "--to", "docx", "--out", inside.to_str().unwrap()]).refused();
    assert!(!inside.exists());
    desk.run(&["document", "export", "D2.gj", "--to", "docx", "-n"]).done();
    assert_eq!(files_below(&desk.project.join("outputs")).len(), 1);
    desk.run(&["purge", "D1.gj", "--reason", "withdrawn", "--yes"]).done().says("D1.gj-turns.xlsx");
    assert_eq!(files_below(&desk.project.join("outputs")).len(), 0);
}

#[test]
fn numbered_turns_correct_no_interview() {
    let desk = transcripts();
    let file = commented(&desk);
    let before = desk.snapshot();
    desk.run(&["import", &file, "--update", "D1.gj"])
        .negative()
        .says("document comments")
        .says("numbered turns of D1.gj");
    desk.run(&["import", &file, "--kind", "interview"]).negative().says("document comments");
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn numbered_turns_are_not_imported_as_an_interview() {
    let desk = transcripts();
    desk.run(&["document", "export", "D1.gj", "--to", "docx", "--out", "turns.docx"]).done();
    desk.run(&["import", "turns.docx", "--kind", "interview"]).negative().says("document comments");
}

#[test]
fn a_workbook_of_claims_is_made_and_read() {
    let desk = transcripts();
    desk.run(&["sheet", "make", "D1.gj", "--out", "claims.xlsx"]).done();
    desk.run(&["sheet", "read", "claims.xlsx"]).done().says("nothing changed");
    desk.run(&["sheet", "make", "D1.gj", "--to", "xlsx", "--out", "-"]).refused();
}

#[test]
fn comments_of_real_documents_are_memos() {
    let Some(folder) = data("comments_of_real_documents_are_memos", "awkward") else { return };
    let desk = Desk::new();
    for name in ["pandoc-docx/comments.docx", "mammoth-docx/comments.docx"] {
        let file = folder.join(name);
        let answer = desk.run(&["import", file.to_str().unwrap(), "--kind", "grey", "--format", "json"]).done().json();
        let id = answer["imported"][0]["id"].as_str().unwrap().to_owned();
        let memos = desk.json(&["memo", "list", "--about", &id]);
        assert_eq!(json!(memos.as_array().unwrap().len()), answer["imported"][0]["notes"], "{name}");
        let again = desk.run(&["document", "comments", file.to_str().unwrap(), "--format", "json"]).done().json();
        assert_eq!(
            (&again["document"], &again["made"], &again["refused"]),
            (&json!(id), &json!([]), &json!([])),
            "{name}"
        );
        assert_eq!(again["there"], answer["imported"][0]["notes"], "{name}");
    }
    desk.run(&["check", "--deep"]).done();
}

/// A real interview goes out as docx; pandoc, where it is installed, reads every turn of it.
#[test]
fn pandoc_reads_what_goes_out() {
    let place = "transcripts/interviews-sheffield-docx-txt/Sam.docx";
    let Some(file) = data("pandoc_reads_what_goes_out", place) else { return };
    if Command::new("pandoc").arg("--version").output().is_err() {
        println!("skipped (no pandoc): pandoc_reads_what_goes_out");
        return;
    }
    let desk = Desk::new();
    desk.run(&["import", file.to_str().unwrap(), "--kind", "interview"]).done();
    let answer =
        desk.run(&["document", "export", "D1.gj", "--to", "docx", "--out", "sam.docx", "--format", "json"]).done();
    let turns = answer.json()["turns"].as_u64().unwrap();
    let output =
        Command::new("pandoc").args(["-t", "plain", "--wrap=none"]).arg(desk.room().join("sam.docx")).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!((1..=turns).all(|n| text.contains(&format!("[{n}]"))));
}

#[test]
fn memos_are_written_read_and_destroyed() {
    let desk = transcripts();
    desk.run(&["memo", "add", "D1.gj", "t2", "--text", "the telltale thought"]).done();
    desk.run(&["memo", "add", "--about", "D1.gj", "--text", "another telltale", "--access", "private"]).done();
    desk.run(&["memo", "add", "--text", "about nothing"]).refused();
    desk.run(&["read", "D1.gj"]).done().says("the telltale thought");
    assert_eq!(desk.json(&["read", "D1.gj"])[1]["memos"][0]["id"], "A1.gj");
    assert_eq!(column(&desk.json(&["memo", "list"]), "id"), ["A2.gj", "A1.gj"]);
    assert_eq!(column(&desk.as_coder("bo").json(&["memo", "list"]), "id"), ["A1.gj"]);
    assert!(!desk.journal().contains("telltale"));
    let there = desk.far_copy("q", "bo");
    there.run(&["memo", "add", "D1.gj", "t4", "--text", "telltale from afar"]).done();
    desk.run(&["purge", "D1.gj", "--reason", "withdrawn", "--yes"]).done().says("2 memos");
    desk.run(&["merge", "q"]).done();
    desk.run(&["status"]).done();
    for path in files_below(&desk.project).into_iter().chain(files_below(&desk.cache())) {
        let bytes = std::fs::read(&path).unwrap();
        assert!(!bytes.windows(8).any(|at| at == b"telltale"), "{}", path.display());
    }
    desk.run(&["memo", "show", "A1.gj"]).done().says("(purged)");
}
