//! The one transaction: lock, refresh, build, make files safe, append one line, say so.

use super::moment::{Chance, left_behind, now, today};
use super::{Original, Project, texts};
use crate::diagnostic::{Diagnostic, Result, Severity, fault};
use crate::disk;
use crate::document::{Sealed, Version};
use crate::history::{Fields, Operation, Record};
use crate::id::{Id, Kind, Label};
use crate::journal;
use crate::manuscript::Manuscript;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

/// What an act is about to do, gathered under the lock. Nothing is visible before the operation's
/// line is on the disk.
#[derive(Debug)]
pub struct Batch<'p> {
    project: &'p Project,
    tag: String,
    chance: Chance,
    numbers: RefCell<HashMap<Kind, u32>>,
    records: Vec<Record>,
    /// Where things stand among so many of the records, for [`Batch::set_so_far`].
    places: RefCell<(usize, HashMap<Id, Vec<usize>>)>,
    files: disk::Batch,
}

/// What came of a write.
#[derive(Debug)]
pub struct Done<T> {
    pub answer: T,
    /// The operation, unless there was nothing to write.
    pub operation: Option<Id>,
    pub by: String,
    /// What went wrong after the operation was safe; the next write tries it again.
    pub afterwards: Vec<Diagnostic>,
    /// It was a dry run.
    pub rehearsal: bool,
}

impl<'p> Batch<'p> {
    /// The project as it stands under the lock.
    pub fn project(&self) -> &'p Project {
        self.project
    }
}

impl Batch<'_> {
    /// Tag of the coder.
    pub fn coder(&self) -> &str {
        &self.tag
    }

    pub fn chance(&self) -> &Chance {
        &self.chance
    }

    /// `2026-03-14`
    pub fn today(&self) -> String {
        today(&self.project.surroundings)
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

    /// The same for a thing whose id follows from its content. One that was here before keeps its label.
    pub fn create_as(&mut self, kind: Kind, id: Id, fields: &Fields) -> Label {
        let before = self.project.state.label_of(id);
        let mut fields = fields.clone();
        if before.is_some() {
            fields.insert("gone".to_owned(), Value::Null);
        }
        let label = before.unwrap_or_else(|| self.label(kind));
        self.records.push(Record::put(kind, id, Some(label.clone()), &fields));
        label
    }

    /// Sets fields of a thing that is there.
    pub fn set(&mut self, kind: Kind, id: Id, fields: &Fields) {
        if !fields.is_empty() {
            self.records.push(Record::put(kind, id, None, fields));
        }
    }

    /// What this act sets of a thing so far, oldest first.
    pub fn set_so_far(&self, id: Id) -> Vec<Fields> {
        let mut places = self.places.borrow_mut();
        let (counted, of) = &mut *places;
        for (at, record) in self.records.iter().enumerate().skip(*counted) {
            if let Record::Put { id, .. } = record {
                of.entry(*id).or_default().push(at);
            }
        }
        *counted = self.records.len();
        let fields = |at: &usize| match self.records.get(*at) {
            Some(Record::Put { set, .. }) => serde_json::from_str(set.get()).ok(),
            _ => None,
        };
        of.get(&id).into_iter().flatten().filter_map(fields).collect()
    }

    /// What this act has made of a kind so far, oldest first.
    pub fn made_so_far(&self, kind: Kind) -> Vec<Fields> {
        let made = self.records.iter().filter_map(|record| match record {
            Record::Put { put, label: Some(_), set, .. } if *put == kind => serde_json::from_str(set.get()).ok(),
            _ => None,
        });
        made.collect()
    }

    /// Removes a thing, with the reason.
    pub fn remove(&mut self, kind: Kind, id: Id, reason: &str) {
        let fields = Fields::from_iter([("gone".to_owned(), Value::from(reason))]);
        self.records.push(Record::put(kind, id, None, &fields));
    }

    /// Does something whole or not at all: after a fault the batch is as it was.
    pub fn attempt<T, E>(&mut self, act: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        let (records, numbers, files) = (self.records.len(), self.numbers.borrow().clone(), self.files.mark());
        act(self).inspect_err(|_| {
            self.records.truncate(records);
            self.places.take();
            self.numbers.replace(numbers);
            self.files.back_to(files);
        })
    }

    /// A file could not be written: the project is at fault, not what was to be written.
    pub fn cannot_write(&self) -> bool {
        self.files.has_failed()
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

    /// The same under a name that follows from the value and a file that both machines hold.
    pub fn seal_with(&mut self, value: &Value, secret: &Original) -> Result<Sealed> {
        self.seal_under(value, &secret.key)
    }

    /// The same under a name that follows from the value and a secret.
    pub fn seal_under(&mut self, value: &Value, secret: &[u8; 32]) -> Result<Sealed> {
        let bytes = serde_json::json!({ "value": value }).to_string();
        let sealed = blake3::keyed_hash(secret, bytes.as_bytes()).to_hex()[..16].to_owned();
        self.files.write_once(self.project.sealed_folder().join(format!("{sealed}.json")), bytes.as_bytes())?;
        Ok(Sealed { sealed })
    }

    /// Keeps a file as it was given; its name is over its content.
    pub fn keep_original(&mut self, original: &Original, extension: &str) -> Result<String> {
        let extension: String = extension.to_lowercase().chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let name =
            format!("{}.{}", &original.hash.to_hex()[..16], if extension.is_empty() { "bin" } else { &extension });
        self.files.copy_once(&original.path, self.project.originals_folder().join(&name), &original.hash)?;
        Ok(name)
    }

    /// Freezes a manuscript as a document's text version.
    pub fn freeze(&mut self, manuscript: &dyn Manuscript, document: Id, number: usize) -> Result<(String, Version)> {
        texts::freeze(manuscript, document, &self.project.text_folder(), number, &mut self.files)
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
    /// gathers becomes one operation, whole or not at all. Returns after the operation is safe. It sees what a blind
    /// pass hides, so that what must reach everything does; what a person names is looked up as they see it.
    pub fn write<T>(
        &mut self,
        act: &str,
        coder_needed: bool,
        build: impl FnOnce(&mut Batch<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        self.on_whole(|project| project.write_whole(act, coder_needed, build))
    }

    fn write_whole<T>(
        &mut self,
        act: &str,
        coder_needed: bool,
        build: impl FnOnce(&mut Batch<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        let (tag, _lock) = self.begin(coder_needed)?;
        self.transact(&tag, act, build)
    }

    /// The same for somebody who holds the lock.
    pub(super) fn transact<T>(
        &mut self,
        tag: &str,
        act: &str,
        build: impl FnOnce(&mut Batch<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        let rehearsal = self.surroundings.rehearsal;
        let (answer, records, mut files) = {
            let salt = format!("{tag} {} {}", self.state.lamport() + 1, act);
            let mut batch = Batch {
                project: self,
                tag: tag.to_owned(),
                chance: Chance::new(&self.surroundings, &salt),
                numbers: RefCell::default(),
                records: Vec::new(),
                places: RefCell::default(),
                files: disk::Batch::new(self.surroundings.rehearsal),
            };
            let answer = build(&mut batch)?;
            (answer, batch.records, batch.files)
        };
        if records.is_empty() || rehearsal {
            return Ok(Done { answer, operation: None, by: tag.to_owned(), rehearsal, afterwards: Vec::new() });
        }
        self.refuse_broken_books(&records)?;
        files.sync()?;
        self.note_former(&records)?;
        let appended = self.append(act, tag, records);
        if appended.as_ref().err().is_none_or(disk::is_unsure) {
            files.keep();
        }
        let (operation, mut afterwards) = appended?;
        afterwards.extend(self.write_codebooks().err().map(not_carried_over));
        self.sweep(&files.folders());
        Ok(Done { answer, operation: Some(operation), by: tag.to_owned(), rehearsal, afterwards })
    }

    /// Who is writing, and the lock; the project is as fresh as its files, and nothing that was done by
    /// hand or left half done is outside the journal.
    pub(super) fn begin(&mut self, coder_needed: bool) -> Result<(String, disk::Lock)> {
        let tag = self.coder(coder_needed)?;
        self.check_writable()?;
        let lock = self.lock()?;
        self.refresh()?;
        if !self.surroundings.rehearsal {
            self.finish_taking()?;
            self.keep_hand_edits(&tag)?;
        }
        // What is hidden is known, and reached all the same.
        self.draw_veil();
        self.state.lift_veil();
        Ok((tag, lock))
    }

    /// Appends one operation and folds it; the caller holds the lock. Once the line is on the disk
    /// nothing is an error any more: what fails after that is said beside the answer.
    pub(super) fn append(&mut self, act: &str, tag: &str, records: Vec<Record>) -> Result<(Id, Vec<Diagnostic>)> {
        if self.state.is_lost() {
            self.reload()?;
            return Err(fault("journal-changed", "the journal changed while this was being done; nothing was written")
                .hint("do it again"));
        }
        let stream = self.stream(tag);
        let id = Chance::new(&self.surroundings, &format!("operation {tag} {}", self.state.lamport() + 1)).id();
        let prev = self.state.last_of(&stream.header.stream);
        let mut operation = Operation {
            id,
            stream: stream.header.stream.clone(),
            lamport: self.state.lamport() + 1,
            time: now(&self.surroundings).to_string(),
            by: tag.to_owned(),
            act: act.to_owned(),
            after: self.state.heads().iter().filter(|hash| Some(**hash) != prev).map(ToString::to_string).collect(),
            prev: prev.map(|hash| hash.to_string()).unwrap_or_default(),
            records,
            hash: String::new(),
        };
        let folder = self.journal_folder();
        let path = folder.join(stream.file_name());
        self.mend_own(&path)?;
        stream.append(&folder, &mut operation)?;
        Ok((id, self.carry_on(operation, &stream)))
    }

    /// What follows an append that is safe.
    fn carry_on(&mut self, operation: Operation, stream: &journal::Stream) -> Vec<Diagnostic> {
        let hash = operation.hash.clone();
        let mut afterwards = Vec::new();
        let purges = operation.records.iter().any(|record| matches!(record, Record::Purge { .. }));
        afterwards.extend(self.take_up(operation).err().map(not_carried_over));
        if purges {
            afterwards.extend(self.obey_locked().err().map(not_carried_over));
        }
        afterwards.extend(self.forget_noted().err().map(not_carried_over));
        // Losing this note costs nothing but a new stream.
        let _ = self.remember(stream, &hash);
        afterwards
    }

    /// Removes what killed processes left half written in the folders given and in those that every act
    /// may write to. Another machine may be writing just now: its files are younger.
    pub(super) fn sweep(&self, folders: &BTreeSet<&Path>) {
        let before = left_behind(&self.surroundings);
        let (journal, books) = (self.journal_folder(), self.books_folder());
        let always = [&self.root, &self.homes.state, &journal, &books].map(PathBuf::as_path);
        always.iter().chain(folders).for_each(|folder| disk::sweep(folder, before));
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

    /// Sets a torn tail of one's own file aside before anything is appended. Another stream's torn tail
    /// is its writer's, or still on its way here: it is left alone.
    pub(super) fn mend_own(&mut self, path: &Path) -> Result<()> {
        if let Some((_, good)) = self.reading.torn(&self.journal_folder()).iter().find(|(torn, _)| torn == path) {
            journal::mend(path, *good, &self.homes.cache.join("salvage"))?;
        }
        if path.exists() { journal::close_last_line(path) } else { Ok(()) }
    }
}

/// What failed after an operation was safe is a warning: the act itself is done.
pub(super) fn not_carried_over(fault: crate::diagnostic::Fault) -> Diagnostic {
    let Diagnostic { code, message, place, .. } = *fault.0;
    Diagnostic {
        severity: Severity::Warning,
        code,
        message: format!("what you did is saved in the journal, but afterwards: {message}"),
        place,
        hints: vec!["put this right; the next write catches up by itself".to_owned()],
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
