//! Reading a journal folder, from the beginning or on from where an earlier reading ended.

use super::cut::{self, Damage, Item};
use super::{files, newer, shown};
use crate::diagnostic::{Diagnostic, Fault, Place, Result, Severity};
use crate::disk;
use crate::history::{Header, Operation, StreamId};
use crate::id::Id;
use crate::settings::FORMAT;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Operations handed on at once.
const RUN: usize = 8192;
/// Bytes before the end of what was read by which a file is known again.
const TAIL: u64 = 4096;

/// How far one file has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileRead {
    length: u64,
    /// When it was last changed, in nanoseconds of the system's clock.
    changed: u128,
    /// Where its whole lines end.
    good: u64,
    lines: usize,
    /// The last of them has no line break yet.
    unclosed: bool,
    /// Hash of the last bytes before `good`.
    tail: [u8; 32],
    /// Damage, with the number of its line.
    damaged: Vec<(Damage, usize)>,
    /// It holds lines of another project.
    foreign: bool,
}

/// What has been read of a journal folder, and what was found there beside operations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// By name.
    files: BTreeMap<String, FileRead>,
    /// Header of each stream met.
    pub streams: BTreeMap<StreamId, Header>,
    /// Streams of other projects: their lines are not ours, in whatever file they stand.
    foreign: BTreeSet<StreamId>,
    /// Files that a sync client has not fetched.
    absent: Vec<String>,
}

/// What is left open until all files are read.
struct Open<'t> {
    project: Id,
    take: &'t mut dyn FnMut(Vec<Operation>),
    run: Vec<Operation>,
    /// Operations of streams whose header was not met yet.
    homeless: Vec<Operation>,
    /// Whole lines this version cannot read: the stream, and the file.
    unread: Vec<(Option<StreamId>, PathBuf)>,
}

impl Reading {
    /// Reads what is new since the last reading and hands it on in runs. `false` where files are not
    /// what they were and everything must be read from the beginning: nothing may have been handed on
    /// then, or a part.
    pub fn read_on(&mut self, folder: &Path, project: Id, take: &mut dyn FnMut(Vec<Operation>)) -> Result<bool> {
        let paths = files(folder)?;
        let mut open = Open { project, take, run: Vec::new(), homeless: Vec::new(), unread: Vec::new() };
        let known = self.streams.len();
        let foreign = self.foreign.clone();
        let mut seen = BTreeSet::new();
        for path in &paths {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if !self.read_file(path, &name, &mut open).map_err(|fault| fault.or_io(path))? {
                return Ok(false);
            }
            seen.insert(name);
        }
        if self.files.keys().any(|name| !seen.contains(name)) {
            return Ok(false);
        }
        // Lines of a stream were left out as another project's, and now it turns out to be ours.
        if self.streams.len() > known && foreign.iter().any(|stream| self.streams.contains_key(stream)) {
            return Ok(false);
        }
        self.absent = placeholders(folder);
        let is_foreign = |stream: &StreamId| self.foreign.contains(stream) && !self.streams.contains_key(stream);
        if let Some((_, path)) = open.unread.iter().find(|(stream, _)| !stream.as_ref().is_some_and(is_foreign)) {
            return Err(newer(path));
        }
        open.run.extend(open.homeless.extract_if(.., |operation| !is_foreign(&operation.stream)));
        open.hand_on();
        Ok(true)
    }

    /// Is the folder as it was when it was last read?
    pub fn is_current(&self, folder: &Path) -> Result<bool> {
        let paths = files(folder)?;
        if paths.len() != self.files.len() {
            return Ok(false);
        }
        for path in &paths {
            let (length, changed) = stamp(path).map_err(|error| Fault::io("read", path, &error))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let held = self.files.get(&*name);
            if held.is_none_or(|held| (held.length, held.changed) != (length, changed)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The files that were read.
    pub fn paths(&self, folder: &Path) -> Vec<PathBuf> {
        self.files.keys().map(|name| folder.join(name)).collect()
    }

    /// Bytes read in all.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|file| file.good).sum()
    }

    /// Torn tails: the file, and where its whole lines end.
    pub fn torn(&self, folder: &Path) -> Vec<(PathBuf, u64)> {
        let torn = self.files.iter().filter(|(_, file)| file.good < file.length);
        torn.map(|(name, file)| (folder.join(name), file.good)).collect()
    }

    /// What a person should know about the files.
    pub fn troubles(&self) -> Vec<Diagnostic> {
        let mut troubles = Vec::new();
        for (name, file) in &self.files {
            troubles.extend(file.damaged.iter().map(|(damage, line)| told(*damage, name, *line)));
            if file.foreign {
                troubles.push(
                    Diagnostic::warning(
                        "foreign-journal",
                        format!("journal/{name} belongs to another project and was left out"),
                    )
                    .hint("move it out of the journal folder"),
                );
            }
            if file.length == 0 {
                troubles.push(
                    Diagnostic::note("empty-journal", format!("journal/{name} is empty"))
                        .hint("let the sync client finish, or ask a colleague for the file"),
                );
            }
        }
        troubles.extend(self.absent.iter().map(|name| {
            Diagnostic::warning(
                "not-fetched",
                "this journal file is not on this computer: what it holds is missing here",
            )
            .in_file(format!("journal/{name}"))
            .hint("let the sync client fetch it, and have it keep the project on this computer")
        }));
        troubles
    }

    fn read_file(&mut self, path: &Path, name: &str, open: &mut Open<'_>) -> Result<bool, Trouble> {
        let (length, changed) = stamp(path)?;
        let mut read = match self.files.remove(name) {
            None => FileRead {
                length: 0,
                changed: 0,
                good: 0,
                lines: 0,
                unclosed: false,
                tail: *blake3::hash(b"").as_bytes(),
                damaged: Vec::new(),
                foreign: false,
            },
            Some(held) if (held.length, held.changed) == (length, changed) => {
                self.files.insert(name.to_owned(), held);
                return Ok(true);
            }
            // Behind what was read something was added, or a torn line was cut off.
            Some(held) if length > held.good || (length == held.good && held.good < held.length) => held,
            Some(_) => return Ok(false),
        };
        let mut file = File::open(path)?;
        if tail_of(&mut file, read.good)? != read.tail {
            return Ok(false);
        }
        file.seek(SeekFrom::Start(read.good))?;
        let mut reader = BufReader::with_capacity(1 << 20, file);
        self.read_lines(&mut reader, path, &mut read, open)?;
        // Whoever adds to the file while it is read is read next time.
        let after = stamp(path)?;
        read.changed = if read.length == after.0 { after.1 } else { 0 };
        read.tail = tail_of(&mut reader.into_inner(), read.good)?;
        self.files.insert(name.to_owned(), read);
        Ok(true)
    }

    fn read_lines(
        &mut self,
        reader: &mut dyn BufRead,
        path: &Path,
        read: &mut FileRead,
        open: &mut Open<'_>,
    ) -> Result<(), Trouble> {
        // What was torn is read once more.
        read.damaged.retain(|(damage, _)| *damage != Damage::Torn);
        read.length = read.good;
        let mut line = Vec::new();
        loop {
            line.clear();
            let taken = reader.read_until(b'\n', &mut line)?;
            if taken == 0 {
                return Ok(());
            }
            let closes = read.unclosed && line.trim_ascii().is_empty();
            let number = read.lines + usize::from(!closes);
            let mut newer_format = false;
            let end = cut::one(&line, |item| newer_format |= self.take(item, number, path, read, open));
            if newer_format {
                return Err(Trouble::Fault(newer(path)));
            }
            open.hand_on_if(RUN);
            if let Some(end) = end {
                (read.lines, read.unclosed) = (number, !line.ends_with(b"\n"));
                read.good = read.length + end as u64;
            }
            read.length += taken as u64;
        }
    }

    /// Takes up what stands in a line; `true` where a newer version wrote the file.
    fn take(&mut self, item: Item<'_>, number: usize, path: &Path, read: &mut FileRead, open: &mut Open<'_>) -> bool {
        match item {
            Item::Header(header) if header.project != open.project => {
                read.foreign = true;
                self.foreign.insert(header.stream);
            }
            Item::Header(header) if header.realist > FORMAT => return true,
            Item::Header(header) => {
                self.streams.entry(header.stream.clone()).or_insert(header);
            }
            Item::Operation(operation, _) if self.streams.contains_key(&operation.stream) => open.run.push(operation),
            Item::Operation(operation, _) => open.homeless.push(operation),
            Item::Newer { stream, project: Some(other) } if other != open.project => {
                read.foreign = true;
                self.foreign.extend(stream);
            }
            Item::Newer { stream, .. } => open.unread.push((stream, path.to_owned())),
            Item::Damaged(damage) => read.damaged.push((damage, number)),
        }
        false
    }
}

impl Open<'_> {
    fn hand_on_if(&mut self, many: usize) {
        if self.run.len() >= many {
            self.hand_on();
        }
    }

    fn hand_on(&mut self) {
        if !self.run.is_empty() {
            (self.take)(std::mem::take(&mut self.run));
        }
    }
}

enum Trouble {
    Io(io::Error),
    Fault(Fault),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Trouble::Io(error)
    }
}

impl Trouble {
    fn or_io(self, path: &Path) -> Fault {
        match self {
            Trouble::Io(error) => Fault::io("read", path, &error),
            Trouble::Fault(fault) => fault,
        }
    }
}

/// Length and time of the last change.
fn stamp(path: &Path) -> io::Result<(u64, u128)> {
    let data = fs::metadata(path)?;
    let changed = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok((data.len(), changed.map_or(0, |time| time.as_nanos())))
}

fn tail_of(file: &mut File, good: u64) -> io::Result<[u8; 32]> {
    let start = good.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(start))?;
    let mut tail = Vec::new();
    file.take(good - start).read_to_end(&mut tail)?;
    Ok(*blake3::hash(&tail).as_bytes())
}

/// What sync clients leave in place of a file they have not fetched: iCloud, Nextcloud and ownCloud.
const PLACEHOLDERS: [&str; 3] = [".jsonl.icloud", ".jsonl.nextcloud", ".jsonl.owncloud"];

/// Journal files that are known here by name only.
fn placeholders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok);
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| PLACEHOLDERS.iter().any(|ending| name.ends_with(ending)));
    names.sort();
    names
}

/// What a person is told of damage.
fn told(damage: Damage, name: &str, line: usize) -> Diagnostic {
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
        .at(Place { file: Some(format!("journal/{name}")), line: Some(line), column: None, excerpt: None })
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

/// Reads every line of every file. For looking closely; [`Reading`] is what the fold needs.
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

/// What a journal folder holds.
#[derive(Debug, Default)]
pub struct Journal {
    pub operations: Vec<Operation>,
    /// Header of each stream met.
    pub streams: BTreeMap<StreamId, Header>,
    /// Torn tails: the file, and where the whole lines end.
    pub torn: Vec<(PathBuf, u64)>,
    pub troubles: Vec<Diagnostic>,
}

/// Reads every stream of a project, from the beginning.
pub fn read(folder: &Path, project: Id) -> Result<Journal> {
    let (mut reading, mut operations) = (Reading::default(), Vec::new());
    reading.read_on(folder, project, &mut |run| operations.extend(run))?;
    Ok(Journal { operations, torn: reading.torn(folder), troubles: reading.troubles(), streams: reading.streams })
}
