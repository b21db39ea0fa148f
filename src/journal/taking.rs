//! Taking in lines of several streams, all of them or none.
//!
//! Lines that go to more than one place are first put into the journal together, as one file that
//! appears at once; from then on they count. Then each goes to the file of its stream, and the common
//! file goes. Where that was cut short the common file is still there, and is worked off later:
//! a line that stands twice counts once.

use super::Stream;
use super::lines::{Lines, add};
use crate::diagnostic::{Fault, Result};
use crate::disk;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const PREFIX: &str = "taking-";

/// Lines of one stream, in order.
#[derive(Debug)]
pub struct Sheaf<'l> {
    pub stream: Stream,
    pub lines: Vec<&'l str>,
}

impl Sheaf<'_> {
    /// Whether adding it cannot stop half-way.
    fn is_one_step(&self, folder: &Path) -> bool {
        self.lines.len() == 1 || !folder.join(self.stream.file_name()).exists()
    }
}

/// Adds the lines of every sheaf, whole or not at all, and waits for the disk. The caller holds the
/// project's lock and has mended torn tails.
pub fn take(folder: &Path, sheaves: &[Sheaf<'_>]) -> Result<()> {
    match sheaves {
        [] => return Ok(()),
        [one] if one.is_one_step(folder) => return add(folder, &one.stream, &one.lines),
        _ => {}
    }
    let mut text = String::new();
    for sheaf in sheaves {
        text.push_str(&sheaf.stream.header.to_line());
        for line in &sheaf.lines {
            text.push_str(line);
            text.push('\n');
        }
    }
    disk::make_folder(folder)?;
    let path = folder.join(format!("{PREFIX}{}.jsonl", &blake3::hash(text.as_bytes()).to_hex()[..12]));
    disk::replace(&path, text.as_bytes())?;
    // They are in: what fails now is worked off later.
    let spread = sheaves.iter().try_for_each(|sheaf| add(folder, &sheaf.stream, &sheaf.lines));
    let _ = spread.and_then(|()| disk::remove(&path));
    Ok(())
}

/// Whether a journal file is the common one of lines that are not all in the files of their streams.
pub fn is_taking(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(PREFIX))
}

/// Works a common file off. `mend` is told of each stream's file before anything is added to it.
pub fn finish(path: &Path, project: Id, mut mend: impl FnMut(&Path) -> Result<()>) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let common = read(path, project)?;
    let mut by_stream: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for line in &common.lines {
        let lines = by_stream.entry(&line.operation.stream).or_default();
        lines.push((&line.operation.hash, &line.text));
    }
    for (stream, lines) in by_stream {
        let stream = Stream { header: common.header(stream, project)? };
        let file = folder.join(stream.file_name());
        mend(&file)?;
        let held = if file.exists() { read(&file, project)? } else { Lines::default() };
        let held: BTreeSet<&str> = held.lines.iter().map(|line| line.operation.hash.as_str()).collect();
        let missing: Vec<&str> =
            lines.into_iter().filter(|(hash, _)| !held.contains(hash)).map(|(_, text)| text).collect();
        if !missing.is_empty() {
            add(folder, &stream, &missing)?;
        }
    }
    disk::remove(path)
}

fn read(path: &Path, project: Id) -> Result<Lines> {
    let mut lines = Lines::default();
    let bytes = disk::read_from(path, 0).map_err(|error| Fault::io("read", path, &error))?;
    lines.take(path, &bytes, project)?;
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{Header, Operation};
    use crate::settings::FORMAT;

    fn stream(name: &str) -> Stream {
        let project = Id::derived([b"p".as_slice()]);
        let header = Header { realist: FORMAT, project, stream: name.to_owned(), tag: "gj".to_owned(), suffix: None };
        Stream { header }
    }

    fn line(stream: &str, n: u64) -> String {
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
        operation.to_line().0.trim_end().to_owned()
    }

    #[test]
    fn a_common_file_is_worked_off_whatever_is_there_already() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (stream("aaaa0000"), stream("bbbb0000"));
        let lines: Vec<String> = (1..=3).map(|n| line("aaaa0000", n)).collect();
        let other = line("bbbb0000", 1);
        add(folder.path(), &a, &[&lines[0], &lines[1]]).unwrap();
        let common = folder.path().join("taking-000000000000.jsonl");
        let text =
            [a.header.to_line(), lines.join("\n"), "\n".to_owned(), b.header.to_line(), other.clone(), "\n".to_owned()];
        disk::replace(&common, text.concat().as_bytes()).unwrap();
        assert!(is_taking(&common));
        finish(&common, a.header.project, |_| Ok(())).unwrap();
        assert!(!common.exists());
        let held = |stream: &Stream| std::fs::read_to_string(folder.path().join(stream.file_name())).unwrap();
        assert_eq!(held(&a), format!("{}{}\n", a.header.to_line(), lines.join("\n")));
        assert_eq!(held(&b), format!("{}{other}\n", b.header.to_line()));
    }
}
