//! What models are reported to have achieved, outcome by outcome.

use super::{models, standing};
use crate::codebook::{Code, Tree};
use crate::id::Id;
use crate::model::{Model, Outcome};
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

/// One result, with the codings that can still be pointed at.
#[derive(Debug, Clone)]
pub struct Reported<'s> {
    pub held: &'s Outcome,
    pub passages: Vec<Id>,
}

/// What is reported of one outcome.
#[derive(Debug, Clone)]
pub struct Line<'s> {
    pub outcome: &'s Code,
    /// Its topmost heading: whom it concerns. None where it stands below none.
    pub kind: Option<&'s str>,
    /// By model, results in the order of their labels. A model without any does not report it.
    pub results: Vec<Vec<Reported<'s>>>,
}

/// Outcomes by models.
#[derive(Debug, Clone)]
pub struct Results<'s> {
    pub models: Vec<&'s Model>,
    pub lines: Vec<Line<'s>>,
}

impl<'s> Results<'s> {
    /// Of the models named, or all in use.
    pub fn of(synthesis: &'s Synthesis, named: &[Id]) -> Self {
        let tree = Tree::new(synthesis.codes.values());
        let models = models(synthesis, named);
        let columns: BTreeMap<Id, usize> = models.iter().enumerate().map(|(at, model)| (model.id, at)).collect();
        let mut lines: BTreeMap<Id, Vec<Vec<Reported>>> = BTreeMap::new();
        let mut all: Vec<&Outcome> = synthesis.models.outcomes.values().collect();
        all.sort_by_cached_key(|one| (synthesis.labels.get(&one.id).cloned(), one.id));
        for held in all {
            let Some(column) = columns.get(&held.model) else { continue };
            let outcome = tree.stands_for(held.outcome);
            let passages = standing(synthesis, &tree, outcome, &held.passages).iter().map(|one| one.id).collect();
            let line = lines.entry(outcome).or_insert_with(|| vec![Vec::new(); models.len()]);
            line[*column].push(Reported { held, passages });
        }
        let in_order = tree.in_order().into_iter();
        let lines = in_order.filter_map(|(_, outcome)| {
            let results = lines.remove(&outcome.id)?;
            let top = tree.line(outcome.id).into_iter().find(|code| code.heading);
            Some(Line { outcome, kind: top.map(|code| code.name.as_str()), results })
        });
        Results { lines: lines.collect(), models }
    }
}

/// Printed with every table of outcomes.
pub const RULE: &str = "Direction is what a source reports, against the comparator named; it is not worked out, and \
results are not pooled. A blank: no result is reported.";
