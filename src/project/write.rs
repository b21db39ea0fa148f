//! The one transaction: lock, refresh, build, make files safe, append one line, say so.

use super::moment::{Chance, now};
use super::{Project, texts};
use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::document::{Draft, Sealed, Version};
use crate::history::{Fields, Operation, Record};
use crate::id::{Id, Kind, Label};
use crate::journal;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// What an act is about to do, gathered under the lock. Nothing is visible before the operation's
/// line is on the disk.
#[derive(Debug)]
pub struct Batch<'p> {
    project: &'p Project,
    tag: String,
    chance: Chance,
    numbers: RefCell<HashMap<Kind, u32>>,
    records: Vec<Record>,
    files: disk::Batch,
}

/// What came of a write.
#[derive(Debug)]
pub struct Done<T> {
    pub answer: T,
    /// The operation, unless there was nothing to write.
    pub operation: Option<Id>,
    pub by: String,
    /// It was a dry run.
    pub rehearsal: bool,
}

impl Batch<'_> {
    /// The project as it stands under the lock.
    pub fn project(&self) -> &Project {
        self.project
    }

    /// Tag of the coder.
    pub fn coder(&self) -> &str {
        &self.tag
    }

    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// The next free label of a kind.
    pub fn label(&self, kind: Kind) -> Label {
        let mut numbers = self.numbers.borrow_mut();
        let next = numbers.entry(kind).or_insert_with(|| self.project.state.next_number(kind, &self.tag));
        let label = Label::new(kind, *next, self.tag.clone());
        *next += 1;
        label
    }

    /// Makes a thing with a label of its own.
    pub fn create(&mut self, kind: Kind, fields: &Fields) -> (Id, Label) {
        let id = self.chance.id();
        let label = self.create_as(kind, id, fields);
        (id, label)
    }

    /// The same for a thing whose id follows from its content.
    pub fn create_as(&mut self, kind: Kind, id: Id, fields: &Fields) -> Label {
        let label = self.label(kind);
        self.records.push(Record::put(kind, id, Some(label.clone()), fields));
        label
    }

    /// Sets fields of a thing that is there.
    pub fn set(&mut self, kind: Kind, id: Id, fields: &Fields) {
        if !fields.is_empty() {
            self.records.push(Record::put(kind, id, None, fields));
        }
    }

    /// Removes a thing, with the reason.
    pub fn remove(&mut self, kind: Kind, id: Id, reason: &str) {
        let fields = Fields::from_iter([("gone".to_owned(), Value::from(reason))]);
        self.records.push(Record::put(kind, id, None, &fields));
    }

    /// Takes back an operation.
    pub fn undo(&mut self, operation: Id) {
        self.records.push(Record::Undo { undo: operation });
    }

    /// Orders confidential files destroyed, here and wherever this operation is folded.
    pub fn purge(&mut self, id: Id, files: Vec<String>) {
        self.records.push(Record::Purge { purge: id, files });
    }

    /// Keeps a value that may have to be destroyed outside the journal.
    pub fn seal(&mut self, value: &Value) -> Result<Sealed> {
        let sealed = self.chance.hex(16);
        let bytes = serde_json::json!({ "value": value }).to_string();
        self.files.write_once(self.project.sealed_folder().join(format!("{sealed}.json")), bytes.as_bytes())?;
        Ok(Sealed { sealed })
    }

    /// The same under a name that follows from the value and a secret both machines hold.
    pub fn seal_with(&mut self, value: &Value, secret: &[u8]) -> Result<Sealed> {
        let key = blake3::derive_key("realist sealed name v1", secret);
        let bytes = serde_json::json!({ "value": value }).to_string();
        let sealed = blake3::keyed_hash(&key, bytes.as_bytes()).to_hex()[..16].to_owned();
        self.files.write_once(self.project.sealed_folder().join(format!("{sealed}.json")), bytes.as_bytes())?;
        Ok(Sealed { sealed })
    }

    /// Keeps a file as it was given; its name is over its content.
    pub fn keep_original(&mut self, bytes: &[u8], extension: &str) -> Result<String> {
        let extension: String = extension.to_lowercase().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let name = format!(
            "{}.{}",
            &blake3::hash(bytes).to_hex()[..16],
            if extension.is_empty() { "bin" } else { &extension }
        );
        self.files.write_once(self.project.originals_folder().join(&name), bytes)?;
        Ok(name)
    }

    /// Freezes a draft as a document's text version.
    pub fn freeze(&mut self, draft: &Draft, document: Id, number: usize) -> Result<(String, Version)> {
        texts::freeze(draft, document, &self.project.text_folder(), number, &mut self.files)
    }
}

impl Batch<'_> {
    /// Fields from JSON object syntax: `Batch::fields(json!({"name": "trust"}))`. Nulls are left out.
    pub fn fields(value: Value) -> Fields {
        match value {
            Value::Object(mut fields) => {
                fields.retain(|_, value| !value.is_null());
                fields
            }
            _ => Fields::new(),
        }
    }
}

impl Project {
    /// Does one act of a person: `build` runs under the lock on the freshest state, and what it
    /// gathers becomes one operation, whole or not at all. Returns after the operation is safe.
    pub fn write<T>(
        &mut self,
        act: &str,
        coder_needed: bool,
        build: impl FnOnce(&mut Batch<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        let tag = self.coder(coder_needed)?;
        self.check_writable()?;
        let _lock = disk::Lock::wait(&self.homes.cache.join("write.lock"))?;
        self.refresh()?;
        let rehearsal = self.surroundings.rehearsal;
        if !rehearsal {
            self.mend_tails()?;
            self.keep_hand_edits(&tag)?;
        }
        let (answer, records, files) = {
            let salt = format!("{tag} {} {}", self.state.lamport() + 1, act);
            let mut batch = Batch {
                project: self,
                tag: tag.clone(),
                chance: Chance::new(&self.surroundings, &salt),
                numbers: RefCell::default(),
                records: Vec::new(),
                files: disk::Batch::new(self.surroundings.rehearsal),
            };
            let answer = build(&mut batch)?;
            (answer, batch.records, batch.files)
        };
        if records.is_empty() || rehearsal {
            return Ok(Done { answer, operation: None, by: tag, rehearsal });
        }
        self.refuse_broken_books(&records)?;
        files.sync()?;
        let operation = self.append(act, &tag, records)?;
        self.write_codebooks()?;
        Ok(Done { answer, operation: Some(operation), by: tag, rehearsal })
    }

    /// Appends one operation and folds it. The caller holds the lock.
    pub(super) fn append(&mut self, act: &str, tag: &str, records: Vec<Record>) -> Result<Id> {
        let stream = self.stream(tag);
        let id = Chance::new(&self.surroundings, &format!("operation {tag} {}", self.state.lamport() + 1)).id();
        let own = &stream.header.stream;
        let heads = self.state.heads();
        let mut operation = Operation {
            id,
            stream: own.clone(),
            lamport: self.state.lamport() + 1,
            time: now(&self.surroundings).to_string(),
            by: tag.to_owned(),
            act: act.to_owned(),
            after: self.news(own, &heads),
            prev: heads.get(own).cloned().unwrap_or_default(),
            records,
            hash: String::new(),
        };
        let folder = self.journal_folder();
        let path = folder.join(stream.file_name());
        if path.exists() {
            journal::close_last_line(&path)?;
        }
        stream.append(&folder, &mut operation)?;
        let hash = operation.hash.clone();
        self.streams.entry(stream.header.stream.clone()).or_insert_with(|| stream.header.clone());
        let length = std::fs::metadata(&path).map_err(|error| Fault::io("read", &path, &error))?.len();
        self.lengths.insert(path, length);
        // From here on the operation is safe; what follows may fail without losing it.
        let purges = operation.records.iter().any(|record| matches!(record, Record::Purge { .. }));
        let suffixes =
            self.streams.iter().filter_map(|(id, header)| Some((id.clone(), header.suffix.clone()?))).collect();
        if !self.state.append(operation, &suffixes) {
            self.reload()?;
        }
        if purges {
            self.obey_purges()?;
        }
        let _ = self.remember(&stream, &hash);
        Ok(id)
    }

    /// Heads of other streams that this stream has not named yet.
    fn news(&self, own: &str, heads: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut known: BTreeMap<&str, &str> = BTreeMap::new();
        for note in self.state.notes().iter().filter(|note| note.stream == own) {
            known.extend(note.after.iter().map(|(stream, hash)| (stream.as_str(), hash.as_str())));
        }
        heads
            .iter()
            .filter(|(stream, hash)| stream.as_str() != own && known.get(stream.as_str()) != Some(&hash.as_str()))
            .map(|(stream, hash)| (stream.clone(), hash.clone()))
            .collect()
    }

    pub(super) fn check_writable(&self) -> Result<()> {
        let folder = self.journal_folder();
        let read_only = std::fs::metadata(&folder).is_ok_and(|data| data.permissions().readonly());
        if read_only {
            return Err(fault("no-permission", format!("cannot write to {}: permission denied", folder.display()))
                .hint("ask for write access to the folder, or copy the project to one of your own"));
        }
        Ok(())
    }

    /// Sets torn tails aside before anything is appended.
    pub(super) fn mend_tails(&mut self) -> Result<()> {
        for (path, good) in std::mem::take(&mut self.torn) {
            journal::mend(&path, good, &self.homes.cache.join("salvage"))?;
        }
        Ok(())
    }

    /// Destroys what purge operations name. Each machine does so when it next folds them.
    pub(super) fn obey_purges(&mut self) -> Result<()> {
        let corpus = self.root.join("corpus");
        let mut found = false;
        for note in self.state.notes().iter().filter(|note| !note.undone) {
            for name in note.purged.iter().flat_map(|(_, files)| files) {
                let path = corpus.join(name);
                if is_plain(name) && path.exists() {
                    disk::remove(&path)?;
                    found = true;
                }
            }
        }
        if found {
            self.shards.borrow_mut().clear();
            // The index holds terms of what was destroyed. The lock's own file is left.
            disk::remove_folder(&self.homes.cache.join("index"))?;
            disk::remove_folder(&self.homes.cache.join("salvage"))?;
        }
        Ok(())
    }
}

/// A name below `corpus/` and nowhere else: a journal from elsewhere must not aim at other files.
pub(super) fn is_plain(name: &str) -> bool {
    let mut parts = name.split('/');
    let folder = parts.next().unwrap_or_default();
    let file = parts.next().unwrap_or_default();
    ["originals", "text", "sealed"].contains(&folder)
        && parts.next().is_none()
        && !file.is_empty()
        && !file.starts_with('.')
        && file.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}
