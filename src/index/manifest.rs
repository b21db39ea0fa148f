//! What the index was built from and what its files should look like: `manifest.jsonl`, written last.
//!
//! Layout of the folder: `manifest.jsonl` (a line that vouches for the two below it: the [`Manifest`],
//! and who speaks in which document), `update.lock`, `updating` (there while an update runs, and
//! after one that was cut short) and one folder `g<number>` of tantivy's files.

use super::{Key, Trouble, schema};
use crate::disk;
use crate::document::Speaker;
use crate::id::Id;
use crate::language::Language;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

const NAME: &str = "manifest.jsonl";
const UPDATING: &str = "updating";
/// Bytes of an index that can be read at every search without being felt.
const SMALL: u64 = 32 << 20;

/// First line of the file.
#[derive(Serialize, Deserialize)]
struct Seal {
    schema: u32,
    /// Of the lines below.
    blake3: String,
}

/// The speakers of each document, as in its header.
pub type Speakers = BTreeMap<Id, Vec<Speaker>>;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Manifest {
    /// Number of the folder that holds the index.
    pub generation: u64,
    /// First ordinal never given to an entry of this generation.
    pub next: u64,
    pub entries: Vec<Entry>,
    /// By name within the generation's folder.
    pub files: BTreeMap<String, Fingerprint>,
    /// [`Speakers`] as they lie on the disk: few queries ask for them.
    #[serde(skip)]
    speakers: Vec<u8>,
}

/// One file of text in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Row", into = "Row")]
pub struct Entry {
    pub document: Id,
    pub version: String,
    pub shard: usize,
    pub ordinal: u64,
    pub units: u64,
    pub words: u64,
    pub language: Language,
}

/// An entry on disk; there are thousands, and each start reads them all.
type Row = (Id, String, usize, u64, u64, u64, Language);

impl From<Row> for Entry {
    fn from((document, version, shard, ordinal, units, words, language): Row) -> Self {
        Entry { document, version, shard, ordinal, units, words, language }
    }
}

impl From<Entry> for Row {
    fn from(entry: Entry) -> Self {
        (entry.document, entry.version, entry.shard, entry.ordinal, entry.units, entry.words, entry.language)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    size: u64,
    /// Seconds and nanoseconds of its last change.
    changed: (u64, u32),
    blake3: String,
}

/// How far files are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// A file of the same size and time is the same.
    Times,
    /// That, of an index too large to be read at every search; a small one is read.
    Small,
    /// Every file is read.
    Nothing,
}

pub enum Unread {
    Absent,
    Unfit(String),
}

impl Manifest {
    /// Of an index that is to be built from nothing.
    pub fn of(generation: u64) -> Self {
        Manifest { generation, ..Manifest::default() }
    }

    pub fn read(folder: &Path) -> Result<Self, Unread> {
        let bytes = match fs::read(folder.join(NAME)) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Unread::Absent),
            Err(error) => return Err(Unread::Unfit(format!("its manifest cannot be read ({error})"))),
        };
        let damaged = || Unread::Unfit("its manifest is damaged".to_owned());
        let mut lines = bytes.splitn(2, |byte| *byte == b'\n');
        let (seal, body) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let seal: Seal = serde_json::from_slice(seal).map_err(|_| damaged())?;
        if seal.schema != schema::VERSION {
            return Err(Unread::Unfit("it was made by another version of this tool".to_owned()));
        }
        if blake3::hash(body).to_hex().as_str() != seal.blake3 {
            return Err(damaged());
        }
        let mut lines = body.splitn(2, |byte| *byte == b'\n');
        let (body, speakers) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let manifest: Manifest = serde_json::from_slice(body).map_err(|_| damaged())?;
        Ok(Manifest { speakers: speakers.to_vec(), ..manifest })
    }

    pub fn speakers(&self) -> Result<Speakers, Trouble> {
        if self.speakers.is_empty() {
            return Ok(Speakers::new());
        }
        serde_json::from_slice(&self.speakers).map_err(|error| Trouble::Damage(error.to_string()))
    }

    /// Puts in what is new, and leaves out documents that are no longer there.
    pub fn add_speakers(&mut self, new: Speakers) -> Result<(), Trouble> {
        let mut speakers = self.speakers()?;
        speakers.extend(new);
        let there: BTreeSet<Id> = self.entries.iter().map(|entry| entry.document).collect();
        speakers.retain(|document, labels| there.contains(document) && !labels.is_empty());
        self.speakers = serde_json::to_vec(&speakers).map_err(std::io::Error::other)?;
        Ok(())
    }

    /// Puts the manifest in force; the update is done.
    pub fn write(&self, folder: &Path) -> Result<(), Trouble> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        let mut body = serde_json::to_vec(self).map_err(std::io::Error::other)?;
        body.push(b'\n');
        body.extend_from_slice(&self.speakers);
        let seal = Seal { schema: schema::VERSION, blake3: blake3::hash(&body).to_hex().to_string() };
        serde_json::to_writer(&mut file, &seal).map_err(std::io::Error::other)?;
        file.write_all(b"\n")?;
        file.write_all(&body)?;
        file.as_file().sync_all()?;
        file.persist(folder.join(NAME)).map_err(|error| error.error)?;
        Ok(fs::remove_file(folder.join(UPDATING))?)
    }

    pub fn generation_in(&self, folder: &Path) -> PathBuf {
        folder.join(format!("g{}", self.generation))
    }

    /// Shards wanted and not there.
    pub fn missing<'w>(&self, wanted: &'w [Key]) -> Vec<(&'w Key, usize)> {
        let there: BTreeSet<(Id, &str, Language, usize)> = self
            .entries
            .iter()
            .map(|entry| (entry.document, entry.version.as_str(), entry.language, entry.shard))
            .collect();
        wanted
            .iter()
            .flat_map(|key| (0..key.shards).map(move |shard| (key, shard)))
            .filter(|(key, shard)| !there.contains(&(key.document, key.version.as_str(), key.language, *shard)))
            .collect()
    }

    /// Takes out the entries no longer wanted, and gives their ordinals.
    pub fn drop_unwanted(&mut self, wanted: &[Key]) -> Vec<u64> {
        let shards: BTreeMap<(Id, &str, Language), usize> =
            wanted.iter().map(|key| ((key.document, key.version.as_str(), key.language), key.shards)).collect();
        let is_wanted = |entry: &Entry| {
            let known = shards.get(&(entry.document, entry.version.as_str(), entry.language));
            known.is_some_and(|shards| entry.shard < *shards)
        };
        let gone = self.entries.iter().filter(|entry| !is_wanted(entry)).map(|entry| entry.ordinal).collect();
        self.entries.retain(is_wanted);
        gone
    }

    /// Every file is there as it was written; else says what is wrong.
    pub fn check_files(&self, folder: &Path, trust: Trust) -> Result<(), String> {
        let folder = self.generation_in(folder);
        let is_small = self.files.values().map(|known| known.size).sum::<u64>() <= SMALL;
        let reads_all = trust == Trust::Nothing || (trust == Trust::Small && is_small);
        for (name, known) in &self.files {
            let path = folder.join(name);
            let found = look(&path).map_err(|error| format!("its file {name} cannot be read ({error})"))?;
            let is_same = found == (known.size, known.changed);
            if (reads_all || !is_same) && digest(&path).ok().as_ref() != Some(&known.blake3) {
                return Err(format!("its file {name} is damaged"));
            }
        }
        Ok(())
    }

    /// Takes the fingerprints of the files as they are now, reading only those not known yet.
    pub fn fingerprint(&mut self, folder: &Path, names: &BTreeSet<String>) -> Result<(), Trouble> {
        let folder = self.generation_in(folder);
        let mut files = BTreeMap::new();
        for name in names {
            let path = folder.join(name);
            let (size, changed) = look(&path)?;
            let known = self.files.remove(name).filter(|known| (known.size, known.changed) == (size, changed));
            let known = match known {
                Some(known) => known,
                None => Fingerprint { size, changed, blake3: digest(&path)? },
            };
            files.insert(name.clone(), known);
        }
        self.files = files;
        Ok(())
    }
}

/// Size and time of last change.
fn look(path: &Path) -> std::io::Result<(u64, (u64, u32))> {
    let found = fs::metadata(path)?;
    let since = found.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((found.len(), (since.as_secs(), since.subsec_nanos())))
}

fn digest(path: &Path) -> std::io::Result<String> {
    Ok(disk::digest(path)?.to_hex().to_string())
}

pub fn is_being_written(folder: &Path) -> bool {
    folder.join(UPDATING).exists()
}

/// Says that an update has begun, until [`Manifest::write`].
pub fn begin(folder: &Path) -> Result<(), Trouble> {
    File::create(folder.join(UPDATING))?;
    Ok(())
}

/// The update had nothing to do, and what a former one left is whole.
pub fn end(folder: &Path) -> Result<(), Trouble> {
    match fs::remove_file(folder.join(UPDATING)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
