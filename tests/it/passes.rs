//! What comes after a blind pass is closed: agreement on what was coded blind, and the consensus.

use crate::desk::{Desk, column};
use crate::story;
use serde_json::Value;

/// A closed pass over both conversations: on D1.gj t2 both put openness; each has some that the other has not; bk's
/// quotation in t6 lies within what gj put there.
pub fn closed() -> Desk {
    let desk = story::transcripts();
    let bk = desk.as_coder("bk");
    for command in [
        &["codebook", "add", "openness"][..],
        &["codebook", "add", "distance"],
        &["pass", "open", "round 1", "D1.gj", "D2.gj", "--coders", "gj,bk"],
        &["code", "add", "D1.gj", "t2", "--code", "openness"],
        &["code", "add", "D1.gj", "t4", "--code", "openness"],
        &["code", "add", "D1.gj", "t6", "--code", "distance"],
    ] {
        desk.run(command).done();
    }
    for command in [
        &["code", "add", "D1.gj", "--quote", "tangerine ledger", "--code", "openness"][..],
        &["code", "add", "D1.gj", "--quote", "nobody rang", "--code", "distance", "--memo", "the staff are away"],
        &["code", "add", "D2.gj", "t2", "--code", "openness"],
        &["search", "notes", "--code-as", "distance"],
        &["pass", "done", "BP1.gj"],
    ] {
        bk.run(command).done();
    }
    desk.run(&["pass", "done", "BP1.gj"]).done();
    desk.run(&["pass", "close", "BP1.gj"]).done();
    desk
}

pub fn agreement(desk: &Desk) -> Value {
    desk.json(&["stats", "agreement", "--pass", "BP1.gj", "--no-ci", "--metric", "percent,cohen_kappa"])
}

#[test]
fn agreement_on_a_pass_is_the_same_whatever_is_done_later() {
    let desk = closed();
    let then = agreement(&desk);
    // Ten units; openness: t2 of D1 by both, t4 of D1 by gj alone, t2 of D2 by bk alone.
    let openness = then["groups"].as_array().unwrap().iter().find(|one| one["group"] == "openness").unwrap();
    assert_eq!((&openness["n_units"], &openness["n_coders"]), (&10.into(), &2.into()));
    assert!((openness["metrics"][0]["value"].as_f64().unwrap() - 0.8).abs() < 1e-9, "{openness}");
    for command in [
        &["code", "add", "D2.gj", "t2", "--code", "openness"][..],
        &["code", "remove", "CD2.gj"],
        &["pass", "reconcile", "BP1.gj", "--agreed"],
    ] {
        desk.run(command).done();
    }
    desk.as_coder("bk").run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    desk.as_coder("lead").run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    assert_eq!(agreement(&desk), then);
    desk.run(&["stats", "agreement", "--no-ci"]).done().says("--pass BP1.gj");
    let far = desk.far_copy("far", "bk");
    assert_eq!(agreement(&far), then, "at every site");
    desk.forget_cache();
    assert_eq!(agreement(&desk), then);
}

#[test]
fn a_pass_that_one_person_coded_says_what_can_be_done() {
    let desk = story::transcripts();
    for command in [
        &["codebook", "add", "openness"][..],
        &["pass", "open", "round 1", "D1.gj", "--coders", "gj,bk"],
        &["code", "add", "D1.gj", "t2", "--code", "openness"],
    ] {
        desk.run(command).done();
    }
    for command in [&["stats", "agreement"][..], &["report", "disagreements"]] {
        let refused = desk.run(command).refused().says("BP1.gj is still open");
        assert!(!refused.stderr.contains("a second coder codes the same document"), "{}", refused.stderr);
    }
    desk.run(&["pass", "done", "BP1.gj"]).done();
    desk.run(&["pass", "close", "BP1.gj", "--even-so", "bk is ill"]).done();
    let refused = desk.run(&["stats", "agreement", "--pass", "BP1.gj"]).refused().says("nothing was there by bk");
    assert!(refused.stderr.contains("realist pass open 'Second try' D1.gj --coders gj,bk"), "{}", refused.stderr);
}

#[test]
fn a_pass_is_settled_passage_by_passage() {
    let desk = closed();
    let open = desk.json(&["pass", "reconcile", "BP1.gj"]);
    assert_eq!(column(&open, "place"), ["D1.gj/2", "D1.gj/4", "D1.gj/6", "D2.gj/2"], "{open}");
    assert_eq!(column(&open, "code"), ["openness", "openness", "distance", "openness"]);
    let agreed: Vec<bool> = open.as_array().unwrap().iter().map(|one| one["agreed"].as_bool().unwrap()).collect();
    assert_eq!(agreed, [true, false, true, false], "what a search found was read by nobody");
    assert_eq!(open[2]["coders"]["bk"][0]["memo"], "the staff are away");
    assert_eq!(open[1]["coders"]["bk"].as_array().unwrap().len(), 0);
    assert!(open[2]["text"].as_str().unwrap().contains("buses stopped"), "all words that anybody coded");

    let taken = desk.json(&["pass", "reconcile", "BP1.gj", "--agreed"]);
    assert_eq!(taken["settled"].as_array().unwrap().len(), 2);
    desk.run(&["pass", "reconcile", "BP1.gj", "--agreed"]).done().says("nothing changed");
    desk.run(&["pass", "reconcile", "BP1.gj", "2", "--keep"]).refused().says("needs a reason");
    desk.run(&["pass", "reconcile", "BP1.gj", "9", "--keep", "--reason", "so"]).refused().says("no passage '9'");
    let other = ["pass", "reconcile", "BP1.gj", "2", "--code", "distance", "--reason", "it keeps her away"];
    desk.run(&other).done();
    desk.run(&other).done().says("nothing changed");
    desk.run(&["pass", "reconcile", "BP1.gj", "4", "--drop", "--reason", "not about notes"]).done();
    assert_eq!(desk.json(&["pass", "reconcile", "BP1.gj"]).as_array().unwrap().len(), 0);
    let all = desk.json(&["pass", "reconcile", "BP1.gj", "--list"]);
    let verdicts: Vec<&str> =
        all.as_array().unwrap().iter().map(|one| one["settled"]["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["agreed", "other", "agreed", "drop"]);
    assert_eq!(all[1]["settled"]["code"], "distance");

    // A decision is changed by deciding again, and taken back by an undo.
    desk.run(&["pass", "reconcile", "BP1.gj", "2", "--drop", "--reason", "on second thoughts"]).done();
    assert_eq!(desk.json(&["code", "list", "--by", "consensus"]).as_array().unwrap().len(), 2);
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["code", "list", "--by", "consensus"]).as_array().unwrap().len(), 3);
    // Without its coding, nothing is settled.
    desk.run(&["code", "remove", "CD4.gj"]).done();
    assert_eq!(desk.json(&["pass", "reconcile", "BP1.gj"]).as_array().unwrap().len(), 1);
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn one_judgement_is_counted_once() {
    let desk = closed();
    let total = |query: &str| desk.json(&["query", "run", query])["total"].clone();
    assert_eq!(total("code:openness"), 4);
    desk.run(&["pass", "reconcile", "BP1.gj", "--agreed"]).done();
    assert_eq!(total("code:openness"), 3, "t2 of D1 once; what is open as before");
    desk.run(&["query", "run", "code:openness"]).says("4 codings that coders settled").says("layer:coders");
    assert_eq!(total("code:openness AND layer:coders"), 4);
    assert_eq!(total("code:openness AND layer:consensus"), 1);
    assert_eq!(total("layer:consensus"), 2);
    assert_eq!(total("code:openness layer:coders coder:bk"), 2);
    assert_eq!(total("NOT layer:consensus"), 8);
    assert_eq!(desk.json(&["search", "code:openness"])["total"], 3);
    assert_eq!(desk.json(&["search", "code:openness layer:consensus"])["total"], 1);
    let quotations = |arguments: &[&str]| desk.json(arguments)["total"].clone();
    assert_eq!(quotations(&["matrix", "codes", "openness"]), 3);
    assert_eq!(quotations(&["matrix", "codes", "openness", "--where", "layer:coders"]), 4);
    let own = desk.json(&["codebook", "list"]);
    assert_eq!((&own[0]["codings"], &own[0]["unread"]), (&1.into(), &3.into()), "distance: one settled");
    // What is coded later is a judgement of its own.
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "distance"]).done();
    assert_eq!(total("code:distance AND coder:gj"), 1);
    desk.run(&["query", "run", "layer:both"]).refused();
}

#[test]
fn a_sheet_goes_to_a_meeting_and_back() {
    let desk = closed();
    desk.run(&["pass", "reconcile", "BP1.gj", "--to", "meeting.csv"]).done().says("4 passages to settle");
    desk.run(&["pass", "reconcile", "BP1.gj", "--to", "meeting.csv"]).refused();
    let sheet = std::fs::read_to_string(desk.room().join("meeting.csv")).unwrap();
    assert_eq!(sheet.matches(",agreed,").count(), 2, "{sheet}");
    let mut lines: Vec<String> = sheet.lines().map(str::to_owned).collect();
    assert_eq!(lines.len(), 5, "{sheet}");
    lines[2] = lines[2].replace(",,,,", ",other,distance,D1.gj/4,both read it so");
    lines[4] = lines[4].replace(",,,,", ",drop,,,not about notes");
    lines[1..].reverse();
    desk.file("filled.csv", lines.join("\n"));
    let before = desk.journal();
    desk.run(&["pass", "reconcile", "BP1.gj", "--from", "filled.csv", "--dry-run"]).done().says("settled 4 passages");
    assert_eq!(desk.journal(), before);
    desk.run(&["pass", "reconcile", "BP1.gj", "--from", "filled.csv"]).done().says("settled 4 passages");
    desk.run(&["pass", "reconcile", "BP1.gj", "--from", "filled.csv"]).done().says("nothing changed");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["pass", "reconcile", "BP1.gj"]).as_array().unwrap().len(), 4, "one step");
}

#[test]
fn two_sites_that_settle_one_pass_agree() {
    let desk = closed();
    let far = desk.far_copy("far", "bk");
    for site in [&desk, &far] {
        site.run(&["pass", "reconcile", "BP1.gj", "--agreed"]).done();
    }
    desk.run(&["pass", "reconcile", "BP1.gj", "2", "--keep", "--reason", "she came back"]).done();
    far.run(&["pass", "reconcile", "BP1.gj", "2", "--drop", "--reason", "it is about trust"]).done();
    let (here, there) = (desk.project.to_str().unwrap(), far.project.to_str().unwrap());
    let merged =
        desk.run(&["merge", there]).done().says("1 conflict to look at").says("openness at D1.gj/4 was settled by two");
    assert!(!format!("{}{}", merged.stdout, merged.stderr).contains(['{', '┌']), "{}{}", merged.stdout, merged.stderr);
    far.run(&["merge", here]).done();
    let list = |site: &Desk| site.json(&["code", "list", "--by", "consensus"]);
    let settled = |site: &Desk| site.json(&["pass", "reconcile", "BP1.gj", "--list"]);
    assert_eq!((list(&desk), settled(&desk)), (list(&far), settled(&far)));
    assert_eq!(
        desk.json(&["query", "run", "layer:consensus AND code:openness"])["total"],
        far.json(&["query", "run", "layer:consensus AND code:openness"])["total"]
    );
    // What both took over alike is no conflict; the other is told in words, and listed as open.
    let told = desk.run(&["check"]).negative().says("BP1.gj: openness at D1.gj/4 was settled by two people");
    assert_eq!(
        told.stdout.matches("unaware of each other:").count() + told.stderr.matches("unaware of each other:").count(),
        1
    );
    assert!(!told.stderr.contains('{') && !told.stderr.contains("settled:"), "{}", told.stderr);
    let open = desk.json(&["pass", "reconcile", "BP1.gj"]);
    assert_eq!(column(&open, "place"), ["D1.gj/4", "D2.gj/2"]);
    let (stands, not) = (open[0]["settled"]["verdict"].clone(), open[0]["rivals"][0]["said"].as_str().unwrap());
    assert!((stands == "drop") == not.starts_with("keep"), "{open}");
    // Deciding once more settles it, also where it is decided as it stood.
    let again = if stands == "drop" { ("--drop", "it is about trust") } else { ("--keep", "she came back") };
    desk.run(&["pass", "reconcile", "BP1.gj", "2", again.0, "--reason", again.1]).done();
    desk.run(&["check"]).done();
    assert_eq!(column(&desk.json(&["pass", "reconcile", "BP1.gj"]), "place"), ["D2.gj/2"]);
    desk.run(&["pass", "reconcile", "BP1.gj", "2", "--keep", "--reason", "we talked it over"]).done();
    assert_eq!(desk.json(&["query", "run", "layer:consensus AND code:openness"])["total"], 2);
}

#[test]
fn consensus_codings_go_where_codings_go() {
    let desk = closed();
    desk.run(&["pass", "reconcile", "BP1.gj", "--agreed"]).done();
    desk.run(&["codebook", "merge", "distance", "--into", "openness"]).done();
    assert_eq!(desk.json(&["query", "run", "layer:consensus AND code:openness"])["total"], 2);
    desk.run(&["pass", "reconcile", "BP1.gj", "2", "--code", "distance", "--reason", "so"]).done();
    assert_eq!(desk.json(&["query", "run", "layer:consensus AND code:openness"])["total"], 3, "the heir is meant");
    desk.file("marguerite-carnwath.txt", story::INTERVIEW.replace("first appointment", "very first appointment"));
    desk.run(&["import", "marguerite-carnwath.txt", "--update"]).done();
    assert_eq!(desk.json(&["query", "run", "layer:consensus"])["total"], 3, "carried over");
    assert_eq!(desk.json(&["pass", "reconcile", "BP1.gj", "--list"]).as_array().unwrap().len(), 4);
    let then = agreement(&desk);
    assert_eq!(then["groups"][0]["n_units"], 10, "of the text as it was");
    desk.run(&["purge", "D1.gj", "--reason", "consent withdrawn", "--yes"]).done();
    assert_eq!(desk.json(&["query", "run", "layer:consensus"])["total"], 0);
    desk.run(&["pass", "reconcile", "BP1.gj", "--list"]).done();
    desk.run(&["check", "--deep"]).done();
}
