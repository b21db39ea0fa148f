//! Who had seen what: the causal order between operations.

use super::note::Place;
use super::state::State;
use std::collections::HashSet;

impl State {
    /// Was `earlier` known when `later` was written? Walks back from `later`, no further than
    /// `earlier`'s Lamport number.
    pub(super) fn knew(&self, later: &Place, earlier: &Place) -> bool {
        let mut seen = HashSet::new();
        let mut open: Vec<_> = self.note_at(later).into_iter().collect();
        while let Some(note) = open.pop() {
            if *note.place == *earlier {
                return true;
            }
            if note.place.lamport > earlier.lamport && seen.insert(note.place.id) {
                open.extend(note.parents().filter_map(|hash| self.note_of(hash)));
            }
        }
        false
    }
}
