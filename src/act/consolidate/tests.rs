//! The workbench on a small project. Compiled for tests only.

use super::own::Card;
use super::ruling::{Decision, Row, apply};
use super::*;
use crate::act::desk::Desk;
use crate::act::hypothesis::{self as statements, Entry};
use crate::grouping::Relation;
use crate::hypothesis::Editorial;
use crate::link::{Link, LinkKind};

const SAID: [[&str; 3]; 4] = [
    ["a nurse rings within two days", "questions can be asked", "worries are settled"],
    ["a call from a nurse within two days", "they can ask their questions", "worries are settled early"],
    ["a nurse rings within two days", "being checked is disliked", "worries are settled"],
    ["a bus to the clinic", "the journey costs nothing", "appointments are kept"],
];

fn desk() -> Desk {
    use crate::hypothesis::PartKind::{Outcome, Reasoning, Resource};
    let mut desk = Desk::new();
    for [offered, reasoning, outcome] in SAID {
        let parts = [(Resource, offered), (Reasoning, reasoning), (Outcome, outcome)];
        let parts = parts.map(|(kind, text)| (kind, text.to_owned())).to_vec();
        statements::add(&mut desk.project, &Entry { parts, ..Entry::default() }).unwrap();
    }
    desk
}

fn by_hand_first(desk: &mut Desk) {
    let path = desk.project.root().join("realist.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    crate::disk::replace(&path, format!("{text}\n[consolidation]\nby_hand_first = true\n").as_bytes()).unwrap();
    desk.reopen(|_| {});
}

fn proposed(desk: &Desk) -> Vec<(Relation, Vec<String>)> {
    let look = look(&desk.project, &Wish::default()).unwrap();
    let labels = |one: &Proposal| one.members.iter().map(|id| look.synthesis.label(*id)).collect();
    look.proposals.iter().map(|one| (one.relation, labels(one))).collect()
}

/// The rows that a meeting fills in alike.
fn rows(desk: &Desk, at: usize, decision: Decision, row: &Row) -> Vec<Row> {
    let look = look(&desk.project, &Wish::default()).unwrap();
    let proposal = &look.proposals[at];
    let row = |id: &Id| Row {
        proposal: proposal.key.clone(),
        statement: look.synthesis.label(*id),
        decision: Some(decision),
        ..row.clone()
    };
    proposal.members.iter().map(row).collect()
}

fn because(reason: &str) -> Row {
    Row { reason: Some(reason.to_owned()), ..Row::default() }
}

fn labels(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn what_was_refused_is_proposed_again_only_when_reworded() {
    let mut desk = desk();
    let before = proposed(&desk);
    assert_eq!(before[0], (Relation::Duplicate, labels(&["H1.gj", "H2.gj"])));
    assert!(before.contains(&(Relation::RivalCandidate, labels(&["H1.gj", "H3.gj"]))), "{before:?}");
    let bare = rows(&desk, 0, Decision::Reject, &Row::default());
    assert_eq!(apply(&mut desk.project, &bare).unwrap_err().0.code, "reason-needed");
    let rows = rows(&desk, 0, Decision::Reject, &because("another call"));
    let done = apply(&mut desk.project, &rows).unwrap();
    assert_eq!(done.answer[0].rejected, ["H1.gj", "H2.gj"]);
    assert!(!proposed(&desk).contains(&before[0]));
    assert_eq!(apply(&mut desk.project, &rows).unwrap().operation, None, "said before");
    let edit = Entry { statement: Some("If a nurse rings, then worries are settled".to_owned()), ..Entry::default() };
    statements::edit(&mut desk.project, "H2.gj", &edit, Some("clearer")).unwrap();
    assert!(proposed(&desk).iter().any(|(_, members)| *members == labels(&["H1.gj", "H2.gj"])));
    assert_eq!(apply(&mut desk.project, &rows).unwrap_err().0.code, "reworded");
    assert_eq!(ruled(&desk.project, Verdict::Refused).len(), 1);
    take_back(&mut desk.project, "GR1.gj").unwrap();
    assert!(ruled(&desk.project, Verdict::Refused).is_empty());
}

#[test]
fn a_sheet_merges_and_feeds_as_one_operation() {
    let mut desk = desk();
    let key = look(&desk.project, &Wish::default()).unwrap().proposals[0].key.clone();
    let row = |statement: &str, decision| Row {
        proposal: key.clone(),
        statement: statement.to_owned(),
        decision: Some(decision),
        sentence: Some("If a nurse calls soon, then worries are settled".to_owned()),
        reason: Some("said twice".to_owned()),
        ..Row::default()
    };
    let mut rows = vec![row("H1.gj", Decision::Feeds), row("H2.gj", Decision::Feeds)];
    rows[1].sentence = None;
    let before = desk.project.state().notes().len();
    let done = apply(&mut desk.project, &rows).unwrap();
    assert_eq!((done.answer[0].parent.as_deref(), desk.project.state().notes().len()), (Some("H5.gj"), before + 1));
    let links = desk.project.state().all::<Link>();
    assert!(links.iter().all(|link| link.kind == LinkKind::Feeds) && links.len() == 2);
    crate::act::undo::undo(&mut desk.project, None, false).unwrap();
    let rows = vec![row("H1.gj", Decision::Merge), row("H2.gj", Decision::Merge)];
    let parent = apply(&mut desk.project, &rows).unwrap().answer[0].parent.clone().unwrap();
    let all = desk.project.state().all::<Hypothesis>();
    for one in all.iter().filter(|one| ["H1.gj", "H2.gj"].contains(&desk.project.label(one.id).as_str())) {
        assert_eq!(one.status, Editorial::Merged);
    }
    assert_eq!(all.iter().filter(|one| one.status == Editorial::Merged).count(), 2);
    assert!(all.iter().any(|one| desk.project.label(one.id) == parent && one.status.is_living()));
    // What both say alike of the parts is said by the parent; here nothing is, unless the sheet says it.
    assert!(all.iter().find(|one| desk.project.label(one.id) == parent).unwrap().parts.is_empty());
    let rivals = proposed(&desk);
    assert!(rivals.iter().all(|(_, members)| !members.contains(&"H1.gj".to_owned())), "{rivals:?}");
}

#[test]
fn each_decision_keeps_its_own_reason_and_a_new_statement_the_parts_that_are_said() {
    use crate::hypothesis::PartKind::{Outcome, Reasoning};
    let mut desk = desk();
    let row = |statement: &str, decision, reason: &str| Row {
        proposal: "our pile".to_owned(),
        statement: statement.to_owned(),
        decision: Some(decision),
        reason: Some(reason.to_owned()),
        ..Row::default()
    };
    let mut rows = [
        row("H1.gj", Decision::Merge, "one claim"),
        row("H3.gj", Decision::Merge, ""),
        row("H2.gj", Decision::Feeds, "early is another matter"),
        row("H4.gj", Decision::Reject, "no call in it"),
    ];
    rows[0].sentence = Some("If a nurse rings soon, then worries are settled".to_owned());
    rows[1].parts = vec![(Reasoning, "somebody asks".to_owned())];
    let parent = apply(&mut desk.project, &rows).unwrap().answer[0].parent.clone().unwrap();
    let state = desk.project.state();
    let why = |kind| state.all::<Link>().into_iter().find(|link| link.kind == kind).unwrap().reason.unwrap();
    assert_eq!(
        (why(LinkKind::MergedInto), why(LinkKind::Feeds)),
        ("one claim".into(), "early is another matter".into())
    );
    assert!(ruled(&desk.project, Verdict::Refused).iter().all(|one| one.reason.as_deref() == Some("no call in it")));
    let parts = |label: &str| -> Vec<_> {
        let all = state.all::<Hypothesis>().into_iter().find(|one| desk.project.label(one.id) == label).unwrap().parts;
        all.into_iter().map(|part| (part.kind, part.text)).collect()
    };
    assert_eq!(parts(&parent), [(Reasoning, "somebody asks".to_owned())]);
    crate::act::undo::undo(&mut desk.project, None, false).unwrap();
    rows[1].parts.clear();
    apply(&mut desk.project, &rows).unwrap();
    let state = desk.project.state();
    let parent = state.all::<Hypothesis>().into_iter().max_by_key(|one| desk.project.label(one.id)).unwrap();
    let said: Vec<_> = parent.parts.iter().map(|part| (part.kind, part.text.as_str())).collect();
    assert!(said.contains(&(Outcome, "worries are settled")), "what both say alike: {said:?}");
    let unsaid = [row("H1.gj", Decision::Accept, "x"), row("H2.gj", Decision::Reject, "")];
    assert_eq!(apply(&mut desk.project, &unsaid).unwrap_err().0.code, "too-few");
}

#[test]
fn one_rejected_of_three_is_kept_apart_from_the_others_only() {
    let mut desk = desk();
    let row = |statement: &str, decision| Row {
        proposal: "our pile".to_owned(),
        statement: statement.to_owned(),
        decision: Some(decision),
        reason: Some("not this one".to_owned()),
        ..Row::default()
    };
    let rows = [row("H1.gj", Decision::Accept), row("H2.gj", Decision::Accept), row("H4.gj", Decision::Reject)];
    let done = apply(&mut desk.project, &rows).unwrap();
    assert_eq!((done.answer[0].accepted.len(), done.answer[0].rejected.len()), (2, 1));
    assert_eq!((ruled(&desk.project, Verdict::Refused).len(), ruled(&desk.project, Verdict::Accepted).len()), (2, 1));
}

#[test]
fn faults_of_a_sheet_leave_nothing_behind() {
    let mut desk = desk();
    let before = desk.project.state().notes().len();
    for (row, code) in [
        (because("why"), "no-sentence"),
        (Row { sentence: Some("S".to_owned()), ..Row::default() }, "reason-needed"),
        (Row { sentence: Some("S".to_owned()), into: Some("H4.gj".to_owned()), ..because("why") }, "two-parents"),
    ] {
        let rows = rows(&desk, 0, Decision::Merge, &row);
        assert_eq!(apply(&mut desk.project, &rows).unwrap_err().0.code, code);
    }
    let open = Row { proposal: "x".to_owned(), statement: "H1.gj".to_owned(), ..Row::default() };
    assert_eq!(apply(&mut desk.project, &[open]).unwrap_err().0.code, "nothing-decided");
    assert_eq!(desk.project.state().notes().len(), before);
}

#[test]
fn a_team_that_sorts_by_hand_sees_no_proposal_before_unless_that_is_recorded() {
    let mut desk = desk();
    by_hand_first(&mut desk);
    assert_eq!(look(&desk.project, &Wish::default()).unwrap_err().0.code, "by-hand-first");
    let card = |statement: &str, group: &str| Card { statement: statement.to_owned(), group: group.to_owned() };
    let cards = [card("H1.gj", "Calls"), card("H2.gj", "calls"), card("H4.gj", " "), card("H3.gj", "Other")];
    assert_eq!(own::enter(&mut desk.project, &[card("H1.gj", "")]).unwrap_err().0.code, "no-groups");
    let twice = [card("H1.gj", "A"), card("H1.gj", "B")];
    assert_eq!(own::enter(&mut desk.project, &twice).unwrap_err().0.code, "card-twice");
    let entered = own::enter(&mut desk.project, &cards).unwrap().answer;
    assert_eq!(entered.iter().map(|one| one.members).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(ruled(&desk.project, Verdict::Sorted)[0].informed, Some(false));
    assert!(own::enter(&mut desk.project, &cards).unwrap().answer.iter().all(|one| one.unchanged));
    assert!(!proposed(&desk).is_empty());
}

#[test]
fn a_look_before_the_groups_is_remembered_with_them() {
    let mut desk = desk();
    by_hand_first(&mut desk);
    assert!(look_first(&mut desk.project).unwrap().answer);
    assert_eq!(look_first(&mut desk.project).unwrap().operation, None);
    assert!(!proposed(&desk).is_empty());
    let card = Card { statement: "H1.gj".to_owned(), group: "Calls".to_owned() };
    own::enter(&mut desk.project, &[card]).unwrap();
    assert_eq!(ruled(&desk.project, Verdict::Sorted)[0].informed, Some(true));
}

#[test]
fn cards_hold_statements_and_nobodys_words() {
    let mut desk = Desk::with_interview();
    desk.statement("If she keeps contact, then people stay");
    let spot = crate::act::anchor::Spot::parse("D1.gj", Some("t2"), None).unwrap();
    let judgement = crate::act::evidence::Judgement {
        stance: Some(crate::evidence::Stance::Supports),
        ..crate::act::evidence::Judgement::default()
    };
    let wish = crate::act::evidence::Wish { hypothesis: "H1.gj".to_owned(), spot, judgement };
    crate::act::evidence::add(&mut desk.project, &[wish]).unwrap();
    for form in [cards::Form::Csv, cards::Form::Html] {
        let (bytes, number) = cards::make(&desk.project, form, None).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(number, 1);
        assert!(text.contains("If she keeps contact") && text.contains("1 interview"), "{text}");
        assert!(!text.contains("all through the crisis"));
    }
    assert_eq!(&cards::make(&desk.project, cards::Form::Docx, None).unwrap().0[..2], b"PK");
}
