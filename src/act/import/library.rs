//! Taking a library in: each record of a bibliographic file becomes a source. Its id follows from its
//! citation, so two sites that take in one library hold the same sources, and a second export of it adds
//! only what is new.

use super::{As, Found};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::id::{Id, Kind};
use crate::import::references::{self, Library};
use crate::import::{Limits, MIB};
use crate::project::Batch;
use crate::reference::Reference;
use crate::strand::SourceKind;
use crate::text::words::counted;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// What `--as` takes for "whatever list of references this is".
pub const REFERENCES: &str = "references";
/// What a published work is taken for where nobody says.
pub const USUAL_KIND: SourceKind = SourceKind::PrimaryStudy;

/// Extensions under which libraries come; documents come under the last ones too.
const EXTENSIONS: &[&str] =
    &["ris", "nbib", "enw", "bib", "bibtex", "biblatex", "isi", "ciw", "ref", "xml", "json", "csv", "tsv", "txt"];
const SHARED: &[&str] = &["csv", "tsv", "txt"];

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
    pub fn is_library(&self, path: &Path) -> Result<bool> {
        if let Some(format) = self.format {
            return Ok(format == REFERENCES || references::formats().any(|key| key == format));
        }
        let extension = path.extension().and_then(|one| one.to_str()).unwrap_or_default().to_lowercase();
        let is_shared = SHARED.contains(&extension.as_str());
        if self.is_mapped || (is_shared && self.kind.is_own_data()) || !EXTENSIONS.contains(&extension.as_str()) {
            return Ok(false);
        }
        // The first lines tell what a table or a text is, however long it is.
        let most = if is_shared { MIB } else { Limits::default().file * MIB };
        Ok(references::is_library(&head(path, most)?))
    }

    /// Faults: `own-data` (a library under a kind that no published work is), and those of reading.
    pub fn read(&self, path: &Path) -> Result<Library> {
        if self.kind.is_own_data() {
            return Err(fault("own-data", format!("references are published works, not {}s", self.kind.title()))
                .hint("give --kind primary_study, systematic_review, narrative_review, grey or policy"));
        }
        references::read(&head(path, u64::MAX)?, self.format)
    }
}

/// The whole lines within the first bytes of a file.
fn head(path: &Path, most: u64) -> Result<Vec<u8>> {
    let read = || {
        let mut head = Vec::new();
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        file.take(most).read_to_end(&mut head)?;
        if let Some(end) = head.iter().rposition(|byte| *byte == b'\n').filter(|_| length > most) {
            head.truncate(end + 1);
        }
        Ok(head)
    };
    read().map_err(|error| Fault::io("read", path, &error))
}

/// What became of a library.
#[derive(Debug)]
pub struct TakenIn {
    /// Label of the first source it made, or that was there.
    pub first: String,
    pub made: usize,
    pub there: usize,
    pub warnings: Vec<Diagnostic>,
}

/// Makes a source of each reference that is not here yet; `seen` are those that the same act made
/// before, with their labels.
pub fn take_in(
    batch: &mut Batch<'_>,
    library: &Library,
    kind: SourceKind,
    strand: &str,
    seen: &mut BTreeMap<Id, String>,
) -> Result<TakenIn> {
    let project = *batch.project().settings().project.as_bytes();
    let mut taken = TakenIn { first: String::new(), made: 0, there: 0, warnings: library.warnings.clone() };
    for (_, reference) in library.references() {
        let id = id_of(project, reference);
        let is_here = batch.project().state().is_here(id);
        let known = if is_here { Some(batch.project().label(id)) } else { seen.get(&id).cloned() };
        if let Some(label) = known {
            taken.there += 1;
            if taken.first.is_empty() {
                taken.first = label;
            }
            continue;
        }
        let reference = serde_json::to_value(reference)
            .map_err(|error| fault("bad-record", format!("a reference cannot be kept: {error}")))?;
        let fields = Batch::fields(json!({ "kind": kind, "strand": strand, "reference": reference }));
        let label = batch.create_as(Kind::Source, id, &fields).to_string();
        if taken.made == 0 {
            taken.first.clone_from(&label);
        }
        seen.insert(id, label);
        taken.made += 1;
    }
    if taken.there > 0 && taken.made > 0 {
        let said =
            format!("{} in already, or twice in what was given: left as they are", counted(taken.there, "reference"));
        taken.warnings.push(Diagnostic::note("references-there", said));
    }
    if taken.made > 0 {
        let said = "the same report may have come from several searches";
        taken.warnings.push(Diagnostic::note("look-for-duplicates", said).hint("see: realist source duplicates"));
    }
    Ok(taken)
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
