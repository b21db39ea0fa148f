//! Taking a library in: each record of a bibliographic file becomes a source. Its id follows from its
//! citation, so two sites that take in one library hold the same sources, and a second export of it adds
//! only what is new.

use super::{As, Found};
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
        let is_shared = SHARED.contains(&extension.as_str());
        if self.is_mapped || (is_shared && self.kind.is_own_data()) || !EXTENSIONS.contains(&extension.as_str()) {
            return Ok(false);
        }
        // The first lines tell what a file is, however long it is.
        let head = head(path, MIB)?;
        if references::is_library(&head) {
            return self.check_kind().map(|()| true);
        }
        match references::named_in(&head).filter(|_| !is_shared) {
            Some(foreign) => Err(foreign),
            None => Ok(false),
        }
    }

    /// Fault `own-data`: a library under a kind that no published work is.
    fn check_kind(&self) -> Result<()> {
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
            weight,
            most,
        }
    }

    /// Makes a source of a reference that is not here yet; a bad record is passed over. Fault `too-large`.
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
            return Ok(());
        }
        self.weight += reference.weight() as u64 + FRAME;
        if self.weight > self.most * MIB {
            let said = format!("references of one import take at most {} MB of the journal", self.most);
            return Err(fault("too-large", said)
                .hint("import it by itself, or export it in parts (by year, say) and import those one after the other")
                .hint("or allow more, at several times as much memory: --limit references.journal=512"));
        }
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

    /// What a person should know of it.
    pub fn tell(&self) -> Option<Diagnostic> {
        (self.there > 0 && self.made > 0).then(|| {
            let there = counted(self.there, "reference");
            Diagnostic::note(
                "references-there",
                format!("{there} in already, or twice in what was given: left as they are"),
            )
        })
    }
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

/// The kind meant where none is given: that of a published work, if every file is a library.
/// Fault `no-kind`.
pub fn usual_kind(taken_as: Option<As>, format: Option<&str>, files: &[Found]) -> Result<SourceKind> {
    if taken_as == Some(As::Attributes) {
        return Ok(USUAL_KIND);
    }
    let asked = Asked { format, is_mapped: false, kind: USUAL_KIND };
    let is_library = |file: &Found| asked.is_library(&file.path).unwrap_or(false);
    if !files.is_empty() && files.iter().all(is_library) {
        return Ok(USUAL_KIND);
    }
    Err(fault("no-kind", "only lists of references and facesheets are taken in without a kind of source")
        .hint("add --kind interview, focus_group, systematic_review, policy, ...; for a facesheet --as attributes"))
}
