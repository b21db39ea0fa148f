//! Bringing the index up to date: one process at a time, reading only texts that are new.

use super::manifest::{self, Entry, Manifest, Speakers, Trust};
use super::schema::{self, Fields};
use super::terms::Stems;
use super::{Index, Key, Opened, Trouble, guarded};
use crate::diagnostic::{Fault, Result, fault};
use crate::document::{Header, Unit};
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::Path;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{IndexWriter, Term};

/// Bytes of postings gathered in memory before a segment is written.
const BUDGET: usize = 100_000_000;
/// A segment with more of its units deleted than this is written anew when there is writing to do.
const MOST_DELETED: f32 = 0.3;

/// One file of text, as `load` hands it over; `None` where it is not on this computer.
pub type Loaded = Option<(Header, String, Vec<Unit>)>;

type Load<'l> = dyn FnMut(&Key, usize) -> Result<Loaded> + 'l;
type Progress<'p> = dyn Fn(usize, usize) + 'p;

impl Index {
    /// Makes the index hold exactly the wanted texts, and opens it. Texts it holds already are not
    /// read again. An index that is absent, old or damaged is built from nothing. Waits for
    /// another process that is updating.
    ///
    /// `load` gives the text of a shard; one that is not there is left out and asked for again next
    /// time. `progress` hears how many of how many shards are done.
    pub fn update(folder: &Path, wanted: &[Key], load: &mut Load, progress: &Progress) -> Result<Index> {
        fs::create_dir_all(folder).map_err(|error| Fault::io("make the folder", folder, &error))?;
        let _lock = lock(folder)?;
        let trust = if manifest::is_being_written(folder) { Trust::Nothing } else { Trust::Small };
        let mut work = Work { folder, wanted, load, progress };
        let known = match Index::open_with(folder, trust) {
            Opened::Ready(index) if index.is_current(wanted) => {
                manifest::end(folder).map_err(Trouble::into_fault)?;
                return Ok(index);
            }
            Opened::Ready(index) => Some(index.manifest),
            Opened::Absent | Opened::Unfit(_) => None,
        };
        if let Some(known) = known {
            match work.write(known) {
                Err(Trouble::Damage(_)) => {}
                done => return done.map_err(Trouble::into_fault),
            }
        }
        let fresh = Manifest::of(free_generation(folder));
        work.write(fresh).map_err(|trouble| match trouble {
            Trouble::Fault(fault) => fault,
            Trouble::Damage(reason) => fault("index-unwritable", format!("cannot write the search index: {reason}"))
                .hint("see that there is space and permission in the cache folder"),
        })
    }

    /// Throws the index away; the next update builds it from nothing.
    pub fn discard(folder: &Path) -> Result<()> {
        let _lock = lock(folder)?;
        let all = fs::read_dir(folder).map_err(|error| Fault::io("read", folder, &error))?;
        for path in all.flatten().map(|found| found.path()).filter(|path| !path.ends_with(LOCK)) {
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|error| Fault::io("remove", &path, &error))?;
        }
        Ok(())
    }
}

const LOCK: &str = "update.lock";

/// Held until dropped; the system lets go of it when a process dies.
fn lock(folder: &Path) -> Result<File> {
    let path = folder.join(LOCK);
    let io = |error: std::io::Error| Fault::io("lock", &path, &error);
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io)?;
    // On a file system without locks go on: the index is a cache, and tantivy has a lock of its own.
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        file.lock().map_err(io)?;
    }
    Ok(file)
}

/// One above every generation there is, so that nothing in use is written over.
fn free_generation(folder: &Path) -> u64 {
    generations(folder).into_iter().map(|(number, _)| number + 1).max().unwrap_or(1)
}

fn generations(folder: &Path) -> Vec<(u64, std::path::PathBuf)> {
    let number = |path: &Path| path.file_name()?.to_str()?.strip_prefix('g')?.parse().ok();
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    found.filter_map(|found| Some((number(&found.path())?, found.path()))).collect()
}

struct Work<'w> {
    folder: &'w Path,
    wanted: &'w [Key],
    load: &'w mut Load<'w>,
    progress: &'w Progress<'w>,
}

impl Work<'_> {
    fn write(&mut self, mut manifest: Manifest) -> Result<Index, Trouble> {
        manifest::begin(self.folder)?;
        let home = manifest.generation_in(self.folder);
        let is_new = manifest.files.is_empty();
        guarded(|| {
            let fields = Fields::new();
            let index = if is_new {
                fs::create_dir_all(&home)?;
                fields.create(&home)?
            } else {
                let mut index = tantivy::Index::open_in_dir(&home)?;
                index.set_tokenizers(schema::tokenizers());
                index
            };
            let mut writer: IndexWriter = index.writer_with_num_threads(1, BUDGET)?;
            let mut policy = LogMergePolicy::default();
            policy.set_del_docs_ratio_before_merge(MOST_DELETED);
            writer.set_merge_policy(Box::new(policy));
            for ordinal in manifest.drop_unwanted(self.wanted) {
                writer.delete_term(Term::from_field_u64(fields.entry, ordinal));
            }
            self.add(&mut manifest, &fields, &writer)?;
            writer.commit()?;
            writer.wait_merging_threads()?;
            if is_new && !index.validate_checksum()?.is_empty() {
                return Err(Trouble::Damage("what was written cannot be read back".to_owned()));
            }
            manifest.fingerprint(self.folder, &files(&index, &home)?)
        })?;
        manifest.write(self.folder)?;
        self.clear(&manifest);
        match Index::open_with(self.folder, Trust::Times) {
            Opened::Ready(index) => Ok(index),
            Opened::Absent => Err(Trouble::Damage("it is gone".to_owned())),
            Opened::Unfit(reason) => Err(Trouble::Damage(reason)),
        }
    }

    fn add(&mut self, manifest: &mut Manifest, fields: &Fields, writer: &IndexWriter) -> Result<(), Trouble> {
        let mut stems = Stems::new();
        let mut speakers = Speakers::new();
        let missing = manifest.missing(self.wanted);
        for (done, (key, shard)) in missing.iter().enumerate() {
            (self.progress)(done, missing.len());
            let Some((header, text, units)) = (self.load)(key, *shard)? else { continue };
            speakers.insert(key.document, header.speakers);
            let ordinal = manifest.next;
            let mut words = 0;
            for unit in &units {
                let (passage, count) = fields.passage(ordinal, unit, &text, key.language, &mut stems)?;
                writer.add_document(passage)?;
                words += count;
            }
            manifest.next += 1;
            manifest.entries.push(Entry {
                document: key.document,
                version: key.version.clone(),
                shard: *shard,
                ordinal,
                units: units.len() as u64,
                words,
                language: key.language,
            });
        }
        (self.progress)(missing.len(), missing.len());
        manifest.add_speakers(speakers)
    }

    /// Removes other generations as far as they are not in use.
    fn clear(&self, manifest: &Manifest) {
        for (_, path) in generations(self.folder).into_iter().filter(|(number, _)| *number != manifest.generation) {
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// The files that make up the index as it stands.
fn files(index: &tantivy::Index, home: &Path) -> Result<BTreeSet<String>, Trouble> {
    let segments = index.load_metas()?.list_segment_files();
    let mut files: BTreeSet<String> = segments
        .into_iter()
        .filter(|path| home.join(path).exists())
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    files.insert("meta.json".to_owned());
    Ok(files)
}
