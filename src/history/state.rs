//! The fold: a set of operations becomes the state of a project.
//!
//! What a state knows may lie in a snapshot on disk and is read only when asked for. A snapshot that
//! turns out damaged is folded anew from the journal, in the middle of a question if need be; nobody
//! who asks sees a difference.

use super::entity::{Claim, Entity};
use super::layers::Layers;
use super::note::{Hash, OpNote, Place};
use super::operation::{Operation, StreamId};
use super::summary::Purge;
use super::take::{Inner, Refused};
use super::veil::Veil;
use crate::id::{Id, Kind, Label};
use crate::shelf::{Damaged, Shelf};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::rc::Rc;

/// Folds the journal once more, wholly in memory; `None` where it cannot be read.
pub type Heal = Rc<dyn Fn() -> Option<State>>;

/// Everything the operations amount to.
#[derive(Default)]
pub struct State {
    inner: RefCell<Inner>,
    heal: Option<Heal>,
    /// What lies over the journal in memory.
    over: Vec<Operation>,
    lost: Cell<bool>,
    /// What whoever asks is not to see for now.
    pub(super) veil: Veil,
}

impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "State of {} operations", self.operations())
    }
}

impl State {
    /// Folds a set of operations, given in any order and with repeats.
    pub fn fold(operations: Vec<Operation>, suffixes: &BTreeMap<StreamId, String>) -> Self {
        let mut operations = operations;
        let order = |a: &Operation, b: &Operation| {
            (a.lamport, &a.stream, a.id, &a.hash).cmp(&(b.lamport, &b.stream, b.id, &b.hash))
        };
        operations.sort_by(order);
        let mut state = State::default();
        let taken = state.take(operations, suffixes);
        debug_assert!(taken, "in order, the first under an id is the one that stands");
        state
    }

    /// Opens a snapshot; also gives the note it was saved with.
    pub fn open(base: Shelf, heal: Heal) -> Result<(Self, Vec<u8>), Damaged> {
        let (summary, note) = Layers::noted(&base)?;
        let inner = Inner::above(Layers::above(base), summary);
        Ok((State { inner: RefCell::new(inner), heal: Some(heal), ..State::default() }, note))
    }

    /// Writes a snapshot with a note for whoever opens it.
    pub fn save(&self, note: &[u8], out: &mut dyn Write) -> io::Result<()> {
        let inner = self.inner.borrow();
        inner.layers.save(&inner.summary, note, out)
    }

    /// Takes more operations up, in any order; those known already change nothing. `false` where all
    /// must be folded from the beginning instead.
    pub fn take(
        &mut self,
        operations: impl IntoIterator<Item = Operation>,
        suffixes: &BTreeMap<StreamId, String>,
    ) -> bool {
        self.inner.get_mut().take(operations, suffixes).is_ok()
    }

    /// Lays operations over the journal, in memory only.
    pub fn lay_over(&mut self, operations: Vec<Operation>) {
        self.over.extend(operations.iter().cloned());
        if self.inner.get_mut().take(operations, &BTreeMap::new()) == Err(Refused::Damaged) {
            self.mend();
        }
    }

    /// The snapshot was damaged and the journal no longer holds what it did: nothing may be built on this.
    pub fn is_lost(&self) -> bool {
        self.lost.get()
    }

    /// Answers a question, on a fresh fold where the snapshot is damaged.
    fn ask<T>(&self, question: impl Fn(&Inner) -> Result<T, Damaged>) -> T {
        if let Ok(answer) = question(&self.inner.borrow()) {
            return answer;
        }
        self.mend();
        question(&self.inner.borrow()).unwrap_or_else(|Damaged| unreachable!("memory is not damaged"))
    }

    /// Folds the journal anew, in memory, and lays over it what lay over the snapshot.
    fn mend(&self) {
        let healed =
            self.heal.as_ref().and_then(|heal| heal()).filter(|healed| healed.operations() >= self.journalled());
        self.lost.set(healed.is_none());
        let mut healed = healed.unwrap_or_default().inner.into_inner();
        // Where two differ under one id the first that was folded stands.
        let _ = healed.take(self.over.iter().cloned(), &BTreeMap::new());
        self.inner.replace(healed);
    }

    /// Operations in order.
    pub fn notes(&self) -> Vec<Rc<OpNote>> {
        self.seen_notes(self.ask(|inner| inner.layers.all_notes()))
    }

    /// How many operations there are.
    pub fn operations(&self) -> usize {
        self.inner.borrow().summary.operations
    }

    /// How many of them are in the journal.
    pub fn journalled(&self) -> usize {
        self.operations().saturating_sub(self.over.len())
    }

    pub fn note(&self, id: Id) -> Option<Rc<OpNote>> {
        self.ask(|inner| inner.layers.note_by_id(id))
    }

    pub(super) fn note_of(&self, hash: Hash) -> Option<Rc<OpNote>> {
        self.ask(|inner| inner.layers.note_by_hash(hash))
    }

    pub(super) fn note_at(&self, place: &Place) -> Option<Rc<OpNote>> {
        self.ask(|inner| inner.layers.note(place))
    }

    /// Is the operation with this hash here?
    pub fn holds(&self, hash: &str) -> bool {
        Hash::read(hash).is_some_and(|hash| self.note_of(hash).is_some())
    }

    /// Orders to destroy confidential files, in order.
    pub fn purges(&self) -> Vec<Purge> {
        let inner = self.inner.borrow();
        let orders = inner.summary.purges.iter();
        orders
            .flat_map(|(place, files)| {
                files.iter().map(|(id, files)| Purge { op: place.id, id: *id, files: files.clone() })
            })
            .collect()
    }

    /// The words of this thing were destroyed on purpose.
    pub fn is_purged(&self, id: Id) -> bool {
        self.inner.borrow().summary.purges.values().flatten().any(|(one, _)| *one == id)
    }

    /// All things of a kind ever written, in id order, those gone included.
    pub fn ever(&self, kind: Kind) -> Vec<(Id, Rc<Entity>)> {
        let mut all = self.ask(|inner| inner.layers.of_kind(kind));
        all.retain(|(id, _)| !self.veil.covers(*id));
        all
    }

    /// All things ever written, those gone included.
    pub fn entities(&self) -> impl Iterator<Item = (Id, Rc<Entity>)> {
        Kind::ALL.iter().flat_map(|kind| self.ever(*kind))
    }

    /// Things of one kind that are here, in id order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (Id, Rc<Entity>)> + use<> {
        self.ever(kind).into_iter().filter(|(_, entity)| entity.is_here())
    }

    /// Names the snapshot that this state rests on, by its content; `None` where all of it is in memory.
    pub fn base(&self) -> Option<[u8; 16]> {
        self.inner.borrow().layers.base_print()
    }

    /// Shows all operations of the snapshot, in order. `false` where it turned out damaged: what was shown is worth
    /// nothing then, and all is in memory.
    pub fn each_note_below(&self, mut see: impl FnMut(&OpNote)) -> bool {
        self.went_well(|inner| inner.layers.each_note_below(&mut see))
    }

    /// The same of its things of a kind, in id order, those gone included: as the snapshot has them, whatever came
    /// since.
    pub fn each_below(&self, kind: Kind, mut see: impl FnMut(Id, &Entity)) -> bool {
        self.went_well(|inner| inner.layers.each_below(kind, &mut see))
    }

    fn went_well(&self, walk: impl FnOnce(&Inner) -> Result<(), Damaged>) -> bool {
        let walked = walk(&self.inner.borrow());
        if walked.is_err() {
            self.mend();
        }
        walked.is_ok()
    }

    /// Things of a kind that are in memory, in id order, those gone included: each hides what the snapshot has of it.
    pub fn above(&self, kind: Kind) -> Vec<(Id, Rc<Entity>)> {
        self.inner.borrow().layers.above_of(kind)
    }

    /// Numbers that change whenever anything of these kinds does.
    pub fn print(&self, kinds: &[Kind]) -> Vec<u128> {
        let inner = self.inner.borrow();
        let print = |kind| inner.summary.prints.get(kind).copied().unwrap_or_default();
        kinds.iter().map(|kind| print(kind) ^ self.veil.print(*kind)).collect()
    }

    /// How many things of a kind are here.
    pub fn count(&self, kind: Kind) -> usize {
        let here = self.inner.borrow().summary.here.get(&kind).copied().unwrap_or_default();
        here.saturating_sub(self.veil.count(kind))
    }

    pub fn entity(&self, id: Id) -> Option<Rc<Entity>> {
        if self.veil.covers(id) { None } else { self.ask(|inner| inner.layers.entity(id)) }
    }

    /// Is there such a thing, and is it not gone?
    pub fn is_here(&self, id: Id) -> bool {
        self.entity(id).is_some_and(|entity| entity.is_here())
    }

    /// Things of a kind that are here and whose records mention another thing (see also
    /// [`crate::passage::row_id`]).
    pub fn mentioning(&self, id: Id, kind: Kind) -> Vec<(Id, Rc<Entity>)> {
        let mut found = self.ever_mentioning(id, kind);
        found.retain(|(_, entity)| entity.is_here());
        found
    }

    /// The same with those that are gone.
    pub fn ever_mentioning(&self, id: Id, kind: Kind) -> Vec<(Id, Rc<Entity>)> {
        let all = self.ask(|inner| inner.layers.mentioning(id));
        let found = all.into_iter().filter_map(|by| Some((by, self.entity(by)?)));
        found.filter(|(_, entity)| entity.kind == kind).collect()
    }

    /// The thing a label names, whether it is still here or not.
    pub fn labelled(&self, label: &Label) -> Option<Id> {
        let claim = Claim { kind: label.kind, number: label.number, tag: Rc::from(label.tag.as_str()) };
        if let Some(shown) = self.inner.borrow().summary.clashes.get(&claim) {
            let shown = shown.iter().find(|(shown, _)| shown == label);
            return shown.map(|(_, id)| *id).filter(|id| !self.veil.covers(*id));
        }
        let claimants = self.ask(|inner| inner.layers.claimants(&claim));
        claimants.first().copied().filter(|id| label.rival.is_none() && !self.veil.covers(*id))
    }

    /// Things of a kind with this number in their label, whatever the tag.
    pub fn numbered(&self, kind: Kind, number: u32) -> BTreeSet<Id> {
        let inner = self.inner.borrow();
        let tags: Vec<Rc<str>> =
            inner.summary.numbers.keys().filter(|(one, _)| *one == kind).map(|(_, tag)| Rc::clone(tag)).collect();
        drop(inner);
        let claims = tags.into_iter().map(|tag| Claim { kind, number, tag });
        let all = claims.flat_map(|claim| self.ask(|inner| inner.layers.claimants(&claim)));
        all.filter(|id| !self.veil.covers(*id)).collect()
    }

    /// The labels of a thing, the one it is shown under first.
    pub fn labels_of(&self, id: Id) -> Vec<Label> {
        let Some(entity) = self.entity(id) else { return Vec::new() };
        self.labels_in(id, &entity)
    }

    /// The same for a thing that is at hand.
    pub fn labels_in(&self, id: Id, entity: &Entity) -> Vec<Label> {
        let inner = self.inner.borrow();
        let shown = |claim: &Claim| {
            let clash = inner.summary.clashes.get(claim).and_then(|shown| shown.iter().find(|(_, one)| *one == id));
            clash.map_or_else(|| claim.label(), |(label, _)| label.clone())
        };
        entity.claims().into_iter().map(shown).collect()
    }

    /// The label a thing is shown under.
    pub fn label_of(&self, id: Id) -> Option<Label> {
        self.labels_of(id).into_iter().next()
    }

    /// The next free number for a label of this kind and tag.
    pub fn next_number(&self, kind: Kind, tag: &str) -> u32 {
        self.inner.borrow().summary.numbers.get(&(kind, Rc::from(tag))).copied().unwrap_or_default() + 1
    }

    pub fn lamport(&self) -> u64 {
        self.inner.borrow().summary.lamport
    }

    /// Hashes of the operations nobody has built upon.
    pub fn heads(&self) -> BTreeSet<Hash> {
        self.inner.borrow().summary.heads.clone()
    }

    /// Hash of each stream's last operation.
    pub fn last_by_stream(&self) -> BTreeMap<StreamId, String> {
        let inner = self.inner.borrow();
        inner.summary.last.iter().map(|(stream, (_, hash))| (stream.to_string(), hash.to_string())).collect()
    }

    /// Hash of a stream's last operation.
    pub fn last_of(&self, stream: &str) -> Option<Hash> {
        self.inner.borrow().summary.last.get(stream).map(|(_, hash)| *hash)
    }

    /// Things that more than one person may have set unaware of each other.
    pub(super) fn shared(&self) -> BTreeSet<Id> {
        self.inner.borrow().summary.shared.clone()
    }

    pub(super) fn is_shared(&self, id: Id) -> bool {
        self.inner.borrow().summary.shared.contains(&id)
    }

    /// Operations still standing that would lose their footing were `op` taken back: they refer to
    /// something it made. In order.
    pub fn dependants(&self, op: &OpNote) -> Vec<Rc<OpNote>> {
        let mut found: BTreeSet<Rc<Place>> = BTreeSet::new();
        for made in &op.wrote {
            let Some(entity) = self.entity(*made) else { continue };
            if entity.active_writes().next().is_none_or(|first| first.op != op.place) {
                continue;
            }
            found.extend(entity.active_writes().map(|write| Rc::clone(&write.op)));
            for by in self.ask(|inner| inner.layers.mentioning(*made)) {
                let Some(other) = self.entity(by) else { continue };
                let resting = other.active_writes().filter(|write| Entity::mentioned(&write.set).any(|id| id == *made));
                found.extend(resting.map(|write| Rc::clone(&write.op)));
            }
        }
        found.remove(&op.place);
        found.iter().filter_map(|place| self.note_at(place)).collect()
    }
}
