//! Looking at codes: how many codings each holds, what became of one, who changed it when.

use super::recode::codings_of;
use crate::act::anchor;
use crate::act::pass::Layers;
use crate::codebook::{Code, Field, Tree};
use crate::coding::{Coding, Count};
use crate::diagnostic::Result;
use crate::history::Fields;
use crate::id::Id;
use crate::passage::Wholeness;
use crate::project::Project;
use serde_json::Value;
use std::collections::BTreeMap;

/// A code in its place.
#[derive(Debug, Clone)]
pub struct Placed {
    pub code: Code,
    /// 0 at the top.
    pub depth: usize,
    pub parent: Option<Id>,
    pub path: String,
    /// Codings of its own, and with those of all codes below it.
    pub own: Count,
    pub all: Count,
}

/// Every code with its codings counted, each before those below it. What a blind pass settled counts once.
pub fn tree(project: &Project) -> Vec<Placed> {
    let codes = project.state().all::<Code>();
    let mut counts: BTreeMap<Id, Count> = BTreeMap::new();
    let layers = Layers::of(project);
    for coding in project.state().all::<Coding>().into_iter().filter(|one| layers.counts(one.id, one.pass.is_some())) {
        counts.entry(coding.code).or_default().add(coding.unread);
    }
    let count = |id: &Id| counts.get(id).copied().unwrap_or_default();
    let tree = Tree::new(&codes);
    let placed = tree.in_order().into_iter().map(|(depth, code)| Placed {
        depth,
        parent: tree.parent(code.id),
        path: tree.path(code.id),
        own: count(&code.id),
        all: tree.family(code.id).iter().map(count).sum(),
        code: code.clone(),
    });
    placed.collect()
}

/// One change of a code.
#[derive(Debug, Clone)]
pub struct Change {
    pub time: String,
    /// Tag of the coder; empty for what a hand wrote and nobody journalled yet.
    pub by: String,
    pub act: String,
    /// As `realist log` shows it.
    pub operation: String,
    /// What was set: field, what it said before, what it says since.
    pub set: Vec<(String, String, String)>,
}

/// What was done to a code, in order; what was taken back is left out.
pub fn history(project: &Project, code: Id) -> Vec<Change> {
    let Some(entity) = project.state().entity(code) else { return Vec::new() };
    let mut held = Fields::new();
    let mut changes = Vec::new();
    for write in entity.active_writes() {
        let Some(note) = project.state().note(write.op.id) else { continue };
        let fields = write.fields();
        let set = fields.iter().map(|(name, value)| {
            let before = held.get(name).map(|value| in_words(project, value)).unwrap_or_default();
            (name.clone(), before, in_words(project, value))
        });
        let set: Vec<_> = set.filter(|(_, before, after)| before != after).collect();
        held.extend(fields);
        let operation = if note.is_journalled() { note.short() } else { String::new() };
        let (time, by, act) = (note.time.to_string(), note.by.to_string(), note.act.to_string());
        changes.push(Change { time, by, act, operation, set });
    }
    changes
}

/// A value as people read it: ids as labels.
pub(super) fn in_words(project: &Project, value: &Value) -> String {
    let texts = Field::texts(value).into_iter().map(|text| match text.parse::<Id>() {
        Ok(id) => project.label(id),
        Err(_) => text,
    });
    texts.collect::<Vec<_>>().join(", ")
}

/// A coding that shows a code at its clearest, with its words read back.
#[derive(Debug, Clone)]
pub struct Example {
    pub label: String,
    pub passage: String,
    /// Empty unless the words stand where they stood.
    pub words: String,
    pub state: Wholeness,
}

/// The examples of a code; those that were removed since are left out.
pub fn examples(project: &Project, code: &Code) -> Result<Vec<Example>> {
    let lookup = project.lookup();
    let codings = code.examples.iter().filter_map(|id| project.state().get::<Coding>(*id));
    codings
        .map(|coding| {
            let quotation = project.quotation(&lookup, &coding.anchor)?;
            Ok(Example {
                label: project.label(coding.id),
                passage: anchor::show(project, &lookup, &coding.anchor),
                words: quotation.text,
                state: quotation.wholeness,
            })
        })
        .collect()
}

/// Codings of a code by the coder who made them, most first; what coders settled on is nobody's own.
pub fn by_coder(project: &Project, code: Id) -> Vec<(String, Count)> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for coding in codings_of(project, code).into_iter().filter(|one| one.pass.is_none()) {
        counts.entry(coding.coder.clone()).or_default().add(coding.unread);
    }
    let mut counts: Vec<(String, Count)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}
