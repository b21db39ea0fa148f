//! What whoever sits at this desk is not to see for now: while a veil lies over a state, no question is answered
//! with what it hides. What hides things, and from whom, is settled elsewhere (`project/veil.rs`).
//!
//! It is lifted for whatever must reach everything: writing, merging, reading the journal anew.

use super::note::OpNote;
use super::state::State;
use crate::id::{Id, Kind};
use std::cell::Cell;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

/// Things hidden; by default none.
#[derive(Debug, Default)]
pub struct Veil {
    hidden: HashSet<Id>,
    /// How many of them are here, by kind.
    here: BTreeMap<Kind, usize>,
    prints: BTreeMap<Kind, u128>,
    /// Whose own acts are shown whatever they wrote.
    coder: Option<String>,
    lifted: Cell<bool>,
}

impl Veil {
    /// Over these things, each with its kind and whether it is here, for this coder.
    pub fn over(things: impl IntoIterator<Item = (Id, Kind, bool)>, coder: Option<String>) -> Self {
        let mut veil = Veil { coder, ..Veil::default() };
        for (id, kind, is_here) in things {
            if veil.hidden.insert(id) {
                *veil.here.entry(kind).or_default() += usize::from(is_here);
                *veil.prints.entry(kind).or_default() ^= u128::from_le_bytes(*id.as_bytes());
            }
        }
        veil
    }

    /// It lies over this just now.
    pub(super) fn covers(&self, id: Id) -> bool {
        !self.hidden.is_empty() && !self.lifted.get() && self.hidden.contains(&id)
    }

    /// How many things of a kind it takes out of a count.
    pub(super) fn count(&self, kind: Kind) -> usize {
        if self.lifted.get() { 0 } else { self.here.get(&kind).copied().unwrap_or_default() }
    }

    /// What it adds to the print of a kind: under a veil is not without.
    pub(super) fn print(&self, kind: Kind) -> u128 {
        if self.lifted.get() { 0 } else { self.prints.get(&kind).copied().unwrap_or_default() }
    }
}

impl State {
    /// Lays a veil over the state, in the place of the one before.
    pub fn lay_veil(&mut self, veil: Veil) {
        self.veil = veil;
    }

    /// From now on every question is answered with all there is, until a veil is laid again.
    pub fn lift_veil(&self) {
        self.veil.lifted.set(true);
    }

    /// Asks of all there is.
    pub fn whole<T>(&self, ask: impl FnOnce(&State) -> T) -> T {
        let was = self.veil.lifted.replace(true);
        let answer = ask(self);
        self.veil.lifted.set(was);
        answer
    }

    /// A thing that the veil hides, also while it is lifted.
    pub fn hides(&self, id: Id) -> bool {
        self.veil.hidden.contains(&id)
    }

    /// Things that no question is answered with just now.
    pub fn covered(&self) -> impl Iterator<Item = Id> {
        let hidden = self.veil.hidden.iter().filter(|_| !self.veil.lifted.get());
        hidden.copied()
    }

    /// An operation that did nothing but to things that the veil hides, also while it is lifted. One's own are
    /// always shown.
    pub fn hides_operation(&self, note: &OpNote) -> bool {
        if self.veil.hidden.is_empty() || self.veil.coder.as_deref() == Some(&*note.by) || !note.purged.is_empty() {
            return false;
        }
        let undid_hidden = |id: &Id| self.note(*id).is_some_and(|undone| self.hides_operation(&undone));
        let did_something = !note.wrote.is_empty() || !note.undid.is_empty();
        did_something && note.wrote.iter().all(|id| self.hides(*id)) && note.undid.iter().all(undid_hidden)
    }

    /// Operations as they are shown: those that are hidden left out, of the others what they did to what is seen.
    pub(super) fn seen_notes(&self, all: Vec<Rc<OpNote>>) -> Vec<Rc<OpNote>> {
        if self.veil.hidden.is_empty() || self.veil.lifted.get() {
            return all;
        }
        let seen = |note: Rc<OpNote>| {
            if !note.wrote.iter().any(|id| self.hides(*id)) {
                return note;
            }
            let wrote = note.wrote.iter().copied().filter(|id| !self.hides(*id)).collect();
            Rc::new(OpNote { wrote, ..OpNote::clone(&note) })
        };
        all.into_iter().filter(|note| !self.hides_operation(note)).map(seen).collect()
    }
}
