//! Grounds held against the rule written out once more.

use super::*;
use crate::decision::Outcome;
use crate::evidence::Stance;
use crate::frame::sample::Sample;
use crate::hypothesis::{Part, PartKind};
use crate::id::{Kind, Label};
use crate::link::LinkKind;
use crate::recommendation::{Addressee, Gap};
use crate::strand::SourceKind;
use crate::uncertainty::UncertaintyStatus;
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeSet;

/// A decision, the latest so far.
fn decide(synthesis: &mut Synthesis, outcome: Outcome, hypotheses: &[Id], uncertainty: Option<Id>) -> Id {
    let number = synthesis.decisions.len() + 1;
    let id = Id::derived([b"decision".as_slice(), number.to_string().as_bytes()]);
    let held = json!({
        "outcome": outcome, "body": "stakeholders", "method": "discussion", "hypotheses": hypotheses,
        "uncertainty": uncertainty,
    });
    synthesis.decisions.push(Decision { id, ..serde_json::from_value(held).unwrap() });
    synthesis.labels.insert(id, Label::new(Kind::Decision, u32::try_from(number).unwrap(), "gj"));
    id
}

/// A statement with so many sources for it and against it.
fn statement(sample: &mut Sample, supporting: usize, refuting: usize) -> Id {
    let id = sample.hypothesis();
    for (stance, count) in [(Stance::Supports, supporting), (Stance::Refutes, refuting)] {
        for _ in 0..count {
            let source = sample.source(SourceKind::Interview);
            sample.link(id, source, stance);
        }
    }
    id
}

fn recommend(synthesis: &mut Synthesis, audience: Addressee, basis: &[Id]) -> Id {
    let id = Id::derived([b"own".as_slice(), &[u8::try_from(synthesis.recommendations.len()).unwrap()]]);
    let held: Recommendation = serde_json::from_value(json!({ "audience": audience, "action": "Do it" })).unwrap();
    let one = Recommendation { id, basis: basis.iter().copied().collect(), ..held };
    synthesis.recommendations.insert(id, one);
    id
}

fn worth(synthesis: &Synthesis, id: Id) -> (Worth, String) {
    let bearings = Bearings::of(synthesis);
    let ground = Grounds::new(&bearings).of(id);
    (ground.worth, ground.in_full())
}

fn draft(synthesis: &Synthesis, component: Option<Id>) -> Draft {
    let bearings = Bearings::of(synthesis);
    Draft::of(&Grounds::new(&bearings), Addressee::Practice, component)
}

#[test]
fn a_statement_is_worth_what_its_evidence_and_its_life_say() {
    let mut sample = Sample::new();
    let [supported, single, none, contested, refuted] =
        [(2, 0), (1, 0), (0, 0), (2, 1), (0, 1)].map(|(r#for, against)| statement(&mut sample, r#for, against));
    let of = |sample: &Sample, id| worth(&sample.synthesis, id);
    assert_eq!(of(&sample, supported), (Worth::Supported, "supported: 2 sources for, 0 against".to_owned()));
    assert_eq!(of(&sample, single), (Worth::Insufficient, "a single source".to_owned()));
    assert_eq!(of(&sample, none), (Worth::Insufficient, "no evidence".to_owned()));
    assert_eq!(of(&sample, contested), (Worth::Contested, "contested: 2 sources for, 1 against".to_owned()));
    assert_eq!(of(&sample, refuted).0, Worth::Fallen);
    assert_eq!(of(&sample, Id::derived([])), (Worth::Fallen, "not here any more".to_owned()));
    sample.edit(none).origin = Some(Origin::Stakeholder);
    assert_eq!(of(&sample, none).1, "an idea of stakeholders, with no evidence linked yet");
    decide(&mut sample.synthesis, Outcome::Rejected, &[supported], None);
    assert_eq!(of(&sample, supported), (Worth::Fallen, "people rejected it (X1.gj)".to_owned()));
    let (child, parent) = (statement(&mut sample, 2, 0), statement(&mut sample, 2, 0));
    sample.edit(child).status = Editorial::Merged;
    sample.relate(child, LinkKind::MergedInto, parent);
    assert_eq!(of(&sample, child), (Worth::Fallen, format!("merged into {}", sample.synthesis.label(parent))));
    sample.edit(parent).status = Editorial::Parked;
    assert_eq!(of(&sample, parent), (Worth::Fallen, "parked".to_owned()));
}

#[test]
fn a_decision_carries_until_another_takes_its_place_or_its_question_opens_again() {
    let mut sample = Sample::new();
    let [one, two] = [statement(&mut sample, 0, 0), statement(&mut sample, 0, 0)];
    let asked = sample.uncertainty(&[one]);
    let decision = decide(&mut sample.synthesis, Outcome::AgreedWithDissent, &[one, two], Some(asked));
    let of = |sample: &Sample| worth(&sample.synthesis, decision);
    assert_eq!(of(&sample), (Worth::Fallen, "the question it settled, U1.gj, is open again".to_owned()));
    sample.synthesis.uncertainties.get_mut(&asked).unwrap().status = UncertaintyStatus::Decided;
    assert_eq!(of(&sample), (Worth::Agreed, "agreed with dissent".to_owned()));
    decide(&mut sample.synthesis, Outcome::OutOfScope, &[one, two], None);
    assert_eq!(of(&sample).0, Worth::Agreed, "what is out of scope settles nothing");
    decide(&mut sample.synthesis, Outcome::NotAgreed, &[one], None);
    let label = sample.synthesis.label(one);
    assert_eq!(of(&sample), (Worth::Agreed, format!("agreed with dissent; X3.gj decided anew on {label}")));
    let mut over = sample.synthesis.clone();
    decide(&mut over, Outcome::Agreed, &[two], None);
    assert_eq!(worth(&over, decision), (Worth::Fallen, "superseded by X4.gj".to_owned()), "all that it named");
    decide(&mut sample.synthesis, Outcome::Agreed, &[], Some(asked));
    assert_eq!(of(&sample), (Worth::Fallen, "superseded by X4.gj".to_owned()), "its question");
    for outcome in [Outcome::NotAgreed, Outcome::DeferToTest, Outcome::Rejected, Outcome::OutOfScope] {
        let other = decide(&mut sample.synthesis, outcome, &[two], None);
        assert_eq!(worth(&sample.synthesis, other).0, Worth::Insufficient, "{outcome}");
    }
}

#[test]
fn a_decision_carries_what_of_it_still_stands_and_says_what_fell() {
    let mut sample = Sample::new();
    let [one, two] = [statement(&mut sample, 0, 0), statement(&mut sample, 0, 0)];
    let decision = decide(&mut sample.synthesis, Outcome::Agreed, &[one, two], None);
    let footing_of = |sample: &Sample| {
        let bearings = Bearings::of(&sample.synthesis);
        footing(&[Grounds::new(&bearings).of(decision)])
    };
    assert_eq!(footing_of(&sample), Footing::Firm);
    sample.edit(one).status = Editorial::Rejected;
    let label = sample.synthesis.label(one);
    assert_eq!(worth(&sample.synthesis, decision), (Worth::Agreed, format!("agreed; {label} is rejected by now")));
    assert_eq!(footing_of(&sample), Footing::Provisional);
    decide(&mut sample.synthesis, Outcome::NotAgreed, &[two], None);
    let other = sample.synthesis.label(two);
    let why = format!("{label} is rejected by now; X2.gj decided anew on {other}");
    assert_eq!(worth(&sample.synthesis, decision), (Worth::Fallen, why));
    assert_eq!(footing_of(&sample), Footing::None);
}

#[test]
fn what_people_did_not_agree_on_and_what_nobody_appraised_carries_provisionally() {
    let mut sample = Sample::new();
    let [agreed, not_agreed, deferred] = [(); 3].map(|()| statement(&mut sample, 2, 0));
    decide(&mut sample.synthesis, Outcome::Agreed, &[agreed], None);
    decide(&mut sample.synthesis, Outcome::NotAgreed, &[not_agreed], None);
    decide(&mut sample.synthesis, Outcome::DeferToTest, &[deferred], None);
    let of = |sample: &Sample, id| {
        let bearings = Bearings::of(&sample.synthesis);
        let ground = Grounds::new(&bearings).of(id);
        (
            footing(std::slice::from_ref(&ground)),
            ground.reservations().map(str::to_owned).collect::<Vec<_>>().join("; "),
        )
    };
    assert_eq!(of(&sample, agreed), (Footing::Firm, String::new()));
    assert_eq!(of(&sample, not_agreed), (Footing::Provisional, "people did not agree on it (X2.gj)".to_owned()));
    assert_eq!(of(&sample, deferred).1, "people put it off until it is tested (X3.gj)");
    sample.edit(agreed).status = Editorial::Draft;
    sample.synthesis.evidence.values_mut().for_each(|link| link.relevance = None);
    let lacking = "a draft, which nobody has taken up; not appraised: 2 of 2 sources";
    assert_eq!(of(&sample, agreed), (Footing::Provisional, lacking.to_owned()));
    // One appraised passage of each source is enough.
    sample.edit(agreed).status = Editorial::Active;
    for link in sample.synthesis.evidence.values_mut() {
        link.relevance = Some(2);
    }
    let source = sample.synthesis.evidence_of(agreed).next().unwrap().source;
    sample.link(agreed, source, Stance::Supports).relevance = None;
    assert_eq!(of(&sample, agreed).0, Footing::Firm);
}

#[test]
fn contested_statements_carry_nothing_alone_and_are_named_beside() {
    let mut sample = Sample::new();
    let [supported, contested, single] = [(2, 0), (2, 1), (1, 0)].map(|(a, b)| statement(&mut sample, a, b));
    let bearings = Bearings::of(&sample.synthesis);
    let grounds = Grounds::new(&bearings);
    let of = |ids: &[Id]| footing(&grounds.all(ids.iter().copied()));
    assert_eq!(of(&[contested, supported, single]), Footing::Firm);
    assert_eq!(of(&[contested, single]), Footing::OnlyContested);
    assert_eq!((of(&[single]), of(&[])), (Footing::None, Footing::None));
    let order: Vec<Worth> =
        grounds.all([single, contested, supported].into_iter()).iter().map(|one| one.worth).collect();
    assert_eq!(order, [Worth::Supported, Worth::Contested, Worth::Insufficient]);
    assert!(Footing::Firm.warning().is_none() && Footing::OnlyContested.warning().unwrap().starts_with("Contested"));
}

#[test]
fn skeletons_begin_with_decisions_and_say_what_speaks_against_them() {
    let mut sample = Sample::new();
    let [supported, contested, free, bare] =
        [(2, 0), (2, 1), (3, 0), (0, 0)].map(|(a, b)| statement(&mut sample, a, b));
    sample.edit(supported).parts.push(Part::new("a1", PartKind::Actor, "people with psychosis"));
    sample.relate(supported, LinkKind::RivalOf, bare);
    let asked = sample.uncertainty(&[free]);
    let agreed = decide(&mut sample.synthesis, Outcome::Agreed, &[supported, contested], None);
    let deferred = decide(&mut sample.synthesis, Outcome::DeferToTest, &[bare], None);
    let found = draft(&sample.synthesis, None);
    let bases: Vec<Vec<Id>> =
        found.skeletons.iter().map(|one| one.basis.iter().map(|ground| ground.of).collect()).collect();
    assert_eq!(bases, [vec![agreed, supported, contested], vec![free]]);
    let material = &found.skeletons[0].material;
    assert_eq!(material.for_whom, [Said { of: supported, text: "people with psychosis".to_owned() }]);
    assert_eq!(material.context.iter().map(|said| said.text.as_str()).collect::<Vec<_>>(), ["c1"], "alike words once");
    let against = |one: &Doubt| matches!(one, Doubt::Against { statement, sources: 1, elsewhere: false, .. } if *statement == contested);
    assert!(material.doubts.iter().any(against), "{material:?}");
    assert!(
        material
            .doubts
            .iter()
            .any(|one| matches!(one, Doubt::Rival { of, rival } if *of == [supported] && rival.of == bare))
    );
    assert_eq!(found.skeletons[1].material.doubts, [Doubt::Open(asked)]);
    let blocked: Vec<Id> = found.blocked.iter().map(|one| one.of).collect();
    assert_eq!(blocked, [bare, deferred, asked]);
}

#[test]
fn what_people_agreed_to_give_up_begins_no_recommendation() {
    let mut sample = Sample::new();
    let given_up = statement(&mut sample, 0, 0);
    let decision = decide(&mut sample.synthesis, Outcome::Agreed, &[given_up], None);
    let effect = json!([{ "of": given_up, "field": "status", "to": "rejected" }]);
    sample.synthesis.decisions[0].effects = serde_json::from_value(effect).unwrap();
    assert_eq!(worth(&sample.synthesis, decision).0, Worth::Agreed, "a person may rest a recommendation to stop on it");
    let found = draft(&sample.synthesis, None);
    assert!(found.skeletons.is_empty());
    assert!(found.blocked.iter().any(|one| one.of == decision && one.why.contains("give up")));
}

#[test]
fn what_is_there_is_found_by_its_lead_and_audience() {
    let mut sample = Sample::new();
    let [lead, other] = [(2, 0), (2, 0)].map(|(a, b)| statement(&mut sample, a, b));
    let component = sample.component("Follow-up");
    sample.edit(other).component = Some(component);
    let mut synthesis = sample.synthesis;
    let own = recommend(&mut synthesis, Addressee::Practice, &[lead]);
    recommend(&mut synthesis, Addressee::Policy, &[other]);
    let there = |synthesis: &Synthesis| -> Vec<(Id, Vec<Id>)> {
        draft(synthesis, None).skeletons.into_iter().map(|one| (one.lead, one.there)).collect()
    };
    assert_eq!(there(&synthesis), [(lead, vec![own]), (other, vec![])]);
    synthesis.recommendations.get_mut(&own).unwrap().retired = true;
    assert_eq!(there(&synthesis)[0].1, [own], "what was retired is not drafted again");
    let narrowed = draft(&synthesis, Some(component));
    assert_eq!(narrowed.skeletons.iter().map(|one| one.lead).collect::<Vec<_>>(), [other]);
}

#[test]
fn gaps_are_those_of_the_audience() {
    let mut synthesis = Sample::new().synthesis;
    let [practice, workforce] =
        [Addressee::Practice, Addressee::Workforce].map(|of| recommend(&mut synthesis, of, &[]));
    let gaps = |id| synthesis.recommendations[&id].gaps();
    assert_eq!(gaps(practice), [Gap::ForWhom, Gap::Context, Gap::WouldChange, Gap::Owner, Gap::Due]);
    assert_eq!(gaps(workforce).len(), 10);
    let held = Recommendation { action: Some(" ".to_owned()), ..synthesis.recommendations[&practice].clone() };
    assert!(held.is_skeleton(), "white space says nothing");
}

/// Statements by their sources and standing; decisions by outcome, statement and question.
type Drawn = (Vec<(usize, usize, bool)>, Vec<(usize, usize, Option<usize>)>, Vec<bool>);

fn drawn() -> impl Strategy<Value = Drawn> {
    let statements = prop::collection::vec((0..4_usize, 0..2_usize, any::<bool>()), 1..8);
    let decisions = prop::collection::vec((0..6_usize, 0..8_usize, prop::option::of(0..3_usize)), 0..8);
    (statements, decisions, prop::collection::vec(any::<bool>(), 3))
}

fn built((statements, decisions, open): &Drawn) -> (Sample, Vec<Id>) {
    let mut sample = Sample::new();
    let ids: Vec<Id> = statements.iter().map(|(a, b, _)| statement(&mut sample, *a, *b)).collect();
    for (id, (.., living)) in ids.iter().zip(statements) {
        sample.edit(*id).status = if *living { Editorial::Active } else { Editorial::Parked };
    }
    let asked: Vec<Id> = open
        .iter()
        .map(|open| {
            let id = sample.uncertainty(&ids[..1]);
            let status = if *open { UncertaintyStatus::Open } else { UncertaintyStatus::Decided };
            sample.synthesis.uncertainties.get_mut(&id).unwrap().status = status;
            id
        })
        .collect();
    for (outcome, of, question) in decisions {
        let of: Vec<Id> = ids.get(*of).copied().into_iter().collect();
        decide(&mut sample.synthesis, Outcome::ALL[*outcome], &of, question.map(|at| asked[at]));
    }
    (sample, ids)
}

/// The rule once more, over what was drawn.
fn may_carry(drawn: &Drawn) -> (BTreeSet<usize>, BTreeSet<usize>) {
    let (statements, decisions, open) = drawn;
    let settles = |outcome: usize| Outcome::ALL[outcome].consensus().is_some();
    let last_on = |of: usize| decisions.iter().rev().find(|(outcome, at, _)| *at == of && settles(*outcome));
    let supported = (0..statements.len()).filter(|at| {
        let (r#for, against, living) = statements[*at];
        let rejected = last_on(*at).is_some_and(|(outcome, ..)| Outcome::ALL[*outcome] == Outcome::Rejected);
        living && r#for > 1 && against == 0 && !rejected
    });
    let agreed = (0..decisions.len()).filter(|at| {
        let (outcome, of, question) = decisions[*at];
        let later = || decisions[at + 1..].iter().filter(|(outcome, ..)| settles(*outcome));
        let asked_anew = question.is_some_and(|question| later().any(|(.., other)| *other == Some(question)));
        let named_anew = of < statements.len() && later().any(|(_, other, _)| *other == of);
        let is_open = question.is_some_and(|question| open[question]);
        let named_fell = statements.get(of).is_some_and(|(.., living)| !living);
        matches!(Outcome::ALL[outcome], Outcome::Agreed | Outcome::AgreedWithDissent)
            && !asked_anew
            && !named_anew
            && !named_fell
            && !is_open
    });
    (supported.collect(), agreed.collect())
}

proptest! {
    /// No skeleton without a permitted basis; nothing permitted is left out, and nothing permitted is called blocked.
    #[test]
    fn every_skeleton_rests_on_a_permitted_basis(drawn in drawn()) {
        let (sample, statements) = built(&drawn);
        let (supported, agreed) = may_carry(&drawn);
        let permitted: BTreeSet<Id> = supported
            .iter()
            .map(|at| statements[*at])
            .chain(agreed.iter().map(|at| sample.synthesis.decisions[*at].id))
            .collect();
        let found = draft(&sample.synthesis, None);
        for skeleton in &found.skeletons {
            prop_assert!(permitted.contains(&skeleton.lead));
            let others = skeleton.basis.iter().filter(|one| !permitted.contains(&one.of));
            prop_assert!(others.into_iter().all(|one| one.worth == Worth::Contested));
        }
        let cited: BTreeSet<Id> = found.skeletons.iter().flat_map(|one| one.basis.iter().map(|ground| ground.of)).collect();
        prop_assert!(permitted.is_subset(&cited), "{:?} {:?}", permitted, found);
        prop_assert!(found.blocked.iter().all(|one| !permitted.contains(&one.of)));
    }
}
