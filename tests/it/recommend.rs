//! Recommendations from the command line: drafted, worded, contested, superseded, merged, written as papers.

use crate::desk::{Desk, column};
use crate::story;
use serde_json::{Value, json};

/// H1.gj is contested, nothing is known of H2.gj, and X1.gj agreed on H2.gj, with dissent.
fn desk() -> Desk {
    let desk = story::synthesis();
    desk.run(&[
        "decide",
        "agreed",
        "--body",
        "stakeholders",
        "--date",
        "2026-03-14",
        "--hypothesis",
        "H2.gj",
        "--text",
        "Somebody drives people there.",
        "--present",
        "gps=3",
        "--present",
        "service_users=5",
        "--dissent",
        "gps=Marguerite picks the bus",
    ])
    .done();
    desk
}

const WORDED: &[&str] = &[
    "recommend",
    "add",
    "Practices pay for a minibus.",
    "--audience",
    "organisation",
    "--basis",
    "X1.gj",
    "--basis",
    "H1.gj",
    "--for-whom",
    "people far from a surgery",
    "--context",
    "where buses stop early",
    "--would-change",
    "a bus line is opened",
    "--owner",
    "gj",
    "--due",
    "2026-05-01",
];

fn paper(desk: &Desk, name: &str) -> String {
    let path = desk.project.join("outputs").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn codes(desk: &Desk) -> Vec<String> {
    let found = desk.json(&["check"]);
    let text = found.to_string();
    ["only-contested", "no-ground", "ground-fallen", "dangling-reference"]
        .into_iter()
        .filter(|code| text.contains(&format!("\"{code}\"")))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_example_is_drafted_worded_and_printed() {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--example"]).done();
    let draft = desk.json(&["recommend", "draft", "--audience", "practice"]);
    let skeletons = draft["skeletons"].as_array().unwrap();
    assert!(!skeletons.is_empty());
    for one in skeletons {
        let worth = one["basis"][0]["worth"].as_str().unwrap();
        assert!(["agreed", "supported"].contains(&worth), "{one}");
        let others = one["basis"].as_array().unwrap().iter().skip(1);
        assert!(others.into_iter().all(|one| ["supported", "contested"].contains(&one["worth"].as_str().unwrap())));
    }
    let blocked = draft["blocked"].as_array().unwrap();
    assert!(
        blocked.iter().all(|one| !one["why"].as_str().unwrap().is_empty() && one["worth"] != "supported"),
        "{draft}"
    );
    let before = desk.journal();
    desk.run(&["recommend", "draft", "--audience", "practice", "--write", "--dry-run"])
        .done()
        .says("nothing was written");
    assert_eq!(desk.journal(), before);
    desk.run(&["recommend", "draft", "--audience", "practice", "--write"]).done();
    let listed = desk.json(&["recommend", "list", "--lacks", "action"]);
    assert_eq!(listed.as_array().unwrap().len(), skeletons.len());
    let is_carried = |one: &Value| one["footing"] == "firm" || one["footing"] == "provisional";
    assert!(listed.as_array().unwrap().iter().all(is_carried));
    let again = desk.json(&["recommend", "draft", "--audience", "practice", "--write"]);
    assert_eq!(
        (again["written"].as_array().unwrap().len(), again["there"].as_array().unwrap().len()),
        (0, skeletons.len())
    );
    let first = listed[0]["id"].as_str().unwrap().to_owned();
    desk.run(&["recommend", "edit", &first, "--action", "Name one person for each.", "--owner", "gj"]).done();
    assert_eq!(desk.json(&["recommend", "list", "--lacks", "action"]).as_array().unwrap().len(), skeletons.len() - 1);
    assert_eq!(codes(&desk), [""; 0]);
    desk.run(&["report", "recommendations", "--to", "md"]).done();
    let paper = paper(&desk, "recommendations.md");
    for words in ["Name one person for each.", "Because", "Not yet written", "Considered, and not recommended on"] {
        assert!(paper.contains(words), "{words} is not in\n{paper}");
    }
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    desk.run(&["recommend", "list"]).refused().says("recommend draft");
}

#[test]
fn a_paper_says_who_should_do_what_because_of_what_and_who_dissents() {
    let desk = desk();
    desk.run(WORDED).done().says("added RC1.gj");
    desk.run(&[
        "recommend",
        "add",
        "Drive, and know the way.",
        "--audience",
        "workforce",
        "--basis",
        "X1.gj",
        "--role",
        "Driver",
        "--competency",
        "knows the villages",
        "--gap",
        "nobody does",
    ])
    .done();
    desk.run(&["recommend", "add", "--audience", "research", "--basis", "X1.gj"]).done();
    let formats = ["md", "html", "docx", "csv", "xlsx", "json"].iter().flat_map(|format| ["--to", format]);
    desk.run(&["report", "recommendations"].into_iter().chain(formats).collect::<Vec<_>>()).done();
    let team = paper(&desk, "recommendations.md");
    for words in [
        "For organisations",
        "Practices pay for a minibus.",
        "people far from a surgery",
        "Somebody drives people there.",
        "Marguerite picks the bus",
        "Named beside, contested",
        "a bus line is opened",
        "2026-05-01",
        "no training case",
        "knows the villages",
        "TO WRITE",
    ] {
        assert!(team.contains(words), "{words} is not in\n{team}");
    }
    let data: Value = serde_json::from_str(&paper(&desk, "recommendations.json")).unwrap();
    assert_eq!(column(&data["recommendations"], "id"), ["RC1.gj", "RC2.gj"], "in the order of their audiences");
    assert_eq!(column(&data["recommendations"][0]["because"], "worth"), ["agreed", "contested"]);
    assert_eq!(column(&data["not_written"], "id"), ["RC3.gj"]);
    assert_eq!(paper(&desk, "recommendations.csv").lines().next().unwrap().split(',').next(), Some("id"));
    desk.run(&["report", "recommendations", "--for", "publication", "--to", "md"]).done();
    let others = paper(&desk, "recommendations-for-publication.md");
    assert!(others.contains("the team") && others.contains("no recorded consent"), "{others}");
    assert!(!others.contains("Marguerite") && !others.contains("Material:"));
    let table = desk.json(&["recommend", "workforce"]);
    assert_eq!((&table[0]["role"], &table[0]["training"]), (&json!("Driver"), &json!([])));
    desk.run(&["recommend", "workforce"]).done().says("without a training case");
    desk.run(&["recommend", "show", "RC1.gj"]).done().says("contested").says("Marguerite");
    let look = &desk.json(&["recommend", "list", "--audience", "organisation"])[0];
    assert_eq!((&look["lacks"], &look["footing"]), (&json!([]), &json!("firm")));
    desk.at_time("2026-05-02T10:00:00Z").run(&["recommend", "list"]).done().says("overdue");
}

#[test]
fn what_has_become_contested_or_superseded_is_said_by_check_and_by_every_paper() {
    let desk = desk();
    desk.run(&["recommend", "add", "Open the notes.", "--audience", "practice", "--basis", "H1.gj"])
        .refused()
        .says("contested");
    desk.run(WORDED).done();
    assert_eq!(codes(&desk), [""; 0]);
    desk.run(&["decide", "not_agreed", "--body", "stakeholders", "--hypothesis", "H2.gj"]).done();
    assert_eq!(codes(&desk), ["only-contested"]);
    for (audience, file) in [("team", "recommendations.md"), ("meeting", "recommendations-for-meeting.md")] {
        desk.run(&["report", "recommendations", "--for", audience, "--to", "md"]).done();
        let paper = paper(&desk, file);
        for words in
            ["Contested: this rests on contested statements alone", "superseded by X2.gj", "Because, though contested"]
        {
            assert!(paper.contains(words), "{words} is not in\n{paper}");
        }
    }
    assert_eq!(desk.json(&["recommend", "list", "--footing", "only_contested"]).as_array().unwrap().len(), 1);
    desk.run(&["recommend", "retire", "RC1.gj"]).done();
    assert_eq!(codes(&desk), [""; 0]);
    desk.run(&["report", "recommendations", "--to", "md"]).done();
    assert!(!paper(&desk, "recommendations.md").contains("minibus"));
    desk.run(&["recommend", "retire", "RC1.gj", "--back"]).done();
    assert_eq!(codes(&desk), ["only-contested"]);
}

#[test]
fn two_copies_draft_one_skeleton_and_a_basis_that_both_take_away_is_missed() {
    let desk = desk();
    desk.run(&["decide", "agreed", "--body", "team", "--hypothesis", "H3.gj"]).done();
    let far = desk.far_copy("far", "bk");
    for one in [&desk, &far] {
        one.run(&["recommend", "draft", "--audience", "policy", "X1.gj", "--write"]).done();
    }
    far.run(&["recommend", "edit", "RC1.bk", "--basis", "X2.gj", "--action", "Pay for it."]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let all = desk.json(&["recommend", "list"]);
    assert_eq!(all.as_array().unwrap().len(), 1, "{all}");
    assert_eq!((&all[0]["action"], &column(&all[0]["basis"], "id").len()), (&json!("Pay for it."), &2));
    let label = all[0]["id"].as_str().unwrap();
    far.run(&["merge", desk.project.to_str().unwrap()]).done();
    desk.run(&["recommend", "edit", label, "--without", "X1.gj"]).done();
    far.run(&["recommend", "edit", label, "--without", "X2.gj"]).done();
    assert_eq!(codes(&desk), [""; 0]);
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    assert_eq!(codes(&desk), ["no-ground"]);
}

#[test]
fn hostile_words_stay_words() {
    let desk = desk();
    let hostile = "=HYPERLINK(\"x\")<script>alert(1)</script> | **bold** \u{1b}[31mred";
    desk.run(&["recommend", "add", hostile, "--audience", "policy", "--basis", "X1.gj", "--context", hostile]).done();
    desk.run(&[
        "report",
        "recommendations",
        "--to",
        "html",
        "--to",
        "md",
        "--to",
        "csv",
        "--to",
        "docx",
        "--to",
        "xlsx",
    ])
    .done();
    let html = paper(&desk, "recommendations.html");
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script>alert"));
    assert!(!paper(&desk, "recommendations.csv").contains(",=HYPERLINK"));
    assert!(!paper(&desk, "recommendations.md").contains("**bold**"));
    let shown = desk.run(&["recommend", "list"]).done();
    assert!(!shown.stdout.contains('\u{1b}'));
}

#[test]
fn many_come_from_a_table_all_or_none_and_an_owner_nobody_is_is_pointed_out() {
    let desk = desk();
    desk.run(&["need", "add", "People wait", "--date", "2011"]).done();
    let table = "audience,action,basis,owner,needs\npractice,Ring every week.,X1.gj; H1.gj,practice manager,W1.gj\n";
    desk.file("bad.csv", format!("{table}policy,Fund it.,H1.gj,gj,\n"));
    desk.run(&["recommend", "add", "--from", "bad.csv"]).refused().says("row 2").says("nothing carries");
    desk.file("good.csv", format!("{table}policy,Fund it.,X1.gj,zz9,\n"));
    desk.run(&["recommend", "add", "--from", "good.csv"]).done().says("added 2 recommendations").says("token zz9");
    let listed = desk.json(&["recommend", "list"]);
    assert_eq!(column(&listed, "owner"), ["zz9", "practice manager"], "policy before practice");
    desk.run(&["need", "retire", "W1.gj"]).done();
    desk.run(&["recommend", "show", "RC1.gj"]).done().says("W1.gj People wait (retired)");
    desk.run(&["report", "recommendations", "--for", "publication", "--to", "md"]).done();
    let paper = paper(&desk, "recommendations-for-publication.md");
    assert!(paper.contains("practice manager") && paper.contains("a member of the panel"), "{paper}");
}

#[test]
fn of_two_decisions_the_one_of_the_later_day_counts_whenever_it_was_recorded() {
    let desk = desk();
    desk.run(&["recommend", "add", "Run a bus.", "--audience", "policy", "--basis", "X1.gj"]).done();
    let decide = |outcome: &str, day: &str| {
        let text = ["decide", outcome, "--body", "stakeholders", "--hypothesis", "H2.gj", "--uncertainty", "U1.gj"];
        desk.run(&[&text[..], &["--date", day]].concat()).done()
    };
    let consensus =
        || desk.json(&["hypothesis", "show", "H2.gj"])["standing"]["consensus"].as_str().unwrap().to_owned();
    let footing = || desk.json(&["recommend", "show", "RC1.gj"])["footing"].as_str().unwrap().to_owned();
    decide("not_agreed", "2026-03-01").says("X1.gj goes on counting");
    assert_eq!((consensus().as_str(), footing().as_str()), ("agreed_with_dissent", "firm"));
    decide("not_agreed", "2026-03-20").says("this decision counts from now on");
    assert_eq!((consensus().as_str(), footing().as_str()), ("uncertain", "none"));
    decide("agreed", "2026-03-19").says("X3.gj goes on counting");
    assert_eq!(consensus(), "uncertain");
    let asked = desk.json(&["uncertainty", "list"]);
    let status = asked.as_array().unwrap().iter().find(|one| one["id"] == "U1.gj").unwrap()["status"].clone();
    assert_ne!(status, "decided", "an earlier day settles nothing anew");
}
