//! The state as it once stood: a fold of what each stream had said up to a given operation. Read from the state of
//! today, which keeps everything; the journal is not read again.

use super::entity::Entity;
use super::note::{Hash, OpNote};
use super::state::State;
use super::stored::Stored;
use super::summary::taken_back;
use crate::id::{Id, Kind};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

/// What was there when given operations were the last of their streams; streams that none of them is of had said
/// nothing.
pub struct Past<'s> {
    state: &'s State,
    /// Operations that had been done.
    done: HashSet<Id>,
    /// Those of them that had been taken back.
    undone: BTreeSet<Id>,
    /// Operations that had been done and are not here: somebody's work was not taken in yet.
    pub missing: usize,
}

impl State {
    /// As it stood when these operations, by hash, were the last of their streams.
    pub fn as_of<'h>(&self, heads: impl IntoIterator<Item = &'h str>) -> Past<'_> {
        let (mut done, mut missing) = (HashSet::new(), 0);
        let mut undos: BTreeMap<_, Rc<OpNote>> = BTreeMap::new();
        for head in heads {
            let mut at = Hash::read(head);
            while let Some(hash) = at {
                let Some(note) = self.note_of(hash) else {
                    missing += 1;
                    break;
                };
                if !done.insert(note.id()) {
                    break;
                }
                at = note.prev;
                if !note.undid.is_empty() {
                    undos.insert(Rc::clone(&note.place), note);
                }
            }
        }
        let undone = taken_back(undos.iter().map(|(place, note)| (place.id, &*note.undid)));
        Past { state: self, done, undone, missing }
    }

    /// Of two operations of one stream, by hash, the one further on; one that is here rather than one that is not.
    pub fn further<'h>(&self, one: &'h str, other: &'h str) -> &'h str {
        let place = |head: &str| Hash::read(head).and_then(|hash| Some(self.note_of(hash)?.place.lamport));
        if place(other) > place(one) { other } else { one }
    }

    /// As it stood when only these operations had been done, whoever had them then.
    pub fn as_known(&self, had_been_done: impl Fn(&OpNote) -> bool) -> Past<'_> {
        let done: Vec<Rc<OpNote>> = self.notes().into_iter().filter(|note| had_been_done(note)).collect();
        let undone = taken_back(done.iter().map(|note| (note.id(), &*note.undid)));
        Past { state: self, done: done.iter().map(|note| note.id()).collect(), undone, missing: 0 }
    }
}

impl Past<'_> {
    /// An operation had been done.
    pub fn knew(&self, operation: Id) -> bool {
        self.done.contains(&operation)
    }

    /// A thing as it was; `None` where nothing had been said of it.
    pub fn entity(&self, id: Id) -> Option<Entity> {
        self.then(&*self.state.entity(id)?)
    }

    fn then(&self, now: &Entity) -> Option<Entity> {
        let mut entity = Entity::new(now.kind);
        let writes = now.writes.iter().filter(|write| self.done.contains(&write.op.id)).cloned();
        entity.writes = writes.collect();
        for write in &mut entity.writes {
            write.active = !self.undone.contains(&write.op.id);
        }
        (!entity.writes.is_empty()).then_some(entity)
    }

    /// One noun that was there.
    pub fn get<T: Stored>(&self, id: Id) -> Option<T> {
        let entity = self.entity(id).filter(|entity| entity.kind == T::KIND && entity.is_here())?;
        T::read(id, &entity).ok()
    }

    /// Things of a kind that were there, in id order.
    pub fn of_kind(&self, kind: Kind) -> Vec<(Id, Entity)> {
        let all = self.state.ever(kind).into_iter().filter_map(|(id, now)| Some((id, self.then(&now)?)));
        all.filter(|(_, entity)| entity.is_here()).collect()
    }

    /// All nouns of a type that were there, in id order.
    pub fn all<T: Stored>(&self) -> Vec<T> {
        self.of_kind(T::KIND).iter().filter_map(|(id, entity)| T::read(*id, entity).ok()).collect()
    }

    /// Nouns of a type that were there and mention another thing, in id order.
    pub fn about<T: Stored>(&self, id: Id) -> Vec<T> {
        let all = self.state.ever_mentioning(id, T::KIND).into_iter();
        let then = all.filter_map(|(id, now)| Some((id, self.then(&now)?)));
        then.filter(|(_, entity)| entity.is_here()).filter_map(|(id, entity)| T::read(id, &entity).ok()).collect()
    }
}
