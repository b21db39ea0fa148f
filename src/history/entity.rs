//! A thing of the project as its records made it.

use super::note::Place;
use super::operation::Fields;
use crate::id::{Id, Kind, Label};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::rc::Rc;

/// The label a record gave, as it was given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Claim {
    pub kind: Kind,
    pub number: u32,
    pub tag: Rc<str>,
}

impl Claim {
    pub(super) fn label(&self) -> Label {
        Label::new(self.kind, self.number, &*self.tag)
    }
}

/// One record as it stands on disk; read only when somebody asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// The operation it was part of.
    pub op: Rc<Place>,
    /// The operation has not been taken back.
    pub active: bool,
    /// It made the thing: it gave it a label.
    pub(super) claim: Option<Claim>,
    pub(super) set: Box<str>,
}

impl Write {
    pub fn fields(&self) -> Fields {
        serde_json::from_str(&self.set).unwrap_or_default()
    }
}

/// A thing of the project: its records in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    pub kind: Kind,
    pub(super) writes: Vec<Write>,
}

impl Entity {
    pub(super) fn new(kind: Kind) -> Self {
        Entity { kind, writes: Vec::with_capacity(1) }
    }

    /// Takes up a record at its place in the order.
    pub(super) fn take(&mut self, write: Write) {
        let at = self.writes.partition_point(|one| one.op <= write.op);
        self.writes.insert(at, write);
    }

    /// Labels given to it, in order: two machines that took in one file gave it two.
    pub(super) fn claims(&self) -> Vec<&Claim> {
        let mut claims: Vec<&Claim> = Vec::new();
        for claim in self.writes.iter().filter_map(|write| write.claim.as_ref()) {
            if !claims.contains(&claim) {
                claims.push(claim);
            }
        }
        claims
    }

    pub fn active_writes(&self) -> impl Iterator<Item = &Write> {
        self.writes.iter().filter(|write| write.active)
    }

    /// The one write that counts, as JSON, where there is just one: nothing is to be merged.
    pub(super) fn only_write(&self) -> Option<&str> {
        let mut active = self.active_writes();
        let first = active.next()?;
        active.next().is_none().then_some(&*first.set)
    }

    /// Later writes win, field by field.
    pub fn fields(&self) -> Fields {
        let mut active = self.active_writes();
        let mut fields = active.next().map(Write::fields).unwrap_or_default();
        for write in active {
            merge(&mut fields, write.fields());
        }
        fields.retain(|_, value| !value.is_null());
        fields
    }

    /// What the entity has been after each of its writes, those taken back included.
    pub fn revisions(&self) -> Vec<Fields> {
        let mut revisions: Vec<Fields> = Vec::new();
        for write in &self.writes {
            let mut fields = revisions.last().cloned().unwrap_or_default();
            merge(&mut fields, write.fields());
            revisions.push(fields);
        }
        revisions
    }

    /// What each of its records set, those taken back included.
    pub fn all_writes(&self) -> impl Iterator<Item = Fields> {
        self.writes.iter().map(Write::fields)
    }

    /// What records that were taken back since had set a field to.
    pub fn taken_back(&self, field: &str) -> Vec<Value> {
        let undone = self.writes.iter().filter(|write| !write.active);
        undone.filter_map(|write| write.fields().remove(field)).filter(|value| !value.is_null()).collect()
    }

    /// It was made, its making was not taken back, and it was not removed.
    pub fn is_here(&self) -> bool {
        let made = self.active_writes().any(|write| write.claim.is_some());
        let removed = self.active_writes().any(|write| write.set.contains("\"gone\""));
        made && !(removed && self.fields().contains_key("gone"))
    }

    /// More than one stream had a hand in it.
    pub(super) fn is_shared(&self) -> bool {
        self.writes.iter().any(|write| write.op.stream != self.writes[0].op.stream)
    }

    /// Ids of other things that its records mention.
    pub(super) fn mentioned(set: &str) -> impl Iterator<Item = Id> {
        set.split('"').filter(|piece| piece.len() == 36).filter_map(|piece| piece.parse().ok())
    }
}

fn merge(fields: &mut Fields, newer: Fields) {
    for (field, value) in newer {
        fields.insert(field, value);
    }
}
