//! The oracles of the method reference through the command: data as CSV in, JSON out.

use crate::desk::{Answer, Desk, keys};
use serde_json::Value;
use std::fmt::Write as _;

/// A desk in a folder that holds no project.
fn outside(name: &str, content: &str) -> (Desk, String) {
    let desk = Desk::bare();
    let file = desk.file(name, content);
    (desk, file)
}

fn stats(content: &str, arguments: &[&str]) -> Answer {
    let (desk, file) = outside("data.csv", content);
    desk.outside(&[&["stats", arguments[0], &file], &arguments[1..]].concat())
}

#[track_caller]
fn json(content: &str, arguments: &[&str]) -> Value {
    stats(content, &[arguments, &["--format", "json"]].concat()).done().json()
}

#[track_caller]
fn close(value: &Value, wanted: f64, tolerance: f64) {
    let number = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((number - wanted).abs() <= tolerance, "{number} is not {wanted}");
}

fn metric<'j>(answer: &'j Value, name: &str) -> &'j Value {
    answer["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == name).unwrap()
}

fn item<'j>(answer: &'j Value, name: &str) -> &'j Value {
    answer["items"].as_array().unwrap().iter().find(|item| item["item"] == name).unwrap()
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
    close(&metric(&a5, "krippendorff_alpha_nominal")["ci_low"], 0.41, 0.05);
    for name in ["cohen_kappa", "weighted_kappa_linear", "weighted_kappa_quadratic", "scott_pi"] {
        assert_eq!(metric(&a5, name)["value"], Value::Null);
        assert!(metric(&a5, name)["undefined"].as_str().unwrap().contains("two coders"));
    }
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
    assert_eq!(pairs[1]["coders"], serde_json::json!(["x", "z"]));
    close(&pairs[1]["metrics"][1]["value"], 1.0, 1e-12);
    let csv = stats(data, &["agreement", "--by", "code", "--pairs", "--no-ci", "--format", "csv"]).done().stdout;
    assert!(csv.starts_with("code,coders,name,value,ci_low,ci_high,observed,expected\n"), "{csv}");
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
fn faults_in_the_file_are_named_with_their_line() {
    stats("unit,coder,value\n1,a,x\n1,a,y\n", &["agreement"]).refused().says("two values for the unit 1");
    stats("unit,codr,value\n1,a,x\n", &["agreement"]).refused().says("no column 'coder'").says("codr");
    stats("unit,coder,value\n,a,x\n", &["agreement"]).refused().says("data.csv:2:");
    stats("item,member,group,rating\ni,m,g,12\n", &["ram"]).refused().says("no rating from 1 to 9");
    stats("item,member,group,rating\ni,m,g,7\ni,m,g,8\n", &["ram"]).refused().says("has rated i before");
    stats("coder,start,end,value\na,5,3,x\n", &["spans", "--length", "9"]).refused().says("no span");
    stats("interview,new_themes\n1,many\n", &["saturation", "--base", "1", "--run", "1"]).refused().says("no number");
    stats("item,scorer,criterion,score\ni,s,c,0.7\n", &["chnri"]).refused().says("a score is 0, 0.5 or 1");
    let nothing = json("unit,coder,value\n", &["agreement"]);
    assert_eq!(nothing["n_units"], 0);
    assert!(nothing["metrics"].as_array().unwrap().iter().all(|one| one["undefined"].is_string()));
}

#[test]
fn spans() {
    let u1 = "coder,start,end,value\na,0,10,C\na,20,30,M\na,40,60,O\nb,2,12,C\nb,20,28,M\nb,45,60,C\nb,70,80,M\n";
    let u1 = json(u1, &["spans", "--length", "100"]);
    for (key, wanted) in
        [("u_alpha", 0.415_704), ("bar_u_alpha", 0.580_541), ("cu_alpha", 0.367_865), ("cu_coverage", 0.31)]
    {
        close(&u1[key], wanted, 5.001e-7);
    }
    let codes = [("C", 0.209_996, 0.885_714), ("M", 1.0, 0.571_429), ("O", 0.0, 0.75)];
    for (code, (value, alpha, coverage)) in u1["ku_alpha"].as_array().unwrap().iter().zip(codes) {
        assert_eq!(code["value"], value);
        close(&code["alpha"], alpha, 5e-7);
        close(&code["coverage"], coverage, 5e-7);
    }
    let u2 = "coder,start,end,value\nAlex,2,5,1\nAlex,9,11,1\nAlex,12,20,2\nPaul,2,5,1\nPaul,7,15,2\nSusan,2,5,1\nSusan,10,15,2\n";
    let u2 = json(u2, &["spans", "--length", "20"]);
    for (key, wanted) in [("u_alpha", 0.473_913), ("bar_u_alpha", 0.432_812), ("cu_alpha", 0.778_882)] {
        close(&u2[key], wanted, 5.001e-7);
    }
    close(&u2["ku_alpha"][0]["alpha"], 0.769_252, 5e-7);
    close(&u2["ku_alpha"][1]["alpha"], 0.786_971, 5e-7);
    let u3 = "coder,start,end,value\na,3,15,k\na,22,53,k\nb,3,10,k\nb,22,53,k\nc,22,46,k\n";
    let u3 = json(u3, &["spans", "--length", "56"]);
    close(&u3["u_alpha"], 0.564_545, 5e-7);
    close(&u3["bar_u_alpha"], 0.564_545, 5e-7);
    assert!(u3["undefined"]["cu_alpha"].as_str().unwrap().contains("only one value"));
    let u5 = "coder,start,end,value\na,2,10,v\na,14,20,v\nb,4,8,v\nb,15,17,v\n";
    close(&json(u5, &["spans", "--length", "24"])["u_alpha"], 0.358_333, 5e-7);
    let older = "coder,start,end,value\ni,225,295,c\ni,370,400,c\ni,180,240,k\ni,300,350,k\nj,220,300,c\nj,355,375,c\nj,400,420,c\nj,180,240,k\nj,300,350,k\n";
    let older =
        stats(older, &["spans", "--from", "150", "--length", "300", "--format", "json"]).done().says("overlap").json();
    close(&older["values_1995"][0]["alpha"], 0.7286, 5e-5);
    close(&older["values_1995"][1]["alpha"], 1.0, 1e-9);
    close(&older["alpha_1995"], 0.8591, 5e-4);
    assert_eq!(older["u_alpha"], Value::Null);
    assert!(older["u_alpha_alone"][0]["alpha"].is_number(), "each code by itself");
    let silent = json("coder,start,end,value\na,0,5,x\nb,,,\n", &["spans", "--length", "10"]);
    assert_eq!(silent["n_coders"], 2, "a coder who marked nothing counts");
}

#[test]
fn saturation() {
    let mut csv = "interview,new_themes\n".to_owned();
    for (at, new) in [14, 9, 8, 6, 4, 3, 1, 0, 1, 0].iter().enumerate() {
        writeln!(csv, "{},{new}", at + 1).unwrap();
    }
    let four_two = json(&csv, &["saturation", "--base", "4", "--run", "2"]);
    assert_eq!((&four_two["base_themes"], &four_two["saturation"]), (&37.into(), &"6+2".into()));
    close(&four_two["runs"][0]["share"], 0.1892, 5e-5);
    close(&four_two["runs"][1]["share"], 0.1081, 5e-5);
    close(&four_two["runs"][2]["share"], 0.0270, 5e-5);
    let never = json(&csv, &["saturation", "--base", "4", "--run", "2", "--threshold", "0"]);
    assert_eq!(never["saturation"], Value::Null);
    assert!(never["undefined"]["saturation"].is_string());
    assert_eq!(json(&csv, &["saturation", "--base", "5", "--run", "3"])["saturation"], "6+3");
    let themes = "interview,theme,kind\n1,a,interview\n1,b,interview\n2,b,interview\n3,a,interview\ng,a,focus group\n";
    let named = json(themes, &["saturation", "--base", "1", "--run", "1", "--permutations", "100"]);
    assert_eq!((&named["kinds"][0]["saturation"], &named["kinds"][1]["saturation"]), (&"1+1".into(), &Value::Null));
    assert_eq!(named["kinds"][0]["any_order"]["reached"], 1.0);
}

fn ratings(items: &[(&str, &[u8])]) -> String {
    let mut csv = "item,member,group,rating\n".to_owned();
    for (item, ratings) in items {
        for (member, rating) in ratings.iter().enumerate() {
            writeln!(csv, "{item},m{member},all,{rating}").unwrap();
        }
    }
    csv
}

#[test]
fn rand_ucla() {
    let csv = ratings(&[
        ("R1", &[4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9]),
        ("R2", &[1, 1, 2, 3, 5, 7, 8, 9, 9]),
        ("R3", &[7, 7, 7, 8, 8, 8, 9, 9, 6]),
        ("R4", &[1, 2, 3, 7, 7, 7, 8, 8, 8]),
        ("R5", &[2, 3, 3, 5, 6, 7, 7, 8, 8]),
        ("small", &[8, 8, 9]),
    ]);
    let q7 = json(&csv, &["ram"]);
    assert_eq!(q7["percentile"], "q7");
    let r1 = item(&q7, "R1");
    assert_eq!(
        (&r1["median"], &r1["p30"], &r1["p70"], &r1["ipr"]),
        (&7.0.into(), &7.0.into(), &8.0.into(), &1.0.into())
    );
    close(&r1["ipras"], 6.1, 1e-9);
    close(&r1["disagreement_index"], 0.1639, 5e-5);
    let r2 = item(&q7, "R2");
    close(&r2["p30"], 2.4, 1e-9);
    close(&r2["disagreement_index"], 2.2128, 5e-5);
    assert_eq!((&r2["disagreement_ipras"], &r2["disagreement_classic"]), (&true.into(), &true.into()));
    assert_eq!(item(&q7, "R3")["class"], "appropriate");
    let r4 = item(&q7, "R4");
    assert_eq!((&r4["disagreement_ipras"], &r4["disagreement_classic"]), (&false.into(), &true.into()));
    close(&r4["disagreement_index"], 0.75, 1e-9);
    close(&item(&q7, "R5")["disagreement_index"], 1.0847, 5e-5);
    let small = item(&q7, "small");
    assert_eq!(small["class"], Value::Null);
    assert!(small["undefined"]["class"].as_str().unwrap().contains("8 ratings"));
    let sas5 = stats(&csv, &["ram", "--percentile", "sas5", "--format", "json"]).done();
    let r4 = sas5.json();
    let r4 = item(&r4, "R4");
    close(&r4["p30"], 3.0, 1e-9);
    close(&r4["disagreement_index"], 1.6129, 5e-5);
    close(&item(&sas5.json(), "R2")["disagreement_index"], 2.5532, 5e-5);
    assert_eq!(r4["disagreement_ipras"], true);
    stats(&csv, &["ram"]).done().says("R4: the rules differ");
}

fn d1() -> String {
    let members = ["s1", "s2", "s3", "s4", "p1", "p2", "p3", "p4", "g1", "g2", "c1", "c2"];
    let rounds = [[8, 9, 7, 9, 6, 7, 3, 8, 2, 4, 5, 6], [8, 9, 8, 9, 7, 7, 5, 8, 3, 5, 7, 7]];
    let mut csv = "round,item,member,group,rating\n".to_owned();
    for (round, ratings) in rounds.iter().enumerate() {
        for (member, rating) in members.iter().zip(ratings) {
            writeln!(csv, "{},peer workers,{member},{},{rating}", round + 1, &member[..1]).unwrap();
        }
    }
    csv
}

#[test]
fn delphi() {
    let answer = stats(&d1(), &["delphi", "--format", "json"]).done().says("dissent of: g").says("68.8 % agree");
    let found = answer.json();
    let (first, second) = (&found["items"][0], &found["items"][1]);
    for (key, one, two) in [
        ("median", 6.5, 7.0),
        ("mean", 6.1667, 6.9167),
        ("sd", 2.2896, 1.7816),
        ("cv", 0.3713, 0.2576),
        ("q1", 4.75, 6.5),
        ("q3", 8.0, 8.0),
        ("iqr", 3.25, 1.5),
        ("share_high", 0.5, 0.75),
        ("share_low", 0.1667, 0.0833),
    ] {
        close(&first[key], one, 5e-5);
        close(&second[key], two, 5e-5);
    }
    assert_eq!((&first["verdict"], &second["verdict"]), (&"none".into(), &"consensus in".into()));
    assert_eq!((&first["change"], &first["undefined"]["change"]), (&Value::Null, &"there is no earlier round".into()));
    close(&second["change"], 0.3333, 5e-5);
    close(&second["wilcoxon_p"], 0.015_625, 1e-9);
    close(&second["kappa"], 0.4, 1e-9);
    close(&second["moved"], 0.5833, 5e-5);
    close(&second["cv_change"], -0.1137, 5e-5);
    close(&second["group_equal"], 0.6875, 1e-9);
    close(&second["kruskal"]["h"], 8.672_685, 5e-7);
    close(&second["kruskal"]["p"], 0.033_975, 5e-7);
    close(&first["kruskal"]["h"], 7.503_989, 5e-7);
    let groups = second["groups"].as_array().unwrap();
    let of = |name: &str| groups.iter().find(|group| group["group"] == name).unwrap();
    assert_eq!(keys(of("g")), ["group", "n", "median", "agreement", "dissent"]);
    for (group, median, agreement, dissent) in
        [("s", 8.5, 1.0, false), ("p", 7.0, 0.75, false), ("g", 4.0, 0.0, true), ("c", 7.0, 1.0, false)]
    {
        close(&of(group)["median"], median, 1e-9);
        close(&of(group)["agreement"], agreement, 1e-9);
        assert_eq!(of(group)["dissent"], dissent, "{group}");
    }
    // The same panel by RAND/UCLA, round by round.
    let ram: Vec<Value> = (1..=2)
        .map(|round| {
            let prefix = format!("{round},");
            let rows: Vec<String> =
                d1().lines().filter_map(|line| line.strip_prefix(&prefix).map(str::to_owned)).collect();
            json(&format!("item,member,group,rating\n{}\n", rows.join("\n")), &["ram"])["items"][0].clone()
        })
        .collect();
    close(&ram[0]["disagreement_index"], 0.5217, 5e-5);
    close(&ram[1]["disagreement_index"], 0.1639, 5e-5);
    assert_eq!(ram[1]["class"], "appropriate");
}

#[test]
fn votes_and_rankings() {
    let points = [
        ("Endings", [4, 5, 0, 5, 5, 3, 4], 26.0, 6, 24.76, 0.743),
        ("Peer", [5, 4, 5, 0, 3, 5, 2], 24.0, 6, 22.86, 0.686),
        ("Records", [2, 3, 3, 3, 4, 4, 0], 19.0, 6, 18.10, 0.543),
        ("Groups", [3, 0, 4, 4, 0, 2, 5], 18.0, 5, 17.14, 0.514),
        ("Supervision", [1, 2, 0, 2, 2, 1, 3], 11.0, 6, 10.48, 0.314),
        ("Outreach", [0, 1, 2, 1, 1, 0, 1], 6.0, 5, 5.71, 0.171),
        ("GPbrief", [0, 0, 1, 0, 0, 0, 0], 1.0, 1, 0.95, 0.029),
    ];
    let mut csv = "item,member,points\n".to_owned();
    for (item, points, ..) in &points {
        for (member, points) in points.iter().enumerate() {
            writeln!(csv, "{item},m{member},{points}").unwrap();
        }
    }
    let scored = json(&csv, &["ngt"]);
    for (one, (item, _, score, votes, relative, of_max)) in scored["items"].as_array().unwrap().iter().zip(points) {
        assert_eq!((&one["item"], &one["score"], &one["votes"]), (&item.into(), &score.into(), &votes.into()));
        close(&one["relative"], relative / 100.0, 5e-5);
        close(&one["of_max"], of_max, 5e-4);
    }
    let concordance = |judges: &[&[f64]]| {
        let mut csv = "judge,item,rank\n".to_owned();
        for (judge, ranks) in judges.iter().enumerate() {
            for (item, rank) in ranks.iter().enumerate() {
                writeln!(csv, "j{judge},i{item},{rank}").unwrap();
            }
        }
        json(&csv, &["concordance", "--permutations", "500"])
    };
    close(&concordance(&[&[1.0, 3.0, 2.0], &[1.0, 2.0, 3.0], &[2.0, 3.0, 1.0], &[3.0, 1.0, 2.0]])["w"], 0.0625, 1e-9);
    let w2: [&[f64]; 3] =
        [&[1.0, 6.0, 3.0, 2.0, 5.0, 4.0], &[1.0, 5.0, 6.0, 4.0, 2.0, 3.0], &[6.0, 3.0, 2.0, 5.0, 4.0, 1.0]];
    close(&concordance(&w2)["w"], 0.161_905, 5e-7);
    let w3 = concordance(&[
        &[1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0],
        &[2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5],
        &[2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0],
    ]);
    close(&w3["w"], 0.827_731, 5e-7);
    close(&w3["w_uncorrected"], 0.795_960, 5e-7);
    close(&w3["chi2"], 22.3487, 5e-5);
    let w4 = concordance(&[
        &[1.0, 2.0, 3.0, 4.0, 5.0],
        &[2.0, 1.0, 4.0, 3.0, 5.0],
        &[3.0, 1.0, 4.5, 2.0, 4.5],
        &[1.0, 3.0, 2.0, 4.0, 5.0],
    ]);
    close(&w4["w"], 0.693_038, 5e-7);
    close(&w4["p"], 0.0256, 5e-5);
    assert_eq!(w4["df"], 4);
}

#[test]
fn priorities() {
    let csv = "item,conflict,supports,refutes,thinness,divergence,centrality,importance,urgency,answerability\n\
        Groups,.4,,,.5,.25,.2,.5,.3333333333,.8333333333\n\
        Peer,,1.7222222222,1,.25,.6875,.4,.8333333333,.8333333333,.8333333333\n\
        Endings,.9,,,.25,.5,.6,1,.9166666667,.6666666667\n";
    let p1 = json(csv, &["priority"]);
    for (one, (item, score)) in
        p1["items"].as_array().unwrap().iter().zip([("Endings", 0.6905), ("Peer", 0.6532), ("Groups", 0.4310)])
    {
        assert_eq!((&one["item"], &one["robust"]), (&item.into(), &true.into()));
        close(&one["score"], score, 5e-5);
    }
    close(&item(&p1, "Peer")["parts"][0]["value"], 0.734_694, 5e-7);
    let totals = [("Q1", 34, 8), ("Q2", 20, 15), ("Q3", 26, 11), ("Q4", 10, 16), ("Q5", 5, 10)];
    let mut p2 = "item,group,score\n".to_owned();
    for (item, service_users, clinicians) in totals {
        writeln!(p2, "{item},service users,{service_users}\n{item},clinicians,{clinicians}").unwrap();
    }
    let p2 = json(&p2, &["jla"]);
    for (name, sum, rank) in [("Q1", 6.0, 4), ("Q2", 7.0, 1), ("Q3", 7.0, 1), ("Q4", 7.0, 1), ("Q5", 3.0, 5)] {
        assert_eq!((&item(&p2, name)["position_sum"], &item(&p2, name)["rank"]), (&sum.into(), &rank.into()));
    }
    assert_eq!(item(&p2, "Q1")["raw_total"], 42.0);
    let mut p3 = "item,scorer,criterion,score\n".to_owned();
    for (criterion, scores) in
        [("importance", "1 1 .5 1 .5 1"), ("urgency", "1 .5 .5 1 1 1"), ("answerability", "1 1 1 .5 .5 1")]
    {
        for (scorer, score) in scores.split(' ').enumerate() {
            writeln!(p3, "Endings,s{scorer},{criterion},{score}").unwrap();
        }
    }
    let p3 = json(&p3, &["chnri"]);
    close(&p3["items"][0]["score"], 83.33, 0.005);
    close(&p3["items"][0]["aea"], 0.6667, 5e-5);
}
