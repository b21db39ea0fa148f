//! Which stream this coder, on this machine, in this copy of the folder, writes to.
//!
//! The answer lies in the user's state folder with the hash of the last operation written. A journal
//! that does not hold that operation was copied, moved or restored from elsewhere: a new stream begins.

use super::Project;
use super::moment::Chance;
use crate::diagnostic::{Result, fault};
use crate::disk;
use crate::history::Header;
use crate::id::is_tag;
use crate::journal::Stream;
use crate::settings::FORMAT;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

#[derive(Debug, Serialize, Deserialize)]
struct Memory {
    stream: String,
    #[serde(default)]
    suffix: Option<String>,
    /// Hash of the last operation written.
    head: String,
}

impl Project {
    /// The tag this run writes under. Importing and starting a project work without one.
    pub fn coder(&self, needed: bool) -> Result<String> {
        match &self.surroundings.coder {
            Some(tag) if is_tag(tag) => Ok(tag.clone()),
            Some(tag) => Err(fault("bad-tag", format!("'{tag}' cannot be a coder's tag"))
                .hint("a tag is two to five lower-case letters, such as gj")),
            None if needed => Err(fault("no-coder", "who is writing? no coder's tag was given")
                .hint("add --coder gj (your initials), or set REALIST_CODER=gj for this terminal")
                .hint("or keep it for good: realist join gj")),
            None => Ok("team".to_owned()),
        }
    }

    fn memory_file(&self, tag: &str) -> PathBuf {
        self.homes.state.join(format!("{tag}.json"))
    }

    /// The stream this device wrote last, if the journal still holds what it wrote.
    fn remembered(&self, tag: &str) -> Option<Memory> {
        let memory: Memory = serde_json::from_slice(&std::fs::read(self.memory_file(tag)).ok()?).ok()?;
        let is_here = self.state.holds(&memory.head);
        is_here.then_some(memory)
    }

    /// Tags under which this machine wrote something here that the journal no longer holds.
    pub fn lost_own_writes(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(&self.homes.state) else { return Vec::new() };
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let mut lost: Vec<String> = paths
            .filter_map(|path| {
                // Other notes lie beside these; only a tag names a stream's.
                let tag = path.file_stem()?.to_str().filter(|stem| is_tag(stem))?.to_owned();
                let memory: Memory = serde_json::from_slice(&std::fs::read(&path).ok()?).ok()?;
                (!self.state.holds(&memory.head)).then_some(tag)
            })
            .collect();
        lost.sort();
        lost
    }

    pub(super) fn stream(&self, tag: &str) -> Stream {
        let (stream, suffix) = match self.remembered(tag) {
            Some(memory) => (memory.stream, memory.suffix),
            None => self.fresh_stream(tag),
        };
        self.stream_called(tag, stream, suffix)
    }

    fn stream_called(&self, tag: &str, stream: String, suffix: Option<String>) -> Stream {
        Stream {
            header: Header { realist: FORMAT, project: self.settings.project, stream, tag: tag.to_owned(), suffix },
        }
    }

    /// File name of the stream this device goes on writing under a tag; `None` where a new one begins.
    pub fn own_stream(&self, tag: &str) -> Option<String> {
        let Memory { stream, suffix, .. } = self.remembered(tag)?;
        Some(self.stream_called(tag, stream, suffix).file_name())
    }

    fn fresh_stream(&self, tag: &str) -> (String, Option<String>) {
        let chance = Chance::new(&self.surroundings, &format!("{tag} {}", self.reading.streams.len()));
        let taken = |suffix: &str| {
            self.reading.streams.values().any(|header| header.tag == tag && header.suffix.as_deref() == Some(suffix))
        };
        let suffix = self.reading.streams.values().any(|header| header.tag == tag).then(|| {
            let mut suffix = chance.suffix();
            while taken(&suffix) {
                suffix = chance.suffix();
            }
            suffix
        });
        (chance.hex(8), suffix)
    }

    /// Notes what was just written. Losing this note costs nothing but a new stream.
    pub(super) fn remember(&self, stream: &Stream, head: &str) -> Result<()> {
        let memory = Memory {
            stream: stream.header.stream.clone(),
            suffix: stream.header.suffix.clone(),
            head: head.to_owned(),
        };
        disk::make_private_folder(&self.homes.state)?;
        let bytes = serde_json::to_vec(&memory).unwrap_or_default();
        disk::replace_unsynced(&self.memory_file(&stream.header.tag), &bytes)
    }
}
