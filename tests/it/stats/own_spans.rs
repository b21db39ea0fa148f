//! Agreement on spans of a team's own codings: the same numbers as of a table of these spans.

use super::{close, json};
use crate::desk::{Desk, column};
use crate::{passes, story};
use realist::document::Document;
use serde_json::Value;
use std::fmt::Write as _;

/// Characters of a document's text.
fn length(desk: &Desk, label: &str) -> usize {
    let project = desk.look();
    let documents = project.state().all::<Document>();
    let document = documents.iter().find(|one| project.label(one.id) == label).unwrap();
    project.shard(document, &document.version, 0).unwrap().unwrap().text.chars().count()
}

/// Everything coded in these documents as a table of spans.
fn table(desk: &Desk, labels: &[&str]) -> String {
    let found = desk.json(&["query", "run", "code:*", "--all"]);
    let quotations = found["quotations"].as_array().unwrap();
    let mut csv = "document,length,coder,start,end,value\n".to_owned();
    for one in quotations.iter().filter(|one| labels.contains(&one["document"].as_str().unwrap())) {
        let label = one["document"].as_str().unwrap();
        let [coder, code] = ["coder", "code"].map(|key| one[key].as_str().unwrap());
        let (start, end) = (&one["start_char"], &one["end_char"]);
        writeln!(csv, "{label},{},{coder},{start},{end},{code}", length(desk, label)).unwrap();
    }
    csv
}

fn alone<'a>(answer: &'a Value, code: &str) -> &'a Value {
    let all = answer["u_alpha_alone"].as_array().unwrap();
    &all.iter().find(|one| one["value"] == code).unwrap_or_else(|| panic!("{code} is not in {answer}"))["alpha"]
}

#[track_caller]
fn same(one: &Value, other: &Value) {
    match other.as_f64() {
        Some(wanted) => close(one, wanted, 1e-9),
        None => assert_eq!(one, other),
    }
}

/// gj has coded D1 and D2, mb D1, bk D2; codes lie over each other nowhere.
fn three() -> Desk {
    let desk = story::synthesis();
    for tag in ["mb", "bk"] {
        desk.as_coder(tag).run(&["join", tag]);
    }
    let mb = desk.as_coder("mb");
    mb.run(&["code", "add", "D1.gj", "--quote", "tangerine ledger was lying open", "--code", "openness"]).done();
    mb.run(&["code", "add", "D1.gj", "--quote", "buses stopped I stayed at home", "--code", "distance"]).done();
    desk.run(&["code", "add", "D2.gj", "t2", "--code", "openness"]).done();
    desk.as_coder("bk").run(&["code", "add", "D2.gj", "--quote", "keeps you coming", "--code", "openness"]).done();
    desk
}

#[test]
fn a_teams_own_codings_are_compared_as_spans() {
    let desk = story::synthesis();
    desk.run(&["stats", "spans"]).refused().says("coded by two people");
    let desk = three();
    desk.as_coder("bk").run(&["code", "remove", "CD1.bk"]).done();
    // Two coders and one document: what a table of the same spans says.
    let found = desk.json(&["stats", "spans", "--no-ci"]);
    let wanted = json(&table(&desk, &["D1.gj"]), &["spans", "--no-ci"]);
    assert_eq!((&found["n_documents"], &found["n_coders"], &found["n_spans"]), (&1.into(), &2.into(), &4.into()));
    assert_eq!(found["length"].as_f64(), Some(length(&desk, "D1.gj") as f64));
    for key in ["u_alpha", "bar_u_alpha", "cu_alpha", "cu_coverage", "alpha_1995"] {
        assert!(found[key].is_number() || key.starts_with("cu"), "{key}: {found}");
        same(&found[key], &wanted[key]);
    }
    for code in ["openness", "distance"] {
        same(alone(&found, code), alone(&wanted, code));
    }
    assert!(alone(&found, "openness").as_f64().unwrap() > 0.0);
    let one = desk.json(&["stats", "spans", "--no-ci", "--code", "distance"]);
    assert_eq!(column(&one["u_alpha_alone"], "value"), ["distance"]);
    // Codes over each other: each by itself alone, and no fault.
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "distance"]).done();
    let over = desk.json(&["stats", "spans", "--no-ci"]);
    assert!(over["u_alpha"].is_null() && over["undefined"]["u_alpha"].as_str().unwrap().contains("overlap"));
    same(alone(&over, "openness"), alone(&found, "openness"));
    let shown = desk.run(&["stats", "spans", "--no-ci"]).done();
    let at = |words: &str| shown.stdout.find(words).unwrap_or_else(|| panic!("'{words}' is not in\n{}", shown.stdout));
    assert!(at("a prompt for discussion") < at("u_alpha alone") && at("u_alpha alone") < at("bar_u_alpha"));
    desk.run(&["stats", "spans", "--length", "9"])
        .refused()
        .says("--length is for a FILE")
        .says("--by code or document");
}

#[test]
fn documents_with_other_coders_document_by_document_and_pair_by_pair() {
    let desk = three();
    let all = desk.json(&["stats", "spans", "--pairs"]);
    assert_eq!((&all["n_documents"], &all["n_coders"]), (&2.into(), &3.into()));
    assert!(alone(&all, "openness").is_number() && all["u_alpha"].is_number(), "{all}");
    assert!(all["undefined"]["alpha_1995"].as_str().unwrap().contains("same coders"));
    let interval = &all["intervals"]["u_alpha_alone"][1]["interval"];
    assert!(interval["ci_low"].as_f64().unwrap() < interval["ci_high"].as_f64().unwrap(), "{interval}");
    let pairs = all["pairs"].as_array().unwrap();
    let coders: Vec<String> = pairs.iter().map(|one| one["coders"].to_string()).collect();
    assert_eq!(coders, [r#"["bk","gj"]"#, r#"["gj","mb"]"#], "bk and mb have read nothing together");
    for (pair, label) in pairs.iter().zip(["D2.gj", "D1.gj"]) {
        let wanted = json(&table(&desk, &[label]), &["spans", "--no-ci"]);
        same(&pair["u_alpha"], &wanted["u_alpha"]);
        same(alone(pair, "openness"), alone(&wanted, "openness"));
    }
    let each = desk.json(&["stats", "spans", "--by", "document", "--no-ci"]);
    let groups = each["groups"].as_array().unwrap();
    assert_eq!((&each["by"], column(&each["groups"], "group")), (&"document".into(), vec!["D1.gj", "D2.gj"]));
    for (group, pair) in groups.iter().rev().zip(pairs) {
        same(&group["u_alpha"], &pair["u_alpha"]);
    }
    let csv = json(&table(&desk, &["D1.gj"]), &["spans", "--by", "document", "--no-ci"]);
    same(&csv["groups"][0]["u_alpha"], &groups[0]["u_alpha"]);
}

#[test]
fn spans_of_a_pass_stay_and_what_nobody_read_or_was_destroyed_is_left_out() {
    let desk = passes::closed();
    let of_pass = || desk.json(&["stats", "spans", "--pass", "BP1.gj", "--no-ci"]);
    let then = of_pass();
    assert_eq!((&then["n_documents"], &then["n_coders"]), (&2.into(), &2.into()));
    assert!(then["unread"].as_u64().unwrap() > 0, "what a search made is left out");
    desk.run(&["code", "add", "D2.gj", "t4", "--code", "openness"]).done();
    assert_eq!(of_pass(), then);
    assert_ne!(desk.json(&["stats", "spans", "--no-ci"])["n_spans"], then["n_spans"]);
    desk.run(&["participant", "withdraw", "D2.gj:Oswin", "--scope", "turns", "--yes"]).done();
    let after = of_pass();
    assert_eq!(after["units_gone"], 2);
    assert!(after["length"].as_f64().unwrap() < then["length"].as_f64().unwrap());
    // bk alone had coded his words: without them everything else is as it was.
    assert_eq!(after["n_spans"].as_u64().unwrap() + 1, then["n_spans"].as_u64().unwrap());
    desk.run(&["purge", "D2.gj", "--reason", "asked to", "--yes"]).done();
    let left = of_pass();
    let d1 = &desk.json(&["stats", "spans", "--pass", "BP1.gj", "--by", "document", "--no-ci"])["groups"][0];
    assert_eq!((&left["n_documents"], &left["u_alpha"]), (&1.into(), &d1["u_alpha"]));
}
