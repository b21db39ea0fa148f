//! Appraisal by several, confidence in findings, and the tables that papers carry: through commands.

use crate::desk::Desk;
use crate::story::synthesis;
use realist::report::REPORTS;
use serde_json::{Value, json};

/// One report as JSON.
fn told(desk: &Desk, arguments: &[&str]) -> Value {
    let written = desk.run(&[&["report"], arguments, &["--to", "json", "--format", "json"]].concat()).done().json();
    let file = desk.project.join(written["files"][0].as_str().unwrap());
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// Two coders have appraised, a finding was judged, two statements were merged, a version was frozen.
fn story() -> Desk {
    let desk = synthesis();
    desk.file("given.csv", "evidence,relevance,richness,rigour,reason\nE1.gj,1,2,2,\nE2.gj,2,2,2,\nE3.gj,,,,\n");
    desk.as_coder("bk")
        .run(&["evidence", "appraise", "--second", "--from", "given.csv"])
        .done()
        .says("appraised 2 links");
    for (status, why) in [("screened", "read by gj and bk"), ("active", "kept")] {
        desk.run(&["hypothesis", "status", "H1.gj", "H2.gj", status, "--why", why]).done();
    }
    desk.at_time("2031-03-01T10:00:00Z").run(&["theory", "freeze", "IPT", "--why", "at the outset"]).done();
    let into = ["--into", "People come back where notes are open.", "--why", "alike", "--outcome", "coming back"];
    desk.at_time("2031-03-02T10:00:00Z").run(&[&["hypothesis", "merge", "H1.gj", "H2.gj"], &into[..]].concat()).done();
    for aspect in ["limitations", "coherence", "adequacy", "relevance"] {
        desk.run(&["cerqual", "judge", "H4.gj", aspect, "minor", "--why", "two interviews"]).done();
    }
    desk.run(&["cerqual", "overall", "H4.gj", "low", "--why", "thin, and against"]).done();
    desk
}

#[test]
fn two_people_appraise_and_what_they_settle_counts() {
    let desk = story();
    let listed = desk.json(&["evidence", "appraisals"]);
    assert_eq!(listed[0]["evidence"], "E1.gj", "the furthest apart first");
    assert_eq!(listed[0]["differ"], json!(["relevance", "rigour"]));
    let agreement = desk.json(&["stats", "agreement", "--of", "appraisals", "--no-ci"]);
    assert_eq!((&agreement["by"], &agreement["groups"][0]["group"]), (&json!("criterion"), &json!("relevance")));
    desk.run(&["evidence", "settle", "E1.gj", "--relevance", "2", "--richness", "2", "--rigour", "2"]).refused();
    let settle =
        ["evidence", "settle", "E1.gj", "--relevance", "2", "--richness", "2", "--rigour", "2", "--reason", "so"];
    desk.run(&[&settle[..], &["--dry-run"]].concat()).done();
    assert_eq!(desk.json(&["evidence", "appraisals"])[0]["open"], true, "a dry run writes nothing");
    desk.run(&settle).done();
    // What bk alone gave counts once it is taken over: one step to undo.
    let taken = desk.json(&["evidence", "settle", "--agreed"]);
    assert_eq!((&taken["agreed"], &taken["alone"]), (&json!([]), &json!(["E2.gj"])));
    let report = told(&desk, &["appraisal"]);
    assert_eq!(report["double"][0]["settled"], json!({ "relevance": 2, "richness": 2, "rigour": 2 }));
    let given = &report["double"][0]["by"];
    assert_eq!((&given["gj"]["relevance"], &given["bk"]["relevance"]), (&json!(2), &json!(1)), "nothing is lost");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["evidence", "appraisals", "--open"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_sheet_goes_out_and_comes_back_filled() {
    let desk = synthesis();
    desk.run(&["evidence", "appraise", "--to", "sheet.csv"]).done().says("2 links");
    let sheet = std::fs::read_to_string(desk.room().join("sheet.csv")).unwrap();
    let filled: Vec<String> = sheet.lines().map(|line| line.replace(",,,,", ",2,1,1,")).collect();
    assert_ne!(filled.join("\n"), sheet.trim_end(), "{sheet}");
    desk.file("sheet.csv", filled.join("\n"));
    desk.run(&["evidence", "appraise", "--from", "sheet.csv"]).done().says("appraised 2 links");
    desk.run(&["evidence", "appraise", "--to", "again.csv"]).negative();
}

#[test]
fn confidence_is_given_by_people_and_travels_as_a_sheet() {
    let desk = story();
    desk.run(&["cerqual", "overall", "H3.gj", "high", "--why", "so"])
        .refused()
        .says("realist cerqual judge H3.gj limitations");
    let listed = desk.run(&["cerqual", "list", "--all", "--format", "csv"]).done().stdout;
    desk.file("sheet.csv", listed.replace(",low,", ",very_low,"));
    desk.run(&["cerqual", "read", "sheet.csv"]).done();
    let report = told(&desk, &["cerqual"]);
    assert_eq!(report["findings"][0]["confidence"], "Very low confidence");
    assert_eq!(report["findings"][0]["explanation"], "thin, and against");
    desk.run(&["hypothesis", "edit", "H4.gj", "--statement", "People return where notes are open."]).done();
    let earlier = &told(&desk, &["cerqual"])["findings"][0]["earlier_wording"];
    assert_eq!(*earlier, json!(["limitations", "coherence", "adequacy", "relevance", "overall"]));
    let shown = desk.json(&["cerqual", "show", "H4.gj"]);
    assert_eq!(shown["worksheet"][4]["level"], "very_low");
    assert!(shown["worksheet"][1]["shows"].as_str().unwrap().contains("against: 1 source"), "{shown}");
}

#[test]
fn a_trail_tells_how_a_statement_came_to_be() {
    let desk = story();
    let told = told(&desk, &["trail", "H1.gj", "H4.gj"]);
    let events = |at: usize| told["statements"][at]["events"].as_array().unwrap().clone();
    let has = |events: &[Value], what: &str, says: &str| {
        events.iter().any(|one| one["what"] == what && one["says"].as_str().unwrap().contains(says))
    };
    let first = events(0);
    assert_eq!(first[0]["what"], "written");
    assert!(has(&first, "status", "draft, now screened") && has(&first, "status", "active, now merged"), "{first:#?}");
    assert!(has(&first, "evidence", "E1.gj supports, from S1.gj (interview)"), "{first:#?}");
    assert!(has(&first, "version", "IPT") && has(&first, "uncertainty", "U1.gj"), "{first:#?}");
    assert!(first.iter().any(|one| one["why"] == "read by gj and bk"));
    let grown: Vec<&Value> = first.iter().map(|one| &one["sources"]).filter(|one| !one.is_null()).collect();
    assert_eq!(grown, [&json!([1, 0]), &json!([1, 1])], "one source for, then one against");
    let heir = events(1);
    assert!(has(&heir, "link", "has taken in H1.gj"), "{heir:#?}");
    let standing = &told["statements"][1]["standing"];
    let last = heir.iter().rev().find(|one| !one["sources"].is_null()).unwrap();
    assert_eq!(last["sources"], json!([standing["for"], standing["against"]]), "what it grew to is what it has");
    assert!(has(&heir, "appraisal", "overall confidence: low"), "{heir:#?}");
}

#[test]
fn coders_are_letters_where_they_are_to_be_nobody() {
    let desk = story();
    for (audience, how, is_named) in [
        ("team", None, true),
        ("publication", None, false),
        ("team", Some("anonymous"), false),
        ("meeting", Some("initials"), true),
    ] {
        let how = how.map(|how| vec!["--coders-as", how]).unwrap_or_default();
        let text = desk.run(&[&["report", "trail", "--for", audience, "--show"], &how[..]].concat()).done().stdout;
        assert_eq!(text.contains("gj"), is_named, "{audience} {how:?}: {text}");
        assert_eq!(text.contains("coder A"), !is_named, "{audience} {how:?}");
    }
}

#[test]
fn statements_add_up_now_then_and_in_a_version() {
    let desk = story();
    let now = told(&desk, &["statement-flow"]);
    assert_eq!(
        (&now["statements"], &now["made"]["written"], &now["made"]["by_merging"]),
        (&json!(4), &json!(3), &json!(1))
    );
    assert_eq!(
        (&now["stands"]["merged"], &now["stands"]["active"], &now["differences"]),
        (&json!(2), &json!(1), &json!([]))
    );
    let all = now["strands"].as_array().unwrap();
    let (total, rows) = all.split_last().unwrap();
    for column in ["written", "by_merging", "made", "active", "merged", "draft"] {
        let sum: u64 = rows.iter().map(|row| row[column].as_u64().unwrap()).sum();
        assert_eq!(json!(sum), total[column], "{column}");
    }
    for at in ["IPT", "2031-03-01"] {
        let then = told(&desk, &["statement-flow", "--at", at]);
        assert_eq!(
            (&then["statements"], &then["stands"]["active"], &then["stands"]["draft"]),
            (&json!(3), &json!(2), &json!(1)),
            "{at}"
        );
    }
    desk.run(&["hypothesis", "remove", "H3.gj", "--reason", "said twice"]).done();
    assert_eq!(told(&desk, &["statement-flow"])["stands"]["removed"], 1);
    desk.run(&["undo"]).done();
    desk.run(&["report", "statement-flow", "--to", "svg"]).done();
    let svg = std::fs::read_to_string(desk.project.join("outputs/statement-flow.svg")).unwrap();
    assert!(svg.contains("2 merged") && svg.contains("into 1 statement"), "{svg}");
}

#[test]
fn what_does_not_add_up_is_refused_and_named() {
    let desk = story();
    let mut project = desk.look();
    let id = project.state().labelled(&"H3.gj".parse().unwrap()).unwrap();
    let written = project.write("by hand", true, |batch| {
        batch.set(
            realist::id::Kind::Hypothesis,
            id,
            &serde_json::Map::from_iter([("status".to_owned(), json!("merged"))]),
        );
        Ok(())
    });
    written.unwrap();
    desk.run(&["report", "statement-flow"]).refused().says("H3.gj is merged, and no link says into what");
    assert!(!desk.project.join("outputs/statement-flow.html").exists(), "nothing is written");
    desk.run(&["report", "statement-flow", "--at", "IPT"]).done();
}

#[test]
fn the_refinement_log_tells_versions_apart() {
    let desk = story();
    let told = told(&desk, &["refinement"]);
    let changes = told["steps"][0]["changes"].as_array().unwrap();
    let of = |id: &str| changes.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}: {changes:#?}"));
    assert_eq!((&of("H1.gj")["move"], &of("H4.gj")["move"]), (&json!("merge"), &json!("merge")));
    assert_eq!(of("H4.gj")["after"], "People come back where notes are open.");
    assert!(of("H1.gj")["details"].to_string().contains("into: H4.gj"), "{changes:#?}");
    assert_eq!(of("H4.gj")["why"], json!(["alike"]));
}

#[test]
fn only_memos_for_the_supplement_are_in_a_paper() {
    let desk = story();
    for (access, text) in [("private", "quietly amber"), ("team", "teamwise cobalt"), ("supplement", "openly viridian")]
    {
        desk.run(&["memo", "add", "--about", "H4.gj", "--text", text, "--access", access]).done();
    }
    let carried = "As she put it: she never hid the notes from me, and I came back";
    desk.run(&["memo", "add", "--about", "H4.gj", "--text", carried, "--access", "supplement"]).done();
    for kind in REPORTS {
        for audience in ["team", "meeting", "publication"] {
            let answer = desk.run(&["report", kind.key, "--for", audience, "--show"]);
            let text = answer.stdout + &answer.stderr;
            assert!(!text.contains("quietly amber"), "{} for {audience} holds a private memo", kind.key);
            assert!(audience == "team" || !text.contains("teamwise cobalt"), "{} for {audience}", kind.key);
            assert!(audience == "team" || !text.contains("never hid the notes"), "{} for {audience}", kind.key);
        }
    }
    let supplement =
        desk.run(&["report", "memos", "--for", "publication", "--show"]).done().says("1 memo held back").stdout;
    assert!(supplement.contains("openly viridian") && !supplement.contains("teamwise"), "{supplement}");
}

#[test]
fn every_report_is_the_same_bytes_again_in_every_format() {
    let desk = story();
    let formats = ["html", "md", "docx", "xlsx", "csv", "json"].iter().flat_map(|format| ["--to", format]);
    let formats: Vec<&str> = formats.collect();
    let write = |desk: &Desk| {
        for kind in REPORTS.iter().filter(|kind| kind.key != "disagreements") {
            for audience in ["team", "publication"] {
                desk.run(&[&["report", kind.key, "--for", audience], &formats[..]].concat()).done();
            }
        }
        desk.snapshot()
    };
    let first = write(&desk);
    desk.forget_cache();
    assert!(write(&desk.as_coder("zed").at_time("2032-01-01T00:00:00Z")) == first, "the same bytes");
}

#[test]
fn words_without_consent_are_in_no_table_for_others() {
    let desk = story();
    for kind in REPORTS.iter().filter(|kind| kind.key != "disagreements") {
        for audience in ["meeting", "publication"] {
            let text = told(&desk, &[kind.key, "--for", audience]).to_string();
            for phrase in
                crate::story::PLANTED.iter().chain(&["made no difference at all", "Marguerite", "Oswin", "north-group"])
            {
                assert!(!text.contains(phrase), "{} for {audience} holds '{phrase}'", kind.key);
            }
        }
    }
}

#[test]
fn what_belongs_to_one_report_is_refused_of_another() {
    let desk = synthesis();
    desk.run(&["report", "cmo", "H1.gj"]).refused().says("realist report trail");
    desk.run(&["report", "trail", "--at", "now"]).refused().says("statement-flow");
    desk.run(&["report", "cmo", "--to", "svg"]).refused().says("no drawing");
    desk.run(&["report", "statement-flow", "--at", "IPT"]).refused().says("freeze one");
}

#[test]
fn all_papers_of_an_example_are_written_by_one_command() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example", "integrated-model"]).done();
    std::fs::remove_dir_all(desk.project.join("outputs")).unwrap();
    let told = desk.run(&["report", "all", "--for", "publication", "--to", "html", "--format", "json"]).done();
    let told: Value = serde_json::from_str(&told.stdout).unwrap();
    let files: Vec<&str> = told["files"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for wanted in ["comparison", "pathway", "needs", "recommendations", "evidence", "training-T1-gj-participants"] {
        assert!(files.iter().any(|file| file.contains(wanted)), "{wanted} is not among {files:?}");
    }
    assert!(files.iter().all(|file| desk.project.join(file).is_file()));
    // What cannot be written is said, and the rest is written.
    let bare = crate::story::synthesis();
    bare.file("case.toml", super::training::CASE.replace("They do not come any more.", "TO WRITE: a turn"));
    bare.run(&["training", "add", "case.toml"]).done();
    bare.run(&["report", "all", "--to", "md"]).negative().says("T1.gj, for the participants: T1.gj is not written yet");
    assert!(bare.project.join("outputs/evidence.md").is_file());
    assert!(!bare.project.join("outputs/pathway.md").exists(), "there is no step");
}
