//! What is worked out from texts alone and kept in the cache, shard by shard: a text version never changes.
//!
//! One file for each sort of thing ([`OfShard`]), in which an entry bears the marks of the files it was worked out
//! from: length and time of the last change. What is missing or marked otherwise is worked out again when the file is
//! opened, and what is damaged when it is read. Nothing in these files is words.

use super::Project;
use super::texts::Shard;
use crate::diagnostic::{Fault, Result};
use crate::disk;
use crate::document::Document;
use crate::shelf::{Builder, Damaged, Shelf};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Something that follows from one shard of a text version and nothing else.
pub trait OfShard: Serialize + DeserializeOwned {
    /// Of its file; another number where it comes to be worked out otherwise.
    const NAME: &'static str;

    fn of(shard: &Shard) -> Self;
}

/// Length and time of the last change of a file.
type Mark = (u64, u128);

/// Name of a text version, and number of a shard.
type Key = (String, usize);

#[derive(Debug, Default, Serialize, Deserialize)]
struct Note {
    maker: String,
    /// The marks of text and units.
    marks: BTreeMap<Key, [Mark; 2]>,
}

/// Such things of all texts of a project.
#[derive(Debug)]
pub struct Kept<T> {
    shelf: Shelf,
    marks: BTreeMap<Key, [Mark; 2]>,
    sort: PhantomData<T>,
}

fn bytes_of(key: &Key) -> Vec<u8> {
    [key.0.as_bytes(), b".", &(key.1 as u64).to_be_bytes()].concat()
}

fn mark(path: &Path) -> Option<Mark> {
    let data = std::fs::metadata(path).ok()?;
    let changed = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Some((data.len(), changed.map_or(0, |time| time.as_nanos())))
}

impl Project {
    /// Where these files lie.
    pub(super) fn kept_folder(&self) -> PathBuf {
        self.homes.cache.join("texts")
    }

    /// What is kept of the texts in force of these documents, brought up to date.
    ///
    /// Faults: those of reading a text.
    pub fn kept<T: OfShard>(&self, documents: &[Document]) -> Result<Kept<T>> {
        let marks = self.marks(documents);
        let path = self.kept_folder().join(T::NAME);
        let held = disk::Pages::open(&path).ok().and_then(|pages| Shelf::open(Box::new(pages)).ok());
        let held = held.and_then(|shelf| {
            let note: Note = postcard::from_bytes(shelf.note()).ok()?;
            (note.maker == maker::<T>()).then_some((shelf, note.marks))
        });
        let (shelf, marks) = match held {
            Some((shelf, has)) if marks.iter().all(|(key, mark)| has.get(key) == Some(mark)) => (shelf, marks),
            held => (self.make::<T>(documents, &marks, held.as_ref(), &path)?, marks),
        };
        Ok(Kept { shelf, marks, sort: PhantomData })
    }

    /// The shards that are on this computer.
    fn marks(&self, documents: &[Document]) -> BTreeMap<Key, [Mark; 2]> {
        let folder = self.text_folder();
        let mut marks = BTreeMap::new();
        for document in documents {
            let Some((files, version)) = Self::files(&folder, document, &document.version) else { continue };
            for shard in 0..version.shards {
                if let (Some(text), Some(units)) = (mark(&files.text(shard)), mark(&files.units(shard))) {
                    marks.insert((document.version.clone(), shard), [text, units]);
                }
            }
        }
        marks
    }

    /// Makes the file, with what of a former one still holds.
    fn make<T: OfShard>(
        &self,
        documents: &[Document],
        marks: &BTreeMap<Key, [Mark; 2]>,
        former: Option<&(Shelf, BTreeMap<Key, [Mark; 2]>)>,
        path: &Path,
    ) -> Result<Shelf> {
        let by_version: BTreeMap<&str, &Document> = documents.iter().map(|one| (one.version.as_str(), one)).collect();
        let value = |key: &Key, mark: &[Mark; 2]| -> Result<Option<Vec<u8>>> {
            let former = former.filter(|(_, marks)| marks.get(key) == Some(mark));
            if let Some(Ok(Some(value))) = former.map(|(shelf, _)| shelf.get(0, &bytes_of(key))) {
                return Ok(Some(value));
            }
            let Some(document) = by_version.get(key.0.as_str()) else { return Ok(None) };
            let shard = self.read_shard(document, &key.0, key.1)?;
            Ok(shard.and_then(|shard| postcard::to_allocvec(&T::of(&shard)).ok()))
        };
        let fill = |out: &mut dyn io::Write, trouble: &mut Option<Fault>| -> io::Result<()> {
            let mut builder = Builder::new(out)?;
            builder.row()?;
            let mut kept = BTreeMap::new();
            for (key, mark) in marks {
                match value(key, mark) {
                    Ok(Some(value)) => {
                        builder.push(&bytes_of(key), &value)?;
                        kept.insert(key.clone(), *mark);
                    }
                    Ok(None) => {}
                    Err(fault) => {
                        *trouble = Some(fault);
                        return Err(io::ErrorKind::Interrupted.into());
                    }
                }
            }
            let note = Note { maker: maker::<T>(), marks: kept };
            builder.finish(postcard::to_allocvec(&note).map_err(io::Error::other)?)
        };
        let mut trouble = None;
        let built = disk::make_private_folder(&self.kept_folder()).is_ok()
            && disk::build(path, |out| fill(out, &mut trouble)).is_ok();
        let opened = built.then(|| Shelf::open(Box::new(disk::Pages::open(path).ok()?)).ok()).flatten();
        if let Some(shelf) = opened {
            return Ok(shelf);
        }
        // Where it cannot be kept it is held.
        let mut bytes = Vec::new();
        if trouble.is_none() {
            let _ = fill(&mut bytes, &mut trouble);
        }
        match trouble {
            Some(fault) => Err(fault),
            None => Ok(Shelf::open(Box::new(bytes)).unwrap_or_else(|Damaged| unreachable!("memory is not damaged"))),
        }
    }

    /// What is kept of a shard of a document's text in force; `None` where its files are not on this computer.
    ///
    /// Faults: those of reading the text, where what was kept is damaged.
    pub fn kept_of<T: OfShard>(&self, kept: &Kept<T>, document: &Document, shard: usize) -> Result<Option<T>> {
        let key = (document.version.clone(), shard);
        if !kept.marks.contains_key(&key) {
            return Ok(None);
        }
        if let Ok(Some(bytes)) = kept.shelf.get(0, &bytes_of(&key))
            && let Ok(found) = postcard::from_bytes(&bytes)
        {
            return Ok(Some(found));
        }
        // Made again when it is next opened.
        let _ = disk::remove(&self.kept_folder().join(T::NAME));
        Ok(self.read_shard(document, &key.0, shard)?.map(|shard| T::of(&shard)))
    }
}

/// A file of another version of this program is not read.
fn maker<T: OfShard>() -> String {
    format!("{} {}", env!("CARGO_PKG_VERSION"), T::NAME)
}
