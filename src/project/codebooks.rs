//! Codebooks: TOML that people edit by hand, and the journal, kept in step.
//!
//! An entry is its `id`. What this machine last saw in step is the *base*, kept in its state folder.
//! Field by field: where the file differs from the base a hand edited it, which is shown at once and
//! journalled at the next write; else the journal holds and the file is written anew. An entry missing
//! from a file is put back; to be rid of a code, retire it.

use super::Project;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::disk;
use crate::history::{Fields, OVERLAY, Operation, Record};
use crate::id::{Id, Kind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

/// Kinds kept in codebooks: the name of their tables, and the fields a file shows, in order.
const SHELVES: &[(Kind, &str, &[&str])] = &[
    (Kind::Code, "code", &["name", "parent", "kind", "definition", "include", "exclude", "retired"]),
    (Kind::Component, "component", &["name", "description", "order", "retired"]),
];

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

/// An entry of a codebook file.
#[derive(Debug)]
pub(super) struct Entry {
    kind: Kind,
    pub(super) book: String,
    pub(super) id: Option<Id>,
    pub(super) fields: Fields,
}

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
                Err(fault) => {
                    self.troubles
                        .push(Diagnostic { severity: crate::diagnostic::Severity::Warning, ..*fault.0.clone() });
                    books.broken.insert(book, fault);
                }
            }
        }
        name_parents(&mut entries, self);
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
        let mut entries: Vec<Entry> =
            self.book_files().iter().filter_map(|(book, path)| read_book(book, path).ok()).flatten().collect();
        name_parents(&mut entries, self);
        entries
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
            if !self.books.broken.contains_key(&book) && is_safe(&book) {
                self.write_book(&book, &entries)?;
            }
        }
        self.keep_base()
    }

    fn write_book(&self, book: &str, entries: &[(Kind, Id, Fields)]) -> Result<()> {
        let path = self.books_folder().join(format!("{book}.toml"));
        let old = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Fault::io("read", &path, &error)),
        };
        let mut document: DocumentMut =
            old.parse().map_err(|_| fault("bad-toml", format!("codebooks/{book}.toml cannot be read")))?;
        for (kind, id, fields) in entries {
            self.write_entry(&mut document, *kind, *id, fields);
        }
        let new = document.to_string();
        if new == old || (old.is_empty() && new.trim().is_empty()) {
            return Ok(());
        }
        disk::make_folder(&self.books_folder())?;
        disk::replace(&path, new.as_bytes())
    }

    fn write_entry(&self, document: &mut DocumentMut, kind: Kind, id: Id, fields: &Fields) {
        let Some((_, name, order)) = SHELVES.iter().find(|(one, ..)| *one == kind) else { return };
        let tables = document.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(tables) = tables.as_array_of_tables_mut() else { return };
        let wanted = id.to_string();
        let holds = |table: &Table| match table.get("id").and_then(Item::as_str) {
            Some(there) => there == wanted,
            None => table.get("name").and_then(Item::as_str).map(Value::from) == fields.get("name").cloned(),
        };
        let at = tables.iter().position(holds);
        if fields.is_empty() {
            if let Some(at) = at {
                tables.remove(at);
            }
            return;
        }
        let at = at.unwrap_or_else(|| {
            tables.push(Table::new());
            tables.len() - 1
        });
        if let Some(table) = tables.get_mut(at) {
            set_text(table, "id", &wanted);
            set_text(table, "label", &self.label(id));
            for field in *order {
                set_field(table, field, fields.get(*field));
            }
        }
    }
}

/// The file an entry belongs in.
fn book_of(kind: Kind, fields: &Fields) -> String {
    match kind {
        Kind::Code => fields.get("book").and_then(Value::as_str).unwrap_or("codes").to_owned(),
        _ => "components".to_owned(),
    }
}

fn is_safe(book: &str) -> bool {
    !book.is_empty() && book.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn set_text(table: &mut Table, key: &str, text: &str) {
    if table.get(key).and_then(Item::as_str) != Some(text) {
        table.insert(key, toml_edit::value(text));
    }
}

fn set_field(table: &mut Table, key: &str, value: Option<&Value>) {
    match value {
        Some(Value::String(text)) => set_text(table, key, text),
        Some(Value::Number(number)) => {
            if table.get(key).and_then(Item::as_integer) != number.as_i64() {
                table.insert(key, toml_edit::value(number.as_i64().unwrap_or_default()));
            }
        }
        Some(Value::Bool(true)) => {
            if table.get(key).and_then(Item::as_bool) != Some(true) {
                table.insert(key, toml_edit::value(true));
            }
        }
        _ => {
            table.remove(key);
        }
    }
}

/// The fields a file shows, with defaults left out so that two ways to say one thing compare equal.
fn shown(kind: Kind, fields: &Fields) -> Fields {
    let order = SHELVES.iter().find(|(one, ..)| *one == kind).map_or(&[][..], |(.., order)| *order);
    let plain = |field: &str, value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty() || (field == "kind" && text == "descriptive"),
        _ => false,
    };
    order
        .iter()
        .filter_map(|field| Some(((*field).to_owned(), fields.get(*field)?.clone())))
        .filter(|(field, value)| !plain(field, value))
        .collect()
}

/// What to set so that `old` becomes `new`; a field taken away is set to null.
fn differences(old: &Fields, new: &Fields) -> Fields {
    let changed = new.iter().filter(|(name, value)| old.get(*name) != Some(value));
    let mut changes: Fields = changed.map(|(name, value)| (name.clone(), value.clone())).collect();
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        changes.insert(name.clone(), Value::Null);
    }
    changes
}

fn read_book(book: &str, path: &std::path::Path) -> Result<Vec<Entry>> {
    let text = std::fs::read_to_string(path).map_err(|error| Fault::io("read", path, &error))?;
    // What git makes of the line ends of a definition is no edit.
    let text = text.replace("\r\n", "\n");
    let file = format!("codebooks/{book}.toml");
    let table: toml::Table = toml::from_str(&text).map_err(|error| super::settings::misread(&text, &error, &file))?;
    let mut entries = Vec::new();
    for (kind, name, _) in SHELVES {
        let Some(tables) = table.get(*name).and_then(toml::Value::as_array) else { continue };
        for (number, one) in tables.iter().enumerate() {
            entries.push(read_entry(*kind, book, one).map_err(|what| {
                fault("bad-codebook", format!("entry {} of [[{name}]] {what}", number + 1)).in_file(file.clone())
            })?);
        }
    }
    Ok(entries)
}

fn read_entry(kind: Kind, book: &str, entry: &toml::Value) -> Result<Entry, String> {
    let table = entry.as_table().ok_or("is no table")?;
    let id = match table.get("id").and_then(toml::Value::as_str) {
        Some(text) => Some(text.parse::<Id>().map_err(|_| format!("has an id that is none: '{text}'"))?),
        None => None,
    };
    let mut fields = Fields::new();
    for (name, value) in table {
        fields.insert(name.clone(), serde_json::to_value(value).unwrap_or(Value::Null));
    }
    if fields.get("name").and_then(Value::as_str).is_none_or(|name| name.trim().is_empty()) {
        return Err("has no name".to_owned());
    }
    if let Some(word) = fields.get("kind").and_then(Value::as_str).filter(|_| kind == Kind::Code) {
        word.parse::<crate::codebook::CodeKind>().map_err(|fault| fault.to_string())?;
    }
    Ok(Entry { kind, book: book.to_owned(), id, fields: shown(kind, &fields) })
}

/// A parent may be typed by its name.
fn name_parents(entries: &mut [Entry], project: &Project) {
    let by_name: BTreeMap<String, Id> = entries
        .iter()
        .filter(|entry| entry.kind == Kind::Code)
        .filter_map(|entry| {
            let name = entry.fields.get("name")?.as_str()?.to_owned();
            Some((name, entry.id.unwrap_or_else(|| project.derived(entry))))
        })
        .collect();
    for entry in entries {
        let Some(parent) = entry.fields.get("parent").and_then(Value::as_str) else { continue };
        if parent.parse::<Id>().is_err()
            && let Some(id) = by_name.get(parent)
        {
            entry.fields.insert("parent".to_owned(), id.to_string().into());
        }
    }
}
