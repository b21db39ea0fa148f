//! Two people set one field, neither having seen the other. The later in order wins, both are kept,
//! and this is where they are named.

use super::entity::Entity;
use super::note::Place;
use super::state::State;
use crate::id::{Id, Kind};
use serde::Serialize;
use serde_json::Value;
use std::rc::Rc;

/// One field with a value that won and one that did not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    pub id: Id,
    pub field: String,
    pub kept: Value,
    pub kept_by: String,
    pub other: Value,
    pub other_by: String,
}

impl State {
    /// All unsettled conflicts, by entity and field. Setting the field again settles one.
    pub fn conflicts(&self) -> Vec<Conflict> {
        self.shared().into_iter().flat_map(|id| self.conflicts_of(id)).collect()
    }

    /// The unsettled conflicts about one thing.
    pub fn conflicts_of(&self, id: Id) -> Vec<Conflict> {
        if !self.is_shared(id) {
            return Vec::new();
        }
        let Some(entity) = self.entity(id) else { return Vec::new() };
        let by = |place: &Place| self.note_at(place).map(|note| note.by.to_string()).unwrap_or_default();
        let mut conflicts = Vec::new();
        // Whoever removed a thing has settled what was said of it.
        let is_here = entity.is_here();
        for (field, values) in values_by_field(&entity).into_iter().filter(|(field, _)| is_here || field == "gone") {
            let Some((winner, kept)) = values.last() else { continue };
            for (at, (op, other)) in values.iter().enumerate() {
                let mut later = values[at + 1..].iter();
                if !says_the_same(entity.kind, &field, other, kept)
                    && !later.any(|(later, _)| later == op || self.knew(later, op))
                {
                    conflicts.push(Conflict {
                        id,
                        field: field.clone(),
                        kept: kept.clone(),
                        kept_by: by(winner),
                        other: other.clone(),
                        other_by: by(op),
                    });
                }
            }
        }
        conflicts
    }
}

/// Two values that mean the same, whoever set them and for whatever reason.
fn says_the_same(kind: Kind, field: &str, one: &Value, other: &Value) -> bool {
    one == other
        || match kind {
            Kind::Pass => crate::pass::says_the_same(field, one, other),
            // One flow of each stream, whoever counts: who began it is nobody's quarrel.
            Kind::Flow => field == "author",
            // Why a consensus coding was settled: said with the decision, in the pass.
            Kind::Coding => field == "reason",
            _ => false,
        }
}

/// A field, the values it was given in order, and by which operations.
type Given = (String, Vec<(Rc<Place>, Value)>);

fn values_by_field(entity: &Entity) -> Vec<Given> {
    let mut by_field: Vec<Given> = Vec::new();
    for write in entity.active_writes() {
        for (field, value) in write.fields() {
            let one = (Rc::clone(&write.op), value);
            match by_field.iter_mut().find(|(name, _)| *name == field) {
                Some((_, values)) => values.push(one),
                None => by_field.push((field, vec![one])),
            }
        }
    }
    by_field
}
