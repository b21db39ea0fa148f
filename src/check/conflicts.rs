//! **conflicts**: no field was set by two people unaware of each other.
//!
//! The later in order stands, the other is kept and shown. Set the field again to settle it. Two sources that
//! one person judged to be two and another counts as one are a conflict too.

use super::pass_conflicts;
use crate::diagnostic::{Diagnostic, Result};
use crate::document::Sealed;
use crate::history::Conflict;
use crate::hypothesis::Editorial;
use crate::id::Id;
use crate::passage::Anchor;
use crate::project::Project;
use crate::synthesis::Synthesis;
use serde_json::Value;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let conflicts = project.state().conflicts();
    let (of_passes, others) = pass_conflicts::tell(project, synthesis, conflicts)?;
    let said = others.into_iter().map(|one| {
        let label = synthesis.label(one.id);
        if let Some(lost) = lost(synthesis, &one) {
            return lost;
        }
        Diagnostic::warning(
            "conflict",
            format!(
                "{label}: {} was set by two people unaware of each other: {} ({}) stands, {} ({}) does not",
                named(project, &one.field),
                readable(project, &one.kept),
                one.kept_by,
                readable(project, &one.other),
                one.other_by
            ),
        )
        .hint(mending(project, &one, &label))
    });
    Ok(of_passes.into_iter().chain(said).chain(judged_both_ways(synthesis)).collect())
}

fn judged_both_ways(synthesis: &Synthesis) -> impl Iterator<Item = Diagnostic> {
    let pairs = synthesis
        .sources
        .values()
        .flat_map(|source| source.different.iter().map(move |(other, difference)| (source.id, *other, difference)));
    pairs.filter(|(one, other, _)| synthesis.counts_as(*one) == synthesis.counts_as(*other)).map(
        |(one, other, judged)| {
            let (one, other) = (synthesis.label(one), synthesis.label(other));
            let said = format!("{one} and {other} count as one, and {} judged them to be two", judged.by);
            Diagnostic::warning("judged-both-ways", said)
                .hint(format!("if they are one: realist source different {one} {other} --take-back"))
                .hint("if they are two: realist source set S2.gj --same-study none")
        },
    )
}

/// Of two text versions one may hold words of somebody who withdrew: nobody can choose it any more.
fn lost(synthesis: &Synthesis, conflict: &Conflict) -> Option<Diagnostic> {
    let document = synthesis.documents.get(&conflict.id).filter(|_| conflict.field == "version")?;
    let doomed = crate::document::doomed(&document.versions);
    let by = [(&conflict.kept, &conflict.kept_by), (&conflict.other, &conflict.other_by)]
        .into_iter()
        .find(|(version, _)| version.as_str().is_some_and(|version| doomed.contains(version)))?
        .1;
    let label = synthesis.label(conflict.id);
    Some(Diagnostic::note(
        "version-withdrawn",
        format!("{label}: the text as {by} last read it went with the words of somebody who withdrew meanwhile"),
    ))
}

/// What settles a conflict.
fn mending(project: &Project, conflict: &Conflict, label: &str) -> String {
    let field = conflict.field.as_str();
    match field {
        "version" | "original" => {
            format!("two corrected files: take the right one in again: realist import FILE --update {label}")
        }
        "answers" => format!(
            "ask the member which ballot {label} is to be, and let it count: realist round collect ROUND FILE --restore"
        ),
        "opened" | "closed" => format!("the later one counts; see who answered: realist round show {label}"),
        "anchor" | "carried" => format!("put it on the right words: realist document confirm {label} --quote \"…\""),
        "status" => {
            let words = [&conflict.kept, &conflict.other].map(|value| value.as_str().unwrap_or_default().to_owned());
            if words.iter().any(|word| word == Editorial::Merged.word()) {
                return format!(
                    "take the merge back, or the other step: realist hypothesis show {label} --history, then realist undo OPERATION"
                );
            }
            format!("say which holds: realist hypothesis status {label} {} --why \"...\"", words.join("|"))
        }
        _ => format!("set {} of {label} again to settle it", named(project, field)),
    }
}

/// A field as a person would say it: `up Z2.gj`; what has no label is told by the value.
fn named(project: &Project, field: &str) -> String {
    let Some((what, id)) = field.split_once(':').and_then(|(what, id)| Some((what, id.parse::<Id>().ok()?))) else {
        return field.to_owned();
    };
    project.state().label_of(id).map_or_else(|| what.to_owned(), |label| format!("{what} {label}"))
}

/// A value as a person would say it.
fn readable(project: &Project, value: &Value) -> String {
    match value {
        Value::String(text) => match text.parse::<Id>() {
            Ok(id) => project.label(id),
            Err(_) => format!("“{text}”"),
        },
        Value::Null => "nothing".to_owned(),
        Value::Object(fields) => {
            if let Some(name) = fields.get("sealed").and_then(Value::as_str) {
                let sealed = Sealed { sealed: name.to_owned() };
                return project.unseal_text(&sealed).map_or_else(|| "(sealed)".to_owned(), |text| format!("“{text}”"));
            }
            if let (Some(Value::String(day)), Some(Value::String(by))) = (fields.get("on"), fields.get("by")) {
                return format!("{day} by {by}");
            }
            if let Ok(anchor) = serde_json::from_value::<Anchor>(value.clone()) {
                return format!("words of {}", project.label(anchor.document));
            }
            // A move of a pathway: where to, and what makes one move.
            let told: Vec<&str> = ["place", "when"].iter().filter_map(|key| fields.get(*key)?.as_str()).collect();
            if !told.is_empty() {
                return format!("“{}”", told.join(": "));
            }
            let text = ["text", "why", "words"].iter().find_map(|key| fields.get(*key));
            text.map_or_else(|| value.to_string(), |text| readable(project, text))
        }
        Value::Array(items) => items.iter().map(|item| readable(project, item)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
