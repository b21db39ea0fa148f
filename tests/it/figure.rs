//! Figures of a theory, drawn at the command line.

use crate::desk::{Desk, files_below};
use crate::story::synthesis;
use serde_json::json;

#[test]
fn figures_are_written_in_every_format_and_alike_each_time() {
    let desk = synthesis();
    let all = ["svg", "html", "dot", "mermaid", "graphml", "csv"];
    let figures = ["map", "theory", "matrix", "cmo"];
    let formats = all.iter().flat_map(|format| ["--to", format]);
    let chosen = figures.iter().flat_map(|figure| ["--figure", figure]);
    let ask = |folder: &'static str| {
        let tail = ["--out", folder];
        let words: Vec<&str> =
            ["theory", "graph"].into_iter().chain(formats.clone()).chain(chosen.clone()).chain(tail).collect();
        let answer = desk.json(&words);
        assert_eq!(answer["files"].as_array().unwrap().len(), 6 * 6, "three statements and three other figures");
        files_below(&desk.room().join(folder)).iter().map(|file| std::fs::read(file).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ask("one"), ask("two"));
    let map = std::fs::read_to_string(desk.room().join("one/map.svg")).unwrap();
    for words in ["role=\"img\"", "notes are open to the", "stays away", "stroke-dasharray"] {
        assert!(map.contains(words), "{words}\n{map}");
    }
    let gap = std::fs::read_to_string(desk.room().join("one/cmo-H3-gj.svg")).unwrap();
    assert!(gap.contains("no mechanism yet"), "{gap}");
}

#[test]
fn no_words_of_participants_are_drawn() {
    let desk = synthesis();
    desk.run(&[
        "theory", "graph", "--figure", "matrix", "--figure", "map", "--figure", "theory", "--to", "html", "--out", "f",
    ])
    .done();
    for file in files_below(&desk.room().join("f")) {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains("never hid the notes") && !text.contains("marguerite-carnwath"));
    }
}

#[test]
fn what_is_large_is_drawn_from_further_away_and_says_so() {
    let desk = Desk::new();
    for component in ["Notes", "Visits"] {
        desk.run(&["component", "add", component]).done();
    }
    let rows: Vec<String> =
        (0..200).map(|n| format!("factor {n},reason {n},factor {},K{}\n", n + 1, 1 + n / 100)).collect();
    desk.file("many.csv", format!("context,mechanism,outcome,component\n{}", rows.concat()));
    desk.run(&["hypothesis", "add", "--from", "many.csv"]).done();
    let draw = |more: &[&str]| {
        desk.run(&[&["theory", "graph", "--figure", "map", "--to", "graphml", "--out", "f"], more].concat()).done();
        let text = std::fs::read_to_string(desk.room().join("f/map.graphml")).unwrap();
        text.matches("<node ").count()
    };
    assert_eq!(draw(&[]), 2);
    assert_eq!(draw(&["--zoom", "near"]), 201);
    assert_eq!(draw(&["--component", "K1"]), 101);
    desk.run(&["theory", "graph", "--out", "f"]).done().says("from further away");
    desk.run(&["theory", "graph", "--figure", "map", "--at-least", "1", "--zoom", "near", "--to", "svg", "--out", "f"])
        .done();
}

#[test]
fn a_large_map_that_nothing_divides_is_gathered_and_says_so() {
    let desk = Desk::new();
    let rows: Vec<String> = (0..200).map(|n| format!("factor {n},reason {n},factor {}\n", n / 7)).collect();
    desk.file("many.csv", format!("context,mechanism,outcome\n{}", rows.concat()));
    desk.run(&["hypothesis", "add", "--from", "many.csv"]).done();
    let draw = |more: &[&str]| {
        desk.run(
            &[&["theory", "graph", "--figure", "map", "--to", "graphml", "--to", "svg", "--out", "f"], more].concat(),
        )
        .done();
        let text = std::fs::read_to_string(desk.room().join("f/map.graphml")).unwrap();
        text.matches("<node ").count()
    };
    let all = draw(&["--zoom", "near"]);
    assert_eq!(all, 200);
    let far = draw(&[]);
    assert!(far <= 81, "{far}");
    // What is drawn in words, whatever lines it is set on.
    let drawn = || {
        let drawing = std::fs::read_to_string(desk.room().join("f/map.svg")).unwrap();
        let texts = drawing.split("</text>").filter_map(|one| one.rsplit_once('>').map(|(_, text)| text.to_owned()));
        texts.collect::<Vec<_>>().join(" ")
    };
    let drawing = drawn();
    for said in ["Drawn from further away", "stand alone; the other 160 are gathered", "factors around"] {
        assert!(drawing.contains(said), "{said}: {drawing}");
    }
    assert_eq!(draw(&["--zoom", "level"]), 200);
    assert!(drawn().contains("nothing was rolled up"), "asked for, and not to be had");
}

#[test]
fn a_dry_run_draws_nothing_and_nonsense_is_refused() {
    let desk = synthesis();
    let before = desk.snapshot();
    let answer = desk.json(&["theory", "graph", "--dry-run"]);
    assert_eq!(answer["files"], json!(["map.svg", "theory.svg"]));
    assert_eq!(desk.snapshot(), before);
    desk.run(&["theory", "graph", "--to", "jpg"]).refused().says("formats: svg, html");
    desk.run(&["theory", "graph", "--hypothesis", "H9"]).refused().says("there is no hypothesis");
    Desk::new().run(&["theory", "graph"]).refused().says("no statement to draw yet");
}

#[test]
fn what_was_merged_is_drawn_as_the_statement_that_speaks_for_it() {
    let desk = synthesis();
    desk.run(&["hypothesis", "add", "--statement", "Another", "--context", "c", "--outcome", "o"]).done();
    let listed = desk.json(&["hypothesis", "list"]);
    let last = listed.as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    desk.run(&["hypothesis", "merge", &last, "--into", "H1.gj", "--why", "alike"]).done();
    let refused = desk.run(&["theory", "graph", "--figure", "cmo", "--hypothesis", &last, "--out", "f"]).refused();
    refused.says("is merged and stands no longer").says("--hypothesis H1.gj");
}
