//! Reading a journal folder, from the beginning or on from where an earlier reading ended.

use super::{files, newer};
use crate::diagnostic::{Diagnostic, Fault, Place, Result};
use crate::history::{Broken, Header, Operation, StreamId, parse_header, parse_line};
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
    /// Numbers of the lines that could not be read.
    damaged: Vec<usize>,
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

/// What a line turned out to be.
enum Met {
    Ours,
    Foreign,
    Damaged,
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
            troubles.extend(file.damaged.iter().map(|line| quarantined(name, *line)));
            if file.foreign {
                troubles.push(
                    Diagnostic::warning(
                        "foreign-journal",
                        format!("journal/{name} belongs to another project and was left out"),
                    )
                    .hint("move it out of the journal folder"),
                );
            }
        }
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
        let mut line = Vec::new();
        read.length = read.good;
        loop {
            line.clear();
            let taken = reader.read_until(b'\n', &mut line)?;
            if taken == 0 {
                break;
            }
            read.length += taken as u64;
            let closes = read.unclosed && line.trim_ascii().is_empty();
            read.lines += usize::from(!closes);
            read.unclosed = !line.ends_with(b"\n");
            match self.read_line(&line, path, open)? {
                Met::Ours => {}
                Met::Foreign => read.foreign = true,
                // It may still be on its way here.
                Met::Damaged if !line.ends_with(b"\n") => {
                    read.lines -= 1;
                    continue;
                }
                Met::Damaged => read.damaged.push(read.lines),
            }
            read.good = read.length;
        }
        // Whoever adds to the file while it is read is read next time.
        let after = stamp(path)?;
        read.changed = if read.length == after.0 { after.1 } else { 0 };
        read.tail = tail_of(&mut reader.into_inner(), read.good)?;
        self.files.insert(name.to_owned(), read);
        Ok(true)
    }

    fn read_line(&mut self, line: &[u8], path: &Path, open: &mut Open<'_>) -> Result<Met, Trouble> {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let text = text.strip_suffix(b"\r").unwrap_or(text);
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        if text.is_empty() {
            return Ok(Met::Ours);
        }
        if let Some(header) = parse_header(text) {
            return self.read_header(header, path, open.project);
        }
        match parse_line(text) {
            Ok(operation) if self.streams.contains_key(&operation.stream) => {
                open.run.push(operation);
                if open.run.len() >= RUN {
                    open.hand_on();
                }
            }
            Ok(operation) => open.homeless.push(operation),
            // The hash fits, so nobody damaged it: a newer version wrote something this one cannot read.
            Err(Broken::Shape(_)) => {
                let stream = serde_json::from_slice::<serde_json::Value>(text).ok();
                let stream = stream.and_then(|line| Some(line.get("stream")?.as_str()?.to_owned()));
                open.unread.push((stream, path.to_owned()));
            }
            Err(Broken::Hash) => return Ok(Met::Damaged),
        }
        Ok(Met::Ours)
    }

    fn read_header(&mut self, header: Result<Header, Broken>, path: &Path, project: Id) -> Result<Met, Trouble> {
        match header {
            Ok(header) if header.project != project => {
                self.foreign.insert(header.stream);
                Ok(Met::Foreign)
            }
            Ok(header) if header.realist > FORMAT => Err(Trouble::Fault(newer(path))),
            Ok(header) => {
                self.streams.entry(header.stream.clone()).or_insert(header);
                Ok(Met::Ours)
            }
            Err(_) => Ok(Met::Damaged),
        }
    }
}

impl Open<'_> {
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

fn quarantined(name: &str, line: usize) -> Diagnostic {
    Diagnostic::warning("damaged-line", "this line of the journal is damaged and was left out; the rest is in use")
        .at(Place { file: Some(format!("journal/{name}")), line: Some(line), column: None, excerpt: None })
        .hint("restore the file from a backup or a colleague's copy; `realist check` lists what is affected")
}
