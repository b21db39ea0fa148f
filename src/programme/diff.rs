//! What lies between two programme theories, field by field.
//!
//! [`apply`] to the first gives the second: nothing of the difference is left out. A programme compared with
//! itself differs in nothing.

use super::{Programme, Thing};
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

crate::vocabulary! {
    /// Whether a thing is in both.
    pub enum Presence "presence" {
        /// In the second alone.
        Added "added",
        /// In the first alone.
        Removed "removed",
        Changed "changed",
    }
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edit {
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub id: Id,
    pub kind: Kind,
    pub presence: Presence,
    /// In the order of the fields' names; of a thing that was added or removed, all its fields.
    pub edits: Vec<Edit>,
}

impl Change {
    pub fn edit(&self, field: &str) -> Option<&Edit> {
        self.edits.iter().find(|edit| edit.field == field)
    }

    /// Fields whose names begin so.
    pub fn edits_of<'c>(&'c self, prefix: &'c str) -> impl Iterator<Item = &'c Edit> {
        self.edits.iter().filter(move |edit| edit.field.starts_with(prefix))
    }
}

/// What changed from `before` to `after`, in id order.
pub fn diff(before: &Programme, after: &Programme) -> Vec<Change> {
    let ids: BTreeSet<&Id> = before.things.keys().chain(after.things.keys()).collect();
    ids.into_iter().filter_map(|id| change(*id, before.things.get(id), after.things.get(id))).collect()
}

fn change(id: Id, before: Option<&Thing>, after: Option<&Thing>) -> Option<Change> {
    let presence = match (before, after) {
        (None, _) => Presence::Added,
        (_, None) => Presence::Removed,
        _ => Presence::Changed,
    };
    let field_of = |thing: Option<&Thing>, field: &str| thing.and_then(|one| one.fields.get(field)).cloned();
    let fields: BTreeSet<&String> = before.into_iter().chain(after).flat_map(|one| one.fields.keys()).collect();
    let edits: Vec<Edit> = fields
        .into_iter()
        .map(|field| Edit { field: field.clone(), before: field_of(before, field), after: field_of(after, field) })
        .filter(|edit| edit.before != edit.after)
        .collect();
    let kind = after.or(before)?.kind;
    (presence != Presence::Changed || !edits.is_empty()).then_some(Change { id, kind, presence, edits })
}

/// Makes the second programme of a difference from the first. Fault `does-not-fit`: the difference was made
/// from another programme.
pub fn apply(before: &Programme, changes: &[Change]) -> Result<Programme> {
    let mut after = before.clone();
    for change in changes {
        let astray =
            || fault("does-not-fit", format!("the difference is not from this theory: {} is otherwise", change.id));
        let held = after.things.remove(&change.id);
        if held.is_none() != (change.presence == Presence::Added) {
            return Err(astray());
        }
        let mut thing = held.unwrap_or_else(|| Thing { kind: change.kind, fields: std::collections::BTreeMap::new() });
        for edit in &change.edits {
            if thing.fields.get(&edit.field) != edit.before.as_ref() {
                return Err(astray());
            }
            match &edit.after {
                Some(value) => thing.fields.insert(edit.field.clone(), value.clone()),
                None => thing.fields.remove(&edit.field),
            };
        }
        if change.presence != Presence::Removed {
            after.things.insert(change.id, thing);
        } else if !thing.fields.is_empty() {
            return Err(astray());
        }
    }
    Ok(after)
}
