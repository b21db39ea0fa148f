//! Models of care from the command line: said, compared, drawn, written, checked, withdrawn.

use crate::desk::{Desk, column, keys};
use crate::story;

/// Two models described in an article and a group; the article's second study disagrees.
fn desk() -> Desk {
    let desk = story::synthesis();
    for command in [
        &["codebook", "add", "--ready", "rainbow", "--ready", "outcomes"][..],
        &[
            "model",
            "add",
            "Open notes",
            "--source",
            "S1.gj",
            "--ours",
            "--axis",
            "vertical",
            "--reach",
            "both",
            "--words",
            "joined up for all",
        ],
        &["model", "add", "Group care", "--source", "S2.gj"],
        &[
            "model",
            "cell",
            "Open notes",
            "Clinical integration",
            "present",
            "--at",
            "D1.gj",
            "--quote",
            "never hid the notes",
        ],
        &[
            "model",
            "cell",
            "M2.gj",
            "clinical integration",
            "absent",
            "--at",
            "D2.gj",
            "--quote",
            "made no difference at all",
        ],
        &["model", "cell", "M2.gj", "Normative integration", "partial"],
        &[
            "model",
            "outcome",
            "M1.gj",
            "Engagement",
            "up",
            "--measure",
            "visits",
            "--comparator",
            "before",
            "--at",
            "D1.gj/4",
        ],
        &["compare", "explain", "Clinical integration", "H1.gj", "--why", "open notes are the resource"],
    ] {
        desk.run(command).done();
    }
    desk
}

#[test]
fn the_matrix_says_what_is_said_and_what_is_not() {
    let desk = desk();
    let matrix = desk.json(&["compare", "matrix"]);
    for key in ["models", "features", "cells", "not_reported"] {
        assert!(keys(&matrix).contains(&key), "{matrix}");
    }
    assert_eq!(matrix["features"].as_array().unwrap().len(), 6, "the taxonomy in use, whole");
    assert_eq!(matrix["cells"].as_array().unwrap().len(), 12);
    let cell = |model: &str, value: &str| {
        let cells = matrix["cells"].as_array().unwrap();
        cells.iter().find(|one| one["model"] == model && one["value"] == value).cloned().unwrap()
    };
    for key in ["model", "feature", "value", "passages", "note"] {
        assert!(keys(&cell("M1.gj", "present")).contains(&key));
    }
    assert_eq!(cell("M1.gj", "present")["passages"].as_array().unwrap().len(), 1);
    assert_eq!(cell("M1.gj", "not_reported")["judged"], false);
    let silent = &matrix["not_reported"];
    assert_eq!(
        (&silent["by_model"]["M1.gj"]["not_reported"], &silent["by_model"]["M2.gj"]["of"]),
        (&5.into(), &6.into())
    );
    assert_eq!(silent["by_feature"].as_object().unwrap().len(), 6);
    desk.run(&["compare", "matrix"]).done().says("5 of 6 (83 %)").says("It is not absence");
    desk.run(&["compare", "matrix", "--taxonomy", "stepped-care"]).refused().says("codebook add --ready stepped-care");
    desk.run(&["model", "cell", "M1.gj", "System integration", "absent"]).refused().says("--quote");
    desk.run(&["model", "cell", "M1.gj", "Macro level", "present"]).refused().says("gathers other codes");
}

#[test]
fn two_models_differ_and_somebody_said_why_it_matters() {
    let desk = desk();
    let diff = desk.json(&["compare", "diff", "M1", "M2"]);
    assert_eq!(column(&diff["differs"], "name"), ["Clinical integration"]);
    let explained = &diff["differs"][0]["explained_by"][0];
    assert_eq!((&explained["hypothesis"], &explained["why"]), (&"H1.gj".into(), &"open notes are the resource".into()));
    assert_eq!(explained["standings"]["evidence"], "contested");
    assert_eq!(column(&diff["one_sided"], "name"), ["Normative integration"]);
    assert_eq!((&diff["match"]["compared"], &diff["match"]["of"]), (&1.into(), &6.into()));
    desk.run(&["compare", "match"]).done().says("nothing of which model is better");
    let pair = &desk.json(&["compare", "match"])["pairs"][0];
    assert_eq!((&pair["equal"], &pair["share"]), (&0.into(), &0.0.into()));
    let outcomes = desk.json(&["compare", "outcomes"]);
    assert_eq!(
        (&outcomes["outcomes"][0]["kind"], &outcomes["outcomes"][0]["results"][0]["direction"]),
        (&"Service user".into(), &"up".into())
    );
    desk.run(&["compare", "diff", "M1", "M1"]).refused().says("itself");
}

#[test]
fn many_cells_come_from_a_file() {
    let desk = desk();
    desk.file(
        "cells.csv",
        "model,feature,value,document,quote,note\n\
         M1,System integration,present,D1.gj,trusted nobody then,once\n\
         Group care,System integration,contested,D2.gj,I came because of the notes,\n",
    );
    desk.run(&["model", "cells", "--from", "cells.csv", "--dry-run"]).done().says("set 2 cells");
    assert_eq!(desk.json(&["compare", "diff", "M1", "M2"])["differs"].as_array().unwrap().len(), 1);
    desk.run(&["model", "cells", "--from", "cells.csv"]).done();
    assert_eq!(desk.json(&["compare", "diff", "M1", "M2"])["differs"].as_array().unwrap().len(), 2);
    let shown = desk.json(&["model", "show", "M1"]);
    let said: Vec<&str> =
        shown["cells"].as_array().unwrap().iter().filter_map(|one| one["passages"][0]["quote"].as_str()).collect();
    assert_eq!(said, ["trusted nobody then", "never hid the notes"], "macro before micro");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["code", "list", "--document", "D2.gj"]).as_array().unwrap().len(), 1);
    let document = desk.json(&["document", "list"])[0].clone();
    let named = document["title"].as_str().unwrap();
    desk.file(
        "named.csv",
        format!("model,feature,value,document,quote\nM1,System integration,present,{named},trusted nobody then\n"),
    );
    desk.run(&["model", "cells", "--from", "named.csv"]).done();
    desk.file("slip.csv", "model,feature,value\nM1,System integration,presnt\n");
    desk.run(&["model", "cells", "--from", "slip.csv"]).refused().says("row 1: 'presnt'").says("did you mean present?");
    desk.file("bad.csv", "model,feature,worth\nM1,System integration,present\n");
    desk.run(&["model", "cells", "--from", "bad.csv"]).refused().says("worth");
}

#[test]
fn papers_keep_words_without_consent_and_name_no_league() {
    let desk = desk();
    desk.run(&[
        "report",
        "comparison",
        "--to",
        "docx",
        "--to",
        "xlsx",
        "--to",
        "html",
        "--to",
        "md",
        "--to",
        "csv",
        "--to",
        "json",
    ])
    .done();
    let read = |name: &str| std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap();
    let team = read("comparison.md");
    for words in [
        "never hid the notes",
        "vertical",
        "joined up for all",
        "0 of 1 alike (0 %)",
        "5 of 6 (83 %)",
        "open notes are the resource",
    ] {
        assert!(team.contains(words), "{words} is not in\n{team}");
    }
    assert!(read("comparison.html").contains("<svg"), "the matrix is drawn");
    assert!(read("comparison.csv").lines().count() == 13);
    desk.run(&["report", "comparison", "--for", "publication", "--to", "md"]).done();
    let others = read("comparison-for-publication.md");
    for planted in story::PLANTED.iter().chain(&["joined up for all", "made no difference at all"]) {
        assert!(!others.contains(planted), "{planted}");
    }
    assert!(others.contains("no recorded consent"));
    // Words that are said to be a published report's are printed; other words are anybody's again.
    desk.file("annual.txt", "The service says of itself that it is joined up for all.\n");
    desk.run(&["import", "annual.txt", "--kind", "grey"]).done();
    desk.run(&["model", "edit", "M1.gj", "--words", "joined up for all", "--words-from", "D3.gj"]).done();
    desk.run(&["report", "comparison", "--for", "publication", "--to", "md"]).done();
    assert!(read("comparison-for-publication.md").contains("joined up for all"));
    desk.run(&["model", "edit", "M1.gj", "--words", "joined up"]).done();
    desk.run(&["report", "comparison", "--for", "publication", "--to", "md"]).done();
    assert!(!read("comparison-for-publication.md").contains("joined up"));
    desk.run(&["compare", "matrix", "--to", "svg", "--to", "html"]).done();
    let drawn = read("compare-matrix.svg");
    for part in ["<title", "<desc", "pattern", ">P<", ">A<", "not reported"] {
        assert!(drawn.contains(part), "{part}");
    }
    let out = desk.room().join("matrix.xlsx");
    desk.run(&["compare", "matrix", "--out", out.to_str().unwrap()]).done();
    assert!(out.exists());
}

#[test]
fn a_purge_takes_the_words_and_check_finds_what_is_left_without() {
    let desk = desk();
    desk.run(&["report", "comparison", "--to", "md"]).done();
    desk.run(&["purge", "D2.gj", "--reason", "consent withdrawn", "--yes"]).done();
    assert!(!desk.project.join("outputs/comparison.md").exists());
    let found = desk.run(&["check"]);
    assert!(
        found.stdout.contains("no passage that says so is left")
            || found.stderr.contains("no passage that says so is left")
    );
    desk.run(&["compare", "matrix"]).done().says("absent (no passage left)");
    let cells = desk.json(&["compare", "matrix"]);
    let unfounded: Vec<_> = cells["cells"].as_array().unwrap().iter().filter(|one| one["unfounded"] == true).collect();
    assert_eq!(unfounded.len(), 1);
}

#[test]
fn two_people_say_something_of_one_cell_unaware_of_each_other() {
    let desk = desk();
    let far = desk.far_copy("far", "bk");
    far.run(&["model", "cell", "M1.gj", "System integration", "present", "--at", "D1.gj/4"]).done();
    far.run(&["model", "edit", "M2.gj", "--source", "S1.gj"]).done();
    desk.run(&["model", "cell", "M1.gj", "System integration", "partial", "--at", "D1.gj/6"]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let shown = desk.json(&["model", "show", "M1"]);
    let cell = shown["cells"].as_array().unwrap().iter().find(|one| one["name"] == "System integration").unwrap();
    assert_eq!(cell["passages"].as_array().unwrap().len(), 2, "one cell, with the passages of both");
    let told = desk.run(&["check"]);
    assert!((told.stdout + &told.stderr).contains("value"), "two values are a conflict");
    assert_eq!(desk.json(&["model", "show", "M2"])["sources"].as_array().unwrap().len(), 2);
}
