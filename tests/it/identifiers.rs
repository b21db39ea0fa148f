//! Listed identifiers stay out of everything that is written, and whoever lets one through is remembered.

use crate::desk::Desk;
use serde_json::Value;

const TALK: &str = "\
Interviewer: How was it?

Ann: They moved the team from Ormskirk, and nobody came any more.

Interviewer: And then?

Ann: In the end my sister drove me, every week.
";

/// An interview with two links, a participant who may be quoted, and a list of one place.
fn desk() -> Desk {
    let desk = Desk::new();
    let file = desk.file("talk.txt", TALK);
    desk.run(&["import", &file, "--kind", "interview"]).done();
    desk.run(&["hypothesis", "add", "--statement", "If it is near, then people come"]).done();
    for place in ["D1.gj/2", "D1.gj/4"] {
        desk.run(&["evidence", "add", "H1.gj", place, "--stance", "supports"]).done();
    }
    desk.run(&["participant", "set", "D1.gj:Ann", "--consent", "anonymous"]).done();
    desk.run(&["identifier", "add", "Ormskirk", "--kind", "place", "--spelling", "Ormschurch"]).done();
    desk
}

fn outputs(desk: &Desk) -> Vec<String> {
    desk.files("outputs").iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
}

fn read(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap()
}

#[test]
fn a_paper_that_holds_one_is_not_written_and_says_where() {
    let desk = desk();
    desk.run(&["report", "evidence", "--for", "meeting", "--to", "md", "--to", "docx"])
        .refused()
        .says("evidence-for-meeting would hold 1 identifier")
        .says("I1.gj “Ormskirk” in evidence-for-meeting, a quotation")
        .says("realist identifier permit I1.gj --in evidence-for-meeting");
    assert_eq!(outputs(&desk), Vec::<String>::new());
    let check = desk.run(&["report", "evidence", "--for", "meeting", "--check", "--format", "json"]).negative();
    let leaks: Vec<Value> = serde_json::from_str(&check.stdout).unwrap();
    assert!(leaks.iter().any(|one| one["id"] == "I1.gj" && one["found"] == "Ormskirk"), "{leaks:?}");
    desk.run(&["report", "evidence", "--for", "meeting", "--show"]).refused();
    // Team papers, sheets, copies for a colleague, matrices: all the same.
    for command in [
        &["report", "evidence"][..],
        &["sheet", "make", "D1.gj"],
        &["document", "export", "D1.gj", "--to", "docx"],
        &["search", "team", "--kwic", "--out", "kwic.csv"],
        &["report", "evidence", "--dry-run"],
        &["document", "export", "D1.gj", "--to", "xlsx", "--dry-run"],
    ] {
        desk.run(command).refused().says("would hold 1 identifier");
    }
    assert_eq!(outputs(&desk), Vec::<String>::new());
    // The team's own files may hold it, where the team says so.
    desk.run(&["identifier", "set", "ormskirk", "--from", "others"]).done();
    desk.run(&["sheet", "make", "D1.gj"]).done();
    desk.run(&["report", "evidence", "--for", "meeting"]).refused();
}

#[test]
fn stand_in_other_quotation_and_leave_are_ways_out() {
    let desk = desk();
    let paper = &["report", "evidence", "--for", "meeting", "--to", "md"];
    desk.run(&["identifier", "set", "I1.gj", "--instead", "a town"]).done();
    desk.run(paper).done();
    let text = read(&desk, "evidence-for-meeting.md");
    assert!(text.contains("from \\[a town\\], and nobody") && !text.contains("Ormskirk"), "{text}");
    desk.run(&["undo"]).done();
    desk.run(paper).refused();
    desk.run(&["evidence", "withhold", "E1.gj", "--reason", "names Ormskirk"]).done();
    desk.run(paper).done();
    let text = read(&desk, "evidence-for-meeting.md");
    assert!(text.contains("kept back by the team") && text.contains("my sister drove me"), "{text}");
    desk.run(&["evidence", "withhold", "E1.gj", "--lift"]).done();
    desk.run(paper).refused();
    desk.run(&[
        "identifier",
        "permit",
        "Ormschurch",
        "--in",
        "outputs/evidence-for-meeting.md",
        "--reason",
        "Ormskirk is public",
    ])
    .done();
    desk.run(paper).done();
    assert!(read(&desk, "evidence-for-meeting.md").contains("Ormskirk"));
    desk.run(&["report", "agenda", "--for", "meeting", "--to", "md", "--check"]).done();
    desk.run(&["report", "evidence"]).refused();
    let list = desk.json(&["identifier", "list"]);
    assert_eq!(list[0]["may_stand_in"], "evidence-for-meeting (IP1.gj)");
    assert_eq!(list[0]["reason"], "Ormskirk is public");
    assert!(desk.run(&["log"]).done().stdout.contains("identifier permit"));
    let journal = desk.journal();
    assert!(!journal.contains("Ormskirk") && !journal.contains("Ormschurch") && !journal.contains("ormskirk"));
    desk.run(&["identifier", "remove", "I1.gj"]).done();
    desk.run(&["report", "evidence"]).done();
}

#[test]
fn a_list_is_taken_in_and_names_of_speakers_are_known() {
    let desk = desk();
    let list =
        desk.file("list.csv", "Name;Kind;Spellings;From\nMary Ann Kerr;staff;M. A. Kerr;all\nOrmskirk;place;;others\n");
    let rehearsed = desk.json(&["identifier", "import", &list, "--dry-run"]);
    assert_eq!((rehearsed["new"].as_u64(), rehearsed["dry_run"].as_bool()), (Some(1), Some(true)));
    assert_eq!(desk.json(&["identifier", "import", &list])["new"], 1);
    let rows = desk.json(&["identifier", "list"]);
    let names: Vec<&str> = rows.as_array().unwrap().iter().filter_map(|row| row["name"].as_str()).collect();
    assert_eq!(names, ["Ormskirk", "Mary Ann Kerr", "Ann"]);
    assert_eq!(rows[0]["from"], "others");
    desk.run(&["identifier", "import", &list]).done().says("0 identifiers, 2 there already");
    // A speaker's name in what somebody typed.
    desk.run(&["identifier", "remove", "I1.gj"]).done();
    desk.run(&["hypothesis", "edit", "H1.gj", "--statement", "If it is near, then Ann comes"]).done();
    desk.run(&["report", "evidence"]).done();
    desk.run(&["report", "evidence", "--for", "publication"]).refused().says("P1.gj “Ann”");
    desk.run(&["participant", "set", "D1.gj:Ann", "--consent", "named", "--audience", "publication"]).done();
    desk.run(&["report", "evidence", "--for", "publication"]).done();
    let bad = desk.file("bad.csv", "Name,Knd\nx,y\n");
    desk.run(&["identifier", "import", &bad]).refused();
}
