//! The first example: from sources to a second theory.

use super::{assert_kept, assert_project_kept, make, repository};
use crate::desk::Desk;
use serde_json::{Value, json};

/// Papers of the panel's members, from the project as it was when they were to be sent out, and the secretary's own page.
const BEFORE: &[&str] = &[
    "report member-page --for meeting --to html --to docx",
    "report agenda --for meeting --to html --to docx --to md",
    "report briefing --for meeting --to html --to docx",
    "round results R1.gj --for meeting --to html --to md --to svg",
    "round feedback R1.gj --member su3 --to html --out outputs",
    "report secretary --to html",
];

/// What lay on the table, from the same.
const AT: &[&str] = &[
    "report slides --for meeting --to html --to md",
    "round ballot R2.gj --member su3 --to html --to docx --out outputs",
];

/// What the meeting came to, and the synthesis as it stands.
const AFTER: &[&str] = &[
    "report record --for meeting --to html --to docx --to md",
    "round results R2.gj --for meeting --to html --to md --to svg",
    "report refinement --to html --to md",
    "report evidence --to html --to md --to csv",
    "theory graph --figure theory --figure map --figure matrix --to svg --to html --to csv",
];

#[test]
fn the_example_and_its_papers_come_out_as_they_lie_here() {
    let desk = Desk::bare();
    let [folder, before] = ["example", "before"].map(|name| desk.room().join(name));
    desk.outside(&["init", folder.to_str().unwrap(), "--example"]).done().says("every quotation synthetic");
    desk.outside(&["init", before.to_str().unwrap(), "--example", "partners-before-meeting"]).done();
    assert_project_kept(&folder, repository());
    for (project, commands, stage) in [
        (&before, BEFORE, "1-before-the-meeting"),
        (&before, AT, "2-at-the-meeting"),
        (&folder, AFTER, "3-after-the-meeting"),
    ] {
        let papers = make(&desk, project, commands, stage);
        assert_kept(&papers, &repository().join("outputs").join(stage), None);
    }
    desk.outside(&["-C", folder.to_str().unwrap(), "check"]).done();
    // No name in passing keeps what coders differ on from being shown to others.
    for audience in ["meeting", "publication"] {
        desk.outside(&["-C", folder.to_str().unwrap(), "report", "disagreements", "--for", audience, "--to", "md"])
            .done();
    }
}

/// What somebody sees who follows the example from the panel to the second version of the theory.
#[test]
fn the_example_goes_through_two_rounds_to_a_second_theory() {
    let desk = Desk::bare();
    let folder = desk.room().join("example");
    desk.outside(&["init", folder.to_str().unwrap(), "--example"]).done();
    let json = |typed: &[&str]| {
        desk.outside(&[&["-C", folder.to_str().unwrap()], typed, &["--format", "json"]].concat()).done().json()
    };
    let results = json(&["round", "results", "R2.gj"]);
    assert_eq!(results["invited"], json!({ "commissioners": 2, "gps": 3, "practitioners": 4, "service_users": 5 }));
    assert_eq!(results["present"], json!({ "commissioners": 1, "gps": 1, "practitioners": 4, "service_users": 5 }));
    // Of the ratings of B, worked out by hand: 3 4 5 5 6 7 7 7 8 8 8.
    let of_b = &results["items"][1];
    assert_eq!((&of_b["n"], &of_b["median"], &of_b["outcome"]), (&json!(11), &json!(7.0), &json!("appropriate")));
    let dissents = |group: &&Value| group["dissent"] == true;
    let dissenting: Vec<&Value> = of_b["groups"].as_array().unwrap().iter().filter(dissents).collect();
    assert_eq!(dissenting.iter().map(|one| &one["group"]).collect::<Vec<_>>(), ["service_users"]);
    assert_eq!(of_b["registered_dissent"][0]["who"], "gp1 (GPs)");

    let record = json(&["report", "record", "--for", "meeting", "--show"]);
    let outcomes: Vec<&Value> =
        record["decisions"].as_array().unwrap().iter().take(3).map(|one| &one["outcome"]).collect();
    assert_eq!(outcomes, ["agreed_with_dissent", "agreed", "defer_to_test"]);
    let dissent = record["decisions"][0]["dissent"].to_string();
    assert!(dissent.contains("a member of a smaller group") && !dissent.contains("GPs"), "{dissent}");
    let diff = json(&["theory", "diff", "v1", "v2"]);
    assert_eq!(diff["to"]["decisions"], json!(["X9.gj", "X10.gj", "X11.gj"]));
    let (narrative, settled): (Vec<&Value>, Vec<&Value>) =
        diff["changes"].as_array().unwrap().iter().partition(|one| one["kind"] == "theory version");
    assert_eq!(narrative.len(), 1, "it is told otherwise");
    assert!(settled.iter().all(|one| one["decision"].is_string()), "{diff}");
    let trail = json(&["report", "trail", "H1.mb", "--show"]).to_string();
    assert!(trail.contains("2026-03-11, at meeting G1.gj, on round R2.gj"), "{trail}");
    let actions = json(&["action", "list"]);
    assert!(actions.as_array().unwrap().iter().all(|one| one["due"].is_string() && one["decision"].is_string()));
    assert_eq!(actions.as_array().unwrap().len(), 5);
}

#[test]
fn the_example_has_what_it_promises() {
    let desk = Desk::bare();
    let folder = desk.room().join("example");
    let place = folder.to_str().unwrap();
    desk.outside(&["init", place, "--example"]).done();
    let list = |what: &str| desk.outside(&["-C", place, what, "list", "--format", "json"]).done().json();
    let count = |what: &str| list(what).as_array().unwrap().len();
    assert!(count("source") >= 12 && count("document") >= 8 && count("hypothesis") >= 60);
    assert_eq!((count("component"), count("uncertainty")), (10, 4));
    let sources = list("source");
    let strands: std::collections::BTreeSet<_> =
        sources.as_array().unwrap().iter().map(|one| one["strand"].to_string()).collect();
    assert_eq!(strands.len(), 4);
    let components = list("component");
    let agreed = components.as_array().unwrap().iter().filter(|one| one["consensus"] == "agreed").count();
    assert_eq!(agreed, 9, "one is agreed with dissent");
    let standings: std::collections::BTreeSet<_> =
        list("hypothesis").as_array().unwrap().iter().map(|one| one["evidential"].to_string()).collect();
    assert_eq!(standings.len(), 5, "all five standings occur: {standings:?}");
    desk.outside(&["init", desk.room().join("x").to_str().unwrap(), "--example", "nonsense"])
        .refused()
        .says("partners");
}
