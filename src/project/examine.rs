//! Looking closely at files of the project: is each what its name, or the journal, says? Everything is
//! read, nothing is changed; for `check --deep`.

use super::codebooks::Shelved;
use super::{Project, texts};
use crate::diagnostic::{Fault, Result};
use crate::id::{Id, Kind};
use std::collections::BTreeMap;
use std::path::Path;

/// What a write-once file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// What its name says, byte for byte.
    Whole,
    /// The same but for its line ends.
    Converted,
    Changed,
    /// Not on this computer, in whole or in part.
    Absent,
}

/// A codebook entry that says something else than the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lag {
    pub kind: Kind,
    pub id: Id,
    /// The fields that differ; empty where the entry is not in any file.
    pub fields: Vec<String>,
}

impl Project {
    /// Reads a text version of a document, whether or not it is here, against the name over its content.
    pub fn content_of_version(&self, document: Id, version: &str, shards: usize) -> Result<Content> {
        let folder = self.text_folder();
        let files = texts::Files { folder: &folder, version, shards };
        let (mut is_there, mut is_converted, mut trouble) = (true, false, None);
        let mut read = |path: &Path| match bytes(path) {
            Ok(Some(bytes)) => {
                let length = bytes.len();
                let frozen = texts::as_frozen(bytes);
                is_converted |= frozen.len() != length;
                frozen
            }
            Ok(None) => {
                is_there = false;
                Vec::new()
            }
            Err(fault) => {
                trouble = Some(fault);
                Vec::new()
            }
        };
        let pieces = (0..shards).map(|shard| (read(&files.text(shard)), read(&files.units(shard))));
        let name = texts::version_name(document, pieces);
        Ok(match trouble {
            Some(fault) => return Err(fault),
            None if !is_there => Content::Absent,
            None if name != version => Content::Changed,
            None if is_converted => Content::Converted,
            None => Content::Whole,
        })
    }

    /// Reads a file of `corpus/originals` against the name over its content.
    pub fn content_of_original(&self, name: &str) -> Result<Content> {
        let Some(found) = bytes(&self.originals_folder().join(name))? else { return Ok(Content::Absent) };
        let stem = name.split('.').next().unwrap_or_default();
        let fits = |bytes: &[u8]| blake3::hash(bytes).to_hex()[..16] == *stem;
        if fits(&found) {
            return Ok(Content::Whole);
        }
        // git turns the line ends one way when it takes a file in, the other when it gives it out.
        let plain = texts::as_frozen(found);
        let windows = || plain.split_inclusive(|byte| *byte == b'\n').flat_map(with_return).collect::<Vec<u8>>();
        Ok(if fits(&plain) || fits(&windows()) { Content::Converted } else { Content::Changed })
    }

    /// Where codebook files say something else than the journal and no hand wrote it: they lag behind.
    /// Files that cannot be read are among [`Project::troubles`].
    pub fn codebook_lags(&self) -> Vec<Lag> {
        let entries: BTreeMap<(Id, String), _> =
            self.book_entries().into_iter().filter_map(|entry| Some(((entry.id?, entry.book), entry.fields))).collect();
        let mut lags = Vec::new();
        for Shelved { kind, id, book, fields: held } in self.shelved() {
            let Some(fields) = entries.get(&(id, book)) else {
                lags.push(Lag { kind, id, fields: Vec::new() });
                continue;
            };
            let names = held.keys().chain(fields.keys().filter(|name| !held.contains_key(*name)));
            let differing: Vec<String> = names.filter(|name| held.get(*name) != fields.get(*name)).cloned().collect();
            if !differing.is_empty() {
                lags.push(Lag { kind, id, fields: differing });
            }
        }
        lags
    }
}

/// `None` where there is no such file.
fn bytes(path: &Path) -> Result<Option<Vec<u8>>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::io("read", path, &error)),
    }
}

fn with_return(line: &[u8]) -> Vec<u8> {
    match line.strip_suffix(b"\n") {
        Some(bare) => [bare, b"\r\n"].concat(),
        None => line.to_vec(),
    }
}
