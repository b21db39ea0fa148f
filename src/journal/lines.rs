//! Journal lines as they stand, for handing them on: out of a folder, out of a bundle, into a project.
//!
//! A line is kept letter for letter beside what it says, so that fields a newer version wrote survive
//! the journey and its hash still fits. Nothing is written here but by `add`.

use super::{Stream, close_last_line, files, newer};
use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::history::{Broken, Header, Operation, StreamId, parse_header, parse_line};
use crate::id::{Id, is_tag};
use crate::settings::FORMAT;
use std::collections::{BTreeMap, BTreeSet, HashSet};
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
        for line in bytes.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
            if line.is_empty() {
                continue;
            }
            match parse_header(line) {
                Some(header) => self.take_header(header, path, project)?,
                None => self.take_operation(line, path)?,
            }
        }
        Ok(())
    }

    fn take_header(&mut self, header: Result<Header, Broken>, path: &Path, project: Id) -> Result<()> {
        match header {
            Ok(header) if header.project != project => {
                self.foreign.insert(header.stream);
            }
            Ok(header) if header.realist > FORMAT => return Err(newer(path)),
            Ok(header) if is_safe(&header) => {
                self.headers.entry(header.stream.clone()).or_insert(header);
            }
            Ok(_) | Err(_) => self.damaged += 1,
        }
        Ok(())
    }

    fn take_operation(&mut self, line: &[u8], path: &Path) -> Result<()> {
        match (parse_line(line), std::str::from_utf8(line)) {
            (Ok(operation), Ok(text)) if is_stream(&operation.stream) => {
                if self.seen.insert(operation.hash.clone()) {
                    self.lines.push(Line { operation, text: text.to_owned() });
                }
            }
            (Err(Broken::Shape(_)), _) => return Err(newer(path)),
            _ => self.damaged += 1,
        }
        Ok(())
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
    let fresh = !path.exists();
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
        let operation = Operation {
            id: Id::derived([stream.as_bytes(), n.to_le_bytes().as_slice()]),
            stream: stream.to_owned(),
            lamport: n,
            time: "2026-01-01T00:00:00Z".to_owned(),
            by: "gj".to_owned(),
            act: "test".to_owned(),
            after: Vec::new(),
            prev: String::new(),
            records: Vec::new(),
            hash: String::new(),
        };
        operation.to_line().0
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
