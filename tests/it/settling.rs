//! Agreement, the agenda and the passages to settle say one thing: also after a withdrawal, at two sites, in two passes.

use crate::desk::{Desk, column, files_below};
use crate::passes::{agreement, closed};
use crate::story;
use serde_json::Value;
use std::collections::BTreeSet;

fn group<'v>(answer: &'v Value, code: &str) -> &'v Value {
    answer["groups"].as_array().unwrap().iter().find(|one| one["group"] == code).unwrap()
}

/// Units on which a code is in dispute, as agreement lists them.
fn disputed(desk: &Desk, code: &str) -> BTreeSet<String> {
    let found = desk.json(&["stats", "agreement", "--pass", "BP1.gj", "--no-ci", "--metric", "percent"]);
    let shown = group(&found, code)["disagreements"]["shown"].as_array().unwrap().clone();
    shown.iter().map(|one| one["unit"].as_str().unwrap().to_owned()).collect()
}

/// The units of places such as `D1.gj/2` and `D1.gj/2..4`.
fn units(places: &[&str]) -> BTreeSet<String> {
    let mut units = BTreeSet::new();
    for place in places {
        let (document, range) = place.split_once('/').unwrap();
        let (first, last) = range.split_once("..").or_else(|| range.split_once('-')).unwrap_or((range, range));
        let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
        units.extend((first..=last).map(|unit| format!("{document}/{unit}")));
    }
    units
}

/// gj and bk put openness on other words of one turn, and on turns that overlap in part.
fn halves() -> Desk {
    let desk = story::transcripts();
    let bk = desk.as_coder("bk");
    desk.run(&["codebook", "add", "openness"]).done();
    desk.run(&["codebook", "add", "distance"]).done();
    desk.run(&["pass", "open", "round 1", "D1.gj", "D2.gj", "--coders", "gj,bk"]).done();
    for (coder, codings) in [
        (&desk, [["--quote", "tangerine ledger"], ["--quote", "never hid the notes"]]),
        (&bk, [["--quote", "every line of it"], ["--quote", "I trusted her"]]),
    ] {
        for [option, words] in codings {
            coder.run(&["code", "add", "D1.gj", option, words, "--code", "openness"]).done();
        }
    }
    desk.run(&["code", "add", "D2.gj", "t1..3", "--code", "distance"]).done();
    bk.run(&["code", "add", "D2.gj", "t3..4", "--code", "distance"]).done();
    for coder in [&desk, &bk] {
        coder.run(&["pass", "done", "BP1.gj"]).done();
    }
    desk.run(&["pass", "close", "BP1.gj"]).done();
    desk
}

#[test]
fn what_the_figure_counts_is_what_is_open_and_on_the_agenda() {
    let desk = halves();
    let items = desk.json(&["pass", "reconcile", "BP1.gj"]);
    assert_eq!(column(&items, "place"), ["D1.gj/2", "D1.gj/4", "D2.gj/1..4"]);
    let flags = |key: &str| items.as_array().unwrap().iter().map(|one| one[key] == true).collect::<Vec<_>>();
    assert_eq!(flags("agreed"), [true, true, false], "other words of one unit are no disagreement");
    assert_eq!(flags("same_words"), [false; 3]);
    desk.run(&["pass", "reconcile", "BP1.gj"]).says("all agree, on other words");
    assert!(disputed(&desk, "openness").is_empty());
    let differ = disputed(&desk, "distance");
    assert_eq!(differ, units(&["D2.gj/1..2", "D2.gj/4"]));
    assert!(differ.is_subset(&units(&["D2.gj/1..4"])));
    let agenda = desk.json(&["report", "disagreements", "--pass", "BP1.gj", "--show"]);
    assert_eq!(agenda["pass"]["id"], "BP1.gj");
    assert_eq!(column(&agenda["codes"], "name"), ["distance"]);
    assert_eq!(units(&column(&agenda["codes"][0]["places"], "place")), differ);
    // The codings of today are another question.
    desk.run(&["code", "add", "D2.gj", "t4", "--code", "distance"]).done();
    assert_eq!(disputed(&desk, "distance"), differ);
    desk.run(&["report", "disagreements", "--pass", "BP1.gj", "--to", "md"]).done();
    let paper = std::fs::read_to_string(desk.project.join("outputs/disagreements-BP1.gj.md")).unwrap();
    assert!(paper.contains("round 1 (BP1.gj)"), "{paper}");
    desk.run(&["report", "agenda", "--pass", "BP1.gj"]).refused().says("--pass");
    desk.run(&["purge", "D2.gj", "--reason", "asked to", "--yes"]).done();
    assert!(!desk.project.join("outputs/disagreements-BP1.gj.md").exists());
}

/// Of a code: its places, each with whether it is open and the verdict.
fn standing(agenda: &Value, code: &str) -> Vec<(String, bool, Option<String>)> {
    let code = agenda["codes"].as_array().unwrap().iter().find(|one| one["name"] == code).unwrap();
    let of = |place: &Value| {
        let since = &place["since"];
        let verdict = since["settled"]["verdict"].as_str().map(str::to_owned);
        (place["place"].as_str().unwrap().to_owned(), since["open"] == true, verdict)
    };
    code["places"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn the_agenda_of_a_pass_says_what_was_settled_since() {
    let desk = closed();
    let agenda = || desk.json(&["report", "disagreements", "--pass", "BP1.gj", "--show"]);
    let before = agenda();
    let (first, second) = ("D1.gj/4".to_owned(), "D2.gj/2".to_owned());
    assert_eq!(standing(&before, "openness"), [(first.clone(), true, None), (second.clone(), true, None)]);
    assert_eq!((&before["open"], &before["settled"]), (&2.into(), &0.into()));
    let number = |at: usize| before["codes"][0]["places"][at]["since"]["passage"].to_string();
    assert_eq!(before["codes"][0]["name"], "openness");
    let drop = ["pass", "reconcile", "BP1.gj", &number(0), "--drop", "--reason", "REASONWORDS it is trust"];
    desk.at_time("2026-11-03T10:00:00Z").run(&drop).done();
    let said = |verdict: &str| Some(verdict.to_owned());
    let (open, settled) = ((second.clone(), true, None), (first.clone(), false, said("drop")));
    assert_eq!(standing(&agenda(), "openness"), [open, settled], "what is open comes first");
    let other = ["pass", "reconcile", "BP1.gj", &number(1), "--code", "distance", "--reason", "staff are away"];
    desk.run(&other).done();
    let after = agenda();
    assert_eq!((&after["open"], &after["settled"]), (&0.into(), &2.into()));
    assert_eq!(standing(&after, "openness"), [(first, false, said("drop")), (second.clone(), false, said("other"))]);
    let of = |code: &str| after["codes"].as_array().unwrap().iter().find(|one| one["name"] == code).unwrap().clone();
    let settled = &of("openness")["places"][0]["since"]["settled"];
    assert_eq!((&settled["by"], &settled["on"]), (&"gj".into(), &"2026-11-03".into()));
    assert_eq!((&settled["reason"], &settled["code"]), (&"REASONWORDS it is trust".into(), &Value::Null));
    assert_eq!(of("openness")["places"][1]["since"]["settled"]["code"], "distance");
    desk.run(&["report", "disagreements", "--pass", "BP1.gj", "--to", "md", "--to", "csv"]).done();
    let read = |name: &str| std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap();
    let paper = read("disagreements-BP1.gj.md");
    assert!(paper.contains("0 open, 2 settled since."), "{paper}");
    assert!(paper.contains("the code goes") && paper.contains("settled by gj on 2026-11-03: REASONWORDS it is trust"));
    assert!(paper.contains("instead: distance"));
    let sheet = read("disagreements-BP1.gj.csv");
    assert_eq!(sheet.matches(",settled,").count(), 2, "{sheet}");
    let others = desk.run(&["report", "disagreements", "--pass", "BP1.gj", "--for", "meeting", "--show"]).done();
    assert!(!others.stdout.contains("REASONWORDS"), "a reason may quote");
    // Taken back, it is open again.
    desk.run(&["undo"]).done();
    assert_eq!(standing(&agenda(), "openness")[0], (second, true, None));
}

#[test]
fn words_that_are_gone_are_missing_and_no_judgement() {
    let desk = halves();
    let before = agreement(&desk);
    assert_eq!((&group(&before, "distance")["n_units"], &before["units_gone"]), (&10.into(), &0.into()));
    // Oswin speaks in turns 2 and 4 of the group.
    desk.run(&["participant", "withdraw", "D2.gj:Oswin", "--scope", "turns", "--yes"]).done();
    let after = agreement(&desk);
    assert_eq!(after["units_gone"], 2);
    desk.run(&["stats", "agreement", "--pass", "BP1.gj", "--no-ci"]).says("2 units left out");
    assert_eq!(group(&after, "openness")["n_units"], 8);
    // All of distance stood on his words, if only in part: of units 1 and 3 nobody's judgement is left.
    assert_eq!((&group(&after, "distance")["n_units"], disputed(&desk, "distance").len()), (&7.into(), 0));
    assert_eq!(column(&desk.json(&["pass", "reconcile", "BP1.gj"]), "place"), ["D1.gj/2", "D1.gj/4"]);
    desk.run(&["pass", "reconcile", "BP1.gj"]).says("1 passage left out");
    assert_eq!(desk.json(&["pass", "reconcile", "BP1.gj", "--list"]).as_array().unwrap().len(), 3);
    let agenda = desk.json(&["report", "disagreements", "--pass", "BP1.gj", "--show"]);
    assert_eq!((&agenda["units_gone"], agenda["codes"].as_array().unwrap().len()), (&2.into(), 0));
    assert_eq!(desk.json(&["stats", "agreement", "--no-ci"])["units_gone"], 2, "and of the codings as they are");
    desk.run(&["stats", "saturation", "--base", "1", "--run", "1"]).says("2 codings left out");
    // A document that was destroyed says nothing at all.
    desk.run(&["purge", "D2.gj", "--reason", "asked to", "--yes"]).done();
    let after = agreement(&desk);
    assert_eq!((&group(&after, "openness")["n_units"], &after["units_gone"]), (&6.into(), &4.into()));
}

#[test]
fn a_memo_on_a_coding_goes_with_the_words() {
    let desk = story::synthesis();
    let memo = "Oswin of all people";
    desk.run(&["code", "add", "D2.gj", "t2", "--code", "openness", "--code", "distance", "--memo", memo]).done();
    desk.run(&["code", "add", "D2.gj", "t3", "--code", "openness", "--memo", "nobody else"]).done();
    let shown = desk.json(&["code", "list", "--document", "D2.gj"]);
    assert_eq!(shown[0]["memo"], memo);
    assert_eq!(desk.json(&["memo", "list"]).as_array().unwrap().len(), 3);
    assert!(!desk.journal().contains(memo), "what it says is sealed");
    let plan = desk.json(&["participant", "withdraw", "D2.gj:Oswin", "--scope", "turns", "--dry-run"]);
    assert_eq!((plan["codings"].as_array().unwrap().len(), plan["memos"].as_array().unwrap().len()), (2, 2));
    desk.run(&["participant", "withdraw", "D2.gj:Oswin", "--scope", "turns", "--yes"]).done();
    let holding = |words: &str| {
        let files = files_below(&desk.project);
        files.iter().filter(|file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).contains(words)).count()
    };
    assert_eq!((holding(memo), holding("nobody else")), (0, 1));
    assert!(desk.json(&["code", "list", "--document", "D2.gj"])[0]["memo"].is_null());
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn a_withdrawal_counts_what_an_open_pass_hides() {
    let desk = story::synthesis();
    desk.run(&["pass", "open", "round 1", "D2.gj", "--coders", "gj,bk"]).done();
    let bk = desk.as_coder("bk");
    bk.run(&["code", "add", "D2.gj", "t2", "--code", "openness", "--memo", "a note"]).done();
    desk.run(&["code", "add", "D2.gj", "t4", "--code", "openness"]).done();
    let typed = ["participant", "withdraw", "D2.gj:Oswin", "--scope", "turns"];
    let plan = desk.json(&[&typed[..], &["--dry-run"]].concat());
    assert_eq!((plan["codings"].as_array().unwrap().len(), &plan["unseen"]), (1, &2.into()), "{plan}");
    let done = desk.json(&[&typed[..], &["--yes"]].concat());
    assert_eq!((&done["codings"], &done["unseen"], &done["files"]), (&plan["codings"], &2.into(), &plan["files"]));
}

#[test]
fn a_pass_closed_at_two_sites_is_closed_once_more_over_the_work_of_both() {
    let desk = story::transcripts();
    desk.run(&["codebook", "add", "openness"]).done();
    desk.run(&["pass", "open", "round 1", "D1.gj", "--coders", "gj,bk"]).done();
    let far = desk.far_copy("far", "bk");
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "openness"]).done();
    far.run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    for site in [&desk, &far] {
        site.run(&["pass", "close", "BP1.gj", "--even-so", "the other is away"]).done();
    }
    let (here, there) = (desk.project.to_str().unwrap(), far.project.to_str().unwrap());
    desk.run(&["merge", there]).done();
    far.run(&["merge", here]).done();
    let told = desk.run(&["check"]).negative().says("closed by two people").says("realist pass close BP1.gj");
    assert!(!told.stderr.contains('{'), "{}", told.stderr);
    for site in [&desk, &far] {
        site.run(&["pass", "close", "BP1.gj"]).done();
        site.run(&["check"]).done();
        site.run(&["pass", "close", "BP1.gj"]).refused().says("was closed by");
        assert_eq!(column(&site.json(&["pass", "reconcile", "BP1.gj"]), "place"), ["D1.gj/2", "D1.gj/4"]);
    }
    // Both said the same: nothing is left to settle once they have each other's.
    desk.run(&["merge", there]).done();
    desk.run(&["check"]).done();
}

#[test]
fn two_codes_for_one_passage_are_told_by_name_and_settled_by_a_drop() {
    let desk = closed();
    desk.run(&["codebook", "add", "hope"]).done();
    let far = desk.far_copy("far", "bk");
    for (site, code) in [(&desk, "distance"), (&far, "hope")] {
        site.run(&["pass", "reconcile", "BP1.gj", "2", "--code", code, "--reason", "so"]).done();
    }
    let said = desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let told = said.says("the code distance (gj)").says("the code hope (bk)").says("1 conflict to look at");
    assert!(!told.stderr.contains('{'), "{}", told.stderr);
    let open = desk.json(&["pass", "reconcile", "BP1.gj"]);
    assert!(open[1]["rivals"][0]["said"].as_str().unwrap().starts_with("as "), "{open}");
    let agenda = desk.json(&["report", "disagreements", "--pass", "BP1.gj", "--show"]);
    let codes = agenda["codes"].as_array().unwrap();
    let places = codes.iter().flat_map(|code| code["places"].as_array().unwrap());
    let disputed: Vec<&Value> = places.map(|place| &place["since"]).filter(|since| since["passage"] == 2).collect();
    let [since] = disputed[..] else { panic!("{agenda}") };
    assert!(since["open"] == true && !since["settled"].is_null(), "settled two ways: {since}");
    assert!(since["rivals"][0]["said"].as_str().unwrap().starts_with("as "), "{since}");
    desk.run(&["pass", "reconcile", "BP1.gj", "2", "--drop", "--reason", "neither"]).done();
    desk.run(&["check"]).done();
}

#[test]
fn a_removal_and_a_correction_elsewhere_leave_the_words_where_they_are() {
    let desk = closed();
    desk.run(&["code", "remove", "CD2.gj"]).done();
    desk.file("marguerite-carnwath.txt", story::INTERVIEW.replace("first appointment", "very first appointment"));
    desk.run(&["import", "marguerite-carnwath.txt", "--update"]).done();
    let open = desk.json(&["pass", "reconcile", "BP1.gj"]);
    assert_eq!(open[1]["place"], "D1.gj/4", "{open}");
    desk.run(&["pass", "reconcile", "BP1.gj", "2", "--keep", "--reason", "it is said there"]).done();
    let settled = desk.json(&["code", "list", "--by", "consensus"]);
    assert!(settled[0]["text"].as_str().unwrap().contains("never hid the notes"), "{settled}");
}

#[test]
fn another_code_goes_on_other_words_at_once() {
    let desk = closed();
    let words = ["--code", "distance", "--quote", "never hid the notes", "--reason", "only this, and as distance"];
    desk.run(&[&["pass", "reconcile", "BP1.gj", "2"], &words[..]].concat()).done();
    let settled = &desk.json(&["pass", "reconcile", "BP1.gj", "--list"])[1]["settled"];
    assert_eq!((&settled["code"], &settled["text"]), (&"distance".into(), &"never hid the notes".into()));
    let both = desk.run(&["pass", "reconcile", "BP1.gj", "2", "--keep", "--code", "distance", "--reason", "so"]);
    assert_eq!(both.code, Some(2), "it stays or it is another");
}

#[test]
fn a_place_in_two_passes_counts_in_each_figure_and_once_in_what_was_settled() {
    let desk = closed();
    let first = agreement(&desk);
    let bk = desk.as_coder("bk");
    desk.run(&["pass", "open", "round 2", "D1.gj", "--coders", "gj,bk"]).done();
    bk.run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    for coder in [&desk, &bk] {
        coder.run(&["pass", "done", "BP2.gj"]).done();
    }
    desk.run(&["pass", "close", "BP2.gj"]).done();
    assert_eq!(agreement(&desk)["groups"], first["groups"]);
    desk.run(&["stats", "agreement", "--pass", "BP2.gj", "--no-ci"]).says("D1.gj in BP1.gj too");
    let total = || desk.json(&["query", "run", "layer:consensus AND code:openness"])["total"].clone();
    desk.run(&["pass", "reconcile", "BP1.gj", "--agreed"]).done();
    assert_eq!(total(), 1);
    desk.run(&["pass", "reconcile", "BP2.gj", "--agreed"]).done();
    assert_eq!(total(), 2, "turn 2 once, though both passes settled it; turn 4 of the second");
    desk.run(&["pass", "reconcile", "BP1.gj", "1", "--drop", "--reason", "not there after all"]).done();
    assert_eq!(total(), 1, "what was decided last counts");
    // Every view counts each judgement once, and nobody is called consensus.
    let listed = desk.json(&["codebook", "list"]);
    let counted: u64 = listed.as_array().unwrap().iter().map(|code| code["codings"].as_u64().unwrap()).sum();
    let status = desk.json(&["status"]);
    let codings = status["counts"].as_array().unwrap().iter().find(|row| row["what"] == "codings").unwrap();
    assert_eq!(codings["n"], counted, "{status}");
    assert_eq!(column(&desk.json(&["theory", "coders"]), "coder"), ["bk", "gj"]);
    assert!(desk.json(&["codebook", "show", "openness"])["by_coder"].get("consensus").is_none());
}

#[test]
fn a_code_merged_since_is_said_to_be() {
    let desk = closed();
    let then = agreement(&desk);
    desk.run(&["codebook", "merge", "distance", "--into", "openness"]).done();
    let now = agreement(&desk);
    assert_eq!(now["groups"], then["groups"]);
    assert!(
        now["notes"][0].as_str().unwrap().starts_with("distance was merged into openness since"),
        "{}",
        now["notes"]
    );
    let of = |more: &[&str]| desk.json(&[&["stats", "agreement", "--no-ci", "--metric", "percent"], more].concat());
    let asked = of(&["--pass", "BP1.gj", "--code", "distance"]);
    assert_eq!(asked["groups"][0]["group"], "distance");
    let heir = of(&["--pass", "BP1.gj", "--code", "openness"]);
    assert!(heir["notes"][0].as_str().unwrap().contains("is not among it"), "{}", heir["notes"]);
    let today = of(&["--code", "distance"]);
    assert_eq!(today["groups"][0]["group"], "openness");
    assert!(today["notes"][0].as_str().unwrap().starts_with("distance was merged into openness: counted is"));
}

#[test]
fn what_is_wrong_with_many_intervals_is_said_in_one_line() {
    let desk = closed();
    let said = desk.run(&["stats", "agreement", "--bootstrap", "200"]).done();
    assert_eq!(said.stderr.matches("of the resamples").count(), 1, "{}", said.stderr);
    assert_eq!(said.stderr.matches("says little").count(), 1, "{}", said.stderr);
}
