//! Consolidation and demi-regularities as somebody types them.

use crate::desk::Desk;

fn add(desk: &Desk, [offered, reasoning, outcome]: [&str; 3]) {
    desk.run(&["hypothesis", "add", "--resource", offered, "--reasoning", reasoning, "--outcome", outcome]).done();
}

fn desk() -> Desk {
    let desk = Desk::new();
    add(&desk, ["a nurse rings within two days", "questions can be asked", "worries are settled"]);
    add(&desk, ["a call from a nurse within two days", "they can ask their questions", "worries are settled early"]);
    add(&desk, ["a bus to the clinic", "the journey costs nothing", "appointments are kept"]);
    desk
}

#[test]
fn a_sheet_goes_to_a_meeting_and_comes_back_as_one_step() {
    let desk = desk();
    let found = desk.json(&["theory", "consolidate", "--dry-run"]);
    assert_eq!(found["total"], 1);
    assert_eq!(found["proposals"][0]["relation"], "duplicate");
    let outcome = found["proposals"][0]["because"].as_array().unwrap().iter().find(|one| one["aspect"] == "outcome");
    assert!(outcome.unwrap()["shared"].as_array().unwrap().iter().any(|word| word == "settled"));
    desk.run(&["theory", "consolidate", "--sheet", "meeting.csv"]).done();
    let sheet = std::fs::read_to_string(desk.room().join("meeting.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(sheet.trim_start_matches('\u{feff}').as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for (at, record) in reader.records().enumerate() {
        let mut cells: Vec<String> = record.unwrap().iter().map(str::to_owned).collect();
        "merge".clone_into(&mut cells[10]);
        if at == 0 {
            "If a nurse calls soon, then worries are settled".clone_into(&mut cells[12]);
            "said twice".clone_into(&mut cells[13]);
        }
        writer.write_record(&cells).unwrap();
    }
    let name = desk.file("decided.csv", writer.into_inner().unwrap());
    let rehearsed = desk.json(&["theory", "consolidate", "--decide", &name, "--dry-run"]);
    assert_eq!((&rehearsed["settled"][0]["into"], &rehearsed["dry_run"]), (&"H4.gj".into(), &true.into()));
    assert_eq!(desk.json(&["hypothesis", "list"]).as_array().unwrap().len(), 3, "nothing was written");
    desk.run(&["theory", "consolidate", "--decide", &name]).done();
    assert_eq!(desk.json(&["theory", "consolidate"])["total"], 0);
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["theory", "consolidate"])["total"], 1);
}

#[test]
fn cards_are_sorted_in_a_spreadsheet_and_read_back() {
    let desk = desk();
    desk.run(&["theory", "consolidate", "--to", "csv", "--out", "cards.csv"]).done();
    let cards = std::fs::read_to_string(desk.room().join("cards.csv")).unwrap();
    let filled = cards.replace("H1.gj,,", "H1.gj,Calls,").replace("H2.gj,,", "H2.gj,Calls,");
    assert_ne!(cards, filled);
    let name = desk.file("sorted.csv", filled);
    let read = desk.json(&["theory", "consolidate", "--groups", &name]);
    assert_eq!((&read["groups"][0]["name"], &read["groups"][0]["members"]), (&"Calls".into(), &2.into()));
    let ruled = desk.json(&["theory", "consolidate", "--ruled"]);
    assert_eq!((&ruled[0]["verdict"], &ruled[0]["statements"]), (&"sorted".into(), &"H1.gj H2.gj".into()));
    desk.run(&["theory", "consolidate", "--to", "html", "--out", "cards.html"]).done();
    let page = std::fs::read_to_string(desk.room().join("cards.html")).unwrap();
    assert!(page.contains("H3.gj") && page.contains("no source yet"));
}

#[test]
fn the_worked_example_has_patterns_of_one_source_and_takes_a_search() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example"]).done();
    desk.run(&["theory", "consolidate", "--dry-run", "--format", "json"]).done();
    let found = desk.json(&["theory", "patterns", "--at-least", "2"]);
    let patterns = found["patterns"].as_array().unwrap();
    assert!(!patterns.is_empty());
    let key = patterns[0]["pattern"].as_str().unwrap();
    assert!(patterns.iter().all(|one| one["told_by"].as_array().unwrap().len() >= 2));
    let query = patterns[0]["prompts"][0]["query"].as_str().unwrap();
    let refused = desk.run(&["theory", "pattern", "name", key, "A name", "--memo", "why"]);
    assert!(refused.stderr.contains("nobody has looked"), "{}", refused.stderr);
    desk.run(&["theory", "pattern", "sought", key, "--query", query, "--found", "none"]).done();
    desk.run(&["theory", "pattern", "name", key, "A name", "--memo", "why"]).done();
    let shown = desk.json(&["theory", "patterns", "--show", key]);
    assert_eq!((&shown["named"]["name"], &shown["sought"][0]["found"]), (&"A name".into(), &"none".into()));
}
