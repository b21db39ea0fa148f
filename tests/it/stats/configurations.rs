//! Agreement on configurations: the worked example of docs/statistics.md, and a team's own statements.

use super::{close, json, stats};
use crate::desk::{Desk, keys};
use crate::story;
use serde_json::{Value, json};

/// Two coders at two places; at a third place one coder alone.
const WORKED: &str = "\
coder,place,hypothesis,part,text
a,p1,A1,context,peers in the team
a,p1,A1,mechanism,hope
a,p1,A1,outcome,they stay
b,p1,B1,context,the peer is in their team at a clinic
b,p1,B1,mechanism,trust
b,p1,B1,outcome,staying
a,p2,A2,context,rural
a,p2,A2,resource,a bus
a,p2,A2,outcome,they attend
b,p2,B2,context,rural
b,p2,B2,mechanism,the bus is free
b,p2,B2,outcome,attending
b,p2,B2,actor,the driver
b,p2,B3,context,winter
b,p2,B3,outcome,absence
a,p3,A3,context,alone
";

fn part<'j>(answer: &'j Value, name: &str) -> &'j Value {
    answer["parts"].as_array().unwrap().iter().find(|part| part["part"] == name).unwrap()
}

#[test]
fn the_worked_example() {
    let found = json(WORKED, &["configurations"]);
    // p1: context 2·2/(2+3) = .8 and alike, mechanism 0, outcome 1: (.8 + 0 + 1) / 3 = .6.
    // p2: B2's mechanism is not split, so A2's resource is compared with it: 2·1/(1+2) = .667; context 1, outcome 1, and
    // an actor that only B2 names: (1 + .667 + 1 + 0) / 4 = .667. B3 is left over, A3 stands alone.
    let similarity: Vec<f64> =
        found["pairs"].as_array().unwrap().iter().map(|pair| pair["similarity"].as_f64().unwrap()).collect();
    assert!((similarity[0] - 0.6).abs() < 1e-9 && (similarity[1] - 2.0 / 3.0).abs() < 1e-9, "{similarity:?}");
    let verdict = |part: &str, verdict: &str, similarity: Value| json!({ "part": part, "verdict": verdict, "similarity": similarity });
    let named: Vec<&Value> =
        found["pairs"][0]["parts"].as_array().unwrap().iter().filter(|part| part["verdict"] != "neither").collect();
    let wanted = [
        verdict("context", "alike", json!(0.8)),
        verdict("mechanism", "different", json!(0.0)),
        verdict("outcome", "alike", json!(1.0)),
    ];
    assert_eq!(json!(named), json!(wanted));
    close(&found["similarity"], 0.633_333, 1e-6);
    // Two places have four resamples; the smallest mean is p1's, the largest p2's.
    close(&found["similarity_ci_low"], 0.6, 1e-9);
    close(&found["similarity_ci_high"], 2.0 / 3.0, 1e-9);
    assert_eq!(found["bootstrap"]["exact"], true);
    // Four of the five statements at places of two coders are one of a pair.
    close(&found["matched"], 0.8, 1e-9);
    assert_eq!(found["unmatched"], json!([{ "coder": "b", "hypothesis": "B3", "place": "p2", "against": "a" }]));
    assert_eq!(found["alone"], json!([{ "coder": "a", "hypothesis": "A3", "place": "p3" }]));
    // Of the actor: no and no, no and yes. AC1: (.5 - 2·.75·.25) / (1 - .375) = .2; alpha: 1 - .5/.5 = 0.
    let actor = part(&found, "actor");
    assert_eq!((&actor["only_one"], &actor["neither"]), (&1.into(), &1.into()));
    close(&actor["percent"], 0.5, 1e-9);
    close(&actor["gwet_ac1"], 0.2, 1e-9);
    close(&actor["krippendorff_alpha_nominal"], 0.0, 1e-9);
    assert!(actor["similarity"].is_null() && actor["undefined"]["similarity"].is_string());
    let mechanism = part(&found, "mechanism");
    assert_eq!((&mechanism["alike"], &mechanism["different"]), (&1.into(), &1.into()));
    close(&mechanism["similarity"], 1.0 / 3.0, 1e-9);
    assert!(part(&found, "context")["gwet_ac1"].is_null(), "everybody names it");
    assert_eq!(found["note"], "a prompt for discussion, not a gate");
}

#[test]
fn lines_can_be_drawn_elsewhere_and_pairs_come_before_numbers() {
    let strict = json(WORKED, &["configurations", "--alike", "0.9", "--no-ci"]);
    assert_eq!(part(&strict, "context")["different"], 1);
    assert!(strict["similarity_ci_low"].is_null() && strict["bootstrap"].is_null());
    let apart = json(WORKED, &["configurations", "--least", "0.65", "--no-ci"]);
    assert_eq!((apart["pairs"].as_array().unwrap().len(), apart["unmatched"].as_array().unwrap().len()), (1, 3));
    let shown = stats(WORKED, &["configurations"]).done().stdout;
    assert!(shown.find("nothing like it of a").unwrap() < shown.find("AC1").unwrap());
    assert_eq!(stats(WORKED, &["configurations", "--alike", "2"]).says("from 0 to 1").code, Some(2));
    stats(&WORKED.replace("a,p1,A1,context", "a,p1,A1,contxt"), &["configurations"]).refused().says("data.csv:2:");
}

/// gj reads two statements from turns 4 and 6 of the interview, mb two from turn 4.
fn read_twice() -> Desk {
    let desk = story::transcripts();
    let read = |coder: &Desk, label: &str, parts: &[&str], place: &[&str]| {
        coder.run(&[&["hypothesis", "add"], parts].concat()).done();
        coder.run(&[&["evidence", "add", label, "D1.gj"][..], place, &["--stance", "supports"]].concat()).done();
    };
    let parts = ["--context", "notes are open", "--mechanism", "she is trusted", "--outcome", "comes back every month"];
    read(&desk, "H1.gj", &parts, &["t4"]);
    read(&desk, "H2.gj", &["--context", "no buses", "--outcome", "stays at home"], &["t6"]);
    let other = desk.as_coder("mb");
    other.run(&["join", "mb"]);
    let parts = [
        "--context",
        "open notes",
        "--resource",
        "a desk",
        "--reasoning",
        "hope",
        "--outcome",
        "she came back monthly",
    ];
    read(&other, "H1.mb", &parts, &["--quote", "She never hid the notes from me, and I came back every month"]);
    read(&other, "H2.mb", &["--context", "weather", "--outcome", "fear"], &["t4"]);
    // Somebody else's statement at the place is not mb's reading of it.
    other.run(&["evidence", "add", "H2.gj", "D1.gj", "t4", "--stance", "refutes", "--circumstances", "same"]).done();
    desk
}

#[test]
fn a_teams_own_statements_are_compared_where_they_were_read() {
    let desk = read_twice();
    let found = desk.json(&["stats", "configurations", "--no-ci"]);
    assert_eq!((&found["n_places"], &found["coders"]), (&1.into(), &json!(["gj", "mb"])));
    let pair = &found["pairs"][0];
    assert_eq!(pair["place"], "D1.gj/4");
    assert_eq!(pair["statements"][0]["hypothesis"], "H1.gj");
    assert_eq!(pair["statements"][1]["hypothesis"], "H1.mb");
    let verdicts: Vec<(&str, &str)> = pair["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["part"].as_str().unwrap(), part["verdict"].as_str().unwrap()))
        .filter(|(_, verdict)| *verdict != "neither")
        .collect();
    assert_eq!(verdicts, [("context", "alike"), ("mechanism", "different"), ("outcome", "alike")]);
    assert_eq!(found["unmatched"][0]["hypothesis"], "H2.mb");
    assert_eq!(found["alone"][0]["hypothesis"], "H2.gj");
    assert_eq!(keys(&found["parts"][0])[..5], ["part", "alike", "different", "only_one", "neither"]);
}

#[test]
fn they_are_the_second_part_of_the_agenda() {
    let desk = read_twice();
    let found = desk.json(&["report", "disagreements", "--show"]);
    let apart = &found["configurations"]["apart"][0];
    assert_eq!((&found["configurations"]["passages"], &apart["place"]), (&1.into(), &"D1.gj/4".into()));
    assert!(apart["said"]["text"].as_str().unwrap().contains("Afterwards I trusted her"));
    let mechanism =
        apart["pairs"][0]["parts"].as_array().unwrap().iter().find(|part| part["part"] == "mechanism").unwrap();
    assert_eq!((&mechanism["first"], &mechanism["second"]), (&"she is trusted".into(), &"a desk\nhope".into()));
    assert_eq!((&apart["unmatched"][0]["id"], &apart["unmatched"][0]["against"]), (&"H2.mb".into(), &"gj".into()));
    let others = desk.run(&["report", "disagreements", "--show", "--for", "meeting"]).done().stdout;
    assert!(others.contains("she is trusted") && !others.contains("never hid the notes"));
    let alone = story::synthesis();
    alone.run(&["stats", "configurations"]).refused().says("statements of two coders");
}
