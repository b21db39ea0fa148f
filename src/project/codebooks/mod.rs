//! Codebooks: TOML that people edit by hand, and the journal, kept in step.
//!
//! An entry is its `id`. What this machine last saw in step is the *base*, kept in its state folder.
//! Field by field: where the file differs from the base a hand edited it, which is shown at once and
//! journalled at the next write; else the journal holds and the file is written anew. An entry missing
//! from a file is put back; to be rid of a code, retire it. The files themselves are read and written by
//! `file`; what hands typed as names and labels there becomes ids in `references`.

mod file;
mod references;

pub(super) use file::Entry;

use super::Project;
use crate::codebook::is_book;
use crate::diagnostic::{Diagnostic, Fault, Result, Severity};
use crate::disk;
use crate::history::{Fields, OVERLAY, Operation, Record};
use crate::id::{Id, Kind};
use file::{SHELVES, book_of, differences, read_book, shown};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

#[derive(Debug, Default)]
pub(super) struct Books {
    /// What hands did to the files and the journal does not know yet.
    pending: Vec<(Kind, Id, Fields, bool)>,
    /// Files that cannot be read.
    broken: BTreeMap<String, Fault>,
}

/// What hands did to an entry of a codebook file and the journal does not know yet.
#[derive(Debug, Clone, PartialEq)]
pub struct HandEdit {
    pub kind: Kind,
    pub id: Id,
    /// The fields as the file has them; `null` where it took one away.
    pub fields: Fields,
}

/// What entries said when files and journal were last in step on this machine.
type Base = BTreeMap<Id, Fields>;

/// A code or component that is here, as its codebook should show it.
pub(super) struct Shelved {
    pub kind: Kind,
    pub id: Id,
    pub book: String,
    pub fields: Fields,
}

impl Project {
    /// What hands did to the codebook files and nobody journalled yet.
    pub fn hand_edits(&self) -> Vec<HandEdit> {
        let edits = self.books.pending.iter();
        edits.map(|(kind, id, fields, _)| HandEdit { kind: *kind, id: *id, fields: fields.clone() }).collect()
    }

    pub(super) fn books_folder(&self) -> PathBuf {
        self.root.join("codebooks")
    }

    fn book_files(&self) -> Vec<(String, PathBuf)> {
        let Ok(entries) = std::fs::read_dir(self.books_folder()) else { return Vec::new() };
        let mut files: Vec<(String, PathBuf)> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
            .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
            .collect();
        files.sort();
        files
    }

    /// Compares the files with the journal and lays what hands did over the state.
    pub(super) fn note_hand_edits(&mut self) {
        let mut books = Books::default();
        self.books_read = self.book_prints();
        let base = self.base();
        let mut entries = Vec::new();
        for (book, path) in self.book_files() {
            match read_book(&book, &path) {
                Ok(read) => entries.extend(read),
                Err(fault) => drop(books.broken.insert(book, fault)),
            }
        }
        let (entries, unsettled) = references::settle(entries, self);
        books.broken.extend(unsettled);
        let as_warning = |fault: &Fault| Diagnostic { severity: Severity::Warning, ..*fault.0.clone() };
        self.troubles.extend(books.broken.values().map(as_warning));
        let mut seen = BTreeSet::new();
        for entry in self.without_copies(entries) {
            let id = entry.id.unwrap_or_else(|| self.derived(&entry));
            if seen.insert(id) {
                books.pending.extend(self.compare(id, entry, base.get(&id)));
            }
        }
        let records = self.labelled_records(&books.pending, self.surroundings.coder.as_deref().unwrap_or("hand"));
        self.books = books;
        if !records.is_empty() {
            self.overlay(records);
        }
    }

    /// Entries of all codebook files that can be read.
    pub(super) fn book_entries(&self) -> Vec<Entry> {
        let entries =
            self.book_files().iter().filter_map(|(book, path)| read_book(book, path).ok()).flatten().collect();
        references::settle(entries, self).0
    }

    /// What the codebook files should show.
    pub(super) fn shelved(&self) -> Vec<Shelved> {
        let of_kind = |kind: Kind| {
            self.state.of_kind(kind).map(move |(id, entity)| {
                let fields = entity.fields();
                Shelved { kind, id, book: book_of(kind, &fields), fields: shown(kind, &fields) }
            })
        };
        SHELVES.iter().flat_map(|(kind, ..)| of_kind(*kind)).collect()
    }

    /// The id of an entry typed without one follows from its name, so that two machines agree on it; a
    /// name that another entry bore before gets the next free one.
    fn derived(&self, entry: &Entry) -> Id {
        let name = entry.fields.get("name").and_then(Value::as_str).unwrap_or_default();
        let id = |salt: u32| {
            let salt = if salt == 0 { Vec::new() } else { salt.to_le_bytes().to_vec() };
            let project = self.settings.project;
            Id::derived([project.as_bytes().as_slice(), entry.kind.word().as_bytes(), name.as_bytes(), &salt])
        };
        let taken = |id: Id| {
            let held = self.state.entity(id).map(|entity| entity.fields());
            held.is_some_and(|fields| fields.get("name").and_then(Value::as_str) != Some(name))
        };
        let mut salt = 0;
        while taken(id(salt)) {
            salt += 1;
        }
        id(salt)
    }

    /// Content of each codebook file, as a hash.
    pub(super) fn book_prints(&self) -> BTreeMap<PathBuf, [u8; 32]> {
        let files = self.book_files().into_iter();
        files
            .filter_map(|(_, path)| Some((path.clone(), *blake3::hash(&std::fs::read(path).ok()?).as_bytes())))
            .collect()
    }

    fn base_file(&self) -> PathBuf {
        self.homes.state.join("codebooks-in-step.json")
    }

    fn base(&self) -> Base {
        std::fs::read(self.base_file()).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    fn keep_base(&self) -> Result<()> {
        let mut base = Base::new();
        for (kind, ..) in SHELVES {
            base.extend(self.state.of_kind(*kind).map(|(id, entity)| (id, shown(*kind, &entity.fields()))));
        }
        if base == self.base() {
            return Ok(());
        }
        disk::make_private_folder(&self.homes.state)?;
        disk::replace_unsynced(&self.base_file(), &serde_json::to_vec(&base).unwrap_or_default())
    }

    /// Pending edits as records; what is new gets a label of this tag.
    fn labelled_records(&self, pending: &[(Kind, Id, Fields, bool)], tag: &str) -> Vec<Record> {
        let mut numbers: BTreeMap<Kind, u32> = BTreeMap::new();
        pending
            .iter()
            .map(|(kind, id, fields, fresh)| {
                let label = fresh.then(|| {
                    let next = numbers.entry(*kind).or_insert_with(|| self.state.next_number(*kind, tag));
                    *next += 1;
                    crate::id::Label::new(*kind, *next - 1, tag)
                });
                Record::put(*kind, *id, label, fields)
            })
            .collect()
    }

    /// Where two files hold one entry, the second is a sync client's copy: shown, never picked.
    fn without_copies(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        let home = |id: Id, state: &crate::history::State| {
            state.entity(id).and_then(|entity| Some(entity.fields().get("book")?.as_str()?.to_owned()))
        };
        let mut kept: Vec<Entry> = Vec::new();
        let mut copies = BTreeSet::new();
        for entry in entries {
            let owner = match (entry.id, entry.kind) {
                (Some(id), Kind::Code) => home(id, &self.state).unwrap_or_else(|| entry.book.clone()),
                (Some(_), _) => "components".to_owned(),
                (None, _) => entry.book.clone(),
            };
            let twin = entry.id.is_some() && kept.iter().any(|other| other.id == entry.id && other.book != entry.book);
            if (entry.book == owner && !twin) || (entry.id.is_none()) {
                kept.push(entry);
            } else {
                copies.insert(entry.book);
            }
        }
        for copy in copies {
            self.troubles.push(
                Diagnostic::warning(
                    "codebook-copy",
                    format!("codebooks/{copy}.toml repeats entries of another codebook: a sync client's copy?"),
                )
                .hint("carry over what you want by hand, then delete the copy"),
            );
        }
        kept
    }

    /// What of an entry is news: `None` where file and journal agree or only the journal moved on.
    fn compare(&self, id: Id, entry: Entry, base: Option<&Fields>) -> Option<(Kind, Id, Fields, bool)> {
        let Entry { kind, book, mut fields, .. } = entry;
        let Some(entity) = self.state.entity(id) else {
            if kind == Kind::Code {
                fields.insert("book".to_owned(), book.into());
            }
            return Some((kind, id, fields, true));
        };
        let held = shown(kind, &entity.fields());
        let unmoved = match base {
            Some(base) => *base == fields,
            // Nothing is known of before: what the entry once was is taken for an older copy.
            None => entity.revisions().iter().any(|revision| shown(kind, revision) == fields),
        };
        if unmoved || (entity.is_here() && held == fields) {
            return None;
        }
        if !entity.is_here() {
            fields.insert("gone".to_owned(), Value::Null);
            return Some((kind, id, fields, true));
        }
        let edits = differences(base.unwrap_or(&held), &fields);
        let news: Fields =
            edits.into_iter().filter(|(name, value)| held.get(name).unwrap_or(&Value::Null) != value).collect();
        (!news.is_empty()).then_some((kind, id, news, false))
    }

    /// Adds records to the state in memory only.
    fn overlay(&mut self, records: Vec<Record>) {
        let operation = Operation {
            id: Id::derived([OVERLAY.as_bytes()]),
            stream: OVERLAY.to_owned(),
            lamport: self.state.lamport() + 1,
            time: String::new(),
            by: String::new(),
            act: "codebook edited by hand".to_owned(),
            // Whoever edited the files had all this before their eyes: that is no conflict.
            after: self.state.heads().iter().map(ToString::to_string).collect(),
            prev: String::new(),
            records,
            hash: String::new(),
        };
        self.state.lay_over(vec![operation]);
    }

    /// Journals what hands did, as an operation of its own. The caller holds the lock.
    pub(super) fn keep_hand_edits(&mut self, tag: &str) -> Result<()> {
        if self.books.pending.is_empty() {
            return Ok(());
        }
        // The overlay is taken off by folding the journal alone.
        self.fold_journal()?;
        let pending = std::mem::take(&mut self.books.pending);
        let records = self.labelled_records(&pending, tag);
        // What fails after the line is safe is said by the write that follows.
        drop(self.append("codebook edited by hand", tag, records)?);
        self.write_codebooks()
    }

    /// A codebook that cannot be read must not be written over.
    pub(super) fn refuse_broken_books(&self, records: &[Record]) -> Result<()> {
        let touches = records.iter().any(|record| match record {
            Record::Put { put, .. } => SHELVES.iter().any(|(kind, ..)| kind == put),
            Record::Undo { .. } => true,
            Record::Purge { .. } => false,
        });
        match self.books.broken.values().next() {
            Some(fault) if touches => Err(fault.clone().hint("mend the file first; nothing was changed")),
            _ => Ok(()),
        }
    }

    /// Brings every codebook file in step with the state. Comments and order in the files survive.
    pub(super) fn write_codebooks(&self) -> Result<()> {
        let mut shelves: BTreeMap<String, Vec<(Kind, Id, Fields)>> = BTreeMap::new();
        for (kind, ..) in SHELVES {
            for (id, entity) in self.state.ever(*kind) {
                let fields = entity.fields();
                let book = book_of(*kind, &fields);
                let here = entity.is_here();
                shelves.entry(book).or_default().push((
                    *kind,
                    id,
                    if here { shown(*kind, &fields) } else { Fields::new() },
                ));
            }
        }
        for (book, entries) in shelves {
            if !self.books.broken.contains_key(&book) && is_book(&book) {
                self.write_book(&book, &entries)?;
            }
        }
        self.keep_base()
    }
}
