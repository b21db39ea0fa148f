//! Agreement on units: the oracles of method reference 4.4, and a team's own codings.

use super::{close, json, stats};
use crate::desk::keys;
use serde_json::Value;
use std::fmt::Write as _;

fn metric<'j>(answer: &'j Value, name: &str) -> &'j Value {
    answer["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == name).unwrap()
}

/// Units as words: one letter a coder, `.` missing.
fn long(words: &str) -> String {
    let mut csv = "unit,coder,value\n".to_owned();
    for (unit, word) in words.split_whitespace().enumerate() {
        for (coder, value) in word.chars().enumerate().filter(|(_, value)| *value != '.') {
            writeln!(csv, "u{unit},c{coder},{value}").unwrap();
        }
    }
    csv
}

/// Two coders by a table.
fn wide(cells: &[&[usize]]) -> String {
    let mut csv = "unit,rater1,rater2\n".to_owned();
    let mut unit = 0;
    for (row, cells) in cells.iter().enumerate() {
        for (column, times) in cells.iter().enumerate() {
            for _ in 0..*times {
                unit += 1;
                writeln!(csv, "{unit},{},{}", row + 1, column + 1).unwrap();
            }
        }
    }
    csv
}

const METRICS: [&str; 13] = [
    "percent",
    "cohen_kappa",
    "weighted_kappa_linear",
    "weighted_kappa_quadratic",
    "scott_pi",
    "fleiss_kappa",
    "krippendorff_alpha_nominal",
    "krippendorff_alpha_ordinal",
    "krippendorff_alpha_interval",
    "krippendorff_alpha_ratio",
    "gwet_ac1",
    "gwet_ac2",
    "brennan_prediger",
];

const A5: &str = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.";
const A6: &str = "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 \
    224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555";
const A7: &str = "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 \
    212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. \
    222.2 223.2 222.2 22.12 2222. 111.1";
const A9: &str = ".1. ... .22 .11 .33 334 444 13. 2.2 1.1 1.1 3.3 3.3 ... 3.4";

#[test]
fn agreement_of_many_coders() {
    let a5 = json(&long(A5), &["agreement", "--metric", "all", "--bootstrap", "500"]);
    assert_eq!((&a5["n_units"], &a5["n_coders"]), (&12.into(), &4.into()));
    let names: Vec<&str> = a5["metrics"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, METRICS);
    assert_eq!(
        keys(metric(&a5, "percent"))[..7],
        ["name", "value", "observed", "expected", "ci_low", "ci_high", "undefined"]
    );
    for (name, wanted) in [
        ("percent", 0.818_182),
        ("krippendorff_alpha_nominal", 0.743_421),
        ("krippendorff_alpha_ordinal", 0.815_388),
        ("krippendorff_alpha_interval", 0.849_107),
        ("krippendorff_alpha_ratio", 0.797_403),
    ] {
        close(&metric(&a5, name)["value"], wanted, 5e-7);
    }
    for (name, wanted) in [("fleiss_kappa", 0.761_17), ("gwet_ac1", 0.775_44), ("brennan_prediger", 0.772_73)] {
        close(&metric(&a5, name)["value"], wanted, 5e-6);
    }
    for name in ["cohen_kappa", "weighted_kappa_linear", "weighted_kappa_quadratic", "scott_pi"] {
        assert_eq!(metric(&a5, name)["value"], Value::Null);
        assert!(metric(&a5, name)["undefined"].as_str().unwrap().contains("two coders"));
    }
    let stated = json(&long(A5), &["agreement", "--metric", "krippendorff_alpha_nominal"]);
    close(&metric(&stated, "krippendorff_alpha_nominal")["ci_low"], 0.41, 0.03);
    close(&metric(&stated, "krippendorff_alpha_nominal")["ci_high"], 1.0, 0.03);
    let one = |words: &str, name: &str| metric(&json(&long(words), &["agreement", "--no-ci"]), name)["value"].clone();
    close(&one(A6, "fleiss_kappa"), 0.430_245, 5e-7);
    close(&one(A6, "krippendorff_alpha_nominal"), 0.433_410, 5e-7);
    close(&one(A6, "gwet_ac1"), 0.447_885, 5e-7);
    close(&one(A7, "krippendorff_alpha_ordinal"), 0.759_829, 5e-7);
    close(&one("10 11 01 00 00 01 00 01 00 00", "krippendorff_alpha_nominal"), 0.0952, 5e-5);
    close(&one(A9, "krippendorff_alpha_nominal"), 0.691_358, 5e-7);
    close(&one(A9, "krippendorff_alpha_interval"), 0.810_845, 5e-7);
}

#[test]
fn agreement_of_two_coders_by_columns() {
    let cohen = json(&wide(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]), &["agreement", "--wide", "--no-ci"]);
    for (name, wanted) in [
        ("cohen_kappa", 0.491_525),
        ("scott_pi", 0.487_179),
        ("gwet_ac1", 0.575_972),
        ("krippendorff_alpha_nominal", 0.488_462),
    ] {
        close(&metric(&cohen, name)["value"], wanted, 5e-7);
    }
    close(&metric(&cohen, "gwet_ac2")["value"], 0.638_55, 5e-6);
    assert_eq!(metric(&cohen, "percent")["ci_low"], Value::Null);
    assert_eq!(cohen["bootstrap"], Value::Null);
    let abstractors = json(&wide(&[&[13, 0, 0], &[0, 20, 7], &[0, 4, 56]]), &["agreement", "--wide", "--no-ci"]);
    for (name, wanted) in [
        ("cohen_kappa", 0.796_409_4),
        ("scott_pi", 0.796_239_7),
        ("gwet_ac1", 0.849_330_5),
        ("krippendorff_alpha_nominal", 0.797_258_5),
    ] {
        close(&metric(&abstractors, name)["value"], wanted, 5e-8);
    }
    let poesio = json(&wide(&[&[20, 10], &[20, 50]]), &["agreement", "--wide", "--no-ci"]);
    close(&metric(&poesio, "cohen_kappa")["value"], 0.347_826, 5e-7);
    close(&metric(&poesio, "scott_pi")["value"], 0.340_659, 5e-7);
    assert_eq!(poesio["contingency"], serde_json::json!([[20.0, 10.0], [20.0, 50.0]]));
}

#[test]
fn every_resample_is_visited_where_there_are_few() {
    let b1 = json(&long("CC CM MM OO MM"), &["agreement", "--metric", "krippendorff_alpha_nominal,cohen_kappa"]);
    let alpha = metric(&b1, "krippendorff_alpha_nominal");
    close(&alpha["value"], 0.709_677, 5e-7);
    close(&alpha["ci_low"], -0.125, 1e-9);
    close(&alpha["ci_high"], 1.0, 1e-9);
    assert_eq!(alpha["dropped"], 34.0);
    close(&metric(&b1, "cohen_kappa")["value"], 0.6875, 1e-9);
    assert_eq!((&b1["bootstrap"]["resamples"], &b1["bootstrap"]["exact"]), (&3125.0.into(), &true.into()));
}

#[test]
fn a_seed_gives_the_same_interval_again() {
    let interval =
        |seed: &str| json(&long(A6), &["agreement", "--metric", "fleiss_kappa", "--bootstrap", "2000", "--seed", seed]);
    let first = interval("7");
    assert_eq!(first, interval("7"));
    assert_ne!(first["metrics"], interval("8")["metrics"]);
    close(&metric(&first, "fleiss_kappa")["ci_low"], 0.32, 0.03);
    close(&metric(&first, "fleiss_kappa")["ci_high"], 0.53, 0.03);
}

#[test]
fn what_to_talk_about_comes_before_any_number() {
    let shown = stats(&long("10 11 01 00 00 01 00 01 00 00"), &["agreement", "--no-ci"]).done().stdout;
    let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("'{words}' is not in\n{shown}"));
    assert!(at("(rows) against") < at("Coders differ on 4 units"));
    assert!(at("Coders differ on 4 units") < at("a prompt for discussion, not a gate"));
    assert!(at("a prompt for discussion, not a gate") < at("krippendorff_alpha_nominal"));
}

#[test]
fn categories_are_fixed_by_name() {
    let data = long("ab aa bb aa");
    let words = json(&data, &["agreement", "--no-ci"]);
    assert!(metric(&words, "krippendorff_alpha_ordinal")["undefined"].as_str().unwrap().contains("--categories"));
    let four = json(&data, &["agreement", "--no-ci", "--categories", "a,b,c,d"]);
    close(&metric(&four, "brennan_prediger")["expected"], 0.25, 1e-12);
    assert!(metric(&four, "krippendorff_alpha_ordinal")["value"].is_number());
    stats(&data, &["agreement", "--categories", "a,c"]).refused().says("none of --categories");
    let doubted = stats("unit,coder,value\n1,x,1\n1,y,NA\n", &["agreement", "--no-ci"]).done();
    doubted.says("'NA' counts as a category").says("--missing NA");
    let gaps = json("unit,coder,value\n1,x,1\n1,y,NA\n2,x,1\n2,y,2\n", &["agreement", "--no-ci", "--missing", "NA"]);
    close(&metric(&gaps, "percent")["value"], 0.0, 0.0);
    assert_eq!(gaps["categories"], serde_json::json!(["1", "2"]));
}

#[test]
fn by_code_and_pair_by_pair() {
    let data = "code,unit,coder,value\nhope,1,x,1\nhope,1,y,1\nhope,2,x,0\nhope,2,y,1\ntrust,1,x,1\ntrust,1,y,0\ntrust,2,x,0\ntrust,2,y,0\ntrust,1,z,1\ntrust,2,z,0\n";
    let by = json(data, &["agreement", "--by", "code", "--pairs", "--no-ci"]);
    let groups = by["groups"].as_array().unwrap();
    assert_eq!((&groups[0]["group"], &groups[1]["group"]), (&"hope".into(), &"trust".into()));
    let pairs = groups[1]["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 3);
    assert_eq!((&pairs[1]["coders"], &pairs[1]["n_units"]), (&serde_json::json!(["x", "z"]), &2.into()));
    close(&pairs[1]["metrics"][1]["value"], 1.0, 1e-12);
    let csv = stats(data, &["agreement", "--by", "code", "--pairs", "--no-ci", "--format", "csv"]).done().stdout;
    assert!(csv.starts_with("code,coders,n,name,value,ci_low,ci_high,observed,expected\n"), "{csv}");
}

#[test]
fn a_pair_counts_what_both_have_coded_and_has_an_interval() {
    // x and y share six units, and split three of them; x alone says 1 to many others.
    let mut csv = "unit,coder,value\n".to_owned();
    for (unit, (x, y)) in [(0, 0), (0, 0), (1, 1), (0, 1), (1, 0), (0, 1)].into_iter().enumerate() {
        writeln!(csv, "s{unit},x,{x}\ns{unit},y,{y}").unwrap();
    }
    let shared = csv.clone();
    for unit in 0..90 {
        writeln!(csv, "o{unit},x,1\no{unit},z,{}", unit % 2).unwrap();
    }
    let found = json(&csv, &["agreement", "--pairs"]);
    let pair = &found["pairs"][0];
    assert_eq!((&pair["coders"], &pair["n_units"]), (&serde_json::json!(["x", "y"]), &6.into()));
    let alone = json(&shared, &["agreement"]);
    assert_eq!(pair["metrics"], alone["metrics"], "what x said where y said nothing is no matter");
    let kappa = metric(pair, "fleiss_kappa");
    assert!(kappa["ci_low"].as_f64().unwrap() < kappa["value"].as_f64().unwrap(), "{kappa}");
    assert_eq!(found["pairs"][2]["n_units"], 0);
    assert!(metric(&found["pairs"][2], "percent")["undefined"].is_string(), "y and z share nothing");
    let shown = stats(&csv, &["agreement", "--pairs", "--metric", "percent", "--bootstrap", "200"]).done();
    shown.says("A pair counts the units that both have coded").says("an interval from 6 units says little");
}

#[test]
fn a_teams_own_codings() {
    let desk = crate::story::synthesis();
    desk.run(&["stats", "agreement"]).refused().says("coded by two people");
    let other = desk.as_coder("mb");
    other.run(&["join", "mb"]);
    other.run(&["code", "add", "D1.gj", "t2", "--code", "openness"]).done();
    other.run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    let found = desk.json(&["stats", "agreement", "--no-ci"]);
    let groups = found["groups"].as_array().unwrap();
    assert_eq!((&groups[0]["group"], &groups[1]["group"]), (&"distance".into(), &"openness".into()));
    // Six turns; both put openness on the second, one on the fourth, nobody on the others.
    assert_eq!((&groups[1]["n_units"], &groups[1]["n_coders"]), (&6.into(), &2.into()));
    assert_eq!(groups[1]["contingency"], serde_json::json!([[4.0, 1.0], [0.0, 1.0]]));
    close(&metric(&groups[1], "percent")["value"], 5.0 / 6.0, 1e-9);
    close(&metric(&groups[1], "cohen_kappa")["value"], (5.0 / 6.0 - 22.0 / 36.0) / (14.0 / 36.0), 1e-9);
    assert_eq!(groups[1]["disagreements"]["shown"][0]["unit"], "D1.gj/4");
    let one = desk.json(&["stats", "agreement", "--no-ci", "--code", "distance"]);
    assert_eq!(one["groups"].as_array().unwrap().len(), 1);
}

#[test]
fn a_teams_own_codings_document_by_document() {
    let desk = crate::story::synthesis();
    let other = desk.as_coder("mb");
    other.run(&["join", "mb"]);
    for at in ["t2", "t4"] {
        other.run(&["code", "add", "D1.gj", at, "--code", "openness"]).done();
    }
    let third = desk.as_coder("bk");
    third.run(&["join", "bk"]);
    for tag in ["gj", "bk"] {
        desk.as_coder(tag).run(&["code", "add", "D2.gj", "t2", "--code", "openness"]).done();
    }
    let found = desk.json(&["stats", "agreement", "--by", "document", "--bootstrap", "200"]);
    assert_eq!((&found["by"], &found["units_gone"]), (&"document".into(), &0.into()));
    let groups = found["groups"].as_array().unwrap();
    assert_eq!((&groups[0]["group"], &groups[1]["group"]), (&"D1.gj".into(), &"D2.gj".into()));
    // Two codes over six turns: openness differs on the fourth, distance on the sixth.
    assert_eq!((&groups[0]["n_units"], &groups[1]["n_units"]), (&12.into(), &8.into()));
    let percent = metric(&groups[0], "percent");
    close(&percent["value"], 10.0 / 12.0, 1e-9);
    assert!(percent["ci_low"].as_f64().unwrap() < 10.0 / 12.0, "{percent}");
    close(&metric(&groups[1], "percent")["value"], 1.0, 1e-9);
    assert_eq!(groups[0]["disagreements"]["shown"][0]["unit"], "D1.gj/6 distance");
    let one = desk.json(&["stats", "agreement", "--by", "document", "--code", "openness", "--no-ci"]);
    assert_eq!(one["groups"][0]["n_units"], 6);
    // A pair: of code by code only the document that both have coded.
    let pairs = desk.json(&["stats", "agreement", "--pairs", "--no-ci", "--code", "openness"]);
    let units = |at: usize| pairs["groups"][0]["pairs"][at]["n_units"].clone();
    assert_eq!((units(0), units(1), units(2)), (4.into(), 0.into(), 6.into()), "bk and gj, bk and mb, gj and mb");
    let refused = desk.run(&["stats", "agreement", "--by", "coffee"]).refused();
    refused.says("not by 'coffee'").says("code, document");
    desk.run(&["stats", "agreement", "--categories", "q,r"]).refused().says("--categories is for a FILE").says("--by");
    desk.run(&["stats", "agreement", "--missing", "q"]).refused().says("--missing is for a FILE");
    desk.run(&["stats", "agreement", "--of", "appraisals", "--by", "code"]).refused().says("criterion");
}

#[test]
fn faults_in_the_file_are_named_with_their_line() {
    stats("unit,coder,value\n1,a,x\n1,a,y\n", &["agreement"]).refused().says("two values for the unit 1");
    stats("unit,codr,value\n1,a,x\n", &["agreement"]).refused().says("no column 'coder'").says("codr");
    stats("unit,coder,value\n,a,x\n", &["agreement"]).refused().says("data.csv:2:");
    stats("item,member,group,rating\ni,m,g,12\n", &["ram"]).refused().says("no rating from 1 to 9");
    stats("item,member,group,rating\ni,m,g,8\ni,n,g,4.5\n", &["ram"]).refused().says("data.csv:3:").says("4.5 is no");
    stats("item,member,group,rating\ni,m,g,7\ni,m,g,8\n", &["ram"]).refused().says("has rated i before");
    stats("coder,start,end,value\na,5,3,x\n", &["spans", "--length", "9"]).refused().says("no span");
    stats("interview,new_themes\n1,many\n", &["saturation", "--base", "1", "--run", "1"]).refused().says("no number");
    stats("item,scorer,criterion,score\ni,s,c,0.7\n", &["chnri"]).refused().says("a score is 0, 0.5 or 1");
    let nothing = json("unit,coder,value\n", &["agreement"]);
    assert_eq!(nothing["n_units"], 0);
    assert!(nothing["metrics"].as_array().unwrap().iter().all(|one| one["undefined"].is_string()));
}
