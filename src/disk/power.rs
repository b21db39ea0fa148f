//! What a power cut leaves: of each file's content what was synced, and of what came after all, part,
//! noughts or nothing; of each folder's names those that were there when it was last synced, and any
//! of the changes since. Compiled for tests only.
//!
//! Files that no step touched are taken to be safe. Removing a whole folder is taken to be safe at
//! once: that is done to caches alone.

use super::parent;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A file apart from its name.
#[derive(Default)]
struct Content {
    /// As it was when last synced; nothing before the first time.
    synced: Vec<u8>,
    /// As it was when it lost its last name.
    last: Option<Vec<u8>>,
}

/// A change of names that its folder's next sync makes safe.
enum Change {
    Named(PathBuf, usize),
    Gone(PathBuf),
    Moved { from: PathBuf, to: PathBuf, content: usize },
    Folder(PathBuf),
}

impl Change {
    fn folder(&self) -> &Path {
        match self {
            Change::Named(path, _) | Change::Gone(path) | Change::Folder(path) => parent(path),
            Change::Moved { to, .. } => parent(to),
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Change::Named(path, content) => drop(names.insert(path.clone(), *content)),
            Change::Gone(path) => drop(names.remove(path)),
            Change::Moved { from, to, content } => {
                names.remove(from);
                names.insert(to.clone(), *content);
            }
            Change::Folder(_) => {}
        }
    }
}

/// Every file met, and what of it is safe.
#[derive(Default)]
pub(super) struct Power {
    contents: Vec<Content>,
    /// Names as the process sees them.
    names: BTreeMap<PathBuf, usize>,
    /// Names as they are on the disk.
    safe: BTreeMap<PathBuf, usize>,
    pending: Vec<Change>,
}

impl Power {
    /// A file that was there before counts as safe.
    pub(super) fn meet(&mut self, path: &Path) -> Option<usize> {
        if let Some(content) = self.names.get(path) {
            return Some(*content);
        }
        let synced = fs::read(path).ok()?;
        let content = self.add(Content { synced, last: None });
        self.names.insert(path.to_owned(), content);
        self.safe.insert(path.to_owned(), content);
        Some(content)
    }

    fn add(&mut self, content: Content) -> usize {
        self.contents.push(content);
        self.contents.len() - 1
    }

    pub(super) fn created(&mut self, path: &Path) {
        let content = self.add(Content::default());
        self.names.insert(path.to_owned(), content);
        self.pending.push(Change::Named(path.to_owned(), content));
    }

    pub(super) fn made_folder(&mut self, folder: &Path) {
        self.pending.push(Change::Folder(folder.to_owned()));
    }

    /// Called before the file loses its name.
    pub(super) fn removed(&mut self, path: &Path) {
        if let Some(content) = self.meet(path) {
            self.contents[content].last = fs::read(path).ok();
            self.names.remove(path);
            self.pending.push(Change::Gone(path.to_owned()));
        }
    }

    /// Called before the file is renamed.
    pub(super) fn renamed(&mut self, from: &Path, to: &Path) {
        if let Some(over) = self.meet(to) {
            self.contents[over].last = fs::read(to).ok();
        }
        if let Some(content) = self.meet(from) {
            self.names.remove(from);
            self.names.insert(to.to_owned(), content);
            self.pending.push(Change::Moved { from: from.to_owned(), to: to.to_owned(), content });
        }
    }

    pub(super) fn synced(&mut self, path: &Path) {
        if let (Some(content), Ok(bytes)) = (self.meet(path), fs::read(path)) {
            self.contents[content].synced = bytes;
        }
    }

    pub(super) fn synced_folder(&mut self, folder: &Path) {
        let (safe, pending) = (&mut self.safe, std::mem::take(&mut self.pending));
        let (here, elsewhere): (Vec<Change>, Vec<Change>) =
            pending.into_iter().partition(|change| change.folder() == folder);
        for change in here {
            change.apply(safe);
        }
        self.pending = elsewhere;
    }

    /// Puts the disk into a state that the cut may leave. Seed 0 loses all that can be lost; seed 1
    /// keeps every name and loses content; the others draw lots.
    #[allow(clippy::disallowed_methods)] // the disk itself forgets here
    pub(super) fn cut(&self, seed: u64) {
        let mut lots = Lots(seed);
        let mut names = self.safe.clone();
        let mut lost_folders = Vec::new();
        for change in &self.pending {
            match (lots.keeps(), change) {
                (true, change) => change.apply(&mut names),
                (false, Change::Folder(folder)) => lost_folders.push(folder),
                (false, _) => {}
            }
        }
        let left: Vec<Vec<u8>> = (0..self.contents.len()).map(|content| self.left_of(content, &mut lots)).collect();
        let paths: BTreeSet<&PathBuf> = self.names.keys().chain(self.safe.keys()).chain(names.keys()).collect();
        for path in paths {
            match names.get(path) {
                Some(content) if parent(path).is_dir() => fs::write(path, &left[*content]).unwrap(),
                _ => drop(fs::remove_file(path)),
            }
        }
        for folder in lost_folders {
            let _ = fs::remove_dir_all(folder);
        }
    }

    fn left_of(&self, content: usize, lots: &mut Lots) -> Vec<u8> {
        let Content { synced, last } = &self.contents[content];
        let name = self.names.iter().find(|(_, named)| **named == content).map(|(path, _)| path);
        let now = name.and_then(|path| fs::read(path).ok()).or_else(|| last.clone()).unwrap_or_default();
        if now == *synced {
            return now;
        }
        match lots.draw(4) {
            _ if lots.0 <= 1 => synced.clone(),
            0 => synced.clone(),
            1 => now,
            torn => {
                let common = if now.starts_with(synced) { synced.len() } else { 0 };
                let mut bytes = now[..common + lots.draw(now.len() - common + 1)].to_vec();
                if torn == 2 {
                    // Its length reached the disk, its bytes did not.
                    bytes[common..].fill(0);
                }
                bytes
            }
        }
    }
}

/// A seeded generator. Below 2 it does not draw.
struct Lots(u64);

impl Lots {
    fn keeps(&mut self) -> bool {
        match self.0 {
            0 => false,
            1 => true,
            _ => self.draw(2) == 1,
        }
    }

    fn draw(&mut self, below: usize) -> usize {
        if self.0 <= 1 {
            return 0;
        }
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) | 2;
        usize::try_from(self.0 >> 33).unwrap_or_default() % below
    }
}
