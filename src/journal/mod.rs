//! The journal on disk: `journal/*.jsonl`, one append-only file per stream.
//!
//! Files are known by what they say, not by their names: any `.jsonl` in the folder with a header of
//! this project is read, so the conflict copies that sync clients make are united with the rest. A
//! torn last line is set aside; a damaged line in the middle is reported and left where it is.

mod cut;
mod lines;
#[cfg(test)]
mod tests;

pub use lines::{Line, Lines, add};

use crate::diagnostic::{Diagnostic, Fault, Place, Result, Severity, fault};
use crate::disk;
use crate::history::{Header, Operation, StreamId};
use crate::id::Id;
use crate::settings::FORMAT;
use cut::{Damage, Item};
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
    journal.troubles.extend(placeholders(folder));
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

/// What sync clients leave in place of a file they have not fetched: iCloud, Nextcloud and ownCloud.
const PLACEHOLDERS: [&str; 3] = [".jsonl.icloud", ".jsonl.nextcloud", ".jsonl.owncloud"];

/// Journal files that are known here by name only.
fn placeholders(folder: &Path) -> Vec<Diagnostic> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| PLACEHOLDERS.iter().any(|ending| name.ends_with(ending)));
    names.sort();
    let tell = |name: &String| {
        Diagnostic::warning("not-fetched", "this journal file is not on this computer: what it holds is missing here")
            .in_file(format!("journal/{name}"))
            .hint("let the sync client fetch it, and have it keep the project on this computer")
    };
    names.iter().map(tell).collect()
}

fn shown(path: &Path) -> String {
    format!("journal/{}", path.file_name().unwrap_or_default().to_string_lossy())
}

fn read_file(journal: &mut Journal, path: &Path, bytes: &[u8], project: Id) -> Result<()> {
    let (mut foreign, mut newer_format) = (false, false);
    let good = cut::each(bytes, |line, item| match item {
        Item::Header(header) if header.project != project => {
            foreign = true;
            journal.foreign.insert(header.stream);
        }
        Item::Header(header) => {
            newer_format |= header.realist > FORMAT;
            journal.streams.entry(header.stream.clone()).or_insert(header);
        }
        Item::Operation(operation, _) => journal.operations.push(operation),
        Item::Newer { stream, project: Some(other) } if other != project => {
            foreign = true;
            journal.foreign.extend(stream);
        }
        Item::Newer { stream, .. } => journal.unread.push((stream, path.to_owned())),
        Item::Damaged(damage) => journal.troubles.push(told(damage, path, line)),
    });
    if newer_format {
        return Err(newer(path));
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
    if bytes.is_empty() {
        journal.troubles.push(
            Diagnostic::note("empty-journal", format!("{} is empty", shown(path)))
                .hint("let the sync client finish, or ask a colleague for the file"),
        );
    }
    if good < bytes.len() {
        journal.torn.push((path.to_owned(), good as u64));
    }
    journal.lengths.insert(path.to_owned(), bytes.len() as u64);
    Ok(())
}

fn newer(path: &Path) -> Fault {
    fault("newer-format", format!("{} was written by a newer version of realist; nothing was changed", shown(path)))
        .hint("install the newest version to open this project")
}

/// What a person is told of damage.
fn told(damage: Damage, path: &Path, line: usize) -> Diagnostic {
    const RESTORE: &str =
        "restore the file from a backup or a colleague's copy; `realist check` lists what is affected";
    let (severity, code, message, hint) = match damage {
        Damage::Line => (
            Severity::Warning,
            "damaged-line",
            "this line of the journal is damaged and was left out; the rest is in use",
            RESTORE,
        ),
        Damage::Part => (
            Severity::Warning,
            "damaged-line",
            "part of this line of the journal is damaged and was left out; the whole operations in it are in use",
            RESTORE,
        ),
        Damage::Break => (
            Severity::Note,
            "damaged-line-break",
            "a line break of the journal is damaged here; nothing is lost, all lines are in use",
            "restoring the file from a backup or a colleague's copy ends this note",
        ),
        Damage::Torn => (
            Severity::Note,
            "torn-line",
            "the last line of the journal file is cut short and was left out",
            "it was never acknowledged, or is still on its way here: let the sync client finish",
        ),
    };
    Diagnostic::new(severity, code, message)
        .at(Place { file: Some(shown(path)), line: Some(line), column: None, excerpt: None })
        .hint(hint)
}

/// An operation, and where in the journal folder its line stands.
#[derive(Debug)]
pub struct Placed {
    pub operation: Operation,
    pub place: Place,
}

/// Every whole line of a journal folder with its place, repeats and other projects included.
#[derive(Debug, Default)]
pub struct Walked {
    pub headers: Vec<(Header, Place)>,
    pub operations: Vec<Placed>,
}

/// Reads every line of every file. For looking closely; [`read`] is what the fold needs.
pub fn walk(folder: &Path) -> Result<Walked> {
    let mut walked = Walked::default();
    for path in files(folder)? {
        let bytes = disk::read_from(&path, 0).map_err(|error| Fault::io("read", &path, &error))?;
        cut::each(&bytes, |line, item| {
            let place = Place { file: Some(shown(&path)), line: Some(line), column: None, excerpt: None };
            match item {
                Item::Header(header) => walked.headers.push((header, place)),
                Item::Operation(operation, _) => walked.operations.push(Placed { operation, place }),
                Item::Newer { .. } | Item::Damaged(_) => {}
            }
        });
    }
    Ok(walked)
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
        if fs::metadata(&path).map_or(0, |data| data.len()) == 0 {
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
