//! A folder as a team holds it, taken in at once: interviews, lists of references, a facesheet, hidden files.

use crate::desk::{Desk, column};
use crate::story::INTERVIEW;
use serde_json::{Value, json};

const LIST: &str = "TY  - JOUR\nTI  - Signals at sea\nAU  - Chapman, A. G.\nPY  - 1937\nJF  - Harbours\nER  - \n";
const TABLE: &str = "Title,Authors,Year,Journal,DOI\nKnots,\"Rope, R.\",1961,Harbours,10.1000/sea.2\n";

fn folder() -> Desk {
    let desk = Desk::new();
    for (name, content) in [
        ("all/talk.txt", INTERVIEW),
        ("all/search.ris", LIST),
        ("all/more.txt", &LIST.replace("Signals", "Lanterns")),
        ("all/table.csv", TABLE),
        ("all/.rfiles.txt", "kept by a program"),
    ] {
        desk.file(name, content);
    }
    desk
}

fn import(desk: &Desk, arguments: &[&str]) -> (Option<i32>, Value) {
    let answer = desk.run(&[&["import", "all"], arguments, &["--format", "json"]].concat());
    (answer.code, answer.json())
}

/// Path and kind of what is in.
fn kinds(answer: &Value) -> Vec<(&str, &str)> {
    let files = answer["imported"].as_array().unwrap();
    files.iter().map(|file| (file["path"].as_str().unwrap(), file["kind"].as_str().unwrap())).collect()
}

#[test]
fn under_the_kind_of_the_interviews_lists_of_references_are_what_they_are() {
    let desk = folder();
    let (code, answer) = import(&desk, &["--kind", "interview"]);
    assert_eq!(code, Some(0), "{answer}");
    let expected = [
        ("more.txt", "primary_study"),
        ("search.ris", "primary_study"),
        ("table.csv", "primary_study"),
        ("talk.txt", "interview"),
    ];
    assert_eq!(kinds(&answer), expected);
    assert!(answer["imported"][1]["warnings"].to_string().contains("references are published works"), "{answer}");
    assert_eq!(answer["passed_over"], json!([".rfiles.txt"]));
    let said = desk.run(&["import", "all", "--kind", "interview"]).done();
    said.says("0 imported, 4 unchanged, 0 failed; 1 hidden file passed over: .rfiles.txt");
    let sources = desk.json(&["source", "list"]);
    assert_eq!(sources.as_array().unwrap().len(), 4, "{sources}");
    desk.run(&["check"]).done();
}

#[test]
fn without_a_kind_only_documents_wait_for_one() {
    let desk = folder();
    let shown = desk.run(&["import", "all", "--dry-run"]).done();
    shown.says("talk.txt").says("search.ris").says("add --kind interview").says("1 hidden file passed over");
    let (code, answer) = import(&desk, &[]);
    assert_eq!(code, Some(1));
    assert_eq!(column(&answer["imported"], "path"), ["more.txt", "search.ris", "table.csv"]);
    assert_eq!(column(&answer["failed"], "path"), ["talk.txt"]);
    assert!(answer["failed"][0]["reason"].as_str().unwrap().contains("without a kind of source"));
    let (code, answer) = import(&desk, &["--kind", "focus_group"]);
    assert_eq!((code, kinds(&answer)), (Some(0), vec![("talk.txt", "focus_group")]));
}

#[test]
fn a_list_in_a_format_that_is_not_read_is_no_document() {
    let desk = Desk::new();
    desk.file("ovid.txt", "<1>\nAuthor\n  Lee, Kim\nTitle\n  Ships\n");
    for kind in ["primary_study", "interview"] {
        desk.run(&["import", "ovid.txt", "--kind", kind]).negative().says("this is Ovid text");
    }
    desk.run(&["import", "ovid.txt", "--kind", "primary_study", "--as", "document"]).done();
}

#[test]
fn the_width_asked_for_is_kept_to_and_no_word_is_broken() {
    let desk = folder();
    let mut command = desk.command(&desk.on_project(&["import", "all", "--kind", "interview", "-n"]));
    let output = command.env("COLUMNS", "60").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
    assert!(text.contains("(participant)"), "{text}");
}
