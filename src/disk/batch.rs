//! Many write-once files, put in place one by one and made safe together.

use super::store::Opened;
use super::{changed_meanwhile, digest, parent, put, put_filled, steps};
use crate::diagnostic::{Fault, Result};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
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
    has_failed: bool,
}

/// How far a batch had come.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    files: usize,
    fresh: usize,
}

impl Batch {
    pub fn new(rehearsal: bool) -> Self {
        Batch { files: Vec::new(), fresh: Vec::new(), rehearsal, has_failed: false }
    }

    /// Writes the file unless it is there, byte for byte.
    pub fn write_once(&mut self, path: PathBuf, bytes: &[u8]) -> Result<()> {
        if self.rehearsal {
            return Ok(());
        }
        let same_size = fs::metadata(&path).is_ok_and(|old| old.is_file() && old.len() == bytes.len() as u64);
        let there = same_size && fs::read(&path).is_ok_and(|old| old == bytes);
        self.place(path, there, |path| put(path, bytes, false))
    }

    /// Copies a file, however large, unless its copy is there; `hash` is what it was when it was first read.
    ///
    /// Faults: `changed-meanwhile`, and those of reading and writing.
    pub fn copy_once(&mut self, from: &Path, path: PathBuf, hash: &blake3::Hash) -> Result<()> {
        if self.rehearsal {
            return Ok(());
        }
        let there = digest(&path).is_ok_and(|there| there == *hash);
        self.place(path, there, |path| put_filled(path, |to| copy(from, to, hash)))
    }

    /// Makes a file unless it is `there`. A fault inside the error is of what was to be written, any
    /// other error of writing.
    fn place(&mut self, path: PathBuf, there: bool, make: impl FnOnce(&Path) -> io::Result<()>) -> Result<()> {
        let fresh = !path.exists();
        if !there {
            make(&path).map_err(|error| {
                error.downcast::<Fault>().unwrap_or_else(|error| {
                    self.has_failed = true;
                    Fault::io("write", &path, &error)
                })
            })?;
        }
        if fresh {
            self.fresh.push(path.clone());
        }
        self.files.push(path);
        Ok(())
    }

    /// A file could not be written: none of the others will fare better.
    pub fn has_failed(&self) -> bool {
        self.has_failed
    }

    pub fn mark(&self) -> Mark {
        Mark { files: self.files.len(), fresh: self.fresh.len() }
    }

    /// Takes back what was put in place since the mark.
    pub fn back_to(&mut self, mark: Mark) {
        self.files.truncate(mark.files);
        remove(self.fresh.drain(mark.fresh..));
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
        remove(self.fresh.drain(..));
    }
}

/// What cannot be removed stays; nothing names it.
fn remove(files: impl Iterator<Item = PathBuf>) {
    for path in files {
        let _ = steps().remove(&path);
    }
}

/// Copies a file that may have changed since `hash` was taken of it.
fn copy(from: &Path, to: &mut Opened, hash: &blake3::Hash) -> io::Result<()> {
    let unread = |error: io::Error| io::Error::other(Fault::io("read", from, &error));
    let mut source = File::open(from).map_err(unread)?;
    let mut hasher = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => {
                hasher.update(&buffer[..read]);
                steps().write(to, &buffer[..read])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(unread(error)),
        }
    }
    if hasher.finalize() == *hash { Ok(()) } else { Err(io::Error::other(changed_meanwhile())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_copy_is_what_was_first_read_or_is_not_there() {
        let room = tempfile::tempdir().unwrap();
        let from = room.path().join("given");
        let long = "a table of rows\n".repeat(20_000);
        put(&from, long.as_bytes(), false).unwrap();
        let hash = digest(&from).unwrap();
        let mut batch = Batch::new(false);
        batch.copy_once(&from, room.path().join("kept"), &hash).unwrap();
        assert_eq!(fs::read(room.path().join("kept")).unwrap(), long.as_bytes());
        put(&from, b"otherwise", false).unwrap();
        let fault = batch.copy_once(&from, room.path().join("second"), &hash).unwrap_err();
        assert_eq!((fault.0.code, batch.has_failed()), ("changed-meanwhile", false));
        assert_eq!(names(room.path()), ["given", "kept"]);
        batch.copy_once(&from, room.path().join("no folder/third"), &hash).unwrap_err();
        assert!(batch.has_failed());
    }

    #[test]
    fn what_came_after_a_mark_is_taken_back_and_the_rest_stays() {
        let room = tempfile::tempdir().unwrap();
        let write = |batch: &mut Batch, name: &str| batch.write_once(room.path().join(name), b"words").unwrap();
        put(&room.path().join("old"), b"words", false).unwrap();
        let mut batch = Batch::new(false);
        write(&mut batch, "first");
        let mark = batch.mark();
        for name in ["first", "old", "second"] {
            write(&mut batch, name);
        }
        batch.back_to(mark);
        assert_eq!(names(room.path()), ["first", "old"]);
        batch.sync().unwrap();
        drop(batch);
        assert_eq!(names(room.path()), ["old"]);
    }
}
