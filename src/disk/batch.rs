//! Many write-once files, put in place one by one and made safe together.

use super::{parent, put, steps};
use crate::diagnostic::{Fault, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Puts write-once files in place without waiting for the disk. They are not safe until
/// [`Batch::sync`], and gone again when the batch is dropped without [`Batch::keep`]: what nothing
/// names must not lie about, and bytes whose sync failed must not be taken for safe ones next time.
#[derive(Debug)]
pub struct Batch {
    files: Vec<PathBuf>,
    /// Those of them that were not there before.
    fresh: Vec<PathBuf>,
    /// Nothing is written at all.
    rehearsal: bool,
}

impl Batch {
    pub fn new(rehearsal: bool) -> Self {
        Batch { files: Vec::new(), fresh: Vec::new(), rehearsal }
    }

    /// Writes the file unless it is there, byte for byte.
    pub fn write_once(&mut self, path: PathBuf, bytes: &[u8]) -> Result<()> {
        if self.rehearsal {
            return Ok(());
        }
        let old = fs::metadata(&path).ok();
        let same_size = old.as_ref().is_some_and(|old| old.is_file() && old.len() == bytes.len() as u64);
        let there = same_size && fs::read(&path).is_ok_and(|old| old == bytes);
        if !there {
            put(&path, bytes, false).map_err(|error| Fault::io("write", &path, &error))?;
        }
        if old.is_none() {
            self.fresh.push(path.clone());
        }
        self.files.push(path);
        Ok(())
    }

    /// Folders that files of the batch lie in.
    pub fn folders(&self) -> BTreeSet<&Path> {
        self.files.iter().map(|path| parent(path)).collect()
    }

    /// Waits until every file of the batch, and its name, is on the disk.
    pub fn sync(&self) -> Result<()> {
        for path in &self.files {
            // Windows flushes only through a handle that may write.
            steps().open(path).and_then(|file| steps().sync(&file)).map_err(|error| Fault::io("save", path, &error))?;
        }
        for folder in self.folders() {
            steps().sync_folder(folder).map_err(|error| Fault::io("save", folder, &error))?;
        }
        Ok(())
    }

    /// The files are named by what is on the disk, or may be: they stay.
    pub fn keep(&mut self) {
        self.fresh.clear();
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        for path in &self.fresh {
            let _ = steps().remove(path);
        }
    }
}
