//! Chains of configurations, asked for at the command line.

use crate::desk::Desk;
use crate::story::transcripts;
use serde_json::json;

/// Statements in a row: what comes out of one is where the next begins. Two sources tell the first, one the second, and
/// nobody the third; a shorter way is told by one source from end to end.
fn row() -> Desk {
    let desk = transcripts();
    for (context, mechanism, outcome, component) in [
        ("Notes are open.", "trust", "comes back", "Notes"),
        ("comes back", "habit", "stays well", "Visits"),
        ("stays well", "hope", "finds work", "Work"),
        ("notes are open", "pride", "finds work", "Work"),
    ] {
        let _ = desk.run(&["component", "add", component]);
        let command = ["hypothesis", "add", "--context", context, "--mechanism", mechanism, "--outcome", outcome];
        desk.run(&[&command[..], &["--component", component]].concat()).done();
    }
    for (statement, place) in [("H1", "D1.gj/2"), ("H1", "D2.gj/2"), ("H2", "D1.gj/4"), ("H4", "D1.gj/4")] {
        desk.run(&["evidence", "add", statement, place, "--stance", "supports"]).done();
    }
    desk.run(&["evidence", "add", "H2", "D2.gj/3", "--stance", "refutes"]).done();
    desk
}

#[test]
fn chains_are_traced_from_part_to_part() {
    let desk = row();
    let chains = desk.json(&["theory", "chains", "--from", "H1/c1", "--to", "H2/outcome"]);
    assert_eq!(chains["paths"].as_array().unwrap().len(), 1);
    assert_eq!(chains["paths"][0]["factors"], json!(["Notes are open", "comes back", "stays well"]));
    assert_eq!(chains["threads"][0]["sources"], json!(["S1.gj"]));
    assert_eq!((&chains["robustness"], &chains["disbelieve"]), (&json!(1), &json!(["S1.gj"])));
    let cut = &chains["links"][usize::try_from(chains["cut"][0].as_u64().unwrap()).unwrap()];
    assert_eq!((&cut["statements"], &cut["through"]), (&json!(["H2.gj"]), &json!(["habit"])));
    assert_eq!((&cut["against"], &cut["evidence"]), (&json!(["S2.gj"]), &json!(["E3.gj"])));
    assert_eq!(chains["stopped"], json!(null));
}

#[test]
fn what_nobody_tells_whole_is_no_thread() {
    let desk = row();
    let chains = desk.json(&["theory", "chains", "--from", "notes are OPEN", "--to", "finds work"]);
    let steps: Vec<usize> =
        chains["paths"].as_array().unwrap().iter().map(|path| path["links"].as_array().unwrap().len()).collect();
    assert_eq!(steps, [1, 3], "shortest first");
    assert_eq!(chains["threads"].as_array().unwrap().len(), 1);
    assert_eq!(chains["robustness"], 1, "the longer way has a link that nobody tells");
    desk.run(&["theory", "chains", "--from", "K1", "--to", "K3"]).done().says("1 told whole by one source");
    let short = desk.json(&["theory", "chains", "--from", "H1", "--to", "H3", "--steps", "1"]);
    assert_eq!((short["paths"].as_array().unwrap().len(), &short["stopped"]), (1, &json!("length")));
}

#[test]
fn a_mechanism_begins_and_ends_chains_and_joins_none() {
    let desk = row();
    desk.run(&["hypothesis", "add", "--context", "rent is paid", "--mechanism", "trust", "--outcome", "sleeps"]).done();
    desk.run(&["theory", "chains", "--from", "notes are open", "--to", "sleeps"])
        .negative()
        .says("no chain leads there");
    let from_mechanism = desk.json(&["theory", "chains", "--from", "H1/m1", "--to", "stays well"]);
    assert_eq!(from_mechanism["paths"][0]["factors"], json!(["trust", "comes back", "stays well"]));
    let to_mechanism = desk.json(&["theory", "chains", "--from", "H1", "--to", "H2/m1"]);
    assert_eq!(to_mechanism["paths"][0]["factors"], json!(["Notes are open", "comes back", "habit"]));
}

#[test]
fn an_end_that_is_not_there_is_said_with_what_is_near() {
    let desk = row();
    let ask = |from: &str| desk.run(&["theory", "chains", "--from", from, "--to", "H2"]).refused();
    ask("comes bak").says("did you mean \u{201c}comes back\u{201d}?");
    ask("e").says("may be one of");
    ask("H9").says("there is no hypothesis 'H9'");
    ask("H1/c7").says("its parts are");
    desk.run(&["hypothesis", "status", "H4", "rejected", "--why", "nobody holds it"]).done();
    ask("H4").says("no longer stands");
    desk.run(&["theory", "chains", "--from", "comes back", "--to", "comes back"]).negative().says("one thing");
}

#[test]
fn feedback_is_listed() {
    let desk = row();
    desk.run(&["theory", "cycles"]).done().says("no chain comes back");
    desk.run(&["hypothesis", "add", "--context", "finds work", "--mechanism", "pay", "--outcome", "comes back"]).done();
    let cycles = desk.json(&["theory", "cycles"]);
    assert_eq!(cycles["cycles"][0]["factors"], json!(["comes back", "stays well", "finds work", "comes back"]));
    assert_eq!(cycles["knots"].as_array().unwrap().len(), 1);
}

#[test]
fn opposites_are_one_factor_where_asked() {
    let desk = row();
    desk.run(&["hypothesis", "add", "--context", "~stays well", "--mechanism", "worry", "--outcome", "loses sleep"])
        .done();
    let ask = ["theory", "chains", "--from", "comes back", "--to", "loses sleep"];
    desk.run(&ask).negative();
    let chains = desk.json(&[&ask[..], &["--opposites"]].concat());
    assert_eq!(chains["paths"][0]["factors"], json!(["comes back", "stays well", "loses sleep"]));
    assert_eq!(
        (&chains["links"][0]["turned"], &chains["links"][1]["turned"]),
        (&json!([false, false]), &json!([true, false]))
    );
}

#[test]
fn what_is_said_to_lead_on_leads_on() {
    let desk = row();
    desk.run(&["hypothesis", "add", "--context", "rent is paid", "--mechanism", "calm", "--outcome", "sleeps"]).done();
    let ask = ["theory", "chains", "--from", "notes are open", "--to", "sleeps"];
    desk.run(&ask).negative();
    desk.run(&["hypothesis", "edit", "H2", "--leads-to", "H5"]).done();
    let chains = desk.json(&ask);
    assert_eq!(chains["paths"][0]["factors"], json!(["Notes are open", "comes back", "stays well", "sleeps"]));
}

#[test]
fn links_and_components_are_listed() {
    let desk = row();
    let links = desk.json(&["theory", "links"]);
    assert_eq!(links.as_array().unwrap().len(), 4);
    assert_eq!((&links[0]["from"], &links[0]["sources"]), (&json!("Notes are open"), &json!(["S1.gj", "S2.gj"])));
    assert_eq!(desk.json(&["theory", "links", "--at-least", "2"]).as_array().unwrap().len(), 1);
    let pairs = desk.json(&["theory", "robustness"]);
    let found: Vec<String> = pairs
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| format!("{} {} {} {}", pair["from"], pair["to"], pair["handovers"], pair["robustness"]))
        .collect();
    assert_eq!(found, ["\"K1.gj\" \"K2.gj\" 2 1", "\"K1.gj\" \"K3.gj\" 0 0", "\"K2.gj\" \"K3.gj\" 2 0"]);
}
