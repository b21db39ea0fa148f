//! Needs and policy from the command line: said, tied, covered, drawn, written, checked, merged.

use crate::desk::{Desk, column, keys};
use crate::story;

/// Two needs and two drivers; one need is unmet, one driver conflicts.
fn desk() -> Desk {
    let desk = story::synthesis();
    for command in [
        &["component", "add", "Reminders"][..],
        &["component", "add", "Transport"],
        &[
            "need",
            "add",
            "People do not see what is written about them",
            "--population",
            "adults in contact with services",
            "--measure",
            "asked to see their notes",
            "--value",
            "one in ten",
            "--source",
            "D1.gj",
            "--date",
            "2011",
            "--place",
            "Northtown",
        ],
        &["need", "add", "Nobody rings those who stay away", "--value", "41 %"],
        &["need", "link", "W1.gj", "Shared notes", "--because", "H1.gj", "--how", "whoever asks reads on the spot"],
        &["need", "link", "W1.gj", "Reminders"],
        &["policy", "add", "Records act", "--level", "national", "--requirement", "Open to the person within 40 days"],
        &["policy", "add", "Town plan", "--level", "local", "--citation", "Northtown Council 2010"],
        &["policy", "link", "Records act", "Reminders", "aligned_with", "--because", "H1.gj"],
        &["policy", "link", "Y1.gj", "K1.gj", "conflicts_with", "--because", "H2.gj", "--how", "40 days are too long"],
    ] {
        desk.run(command).done();
    }
    desk
}

fn read(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap()
}

#[test]
fn coverage_names_what_is_unmet_and_what_nothing_explains() {
    let desk = desk();
    let told = desk.json(&["need", "coverage"]);
    for key in ["needs", "components", "cells", "unmet", "only_claimed", "components_without_need", "gaps", "retired"] {
        assert!(keys(&told).contains(&key), "{key}");
    }
    assert_eq!((&told["unmet"], &told["components_without_need"]), (&["W2.gj"].into(), &["K3.gj"].into()));
    assert_eq!(column(&told["cells"], "footing"), ["disputed", "unexplained"], "the statement is contested");
    let statement = &told["cells"][0]["statements"][0];
    assert_eq!((&statement["hypothesis"], &statement["standings"]["evidence"]), (&"H1.gj".into(), &"contested".into()));
    for standing in ["editorial", "evidence", "consensus", "tested"] {
        assert!(keys(&statement["standings"]).contains(&standing), "{standing}");
    }
    assert_eq!(column(&told["gaps"], "doubt"), ["contested", "nothing_explains_how"]);
    assert_eq!(told["needs"][1]["lacks"], serde_json::json!(["source", "date"]));
    desk.run(&["need", "coverage"])
        .done()
        .says("0 of 1 explained")
        .says("unmet: no component is tied to: W2.gj Nobody rings")
        .says("W1.gj and K2.gj Reminders: nothing explains how yet");
    desk.run(&["need", "show", "W1.gj"]).done().says("Northtown").says("Evidence: contested");
    desk.run(&["check"]).says("its figure has no source and no date").says("realist need link W1.gj K2.gj --because");
    desk.run(&["status"]).done().says("beside 2 policy drivers");
}

#[test]
fn the_trace_begins_with_conflicts() {
    let desk = desk();
    let said = desk.run(&["policy", "trace"]).done().stdout;
    assert!(said.starts_with("conflict: Y1.gj Records act, and K1.gj Shared notes: 40 days are too long"), "{said}");
    let told = desk.json(&["policy", "trace"]);
    assert_eq!(column(&told["conflicts"], "component"), ["K1.gj"]);
    assert_eq!((&told["unanswered"], &told["components_without_driver"]), (&["Y2.gj"].into(), &["K3.gj"].into()));
    assert_eq!(column(&told["cells"], "stance"), ["conflicts_with", "aligned_with"]);
    desk.run(&["policy", "link", "Y2.gj", "K1.gj"]).refused().says("aligned_with or conflicts_with");
    desk.run(&["policy", "link", "Y2.gj", "K1.gj", "agrees"]).refused().says("aligned_with");
}

#[test]
fn many_come_from_tables_all_or_none() {
    let desk = desk();
    desk.file(
        "needs.csv",
        "statement,measure,value,source,date\nBeds are far away,miles,30,S2.gj,2010-11\nNo evening hours,,,,\n",
    );
    desk.run(&["need", "add", "--from", "needs.csv", "--dry-run"]).done().says("added 2 needs").says("dry run");
    assert_eq!(desk.json(&["need", "list"]).as_array().unwrap().len(), 2);
    desk.run(&["need", "add", "--from", "needs.csv"]).done();
    desk.run(&["need", "add", "--from", "needs.csv"]).refused().says("row 1: W3.gj says the same");
    desk.file("ties.csv", "need,component,because,how\nW3,Transport,H2;H1,by bus\nNo evening hours,Reminders,,\n");
    desk.run(&["need", "link", "--from", "ties.csv"]).done().says("W4.gj and K2.gj: nothing explains how yet");
    assert_eq!(desk.json(&["need", "coverage"])["cells"].as_array().unwrap().len(), 4);
    desk.run(&["undo"]).done();
    desk.file("slip.csv", "need,component\nW3,Transport\nW3,Trnsport\n");
    desk.run(&["need", "link", "--from", "slip.csv"]).refused().says("row 2: ").says("did you mean Transport");
    desk.file("drivers.csv", "name,level,requirement\nCharter,international,Choice\nPlan,natonal,\n");
    desk.run(&["policy", "add", "--from", "drivers.csv"]).refused().says("row 2: ").says("did you mean national");
    desk.file("bad.csv", "driver,component,stand\nY1,K1,aligned_with\n");
    desk.run(&["policy", "link", "--from", "bad.csv"]).refused().says("nobody reads a column 'stand'");
    assert_eq!(desk.json(&["need", "coverage"])["cells"].as_array().unwrap().len(), 2);
    assert_eq!(desk.json(&["policy", "list"]).as_array().unwrap().len(), 2);
    for needless in [&["need", "add"][..], &["need", "link", "W1.gj", "K1.gj", "--from", "ties.csv"]] {
        assert_eq!(desk.run(needless).code, Some(2), "one, or a table");
    }
}

#[test]
fn the_paper_says_all_of_it_in_every_format_and_keeps_others_words_from_others() {
    let desk = desk();
    let formats = ["docx", "xlsx", "html", "md", "csv", "json"];
    let to: Vec<&str> = formats.iter().flat_map(|format| ["--to", format]).collect();
    desk.run(&[&["report", "needs"], &to[..]].concat()).done();
    let team = read(&desk, "needs.md");
    for words in [
        "one in ten",
        "Northtown",
        "whoever asks reads on the spot",
        "no component is tied to: W2.gj",
        "Components without a need",
        "Conflicts with policy",
        "nothing explains how yet",
        "Northtown Council 2010",
        "Agreement: nobody decided yet",
        "W2.gj: its figure has no source and no date",
    ] {
        assert!(team.contains(words), "{words} is not in\n{team}");
    }
    assert!(read(&desk, "needs.html").matches("<svg").count() == 2, "both grids are drawn");
    let sheet = read(&desk, "needs.csv");
    let about = |what: &str| sheet.lines().filter(|line| line.starts_with(what)).count();
    assert_eq!(
        (about("need,"), about("driver,")),
        (3, 3),
        "two ties and a need that none meets; what is told of drivers"
    );
    desk.run(&["report", "needs", "--for", "publication", "--to", "md"]).done();
    let others = read(&desk, "needs-for-publication.md");
    for planted in story::PLANTED.iter().chain(&["marguerite"]) {
        assert!(!others.contains(planted), "{planted}");
    }
    desk.run(&["need", "coverage", "--to", "svg", "--to", "xlsx"]).done();
    let drawn = read(&desk, "need-coverage.svg");
    for part in ["<title", "<desc", "pattern", ">D<", ">?<", "disputed"] {
        assert!(drawn.contains(part), "{part}");
    }
    let out = desk.room().join("trace.csv");
    desk.run(&["policy", "trace", "--out", out.to_str().unwrap()]).done();
    assert!(std::fs::read_to_string(out).unwrap().contains("in conflict, explained"));
    let empty = story::transcripts();
    empty.run(&["report", "needs", "--to", "md"]).done();
    assert!(read(&empty, "needs.md").contains("TO WRITE"));
    empty.run(&["need", "coverage"]).refused().says("realist need add");
}

#[test]
fn a_need_in_a_participants_words_is_found() {
    let desk = desk();
    desk.run(&["need", "edit", "W2.gj", "--statement", "When the buses stopped I stayed at home, and nobody rang"])
        .done();
    let found = desk.run(&["check"]);
    assert!((found.stdout + &found.stderr).contains("W2.gj"), "eight words of a transcript in a row are found");
}

#[test]
fn two_people_tie_one_need_unaware_of_each_other() {
    let desk = desk();
    let far = desk.far_copy("far", "bk");
    far.run(&["need", "link", "W1.gj", "Shared notes", "--because", "H3.gj"]).done();
    far.run(&["policy", "link", "Y1.gj", "Reminders", "conflicts_with"]).done();
    desk.run(&["need", "link", "W1.gj", "Shared notes", "--because", "H2.gj"]).done();
    desk.run(&["need", "link", "W1.gj", "Transport", "--because", "H2.gj"]).done();
    desk.run(&["policy", "link", "Y1.gj", "Reminders", "aligned_with", "--how", "they say so"]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let cell = &desk.json(&["need", "coverage"])["cells"][0];
    assert_eq!(column(&cell["statements"], "hypothesis"), ["H1.gj", "H2.gj", "H3.gj"], "the statements of both");
    let told = desk.run(&["check"]);
    assert!((told.stdout + &told.stderr).contains("stance"), "two stances are a conflict");
}

#[test]
fn hostile_text_reaches_no_screen_and_no_formula() {
    let desk = desk();
    desk.file(
        "hostile.csv",
        "statement,value,place\n\"\u{1b}[31m=HYPERLINK(\"\"http://x\"\")\",<script>alert(1)</script>,| a |\n",
    );
    desk.run(&["need", "add", "--from", "hostile.csv"]).done();
    assert!(!desk.run(&["need", "list"]).done().stdout.contains('\u{1b}'));
    desk.run(&["report", "needs", "--to", "html", "--to", "md", "--to", "csv", "--to", "xlsx"]).done();
    assert!(!read(&desk, "needs.html").contains("<script>alert"));
    let csv = read(&desk, "needs.csv");
    let cell = csv.lines().find(|line| line.contains("HYPERLINK")).unwrap();
    assert!(!cell.split(',').any(|cell| cell.trim_start_matches('"').starts_with('=')), "{cell}");
}
