//! Taking a library in: each record of a bibliographic file becomes a source. Its id follows from its
//! citation, so two sites that take in one library hold the same sources, and a second export of it adds
//! only what is new.

use super::completing::Completed;
use super::reader::Reader;
use super::{As, Found, ImportedFile, One, Seen, Setting, Trouble, Wanted, coded, taken_as};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::history::{Entity, Stored};
use crate::id::{Id, Kind};
use crate::import::MIB;
use crate::import::references::{self, REFERENCES, Record};
use crate::project::Batch;
use crate::reference::Reference;
use crate::source::Source;
use crate::strand::SourceKind;
use crate::text::words::counted;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

/// What a published work is taken for where nobody says.
pub const USUAL_KIND: SourceKind = SourceKind::PrimaryStudy;

/// Extensions under which libraries come; documents come under the last ones too.
const EXTENSIONS: &[&str] = &[
    "ris", "nbib", "enw", "bib", "bibtex", "biblatex", "isi", "ciw", "ref", "xml", "json", "rdf", "zip", "csv", "tsv",
    "txt",
];
const SHARED: &[&str] = &["csv", "tsv", "txt", "zip"];

/// How a file is asked for, as far as that settles whether it is a library.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What `--as` says.
    pub format: Option<&'a str>,
    /// The columns of an extract table were mapped.
    pub is_mapped: bool,
    pub kind: SourceKind,
}

impl Asked<'_> {
    /// Whether a file is to be taken in as references.
    ///
    /// Faults: `own-data`, `foreign-library` (of a name that no document has), and those of the disk.
    pub fn is_library(&self, path: &Path) -> Result<bool> {
        if let Some(format) = self.format {
            let is_asked = format == REFERENCES || references::formats().any(|key| key == format);
            return if is_asked { self.check_kind().map(|()| true) } else { Ok(false) };
        }
        let extension = path.extension().and_then(|one| one.to_str()).unwrap_or_default().to_lowercase();
        if self.is_mapped || !EXTENSIONS.contains(&extension.as_str()) {
            return Ok(false);
        }
        // The first lines tell what a file is, however long it is.
        let head = head(path, MIB)?;
        let is_shared = SHARED.contains(&extension.as_str());
        let is_library = if is_shared { references::opens_as_library } else { references::is_library };
        if is_library(&head) {
            return self.check_kind().map(|()| true);
        }
        let foreign = if is_shared { references::opens_file(&head) } else { references::named_in(&head) };
        foreign.map_or(Ok(false), Err)
    }

    /// Fault `own-data`: a library under a kind that no published work is.
    pub fn check_kind(&self) -> Result<()> {
        if !self.kind.is_own_data() {
            return Ok(());
        }
        Err(fault("own-data", format!("references are published works, not {}s", self.kind.title()))
            .hint("give --kind primary_study, systematic_review, narrative_review, grey or policy"))
    }
}

/// The whole lines within the first bytes of a file, or where it has but one, all of them.
fn head(path: &Path, most: u64) -> Result<Vec<u8>> {
    let read = || {
        let mut head = Vec::new();
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        file.take(most).read_to_end(&mut head)?;
        let end = head.iter().rposition(|byte| *byte == b'\n').filter(|end| *end > head.len() / 2);
        if let Some(end) = end.filter(|_| length > most) {
            head.truncate(end + 1);
        }
        Ok(head)
    };
    read().map_err(|error| Fault::io("read", path, &error))
}

/// A library while it is being taken in.
#[derive(Debug)]
pub struct Taking<'s> {
    project: [u8; 16],
    kind: SourceKind,
    strand: &'s str,
    /// What earlier files of the same act made, with their labels.
    seen: &'s BTreeMap<Id, String>,
    /// What this one made.
    pub fresh: BTreeMap<Id, String>,
    /// Sources by the number of their record.
    pub sources: BTreeMap<usize, Id>,
    /// Label of the first source it made, or that was there.
    pub first: String,
    pub made: usize,
    pub there: usize,
    /// What those that were there, or came twice, say more now.
    pub completed: Completed,
    /// Bytes of what it and earlier files made, and the most MiB there may be.
    pub weight: u64,
    most: u64,
}

impl<'s> Taking<'s> {
    /// `weight`: bytes that earlier files of the same act take in the journal; `most`: MiB that all may take.
    pub fn new(
        batch: &Batch<'_>,
        kind: SourceKind,
        strand: &'s str,
        seen: &'s BTreeMap<Id, String>,
        weight: u64,
        most: u64,
    ) -> Self {
        Taking {
            project: *batch.project().settings().project.as_bytes(),
            kind,
            strand,
            seen,
            fresh: BTreeMap::new(),
            sources: BTreeMap::new(),
            first: String::new(),
            made: 0,
            there: 0,
            completed: Completed::default(),
            weight,
            most,
        }
    }

    /// Makes a source of a reference that is not here yet, and adds to one that is; a bad record is passed over.
    /// Fault `too-large`.
    pub fn take(&mut self, batch: &mut Batch<'_>, record: &Record) -> Result<()> {
        /// Bytes of a record without its reference.
        const FRAME: u64 = 160;
        let Ok(reference) = &record.read else { return Ok(()) };
        let id = id_of(self.project, reference);
        self.sources.insert(record.number, id);
        let is_here = batch.project().state().is_here(id);
        let of_this_act = || self.fresh.get(&id).or_else(|| self.seen.get(&id)).cloned();
        let known = if is_here { Some(batch.project().label(id)) } else { of_this_act() };
        if let Some(label) = known {
            self.there += 1;
            if self.first.is_empty() {
                self.first = label;
            }
            let bytes = self.completed.take(batch, id, reference);
            return self.weigh(bytes);
        }
        self.weigh(reference.weight() as u64 + FRAME)?;
        let reference = serde_json::to_value(reference)
            .map_err(|error| fault("bad-record", format!("a reference cannot be kept: {error}")))?;
        let fields = Batch::fields(json!({ "kind": self.kind, "strand": self.strand, "reference": reference }));
        let label = batch.create_as(Kind::Source, id, &fields).to_string();
        if self.made == 0 {
            self.first.clone_from(&label);
        }
        self.fresh.insert(id, label);
        self.made += 1;
        Ok(())
    }

    fn weigh(&mut self, bytes: u64) -> Result<()> {
        self.weight += bytes;
        if self.weight <= self.most * MIB {
            return Ok(());
        }
        let said = format!("references of one import take at most {} MB of the journal", self.most);
        Err(fault("too-large", said)
            .hint("import it by itself, or export it in parts (by year, say) and import those one after the other")
            .hint("or allow more, at several times as much memory: --limit references.journal=512"))
    }

    /// What a person should know of it.
    pub fn tell(&self) -> Vec<Diagnostic> {
        let same = self.there - self.completed.records;
        let is_news = same > 0 && self.made + self.completed.records > 0;
        let there = is_news.then(|| {
            let same = counted(same, "reference");
            Diagnostic::note(
                "references-there",
                format!("{same} in already, or twice in what was given: left as they are"),
            )
        });
        there.into_iter().chain(self.completed.tell()).collect()
    }
}

/// Takes a list of references in, and what was coded in it.
pub(super) fn take_in(
    batch: &mut Batch<'_>,
    reader: &mut Reader,
    setting: &Setting,
    file: &Found,
    seen: &mut Seen,
) -> Result<One, Trouble> {
    let wanted = reader.for_lists().clone();
    let (said, kind) = (reader.wanted().kind, wanted.kind);
    let most = reader.reference_limits()?.journal;
    let mut taking = Taking::new(batch, kind, &setting.strand, &seen.references, seen.weight, most);
    let taken = batch.attempt(|batch| {
        let about = reader.references(&file.path, &mut |record| taking.take(batch, &record))?;
        let coded = match &about.coded {
            Some(coded) => Some(coded::take_in(batch, &file.path, &wanted, coded, &taking.sources, &seen.documents)?),
            None => None,
        };
        Ok((about, coded))
    });
    let (about, coded) = taken.map_err(|fault| Trouble::of(fault, batch))?;
    let notes = taking.tell();
    let Taking { fresh, first, made, there, completed, weight, .. } = taking;
    seen.weight = weight;
    seen.references.extend(fresh);
    seen.documents.extend(coded.iter().map(|coded| (coded.id, coded.document.clone())));
    if made + completed.records == 0 && coded.as_ref().is_none_or(|coded| coded.was_there) {
        return Ok(One::Unchanged(first));
    }
    seen.libraries += usize::from(made > 0);
    let mut warnings = about.warnings;
    warnings.extend(notes);
    warnings.extend(tell_kind(said, kind).filter(|_| !reader.wanted().is_kind_open));
    warnings.extend(coded.iter().flat_map(|coded| coded.warnings.iter().cloned()));
    Ok(One::Imported(Box::new(ImportedFile {
        id: first,
        path: file.shown.clone(),
        taken_as: As::References,
        records: made + there,
        refused: Vec::new(),
        kind,
        format: about.format.to_owned(),
        language: None,
        speakers: None,
        turns: 0,
        words: coded.as_ref().map_or(0, |coded| coded.words),
        warnings: warnings.iter().map(ToString::to_string).collect(),
        dropped: Vec::new(),
        notes: coded.as_ref().map_or(0, |coded| coded.notes),
        completed: (completed.records > 0).then_some(completed.records),
        document: coded.as_ref().map(|coded| coded.document.clone()),
        codings: coded.as_ref().map(|coded| coded.codings),
        diagnostics: warnings,
        units: coded.as_ref().map_or(0, |coded| coded.rows),
        studies: made,
    })))
}

/// Said once where references came from more than one library: within one, they were looked through by
/// whoever made it.
pub fn look_for_duplicates(batch: &Batch<'_>, libraries: usize) -> Option<Diagnostic> {
    let is_reference =
        |(id, entity): (Id, Rc<Entity>)| Source::read(id, &entity).is_ok_and(|one| one.reference.is_some());
    let were_here = || batch.project().state().of_kind(Kind::Source).any(is_reference);
    (libraries > 1 || (libraries == 1 && were_here())).then(|| {
        let said = "the same report may have come from several searches";
        Diagnostic::note("look-for-duplicates", said).hint("see: realist source duplicates")
    })
}

fn id_of(project: [u8; 16], reference: &Reference) -> Id {
    Id::derived([b"reference", project.as_slice(), reference.identity().as_bytes()])
}

/// The kind that a list of references is taken in under: the one that is said, where published works are of it.
/// One list under another kind is refused; among other files it is taken for what it is, since the kind was
/// said of those.
pub fn kind_of_lists(wanted: &Wanted, files: &[Found]) -> SourceKind {
    if wanted.is_kind_open {
        return USUAL_KIND;
    }
    let asked = Asked { format: wanted.format.as_deref(), is_mapped: wanted.mapping.is_some(), kind: USUAL_KIND };
    let is_library = |file: &Found| taken_as::is_library(&asked, wanted.taken_as, &file.path).unwrap_or(false);
    if wanted.kind.is_own_data() && !files.iter().all(is_library) { USUAL_KIND } else { wanted.kind }
}

/// Said of a list that was taken in under another kind than was said.
fn tell_kind(said: SourceKind, kind: SourceKind) -> Option<Diagnostic> {
    (said != kind).then(|| {
        let message = format!("taken in as {kind}: references are published works, not {}s", said.title());
        Diagnostic::note("published-works", message)
            .hint("for another kind import the list by itself, with --kind grey, say")
    })
}

/// What a file is refused with that is neither a list of references nor a facesheet, where no kind was said.
pub fn no_kind() -> Fault {
    fault("no-kind", "only lists of references and facesheets are taken in without a kind of source")
        .hint("add --kind interview, focus_group, systematic_review, policy, ...; for a facesheet --as attributes")
}
