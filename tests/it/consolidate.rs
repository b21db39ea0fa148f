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

/// Everything a program reads of a look, and that a second look says the same and nothing was written by the first.
#[test]
fn a_look_at_the_worked_example_is_the_same_twice_and_writes_nothing() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example"]).done();
    let ask = || desk.run(&["theory", "consolidate", "--dry-run", "--least", "0.05", "--format", "json"]).done().stdout;
    let before = desk.run(&["log", "--format", "json"]).done().stdout;
    let (first, second) = (ask(), ask());
    assert_eq!(first, second);
    assert_eq!(before, desk.run(&["log", "--format", "json"]).done().stdout, "a look writes nothing");
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    let found: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert_eq!(keys(&found), "compared language least settled_pairs total left_out proposals nearest");
    assert_eq!((&found["least"], &found["language"], &found["compared"]), (&0.05.into(), &"en".into(), &87.into()));
    let proposals = found["proposals"].as_array().unwrap();
    assert!(found["total"].as_u64() >= Some(proposals.len() as u64));
    assert!(!proposals.is_empty());
    for one in proposals {
        assert_eq!(keys(one), "proposal relation score statements because pairs");
        assert!(one["relation"] == "rival_candidate" || one["score"].as_f64().unwrap() >= 0.05, "{one}");
        let pairs = one["pairs"].as_array().unwrap();
        assert!(pairs.iter().all(|pair| keys(pair) == "one other score counts relation"), "{one}");
        assert!(
            one["because"]
                .as_array()
                .unwrap()
                .iter()
                .all(|one| { keys(one) == "aspect likeness shared opposed other_number" })
        );
    }
    let rivals = desk.json(&["theory", "consolidate", "--least", "0.05", "--only", "rival_candidate", "--all"]);
    let all = desk.json(&["theory", "consolidate", "--least", "0.05", "--all"]);
    let of = |found: &serde_json::Value, relation: &str| {
        found["proposals"].as_array().unwrap().iter().filter(|one| one["relation"] == relation).count()
    };
    assert_eq!((of(&rivals, "rival_candidate"), of(&rivals, "related")), (of(&all, "rival_candidate"), 0));
    let nearest = found["nearest"].as_array().unwrap();
    assert!(nearest.iter().all(|one| keys(one) == "component one other score counts why_not"));
    let unsaid = |one: &&serde_json::Value| one["why_not"] == "below_least" && one["counts"].as_f64() >= Some(0.05);
    assert!(!nearest.iter().any(|one| unsaid(&one)), "what is printed is what was compared");
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
fn patterns_of_the_worked_example_count_who_tells_all_apart_and_take_a_search() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example"]).done();
    desk.run(&["theory", "consolidate", "--dry-run", "--format", "json"]).done();
    let found = desk.json(&["theory", "patterns", "--at-least", "2"]);
    let patterns = found["patterns"].as_array().unwrap();
    assert!(!patterns.is_empty());
    let key = patterns[0]["pattern"].as_str().unwrap();
    assert!(patterns.iter().all(|one| one["told_by"].as_array().unwrap().len() >= 2));
    assert!(patterns.iter().all(|one| one["parts_by"].as_array().unwrap().iter().all(|part| {
        !one["told_by"].as_array().unwrap().contains(&part["source"]) && !part["of"].as_array().unwrap().is_empty()
    })));
    let all = desk.json(&["theory", "patterns", "--at-least", "0"]);
    let all = all["patterns"].as_array().unwrap();
    let told = |one: &serde_json::Value, by: &str| one[by].as_array().unwrap().len();
    let fewer = all.iter().filter(|one| told(one, "told_by") < 2 && told(one, "told_by") + told(one, "parts_by") > 0);
    assert_eq!(found["fewer"], fewer.count());
    let query = patterns[0]["prompts"][0]["query"].as_str().unwrap();
    let refused = desk.run(&["theory", "pattern", "name", key, "A name", "--memo", "why"]);
    assert!(refused.stderr.contains("nobody has looked"), "{}", refused.stderr);
    desk.run(&["theory", "pattern", "sought", key, "--query", query, "--found", "none"]).done();
    desk.run(&["theory", "pattern", "name", key, "A name", "--memo", "why"]).done();
    let shown = desk.json(&["theory", "patterns", "--show", key]);
    assert_eq!((&shown["named"]["name"], &shown["sought"][0]["found"]), (&"A name".into(), &"none".into()));
    let text = desk.run(&["theory", "patterns", "--show", key]).done().stdout;
    for prompt in shown["prompts"].as_array().unwrap() {
        let said = match prompt["passages"].as_u64().unwrap() {
            0 => "finds none today".to_owned(),
            1 => "finds 1 passage today".to_owned(),
            number => format!("finds {number} passages today"),
        };
        assert!(text.contains(&format!("{}: {said}", prompt["looks_for"].as_str().unwrap())), "{text}");
    }
}
