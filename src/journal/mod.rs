//! The journal on disk: `journal/*.jsonl`, one append-only file per stream.
//!
//! Files are known by what they say, not by their names: any `.jsonl` in the folder with a header of
//! this project is read, so the conflict copies that sync clients make are united with the rest. A
//! torn last line is set aside; a damaged line in the middle is reported and left where it is.

mod lines;
mod taking;

pub use lines::{Line, Lines};
pub use taking::{Sheaf, finish, is_taking, take};

use crate::diagnostic::{Diagnostic, Fault, Place, Result, fault};
use crate::disk;
use crate::history::{Broken, Header, Operation, StreamId, parse_header, parse_line};
use crate::id::Id;
use crate::settings::FORMAT;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What a journal folder holds.
#[derive(Debug, Default)]
pub struct Journal {
    pub operations: Vec<Operation>,
    /// Header of each stream met.
    pub streams: BTreeMap<StreamId, Header>,
    /// Length of each file as read.
    pub lengths: BTreeMap<PathBuf, u64>,
    /// Torn tails: the file, and where the whole lines end.
    pub torn: Vec<(PathBuf, u64)>,
    pub troubles: Vec<Diagnostic>,
    /// Streams of other projects: their lines are not ours, in whatever file they stand.
    foreign: BTreeSet<StreamId>,
    /// Whole lines this version cannot read: the stream, and the file.
    unread: Vec<(Option<StreamId>, PathBuf)>,
}

/// Reads every stream of a project.
pub fn read(folder: &Path, project: Id) -> Result<Journal> {
    let mut journal = Journal::default();
    for path in files(folder)? {
        let bytes = disk::read_from(&path, 0).map_err(|error| Fault::io("read", &path, &error))?;
        read_file(&mut journal, &path, &bytes, project)?;
    }
    let Journal { foreign, streams, .. } = &journal;
    let is_foreign = |stream: &StreamId| foreign.contains(stream) && !streams.contains_key(stream);
    let unread = journal.unread.iter().find(|(stream, _)| !stream.as_ref().is_some_and(is_foreign));
    if let Some((_, path)) = unread {
        return Err(newer(path));
    }
    let ours: Vec<bool> = journal.operations.iter().map(|operation| !is_foreign(&operation.stream)).collect();
    let mut ours = ours.into_iter();
    journal.operations.retain(|_| ours.next().unwrap_or(true));
    Ok(journal)
}

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

fn read_file(journal: &mut Journal, path: &Path, bytes: &[u8], project: Id) -> Result<()> {
    let mut foreign = false;
    let mut offset = 0;
    let mut good = 0;
    for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        offset += line.len();
        let whole = line.ends_with(b"\n");
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        if text.is_empty() {
            good = offset;
            continue;
        }
        match take_line(journal, text, path, project) {
            Ok(ours) => {
                foreign |= !ours;
                good = offset;
            }
            Err(Some(newer)) => return Err(newer),
            Err(None) if !whole => break,
            Err(None) => {
                good = offset;
                journal.troubles.push(quarantined(path, number + 1));
            }
        }
    }
    if foreign {
        journal.troubles.push(
            Diagnostic::warning(
                "foreign-journal",
                format!("{} belongs to another project and was left out", shown(path)),
            )
            .hint("move it out of the journal folder"),
        );
    }
    if good < bytes.len() {
        journal.torn.push((path.to_owned(), good as u64));
    }
    journal.lengths.insert(path.to_owned(), bytes.len() as u64);
    Ok(())
}

/// `Ok(false)`: a line of another project. `Err(None)`: not readable. `Err(Some)`: made by a newer version.
fn take_line(journal: &mut Journal, text: &[u8], path: &Path, project: Id) -> Result<bool, Option<Fault>> {
    if let Some(header) = parse_header(text) {
        return match header {
            Ok(header) if header.project != project => {
                journal.foreign.insert(header.stream);
                Ok(false)
            }
            Ok(header) if header.realist > FORMAT => Err(Some(newer(path))),
            Ok(header) => {
                journal.streams.entry(header.stream.clone()).or_insert(header);
                Ok(true)
            }
            Err(_) => Err(None),
        };
    }
    match parse_line(text) {
        Ok(operation) => {
            journal.operations.push(operation);
            Ok(true)
        }
        // The hash fits, so nobody damaged it: a newer version wrote something this one cannot read.
        Err(Broken::Shape(_)) => {
            let stream = serde_json::from_slice::<serde_json::Value>(text).ok();
            let stream = stream.and_then(|line| Some(line.get("stream")?.as_str()?.to_owned()));
            journal.unread.push((stream, path.to_owned()));
            Ok(true)
        }
        Err(Broken::Hash) => Err(None),
    }
}

fn newer(path: &Path) -> Fault {
    fault("newer-format", format!("{} was written by a newer version of realist; nothing was changed", shown(path)))
        .hint("install the newest version to open this project")
}

fn quarantined(path: &Path, line: usize) -> Diagnostic {
    Diagnostic::warning("damaged-line", "this line of the journal is damaged and was left out; the rest is in use")
        .at(Place { file: Some(shown(path)), line: Some(line), column: None, excerpt: None })
        .hint("restore the file from a backup or a colleague's copy; `realist check` lists what is affected")
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
        let (line, hash) = operation.to_line();
        operation.hash = hash;
        let mut lines = String::new();
        if !path.exists() {
            lines.push_str(&self.header.to_line());
        }
        lines.push_str(&line);
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

/// Length of every journal file as it stands.
pub fn lengths(folder: &Path) -> Result<BTreeMap<PathBuf, u64>> {
    let mut lengths = BTreeMap::new();
    for path in files(folder)? {
        let length = fs::metadata(&path).map_err(|error| Fault::io("read", &path, &error))?.len();
        lengths.insert(path, length);
    }
    Ok(lengths)
}
