//! **removed**: what was removed refers to things that were here.
//!
//! An undo or a redo may bring anything back that ever was. So the things it refers to must be known,
//! if only as removed themselves; one that no line of the journal ever made is on its way here, or lost.

use super::Looked;
use crate::diagnostic::{Diagnostic, Result};
use crate::history::Fields;
use crate::id::Id;
use crate::project::Project;
use crate::synthesis::Synthesis;
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) fn look(project: &Project, _: &Synthesis, looked: &mut Looked) -> Result<()> {
    let state = project.state();
    let removed: Vec<_> = state.entities().filter(|(_, entity)| !entity.is_here()).collect();
    looked.counts = vec![(removed.len(), "thing")];
    for (id, entity) in removed {
        let mut ids = BTreeSet::new();
        entity.all_writes().for_each(|fields: Fields| mentioned(&Value::Object(fields), &mut ids));
        for lost in ids.into_iter().filter(|id| state.entity(*id).is_none()) {
            looked.diagnostics.push(
                Diagnostic::warning(
                    "dangling-reference",
                    format!("{}, which was removed, refers to something ({lost}) that was never here", project.label(id)),
                )
                .in_file("journal")
                .hint("let the sync client finish, or ask a colleague for the journal files; else it cannot be taken back"),
            );
        }
    }
    Ok(())
}

/// Ids anywhere in a value.
fn mentioned(value: &Value, ids: &mut BTreeSet<Id>) {
    match value {
        Value::String(text) if text.len() == 36 => ids.extend(text.parse::<Id>().ok()),
        Value::Array(items) => items.iter().for_each(|item| mentioned(item, ids)),
        Value::Object(fields) => fields.values().for_each(|value| mentioned(value, ids)),
        _ => {}
    }
}
