//! **conflicts**: no field was set by two people unaware of each other.
//!
//! The later in order stands, the other is kept and shown. Set the field again to settle it.

use crate::diagnostic::{Diagnostic, Result};
use crate::document::Sealed;
use crate::id::Id;
use crate::project::Project;
use crate::synthesis::Synthesis;
use serde_json::Value;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let conflicts = project.state().conflicts();
    Ok(conflicts
        .into_iter()
        .map(|one| {
            let label = synthesis.label(one.id);
            Diagnostic::warning(
                "conflict",
                format!(
                    "{label}: {} was set by two people unaware of each other: {} ({}) stands, {} ({}) does not",
                    one.field,
                    readable(project, &one.kept),
                    one.kept_by,
                    readable(project, &one.other),
                    one.other_by
                ),
            )
            .hint(mending(&one.field, &label))
        })
        .collect())
}

/// What settles a conflict.
fn mending(field: &str, label: &str) -> String {
    match field {
        "version" | "original" => {
            format!("two corrected files: take the right one in again: realist import FILE --update {label}")
        }
        "anchor" | "carried" => format!("put it on the right words: realist document confirm {label} --quote \"…\""),
        _ => format!("set {field} of {label} again to settle it"),
    }
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
            fields.get("text").map_or_else(|| value.to_string(), |text| readable(project, text))
        }
        Value::Array(items) => items.iter().map(|item| readable(project, item)).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
