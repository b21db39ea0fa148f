//! From a decision to the next version of the theory, through the commands people type.

use crate::desk::Desk;
use serde_json::{Value, json};

/// A theory of two statements, frozen, with a component and an open question about it.
fn theory() -> Desk {
    let desk = Desk::new();
    desk.run(&["component", "add", "Follow-up"]).done();
    desk.run(&["component", "add", "Leaflets"]).done();
    let parts = ["--context", "past coercion", "--mechanism", "they feel remembered", "--outcome", "fewer are lost"];
    desk.run(&[&["hypothesis", "add", "--status", "active"], &parts[..]].concat()).done();
    desk.run(&["hypothesis", "add", "--statement", "If leaflets are sent, then nobody is lost", "--status", "active"])
        .done();
    desk.run(&["hypothesis", "add", "--statement", "If a date can be moved, then people stay"]).done();
    desk.run(&["hypothesis", "add", "--statement", "If calls are warm, then people answer", "--status", "active"])
        .done();
    let uncertainty = ["uncertainty", "add", "How long is followed up?", "--component", "K1.gj"];
    desk.run(&[&uncertainty[..], &["--option", "A: a month", "--option", "B: a year"]].concat()).done();
    desk.run(&["theory", "freeze", "v1"]).done();
    desk
}

const EFFECTS: &[&str] = &[
    "H1.gj/context=past coercion, and a worker who is known",
    "H1.gj/component=Peer workers",
    "H2.gj=reject",
    "H3.gj=adopt",
    "H4.gj=demote",
    "K1.gj=Nobody who drops out is left there for a year.",
    "K2.gj=retired",
];

fn decided(desk: &Desk, more: &[&str]) -> Value {
    let mut typed = vec!["decide", "agreed", "--body", "team", "--uncertainty", "U1.gj", "--option", "B"];
    typed.extend(["--effect", "component=Peer workers: where an area can support them"]);
    typed.extend(EFFECTS.iter().flat_map(|effect| ["--effect", *effect]));
    typed.extend(more);
    desk.json(&typed)
}

fn change<'d>(diff: &'d Value, id: &str) -> &'d Value {
    let found = diff["changes"].as_array().unwrap().iter().find(|one| one["id"] == id);
    found.unwrap_or_else(|| panic!("{id} in {diff}"))
}

#[test]
fn a_decision_changes_the_theory_in_one_step_and_the_next_version_names_it() {
    let desk = theory();
    let before = desk.look().state().operations();
    let told = decided(&desk, &["--freeze", "v2"]);
    assert_eq!(told["frozen"], "V2.gj");
    assert_eq!(desk.look().state().operations(), before + 2, "the decision is one step, the version another");
    let changed: Vec<&str> = told["changed"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    assert_eq!(changed[0], "K3.gj Peer workers is new");
    assert!(changed.contains(&"H1.gj belongs to K3.gj") && changed.contains(&"H2.gj is rejected"), "{changed:?}");
    assert!(changed.contains(&"H1.gj, context, now says: past coercion, and a worker who is known"), "{changed:?}");

    let diff = desk.json(&["theory", "diff", "v1", "v2"]);
    assert_eq!(diff["to"]["decisions"], json!(["X1.gj"]));
    for (id, moved) in [
        ("K1.gj", "adjudicate"),
        ("K2.gj", "demote"),
        ("K3.gj", "add"),
        ("H1.gj", "adjudicate"),
        ("H2.gj", "reject"),
        ("H3.gj", "add"),
        ("H4.gj", "demote"),
    ] {
        let one = change(&diff, id);
        assert_eq!((&one["move"], &one["decision"]), (&json!(moved), &json!("X1.gj")), "{id}");
    }
    assert_eq!(desk.json(&["theory", "versions"])[1]["decisions"], "X1.gj");

    // Who agrees to reject a statement does not agree with it.
    let statements = desk.json(&["hypothesis", "list"]);
    let consensus = |id: &str| {
        let all = statements.as_array().unwrap();
        all.iter().find(|one| one["id"] == id).unwrap()["consensus"].clone()
    };
    assert_eq!(["H1.gj", "H2.gj", "H4.gj"].map(consensus), ["agreed", "rejected", "untested"].map(Value::from));

    desk.run(&["report", "record", "--to", "md"]).done();
    let paper = std::fs::read_to_string(desk.project.join("outputs/record.md")).unwrap();
    for said in ["K3.gj Peer workers is new", "The theory now: v2 (V2.gj)", "rests on X1.gj", "H4.gj is parked"] {
        assert!(paper.contains(said), "{said} in {paper}");
    }

    // Version and decision are taken back one after the other, and with the decision everything it did.
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["theory", "diff", "v1", "now"])["changes"], json!([]));
    assert_eq!(desk.json(&["component", "list"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_component_whose_question_is_settled_says_by_which_decision() {
    let desk = theory();
    desk.run(&["decide", "agreed", "--body", "team", "--uncertainty", "U1.gj", "--option", "A"]).done();
    let diff = desk.json(&["theory", "diff", "v1"]);
    assert_eq!((diff["changes"].as_array().unwrap().len(), &change(&diff, "K1.gj")["decision"]), (1, &json!("X1.gj")));
    let frozen = desk.json(&["theory", "freeze", "v2", "--from-decision", "X1.gj"]);
    assert_eq!(frozen["decisions"], json!(["X1.gj"]));
    desk.run(&["decide", "agreed", "--body", "team", "--hypothesis", "H4.gj"]).done();
    let frozen = desk.json(&["theory", "freeze", "v3"]);
    assert_eq!(frozen["decisions"], json!(["X2.gj"]), "those that the version before did not know");
}

#[test]
fn what_cannot_be_done_leaves_everything_as_it_was() {
    let desk = theory();
    let before = desk.look().state().operations();
    let decide = ["decide", "agreed", "--body", "team", "--hypothesis", "H1.gj"];
    for (effects, why) in [
        (&["H1.gj=demote", "H1.gj=reject"][..], "changes what another effect changes already"),
        (&["H1.gj/context="], "is no effect"),
        (&["H1.gj/nonsense=x"], "has no part 'nonsense'"),
        (&["component=follow-up"], "is called 'Follow-up' already"),
        (&["component=New", "component=new"], "two components"),
        (&["H1.gj/component=Nowhere"], "Nowhere"),
        (&["H3.gj=demote"], "cannot become parked"),
    ] {
        let typed = effects.iter().flat_map(|effect| ["--effect", *effect]);
        desk.run(&decide.into_iter().chain(typed).collect::<Vec<_>>()).refused().says(why);
    }
    desk.run(&[&decide[..], &["--freeze", "v1"]].concat()).refused().says("is called v1 already");
    desk.run(&["theory", "freeze", "v2", "--from-decision", "X9.gj"]).refused().says("X9.gj");
    let rehearsed = desk.run(&[&decide[..], &["--freeze", "v2", "--effect", "H2.gj=reject", "--dry-run"]].concat());
    rehearsed.done().says("H2.gj is rejected");
    assert_eq!(desk.look().state().operations(), before);
}
