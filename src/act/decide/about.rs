//! What a decision is about: what was named, and what its effects change.

use super::Wish;
use super::effects::Effects;
use crate::act::resolve;
use crate::decision::{Decision, Outcome};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::id::{Id, Kind};
use crate::project::{Depth, Project};
use crate::uncertainty::Uncertainty;

#[derive(Debug)]
pub struct About {
    pub uncertainty: Option<Id>,
    pub components: Vec<Id>,
    pub hypotheses: Vec<Id>,
}

impl About {
    /// Faults: `unknown-id`, `nothing-decided`, `option-of-what`, `unknown-option`.
    pub fn of(project: &Project, wish: &Wish, effects: &Effects) -> Result<Self> {
        let find = |kind, typed: &str| resolve::find(project, kind, typed);
        let uncertainty = wish.uncertainty.as_deref().map(|typed| find(Kind::Uncertainty, typed)).transpose()?;
        let components = wish.components.iter().map(|typed| resolve::component(project, typed));
        let hypotheses = wish.hypotheses.iter().map(|typed| find(Kind::Hypothesis, typed));
        let (of_components, of_statements) = effects.changed();
        let about = About {
            uncertainty,
            components: united(components.collect::<Result<_>>()?, of_components),
            hypotheses: united(hypotheses.collect::<Result<_>>()?, of_statements),
        };
        if about.all().is_empty() {
            return Err(fault("nothing-decided", "a decision is about something")
                .hint("name it: --uncertainty U1.gj, --component K2.gj or --hypothesis H12.gj"));
        }
        check_option(project, uncertainty, wish.option.as_deref())?;
        Ok(about)
    }

    pub fn all(&self) -> Vec<Id> {
        self.uncertainty.iter().chain(&self.components).chain(&self.hypotheses).copied().collect()
    }

    /// A decision of a later day than `day` settled its question already: that one goes on counting.
    pub fn is_settled_later(&self, project: &Project, day: &str) -> Result<bool> {
        let Some(uncertainty) = self.uncertainty else { return Ok(false) };
        let synthesis = project.synthesis(Depth::Facts)?;
        Ok(synthesis.decision_on(uncertainty).is_some_and(|held| held.counts_from.as_str() > day))
    }

    /// What a person may not have meant; `day` is the one from which the decision counts.
    pub fn notes(&self, project: &Project, outcome: Outcome, day: &str) -> Result<Vec<Diagnostic>> {
        let mut notes = overridden(project, outcome, &self.all(), day)?;
        if self.components.is_empty() && self.hypotheses.is_empty() {
            notes.push(
                Diagnostic::note("nothing-settled", "no statement or component changed its consensus standing")
                    .hint("name what was agreed on: --hypothesis H12.gj or --component K2.gj"),
            );
        }
        Ok(notes)
    }
}

fn united(mut ids: Vec<Id>, more: Vec<Id>) -> Vec<Id> {
    for id in more {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// Other decisions on the same things: earlier ones, whose place this one takes, and later ones, which go on counting.
fn overridden(project: &Project, outcome: Outcome, about: &[Id], day: &str) -> Result<Vec<Diagnostic>> {
    if outcome.consensus().is_none() {
        return Ok(Vec::new());
    }
    let synthesis = project.synthesis(Depth::Facts)?;
    let others = about.iter().filter_map(|id| Some((project.label(*id), synthesis.decision_on(*id)?)));
    let note = |(label, decision): (String, &Decision)| {
        let held = project.label(decision.id);
        if decision.counts_from.as_str() > day {
            let of = &decision.counts_from;
            return Diagnostic::note(
                "decided-later",
                format!("{label} was decided later: {held} ({}), {of}", decision.outcome),
            )
            .hint(format!("{held} goes on counting: of two decisions the one of the later day does"));
        }
        Diagnostic::note("overrides", format!("{label} was decided before: {held} ({})", decision.outcome))
            .hint(format!("this decision counts from now on; {held} stays in the log"))
    };
    Ok(others.map(note).collect())
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
