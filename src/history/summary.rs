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
    pub last: BTreeMap<Rc<str>, (Place, Hash)>,
    /// Operations that take others back.
    pub undos: BTreeMap<Place, Box<[Id]>>,
    /// Operations taken back.
    pub undone: BTreeSet<Id>,
    /// Orders to destroy, by the operation that gave them.
    pub purges: BTreeMap<Place, Vec<(Id, Vec<String>)>>,
    /// Largest number given, by kind and tag.
    pub numbers: BTreeMap<(Kind, Rc<str>), u32>,
    /// How many things of each kind are here.
    pub here: BTreeMap<Kind, usize>,
    /// Things where two people may have set one field unaware of each other.
    pub shared: BTreeSet<Id>,
    /// A stream went on from one operation twice: it was copied, or branched in git. Seen too often
    /// rather than too seldom.
    pub forked: bool,
    /// Labels that several things claim, and under which label each of them is shown.
    pub clashes: BTreeMap<Claim, Vec<(Label, Id)>>,
}

impl Summary {
    /// Operations taken back. An undo counts unless it is itself taken back, and whatever takes it back
    /// comes later in order, so one walk from the end settles all.
    pub fn find_undone(&self) -> BTreeSet<Id> {
        let mut undone = BTreeSet::new();
        for (place, undid) in self.undos.iter().rev() {
            if !undone.contains(&place.id) {
                undone.extend(undid.iter().copied());
            }
        }
        undone
    }
}
