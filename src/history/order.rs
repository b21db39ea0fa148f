//! Who had seen what: the causal order between operations.

use super::fold::OpNote;
use std::collections::{HashMap, HashSet};

/// Answers whether one operation's writer had seen another.
pub(super) struct Causality<'o> {
    notes: &'o [OpNote],
    by_hash: HashMap<&'o str, usize>,
}

impl<'o> Causality<'o> {
    pub(super) fn new(notes: &'o [OpNote]) -> Self {
        let by_hash = notes.iter().enumerate().map(|(at, note)| (note.hash.as_str(), at)).collect();
        Causality { notes, by_hash }
    }

    /// Was `earlier` known when `later` was written? Walks back from `later`, no further than
    /// `earlier`'s Lamport number.
    pub(super) fn knew(&self, later: usize, earlier: usize) -> bool {
        let floor = self.notes[earlier].lamport;
        let mut seen = HashSet::new();
        let mut open = vec![later];
        while let Some(at) = open.pop() {
            if at == earlier {
                return true;
            }
            let note = &self.notes[at];
            if note.lamport <= floor || !seen.insert(at) {
                continue;
            }
            let parents = note.after.iter().map(String::as_str).chain([note.prev.as_str()]);
            open.extend(parents.filter_map(|hash| self.by_hash.get(hash).copied()));
        }
        false
    }
}
