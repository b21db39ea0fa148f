//! Recording a decision: the only thing that sets a consensus standing.

use super::resolve;
use crate::decision::{Body, Method, Outcome};
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
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

/// Records a decision; agreement that a group dissents from is agreement with dissent.
pub fn decide(project: &mut Project, wish: &Wish) -> Result<Done<String>> {
    project.write("decide", true, |batch| create(batch, wish))
}

fn create(batch: &mut Batch<'_>, wish: &Wish) -> Result<String> {
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
    let mut present = BTreeMap::new();
    for (group, count) in &wish.present {
        present.insert(resolve::group(project, group)?, *count);
    }
    let outcome = match wish.outcome {
        Outcome::Agreed if !wish.dissent.is_empty() => Outcome::AgreedWithDissent,
        other => other,
    };
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
    Ok(label.to_string())
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
