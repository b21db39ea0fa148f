//! What coders differ on, as an agenda.

use crate::desk::Desk;
use crate::story;
use serde_json::Value;

/// Two coders on the interview: gj put openness on turns 2 to 4 and distance on some words, mb openness on turn 4
/// and hope there too; only gj coded the group.
fn coded_twice() -> Desk {
    let desk = story::transcripts();
    let defined = ["--definition", "What is written can be read", "--include", "Notes", "--exclude", "Talk"];
    desk.run(&[&["codebook", "add", "openness"][..], &defined].concat()).done();
    for code in ["distance", "hope"] {
        desk.run(&["codebook", "add", code]).done();
    }
    desk.run(&["code", "add", "D1.gj", "t2..4", "--code", "openness", "--memo", "the desk is the point"]).done();
    desk.run(&["code", "add", "D1.gj", "--quote", "nobody rang", "--code", "distance"]).done();
    desk.run(&["code", "add", "D2.gj", "t2", "--code", "openness"]).done();
    let other = desk.as_coder("mb");
    other.run(&["join", "mb"]);
    other.run(&["code", "add", "D1.gj", "t4", "--code", "openness", "--code", "hope"]).done();
    desk
}

fn agenda(desk: &Desk, more: &[&str]) -> Value {
    desk.json(&[&["report", "disagreements", "--show"], more].concat())
}

#[test]
fn each_place_has_its_words_who_did_what_and_the_rules_beside_it() {
    let desk = coded_twice();
    let found = agenda(&desk, &[]);
    assert_eq!(found["note"], "a prompt for discussion, not a gate");
    assert_eq!(found["documents"], 1);
    let codes = found["codes"].as_array().unwrap();
    let names: Vec<&str> = codes.iter().map(|code| code["name"].as_str().unwrap()).collect();
    // One place each; openness is disputed on two turns, the others by their names.
    assert_eq!(names, ["openness", "distance", "hope"]);
    let openness = &codes[0];
    assert_eq!(openness["definition"], "What is written can be read");
    assert_eq!((&openness["include"], &openness["exclude"]), (&"Notes".into(), &"Talk".into()));
    let place = &openness["places"][0];
    // On turn 4 they agree; of turns 2 and 3 only gj has the code, by a coding that reaches turn 4.
    assert_eq!((&place["place"], &place["about"]), (&"D1.gj/2-3".into(), &"extent".into()));
    assert_eq!(place["applied"][0]["coder"], "gj");
    let marked = place["applied"][0]["marked"]["text"].as_str().unwrap();
    assert!(marked.contains("tangerine ledger") && marked.contains("And afterwards?"), "who asks as well: {marked}");
    assert!(!marked.contains("Afterwards I trusted her"), "of the place, not of all the coding: {marked}");
    assert_eq!(place["others"], serde_json::json!([{ "coder": "mb", "codes": [] }]));
    let said: Vec<&str> = place["said"].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert!(said[0].contains("tangerine ledger") && said[1].contains("And afterwards?"), "{said:?}");
    assert!(place["before"]["text"].as_str().unwrap().contains("first appointment"));
    assert!(place["after"]["text"].as_str().unwrap().contains("Afterwards I trusted her"));
    assert_eq!(place["memos"][0]["text"], "the desk is the point");
    let distance = &codes[1]["places"][0];
    assert_eq!((&distance["place"], &distance["about"]), (&"D1.gj/6".into(), &"whether".into()));
    assert!(distance["applied"][0]["marked"]["text"].as_str().unwrap().contains("nobody rang"));
    let hope = &codes[2]["places"][0];
    assert_eq!(hope["others"], serde_json::json!([{ "coder": "gj", "codes": ["openness"] }]));
    assert!(hope["applied"][0]["marked"].is_null(), "the whole turn is printed above");
    let pair = serde_json::json!({ "coders": ["gj", "mb"], "documents": 1, "both": 1, "differ": 4 });
    assert_eq!(found["pairs"], serde_json::json!([pair]));
}

#[test]
fn the_agenda_and_the_statistics_count_the_same_units() {
    let desk = coded_twice();
    desk.as_coder("tk").run(&["join", "tk"]);
    desk.as_coder("tk").run(&["code", "add", "D1.gj", "t6", "--code", "distance"]).done();
    desk.as_coder("tk").run(&["code", "add", "D2.gj", "t3..4", "--code", "openness"]).done();
    let agenda = agenda(&desk, &[]);
    let stats =
        desk.json(&["stats", "agreement", "--no-ci", "--metric", "percent,krippendorff_alpha_nominal,gwet_ac1"]);
    let groups = stats["groups"].as_array().unwrap();
    assert_eq!(agenda["numbers"].as_array().unwrap().len(), groups.len());
    for group in groups {
        let named = |one: &&Value| one["code"] == group["group"];
        let numbers = agenda["numbers"].as_array().unwrap().iter().find(named).unwrap();
        assert_eq!((&numbers["units"], &numbers["differ"]), (&group["n_units"], &group["disagreements"]["n"]));
        for (at, key) in ["percent", "alpha", "ac1"].into_iter().enumerate() {
            assert_eq!(numbers[key], group["metrics"][at]["value"], "{key} of {}", group["group"]);
        }
        let code = agenda["codes"].as_array().unwrap().iter().find(|code| code["name"] == group["group"]).unwrap();
        assert_eq!(code["differ"], group["disagreements"]["n"]);
    }
    let pairs: Vec<&Value> = agenda["pairs"].as_array().unwrap().iter().map(|pair| &pair["coders"]).collect();
    assert_eq!(serde_json::json!(pairs), serde_json::json!([["gj", "mb"], ["gj", "tk"], ["mb", "tk"]]));
}

#[test]
fn it_is_narrowed_to_codes_and_coders() {
    let desk = coded_twice();
    let one = agenda(&desk, &["--code", "hope", "--between", "gj,mb"]);
    assert_eq!(one["codes"].as_array().unwrap().len(), 1);
    desk.run(&["codebook", "add", "patience"]).done();
    desk.run(&["report", "disagreements", "--to", "md"]).done();
    let agenda = || std::fs::read(desk.project.join("outputs/disagreements.md")).unwrap();
    let whole = agenda();
    for command in [
        &["report", "disagreements", "--code", "patience", "--code", "hope", "--to", "md"][..],
        &["stats", "agreement", "--code", "patience"],
    ] {
        desk.run(command).refused().says("'patience' is not compared").says("codes compared: distance, hope, openness");
    }
    assert_eq!(agenda(), whole, "nothing is written over");
    // What is narrowed has a name of its own, and the same one however it is asked for.
    for (narrowed, name) in [
        (&["--code", "hope"][..], "disagreements-C3.gj.md"),
        (&["--code", "hope", "--code", "openness", "--code", "C3.gj"], "disagreements-C1.gj-C3.gj.md"),
        (&["--between", "mb,gj", "--for", "meeting"], "disagreements-between-gj-mb-for-meeting.md"),
        (&["--code", "hope", "--between", "gj,mb"], "disagreements-C3.gj-between-gj-mb.md"),
    ] {
        let report = [&["report", "disagreements", "--to", "md"], narrowed].concat();
        desk.run(&report).done().says(name);
        assert_eq!(agenda(), whole, "{name} does not stand in the place of the whole");
    }
    desk.run(&["report", "disagreements", "--between", "gj,bm"]).refused().says("coders: gj, mb");
    desk.run(&["report", "disagreements", "--between", "gj"]).refused().says("coded by two people");
    desk.run(&["report", "evidence", "--code", "hope"]).refused().says("report disagreements");
    story::synthesis().run(&["report", "disagreements"]).refused().says("coded by two people");
}

#[test]
fn unread_codings_and_private_memos_are_not_in_it() {
    let desk = coded_twice();
    let search = ["search", "buses", "--code-as", "hope"];
    desk.as_coder("mb").run(&search).done();
    let label = desk.json(&["code", "list", "--code", "distance"])[0]["id"].as_str().unwrap().to_owned();
    for (text, access) in [("SECRETWORDS", "private"), ("TEAMWORDS", "team")] {
        desk.run(&["memo", "add", "--about", &label, "--text", text, "--access", access]).done();
    }
    desk.run(&["report", "disagreements", "--to", "html", "--to", "md", "--to", "csv", "--to", "json"]).done();
    for file in desk.files("outputs") {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains("TEAMWORDS") && !text.contains("SECRETWORDS"), "{}", file.display());
    }
    let found = agenda(&desk, &[]);
    assert_eq!(found["unread"], 1);
    assert_eq!(found["codes"][2]["differ"], 1, "turn 6 is not disputed by a hit that nobody has read");
}

#[test]
fn others_read_no_words_without_consent_and_no_memos_of_the_team() {
    let desk = coded_twice();
    for audience in ["meeting", "publication"] {
        let paper = desk.run(&["report", "disagreements", "--for", audience, "--show"]).done();
        for words in story::PLANTED.iter().chain(&["the desk is the point", "Marguerite"]) {
            assert!(!paper.stdout.contains(words), "{words} for {audience}");
        }
        assert!(paper.stdout.contains("words withheld"));
    }
}
