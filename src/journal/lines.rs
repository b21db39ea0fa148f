//! Journal lines as they stand, for handing them on: out of a folder, out of a bundle, into a project.
//!
//! A line is kept letter for letter beside what it says, so that fields a newer version wrote survive
//! the journey and its hash still fits. Nothing is written here but by `add`.

use super::cut::{self, Damage, Item};
use super::{Stream, close_last_line, files, newer};
use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::history::{Header, Operation, StreamId};
use crate::id::{Id, is_tag};
use crate::settings::FORMAT;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

/// One operation and its line, without the line break.
#[derive(Debug, Clone)]
pub struct Line {
    pub operation: Operation,
    pub text: String,
}

/// What several journal files hold, each operation once.
#[derive(Debug, Default)]
pub struct Lines {
    pub headers: BTreeMap<StreamId, Header>,
    pub lines: Vec<Line>,
    /// Lines that could not be read and were left out.
    pub damaged: usize,
    foreign: BTreeSet<StreamId>,
    seen: HashSet<String>,
}

impl Lines {
    /// Every line of a journal folder.
    pub fn of_folder(folder: &Path, project: Id) -> Result<Self> {
        let mut lines = Lines::default();
        for path in files(folder)? {
            let bytes = disk::read_from(&path, 0).map_err(|error| Fault::io("read", &path, &error))?;
            lines.take(&path, &bytes, project)?;
        }
        lines.leave_foreign();
        Ok(lines)
    }

    /// Takes up the lines of one more file. Call [`Lines::leave_foreign`] after the last.
    pub fn take(&mut self, path: &Path, bytes: &[u8], project: Id) -> Result<()> {
        let mut is_newer = false;
        cut::each(bytes, |_, item| match item {
            Item::Header(header) if header.project != project => drop(self.foreign.insert(header.stream)),
            Item::Header(header) if header.realist > FORMAT => is_newer = true,
            Item::Header(header) if is_safe(&header) => {
                self.headers.entry(header.stream.clone()).or_insert(header);
            }
            Item::Operation(operation, line) if is_stream(&operation.stream) => self.take_operation(operation, line),
            Item::Newer { stream, project: Some(other) } if other != project => self.foreign.extend(stream),
            Item::Newer { .. } => is_newer = true,
            Item::Header(_) | Item::Operation(..) | Item::Damaged(Damage::Line | Damage::Part | Damage::Torn) => {
                self.damaged += 1;
            }
            Item::Damaged(Damage::Break) => {}
        });
        if is_newer { Err(newer(path)) } else { Ok(()) }
    }

    fn take_operation(&mut self, operation: Operation, line: &[u8]) {
        match std::str::from_utf8(line) {
            Ok(text) if self.seen.insert(operation.hash.clone()) => {
                self.lines.push(Line { operation, text: text.to_owned() });
            }
            Ok(_) => {}
            Err(_) => self.damaged += 1,
        }
    }

    /// Drops the lines of streams that belong to another project.
    pub fn leave_foreign(&mut self) {
        let (foreign, headers) = (&self.foreign, &self.headers);
        self.lines.retain(|line| {
            let stream = &line.operation.stream;
            headers.contains_key(stream) || !foreign.contains(stream)
        });
    }

    /// Header of a stream; where its file lost it, one is made from what its lines say.
    pub fn header(&self, stream: &str, project: Id) -> Result<Header> {
        if let Some(header) = self.headers.get(stream) {
            return Ok(header.clone());
        }
        let by = self.lines.iter().find(|line| line.operation.stream == stream).map(|line| &line.operation.by);
        let tag = by.filter(|tag| is_tag(tag)).ok_or_else(|| {
            fault("damaged-journal", "a stream does not say who wrote it").hint("ask for the journal files once more")
        })?;
        Ok(Header { realist: FORMAT, project, stream: stream.to_owned(), tag: tag.clone(), suffix: None })
    }
}

/// What a header says becomes part of a file name, so it must be nothing but what this tool writes.
fn is_safe(header: &Header) -> bool {
    let suffix = header.suffix.as_deref().unwrap_or("a");
    is_stream(&header.stream)
        && is_tag(&header.tag)
        && (1..=8).contains(&suffix.len())
        && suffix.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

fn is_stream(stream: &str) -> bool {
    stream.len() == 8 && stream.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Adds lines of one stream to its file, which is made where there is none, and waits for the disk.
/// The caller holds the project's lock and has mended torn tails.
pub(super) fn add(folder: &Path, stream: &Stream, lines: &[&str]) -> Result<()> {
    disk::make_folder(folder)?;
    let path = folder.join(stream.file_name());
    let mut text = String::new();
    let fresh = fs::metadata(&path).map_or(0, |data| data.len()) == 0;
    if fresh {
        text.push_str(&stream.header.to_line());
    }
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    if fresh {
        return disk::replace(&path, text.as_bytes());
    }
    close_last_line(&path)?;
    disk::append(&path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(project: Id, stream: &str, tag: &str) -> Header {
        Header { realist: FORMAT, project, stream: stream.to_owned(), tag: tag.to_owned(), suffix: None }
    }

    fn operation(stream: &str, n: u64) -> String {
        super::super::tests::operation(stream, n, "test").0
    }

    #[test]
    fn lines_are_kept_letter_for_letter_and_once() {
        let project = Id::derived([b"p".as_slice()]);
        let line = operation("aaaa0000", 1);
        let text = format!("{}{line}\r\n{line}{{broken}}\n", header(project, "aaaa0000", "gj").to_line());
        let mut lines = Lines::default();
        lines.take(Path::new("x.jsonl"), text.as_bytes(), project).unwrap();
        lines.leave_foreign();
        assert_eq!((lines.lines.len(), lines.damaged), (1, 1));
        assert_eq!(lines.lines[0].text, line.trim_end());
    }

    #[test]
    fn a_stream_of_another_project_stays_out() {
        let (ours, theirs) = (Id::derived([b"p".as_slice()]), Id::derived([b"q".as_slice()]));
        let text = format!("{}{}", header(theirs, "bbbb0000", "gj").to_line(), operation("bbbb0000", 1));
        let mut lines = Lines::default();
        lines.take(Path::new("x.jsonl"), text.as_bytes(), ours).unwrap();
        lines.leave_foreign();
        assert!(lines.lines.is_empty());
    }

    #[test]
    fn a_header_cannot_aim_at_another_file() {
        let project = Id::derived([b"p".as_slice()]);
        for (stream, tag) in [("../../xx", "gj"), ("aaaa0000", "../gj"), ("aaaa0000", "con")] {
            let mut lines = Lines::default();
            lines.take(Path::new("x.jsonl"), header(project, stream, tag).to_line().as_bytes(), project).unwrap();
            assert!(lines.headers.is_empty() && lines.damaged == 1, "{stream} {tag}");
        }
    }
}
