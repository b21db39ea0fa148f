//! Stepped care looked over: the pathway of one model, where its moves lead, and seven checks of it ([`rules`]). Pure.
//!
//! The checks say how far a pathway is what its own model promises; none of them says that it works. What is claimed of a
//! step is for the statements that explain it, and their evidence.

pub mod reach;
pub mod rules;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use rules::{Checked, Failure, RULES, Rule, Verdict, check};

use crate::id::Id;
use crate::model::Model;
use crate::pathway::Step;
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

/// The steps of one model that are in use, from the lowest.
pub struct Pathway<'s> {
    pub synthesis: &'s Synthesis,
    pub model: &'s Model,
    /// By rank, then as people count them.
    pub steps: Vec<&'s Step>,
    by_id: BTreeMap<Id, &'s Step>,
}

impl<'s> Pathway<'s> {
    /// `None`: there is no such model.
    pub fn of(synthesis: &'s Synthesis, model: Id) -> Option<Self> {
        let model = synthesis.models.models.get(&model)?;
        let mut steps: Vec<&Step> =
            synthesis.steps.values().filter(|one| one.model == model.id && !one.retired).collect();
        steps.sort_by_cached_key(|one| (one.rank, synthesis.labels.get(&one.id).cloned(), one.id));
        let by_id = steps.iter().map(|one| (one.id, *one)).collect();
        Some(Pathway { synthesis, model, steps, by_id })
    }

    pub fn get(&self, id: Id) -> Option<&'s Step> {
        self.by_id.get(&id).copied()
    }

    /// No step is below it.
    pub fn is_first(&self, step: &Step) -> bool {
        self.steps.first().is_none_or(|one| one.rank >= step.rank)
    }

    /// No step is above it.
    pub fn is_last(&self, step: &Step) -> bool {
        self.steps.last().is_none_or(|one| one.rank <= step.rank)
    }

    /// `Z2.gj (Talking therapies)`.
    pub fn name(&self, step: Id) -> String {
        name(self.synthesis, step)
    }
}

/// `Z2.gj (Talking therapies)`.
pub fn name(synthesis: &Synthesis, step: Id) -> String {
    let label = synthesis.label(step);
    synthesis.steps.get(&step).map_or(label.clone(), |one| format!("{label} ({})", one.name))
}

/// The pathways that have a step in use, as people count their models; of retired models none.
pub fn all(synthesis: &Synthesis) -> Vec<Pathway<'_>> {
    let models: BTreeSet<Id> = synthesis.steps.values().filter(|one| !one.retired).map(|one| one.model).collect();
    let mut found: Vec<Pathway> = models.into_iter().filter_map(|id| Pathway::of(synthesis, id)).collect();
    found.retain(|one| !one.model.retired);
    found.sort_by_cached_key(|one| (synthesis.labels.get(&one.model.id).cloned(), one.model.id));
    found
}
