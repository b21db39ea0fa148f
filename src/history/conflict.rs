//! Two people set one field, neither having seen the other. The later in order wins, both are kept,
//! and this is where they are named.

use super::fold::{Entity, State};
use super::order::Causality;
use crate::id::Id;
use serde::Serialize;
use serde_json::Value;

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
        let causality = Causality::new(self.notes());
        self.entities()
            .filter(|(_, entity)| self.has_several_streams(entity))
            .flat_map(|(id, entity)| self.conflicts_of(id, entity, &causality))
            .collect()
    }

    fn has_several_streams(&self, entity: &Entity) -> bool {
        let mut streams = entity.active_writes().map(|write| &self.notes()[write.op].stream);
        let first = streams.next();
        streams.any(|other| Some(other) != first) || (entity.active_writes().count() > 1 && self.is_forked())
    }

    fn conflicts_of(&self, id: Id, entity: &Entity, causality: &Causality) -> Vec<Conflict> {
        let mut by_field: Vec<(String, Vec<(usize, Value)>)> = Vec::new();
        for write in entity.active_writes() {
            for (field, value) in write.fields() {
                match by_field.iter_mut().find(|(name, _)| *name == field) {
                    Some((_, values)) => values.push((write.op, value)),
                    None => by_field.push((field, vec![(write.op, value)])),
                }
            }
        }
        let mut conflicts = Vec::new();
        for (field, values) in by_field {
            let Some((winner, kept)) = values.last().cloned() else { continue };
            for (at, (op, other)) in values.iter().enumerate() {
                let superseded = values[at + 1..].iter().any(|(later, _)| *later == *op || causality.knew(*later, *op));
                if *other != kept && !superseded {
                    conflicts.push(Conflict {
                        id,
                        field: field.clone(),
                        kept: kept.clone(),
                        kept_by: self.notes()[winner].by.clone(),
                        other: other.clone(),
                        other_by: self.notes()[*op].by.clone(),
                    });
                }
            }
        }
        conflicts
    }
}
