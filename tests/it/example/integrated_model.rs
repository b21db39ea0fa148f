//! The second example: a model of care beside others.

use super::{assert_kept, assert_project_kept, make, repository};
use crate::desk::{Desk, column};
use serde_json::Value;
use std::path::PathBuf;

/// Papers by the folder they lie in, in the order in which to read them.
const PAPERS: &[(&str, &[&str])] = &[
    (
        "1-models-compared",
        &["report comparison --for publication --to html --to docx", "compare matrix --to svg --to csv"],
    ),
    (
        "2-what-would-explain-it",
        &[
            "report evidence --for publication --to html",
            "theory graph --figure theory --figure map --to svg --to html",
            "round results R1.gj --for meeting --to html",
        ],
    ),
    ("3-the-pathway", &["report pathway --for publication --to html --to docx", "step graph --to svg"]),
    ("4-needs-and-policy", &["report needs --for publication --to html --to docx"]),
    ("5-what-is-recommended", &["report recommendations --for publication --to html --to docx"]),
    (
        "6-training",
        &[
            "training pack T1.gj --for participants --to html --to docx",
            "training pack T1.gj --for facilitator --to html",
            "training sheet T1.gj --to docx",
        ],
    ),
];

/// The example, made anew.
fn example() -> (Desk, PathBuf) {
    let desk = Desk::bare();
    let folder = desk.room().join("example");
    desk.outside(&["init", folder.to_str().unwrap(), "--example", "integrated-model"]).done().says("synthetic");
    (desk, folder)
}

#[test]
fn the_second_example_and_its_papers_come_out_as_they_lie_here() {
    let (desk, folder) = example();
    let here = repository().join("examples").join("integrated-model");
    assert_project_kept(&folder, &here);
    for (stage, commands) in PAPERS {
        let papers = make(&desk, &folder, commands, stage);
        assert_kept(&papers, &here.join("outputs").join(stage), None);
    }
    let checked = desk.outside(&["-C", folder.to_str().unwrap(), "check"]).done();
    assert!(!checked.stdout.contains("belong to no document"), "{}", checked.stdout);
}

/// What somebody sees who follows the example's guide.
#[test]
fn the_second_example_has_what_its_guide_promises() {
    let (desk, folder) = example();
    let json = |typed: &[&str]| {
        desk.outside(&[&["-C", folder.to_str().unwrap()], typed, &["--format", "json"]].concat()).done().json()
    };
    let matrix = json(&["compare", "matrix"]);
    assert_eq!(matrix["models"].as_array().unwrap().len(), 6);
    let cells = matrix["cells"].as_array().unwrap();
    let of = |value: &str| cells.iter().filter(|one| one["value"] == value).collect::<Vec<&Value>>();
    for value in ["present", "partial", "absent", "contested"] {
        assert!(of(value).iter().all(|one| !one["passages"].as_array().unwrap().is_empty()), "{value}");
        assert!(!of(value).is_empty(), "{value}");
    }
    assert!(of("not_reported").len() > cells.len() / 3, "much is not reported, and that is shown");

    // The claim that nobody waits stands beside the count of who does.
    let outcomes = json(&["compare", "outcomes"]);
    let all = outcomes["outcomes"].as_array().unwrap();
    let waiting = all.iter().find(|one| one["outcome"] == "Waiting").unwrap();
    let results = waiting["results"].as_array().unwrap();
    let ours: Vec<&Value> = results.iter().filter(|one| one["model"] == "M1.gj").collect();
    assert!(ours.iter().all(|one| one["direction"] == "not_reported"), "a claim or a single count has no direction");
    assert_eq!(ours.len(), 2);
    let statements = json(&["hypothesis", "list"]);
    let standing = |words: &str| {
        let all = statements.as_array().unwrap();
        let found = all.iter().find(|one| one["statement"].as_str().unwrap().contains(words));
        found.unwrap_or_else(|| panic!("{words}"))["evidential"].clone()
    };
    assert_eq!(standing("nobody waits at any step"), "contested");
    assert_eq!(standing("people change reliably and stay in hospital less"), "single_source");
    assert_eq!(standing("their turn comes"), "supported");

    // What the source calls vertical is not what the field does: axis and reach are kept apart.
    let ours = json(&["model", "show", "M1.gj"]);
    assert_eq!((&ours["integration_axis"], &ours["reach"]), (&"both".into(), &"both".into()), "{ours}");
    assert!(ours["words"].as_str().unwrap().contains("vertical: what is offered to people with complex needs"));

    // A group dissents from what the panel agreed on.
    let record = json(&["report", "record", "--show"]);
    let outcomes = column(&record["decisions"], "outcome");
    assert!(outcomes.contains(&"agreed_with_dissent") && outcomes.contains(&"defer_to_test"), "{outcomes:?}");
}

/// What follows from it: the pathway, needs and policy, recommendations, training.
#[test]
fn the_second_example_goes_on_to_what_follows() {
    let (desk, folder) = example();
    let run = |typed: &[&str]| desk.outside(&[&["-C", folder.to_str().unwrap()], typed].concat());
    let json = |typed: &[&str]| run(&[typed, &["--format", "json"]].concat()).done().json();
    run(&["step", "check"]).done();

    let coverage = json(&["need", "coverage"]);
    let unmet = coverage["unmet"].as_array().unwrap();
    assert_eq!(unmet.len(), 2, "the young, and those who speak another language: {unmet:?}");
    assert_eq!(json(&["policy", "trace"])["conflicts"].as_array().unwrap().len(), 4);

    let recommended = json(&["recommend", "list"]);
    let recommended = recommended.as_array().unwrap();
    assert!(recommended.iter().all(|one| one["footing"] == "firm"), "{recommended:?}");
    let rests_on_contested =
        |one: &&Value| one["basis"].as_array().unwrap().iter().any(|ground| ground["worth"] == "contested");
    assert_eq!(recommended.iter().filter(rests_on_contested).count(), 1);
    let blocked = json(&["recommend", "draft", "--audience", "practice"])["blocked"].to_string();
    assert!(blocked.contains("specialist visits the practice"), "put off until tested: {blocked}");

    let pack = folder.join("outputs").join("pack.md");
    let to = |reader: &str| {
        run(&["training", "pack", "T1.gj", "--for", reader, "--out", pack.to_str().unwrap()]).done();
        std::fs::read_to_string(&pack).unwrap()
    };
    let commentary = "what comes to the practice is mixed";
    assert!(to("facilitator").contains(commentary) && !to("participants").contains(commentary));
    let statements = json(&["hypothesis", "list"]);
    let drafts = statements.as_array().unwrap().iter().filter(|one| one["editorial"] == "draft");
    assert_eq!(drafts.count(), 4, "answers from a session");
}
