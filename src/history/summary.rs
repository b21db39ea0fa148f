//! Facts about a whole history that are small enough to be carried along.

use super::entity::Claim;
use super::note::{Hash, Place};
use crate::id::{Id, Kind, Label};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// An order to destroy confidential files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purge {
    /// The operation that ordered it.
    pub op: Id,
    /// Whose files.
    pub id: Id,
    pub files: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Summary {
    pub operations: usize,
    pub lamport: u64,
    /// Operations nobody has built upon.
    pub heads: BTreeSet<Hash>,
    /// Operations built upon that are not here.
    pub awaited: BTreeSet<Hash>,
    /// Last operation of each stream.
    pub last: BTreeMap<Rc<str>, (Rc<Place>, Hash)>,
    /// Operations that take others back.
    pub undos: BTreeMap<Rc<Place>, Box<[Id]>>,
    /// Operations taken back.
    pub undone: BTreeSet<Id>,
    /// Orders to destroy, by the operation that gave them.
    pub purges: BTreeMap<Rc<Place>, Vec<(Id, Vec<String>)>>,
    /// Largest number given, by kind and tag.
    pub numbers: BTreeMap<(Kind, Rc<str>), u32>,
    /// How many things of each kind are here.
    pub here: BTreeMap<Kind, usize>,
    /// By kind, what all operations that stand have written of it, as one number: two states with the
    /// same number hold the same things of that kind.
    pub prints: BTreeMap<Kind, u128>,
    /// Things where two people may have set one field unaware of each other.
    pub shared: BTreeSet<Id>,
    /// A stream went on from one operation twice: it was copied, or branched in git. Seen too often
    /// rather than too seldom.
    pub forked: bool,
    /// Labels that several things claim, and under which label each of them is shown.
    pub clashes: BTreeMap<Claim, Vec<(Label, Id)>>,
}

impl Summary {
    /// An operation comes to stand, or no longer stands.
    pub fn turn(&mut self, op: Hash, kinds: &BTreeSet<Kind>) {
        let digest = blake3::hash(op.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.as_bytes()[..16]);
        for kind in kinds {
            *self.prints.entry(*kind).or_default() ^= u128::from_le_bytes(bytes);
        }
    }

    /// Operations taken back.
    pub fn find_undone(&self) -> BTreeSet<Id> {
        taken_back(self.undos.iter().map(|(place, undid)| (place.id, &**undid)))
    }
}

/// Operations taken back by these undos, given in order. An undo counts unless it is itself taken back, and whatever
/// takes it back comes later, so one walk from the end settles all.
pub(super) fn taken_back<'u>(undos: impl DoubleEndedIterator<Item = (Id, &'u [Id])>) -> BTreeSet<Id> {
    let mut undone = BTreeSet::new();
    for (undo, undid) in undos.rev() {
        if !undone.contains(&undo) {
            undone.extend(undid.iter().copied());
        }
    }
    undone
}
