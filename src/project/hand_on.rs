//! Handing on: which journal lines and files a colleague lacks who has seen the project up to given
//! heads. What becomes of them is not settled here (`act/bundle.rs` packs them).

use super::Project;
use super::moment::left_behind;
use super::take_in::{Contents, Parcel};
use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::history::{Header, StreamId};
use crate::id::{Id, Kind};
use crate::journal::{Line, Lines, Stream};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Hash of the last operation of each stream: what a copy has seen.
pub type Heads = BTreeMap<StreamId, String>;

/// What to hand on.
#[derive(Debug)]
pub struct Outgoing {
    pub project: Id,
    pub by: String,
    /// What this copy has seen.
    pub heads: Heads,
    pub operations: usize,
    /// File name and text of each stream with something new.
    pub journal: Vec<(String, String)>,
    /// Names below `corpus/` that the new operations need.
    pub files: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Memory {
    heads: Heads,
}

impl Project {
    /// What somebody lacks who has seen `since`. Codebooks edited by hand are journalled first.
    pub fn hand_on(&mut self, since: &Heads, texts: bool) -> Result<Outgoing> {
        self.on_whole(|project| project.gather_new(since, texts))
    }

    fn gather_new(&mut self, since: &Heads, texts: bool) -> Result<Outgoing> {
        let tag = self.coder(false)?;
        let lines = {
            let _lock = self.lock()?;
            self.refresh()?;
            if !self.surroundings.rehearsal {
                self.check_writable()?;
                self.keep_hand_edits(&tag)?;
            }
            Lines::of_folder(&self.journal_folder(), self.settings.project)?
        };
        let new = unseen(&lines, since);
        let mut by_stream: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
        for line in &new {
            by_stream.entry(&line.operation.stream).or_default().push(line);
        }
        let mut journal = Vec::new();
        for (stream, mut ours) in by_stream {
            ours.sort_by_key(|line| (line.operation.lamport, line.operation.id));
            journal.push(written(lines.header(stream, self.settings.project)?, &ours));
        }
        journal.sort();
        let files = if texts { self.needed_files(&new) } else { Vec::new() };
        let mut heads = self.state.last_by_stream();
        heads.remove(crate::history::OVERLAY);
        Ok(Outgoing { project: self.settings.project, by: tag, heads, operations: new.len(), journal, files })
    }

    /// Files that operations name and that are on this computer.
    fn needed_files(&self, lines: &[&Line]) -> Vec<String> {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for line in lines {
            let sealed = line.text.split("{\"sealed\":\"").skip(1).filter_map(|rest| rest.split('"').next());
            names.extend(sealed.map(|name| format!("sealed/{name}.json")));
            for record in &line.operation.records {
                if let crate::history::Record::Put { put: Kind::Document, id, .. } = record {
                    names.extend(self.files_of(*id));
                }
            }
        }
        names.into_iter().filter(|name| self.corpus_file(name).is_some_and(|path| path.is_file())).collect()
    }

    fn corpus_file(&self, name: &str) -> Option<PathBuf> {
        super::write::is_plain(name).then(|| self.root.join("corpus").join(name))
    }

    /// A file below `corpus/`.
    pub fn corpus_bytes(&self, name: &str) -> Result<Vec<u8>> {
        let path = self
            .corpus_file(name)
            .ok_or_else(|| fault("bad-name", format!("corpus/{name} is no file of a project")))?;
        std::fs::read(&path).map_err(|error| Fault::io("read", &path, &error))
    }

    /// The settings file as it stands.
    pub fn settings_text(&self) -> Result<String> {
        let path = self.root.join(super::SETTINGS_FILE);
        std::fs::read_to_string(&path).map_err(|error| Fault::io("read", &path, &error))
    }

    fn exchange_file(&self) -> PathBuf {
        self.homes.state.join("exchange.json")
    }

    /// What the last bundle handed on; nothing before the first.
    pub fn last_handed_on(&self) -> Heads {
        let memory = std::fs::read(self.exchange_file()).ok();
        memory.and_then(|bytes| serde_json::from_slice::<Memory>(&bytes).ok()).map(|one| one.heads).unwrap_or_default()
    }

    /// Writes a bundle outside the project's own files and notes what it handed on.
    pub fn keep_bundle(&self, path: &Path, bytes: &[u8], heads: &Heads) -> Result<()> {
        disk::replace(path, bytes)?;
        path.parent().into_iter().for_each(|folder| disk::sweep(folder, left_behind(&self.surroundings)));
        let memory = serde_json::to_vec(&Memory { heads: heads.clone() }).unwrap_or_default();
        // Losing this note costs nothing but a larger bundle next time.
        let _ = disk::make_folder(&self.homes.state).and_then(|()| disk::replace(&self.exchange_file(), &memory));
        Ok(())
    }

    /// What the copy of a project in another folder holds. Nothing there is touched.
    pub fn parcel_of(root: &Path) -> Result<Parcel> {
        let project = super::settings::read(root)?.project;
        let lines = Lines::of_folder(&root.join("journal"), project)?;
        let corpus = root.join("corpus");
        let mut files = Vec::new();
        for folder in ["originals", "sealed", "text"] {
            let entries = std::fs::read_dir(corpus.join(folder)).into_iter().flatten().filter_map(Result::ok);
            files.extend(entries.filter_map(|entry| Some(format!("{folder}/{}", entry.file_name().to_str()?))));
        }
        files.sort();
        Ok(Parcel { project, lines, files, contents: Box::new(Folder(corpus)) })
    }
}

/// The corpus of another folder.
struct Folder(PathBuf);

impl Contents for Folder {
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let path = self.0.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Fault::io("read", &path, &error)),
        }
    }
}

/// Lines not among the heads' forerunners: those a copy with these heads may lack.
fn unseen<'l>(lines: &'l Lines, since: &Heads) -> Vec<&'l Line> {
    let prev: HashMap<&str, &str> =
        lines.lines.iter().map(|line| (line.operation.hash.as_str(), line.operation.prev.as_str())).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    for head in since.values() {
        let mut at = prev.get_key_value(head.as_str());
        while let Some((hash, before)) = at {
            if !seen.insert(hash) {
                break;
            }
            at = prev.get_key_value(before);
        }
    }
    lines.lines.iter().filter(|line| !seen.contains(line.operation.hash.as_str())).collect()
}

fn written(header: Header, lines: &[&Line]) -> (String, String) {
    let stream = Stream { header };
    let mut text = stream.header.to_line();
    for line in lines {
        text.push_str(&line.text);
        text.push('\n');
    }
    (stream.file_name(), text)
}
