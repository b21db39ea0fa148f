//! Statements as they live: what one act leads to in the next.

use super::confirm;
use super::merge::{Into, merge};
use super::{history, split, status, tested};
use crate::act::anchor::Spot;
use crate::act::desk::Desk;
use crate::act::evidence::{self, Judgement};
use crate::act::hypothesis::{self, Entry};
use crate::act::relate::{self, Wish};
use crate::act::{parts::Saying, undo};
use crate::evidence::{Evidential, Stance};
use crate::hypothesis::{Editorial, Hypothesis, Inference, PartKind, Test};
use crate::id::{Id, Label};
use crate::link::LinkKind;
use crate::project::{Depth, Project};
use crate::synthesis::{Bearings, Judged, Synthesis};

fn sentence(text: &str) -> Entry {
    Entry { statement: Some(text.to_owned()), ..Entry::default() }
}

fn new(text: &str) -> Into {
    Into::New(Box::new(sentence(text)))
}

fn labels(typed: &[&str]) -> Vec<String> {
    typed.iter().map(|one| (*one).to_owned()).collect()
}

fn id(project: &Project, label: &str) -> Id {
    project.state().labelled(&label.parse::<Label>().unwrap()).unwrap()
}

fn held(project: &Project, label: &str) -> Hypothesis {
    project.state().get(id(project, label)).unwrap()
}

fn all(project: &Project) -> Synthesis {
    project.synthesis(Depth::Facts).unwrap()
}

fn link(project: &mut Project, hypothesis: &str, turn: usize, stance: Stance) -> String {
    let judgement = Judgement { stance: Some(stance), ..Judgement::default() };
    let spot = Spot::parse(&format!("D1.gj/{turn}"), None, None).unwrap();
    let wish = evidence::Wish { hypothesis: hypothesis.to_owned(), spot, judgement };
    evidence::add(project, &[wish]).unwrap().answer[0].id.clone()
}

fn wish(from: &str, kind: LinkKind, to: &str) -> Wish {
    Wish { from: from.to_owned(), kind, to: to.to_owned(), enters_as: None, reason: None }
}

/// What is open on a statement: the label of each link and what it was judged against.
fn open(project: &Project, on: &str) -> Vec<(String, Judged)> {
    let found = confirm::open(project, id(project, on)).unwrap().into_iter();
    found.map(|one| (project.label(one.evidence), one.judged)).collect()
}

/// Three statements, the first two on one passage and each on one of its own.
fn three() -> Desk {
    let mut desk = Desk::with_interview();
    for text in ["If welcomed, they stay", "If greeted, they remain", "If pressed, they leave"] {
        desk.statement(text);
    }
    for (statement, turn) in [("H1.gj", 2), ("H2.gj", 2), ("H1.gj", 3), ("H2.gj", 4)] {
        link(&mut desk.project, statement, turn, Stance::Supports);
    }
    desk
}

#[test]
fn a_parent_has_a_sentence_of_its_own_and_shows_each_passage_once() {
    let mut desk = three();
    let done =
        merge(&mut desk.project, &labels(&["H1.gj", "H2"]), &new("If received well, they stay"), "alike").unwrap();
    assert_eq!((done.answer.parent.as_str(), done.answer.is_new), ("H4.gj", true));
    assert_eq!(done.answer.children, ["H1.gj", "H2.gj"]);
    let synthesis = all(&desk.project);
    let parent = id(&desk.project, "H4.gj");
    assert_eq!(held(&desk.project, "H4.gj").sentence(), "If received well, they stay");
    assert_eq!(held(&desk.project, "H1.gj").status, Editorial::Merged);
    let standing = synthesis.standing(parent);
    assert_eq!((standing.standing, standing.links, standing.inherited), (Evidential::SingleSource, 3, 3));
    assert_eq!(synthesis.standings()[&parent], standing);
    // Asked for by itself it reads the same.
    let alone = desk.project.synthesis_of(parent, Depth::Facts).unwrap();
    assert_eq!(alone.standing(parent), standing);
    assert_eq!(history::children(&desk.project, parent).len(), 2);
    // One undo takes the whole merge back.
    undo::undo(&mut desk.project, None, false).unwrap();
    assert_eq!(held(&desk.project, "H1.gj").status, Editorial::Draft);
    assert!(all(&desk.project).links.is_empty());
}

#[test]
fn a_parent_stands_in_place_of_what_was_merged() {
    let mut desk = three();
    let project = &mut desk.project;
    hypothesis::add(project, &Entry { parts: vec![(PartKind::Outcome, "o".into())], ..sentence("Fourth") }).unwrap();
    relate::add(project, &[wish("H3.gj", LinkKind::RivalOf, "H1.gj"), wish("H4.gj", LinkKind::LeadsTo, "H2.gj")])
        .unwrap();
    let done = merge(project, &labels(&["H1.gj", "H2.gj"]), &new("Both"), "alike").unwrap().answer;
    assert_eq!(done.loose, ["L1.gj: H3.gj is a rival of H1.gj", "L2.gj: H4.gj leads to H2.gj"]);
    let synthesis = all(project);
    let [first, third, fourth, parent] = ["H1.gj", "H3.gj", "H4.gj", "H5.gj"].map(|label| id(project, label));
    assert_eq!(synthesis.rivals_of(third), [parent].into());
    assert_eq!((synthesis.rivals_of(parent), synthesis.rivals_of(first)), ([third].into(), [third].into()));
    assert_eq!(synthesis.chains().path(fourth, parent), Some(vec![fourth, parent]));
    assert_eq!(synthesis.speakers().of_all(&[first, third, parent]), [parent, third]);
}

#[test]
fn a_merged_statement_stands_as_it_was() {
    let mut desk = three();
    merge(&mut desk.project, &labels(&["H1.gj", "H2.gj"]), &new("Both"), "alike").unwrap();
    let project = &mut desk.project;
    let refused = hypothesis::edit(project, "H1.gj", &sentence("Otherwise"), None).unwrap_err();
    assert_eq!((refused.0.code, refused.0.hints[0].as_str()), ("merged", "H4.gj speaks for it: use H4.gj instead"));
    let judgement = Judgement { stance: Some(Stance::Supports), ..Judgement::default() };
    let more =
        evidence::Wish { hypothesis: "H1.gj".into(), spot: Spot::parse("D1.gj/1", None, None).unwrap(), judgement };
    assert_eq!(evidence::add(project, &[more]).unwrap_err().0.code, "merged");
    assert_eq!(relate::add(project, &[wish("H3.gj", LinkKind::Refines, "H1.gj")]).unwrap_err().0.code, "merged");
    assert_eq!(tested::set(project, "H1.gj", Test::Trial, Some("none")).unwrap_err().0.code, "merged");
    assert_eq!(merge(project, &labels(&["H1.gj"]), &Into::Existing("H3.gj".into()), "x").unwrap_err().0.code, "merged");
    for to in Editorial::ALL {
        assert!(status::set(project, &labels(&["H1.gj"]), *to, "x").is_err(), "{to}");
    }
}

#[test]
fn what_is_inherited_is_confirmed_with_one_key_and_opens_again_with_a_new_wording() {
    let mut desk = three();
    merge(&mut desk.project, &labels(&["H1.gj", "H2.gj"]), &new("Both"), "alike").unwrap();
    let project = &mut desk.project;
    let inherited = |label: &str| (label.to_owned(), Judged::Inherited);
    assert_eq!(open(project, "H4.gj"), [inherited("E1.gj"), inherited("E3.gj"), inherited("E4.gj")]);
    let done = confirm::confirm(project, &labels(&["E1.gj"]), None, None).unwrap().answer;
    assert_eq!((done[0].hypothesis.as_str(), done[0].is_new), ("H4.gj", false));
    assert_eq!(open(project, "H4.gj"), [inherited("E3.gj"), inherited("E4.gj")]);
    assert_eq!(confirm::confirm_all(project, "H4.gj").unwrap().answer.len(), 2);
    assert_eq!(open(project, "H4.gj"), []);
    assert_eq!(confirm::confirm(project, &labels(&["E1.gj"]), None, None).unwrap_err().0.code, "nothing-open");
    assert_eq!(all(project).standing(id(project, "H4.gj")).inherited, 0);
    hypothesis::edit(project, "H4.gj", &sentence("Both, said better"), Some("clearer")).unwrap();
    assert!(open(project, "H4.gj").iter().all(|(_, judged)| *judged == Judged::EarlierWording));
    // The standing does not depend on it: a person's judgement is not taken away by a rule.
    assert_eq!(all(project).standing(id(project, "H4.gj")).links, 3);
}

#[test]
fn an_account_feeds_several_statements_and_stays_itself() {
    let mut desk = three();
    let project = &mut desk.project;
    hypothesis::add(project, &sentence("Another")).unwrap();
    let feeds = |to| wish("H1.gj", LinkKind::Feeds, to);
    relate::add(project, &[feeds("H3.gj"), feeds("H4.gj")]).unwrap();
    let synthesis = all(project);
    for (label, links) in [("H1.gj", 2), ("H3.gj", 2), ("H4.gj", 2), ("H2.gj", 2)] {
        assert_eq!(synthesis.standing(id(project, label)).links, links, "{label}");
    }
    assert_eq!(held(project, "H1.gj").status, Editorial::Draft);
    let circle = relate::add(project, &[wish("H4.gj", LinkKind::Feeds, "H1.gj")]).unwrap_err();
    assert_eq!(circle.0.message, "merged_into or feeds would run in a circle: H4.gj → H1.gj → H4.gj");
    // Confirmed for one of them, it is still open on the other.
    confirm::confirm(project, &labels(&["E1.gj"]), Some("H3.gj"), None).unwrap();
    assert_eq!((open(project, "H3.gj").len(), open(project, "H4.gj").len()), (1, 2));
}

#[test]
fn a_passage_on_both_sides_is_named_and_counts_on_both() {
    let mut desk = three();
    let project = &mut desk.project;
    link(project, "H3.gj", 3, Stance::Refutes);
    merge(project, &labels(&["H1.gj"]), &Into::Existing("H3.gj".to_owned()), "the same matter").unwrap();
    let synthesis = all(project);
    let parent = id(project, "H3.gj");
    let clashes = Bearings::of(&synthesis).all_clashes();
    assert_eq!(clashes.len(), 1);
    let names = |ids: &[Id]| ids.iter().map(|id| project.label(*id)).collect::<Vec<_>>();
    assert_eq!((names(&clashes[0].r#for), names(&clashes[0].against)), (labels(&["E3.gj"]), labels(&["E5.gj"])));
    assert_eq!(synthesis.standing(parent).standing, Evidential::Contested);
}

#[test]
fn passages_of_one_source_that_overlap_clash() {
    let mut desk = three();
    let project = &mut desk.project;
    // H1.gj has the whole of turn 2 for it; against it stand some words of that turn.
    let spot = Spot::parse("D1.gj", None, Some("all through the crisis")).unwrap();
    let judgement = Judgement { stance: Some(Stance::Refutes), ..Judgement::default() };
    evidence::add(project, &[evidence::Wish { hypothesis: "H1.gj".to_owned(), spot, judgement }]).unwrap();
    let synthesis = project.synthesis(Depth::Quotations).unwrap();
    let clashes = Bearings::of(&synthesis).all_clashes();
    assert_eq!((clashes.len(), clashes[0].is_same), (1, false));
    let table = crate::frame::clashes(&synthesis).to_json();
    assert_eq!((&table[0]["passages"], &table[0]["text"]), (&"overlap".into(), &"all through the crisis".into()));
}

#[test]
fn a_split_or_refined_statement_keeps_its_evidence_until_somebody_takes_it_on() {
    let mut desk = three();
    let project = &mut desk.project;
    let done = split::split(project, "H1.gj", &labels(&["If met", "If known"]), false, "two claims").unwrap().answer;
    assert_eq!((done.new, done.former.as_str()), (labels(&["H4.gj", "H5.gj"]), "H1.gj"));
    assert_eq!(held(project, "H1.gj").status, Editorial::Superseded);
    assert_eq!(all(project).standing(id(project, "H4.gj")).links, 0);
    assert_eq!(open(project, "H4.gj").len(), 2);
    assert_eq!(confirm::confirm(project, &labels(&["E1.gj"]), None, None).unwrap_err().0.code, "nothing-open");
    let taken = confirm::confirm(project, &labels(&["E1.gj"]), Some("H4.gj"), None).unwrap().answer;
    assert_eq!((taken[0].evidence.as_str(), taken[0].is_new), ("E5.gj", true));
    assert_eq!((all(project).standing(id(project, "H4.gj")).links, open(project, "H4.gj").len()), (1, 1));
    let closer = Entry { parts: vec![(PartKind::Outcome, "stays a year".to_owned())], ..Entry::default() };
    let done = split::refine(project, "H2.gj", &closer, true, "the time").unwrap().answer;
    assert_eq!((done.new.clone(), held(project, "H2.gj").status), (labels(&["H6.gj"]), Editorial::Draft));
    assert_eq!(held(project, "H6.gj").sentence(), "If greeted, they remain");
    assert_eq!(split::split(project, "H3.gj", &labels(&["one"]), false, "x").unwrap_err().0.code, "too-few");
    assert_eq!(split::refine(project, "H1.gj", &closer, false, "x").unwrap_err().0.code, "not-living");
}

#[test]
fn a_statement_goes_its_way_one_step_at_a_time_with_reasons() {
    let mut desk = Desk::new();
    desk.statement("Something");
    let project = &mut desk.project;
    let mut step =
        |to: Editorial, why: &str| status::set(project, &labels(&["H1.gj"]), to, why).map_err(|fault| fault.0);
    let refused = step(Editorial::Active, "x").unwrap_err();
    assert_eq!((refused.code, refused.hints[0].as_str()), ("no-such-step", "it can become: screened, rejected"));
    assert_eq!(step(Editorial::Screened, " ").unwrap_err().code, "reason-needed");
    for (to, why) in [
        (Editorial::Screened, "read by two"),
        (Editorial::Active, "kept"),
        (Editorial::Parked, "out of scope for now"),
        (Editorial::Active, "back in scope"),
        (Editorial::Rejected, "nobody holds it"),
    ] {
        step(to, why).unwrap();
    }
    assert_eq!(step(Editorial::Active, "x").unwrap_err().code, "no-such-step");
    let events = history::of(project, id(project, "H1.gj"));
    let told: Vec<(&str, Option<&str>)> = events.iter().map(|one| (one.what.as_str(), one.why.as_deref())).collect();
    assert_eq!(told[0], ("written; statement: Something", None));
    assert_eq!(told[3], ("status: parked (was: active)", Some("out of scope for now")));
    assert!(events.iter().all(|one| one.by == "gj" && !one.time.is_empty()));
}

#[test]
fn the_way_of_a_statement_is_the_methods() {
    use Editorial::{Active, Draft, Merged, Parked, Rejected, Screened, Superseded};
    let ways: Vec<(Editorial, &[Editorial])> = Editorial::ALL.iter().map(|one| (*one, one.next())).collect();
    assert_eq!(
        ways,
        [
            (Draft, &[Screened, Rejected][..]),
            (Screened, &[Active, Rejected]),
            (Active, &[Parked, Superseded, Rejected]),
            (Merged, &[]),
            (Superseded, &[]),
            (Rejected, &[]),
            (Parked, &[Active]),
        ]
    );
}

#[test]
fn being_tested_is_a_standing_of_its_own() {
    let mut desk = three();
    let project = &mut desk.project;
    let before = all(project).standing(id(project, "H1.gj"));
    assert_eq!(tested::set(project, "H1.gj", Test::Trial, None).unwrap_err().0.code, "no-result");
    tested::set(project, "H1.gj", Test::Trial, Some("no evidence of difference")).unwrap();
    let held = held(project, "H1.gj");
    assert_eq!(held.tested.as_ref().unwrap().in_words(), "trial: no evidence of difference");
    assert_eq!((held.status, all(project).standing(held.id)), (Editorial::Draft, before));
}

#[test]
fn details_of_a_part_are_a_new_wording() {
    let mut desk = Desk::with_interview();
    let project = &mut desk.project;
    let entry = Entry { parts: vec![(PartKind::Context, "small practice".to_owned())], ..Entry::default() };
    hypothesis::add(project, &entry).unwrap();
    link(project, "H1.gj", 2, Stance::Supports);
    assert_eq!(open(project, "H1.gj"), []);
    let say = vec![Saying::parse("c1.level=institutional").unwrap()];
    hypothesis::edit(project, "H1.gj", &Entry { say, ..Entry::default() }, None).unwrap();
    assert_eq!(open(project, "H1.gj"), [("E1.gj".to_owned(), Judged::EarlierWording)]);
    // New words keep what was said of the part.
    let reword = vec![("c1".to_owned(), "tiny practice".to_owned())];
    hypothesis::edit(project, "H1.gj", &Entry { reword, ..Entry::default() }, None).unwrap();
    assert_eq!(held(project, "H1.gj").parts[0].details.in_words(), "institutional");
}

#[test]
fn what_is_inferred_says_how() {
    let mut desk = three();
    let project = &mut desk.project;
    for inference in [Inference::Abduced, Inference::Retroduced] {
        let inferred = Entry { inference: Some(inference), ..Entry::default() };
        assert_eq!(hypothesis::edit(project, "H1.gj", &inferred, None).unwrap_err().0.code, "memo-needed");
        assert_eq!(
            hypothesis::add(project, &Entry { inference: Some(inference), ..sentence("x") }).unwrap_err().0.code,
            "memo-needed"
        );
        let judged = Judgement { inference: Some(inference), ..Judgement::default() };
        assert_eq!(evidence::edit(project, "E1.gj", &judged).unwrap_err().0.code, "memo-needed");
    }
    let inferred =
        Entry { inference: Some(Inference::Abduced), memo: Some("from the silence".into()), ..Entry::default() };
    hypothesis::edit(project, "H1.gj", &inferred, None).unwrap();
    let judged = Judgement {
        inference: Some(Inference::Abduced),
        reason: Some("she never says it".into()),
        ..Judgement::default()
    };
    evidence::edit(project, "E1.gj", &judged).unwrap();
}

mod moved;
