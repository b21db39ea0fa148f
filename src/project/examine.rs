//! Looking closely at files of the project: is each what its name, or the journal, says? Everything is
//! read, nothing is changed; for `check --deep`.

use super::codebooks::Shelved;
use super::{Project, texts};
use crate::diagnostic::{Fault, Result};
use crate::disk;
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
        let mut naming = texts::Naming::of(document);
        let mut is_converted = false;
        for shard in 0..shards {
            let (Some(text), Some(units)) = (bytes(&files.text(shard))?, bytes(&files.units(shard))?) else {
                return Ok(Content::Absent);
            };
            let length = text.len() + units.len();
            let (text, units) = (texts::as_frozen(text), texts::as_frozen(units));
            is_converted |= text.len() + units.len() != length;
            naming.add(&text, &units);
        }
        Ok(match (naming.name() == version, is_converted) {
            (false, _) => Content::Changed,
            (true, true) => Content::Converted,
            (true, false) => Content::Whole,
        })
    }

    /// Reads a file of `corpus/originals` against the name over its content.
    pub fn content_of_original(&self, name: &str) -> Result<Content> {
        let path = self.originals_folder().join(name);
        let stem = name.split('.').next().unwrap_or_default();
        // Most are whole, and some too large to hold.
        if disk::digest(&path).is_ok_and(|hash| hash.to_hex()[..16] == *stem) {
            return Ok(Content::Whole);
        }
        let Some(found) = bytes(&path)? else { return Ok(Content::Absent) };
        let fits = |bytes: &[u8]| blake3::hash(bytes).to_hex()[..16] == *stem;
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
