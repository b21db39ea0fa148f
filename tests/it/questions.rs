//! Papers about one question, and what people weighed on it.

use crate::desk::{Desk, column};
use crate::story;
use realist::report::{NARROWED, REPORTS};
use serde_json::Value;

/// A second question U2.gj on another statement, with evidence of its own.
fn two_questions() -> Desk {
    let desk = story::synthesis();
    for command in [
        &["hypothesis", "add", "--statement", "If a lamp is lit, people come at dusk."][..],
        &["uncertainty", "add", "Should a lamp be lit at dusk?", "--hypothesis", "H4.gj"],
        &["evidence", "add", "H4.gj", "D2.gj", "t4", "--stance", "supports", "--relevance", "2"],
    ] {
        desk.run(command).done();
    }
    desk
}

fn shown(desk: &Desk, report: &str, about: &[&str]) -> String {
    let options: Vec<&str> = about.iter().flat_map(|one| ["--uncertainty", one]).collect();
    desk.run(&[&["report", report, "--show"][..], &options].concat()).done().stdout
}

#[test]
fn every_paper_that_can_be_narrowed_holds_its_own_question_and_no_other() {
    let desk = two_questions();
    for report in NARROWED {
        let (one, other) = (shown(&desk, report, &["U2.gj"]), shown(&desk, report, &["U1.gj"]));
        assert!(one.contains("About U2.gj alone") && other.contains("About U1.gj alone"), "{report}: {one}");
        // Nothing was decided yet: the record has no word of either.
        if *report == "record" {
            continue;
        }
        let (lamp, notes) = ("lamp is lit", "otes are open to the person");
        let (lamp_asked, notes_asked) = ("lamp be lit", "otes be open");
        let holds = |text: &str, words: [&str; 2]| words.iter().any(|one| text.contains(one));
        assert!(!holds(&one, [notes, notes_asked]) && !holds(&other, [lamp, lamp_asked]), "{report}: {one}\n{other}");
        let both = shown(&desk, report, &["U2.gj", "U1.gj"]);
        assert!(both.contains("About U1.gj, U2.gj alone"), "{report}: {both}");
        let whole = shown(&desk, report, &[]);
        assert!(!whole.contains(" alone"), "{report}: {whole}");
    }
}

#[test]
fn other_papers_refuse_a_question_and_the_name_of_the_file_says_which() {
    let desk = two_questions();
    for kind in REPORTS.iter().filter(|kind| !NARROWED.contains(&kind.key) && kind.key != "disagreements") {
        desk.run(&["report", kind.key, "--uncertainty", "U1.gj", "--show"])
            .refused()
            .says("not narrowed to an uncertainty");
    }
    desk.run(&["report", "briefing", "--uncertainty", "U9.gj", "--show"]).refused().says("there is no uncertainty");
    // In whatever order they are named, and however often.
    desk.run(&["report", "briefing", "--to", "md"]).done();
    let whole = std::fs::read(desk.project.join("outputs/briefing.md")).unwrap();
    for about in [&["U1.gj", "U2.gj"][..], &["U2.gj", "U1.gj", "U2.gj"]] {
        let options: Vec<&str> = about.iter().flat_map(|one| ["--uncertainty", one]).collect();
        desk.run(&[&["report", "briefing", "--to", "md"][..], &options].concat())
            .done()
            .says("briefing-U1.gj-U2.gj.md");
    }
    assert_eq!(std::fs::read(desk.project.join("outputs/briefing.md")).unwrap(), whole);
    assert_eq!(
        desk.json(&["report", "briefing", "--uncertainty", "U2.gj", "--show"])["about"],
        serde_json::json!(["U2.gj"])
    );
}

/// What the frame of U1.gj says of a consideration.
fn weighed(desk: &Desk, consideration: &str) -> Value {
    let frame = desk.json(&["report", "question-frame", "--uncertainty", "U1.gj", "--show"]);
    let rows = frame["questions"][0]["considerations"].as_array().unwrap_or_else(|| panic!("{frame}")).clone();
    rows.into_iter().find(|one| one["consideration"] == consideration).unwrap_or_else(|| panic!("{frame}"))
}

#[test]
fn what_people_weighed_stands_in_the_frame_with_its_reason_and_can_be_taken_back() {
    let desk = two_questions();
    let weigh = |judgement: &str, why: &str, more: &[&str]| {
        desk.run(&[&["uncertainty", "weigh", "U1.gj", "equity", judgement, "--why", why][..], more].concat())
    };
    let before = weighed(&desk, "equity");
    assert!(before["weighed"].is_null(), "{before}");
    let journal = desk.journal();
    weigh("", "said so", &[]).refused().says("each judgement has its reason");
    weigh("fairer", " ", &[]).refused().says("each judgement has its reason");
    desk.run(&["uncertainty", "weigh", "U1.gj", "beauty", "much", "--why", "x"]).refused();
    weigh("fairer", "those without family gain", &["--dry-run"]).done();
    assert_eq!(desk.journal(), journal, "refusals and rehearsals write nothing");
    weigh("fairer", "those without family gain", &["--also", "travel in rural areas"]).done();
    let told = weighed(&desk, "equity").to_string();
    for words in ["fairer", "those without family gain", "travel in rural areas"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(!weighed(&desk, "resources").to_string().contains("fairer"));
    // A later judgement takes the place of the earlier; taken back, that stands again.
    weigh("much fairer", "nobody is left out", &[]).done();
    let later = weighed(&desk, "equity").to_string();
    assert!(later.contains("much fairer") && !later.contains("travel in rural areas"), "{later}");
    desk.run(&["undo"]).done();
    assert_eq!(weighed(&desk, "equity").to_string(), told);
    assert_eq!(column(&desk.json(&["uncertainty", "list"]), "id"), ["U1.gj", "U2.gj"]);
    desk.run(&["check", "--deep"]).done();
}
