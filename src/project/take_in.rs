//! Taking in what another copy of the project holds: journal lines, texts, originals, sealed values.
//!
//! The second transaction beside [`Project::write`]. It writes no operation of its own: the journal is
//! a set, and the result is the union of two sets, whichever side it is made on. Files are safe before
//! the lines that name them. A write-once file that is here is replaced only where it is damaged.

use super::wanted::{DAMAGED, Wanted, refusal, stem};
use super::write::{is_plain, not_carried_over};
use super::{Project, texts};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::disk;
use crate::history::{Conflict, Operation, Record, State};
use crate::id::{Id, Kind};
use crate::journal::{self, Line, Lines};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

/// Where the files of another copy are read from, by name below `corpus/`.
pub trait Contents {
    /// `None` where there is no such file.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>>;
}

/// What another copy holds.
pub struct Parcel {
    pub project: Id,
    pub lines: Lines,
    /// Names below `corpus/`.
    pub files: Vec<String>,
    pub contents: Box<dyn Contents>,
}

/// What came of taking a parcel in.
#[derive(Debug, Default)]
pub struct Taken {
    /// Operations here before, in the parcel, in both, and here now.
    pub here: usize,
    pub there: usize,
    pub shared: usize,
    pub result: usize,
    /// Streams that operations came from.
    pub streams: usize,
    /// Operations of an open pass that this desk is not to see.
    pub veiled: usize,
    /// Things that are new here, by kind.
    pub things: Vec<(Kind, usize)>,
    /// Things here on both sides that operations changed or removed.
    pub changed: usize,
    pub removed: usize,
    pub files: usize,
    /// Files that are here with other content; ours were left as they are.
    pub differing: Vec<String>,
    /// Files not taken, and why.
    pub refused: Vec<(String, &'static str)>,
    /// Operations whose forerunner is on neither side.
    pub gaps: usize,
    /// Lines of the parcel that are damaged.
    pub damaged: usize,
    /// Fields set by two people unaware of each other, with the label of the thing.
    pub conflicts: Vec<(String, Conflict)>,
    /// What went wrong after everything was in; the next write tries it again.
    pub afterwards: Vec<Diagnostic>,
    pub rehearsal: bool,
}

impl Taken {
    fn differ(&mut self, name: &str) {
        self.differing.push(format!("corpus/{name}"));
    }

    /// Operations that were not here.
    pub fn fresh(&self) -> usize {
        self.there - self.shared
    }
}

impl Project {
    /// Takes in what is missing here. Doing so twice changes nothing.
    pub fn take_in(&mut self, parcel: &mut Parcel) -> Result<Taken> {
        if parcel.project != self.settings.project {
            return Err(fault("other-project", "that belongs to another project; nothing was changed").hint(
                "merge takes copies of one project: realist.toml of both must have the same line  project = \"...\"",
            ));
        }
        self.on_whole(|project| project.take_whole(parcel))
    }

    fn take_whole(&mut self, parcel: &mut Parcel) -> Result<Taken> {
        let (_, _lock) = self.begin(false)?;
        let rehearsal = self.surroundings.rehearsal;
        let before = Inventory::of(&self.state);
        let fresh: Vec<&Line> =
            parcel.lines.lines.iter().filter(|line| !self.state.holds(&line.operation.hash)).collect();
        let mut taken = Taken {
            here: self.state.journalled(),
            there: parcel.lines.lines.len(),
            shared: parcel.lines.lines.len() - fresh.len(),
            streams: fresh.iter().map(|line| &line.operation.stream).collect::<BTreeSet<_>>().len(),
            damaged: parcel.lines.damaged,
            rehearsal,
            ..Taken::default()
        };
        taken.gaps = gaps(&self.state, &parcel.lines.lines, &fresh);
        let touched: HashSet<Id> = fresh.iter().flat_map(|line| puts(&line.operation)).collect();

        let mut files = disk::Batch::new(rehearsal);
        let wanted = Wanted::by(&self.state, &fresh);
        self.take_files(parcel.contents.as_mut(), &parcel.files, &wanted, &mut files, &mut taken)?;
        files.sync()?;

        if rehearsal {
            self.fold_journal()?;
            self.state.lay_over(fresh.iter().map(|line| line.operation.clone()).collect());
        } else {
            let added = self.add_lines(&parcel.lines, &fresh);
            if added.as_ref().err().is_none_or(disk::is_unsure) {
                files.keep();
            }
            added?;
            self.sweep(&files.folders());
            let followed = self.follow_up();
            taken.afterwards.extend(followed.into_iter().filter_map(Result::err).map(not_carried_over));
        }
        // What an open pass hides is counted as operations, and nothing else is told of it.
        self.draw_veil();
        let notes = fresh.iter().filter_map(|line| self.state.note(line.operation.id));
        taken.veiled = notes.filter(|note| self.state.hides_operation(note)).count();
        before.compare(&self.state, &touched, &mut taken);
        taken.result = taken.here + taken.fresh();
        taken.conflicts = conflicts(&self.state);
        Ok(taken)
    }

    /// Replaces `realist.toml`, which must still be this project's.
    pub fn replace_settings(&mut self, text: &str) -> Result<()> {
        let read: crate::settings::Settings =
            toml::from_str(text).map_err(|error| super::settings::misread(text, &error, super::SETTINGS_FILE))?;
        if read.project != self.settings.project {
            return Err(fault("other-project", "those settings belong to another project"));
        }
        self.check_writable()?;
        let _lock = self.lock()?;
        if !self.surroundings.rehearsal {
            disk::replace(&self.root.join(super::SETTINGS_FILE), text.as_bytes())?;
        }
        self.settings = read;
        Ok(())
    }

    fn add_lines(&mut self, lines: &Lines, fresh: &[&Line]) -> Result<()> {
        let mut by_stream: BTreeMap<&str, Vec<&Line>> = BTreeMap::new();
        for line in fresh {
            by_stream.entry(&line.operation.stream).or_default().push(line);
        }
        let mut sheaves = Vec::new();
        for (stream, mut ours) in by_stream {
            ours.sort_by_key(|line| line.operation.lamport);
            let header = match self.reading.streams.get(stream) {
                Some(header) => header.clone(),
                None => lines.header(stream, self.settings.project)?,
            };
            let stream = journal::Stream { header };
            self.mend_own(&self.journal_folder().join(stream.file_name()))?;
            sheaves.push(journal::Sheaf { stream, lines: ours.iter().map(|line| line.text.as_str()).collect() });
        }
        journal::take(&self.journal_folder(), &sheaves)
    }

    /// What follows once lines are in, as far as each step succeeds.
    fn follow_up(&mut self) -> [Result<()>; 4] {
        // The codebooks are still as they were before, which is no edit by hand: they are brought in
        // step before anybody compares them.
        let folded = self.fold_journal();
        let written = if folded.is_ok() { self.write_codebooks() } else { Ok(()) };
        self.note_hand_edits();
        [folded, written, self.obey_locked(), self.forget_all_former()]
    }

    /// Carries on with a merge that was cut short when its lines were in, but not yet in the files of
    /// their streams. They count all the same, so a fault here stops nobody.
    pub(super) fn finish_taking(&mut self) -> Result<()> {
        let left = self.reading.paths(&self.journal_folder()).into_iter().filter(|path| journal::is_taking(path));
        let left: Vec<PathBuf> = left.collect();
        if left.is_empty() {
            return Ok(());
        }
        let project = self.settings.project;
        for path in left {
            let _ = journal::finish(&path, project, |file| self.mend_own(file));
        }
        self.reload()
    }

    fn take_files(
        &self,
        contents: &mut dyn Contents,
        names: &[String],
        wanted: &Wanted,
        batch: &mut disk::Batch,
        taken: &mut Taken,
    ) -> Result<()> {
        let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for name in names.iter().filter(|name| is_plain(name) && !wanted.purged.contains(*name)) {
            let path = self.root.join("corpus").join(name);
            let ours = path.exists().then(|| disk::read_from(&path, 0).unwrap_or_default());
            let Some(theirs) = contents.bytes(name)? else { continue };
            // Git may have given a text other line ends: that is no difference.
            let plain = |bytes: &[u8]| if is_text(name) { texts::as_frozen(bytes.to_vec()) } else { bytes.to_vec() };
            if ours.as_ref().is_some_and(|ours| *ours == theirs || plain(ours) == plain(&theirs)) {
                // An act that was cut short left it, perhaps not for good.
                if ours.as_ref() == Some(&theirs) && wanted.fresh.contains(stem(name)) {
                    batch.write_once(path, &theirs)?;
                }
                continue;
            }
            if let Some(file) = name.strip_prefix("text/") {
                let here = versions.entry(file.get(..16).unwrap_or(file)).or_default();
                here.extend(ours.map(|_| name.as_str()));
                continue;
            }
            match (refusal(name, &theirs), ours) {
                // Of two that differ the one that is what its name says takes the place of a damaged one.
                (None, Some(ours)) if refusal(name, &ours).is_none() => taken.differ(name),
                (None, _) => self.put(name, &theirs, batch, taken)?,
                (Some(_), Some(_)) => taken.differ(name),
                (Some(why), None) => taken.refused.push((format!("corpus/{name}"), why)),
            }
        }
        for (version, here) in versions {
            match self.take_version(contents, version, &here, wanted, batch, taken)? {
                Some(_) if !here.is_empty() => here.into_iter().for_each(|name| taken.differ(name)),
                Some(why) => taken.refused.push((format!("corpus/text/{version}.txt"), why)),
                None => {}
            }
        }
        Ok(())
    }

    /// Both files of every shard, or none and why: the version's name is over all of them, so where
    /// theirs fit it, files here that differ are damaged.
    fn take_version(
        &self,
        contents: &mut dyn Contents,
        version: &str,
        differing: &BTreeSet<&str>,
        wanted: &Wanted,
        batch: &mut disk::Batch,
        taken: &mut Taken,
    ) -> Result<Option<&'static str>> {
        let Some((document, shards)) = wanted.versions.get(version) else {
            return Ok(Some("no document has this text version"));
        };
        let folder = self.text_folder();
        let names = texts::Files { folder: &folder, version, shards: *shards }.names();
        let mut pieces = Vec::new();
        for name in &names {
            match contents.bytes(name)? {
                Some(bytes) => pieces.push(texts::as_frozen(bytes)),
                None => return Ok(Some("part of it is not there")),
            }
        }
        let mut naming = texts::Naming::of(*document);
        pieces.chunks(2).for_each(|pair| naming.add(&pair[0], &pair[1]));
        if naming.name() != version {
            return Ok(Some(DAMAGED));
        }
        for (name, bytes) in names.iter().zip(&pieces) {
            if differing.contains(name.as_str()) || !self.root.join("corpus").join(name).exists() {
                self.put(name, bytes, batch, taken)?;
            }
        }
        Ok(None)
    }

    fn put(&self, name: &str, bytes: &[u8], batch: &mut disk::Batch, taken: &mut Taken) -> Result<()> {
        let path = self.root.join("corpus").join(name);
        if let Some(folder) = path.parent().filter(|folder| !taken.rehearsal && !folder.exists()) {
            disk::make_folder(folder)?;
        }
        taken.files += 1;
        batch.write_once(path, bytes)
    }
}

fn is_text(name: &str) -> bool {
    name.starts_with("text/")
}

fn gaps(state: &State, all: &[Line], fresh: &[&Line]) -> usize {
    let there: HashSet<&str> = all.iter().map(|line| line.operation.hash.as_str()).collect();
    let is_gap = |prev: &str| !prev.is_empty() && !there.contains(prev) && !state.holds(prev);
    fresh.iter().filter(|line| is_gap(&line.operation.prev)).count()
}

fn puts(operation: &Operation) -> impl Iterator<Item = Id> {
    operation.records.iter().filter_map(|record| match record {
        Record::Put { id, .. } => Some(*id),
        _ => None,
    })
}

fn conflicts(state: &State) -> Vec<(String, Conflict)> {
    let label = |id: Id| state.label_of(id).map_or_else(|| id.to_string()[..8].to_owned(), |label| label.to_string());
    state.conflicts().into_iter().map(|one| (label(one.id), one)).collect()
}

/// What is here, by kind.
struct Inventory(BTreeMap<Id, Kind>);

impl Inventory {
    fn of(state: &State) -> Self {
        Inventory(
            state
                .entities()
                .filter(|(id, entity)| entity.is_here() && !state.hides(*id))
                .map(|(id, entity)| (id, entity.kind))
                .collect(),
        )
    }

    fn compare(&self, state: &State, touched: &HashSet<Id>, taken: &mut Taken) {
        let after = Inventory::of(state);
        let mut things: BTreeMap<Kind, usize> = BTreeMap::new();
        for (id, kind) in &after.0 {
            if !self.0.contains_key(id) {
                *things.entry(*kind).or_default() += 1;
            } else if touched.contains(id) {
                taken.changed += 1;
            }
        }
        taken.things = things.into_iter().collect();
        taken.removed = self.0.keys().filter(|id| !after.0.contains_key(id) && !state.hides(**id)).count();
    }
}
