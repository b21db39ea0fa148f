//! The journal on disk: `journal/*.jsonl`, one append-only file per stream.
//!
//! Files are known by what they say, not by their names: any `.jsonl` in the folder with a header of
//! this project is read, so the conflict copies that sync clients make are united with the rest. A
//! torn last line is set aside; a damaged line in the middle is reported and left where it is.

mod cut;
mod lines;
mod reading;
mod taking;
#[cfg(test)]
mod tests;

pub use lines::{Line, Lines};
pub use reading::{Journal, Placed, Reading, Walked, read, walk};
pub use taking::{Sheaf, finish, is_taking, take};

use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::history::{Header, Operation};
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Fault::io("read", folder, &error)),
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let paths: Vec<PathBuf> =
        paths.collect::<std::io::Result<_>>().map_err(|error| Fault::io("read", folder, &error))?;
    let mut files: Vec<PathBuf> = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl")))
        .collect();
    files.sort();
    Ok(files)
}

fn shown(path: &Path) -> String {
    format!("journal/{}", path.file_name().unwrap_or_default().to_string_lossy())
}

fn newer(path: &Path) -> Fault {
    fault("newer-format", format!("{} was written by a newer version of realist; nothing was changed", shown(path)))
        .hint("install the newest version to open this project")
}

/// Where a stream's lines go, and what must be true before they do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    pub header: Header,
}

impl Stream {
    /// `gj.1a2b3c4d.jsonl`, or `gj-k7.1a2b3c4d.jsonl` for a coder's later streams.
    pub fn file_name(&self) -> String {
        let Header { tag, suffix, stream, .. } = &self.header;
        match suffix {
            Some(suffix) => format!("{tag}-{suffix}.{stream}.jsonl"),
            None => format!("{tag}.{stream}.jsonl"),
        }
    }

    /// Appends an operation and waits for the disk. The caller holds the project's lock and has seen
    /// the file's present end.
    pub fn append(&self, folder: &Path, operation: &mut Operation) -> Result<PathBuf> {
        disk::make_folder(folder)?;
        let path = folder.join(self.file_name());
        let (mut lines, hash) = operation.to_line();
        operation.hash = hash;
        if fs::metadata(&path).map_or(0, |data| data.len()) == 0 {
            lines.insert_str(0, &self.header.to_line());
        }
        disk::append(&path, lines.as_bytes())?;
        Ok(path)
    }
}

/// Sets a torn tail aside in the cache and cuts it off, so that the next line starts clean. A tail
/// that is a whole line but for its line break was already taken as one; here it gets the break.
pub fn mend(path: &Path, good: u64, salvage: &Path) -> Result<()> {
    let tail = disk::read_from(path, good).map_err(|error| Fault::io("read", path, &error))?;
    disk::make_folder(salvage)?;
    let name = format!(
        "{}-{}.salvage",
        path.file_stem().unwrap_or_default().to_string_lossy(),
        &blake3::hash(&tail).to_hex()[..12]
    );
    disk::replace(&salvage.join(name), &tail)?;
    disk::cut(path, good)
}

/// Gives a file whose last line lacks its line break that break.
pub fn close_last_line(path: &Path) -> Result<()> {
    let length = fs::metadata(path).map_err(|error| Fault::io("read", path, &error))?.len();
    if length == 0 {
        return Ok(());
    }
    let last = disk::read_from(path, length - 1).map_err(|error| Fault::io("read", path, &error))?;
    if last == b"\n" { Ok(()) } else { disk::append(path, b"\n") }
}
