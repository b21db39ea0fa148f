//! Recommendations that are refused, written once, and lose their ground.

use super::draft::{self, Asked};
use super::*;
use crate::act::anchor::Spot;
use crate::act::desk::Desk;
use crate::act::evidence::{self, Judgement};
use crate::act::{decide, undo};
use crate::check;
use crate::decision::{Body, Outcome};
use crate::evidence::Stance;
use crate::strand::SourceKind;

const GROUP: &str =
    "Moderator: How was it?\n\nBea: It was the same for me: she kept contact.\n\nMo: Nobody rang me at all.\n";

/// H1.gj has two sources for it, H2.gj none, H3.gj one for and one against; X1.gj agreed on H2.gj.
fn desk() -> Desk {
    let mut desk = Desk::with_interview();
    desk.import("group.txt", GROUP, SourceKind::FocusGroup);
    for sentence in ["Contact makes it go on", "A named person is known", "Calls are what counts"] {
        desk.statement(sentence);
    }
    say(&mut desk, "H1.gj", "D1.gj", "t2", Stance::Supports);
    say(&mut desk, "H1.gj", "D2.gj", "t2", Stance::Supports);
    say(&mut desk, "H3.gj", "D1.gj", "t2", Stance::Supports);
    say(&mut desk, "H3.gj", "D2.gj", "t3", Stance::Refutes);
    settle(&mut desk, Outcome::Agreed, "H2.gj");
    desk
}

fn say(desk: &mut Desk, hypothesis: &str, document: &str, turn: &str, stance: Stance) {
    let judgement = Judgement { stance: Some(stance), ..Judgement::default() };
    let spot = Spot::parse(document, Some(turn), None).unwrap();
    let wish = evidence::Wish { hypothesis: hypothesis.to_owned(), spot, judgement };
    evidence::add(&mut desk.project, &[wish]).unwrap();
}

fn settle(desk: &mut Desk, outcome: Outcome, hypothesis: &str) {
    let wish = decide::Wish {
        outcome,
        body: Body::Stakeholders,
        method: None,
        date: None,
        text: None,
        uncertainty: None,
        option: None,
        components: Vec::new(),
        hypotheses: vec![hypothesis.to_owned()],
        present: Vec::new(),
        dissent: Vec::new(),
        round: None,
        meeting: None,
        items: Vec::new(),
        effects: Vec::new(),
        actions: Vec::new(),
    };
    decide::decide(&mut desk.project, &wish).unwrap();
}

fn resting_on(basis: &[&str]) -> Entry {
    let basis = basis.iter().map(|one| (*one).to_owned()).collect();
    Entry { action: Some("Ring people every week".to_owned()), basis, ..Entry::default() }
}

fn asked() -> Asked {
    Asked { audience: Addressee::Practice, component: None, on: Vec::new() }
}

fn refused(desk: &mut Desk, basis: &[&str]) -> (&'static str, String) {
    let refused = add(&mut desk.project, Addressee::Practice, &resting_on(basis)).unwrap_err();
    (refused.0.code, refused.0.hints.join(" "))
}

fn found(project: &Project) -> Vec<&'static str> {
    let rules = check::run(project, false).unwrap();
    let wanted = rules.into_iter().filter(|rule| ["recommendations", "references"].contains(&rule.key));
    wanted.flat_map(|rule| rule.diagnostics).map(|one| one.code).collect()
}

#[test]
fn none_is_written_that_nothing_carries() {
    let mut desk = desk();
    assert_eq!(refused(&mut desk, &[]).0, "no-ground");
    assert_eq!(refused(&mut desk, &["H3.gj"]).0, "no-ground");
    let (code, hints) = refused(&mut desk, &["H2.gj"]);
    assert_eq!(code, "no-ground");
    assert!(hints.contains("--basis X1.gj"), "{hints}");
    assert_eq!(refused(&mut desk, &["D1.gj"]).0, "no-ground-kind");
    assert_eq!(add(&mut desk.project, Addressee::Practice, &resting_on(&["H1.gj", "H3.gj"])).unwrap().answer, "RC1.gj");
    assert_eq!(add(&mut desk.project, Addressee::Policy, &resting_on(&["X1.gj"])).unwrap().answer, "RC2.gj");
    let less = Entry { without: vec!["H1.gj".to_owned()], ..Entry::default() };
    assert_eq!(edit(&mut desk.project, "RC1.gj", &less).unwrap_err().0.code, "no-ground");
    let instead = Entry { basis: vec!["X1.gj".to_owned()], ..less.clone() };
    edit(&mut desk.project, "RC1.gj", &instead).unwrap();
    assert_eq!(edit(&mut desk.project, "RC1.gj", &less).unwrap_err().0.code, "not-named");
    assert_eq!(found(&desk.project), [""; 0]);
}

#[test]
fn what_a_recommendation_rests_on_may_be_taken_from_it_and_check_says_so() {
    let mut desk = desk();
    add(&mut desk.project, Addressee::Practice, &resting_on(&["H1.gj"])).unwrap();
    add(&mut desk.project, Addressee::Practice, &resting_on(&["X1.gj"])).unwrap();
    say(&mut desk, "H1.gj", "D2.gj", "t3", Stance::Refutes);
    assert_eq!(found(&desk.project), ["only-contested"]);
    settle(&mut desk, Outcome::NotAgreed, "H2.gj");
    assert_eq!(found(&desk.project), ["only-contested", "no-ground"]);
    let words = Entry { owner: Some("gj".to_owned()), ..Entry::default() };
    edit(&mut desk.project, "RC2.gj", &words).expect("its other words may still be changed");
    let more = Entry { basis: vec!["X2.gj".to_owned()], ..Entry::default() };
    assert_eq!(edit(&mut desk.project, "RC2.gj", &more).unwrap_err().0.code, "no-ground");
    settle(&mut desk, Outcome::Agreed, "H2.gj");
    let more = Entry { basis: vec!["X3.gj".to_owned()], ..Entry::default() };
    edit(&mut desk.project, "RC2.gj", &more).unwrap();
    assert_eq!(found(&desk.project), ["only-contested", "ground-fallen"]);
    assert_eq!(refused(&mut desk, &["X1.gj", "X3.gj"]).0, "fallen-ground");
    let less = Entry { without: vec!["X1.gj".to_owned()], ..Entry::default() };
    edit(&mut desk.project, "RC2.gj", &less).unwrap();
    retire(&mut desk.project, "RC1.gj", true).unwrap();
    assert_eq!(found(&desk.project), [""; 0]);
}

#[test]
fn skeletons_are_written_once_in_one_step() {
    let mut desk = desk();
    let written = draft::write(&mut desk.project, &asked()).unwrap().answer;
    assert_eq!((written.written.join(" "), written.there.len()), ("RC1.gj RC2.gj".to_owned(), 0));
    assert_eq!(found(&desk.project), ["provisional"], "nobody has appraised what H1.gj rests on");
    let again = draft::write(&mut desk.project, &asked()).unwrap();
    assert!(again.operation.is_none());
    assert_eq!((again.answer.written.len(), again.answer.there.join(" ")), (0, "RC1.gj RC2.gj".to_owned()));
    let workforce = Asked { audience: Addressee::Workforce, on: vec!["H1.gj".to_owned()], component: None };
    assert_eq!(draft::write(&mut desk.project, &workforce).unwrap().answer.written, ["RC3.gj"]);
    undo::undo(&mut desk.project, None, false).unwrap();
    undo::undo(&mut desk.project, None, false).unwrap();
    assert!(desk.project.state().all::<Recommendation>().is_empty());
    let anew = draft::write(&mut desk.project, &asked()).unwrap().answer;
    assert_eq!(anew.written.len(), 2);
    assert!(desk.project.state().all::<Recommendation>().iter().all(Recommendation::is_skeleton));
}

#[test]
fn owners_and_days_follow_the_rules_of_actions() {
    let mut desk = desk();
    let with = |change: fn(&mut Entry)| {
        let mut entry = resting_on(&["H1.gj"]);
        change(&mut entry);
        entry
    };
    let code = |desk: &mut Desk, entry: &Entry| add(&mut desk.project, Addressee::Practice, entry).unwrap_err().0.code;
    assert_eq!(code(&mut desk, &with(|one| one.owner = Some("Jo Rivers".to_owned()))), "bad-owner");
    assert_eq!(code(&mut desk, &with(|one| one.due = Some("May".to_owned()))), "bad-date");
    assert_eq!(code(&mut desk, &with(|one| one.role = Some("Care partner".to_owned()))), "not-workforce");
    let whole = with(|one| {
        one.owner = Some("SU1".to_owned());
        one.due = Some("2026-05-01".to_owned());
        one.role = Some("Care partner".to_owned());
    });
    add(&mut desk.project, Addressee::Workforce, &whole).unwrap();
    let held: Recommendation = find(&desk.project, "RC1.gj").unwrap();
    assert_eq!((held.owner.as_deref(), held.due.as_deref()), (Some("su1"), Some("2026-05-01")));
    assert!(held.is_overdue("2026-05-02") && !held.is_overdue("2026-05-01"));
    finish(&mut desk.project, "RC1.gj", Some("they do")).unwrap();
    assert_eq!(finish(&mut desk.project, "RC1.gj", None).unwrap_err().0.code, "done-before");
    assert!(!find(&desk.project, "RC1.gj").unwrap().is_overdue("2027-01-01"));
    let nothing = Entry::default();
    assert_eq!(edit(&mut desk.project, "RC1.gj", &nothing).unwrap_err().0.code, "nothing-to-change");
    let away = Entry { owner: Some(String::new()), ..Entry::default() };
    edit(&mut desk.project, "RC1.gj", &away).unwrap();
    assert_eq!(find(&desk.project, "RC1.gj").unwrap().owner, None);
}
