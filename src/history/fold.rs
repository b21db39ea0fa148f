//! The fold: a set of operations becomes the state of a project.

use super::operation::{Fields, Operation, Record, StreamId};
use crate::id::{Id, Kind, Label};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is kept of an operation once it is folded.
#[derive(Debug, Clone)]
pub struct OpNote {
    pub id: Id,
    pub stream: StreamId,
    pub lamport: u64,
    pub time: String,
    pub by: String,
    pub act: String,
    pub hash: String,
    pub prev: String,
    pub after: Vec<String>,
    /// Entities it wrote.
    pub wrote: Vec<Id>,
    /// Operations it took back.
    pub undid: Vec<Id>,
    /// It has itself been taken back.
    pub undone: bool,
    pub purged: Vec<(Id, Vec<String>)>,
}

/// One record as it stands on disk; read only when somebody asks.
#[derive(Debug, Clone)]
pub struct Write {
    /// Index into [`State::notes`].
    pub op: usize,
    /// The operation has not been taken back.
    pub active: bool,
    /// It made the thing: it gave it a label.
    creates: bool,
    set: Box<RawValue>,
}

impl Write {
    pub fn fields(&self) -> Fields {
        serde_json::from_str(self.set.get()).unwrap_or_default()
    }
}

/// A thing of the project: its records in order.
#[derive(Debug, Clone)]
pub struct Entity {
    pub kind: Kind,
    /// Labels given to it, in order: two machines that took in one file gave it two.
    pub labels: Vec<Label>,
    writes: Vec<Write>,
}

impl Entity {
    pub fn active_writes(&self) -> impl Iterator<Item = &Write> {
        self.writes.iter().filter(|write| write.active)
    }

    /// The one write that counts, as JSON, where there is just one: nothing is to be merged.
    pub(super) fn only_write(&self) -> Option<&str> {
        let mut active = self.active_writes();
        let first = active.next()?;
        active.next().is_none().then(|| first.set.get())
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

    /// It was made, its making was not taken back, and it was not removed.
    pub fn is_here(&self) -> bool {
        let mut here = false;
        for write in self.active_writes() {
            here |= write.creates;
            if write.set.get().contains("\"gone\"") {
                return self.active_writes().any(|write| write.creates) && !self.fields().contains_key("gone");
            }
        }
        here
    }
}

fn merge(fields: &mut Fields, newer: Fields) {
    for (field, value) in newer {
        fields.insert(field, value);
    }
}

/// Everything the operations amount to.
#[derive(Debug, Clone, Default)]
pub struct State {
    notes: Vec<OpNote>,
    entities: BTreeMap<Id, Entity>,
    labels: HashMap<Label, Id>,
    /// Operations nobody has built upon.
    heads: BTreeSet<String>,
    /// Last operation of each stream.
    last: BTreeMap<StreamId, String>,
    forked: bool,
}

fn sort_key(operation: &Operation) -> (u64, &str, Id) {
    (operation.lamport, &operation.stream, operation.id)
}

impl State {
    /// Folds a set of operations, given in any order and with repeats. Where two differ under one id
    /// (which no honest history has) the smaller hash stands.
    pub fn fold(operations: Vec<Operation>, suffixes: &BTreeMap<StreamId, String>) -> Self {
        let mut operations = operations;
        operations.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)).then_with(|| a.hash.cmp(&b.hash)));
        let mut seen = HashSet::with_capacity(operations.len());
        operations.retain(|operation| seen.insert(operation.id));
        let undone = undone(&operations);
        let mut state = State::default();
        for operation in operations {
            let active = !undone.contains(&operation.id);
            state.take(operation, active);
        }
        state.forked = state.find_fork();
        state.settle_labels(suffixes);
        state
    }

    /// Adds an operation written by this process after everything seen so far. `false` where the
    /// state must be folded anew instead (it undoes something).
    pub fn append(&mut self, operation: Operation, suffixes: &BTreeMap<StreamId, String>) -> bool {
        let in_order = self.notes.last().is_none_or(|last| last.lamport < operation.lamport);
        if !in_order || operation.records.iter().any(|record| matches!(record, Record::Undo { .. })) {
            return false;
        }
        let created: Vec<Id> = operation
            .records
            .iter()
            .filter_map(|record| match record {
                Record::Put { id, label: Some(_), .. } => Some(*id),
                _ => None,
            })
            .collect();
        self.take(operation, true);
        self.settle_some(&created, suffixes);
        true
    }

    fn take(&mut self, operation: Operation, active: bool) {
        let op = self.notes.len();
        self.heads.remove(&operation.prev);
        for seen in &operation.after {
            self.heads.remove(seen);
        }
        self.heads.insert(operation.hash.clone());
        self.last.insert(operation.stream.clone(), operation.hash.clone());
        let mut note = OpNote {
            id: operation.id,
            stream: operation.stream,
            lamport: operation.lamport,
            time: operation.time,
            by: operation.by,
            act: operation.act,
            hash: operation.hash,
            prev: operation.prev,
            after: operation.after,
            wrote: Vec::new(),
            undid: Vec::new(),
            undone: !active,
            purged: Vec::new(),
        };
        for record in operation.records {
            match record {
                Record::Undo { undo } => note.undid.push(undo),
                Record::Purge { purge, files } => note.purged.push((purge, files)),
                Record::Put { put, id, label, set } => {
                    note.wrote.push(id);
                    let entity = self.entities.entry(id).or_insert_with(|| Entity {
                        kind: put,
                        labels: Vec::new(),
                        writes: Vec::with_capacity(1),
                    });
                    let creates = label.is_some();
                    entity.labels.extend(label.filter(|label| !entity.labels.contains(label)));
                    entity.writes.push(Write { op, active, creates, set });
                }
            }
        }
        self.notes.push(note);
    }

    /// A stream that was copied or branched has two operations after one.
    fn find_fork(&self) -> bool {
        let mut seen = HashSet::with_capacity(self.notes.len());
        self.notes.iter().any(|note| !seen.insert((note.stream.as_str(), note.prev.as_str())))
    }

    pub(super) fn is_forked(&self) -> bool {
        self.forked
    }

    /// Where two things claim one label, the one made in the smaller stream keeps it.
    fn settle_labels(&mut self, suffixes: &BTreeMap<StreamId, String>) {
        let claimed: usize = self.entities.values().map(|entity| entity.labels.len()).sum();
        let claims =
            self.entities.iter().flat_map(|(id, entity)| entity.labels.iter().map(|label| (label.clone(), *id)));
        self.labels = claims.collect();
        if self.labels.len() == claimed {
            return;
        }
        self.labels.clear();
        let all: Vec<Id> = self.entities.keys().copied().collect();
        let mut claims: Vec<(Label, StreamId, Id)> = Vec::new();
        for id in all {
            let entity = &self.entities[&id];
            let stream = self.notes[entity.writes[0].op].stream.clone();
            claims.extend(entity.labels.iter().map(|label| (label.clone(), stream.clone(), id)));
        }
        claims.sort();
        for (label, stream, id) in claims {
            self.claim(&label, &stream, id, suffixes);
        }
    }

    fn settle_some(&mut self, ids: &[Id], suffixes: &BTreeMap<StreamId, String>) {
        for id in ids {
            let entity = &self.entities[id];
            let Some(label) = entity.labels.last().cloned() else { continue };
            let stream = self.notes[entity.writes[0].op].stream.clone();
            self.claim(&label, &stream, *id, suffixes);
        }
    }

    fn claim(&mut self, label: &Label, stream: &str, id: Id, suffixes: &BTreeMap<StreamId, String>) {
        if *self.labels.entry(label.clone()).or_insert(id) == id {
            return;
        }
        let suffix = suffixes.get(stream).cloned().unwrap_or_else(|| stream[..2.min(stream.len())].to_owned());
        // A stream that was branched can claim one label twice: then the thing's own id tells them apart.
        let marks = [suffix, stream.to_owned(), format!("{stream}{id}").replace('-', "")];
        let free = |mark: &&String| {
            let rival = Label { rival: Some((*mark).clone()), ..label.clone() };
            self.labels.get(&rival).is_none_or(|other| *other == id)
        };
        let mark = marks.iter().find(free).unwrap_or(&marks[2]).clone();
        let rival = Label { rival: Some(mark), ..label.clone() };
        self.labels.insert(rival.clone(), id);
        if let Some(entity) = self.entities.get_mut(&id) {
            for one in entity.labels.iter_mut().filter(|one| *one == label) {
                *one = rival.clone();
            }
        }
    }

    /// Operations in order.
    pub fn notes(&self) -> &[OpNote] {
        &self.notes
    }

    /// All entities ever written, those gone included.
    pub fn entities(&self) -> impl Iterator<Item = (Id, &Entity)> {
        self.entities.iter().map(|(id, entity)| (*id, entity))
    }

    /// Entities of one kind that are here.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (Id, &Entity)> {
        self.entities().filter(move |(_, entity)| entity.kind == kind && entity.is_here())
    }

    pub fn entity(&self, id: Id) -> Option<&Entity> {
        self.entities.get(&id)
    }

    /// The thing a label names, whether it is still here or not.
    pub fn labelled(&self, label: &Label) -> Option<Id> {
        self.labels.get(label).copied()
    }

    /// The label a thing is shown under.
    pub fn label_of(&self, id: Id) -> Option<&Label> {
        self.entities.get(&id)?.labels.first()
    }

    /// The next free number for a label of this kind and tag.
    pub fn next_number(&self, kind: Kind, tag: &str) -> u32 {
        let taken = self.labels.keys().filter(|label| label.kind == kind && label.tag == tag);
        taken.map(|label| label.number).max().unwrap_or(0) + 1
    }

    pub fn lamport(&self) -> u64 {
        self.notes.last().map_or(0, |note| note.lamport)
    }

    /// Hashes of the operations nobody has built upon.
    pub fn heads(&self) -> &BTreeSet<String> {
        &self.heads
    }

    /// Hash of each stream's last operation.
    pub fn last_by_stream(&self) -> &BTreeMap<StreamId, String> {
        &self.last
    }

    /// Hash of a stream's last operation.
    pub fn last_of(&self, stream: &str) -> Option<&String> {
        self.last.get(stream)
    }

    /// Operations still standing that would lose their footing were `op` taken back: they refer to
    /// something it made.
    pub fn dependants(&self, op: usize) -> Vec<usize> {
        let made: Vec<Id> = self.notes[op]
            .wrote
            .iter()
            .copied()
            .filter(|id| self.entities[id].active_writes().next().is_some_and(|first| first.op == op))
            .collect();
        if made.is_empty() {
            return Vec::new();
        }
        let names: HashSet<String> = made.iter().map(ToString::to_string).collect();
        let made: HashSet<Id> = made.into_iter().collect();
        let mut found: Vec<usize> = Vec::new();
        for (id, entity) in &self.entities {
            for write in entity.active_writes().filter(|write| write.op != op && !self.notes[write.op].undone) {
                if made.contains(id) || mentions(write.set.get(), &names) {
                    found.push(write.op);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Does the JSON hold one of these ids as a string?
fn mentions(json: &str, ids: &HashSet<String>) -> bool {
    json.split('"').any(|piece| piece.len() == 36 && ids.contains(piece))
}

/// Operations taken back. An undo counts unless it is itself taken back, and whatever takes it back
/// comes later in order, so one walk from the end settles all.
fn undone(operations: &[Operation]) -> HashSet<Id> {
    let mut undone = HashSet::new();
    for operation in operations.iter().rev() {
        if undone.contains(&operation.id) {
            continue;
        }
        for record in &operation.records {
            if let Record::Undo { undo } = record {
                undone.insert(*undo);
            }
        }
    }
    undone
}
