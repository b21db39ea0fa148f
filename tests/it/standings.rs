//! The standings of a statement, shown together wherever one is; and what was written or judged before a statement was
//! changed, which is said wherever it is shown.

use crate::desk::{Desk, column};
use serde_json::{Value, json};

const RESULT: &str = "no evidence of difference at twelve months";

/// The worked example, before its meeting, with a statement that was put to a trial.
fn tested() -> Desk {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example", "partners-before-meeting"]).done();
    desk.run(&["hypothesis", "tested", "H1.gj", "trial", "--result", RESULT]).done();
    desk
}

fn kept(desk: &Desk, file: &str) -> String {
    std::fs::read_to_string(desk.project.join("outputs").join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn a_test_and_its_result_stand_wherever_the_other_standings_do() {
    let desk = tested();
    for aspect in ["limitations", "coherence", "adequacy", "relevance"] {
        desk.run(&["cerqual", "judge", "H1.gj", aspect, "minor", "--why", "few"]).done();
    }
    for report in ["agenda", "briefing", "evidence", "cmo", "cerqual", "passages", "appraisal", "trail"] {
        desk.run(&["report", report, "--to", "md", "--to", "csv", "--to", "json"]).done();
        let paper = kept(&desk, &format!("{report}.md"));
        assert!(paper.contains(RESULT), "{report}.md");
        assert!(paper.contains("Agreement"), "{report}.md");
        assert!(kept(&desk, &format!("{report}.json")).contains(RESULT), "{report}.json");
        if !["agenda", "briefing", "trail", "appraisal"].contains(&report) {
            assert!(kept(&desk, &format!("{report}.csv")).contains(RESULT), "{report}.csv");
        }
    }
    desk.run(&["theory", "graph", "--hypothesis", "H1.gj", "--figure", "cmo", "--to", "svg", "--out", "f"]).done();
    let drawing = std::fs::read_to_string(desk.room().join("f/cmo-H1-gj.svg")).unwrap();
    assert!(drawing.contains(RESULT), "{drawing}");
    desk.run(&[
        "theory", "graph", "--figure", "theory", "--figure", "matrix", "--zoom", "near", "--to", "html", "--to", "svg",
        "--out", "f",
    ])
    .done();
    let page = std::fs::read_to_string(desk.room().join("f/theory.html")).unwrap();
    assert!(page.contains(RESULT) && page.contains("tested: trial"));
    let matrix = std::fs::read_to_string(desk.room().join("f/evidence-matrix.svg")).unwrap();
    assert!(matrix.contains("tested: trial"));
    let matrix = std::fs::read_to_string(desk.room().join("f/evidence-matrix.html")).unwrap();
    assert!(matrix.contains(&format!("tested: trial: {RESULT}")));
    // From afar a statement is seen in its component.
    desk.run(&["hypothesis", "tested", "H11.gj", "trial", "--result", RESULT]).done();
    let far = ["theory", "graph", "--figure", "theory", "--figure", "map", "--zoom", "component", "--to", "svg"];
    desk.run(&[&far[..], &["--out", "g"]].concat()).done();
    for figure in ["theory", "map"] {
        let drawing = std::fs::read_to_string(desk.room().join(format!("g/{figure}.svg"))).unwrap();
        assert!(drawing.contains("tested: 1 trial") && drawing.contains("none tested"), "{figure}");
    }
    let listed = desk.json(&["hypothesis", "list"]);
    let one = listed.as_array().unwrap().iter().find(|one| one["id"] == "H1.gj").unwrap();
    assert_eq!((&one["tested"], &one["test_result"]), (&json!("trial"), &json!(RESULT)));
    let shown = desk.json(&["theory", "show"]);
    let all = shown["components"].as_array().unwrap().iter().flat_map(|one| one["statements"].as_array().unwrap());
    let one = all.chain(shown["without_component"].as_array().unwrap()).find(|one| one["id"] == "H1.gj").unwrap();
    assert_eq!((&one["tested"], &one["test_result"]), (&json!("trial"), &json!(RESULT)));
    desk.run(&["theory", "show"]).done().says("twelve months");
    desk.run(&["status"]).done().says("2 tested");
    let long = desk.run(&["theory", "standing", "--format", "csv"]).done();
    assert!(long.stdout.contains(RESULT), "{}", long.stdout);
}

#[test]
fn a_figure_says_of_each_component_whether_it_is_settled() {
    let desk = tested();
    let formats = ["svg", "html", "dot", "mermaid", "graphml", "csv"];
    let to = formats.iter().flat_map(|format| ["--to", format]);
    let words: Vec<&str> = ["theory", "graph", "--figure", "theory", "--out", "f"].into_iter().chain(to).collect();
    desk.run(&["component", "add", "A new part"]).done();
    desk.run(&["uncertainty", "add", "Is the whole counted?", "--component", "K1.gj"]).done();
    desk.run(&words).done().says("--zoom near");
    let shown = desk.json(&["theory", "show"]);
    let settled = column(&shown["components"], "settled");
    let mut kinds = settled.clone();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["not_decided", "open", "settled"]);
    for format in formats {
        let text = std::fs::read_to_string(desk.room().join(format!("f/theory.{format}"))).unwrap();
        assert!(!text.contains("--zoom") && !text.contains("realist theory"), "{format} is for readers");
        for kind in &kinds {
            let said = match *kind {
                "settled" => "agreed (X2.gj)",
                "open" => "open: ",
                _ => "not decided",
            };
            assert!(text.contains(said), "{format}: {said}");
            let legend = match *kind {
                "settled" => "component settled",
                "open" => "component with an open question",
                _ => "component not decided on",
            };
            assert!(!["svg", "html"].contains(&format) || text.contains(legend), "{format}: {legend}");
        }
    }
    let graph = std::fs::read_to_string(desk.room().join("f/theory.graphml")).unwrap();
    assert!(graph.contains("<data key=\"look\">settled</data>"));
}

#[test]
fn a_sentence_that_was_not_changed_with_its_parts_is_said_to_stand() {
    let desk = Desk::new();
    let add = ["hypothesis", "add", "--statement", "If they ring, people stay", "--outcome", "people stay"];
    desk.run(&add).done();
    let later = || desk.json(&["hypothesis", "show", "H1.gj"])["parts_later_than_sentence"].clone();
    assert_eq!(later(), json!([]));
    let edited = ["hypothesis", "edit", "H1.gj", "--set", "o1=people return", "--reason", "their word"];
    let said = desk.json(&[&edited[..], &["--dry-run"]].concat());
    assert_eq!(said["sentence_stands"], "If they ring, people stay");
    desk.run(&edited).done().says("stands in its former words").says("hypothesis edit H1.gj --statement");
    assert_eq!(later(), json!(["o1.gj"]));
    desk.run(&["hypothesis", "show", "H1.gj"]).done().says("o1.gj changed after the sentence was written");
    let answer = desk.json(&["hypothesis", "edit", "H1.gj", "--statement", "If they ring, people return"]);
    assert_eq!(answer["sentence_stands"], Value::Null);
    assert_eq!(later(), json!([]));
    desk.run(&["undo"]).done();
    assert_eq!(later(), json!(["o1.gj"]));
    let refine = ["hypothesis", "refine", "H1.gj", "--context", "where they live alone", "--why", "closer"];
    desk.run(&refine).done().says("the sentence of H2.gj stands in its former words");
}

#[test]
fn what_was_judged_of_an_earlier_wording_is_said_in_all_four_places() {
    let desk = tested();
    for aspect in ["limitations", "coherence", "adequacy", "relevance"] {
        desk.run(&["cerqual", "judge", "H1.gj", aspect, "minor", "--why", "few"]).done();
    }
    let sheet = desk.run(&["cerqual", "list", "--format", "csv"]).done().stdout;
    let silent = desk.json(&["check"]);
    assert!(!silent["rules"].to_string().contains("judged-earlier"));
    desk.run(&["hypothesis", "edit", "H1.gj", "--statement", "If so, then.", "--reason", "shorter"]).done();
    desk.run(&["cerqual", "judge", "H1.gj", "adequacy", "moderate", "--why", "fewer"]).done();
    let earlier = "limitations, coherence, relevance";
    assert_eq!(column(&desk.json(&["cerqual", "list"]), "earlier_wording"), [earlier]);
    desk.run(&["cerqual", "list"]).done().says("1 finding judged for an earlier wording");
    assert_eq!(desk.json(&["cerqual", "show", "H1.gj"])["earlier_wording"], true);
    desk.run(&["cerqual", "show", "H1.gj"]).done().says(earlier);
    desk.run(&["check"]).done().says(&format!("H1.gj: {earlier} judged for an earlier wording"));
    desk.run(&["report", "cerqual", "--to", "md"]).done();
    assert!(kept(&desk, "cerqual.md").contains(&format!("H1.gj ({earlier})")));
    // A sheet that comes back as it went out confirms nothing.
    let file = desk.file("back.csv", sheet);
    desk.run(&["cerqual", "read", &file]).done();
    let after = desk.json(&["cerqual", "list"]);
    assert_eq!(column(&after, "earlier_wording"), [earlier], "and what it says otherwise was judged now");
}
