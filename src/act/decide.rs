//! Recording a decision: the only thing that sets a consensus standing.

use super::resolve;
use crate::decision::{Body, Method, Outcome};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::id::{Id, Kind};
use crate::project::{Batch, Depth, Done, Project};
use crate::uncertainty::{Uncertainty, UncertaintyStatus};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A decision as a person reports it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub outcome: Outcome,
    pub body: Body,
    pub method: Method,
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
}

#[derive(Debug, Clone)]
pub struct Decided {
    pub id: String,
    /// What a person may not have meant.
    pub notes: Vec<Diagnostic>,
}

/// Records a decision; agreement that a group dissents from is agreement with dissent.
pub fn decide(project: &mut Project, wish: &Wish) -> Result<Done<Decided>> {
    project.write("decide", true, |batch| create(batch, wish))
}

fn create(batch: &mut Batch<'_>, wish: &Wish) -> Result<Decided> {
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
    if uncertainty.is_none() && components.is_empty() && hypotheses.is_empty() {
        return Err(fault("nothing-decided", "a decision is about something")
            .hint("name it: --uncertainty U1.gj, --component K2.gj or --hypothesis H12.gj"));
    }
    if let Some(date) = &wish.date {
        date.parse::<jiff::civil::Date>()
            .map_err(|_| fault("bad-date", format!("'{date}' is no date")).hint("write it as 2026-03-14"))?;
    }
    check_option(project, uncertainty, wish.option.as_deref())?;
    let about: Vec<Id> = uncertainty.iter().chain(&components).chain(&hypotheses).copied().collect();
    let mut notes = overridden(project, wish.outcome, &about)?;
    if components.is_empty() && hypotheses.is_empty() {
        notes.push(
            Diagnostic::note("nothing-settled", "no statement or component changed its consensus standing")
                .hint("name what was agreed on: --hypothesis H12.gj or --component K2.gj"),
        );
    }
    let mut present = BTreeMap::new();
    for (group, count) in &wish.present {
        present.insert(resolve::group(project, group)?, *count);
    }
    let outcome = match wish.outcome {
        Outcome::Agreed if !wish.dissent.is_empty() => Outcome::AgreedWithDissent,
        other => other,
    };
    if outcome != wish.outcome {
        let message = format!("recorded as {outcome}, since a group dissents");
        notes.push(Diagnostic::note("with-dissent", message));
    }
    let mut dissent = BTreeMap::new();
    for (group, words) in &wish.dissent {
        let group = resolve::group(batch.project(), group)?;
        dissent.insert(group, batch.seal(&Value::from(words.as_str()))?);
    }
    let fields = Batch::fields(json!({
        "outcome": outcome,
        "body": wish.body,
        "method": wish.method,
        "date": wish.date,
        "text": wish.text,
        "uncertainty": uncertainty,
        "option": wish.option,
        "components": components,
        "hypotheses": hypotheses,
        "present": present,
        "dissent": dissent,
    }));
    let (_, label) = batch.create(Kind::Decision, &fields);
    if let Some(uncertainty) = uncertainty {
        let status = match outcome {
            Outcome::Agreed | Outcome::AgreedWithDissent | Outcome::Rejected => UncertaintyStatus::Decided,
            Outcome::DeferToTest => UncertaintyStatus::Deferred,
            Outcome::NotAgreed => UncertaintyStatus::Open,
            Outcome::OutOfScope => UncertaintyStatus::Withdrawn,
        };
        batch.set(Kind::Uncertainty, uncertainty, &Batch::fields(json!({ "status": status })));
    }
    Ok(Decided { id: label.to_string(), notes })
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
