//! Taking material in, and looking at what was taken in.

use crate::data::data;
use crate::desk::{Desk, column, copy_folder, keys};
use crate::story::{FOCUS_GROUP, INTERVIEW, transcripts};
use serde_json::{Value, json};
use std::path::Path;

fn import(desk: &Desk, paths: &[&str]) -> (Option<i32>, Value) {
    let answer = desk.run(&[&["import"], paths, &["--kind", "interview", "--format", "json"]].concat());
    (answer.code, answer.json())
}

#[test]
fn the_answer_has_the_promised_shape() {
    let desk = Desk::new();
    desk.file("one.txt", INTERVIEW);
    let (code, answer) = import(&desk, &["one.txt"]);
    assert_eq!(code, Some(0));
    assert_eq!(keys(&answer), ["imported", "unchanged", "failed"]);
    let one = &answer["imported"][0];
    assert_eq!(
        keys(one),
        [
            "id", "path", "as", "records", "kind", "format", "language", "speakers", "turns", "words", "warnings",
            "dropped", "notes"
        ]
    );
    assert_eq!((&one["as"], &one["records"]), (&json!("document"), &json!(1)));
    assert_eq!(one["path"], "one.txt");
    assert_eq!(one["id"], "D1.gj");
    assert_eq!((&one["kind"], &one["format"], &one["turns"]), (&json!("interview"), &json!("txt"), &json!(6)));
    assert_eq!(one["warnings"], json!([]));
}

#[test]
fn a_bad_file_costs_that_file_and_the_rest_is_in() {
    let desk = Desk::new();
    desk.file("folder/deep/one.txt", INTERVIEW);
    desk.file("folder/two.txt", FOCUS_GROUP);
    desk.file("folder/empty.txt", "");
    desk.file("folder/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let (code, answer) = import(&desk, &["folder"]);
    assert_eq!(code, Some(1));
    assert_eq!(column(&answer["imported"], "path"), ["deep/one.txt", "two.txt"]);
    assert_eq!(column(&answer["failed"], "path"), ["empty.txt", "picture.png"]);
    for failed in answer["failed"].as_array().unwrap() {
        assert_eq!(keys(failed), ["path", "reason"]);
        assert!(!failed["reason"].as_str().unwrap().is_empty());
    }
    assert_eq!(answer["unchanged"], json!([]));
    assert_eq!(column(&desk.json(&["document", "list"]), "id"), ["D1.gj", "D2.gj"]);
}

#[test]
fn a_rehearsal_names_the_files_that_would_fail() {
    let desk = Desk::new();
    desk.file("folder/one.txt", INTERVIEW);
    desk.file("folder/empty.txt", "");
    let arguments = ["import", "folder", "--kind", "interview", "--dry-run"];
    let answer = desk.run(&[arguments.as_slice(), &["--format", "json"]].concat()).negative().json();
    assert_eq!(column(&answer, "path"), ["one.txt", "empty.txt"]);
    assert_eq!(column(&answer, "result"), ["read", "failed"]);
    assert_eq!(keys(&answer[0]), keys(&answer[1]));
}

#[cfg(unix)]
#[test]
fn a_link_in_a_folder_is_named_and_not_followed() {
    let desk = Desk::new();
    desk.file("elsewhere/secret.txt", INTERVIEW);
    desk.file("folder/two.txt", FOCUS_GROUP);
    let folder = desk.room().join("folder");
    std::os::unix::fs::symlink("../elsewhere/secret.txt", folder.join("one.txt")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", folder.join("more")).unwrap();
    let (code, answer) = import(&desk, &["folder"]);
    assert_eq!(code, Some(1));
    assert_eq!(column(&answer["imported"], "path"), ["two.txt"]);
    assert_eq!(column(&answer["failed"], "path"), ["more", "one.txt"]);
    assert!(answer["failed"][1]["reason"].as_str().unwrap().contains("link"), "{answer}");
    let (code, answer) = import(&desk, &["folder/one.txt"]);
    assert_eq!((code, column(&answer["imported"], "id")), (Some(0), vec!["D2.gj"]), "named by itself it is read");
}

#[test]
fn a_second_run_finds_everything_unchanged() {
    let desk = Desk::new();
    desk.file("folder/one.txt", INTERVIEW);
    desk.file("folder/two.txt", FOCUS_GROUP);
    assert_eq!(import(&desk, &["folder"]).0, Some(0));
    let journal = desk.journal();
    let (code, answer) = import(&desk, &["folder"]);
    assert_eq!(code, Some(0));
    assert_eq!(answer["imported"], json!([]));
    assert_eq!(answer["unchanged"], json!([{"path":"one.txt","id":"D1.gj"},{"path":"two.txt","id":"D2.gj"}]));
    assert_eq!(desk.journal(), journal, "a rerun writes nothing");
}

#[test]
fn every_file_is_in_exactly_one_list() {
    let desk = Desk::new();
    desk.file("f/a.txt", INTERVIEW);
    import(&desk, &["f"]);
    desk.file("f/b.txt", FOCUS_GROUP);
    desk.file("f/same as b.txt", FOCUS_GROUP);
    desk.file("f/c.xlsx", b"PK\x03\x04");
    desk.file("f/d.md", "**Ana:** yes\n\n**Bo:** no\n");
    let (code, answer) = import(&desk, &["f", "f/a.txt"]);
    assert_eq!(code, Some(1));
    let mut named: Vec<&str> =
        ["imported", "unchanged", "failed"].iter().flat_map(|list| column(&answer[list], "path")).collect();
    named.sort_unstable();
    assert_eq!(named, ["a.txt", "b.txt", "c.xlsx", "d.md", "f/a.txt", "same as b.txt"]);
}

#[test]
fn two_machines_that_take_in_the_same_bytes_hold_one_document() {
    let here = Desk::new();
    let there = here.far_copy("q", "bo");
    here.file("sam.txt", INTERVIEW);
    import(&here, &["sam.txt"]);
    import(&there, &["sam.txt"]);
    for folder in ["journal", "corpus"] {
        copy_folder(&there.project.join(folder), &here.project.join(folder));
    }
    let documents = here.json(&["document", "list"]);
    assert_eq!(documents.as_array().unwrap().len(), 1, "{documents}");
    let mut labels = vec![documents[0]["id"].as_str().unwrap()];
    labels.extend(documents[0]["also"].as_array().unwrap().iter().map(|label| label.as_str().unwrap()));
    labels.sort_unstable();
    assert_eq!(labels, ["D1.bo", "D1.gj"]);
    for label in labels {
        assert_eq!(here.run(&["document", "text", label]).done().stdout, INTERVIEW);
    }
    here.run(&["check"]).done();
}

#[test]
fn documents_are_listed_and_read_as_promised() {
    let desk = transcripts();
    let documents = desk.json(&["document", "list"]);
    assert_eq!(
        keys(&documents[0]),
        ["id", "title", "kind", "source", "format", "language", "turns", "words", "speakers"]
    );
    assert_eq!(documents[0]["speakers"], json!(["Interviewer", "Marguerite"]));
    assert_eq!(documents[0]["title"], "marguerite-carnwath");
    assert_eq!(documents[1]["kind"], "focus_group");
    assert_eq!(desk.run(&["document", "text", "D1.gj"]).done().stdout, INTERVIEW);

    let units = desk.json(&["read", "D1.gj"]);
    let numbers: Vec<u64> = units.as_array().unwrap().iter().map(|unit| unit["n"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6]);
    assert_eq!(units[1]["speaker"], "Marguerite");
    desk.run(&["read", "D1.gj"]).done().says("t4").says("Afterwards I trusted her");
    let two = desk.json(&["read", "D1.gj", "t4..5"]);
    assert_eq!(two.as_array().unwrap().len(), 2);
}

#[test]
fn what_is_left_out_of_a_document_is_in_the_answer() {
    let desk = Desk::new();
    let comment = r"{\*\atnauthor Jo}{\*\annotation Whose?}";
    desk.file(
        "one.rtf",
        format!(r"{{\rtf1 I: So?\par P1: Yes.{{\deleted gone}}{comment}\par I: Why?\par P1: {{\v secret}}Because.}}"),
    );
    let (code, answer) = import(&desk, &["one.rtf"]);
    assert_eq!(code, Some(0));
    let one = &answer["imported"][0];
    assert_eq!((&one["format"], &one["turns"], &one["notes"]), (&json!("rtf"), &json!(4), &json!(1)));
    assert_eq!(one["dropped"], json!([{"what": "deleted", "count": 4}, {"what": "hidden", "count": 6}]));
    let said = one["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .any(|one| one.as_str().unwrap().contains("6 letters of hidden text"));
    assert!(said, "{one}");
}

#[test]
fn a_rehearsal_writes_nothing() {
    let desk = Desk::new();
    desk.file("one.txt", INTERVIEW);
    let before = desk.snapshot();
    desk.run(&["import", "one.txt", "--kind", "interview", "--dry-run"]).done().says("Marguerite");
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn the_sheffield_interviews_read_alike_from_word_and_from_text() {
    let Some(folder) = data("sheffield_twins", "transcripts/interviews-sheffield-docx-txt") else { return };
    let desk = Desk::new();
    for name in ["Ana", "Jessica", "Lisa", "Pauline", "Peter", "Sam"] {
        let twin = |extension: &str| {
            let path = folder.join(Path::new(name).with_extension(extension));
            let (code, answer) = import(&desk, &[path.to_str().unwrap()]);
            assert_eq!(code, Some(0), "{answer}");
            let id = answer["imported"][0]["id"].as_str().unwrap().to_owned();
            let listed = desk.json(&["document", "list"]);
            let row = listed.as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap().clone();
            (row["speakers"].clone(), row["turns"].clone())
        };
        let (word, text) = (twin("docx"), twin("txt"));
        assert_eq!(word, text, "{name}");
        assert!(word.1.as_u64().unwrap() > 50, "{name}: {word:?}");
        assert_eq!(word.0.as_array().unwrap().len(), 2, "{name}: {word:?}");
    }
}
