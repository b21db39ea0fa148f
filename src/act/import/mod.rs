//! Taking material in. One command is one operation; a bad file costs that file and nothing else;
//! what is in already is left as it is.
//!
//! `gather` finds the files, `reader` reads them; a document is entered by `keep`, a list of
//! references by `library`.

mod gather;
mod keep;
pub mod library;
pub mod reader;

mod alike;

pub use gather::{Found, check_paths, gather};
pub use keep::study_source;
pub use reader::Reading;

use super::colleague::MARK;
use super::resolve;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::document::{Document, Header, Role};
use crate::id::{Id, Kind};
use crate::import::references::Library;
use crate::import::{Dropped, Imported, Mapping, Override};
use crate::project::{Batch, Done, Original, Project};
use crate::strand::SourceKind;
use keep::keep;
use reader::Reader;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the person asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Files and folders; a folder is walked, hidden files left out.
    pub paths: Vec<PathBuf>,
    pub kind: SourceKind,
    /// Strand key or title; else the first that takes this kind.
    pub strand: Option<String>,
    /// An existing source all of these belong to (repeat interviews of one person).
    pub source: Option<String>,
    /// Stakeholder group of the participants.
    pub group: Option<String>,
    pub mapping: Option<Mapping>,
    /// Sheet of a workbook; else the first that holds words.
    pub sheet: Option<String>,
    /// Format key, where the name and content mislead.
    pub format: Option<String>,
    pub roles: Vec<(String, Role)>,
    /// What reading a file may cost, above what the settings say.
    pub limits: Vec<Override>,
}

impl Wanted {
    /// These files, with everything else left to be found out.
    pub fn of(paths: Vec<PathBuf>, kind: SourceKind) -> Self {
        Wanted {
            paths,
            kind,
            strand: None,
            source: None,
            group: None,
            mapping: None,
            sheet: None,
            format: None,
            roles: Vec::new(),
            limits: Vec::new(),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct ImportedFile {
    /// Of the document; of a list of references, the first source it made.
    pub id: String,
    pub path: String,
    /// `references` where that is what it was taken for.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    pub taken_as: Option<&'static str>,
    /// References read, those that were here already among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub records: Option<usize>,
    pub kind: SourceKind,
    pub format: String,
    pub turns: usize,
    pub words: usize,
    pub warnings: Vec<String>,
    /// What stands in the file and not in the text.
    pub dropped: Vec<Dropped>,
    /// Comments in the margin.
    pub notes: usize,
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    pub units: usize,
    #[serde(skip)]
    pub studies: usize,
    #[serde(skip)]
    pub speakers: Vec<(String, Role)>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Unchanged {
    pub path: String,
    pub id: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct Failed {
    pub path: String,
    pub reason: String,
    #[serde(skip)]
    pub fault: Fault,
}

/// Every file in exactly one list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    pub imported: Vec<ImportedFile>,
    pub unchanged: Vec<Unchanged>,
    pub failed: Vec<Failed>,
}

/// Imports; `progress` is told how many files are done, of how many.
pub fn import(project: &mut Project, wanted: &Wanted, progress: &dyn Fn(usize, usize)) -> Result<Done<Summary>> {
    let files = gather(&wanted.paths)?;
    project.write("import", false, |batch| {
        let setting = Setting::settle(batch.project(), wanted)?;
        let mut reader = Reader::new(batch.project(), wanted)?;
        let mut summary = Summary::default();
        let mut seen = Seen::default();
        for (done, file) in files.iter().enumerate() {
            progress(done, files.len());
            match import_one(batch, &mut reader, &setting, file, &mut seen) {
                Ok(One::Imported(imported)) => summary.imported.push(*imported),
                Ok(One::Unchanged(id)) => summary.unchanged.push(Unchanged { path: file.shown.clone(), id }),
                Err(Trouble::Disk(fault)) => return Err(fault),
                Err(Trouble::File(fault)) => {
                    summary.failed.push(Failed { path: file.shown.clone(), reason: reason(&fault), fault });
                }
            }
        }
        progress(files.len(), files.len());
        alike::point_out(batch.project(), wanted.kind, &mut summary);
        Ok(summary)
    })
}

/// Reads without writing: what an import would make of each file.
pub fn rehearse(project: &Project, wanted: &Wanted) -> Result<Vec<(Found, Result<Reading>)>> {
    Setting::settle(project, wanted)?;
    let mut reader = Reader::new(project, wanted)?;
    let files = gather(&wanted.paths)?;
    let mut rehearse = |file: Found| {
        let read = reader.read(&file.path);
        (file, read)
    };
    Ok(files.into_iter().map(&mut rehearse).collect())
}

/// One sentence: what is wrong, then what to do.
fn reason(fault: &Fault) -> String {
    let mut reason = fault.0.message.clone();
    for hint in &fault.0.hints {
        reason.push_str("; ");
        reason.push_str(hint);
    }
    reason
}

/// What kept a file out.
enum Trouble {
    /// Something about the file: the others are taken in all the same.
    File(Fault),
    /// The project cannot be written to: no other file will fare better.
    Disk(Fault),
}

impl Trouble {
    fn of(fault: Fault, batch: &Batch<'_>) -> Self {
        if batch.cannot_write() { Trouble::Disk(fault) } else { Trouble::File(fault) }
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        Trouble::File(fault)
    }
}

#[derive(Debug)]
struct Setting {
    strand: String,
    source: Option<Id>,
    group: Option<String>,
}

impl Setting {
    fn settle(project: &Project, wanted: &Wanted) -> Result<Self> {
        let strand = match &wanted.strand {
            Some(typed) => resolve::strand(project, typed)?,
            None => project.settings().strand_of(wanted.kind),
        };
        let source = wanted.source.as_deref().map(|typed| resolve::find(project, Kind::Source, typed)).transpose()?;
        let group = wanted.group.as_deref().map(|typed| resolve::group(project, typed)).transpose()?;
        Ok(Setting { strand, source, group })
    }
}

enum One {
    Imported(Box<ImportedFile>),
    Unchanged(String),
}

/// What earlier files of the same act made.
#[derive(Debug, Default)]
struct Seen {
    documents: BTreeMap<Id, String>,
    references: BTreeMap<Id, String>,
}

fn import_one(
    batch: &mut Batch<'_>,
    reader: &mut Reader,
    setting: &Setting,
    file: &Found,
    seen: &mut Seen,
) -> Result<One, Trouble> {
    if let Some(library) = reader.library(&file.path)? {
        return import_library(batch, reader.wanted().kind, setting, file, &library, seen);
    }
    let wanted = reader.wanted();
    reader.admit(&file.path)?;
    let original = Original::look(&file.path)?;
    let project = batch.project().settings().project;
    let id = Id::derived([b"document", project.as_bytes().as_slice(), original.hash.as_bytes()]);
    if let Some(label) = seen.documents.get(&id) {
        return Ok(One::Unchanged(label.clone()));
    }
    if batch.project().state().is_purged(id) {
        return Err(fault(
            "purged",
            format!("this file is {}, whose words were destroyed on purpose", batch.project().label(id)),
        )
        .hint("it is not taken in again")
        .into());
    }
    if batch.project().state().is_here(id) {
        return Ok(One::Unchanged(batch.project().label(id)));
    }
    let Imported { draft, dropped, warnings } = reader.document(&file.path)?;
    refuse_own(batch.project(), draft.header())?;
    let kept = batch.attempt(|batch| keep(batch, wanted, setting, &original, id, draft.as_ref()));
    // Its rows are read again as they are written: a fault may still be the file's own.
    let label = kept.map_err(|fault| Trouble::of(fault, batch))?;
    seen.documents.insert(id, label.clone());
    let header = draft.header();
    Ok(One::Imported(Box::new(ImportedFile {
        id: label,
        path: file.shown.clone(),
        taken_as: None,
        records: None,
        kind: wanted.kind,
        format: draft.format().to_owned(),
        turns: header.turns,
        words: header.words,
        warnings: warnings.iter().map(ToString::to_string).collect(),
        dropped,
        notes: draft.notes().len(),
        diagnostics: warnings,
        units: header.units,
        studies: header.studies.len(),
        speakers: header.speakers.iter().map(|one| (one.label.clone(), one.role)).collect(),
    })))
}

/// Numbered turns that went out to a colleague are no document of their own.
fn refuse_own(project: &Project, header: &Header) -> Result<()> {
    let Some(version) = header.particulars.get(MARK) else { return Ok(()) };
    let of = project.state().all::<Document>().into_iter().find(|document| document.versions.contains_key(version));
    of.map_or(Ok(()), |document| {
        Err(fault("own-file", format!("these are the numbered turns of {}", project.label(document.id)))
            .hint("take in what a colleague wrote beside them: realist document comments FILE"))
    })
}

fn import_library(
    batch: &mut Batch<'_>,
    kind: SourceKind,
    setting: &Setting,
    file: &Found,
    library: &Library,
    seen: &mut Seen,
) -> Result<One, Trouble> {
    let taken = batch
        .attempt(|batch| library::take_in(batch, library, kind, &setting.strand, &mut seen.references))
        .map_err(|fault| Trouble::of(fault, batch))?;
    if taken.made == 0 {
        return Ok(One::Unchanged(taken.first));
    }
    Ok(One::Imported(Box::new(ImportedFile {
        id: taken.first,
        path: file.shown.clone(),
        taken_as: Some(library::REFERENCES),
        records: Some(taken.made + taken.there),
        kind,
        format: library.format.to_owned(),
        turns: 0,
        words: 0,
        warnings: taken.warnings.iter().map(ToString::to_string).collect(),
        dropped: Vec::new(),
        notes: 0,
        diagnostics: taken.warnings,
        units: 0,
        studies: taken.made,
        speakers: Vec::new(),
    })))
}
