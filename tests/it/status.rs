//! The board, what to do next, and what checklists hold of meetings.

use crate::desk::{Answer, Desk, column};
use crate::meetings::{DECIDED, blockers, planned, prepared, record};
use serde_json::{Value, json};

#[test]
fn the_board_shows_what_there_is_and_what_blocks_the_next_meeting() {
    let desk = planned();
    let board = desk.json(&["status"]);
    assert_eq!(board["coders"][0]["coder"], "gj");
    assert_eq!(board["components"][0]["consensus"], "untested");
    assert_eq!(column(&board["uncertainties"], "id"), ["U1.gj"]);
    assert_eq!(board["meeting"]["id"], "G1.gj");
    assert_eq!(column(&board["meeting"]["blockers"], "key"), blockers(&desk));
    let shown = desk.run(&["status"]).done().stdout;
    assert!(shown.contains("\ndocuments         2\n"), "{shown}");
    assert!(shown.contains("Next meeting: G1.gj Consensus meeting, 2026-03-14"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 80) && shown.lines().count() <= 40, "{shown}");
    // What was counted before is counted anew once it changes.
    desk.run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    let codings = board["coders"][0]["codings"].as_u64().unwrap();
    assert_eq!(desk.json(&["status"])["coders"][0]["codings"], codings + 1);
}

#[test]
fn the_board_shortens_no_name_and_has_one_spelling_of_a_standing() {
    let desk = planned();
    let name = "Assertive follow-up of everybody who misses a visit, by somebody they know and by letter";
    desk.run(&["component", "add", name]).done();
    desk.run(&["hypothesis", "add", "--statement", "If they ring, people come back", "--component", name]).done();
    let listed = desk.json(&["hypothesis", "list"]);
    let id = listed.as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned();
    desk.run(&["evidence", "add", &id, "D1.gj", "t4", "--stance", "supports", "--relevance", "2"]).done();
    let question =
        "Should those who were written to three times and never answered be written to once more before the end?";
    desk.run(&["uncertainty", "add", question, "--hypothesis", &id]).done();
    let shown = desk.run(&["status"]).done().stdout;
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words(&shown).contains(&format!("{name}: 1 single source")), "{shown}");
    assert!(words(&shown).contains(question) && !shown.contains('…'), "{shown}");
    assert!(words(&shown).matches("single source").count() >= 2 && !shown.contains("single_source"), "{shown}");
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    let board = desk.json(&["status"]);
    let last = board["components"].as_array().unwrap().last().unwrap();
    assert_eq!(last["standings"], json!([["single_source", 1]]));
    let single = words(&shown).matches("single source").count();
    desk.run(&["hypothesis", "status", &id, "rejected", "--why", "nobody holds it"]).done();
    let shown = words(&desk.run(&["status"]).done().stdout);
    assert!(shown.contains("1 set aside (merged, superseded, parked or rejected)"), "{shown}");
    assert!(shown.matches("single source").count() < single, "what is rejected has no standing to count: {shown}");
}

fn next(desk: &Desk, key: &str) -> Option<Value> {
    desk.json(&["next"]).as_array().unwrap().iter().find(|step| step["key"] == key).cloned()
}

#[test]
fn what_to_do_next_is_to_make_the_meeting_ready_to_hold_it_and_to_record_it() {
    let desk = planned();
    let ready = next(&desk, "ready").expect("something blocks it");
    let first = desk.json(&["status"])["meeting"]["blockers"][0].clone();
    assert_eq!(ready["command"], first["command"]);
    assert!(ready["what"].as_str().unwrap().contains("G1.gj") && next(&desk, "agenda").is_none(), "{ready}");
    desk.run(&["meeting", "attend", "G1.gj", "su1", "su2"]).done();
    assert_eq!(next(&desk, "record").unwrap()["command"], "realist meeting record G1.gj");
    let form = record(&desk, "a2", DECIDED);
    desk.run(&["meeting", "record", "G1.gj", "--from", &form]).done();
    assert!(next(&desk, "record").is_none() && next(&desk, "ready").is_none());
    // All that was prepared, and sent.
    let desk = prepared();
    desk.run(&["meeting", "issue", "G1.gj", "--out", "sent"]).done();
    assert_eq!(next(&desk, "meeting").unwrap()["command"], "realist meeting attend G1.gj --make there.csv");
}

/// What the ACCORD checklist holds for an item.
fn accord(desk: &Desk, audience: &str, number: &str) -> String {
    let report = desk.json(&["report", "accord", "--for", audience, "--show"]);
    let items = report["items"].as_array().unwrap();
    items.iter().find(|one| one["number"] == number).unwrap()["held"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_consensus_checklist_tells_of_meetings_in_numbers() {
    let desk = prepared();
    assert!(accord(&desk, "team", "R3").is_empty(), "a meeting that was not held is none");
    desk.run(&["meeting", "issue", "G1.gj", "--out", "sent"]).done();
    desk.run(&["meeting", "attend", "G1.gj", "su1", "su2", "su3", "pr1", "gp1"]).done();
    let day = "G1.gj on 2026-03-14 (60 minutes, 2 items";
    for number in ["M9", "M14"] {
        assert!(accord(&desk, "team", number).contains(day), "{number}: {}", accord(&desk, "team", number));
    }
    assert!(accord(&desk, "team", "M8").contains("papers of G1.gj sent on "));
    assert!(accord(&desk, "team", "M20").contains("G1.gj") && accord(&desk, "team", "M21").contains("G1.gj"));
    assert!(accord(&desk, "team", "R1").contains("G1.gj: 2026-03-14"));
    let came = accord(&desk, "team", "R3");
    assert!(came.contains("G1.gj: 5 of 9 came") && came.contains("GPs 1 of 2"), "{came}");
    let told = accord(&desk, "publication", "R3");
    assert!(told.contains("5 of 9 came") && !told.contains("GPs"), "{told}");
    // The arrangements may name people.
    let whole = desk.run(&["report", "accord", "--show"]).done().stdout;
    assert!(!whole.contains("Jo Rivers") && !whole.contains("Ormskirk"), "{whole}");
}

#[test]
fn the_board_has_the_same_order_and_numbers_as_the_list_of_uncertainties() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example", "partners-before-meeting"]).done();
    let board = desk.json(&["status"])["uncertainties"].clone();
    let listed = desk.json(&["uncertainty", "list"]);
    let score = |id: &Value| {
        let one = listed.as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap();
        one["score"].as_f64()
    };
    assert!(!board.as_array().unwrap().is_empty());
    for one in board.as_array().unwrap() {
        assert_eq!(one["priority"].as_f64(), score(&one["id"]), "{one}");
    }
    let missing =
        |id: &Value| listed.as_array().unwrap().iter().find(|one| one["id"] == *id).unwrap()["missing"].to_string();
    let known = board.as_array().unwrap().iter().any(|one| !missing(&one["id"]).contains("ivergence"));
    assert!(known, "an example in which groups differ: {listed}");
}

#[test]
fn how_far_groups_are_apart_is_taken_from_their_ratings_once_there_are_any() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example", "partners-before-meeting"]).done();
    desk.run(&["report", "agenda", "--to", "md"]).done();
    let paper = std::fs::read_to_string(desk.project.join("outputs/agenda.md")).unwrap();
    assert_eq!(paper.matches("from the ratings of 4 groups in R1.gj").count(), 3, "{paper}");
    assert!(!paper.contains("from the evidence of"), "{paper}");
}

#[test]
fn the_board_names_dissent_first_and_tells_shares() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example", "partners"]).done();
    let shown = desk.run(&["status"]).done().stdout;
    let components = shown.split("Components by agreement").nth(1).unwrap();
    assert!(components.starts_with(" (9 agreed, 1 agreed with dissent)"), "{shown}");
    let first = components.lines().find(|line| line.trim_start().starts_with('K')).unwrap();
    assert!(first.contains("K9.gj") && first.contains("agreed with dissent"), "{shown}");
    assert!(shown.contains(" of 12 documents ("), "{shown}");
    // A wide screen is used.
    let widest = |columns: &str| {
        let mut command = desk.command(&desk.on_project(&["status"]));
        command.env("COLUMNS", columns);
        Answer::of(command, &["status"]).done().stdout.lines().map(|line| line.chars().count()).max().unwrap()
    };
    assert!(widest("80") <= 80 && (81..=120).contains(&widest("120")), "{} {}", widest("80"), widest("120"));
}

#[test]
fn the_board_tells_which_share_of_what_a_coder_was_given_is_coded() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example", "partners"]).done();
    desk.run(&["assign", "add", "D3.gj", "--to", "kl"]).done();
    let coder = |desk: &Desk| {
        let board = desk.json(&["status"]);
        board["coders"].as_array().unwrap().iter().find(|one| one["coder"] == "kl").unwrap().clone()
    };
    let before = coder(&desk);
    let given = before["units_given"].as_u64().unwrap();
    assert!(given > 2 && before["units_coded"] == 0, "{before}");
    desk.run(&["code", "add", "D3.gj/5", "--code", "Role clarity", "--coder", "kl"]).done();
    let after = coder(&desk);
    assert_eq!((after["units_coded"].as_u64(), after["units_given"].as_u64()), (Some(1), Some(given)));
    let share = (100.0 / f64::from(u32::try_from(given).unwrap())).round();
    let shown = desk.run(&["status"]).done().stdout;
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.contains(&format!("coded 1 of {given} units given ({share}%)")), "{shown}");
}

#[test]
fn a_component_answers_the_items_of_an_intervention_and_its_codebook_keeps_them() {
    let desk = planned();
    desk.run(&["component", "add", "Calls", "--description", "A call a week.", "--tidier", "4"]).done();
    desk.run(&["component", "edit", "Calls", "--tidier", "who=A nurse", "--tidier", "11=Calls are logged"]).done();
    let listed = desk.json(&["component", "list"]);
    let calls = listed.as_array().unwrap().iter().find(|one| one["name"] == "Calls").unwrap().clone();
    assert_eq!(calls["tidier"], "4, 5, 11");
    let book = desk.project.join("codebooks/components.toml");
    let file = std::fs::read_to_string(&book).unwrap();
    assert!(file.contains("tidier_who = \"A nurse\"") && file.contains("tidier_procedures = true"), "{file}");
    // What a hand writes there counts as well.
    std::fs::write(&book, file.replace("\"A nurse\"", "\"A trained volunteer\"")).unwrap();
    let report = desk.json(&["report", "tidier", "--show"]);
    let held = |number: &str| {
        let items = report["items"].as_array().unwrap();
        items.iter().find(|one| one["number"] == number).unwrap()["held"].as_str().unwrap_or_default().to_owned()
    };
    assert!(held("5").contains("A trained volunteer") && held("4").contains("A call a week"), "{report}");
    desk.run(&["component", "edit", "Calls", "--no-tidier", "who"]).done();
    assert!(!std::fs::read_to_string(&book).unwrap().contains("tidier_who"));
    desk.run(&["component", "edit", "Calls", "--tidier", "whom=x"]).refused().says("materials");
    desk.run(&["component", "edit", "Calls", "--tidier", "who="]).refused().says("--no-tidier who");
}
