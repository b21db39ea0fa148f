//! Taking material in. One command is one operation; a bad file costs that file and nothing else;
//! what is in already is left as it is.
//!
//! `gather` finds the files, `reader` reads them; a document is entered by `keep`, a list of
//! references by `library`, what was coded in it by `coded`.

mod coded;
mod completing;
mod gather;
pub(super) mod keep;
mod language;
pub mod library;
pub mod reader;
mod roles;
pub mod taken_as;

mod alike;
mod attributes;

pub use gather::{Found, Gathered, check_paths, gather};
pub use keep::study_source;
pub use language::language;
pub use reader::Reading;
pub use roles::unheard;
pub use taken_as::As;

use super::colleague;
use super::facesheet::Refused;
use super::resolve;
use super::update::known::Known;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::document::{Role, Speaker};
use crate::id::{Id, Kind};
use crate::import::facesheet::Columns;
use crate::import::{Dropped, Imported, Mapping, Override};
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::project::{Batch, Done, Original, Project};
use crate::strand::SourceKind;
use keep::{document_id, keep};
use reader::Reader;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What the person asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Files and folders; a folder is walked, hidden files left out.
    pub paths: Vec<PathBuf>,
    /// Of documents; of lists of references too, where published works may be of it.
    pub kind: SourceKind,
    /// Nobody said a kind: only what needs none is taken in.
    pub is_kind_open: bool,
    /// Strand key or title; else the first that takes this kind.
    pub strand: Option<String>,
    /// An existing source all of these belong to (repeat interviews of one person).
    pub source: Option<String>,
    /// Stakeholder group of the participants.
    pub group: Option<String>,
    /// Language of the words; else the one they are told to be in.
    pub language: Option<Language>,
    pub mapping: Option<Mapping>,
    /// Sheet of a workbook; else the first that holds words.
    pub sheet: Option<String>,
    /// What all files are taken in as; else guessed, file by file.
    pub taken_as: Option<As>,
    /// Columns of a facesheet, as far as they were told.
    pub facesheet: Option<Columns>,
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
            is_kind_open: false,
            strand: None,
            source: None,
            group: None,
            language: None,
            mapping: None,
            sheet: None,
            taken_as: None,
            facesheet: None,
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
    #[serde(rename = "as")]
    pub taken_as: As,
    /// Passages of a table, references of a list, rows of a facesheet, those that were here already among
    /// them; 1 for any other document.
    pub records: usize,
    /// Rows of a facesheet that were left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<Refused>,
    pub kind: SourceKind,
    pub format: String,
    /// Of the words of a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Who speaks in a document, with the role that was guessed or given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speakers: Option<Vec<Speaker>>,
    pub turns: usize,
    pub words: usize,
    pub warnings: Vec<String>,
    /// What stands in the file and not in the text.
    pub dropped: Vec<Dropped>,
    /// Comments in the margin.
    pub notes: usize,
    /// References that were here and say more now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<usize>,
    /// Of references that were coded in a review tool: the document that holds the words coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Of the same: the codings it brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codings: Option<usize>,
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    pub units: usize,
    #[serde(skip)]
    pub studies: usize,
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
    /// Hidden files and folders, which programs keep for themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<String>,
}

impl Summary {
    /// It is about one file.
    pub fn is_one(&self) -> bool {
        self.imported.len() + self.unchanged.len() + self.failed.len() == 1
    }
}

/// Imports; `progress` is told how many files are done, of how many.
pub fn import(project: &mut Project, wanted: &Wanted, progress: &dyn Fn(usize, usize)) -> Result<Done<Summary>> {
    let Gathered { files, passed_over } = gather(&wanted.paths)?;
    project.write("import", false, |batch| {
        let mut reader = Reader::new(batch.project(), wanted, library::kind_of_lists(wanted, &files))?;
        let settings = [wanted, reader.for_lists()].map(|wanted| Setting::settle(batch.project(), wanted));
        let [setting, of_lists] = settings;
        let (setting, of_lists) = (setting?, of_lists?);
        let mut summary = Summary { passed_over: passed_over.clone(), ..Summary::default() };
        let known = Known::of(batch.project());
        let mut seen = Seen { known, ..Seen::default() };
        for (done, file) in files.iter().enumerate() {
            progress(done, files.len());
            match import_one(batch, &mut reader, [&setting, &of_lists], file, &mut seen) {
                Ok(One::Imported(imported)) => summary.imported.push(*imported),
                Ok(One::Unchanged(id)) => summary.unchanged.push(Unchanged { path: file.shown.clone(), id }),
                Err(Trouble::Disk(fault)) => return Err(fault),
                Err(Trouble::File(fault)) => {
                    let reason = fault.on_one_line();
                    summary.failed.push(Failed { path: file.shown.clone(), reason, fault });
                }
            }
        }
        progress(files.len(), files.len());
        alike::point_out(batch.project(), wanted.kind, &mut summary);
        let last = summary.imported.iter_mut().rfind(|one| one.taken_as == As::References);
        if let Some((file, note)) = last.zip(library::look_for_duplicates(batch, seen.libraries)) {
            file.warnings.push(note.to_string());
            file.diagnostics.push(note);
        }
        Ok(summary)
    })
}

/// Reads without writing: what an import would make of each file.
pub fn rehearse(project: &Project, wanted: &Wanted) -> Result<Rehearsal> {
    Setting::settle(project, wanted)?;
    let Gathered { files, passed_over } = gather(&wanted.paths)?;
    let mut reader = Reader::new(project, wanted, library::kind_of_lists(wanted, &files))?;
    let mut rehearse = |file: Found| {
        let read = file.check().and_then(|()| reader.read(project, &file.path));
        (file, read)
    };
    Ok(Rehearsal { files: files.into_iter().map(&mut rehearse).collect(), passed_over })
}

/// What an import would make of each file, and what it would not look at.
pub struct Rehearsal {
    pub files: Vec<(Found, Result<Reading>)>,
    pub passed_over: Vec<String>,
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

/// What was given before, and what earlier files of the same act made.
#[derive(Debug, Default)]
struct Seen {
    known: Known,
    documents: BTreeMap<Id, String>,
    references: BTreeMap<Id, String>,
    /// Lists of references that made a source.
    libraries: usize,
    /// Bytes of the journal that they take.
    weight: u64,
}

fn import_one(
    batch: &mut Batch<'_>,
    reader: &mut Reader,
    [setting, of_lists]: [&Setting; 2],
    file: &Found,
    seen: &mut Seen,
) -> Result<One, Trouble> {
    file.check()?;
    if reader.is_library(&file.path)? {
        return library::take_in(batch, reader, of_lists, file, seen);
    }
    let wanted = reader.wanted();
    reader.admit(&file.path)?;
    if let Some(sheet) = reader.facesheet(&file.path)? {
        return attributes::take_in(batch, wanted, file, &sheet);
    }
    if wanted.is_kind_open {
        return Err(library::no_kind().into());
    }
    let original = Original::look(&file.path)?;
    let id = document_id(batch.project(), &original);
    if let Some(label) = seen.documents.get(&id) {
        return Ok(One::Unchanged(label.clone()));
    }
    let given = seen.known.given(&original.hash);
    if let Some(given) = given.filter(|given| given.is_purged) {
        return Err(purged(batch.project(), given.document).into());
    }
    if let Some(given) = given {
        return Ok(One::Unchanged(batch.project().label(given.document)));
    }
    let Imported { draft, dropped, warnings } = reader.document(batch.project(), &file.path)?;
    refuse_own(batch.project(), draft.as_ref())?;
    let language = language(draft.as_ref(), wanted.language)?;
    let kept = batch.attempt(|batch| keep(batch, wanted, setting, &original, id, draft.as_ref(), language));
    // Its rows are read again as they are written: a fault may still be the file's own.
    let label = kept.map_err(|fault| Trouble::of(fault, batch))?;
    seen.documents.insert(id, label.clone());
    let header = draft.header();
    Ok(One::Imported(Box::new(ImportedFile {
        id: label,
        path: file.shown.clone(),
        taken_as: if draft.is_table() { As::Extract } else { As::Document },
        records: if draft.is_table() { header.units } else { 1 },
        refused: Vec::new(),
        kind: wanted.kind,
        format: draft.format().to_owned(),
        language: Some(language),
        speakers: Some(header.speakers.clone()),
        turns: header.turns,
        words: header.words,
        warnings: warnings.iter().map(ToString::to_string).collect(),
        dropped,
        notes: draft.notes().len(),
        completed: None,
        document: None,
        codings: None,
        diagnostics: warnings,
        units: header.units,
        studies: header.studies.len(),
    })))
}

/// The file of a document whose words were destroyed.
pub(super) fn purged(project: &Project, id: Id) -> Fault {
    fault("purged", format!("this file is {}, whose words were destroyed on purpose", project.label(id)))
        .hint("it is not taken in again")
}

/// Numbered turns that went out to a colleague are no document of their own, and no correction of one.
/// Fault `own-file`.
pub(super) fn refuse_own(project: &Project, draft: &dyn Manuscript) -> Result<()> {
    let of = colleague::version_named(project, &draft.header().particulars);
    if of.is_none() && !colleague::opens_like_an_export(draft)? {
        return Ok(());
    }
    let of = of.map_or_else(|| "a document".to_owned(), |document| project.label(document.id));
    Err(fault("own-file", format!("these are the numbered turns of {of}, as they went out to a colleague"))
        .hint("take in what a colleague wrote beside them: realist document comments FILE")
        .hint("a correction is made in the transcript itself, and taken in with --update"))
}
