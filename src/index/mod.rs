//! The search index: which units of which texts hold which words. The only user of tantivy.
//!
//! It is a cache. No text is stored in it (a hit is a document and a unit's number; the caller reads
//! the words from the version files), but it holds the words of confidential texts and so belongs in
//! the user's cache folder. It is absent, unfit or ready ([`Index::open`]); [`Index::update`] makes
//! it ready, reading only what changed. Whatever is wrong with it is cured by building it again.
//!
//! tantivy keeps terms, postings and positions; matching and scoring are done here (`search`),
//! because its scores and the order of its sums depend on how the index happened to be built, and
//! the same texts must give the same hits, scores and order however they came in.

mod close;
mod extent;
mod highlight;
mod keys;
mod manifest;
mod matching;
mod places;
mod plan;
mod positions;
mod schema;
mod search;
mod segment;
mod sought;
mod terms;
mod update;

pub use highlight::highlights;
pub use keys::Keys;
pub use places::Place;
pub use search::{Hit, Hits, Order};
pub use sought::{Run, spans};
pub use terms::{Stems, exact};
pub use update::Loaded;

use crate::diagnostic::{Fault, fault};
use crate::document::Speaker;
use crate::id::Id;
use crate::language::Language;
use manifest::{Manifest, Unread};
use segment::Segment;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What a project holds of one document: the version in force, how many files it is cut into, and the
/// language by whose rules its words are stemmed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    pub document: Id,
    pub version: String,
    pub shards: usize,
    pub language: Language,
}

/// What was found where the index should be.
pub enum Opened {
    Ready(Index),
    Absent,
    /// It cannot be used, for this reason; [`Index::update`] builds it again.
    Unfit(String),
}

/// What came of reading every file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Soundness {
    Absent,
    Sound {
        files: usize,
        /// Files of text in it.
        texts: usize,
    },
    Unfit(String),
}

/// An open index. It shows what was there when it was opened, whatever is written meanwhile.
pub struct Index {
    manifest: Manifest,
    segments: Vec<Segment>,
    /// In order.
    documents: Vec<Id>,
    /// By ordinal of an entry of the manifest: where its document stands in `documents`.
    ranks: Vec<Option<u32>>,
    /// Of its texts.
    languages: BTreeSet<Language>,
}

impl Index {
    /// Opens what is there, if it is what was written: a bit that turned must not give a wrong answer. An
    /// index of more than 32 MiB is read only where size or time of a file differ from when it was
    /// written, or the last update was cut short; [`Index::examine`] reads it all.
    pub fn open(folder: &Path) -> Opened {
        if manifest::is_being_written(folder) {
            return Opened::Unfit("its last update was cut short or is still under way".to_owned());
        }
        Self::open_with(folder, manifest::Trust::Small)
    }

    /// Reads every file of what is there.
    pub fn examine(folder: &Path) -> Soundness {
        if manifest::is_being_written(folder) {
            return Soundness::Unfit("its last update was cut short or is still under way".to_owned());
        }
        let manifest = match Manifest::read(folder) {
            Ok(manifest) => manifest,
            Err(Unread::Absent) => return Soundness::Absent,
            Err(Unread::Unfit(reason)) => return Soundness::Unfit(reason),
        };
        match manifest.check_files(folder, manifest::Trust::Nothing) {
            Ok(()) => Soundness::Sound { files: manifest.files.len(), texts: manifest.entries.len() },
            Err(reason) => Soundness::Unfit(reason),
        }
    }

    fn open_with(folder: &Path, trust: manifest::Trust) -> Opened {
        let manifest = match Manifest::read(folder) {
            Ok(manifest) => manifest,
            Err(Unread::Absent) => return Opened::Absent,
            Err(Unread::Unfit(reason)) => return Opened::Unfit(reason),
        };
        if let Err(reason) = manifest.check_files(folder, trust) {
            return Opened::Unfit(reason);
        }
        let segments = guarded(|| {
            let index = tantivy::Index::open_in_dir(manifest.generation_in(folder))?;
            let reader = index.reader_builder().reload_policy(tantivy::ReloadPolicy::Manual).try_into()?;
            let fields = schema::Fields::new();
            reader.searcher().segment_readers().iter().map(|reader| Segment::new(reader.clone(), &fields)).collect()
        });
        // Another process may have written between the look and the opening.
        if let Err(reason) = manifest.check_files(folder, manifest::Trust::Times) {
            return Opened::Unfit(reason);
        }
        match segments {
            Ok(segments) => Opened::Ready(Self::new(manifest, segments)),
            Err(Trouble::Damage(reason)) => Opened::Unfit(reason),
            Err(Trouble::Fault(fault)) => Opened::Unfit(fault.to_string()),
        }
    }

    fn new(manifest: Manifest, segments: Vec<Segment>) -> Self {
        let mut documents: Vec<Id> = manifest.entries.iter().map(|entry| entry.document).collect();
        documents.sort_unstable();
        documents.dedup();
        let mut ranks = vec![None; usize::try_from(manifest.next).unwrap_or(0)];
        for entry in &manifest.entries {
            let rank = documents.partition_point(|document| *document < entry.document);
            if let Some(slot) = usize::try_from(entry.ordinal).ok().and_then(|at| ranks.get_mut(at)) {
                *slot = u32::try_from(rank).ok();
            }
        }
        let languages = manifest.entries.iter().map(|entry| entry.language).collect();
        Index { manifest, segments, documents, ranks, languages }
    }

    /// Puts documents in this order, for ties and for document order; by id where nothing is said.
    /// Documents not named come last.
    #[must_use]
    pub fn in_order_of(mut self, order: &[Id]) -> Self {
        let places: BTreeMap<Id, usize> = order.iter().copied().zip(0..).collect();
        let mut sorted: Vec<(usize, Id, usize)> = self
            .documents
            .iter()
            .enumerate()
            .map(|(rank, id)| (places.get(id).copied().unwrap_or(usize::MAX), *id, rank))
            .collect();
        sorted.sort_unstable();
        let mut moved = vec![0; sorted.len()];
        for (new, (_, _, old)) in sorted.iter().enumerate() {
            moved[*old] = u32::try_from(new).unwrap_or(u32::MAX);
        }
        self.documents = sorted.into_iter().map(|(_, id, _)| id).collect();
        for rank in self.ranks.iter_mut().flatten() {
            *rank = moved[*rank as usize];
        }
        self
    }

    /// It holds exactly these texts.
    pub fn is_current(&self, wanted: &[Key]) -> bool {
        let all: usize = wanted.iter().map(|key| key.shards).sum();
        all == self.manifest.entries.len() && self.manifest.missing(wanted).is_empty()
    }

    /// It holds all of this text.
    pub fn holds(&self, key: &Key) -> bool {
        self.manifest.missing(std::slice::from_ref(key)).is_empty()
    }

    /// The speakers of each document, as in its header; documents without any are left out. Fault `index-damaged`.
    pub fn speakers(&self) -> Result<BTreeMap<Id, Vec<Speaker>>, Fault> {
        self.manifest.speakers().map_err(Trouble::into_fault)
    }

    /// Units in it.
    pub fn units(&self) -> u64 {
        self.manifest.entries.iter().map(|entry| entry.units).sum()
    }

    /// Words in it.
    pub fn words(&self) -> u64 {
        self.manifest.entries.iter().map(|entry| entry.words).sum()
    }
}

/// Why something with the index did not work.
#[derive(Debug)]
enum Trouble {
    /// The index is broken, or cannot be read or written.
    Damage(String),
    /// Not the index's doing.
    Fault(Fault),
}

impl Trouble {
    /// For a caller that cannot build the index again by itself.
    fn into_fault(self) -> Fault {
        match self {
            Trouble::Fault(fault) => fault,
            Trouble::Damage(reason) => fault("index-damaged", format!("the search index is damaged: {reason}"))
                .hint("nothing of the project is lost; the index is built again by the next search"),
        }
    }
}

impl From<tantivy::TantivyError> for Trouble {
    fn from(error: tantivy::TantivyError) -> Self {
        Trouble::Damage(error.to_string())
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Trouble::Damage(error.to_string())
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Trouble::Fault(fault)
    }
}

/// The fault of an index that says what cannot be so of a text.
pub fn damaged() -> Fault {
    Trouble::Damage("it names a word that the text does not have".to_owned()).into_fault()
}

/// Runs what touches tantivy: on damaged files it may panic instead of returning an error.
fn guarded<T>(work: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    GUARDED.set(GUARDED.get() + 1);
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    GUARDED.set(GUARDED.get() - 1);
    done.unwrap_or_else(|_| Err(Trouble::Damage("reading it failed half-way".to_owned())))
}

thread_local! {
    static GUARDED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// A panic on this thread would be caught here and healed: no need to alarm anybody.
pub fn is_guarded() -> bool {
    GUARDED.get() > 0
}

#[cfg(test)]
mod tests;
