//! From journal files to a [`State`], by way of a snapshot where one is to be had.
//!
//! The snapshot lies in the cache with a note of how far the journal was read for it. What was added
//! since is taken up on top of it; where a file is not what it was, or the snapshot is damaged or of
//! another version, everything is folded anew. It is made again when enough has been added.

use super::Project;
use crate::diagnostic::Result;
use crate::disk;
use crate::history::{Operation, State, StreamId};
use crate::id::{Id, Kind};
use crate::journal::Reading;
use crate::shelf::Shelf;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Journals below this size are read whole each time.
const SMALL: u64 = if cfg!(test) { 16 * 1024 } else { 512 * 1024 };
/// A snapshot is made again when the journal has grown by one part in so many.
const SHARE: u64 = 64;

/// What a snapshot was made of.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    maker: String,
    project: Id,
    reading: Reading,
}

/// A snapshot of another version is not read: kinds are kept by number.
fn maker() -> String {
    format!("{} fold 1 of {} kinds", env!("CARGO_PKG_VERSION"), Kind::ALL.len())
}

impl Project {
    /// What lies in the cache for the fold.
    pub(super) fn snapshot_folder(&self) -> PathBuf {
        self.homes.cache.join("fold")
    }

    /// Something small that was worked out from the journal and kept in the cache.
    pub fn cached(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.snapshot_folder().join(name)).ok()
    }

    /// Keeps such a thing; where that fails it is worked out again next time.
    pub fn keep_cached(&self, name: &str, bytes: &[u8]) {
        let folder = self.snapshot_folder();
        let _ = disk::make_private_folder(&folder).and_then(|()| disk::replace_unsynced(&folder.join(name), bytes));
    }

    fn snapshot_file(&self) -> PathBuf {
        self.snapshot_folder().join("state.shelf")
    }

    pub(super) fn fold_journal(&mut self) -> Result<()> {
        let folder = self.journal_folder();
        let (state, reading, saved) = match self.by_snapshot(&folder)? {
            Some(found) => found,
            None => {
                let (state, reading) = fold_all(&folder, self.settings.project)?;
                (state, reading, 0)
            }
        };
        self.troubles = reading.troubles();
        (self.state, self.reading) = (state, reading);
        // Without a snapshot everything is right, only slower.
        if self.reading.bytes() - saved > SMALL.max(saved / SHARE) && self.save_snapshot().is_ok() {
            self.let_go(&folder);
        }
        Ok(())
    }

    /// The state by way of the snapshot, and how many bytes of journal that holds.
    fn by_snapshot(&self, folder: &Path) -> Result<Option<(State, Reading, u64)>> {
        let Some((mut state, mut reading)) = self.open_snapshot(folder) else { return Ok(None) };
        let saved = reading.bytes();
        let mut sound = true;
        let streams = reading.streams.clone();
        let mut taken_from = |operations| sound &= state.take(operations, &suffixes(&streams));
        let read = reading.read_on(folder, self.settings.project, &mut taken_from)?;
        if !read || !sound {
            return Ok(None);
        }
        let settled = streams == reading.streams || state.take([], &suffixes(&reading.streams));
        Ok(settled.then_some((state, reading, saved)))
    }

    /// Takes up the operation that was just written, and what came to the files meanwhile.
    pub(super) fn take_up(&mut self, operation: Operation) -> Result<()> {
        /// Bytes above which an operation is not held beside what is read back of it.
        const LARGE: usize = 16 << 20;
        let id = operation.id;
        let held = Some(operation).filter(|operation| operation.weight() < LARGE);
        let (folder, streams) = (self.journal_folder(), self.reading.streams.clone());
        let (state, mut sound) = (&mut self.state, true);
        let mut take = |run| sound &= state.take(run, &suffixes(&streams));
        let read = self.reading.read_on(&folder, self.settings.project, &mut take);
        // Whatever the files say now, it was done.
        match held {
            Some(operation) => sound &= self.state.take([operation], &suffixes(&self.reading.streams)),
            None => sound &= self.state.note(id).is_some(),
        }
        if read? && sound { Ok(()) } else { self.reload() }
    }

    /// What was folded in memory is on disk now: a large fold is not kept twice.
    fn let_go(&mut self, folder: &Path) {
        self.state = State::default();
        match self.open_snapshot(folder).filter(|(_, reading)| *reading == self.reading) {
            Some((state, _)) => self.state = state,
            None => {
                if let Ok((state, reading)) = fold_all(folder, self.settings.project) {
                    (self.state, self.reading) = (state, reading);
                }
            }
        }
    }

    fn open_snapshot(&self, folder: &Path) -> Option<(State, Reading)> {
        let path = self.snapshot_file();
        let shelf = Shelf::open(Box::new(disk::Pages::open(&path).ok()?)).ok()?;
        let (folder, project) = (folder.to_owned(), self.settings.project);
        let heal = move || {
            let _ = disk::remove(&path);
            fold_all(&folder, project).ok().map(|(state, _)| state)
        };
        let (state, note) = State::open(shelf, Rc::new(heal)).ok()?;
        let note: Note = serde_json::from_slice(&note).ok()?;
        (note.maker == maker() && note.project == project).then_some((state, note.reading))
    }

    fn save_snapshot(&self) -> Result<()> {
        disk::make_private_folder(&self.snapshot_folder())?;
        let note = Note { maker: maker(), project: self.settings.project, reading: self.reading.clone() };
        let note = serde_json::to_vec(&note).unwrap_or_default();
        let path = self.snapshot_file();
        disk::build(&path, |out| self.state.save(&note, out)).or_else(|_| disk::remove(&path))
    }
}

/// Reads and folds a whole journal, in memory.
fn fold_all(folder: &Path, project: Id) -> Result<(State, Reading)> {
    let (mut state, mut reading, mut sound) = (State::default(), Reading::default(), true);
    let none = BTreeMap::new();
    reading.read_on(folder, project, &mut |operations| sound &= state.take(operations, &none))?;
    sound &= state.take([], &suffixes(&reading.streams));
    if !sound {
        let mut operations: Vec<Operation> = Vec::new();
        reading = Reading::default();
        reading.read_on(folder, project, &mut |run| operations.extend(run))?;
        state = State::fold(operations, &suffixes(&reading.streams));
    }
    Ok((state, reading))
}

/// The marks of a coder's later streams.
fn suffixes(streams: &BTreeMap<StreamId, crate::history::Header>) -> BTreeMap<StreamId, String> {
    streams.iter().filter_map(|(stream, header)| Some((stream.clone(), header.suffix.clone()?))).collect()
}
