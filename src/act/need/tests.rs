//! Needs and drivers, tried at a desk.

use super::policy;
use super::tie::{Tied, Wish, leave, meet, position, unmeet};
use super::*;
use crate::act::desk::Desk;
use crate::act::{component, hypothesis, undo};
use crate::check;
use crate::coverage::{Footing, Grid};
use crate::need::{Level, Policy, Stance};
use crate::project::Depth;

/// An interview as S1.gj, two components, a statement of the first and one of none.
fn desk() -> Desk {
    let mut desk = Desk::with_interview();
    for name in ["Contact", "Coaching"] {
        let entry = component::Entry { name: Some(name.to_owned()), ..component::Entry::default() };
        component::add(&mut desk.project, &entry).unwrap();
    }
    for (sentence, component) in [("Contact lasts", Some("Contact".to_owned())), ("Nothing helps", None)] {
        let entry = hypothesis::Entry { statement: Some(sentence.to_owned()), component, ..Default::default() };
        hypothesis::add(&mut desk.project, &entry).unwrap();
    }
    desk
}

fn waiting() -> Entry {
    Entry {
        statement: Some("People wait too long".to_owned()),
        measure: Some("weeks".to_owned()),
        value: Some("18".to_owned()),
        source: Some("D1.gj".to_owned()),
        date: Some("2011-06".to_owned()),
        ..Entry::default()
    }
}

fn added(desk: &mut Desk, entries: &[Entry]) -> Result<Vec<String>> {
    let rows: Vec<usize> = (1..=entries.len()).collect();
    add(&mut desk.project, entries, &rows).map(|done| done.answer)
}

fn wish(of: &str, component: &str, because: &[&str]) -> Wish {
    let because = because.iter().map(|one| (*one).to_owned()).collect();
    Wish { of: of.to_owned(), component: component.to_owned(), because, ..Wish::default() }
}

fn tied(desk: &mut Desk, wishes: &[Wish]) -> Result<Vec<Tied>> {
    let rows: Vec<usize> = (1..=wishes.len()).collect();
    meet(&mut desk.project, wishes, &rows).map(|done| done.answer)
}

fn footings(desk: &Desk) -> Vec<Footing> {
    let synthesis = desk.project.synthesis(Depth::Facts).unwrap();
    Grid::<Need>::of(&synthesis).ties().map(|(.., cell)| cell.footing()).collect()
}

fn found(desk: &Desk) -> Vec<&'static str> {
    let rules = check::run(&desk.project, false).unwrap().into_iter().filter(|rule| rule.key == "needs");
    rules.flat_map(|rule| rule.diagnostics).map(|one| one.code).collect()
}

#[test]
fn many_needs_are_added_together_or_none_is() {
    let mut desk = desk();
    let refused = added(&mut desk, &[waiting(), Entry { date: Some("soon".to_owned()), ..waiting() }]).unwrap_err();
    assert_eq!((refused.0.code, refused.0.message.as_str()), ("bad-date", "row 2: 'soon' is no date"));
    assert_eq!(added(&mut desk, &[waiting(), waiting()]).unwrap_err().0.code, "same-need", "within one table too");
    assert!(desk.project.state().all::<Need>().is_empty());
    let later = Entry { date: Some("2012".to_owned()), ..waiting() };
    assert_eq!(added(&mut desk, &[waiting(), later.clone()]).unwrap(), ["W1.gj", "W2.gj"]);
    let refused = added(&mut desk, &[later]).unwrap_err();
    assert!(refused.0.message.starts_with("W2.gj says the same"), "{}", refused.0.message);
    let held: Need = desk.project.state().in_order::<Need>().swap_remove(0);
    assert_eq!(
        (held.value.as_deref(), held.date.as_deref(), held.author.as_deref()),
        (Some("18"), Some("2011-06"), Some("gj"))
    );
    assert_eq!(desk.project.label(held.source.unwrap()), "S1.gj", "the source of the document");
}

#[test]
fn an_empty_text_empties_a_field_and_the_same_said_again_changes_nothing() {
    let mut desk = desk();
    added(&mut desk, &[waiting()]).unwrap();
    let entry = Entry { date: Some(String::new()), ..Entry::default() };
    edit(&mut desk.project, "people wait too long", &entry).unwrap();
    assert_eq!(desk.project.state().all::<Need>()[0].date, None);
    assert_eq!(found(&desk), ["untraced-figure"]);
    assert!(edit(&mut desk.project, "W1.gj", &entry).unwrap().operation.is_none());
    let empty = Entry { statement: Some(" ".to_owned()), ..Entry::default() };
    assert_eq!(edit(&mut desk.project, "W1.gj", &empty).unwrap_err().0.code, "no-statement");
}

#[test]
fn ties_add_up_and_one_without_a_statement_is_kept_and_noted() {
    let mut desk = desk();
    added(&mut desk, &[waiting()]).unwrap();
    assert!(tied(&mut desk, &[wish("W1.gj", "Contact", &[])]).unwrap()[0].because.is_empty());
    assert_eq!((footings(&desk), found(&desk)), (vec![Footing::Unexplained], vec!["unexplained-tie"]));
    let how = Wish { how: Some("somebody rings".to_owned()), ..wish("W1.gj", "K1.gj", &["H1.gj"]) };
    let told = tied(&mut desk, &[how, wish("W1.gj", "K1.gj", &["H2.gj"])]).unwrap();
    assert_eq!(told[1].because, ["H1.gj", "H2.gj"], "said in one act, both stay");
    assert_eq!(told[1].of_other_components, ["H2.gj"]);
    assert_eq!(told[1].bare_drafts, ["H1.gj", "H2.gj"]);
    let held = &desk.project.state().all::<Need>()[0];
    let tie = held.met_by.values().next().unwrap();
    assert_eq!((tie.how.as_deref(), tie.because.len()), (Some("somebody rings"), 2));
    let less = Wish { without: vec!["H2.gj".to_owned()], ..wish("W1.gj", "K1.gj", &[]) };
    assert_eq!(tied(&mut desk, std::slice::from_ref(&less)).unwrap()[0].because, ["H1.gj"]);
    assert_eq!(tied(&mut desk, &[less]).unwrap_err().0.code, "no-such-reason");
    unmeet(&mut desk.project, "W1.gj", "Contact").unwrap();
    assert_eq!(unmeet(&mut desk.project, "W1.gj", "Contact").unwrap_err().0.code, "not-tied");
    tied(&mut desk, &[wish("W1.gj", "Contact", &[])]).unwrap();
    assert_eq!(footings(&desk), [Footing::Unexplained], "what explained the former tie went with it");
    undo::undo(&mut desk.project, None, false).unwrap();
    undo::undo(&mut desk.project, None, false).unwrap();
    assert_eq!(footings(&desk), [Footing::Explained]);
}

#[test]
fn ties_come_all_or_none_and_not_to_what_is_out_of_use() {
    let mut desk = desk();
    added(&mut desk, &[waiting()]).unwrap();
    let refused = tied(&mut desk, &[wish("W1.gj", "Contact", &[]), wish("W1.gj", "Coching", &[])]).unwrap_err();
    assert!(refused.0.message.starts_with("row 2: "), "{}", refused.0.message);
    assert!(footings(&desk).is_empty());
    retire(&mut desk.project, "W1.gj", true).unwrap();
    let refused = tied(&mut desk, &[wish("W1.gj", "Contact", &[])]).unwrap_err();
    assert_eq!(
        (refused.0.code, refused.0.hints[0].as_str()),
        ("retired", "take it up again first: realist need retire W1.gj --back")
    );
    retire(&mut desk.project, "W1.gj", false).unwrap();
    tied(&mut desk, &[wish("W1.gj", "Contact", &["H1.gj"])]).unwrap();
    let gone = component::Entry { retired: Some(true), ..component::Entry::default() };
    component::edit(&mut desk.project, "Contact", &gone).unwrap();
    assert_eq!(tied(&mut desk, &[wish("W1.gj", "K1.gj", &[])]).unwrap_err().0.code, "retired");
    assert_eq!(found(&desk), ["tied-out-of-use"]);
}

#[test]
fn a_component_stands_one_way_to_a_driver() {
    let mut desk = desk();
    let entry = policy::Entry { name: Some("Strategy".to_owned()), ..policy::Entry::default() };
    assert_eq!(policy::add(&mut desk.project, std::slice::from_ref(&entry), &[1]).unwrap_err().0.code, "no-level");
    let entry = policy::Entry { level: Some(Level::National), ..entry };
    policy::add(&mut desk.project, std::slice::from_ref(&entry), &[1]).unwrap();
    assert_eq!(policy::add(&mut desk.project, &[entry], &[1]).unwrap_err().0.code, "name-taken");
    let plain = wish("strategy", "Contact", &["H1.gj"]);
    assert_eq!(position(&mut desk.project, std::slice::from_ref(&plain), &[1]).unwrap_err().0.code, "no-stance");
    let against = Wish { stance: Some(Stance::ConflictsWith), ..plain.clone() };
    position(&mut desk.project, &[against], &[1]).unwrap();
    let told =
        position(&mut desk.project, &[Wish { because: vec!["H2.gj".to_owned()], ..plain.clone() }], &[1]).unwrap();
    assert_eq!(
        (told.answer[0].stance, told.answer[0].because.len()),
        (Some(Stance::ConflictsWith), 2),
        "its own stays"
    );
    position(&mut desk.project, &[Wish { stance: Some(Stance::AlignedWith), ..plain }], &[1]).unwrap();
    let held = &desk.project.state().all::<Policy>()[0];
    let one = held.stances.values().next().unwrap();
    assert_eq!((one.stance, one.tie.because.len()), (Stance::AlignedWith, 2));
    leave(&mut desk.project, "Y1.gj", "K1.gj").unwrap();
    assert!(desk.project.state().all::<Policy>()[0].stances.is_empty());
}
