//! What became of a statement, from the journal: who, when, why.

use crate::history::{Entity, Fields, OpNote};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::link::Link;
use crate::project::Project;
use serde::Serialize;
use serde_json::Value;
use std::rc::Rc;

/// One thing that happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// RFC 3339.
    pub time: String,
    /// Tag of the coder.
    pub by: String,
    /// The command.
    pub act: String,
    pub what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// Everything that happened to a statement and stands, in the order of the journal: its own changes, the
/// links it got and lost, and how many passages were tied to it.
pub fn of(project: &Project, hypothesis: Id) -> Vec<Event> {
    let state = project.state();
    let mut events: Vec<(Rc<OpNote>, String, Option<String>)> = Vec::new();
    let notes = |entity: &Entity| -> Vec<(Option<Rc<OpNote>>, Fields)> {
        entity.active_writes().map(|write| (state.note(write.op.id), write.fields())).collect()
    };
    if let Some(entity) = state.entity(hypothesis) {
        let mut before = Fields::new();
        for (note, set) in notes(&entity) {
            let what = changes(project, &before, &set);
            let why = set.get("reason").and_then(Value::as_str).map(str::to_owned);
            before.extend(set);
            events.extend(note.filter(|_| !what.is_empty()).map(|note| (note, what.join("; "), why)));
        }
    }
    for (id, entity) in state.ever(Kind::Link) {
        let Some(link) = <Link as crate::history::Stored>::read(id, &entity).ok() else { continue };
        if link.from != hypothesis && link.to != hypothesis {
            continue;
        }
        for (note, set) in notes(&entity) {
            let gone = set.get("gone").and_then(Value::as_str).map(str::to_owned);
            let what = format!(
                "{}{}: {} {} {}",
                if gone.is_some() { "took away " } else { "" },
                project.label(id),
                project.label(link.from),
                link.kind.phrase(),
                project.label(link.to)
            );
            let why = gone.or_else(|| link.reason.clone());
            events.extend(note.map(|note| (note, what, why)));
        }
    }
    for (note, count) in tied(project, hypothesis) {
        events.push((note, crate::text::words::counted(count, "passage") + " tied to it", None));
    }
    events.sort_by(|a, b| a.0.place.cmp(&b.0.place));
    let told = |(note, what, why): (Rc<OpNote>, String, Option<String>)| Event {
        time: note.time.to_string(),
        by: note.by.to_string(),
        act: note.act.to_string(),
        what,
        why,
    };
    events.into_iter().map(told).collect()
}

/// Keys of the parts that were reworded, added or taken away after the sentence was last written, in the order of their
/// keys: it may say what they said before. None where the team wrote no sentence.
pub fn parts_later_than_sentence(project: &Project, hypothesis: Id) -> Vec<String> {
    let Some(entity) = project.state().entity(hypothesis) else { return Vec::new() };
    let words = |part: &Value| part.get("text").cloned();
    let (mut texts, mut later) = (std::collections::BTreeMap::new(), std::collections::BTreeSet::new());
    let mut has_sentence = false;
    for write in entity.active_writes() {
        let set = write.fields();
        for (field, part) in &set {
            let Some(key) = field.strip_prefix("part:") else { continue };
            if texts.insert(key.to_owned(), words(part)) != Some(words(part)) {
                later.insert(key.to_owned());
            }
        }
        if let Some(sentence) = set.get("statement") {
            has_sentence = !sentence.is_null();
            later.clear();
        }
    }
    if has_sentence { later.into_iter().collect() } else { Vec::new() }
}

/// Operations that tied passages to a statement, and how many.
fn tied(project: &Project, hypothesis: Id) -> Vec<(Rc<OpNote>, usize)> {
    let state = project.state();
    let mut tied: Vec<(Rc<OpNote>, usize)> = Vec::new();
    for (_, entity) in state.mentioning(hypothesis, Kind::Evidence) {
        let Some(first) = entity.active_writes().next() else { continue };
        let is_own = first.fields().get("hypothesis").and_then(Value::as_str) == Some(&hypothesis.to_string());
        let Some(note) = state.note(first.op.id).filter(|_| is_own) else { continue };
        match tied.iter_mut().find(|(other, _)| other.place == note.place) {
            Some((_, count)) => *count += 1,
            None => tied.push((note, 1)),
        }
    }
    tied
}

/// What a write changed, in words.
fn changes(project: &Project, before: &Fields, set: &Fields) -> Vec<String> {
    let mut said = Vec::new();
    if before.is_empty() {
        said.push("written".to_owned());
    }
    for (field, value) in set {
        let old = before.get(field).filter(|old| !old.is_null());
        if old == Some(value) || matches!(field.as_str(), "author" | "reason") {
            continue;
        }
        said.push(match field.as_str() {
            "gone" => "removed".to_owned(),
            _ => told(field, old.map(|old| readable(project, old)), &readable(project, value)),
        });
    }
    said
}

fn told(field: &str, old: Option<String>, new: &str) -> String {
    let name = field.strip_prefix("part:").unwrap_or(field).replace('_', " ");
    match (old, new.is_empty()) {
        (Some(old), true) => format!("{name} taken away (was: {old})"),
        (Some(old), false) => format!("{name}: {new} (was: {old})"),
        (None, _) => format!("{name}: {new}"),
    }
}

/// A value as a person would say it: labels for ids, a part by its words and what is said of it.
fn readable(project: &Project, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.parse::<Id>().map_or_else(|_| text.clone(), |id| project.label(id)),
        Value::Array(items) => items.iter().map(|item| readable(project, item)).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let words = fields.get("text").or_else(|| fields.get("test")).map(|text| readable(project, text));
            let more = fields
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "text" | "test" | "kind"))
                .map(|(_, value)| readable(project, value));
            words.into_iter().chain(more).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// The statements that were merged into one, step by step, with how far down each stands.
pub fn children(project: &Project, hypothesis: Id) -> Vec<Hypothesis> {
    let links = project.state().all::<Link>();
    let merged = links.iter().filter(|link| link.kind == crate::link::LinkKind::MergedInto);
    let all = crate::link::circles::Ways::back(merged).reached(hypothesis);
    all.into_iter().filter(|id| *id != hypothesis).filter_map(|id| project.state().get(id)).collect()
}
