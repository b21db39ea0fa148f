//! Recording a decision: the only thing that sets a consensus standing. It may rest on a round, change statements and
//! components, and leave actions behind, all in one step.

mod effects;
mod from_round;

use super::action;
use super::meeting;
use super::programme;
use super::resolve;
use crate::decision::{Body, Method, Outcome};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::id::{Id, Kind};
use crate::project::{Batch, Depth, Done, Project};
use crate::sealed::Sealed;
use crate::uncertainty::{Uncertainty, UncertaintyStatus};
use from_round::Basis;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

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
    /// `H3.gj=rejected`, `K2.gj=what it is now`.
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

/// The same within another act.
pub(super) fn create(batch: &mut Batch<'_>, wish: &Wish) -> Result<Decided> {
    let project = batch.project();
    let uncertainty =
        wish.uncertainty.as_deref().map(|typed| resolve::find(project, Kind::Uncertainty, typed)).transpose()?;
    let components =
        wish.components.iter().map(|typed| resolve::component(project, typed)).collect::<Result<Vec<Id>>>()?;
    let hypotheses = wish
        .hypotheses
        .iter()
        .map(|typed| resolve::find(project, Kind::Hypothesis, typed))
        .collect::<Result<Vec<Id>>>()?;
    let wanted = wish.effects.iter().map(|typed| effects::read(project, typed)).collect::<Result<Vec<_>>>()?;
    let (of_components, of_statements) = effects::changed(project, &wanted);
    let components = united(components, of_components);
    let hypotheses = united(hypotheses, of_statements);
    if uncertainty.is_none() && components.is_empty() && hypotheses.is_empty() {
        return Err(fault("nothing-decided", "a decision is about something")
            .hint("name it: --uncertainty U1.gj, --component K2.gj or --hypothesis H12.gj"));
    }
    let meeting = wish.meeting.as_deref().map(|typed| meeting::find(project, typed)).transpose()?;
    let date = wish.date.clone().or(meeting.as_ref().and_then(|one| one.date.clone()));
    date.as_deref().map_or(Ok(()), resolve::day)?;
    check_option(project, uncertainty, wish.option.as_deref())?;
    let about: Vec<Id> = uncertainty.iter().chain(&components).chain(&hypotheses).copied().collect();
    let round = wish.round.as_deref();
    let basis =
        round.map(|typed| Basis::of(project, typed, &wish.items, &about, wish.option.as_deref())).transpose()?;
    let mut notes = overridden(project, wish.outcome, &about)?;
    notes.extend(basis.iter().flat_map(|basis| basis.notes.clone()));
    if components.is_empty() && hypotheses.is_empty() {
        notes.push(
            Diagnostic::note("nothing-settled", "no statement or component changed its consensus standing")
                .hint("name what was agreed on: --hypothesis H12.gj or --component K2.gj"),
        );
    }
    let came = || meeting.as_ref().map(|one| meeting::attend::present(project, one)).unwrap_or_default();
    let mut present = basis.as_ref().map_or_else(came, |basis| basis.present.clone());
    for (group, count) in &wish.present {
        present.insert(resolve::group(project, group)?, *count);
    }
    let mut dissenting = basis.as_ref().map(|basis| basis.dissenting.clone()).unwrap_or_default();
    let mut dissent = BTreeMap::new();
    for (group, words) in &wish.dissent {
        let group = resolve::group(batch.project(), group)?;
        dissenting.insert(group.clone());
        dissent.insert(group, batch.seal(&Value::from(words.as_str()))?);
    }
    let outcome = match wish.outcome {
        Outcome::Agreed if !dissenting.is_empty() => Outcome::AgreedWithDissent,
        other => other,
    };
    if outcome != wish.outcome {
        let who: Vec<&str> = dissenting.iter().map(String::as_str).collect();
        let message = format!("recorded as {outcome}, since there is dissent: {}", who.join(", "));
        notes.push(Diagnostic::note("with-dissent", message));
    }
    let registered = basis.as_ref().map(|basis| basis.fields(batch)).transpose()?.unwrap_or_default();
    notes.extend(wordless(&dissenting, &dissent, &registered));
    let method = wish.method.or(basis.as_ref().map(|basis| basis.method)).unwrap_or(Method::Discussion);
    let mut fields = Batch::fields(json!({
        "outcome": outcome,
        "body": wish.body,
        "method": method,
        "date": date,
        "text": wish.text,
        "uncertainty": uncertainty,
        "option": wish.option,
        "components": components,
        "hypotheses": hypotheses,
        "present": present,
        "dissent": dissent,
        "meeting": meeting.as_ref().map(|one| one.id),
    }));
    if let Some(basis) = &basis {
        fields.extend(Batch::fields(json!({
            "round": basis.round, "items": basis.items, "snapshot": basis.snapshot, "dissenting": dissenting,
        })));
    }
    if !wanted.is_empty() {
        fields.insert("effects".to_owned(), json!(wanted));
    }
    fields.extend(registered);
    let (id, label) = batch.create(Kind::Decision, &fields);
    let changed = effects::apply(batch, &wanted, &label.to_string());
    let at = |one: &action::Wish| action::Wish { meeting: one.meeting.clone().or(wish.meeting.clone()), ..one.clone() };
    let actions =
        wish.actions.iter().map(|one| action::create(batch, &at(one), Some(id))).collect::<Result<Vec<_>>>()?;
    if let Some(uncertainty) = uncertainty {
        let status = match outcome {
            Outcome::Agreed | Outcome::AgreedWithDissent | Outcome::Rejected => UncertaintyStatus::Decided,
            Outcome::DeferToTest => UncertaintyStatus::Deferred,
            Outcome::NotAgreed => UncertaintyStatus::Open,
            Outcome::OutOfScope => UncertaintyStatus::Withdrawn,
        };
        batch.set(Kind::Uncertainty, uncertainty, &Batch::fields(json!({ "status": status })));
    }
    let version = programme::versions(batch.project()).last().map(|one| batch.project().label(one.id));
    Ok(Decided { id: label.to_string(), outcome, changed, actions, version, notes })
}

fn united(mut ids: Vec<Id>, more: Vec<Id>) -> Vec<Id> {
    for id in more {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Groups that dissent and whose words nobody has written down.
fn wordless(
    dissenting: &BTreeSet<String>,
    dissent: &BTreeMap<String, Sealed>,
    registered: &[(String, Value)],
) -> Option<Diagnostic> {
    let spoke = |group: &str| {
        let voiced = |(_, one): &(String, Value)| one["group"] == group && !one["words"].is_null();
        dissent.contains_key(group) || registered.iter().any(voiced)
    };
    let silent: Vec<&str> = dissenting.iter().map(String::as_str).filter(|group| !spoke(group)).collect();
    let first = silent.first()?;
    Some(
        Diagnostic::note("no-words", format!("nobody has written down the dissent of {}", silent.join(", ")))
            .hint(format!("ask them, and decide again with --dissent {first}=\"their words\"")),
    )
}

/// Earlier decisions on the same things, which this one takes the place of.
fn overridden(project: &Project, outcome: Outcome, about: &[Id]) -> Result<Vec<Diagnostic>> {
    if outcome.consensus().is_none() {
        return Ok(Vec::new());
    }
    let synthesis = project.synthesis(Depth::Facts)?;
    let earlier = about.iter().filter_map(|id| Some((project.label(*id), synthesis.decision_on(*id)?)));
    let note = |(label, decision): (String, &crate::decision::Decision)| {
        let held = project.label(decision.id);
        Diagnostic::note("overrides", format!("{label} was decided before: {held} ({})", decision.outcome))
            .hint(format!("this decision counts from now on; {held} stays in the log"))
    };
    Ok(earlier.map(note).collect())
}

fn check_option(project: &Project, uncertainty: Option<Id>, option: Option<&str>) -> Result<()> {
    let Some(option) = option else { return Ok(()) };
    let Some(uncertainty) = uncertainty else {
        return Err(fault("option-of-what", "an option belongs to an uncertainty").hint("add --uncertainty U1.gj"));
    };
    let held: Uncertainty = resolve::read(project, uncertainty)?;
    if held.options.iter().any(|one| one.key == option) {
        return Ok(());
    }
    let keys: Vec<&str> = held.options.iter().map(|one| one.key.as_str()).collect();
    Err(fault("unknown-option", format!("{} has no option {option}", project.label(uncertainty)))
        .hint(format!("its options are: {}", keys.join(", "))))
}
