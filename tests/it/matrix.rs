//! Matrices through the command.

use crate::desk::{Desk, keys};
use serde_json::{Value, json};

/// One interview and one group, five codings by two coders; `welcome` lies below `trust`.
fn desk() -> Desk {
    let desk = Desk::new();
    let words = "Ana: we met at the door and I felt at ease\n\nBo: tea was made\n\nAna: she kept her word, her word\n";
    desk.file("talk.txt", words);
    desk.file("group.txt", "Cy: the door was shut\n\nDi: the word <b>was</b> waiting\n");
    desk.run(&["import", "talk.txt", "--kind", "interview"]).done();
    desk.run(&["import", "group.txt", "--kind", "focus_group"]).done();
    for code in ["trust", "waiting"] {
        desk.run(&["codebook", "add", code]).done();
    }
    desk.run(&["codebook", "add", "welcome, warm", "--parent", "trust"]).done();
    let code = |coder: &str, document: &str, quote: &str, code: &str| {
        desk.as_coder(coder).run(&["code", "add", document, "--quote", quote, "--code", code]).done();
    };
    code("gj", "D1.gj", "met at the door", "welcome, warm");
    code("gj", "D1.gj", "at the door and I felt at ease", "trust");
    code("bk", "D1.gj", "the door", "trust");
    code("bk", "D1.gj", "kept her word", "trust");
    code("gj", "D2.gj", "the door was shut", "waiting");
    desk
}

fn cell<'v>(matrix: &'v Value, row: &str, column: &str) -> &'v Value {
    let cells = matrix["cells"].as_array().unwrap();
    cells.iter().find(|one| one["code"] == row && one["column"] == column).unwrap()
}

#[test]
fn codes_that_overlap_with_every_number_and_its_query() {
    let desk = desk();
    let matrix = desk.json(&["matrix", "codes"]);
    assert_eq!(
        keys(&matrix),
        ["matrix", "scope", "where", "with_children", "total", "coders", "codes", "columns", "cells"]
    );
    assert_eq!((&matrix["total"], &matrix["coders"]), (&json!(5), &json!(["bk", "gj"])));
    let warm = cell(&matrix, "trust", "welcome, warm");
    assert_eq!(keys(warm), ["code", "column", "quotations", "query", "together", "c", "undefined", "uneven"]);
    // Of three quotations of trust two overlap the one of welcome: two pairs, c = 2 / (3 + 1 - 2).
    assert_eq!((&warm["quotations"], &warm["together"], &warm["c"]), (&json!(2), &json!(2), &json!(1.0)));
    assert_eq!(warm["query"], "code:\"=trust\" OVERLAPS code:\"welcome, warm\"");
    assert_eq!(cell(&matrix, "welcome, warm", "trust")["quotations"], 1);
    assert_eq!(cell(&matrix, "trust", "trust")["quotations"], 2);
    assert_eq!(cell(&matrix, "trust", "waiting")["quotations"], 0);
    for one in matrix["cells"].as_array().unwrap() {
        let typed = one["query"].as_str().unwrap();
        let listed: Value =
            serde_json::from_str(&desk.run(&["query", "run", typed, "--format", "json"]).stdout).unwrap();
        assert_eq!(listed["total"], one["quotations"], "{typed}");
    }
}

#[test]
fn children_coders_places_and_bounds() {
    let desk = desk();
    let family = desk.json(&["matrix", "codes", "--with-children"]);
    assert_eq!(cell(&family, "trust", "trust")["quotations"], 3);
    assert_eq!(family["codes"][0]["quotations"], 4);
    let one = desk.json(&["matrix", "codes", "--coded-by", "gj"]);
    assert_eq!(cell(&one, "trust", "welcome, warm")["c"], 1.0);
    let turns = desk.json(&["matrix", "codes", "--scope", "unit"]);
    let both = cell(&turns, "trust", "welcome, warm");
    assert_eq!((&both["quotations"], &both["together"], &both["c"]), (&json!(2), &json!(1), &json!(0.5)));
    let bounded =
        desk.json(&["matrix", "codes", "trust", "waiting", "--scope", "document", "--where", "kind:interview"]);
    assert_eq!(bounded["total"], 3);
    let refused = desk.run(&["matrix", "codes", "--where", "code:waiting AND coder:bk"]).refused();
    assert!(refused.stderr.contains("no coding to count"), "{}", refused.stderr);
    desk.run(&["matrix", "by", "code"]).refused().says("realist matrix codes");
}

#[test]
fn codes_by_facets_in_every_format() {
    let desk = desk();
    let csv = desk.run(&["matrix", "by", "kind", "--format", "csv"]).done().stdout;
    assert_eq!(
        csv,
        "code,quotations,focus_group,interview\ntrust,3,0,3\n\"welcome, warm\",1,0,1\nwaiting,1,1,0\n(all),5,1,4\n"
    );
    let speakers = desk.json(&["matrix", "by", "speaker"]);
    assert_eq!(cell(&speakers, "waiting", "Ana (D1.gj)")["query"], "code:waiting AND speaker:Ana AND document:D1.gj");
    desk.run(&["matrix", "by", "coder"]).done().says("the quotations of a cell: --cell 'trust,bk'");
}

#[test]
fn a_cell_opens_to_its_quotations_as_a_query_does() {
    let desk = desk();
    let opened = desk.json(&["matrix", "codes", "--cell", "welcome, warm,trust"]);
    assert_eq!(opened, desk.json(&["query", "run", "code:\"welcome, warm\" OVERLAPS code:\"=trust\""]));
    assert_eq!(opened["quotations"][0]["text"], "met at the door");
    let places = desk.json(&["matrix", "codes", "--scope", "document", "--cell", "trust,trust"]);
    assert_eq!((&places["total"], &places["scope"]), (&json!(3), &json!("document")));
    desk.run(&["matrix", "codes", "--cell", "trust,wating"]).refused().says("--cell 'trust,waiting'");
}

#[test]
fn heat_maps_are_written_for_the_team_and_go_with_a_purge() {
    let desk = desk();
    desk.run(&["codebook", "add", "<i>waiting"]).done();
    desk.run(&["code", "add", "D2.gj", "t2", "--code", "<i>waiting"]).done();
    desk.run(&["matrix", "codes", "--to", "html", "--to", "csv"]).done().says("for the team");
    let page = std::fs::read_to_string(desk.project.join("outputs/matrix-codes.html")).unwrap();
    assert!(page.contains("&lt;i&gt;waiting") && !page.contains("<i>") && page.contains("For the team"));
    for mark in ["<script", "http://", "https://", "@import", "<link", "she kept her word"] {
        assert!(!page.contains(mark), "{mark}");
    }
    let out = desk.room().join("map.html");
    desk.run(&["matrix", "by", "kind", "--out", out.to_str().unwrap(), "-n"]).done().says("dry run");
    assert!(!out.exists());
    desk.run(&["matrix", "by", "kind", "--out", out.to_str().unwrap()]).done();
    assert!(std::fs::read_to_string(out).unwrap().contains("Codes by kind"));
    desk.run(&["purge", "D2.gj", "--reason", "asked", "--yes"]).done();
    assert!(desk.files("outputs").is_empty(), "{:?}", desk.files("outputs"));
}

#[test]
fn words_and_their_context() {
    let desk = desk();
    let words = desk.json(&["matrix", "words", "--telling"]);
    assert_eq!(keys(&words), ["where", "total", "left_out", "distinct", "words"]);
    let word = words["words"].as_array().unwrap().iter().find(|one| one["word"] == "word").unwrap();
    assert_eq!((&word["count"], &word["passages"], &word["documents"]), (&json!(3), &json!(2), &json!(2)));
    assert_eq!(desk.json(&["query", "run", word["query"].as_str().unwrap()])["total"], 3);
    let within = desk.json(&["matrix", "words", "--where", "code:trust", "--exact", "--top", "1"]);
    assert_eq!(within["words"][0]["word"], "at");
    let context = desk.json(&["search", "word", "--kwic", "--in-order"]);
    assert_eq!(keys(&context), ["query", "total", "lines"]);
    assert_eq!(context["lines"].as_array().unwrap().len(), 3);
    assert_eq!(
        context["lines"][1],
        json!({ "passage": "D1.gj/3", "speaker": "Ana", "before": "she kept her word, her", "match": "word", "after": "" })
    );
    let csv = desk.run(&["search", "word", "--kwic", "--in-order", "--format", "csv"]).done().stdout;
    assert!(csv.starts_with("passage,speaker,before,match,after\nD1.gj/3,Ana,she kept her,word,\""), "{csv}");
}
