//! Recording a decision: the only thing that sets a consensus standing. It may rest on a round, change statements and
//! components, and leave actions behind, all in one step.

mod about;
mod dissent;
mod effects;
mod from_round;

pub use effects::DECIDED;

use super::action;
use super::meeting;
use super::programme;
use super::programme::freeze::{self, Frozen};
use super::resolve;
use crate::decision::{Body, Method, Outcome};
use crate::diagnostic::{Diagnostic, Result};
use crate::id::Kind;
use crate::meeting::Meeting;
use crate::project::{Batch, Done, Project};
use crate::uncertainty::UncertaintyStatus;
use about::About;
use dissent::Dissent;
use effects::Effects;
use from_round::Basis;
use serde_json::json;
use std::collections::BTreeMap;

/// A decision as a person reports it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub outcome: Outcome,
    pub body: Body,
    /// As the round had it where there is one, else by discussion, unless said.
    pub method: Option<Method>,
    pub date: Option<String>,
    pub text: Option<String>,
    pub uncertainty: Option<String>,
    pub option: Option<String>,
    pub components: Vec<String>,
    pub hypotheses: Vec<String>,
    /// Group and people present.
    pub present: Vec<(String, u32)>,
    /// Group and its dissent, in its words.
    pub dissent: Vec<(String, String)>,
    /// The round it rests on, and keys of its items; without any those about what is decided.
    pub round: Option<String>,
    /// The meeting it was taken at.
    pub meeting: Option<String>,
    pub items: Vec<String>,
    /// `H3.gj=rejected`, `K2.gj=what it is now`: see the `effects` module.
    pub effects: Vec<String>,
    pub actions: Vec<action::Wish>,
}

#[derive(Debug, Clone)]
pub struct Decided {
    pub id: String,
    pub outcome: Outcome,
    /// What it changed, in words.
    pub changed: Vec<String>,
    /// Labels of the actions it leaves.
    pub actions: Vec<String>,
    /// The last version of the theory, which what was changed is not in.
    pub version: Option<String>,
    /// What a person may not have meant.
    pub notes: Vec<Diagnostic>,
}

/// Records a decision; agreement that a group dissents from is agreement with dissent.
pub fn decide(project: &mut Project, wish: &Wish) -> Result<Done<Decided>> {
    project.write("decide", true, |batch| create(batch, wish))
}

/// The same, and then freezes the theory as a version that rests on the decision, which is a step of its own. What keeps
/// it from being frozen is found before anything is written. No version is made by a rehearsal.
pub fn decide_and_freeze(project: &mut Project, wish: &Wish, name: &str) -> Result<(Done<Decided>, Option<Frozen>)> {
    let done = project.write("decide", true, |batch| {
        let decided = create(batch, wish)?;
        freeze::refuse(batch, name)?;
        Ok(decided)
    })?;
    if done.rehearsal {
        return Ok((done, None));
    }
    let version =
        freeze::Wish { name: name.to_owned(), decisions: vec![done.answer.id.clone()], ..freeze::Wish::default() };
    let frozen = freeze::freeze(project, &version)?.answer;
    Ok((done, Some(frozen)))
}

/// The same within another act.
pub(super) fn create(batch: &mut Batch<'_>, wish: &Wish) -> Result<Decided> {
    let meeting = wish.meeting.as_deref().map(|typed| meeting::find(batch.project(), typed)).transpose()?;
    let date = wish.date.clone().or(meeting.as_ref().and_then(|one| one.date.clone()));
    date.as_deref().map_or(Ok(()), resolve::day)?;
    let effects = Effects::read(batch, &wish.effects)?;
    let about = About::of(batch.project(), wish, &effects)?;
    let basis = wish
        .round
        .as_deref()
        .map(|typed| Basis::of(batch.project(), typed, &wish.items, &about.all(), wish.option.as_deref()));
    let basis = basis.transpose()?;
    let day = date.clone().unwrap_or_else(|| batch.today());
    let mut notes = about.notes(batch.project(), wish.outcome, &day)?;
    notes.extend(basis.iter().flat_map(|basis| basis.notes.clone()));
    let dissent = Dissent::of(batch, wish, basis.as_ref())?;
    let outcome = dissent.outcome(wish.outcome);
    notes.extend(dissent.notes(wish.outcome));
    let method = wish.method.or(basis.as_ref().map(|basis| basis.method)).unwrap_or(Method::Discussion);
    let mut fields = Batch::fields(json!({
        "outcome": outcome,
        "body": wish.body,
        "method": method,
        "date": date,
        "text": wish.text,
        "uncertainty": about.uncertainty,
        "option": wish.option,
        "components": about.components,
        "hypotheses": about.hypotheses,
        "present": present(batch.project(), wish, basis.as_ref(), meeting.as_ref())?,
        "dissent": dissent.words,
        "meeting": meeting.as_ref().map(|one| one.id),
    }));
    if let Some(basis) = &basis {
        fields.extend(Batch::fields(json!({
            "round": basis.round, "items": basis.items, "snapshot": basis.snapshot, "dissenting": dissent.groups,
            "by_votes": dissent.by_votes,
        })));
    }
    if !effects.all.is_empty() {
        fields.insert("effects".to_owned(), json!(effects.all));
    }
    fields.extend(dissent.fields());
    let is_settled_later = about.is_settled_later(batch.project(), &day)?;
    let (id, label) = batch.create(Kind::Decision, &fields);
    let changed = effects.apply(batch, &label.to_string());
    let at = |one: &action::Wish| action::Wish { meeting: one.meeting.clone().or(wish.meeting.clone()), ..one.clone() };
    let actions =
        wish.actions.iter().map(|one| action::create(batch, &at(one), Some(id))).collect::<Result<Vec<_>>>()?;
    if let Some(uncertainty) = about.uncertainty.filter(|_| !is_settled_later) {
        batch.set(Kind::Uncertainty, uncertainty, &Batch::fields(json!({ "status": status(outcome) })));
    }
    let version = programme::versions(batch.project()).last().map(|one| batch.project().label(one.id));
    Ok(Decided { id: label.to_string(), outcome, changed, actions, version, notes })
}

/// People who were there, by group: at the meeting, where it was noted who came, else as the round had it, unless said
/// otherwise.
fn present(
    project: &Project,
    wish: &Wish,
    basis: Option<&Basis>,
    meeting: Option<&Meeting>,
) -> Result<BTreeMap<String, u32>> {
    let mut present = match (meeting.filter(|one| one.was_held()), basis) {
        (Some(held), _) => meeting::attend::present(project, held),
        (None, Some(basis)) => basis.present.clone(),
        (None, None) => BTreeMap::new(),
    };
    for (group, count) in &wish.present {
        present.insert(resolve::group(project, group)?, *count);
    }
    Ok(present)
}

/// What becomes of the uncertainty.
fn status(outcome: Outcome) -> UncertaintyStatus {
    match outcome {
        Outcome::Agreed | Outcome::AgreedWithDissent | Outcome::Rejected => UncertaintyStatus::Decided,
        Outcome::DeferToTest => UncertaintyStatus::Deferred,
        Outcome::NotAgreed => UncertaintyStatus::Open,
        Outcome::OutOfScope => UncertaintyStatus::Withdrawn,
    }
}
