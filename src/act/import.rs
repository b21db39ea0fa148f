//! Taking material in. One command is one operation; a bad file costs that file and nothing else;
//! what is in already is left as it is.

use super::resolve;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::document::{Document, Role};
use crate::id::{Id, Kind};
use crate::import::{self, Imported, Mapping, Request};
use crate::manuscript::Manuscript;
use crate::project::{Batch, Done, Original, Project};
use crate::strand::SourceKind;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
}

/// A file to read: where it is, and how the answer calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    pub shown: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ImportedFile {
    pub id: String,
    pub path: String,
    pub kind: SourceKind,
    pub format: String,
    pub turns: usize,
    pub words: usize,
    pub warnings: Vec<String>,
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

/// The files that the arguments name. A folder's files are called by their place in it.
pub fn gather(paths: &[PathBuf]) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, path, &mut found)?;
        } else {
            found.push(Found { path: path.clone(), shown: path.display().to_string() });
        }
    }
    Ok(found)
}

fn walk(top: &Path, folder: &Path, found: &mut Vec<Found>) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|error| Fault::io("read the folder", folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        if hidden || path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            walk(top, &path, found)?;
        } else if path.is_file() {
            let shown = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            found.push(Found { path, shown });
        }
    }
    Ok(())
}

/// Imports; `progress` is told how many files are done, of how many. With `dry_run` nothing is
/// written, and the drafts are handed to `look`.
pub fn import(project: &mut Project, wanted: &Wanted, progress: &dyn Fn(usize, usize)) -> Result<Done<Summary>> {
    let files = gather(&wanted.paths)?;
    project.write("import", false, |batch| {
        let setting = Setting::settle(batch.project(), wanted)?;
        let mut summary = Summary::default();
        let mut seen: BTreeMap<Id, String> = BTreeMap::new();
        for (done, file) in files.iter().enumerate() {
            progress(done, files.len());
            match import_one(batch, wanted, &setting, file, &mut seen) {
                Ok(One::Imported(imported)) => summary.imported.push(*imported),
                Ok(One::Unchanged(id)) => summary.unchanged.push(Unchanged { path: file.shown.clone(), id }),
                Err(Trouble::Disk(fault)) => return Err(fault),
                Err(Trouble::File(fault)) => {
                    summary.failed.push(Failed { path: file.shown.clone(), reason: reason(&fault), fault });
                }
            }
        }
        progress(files.len(), files.len());
        point_out_twins(batch.project(), wanted.kind, &mut summary);
        Ok(summary)
    })
}

/// The same interview in two formats is one source, and only a person can say that it is the same.
fn point_out_twins(project: &Project, kind: SourceKind, summary: &mut Summary) {
    if !kind.is_own_data() {
        return;
    }
    let title = |path: &str| Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut seen: Vec<(String, usize, usize, String)> = Vec::new();
    for document in project.state().all::<Document>().into_iter().filter(|one| !one.purged && one.kind.is_own_data()) {
        let Some(version) = document.versions.get(&document.version) else { continue };
        let alike = |file: &ImportedFile| (file.words, file.turns) == (version.words, version.turns);
        if summary.imported.iter().any(alike) {
            seen.push((project.label(document.id), version.words, version.turns, project.title(&document)));
        }
    }
    for file in &mut summary.imported {
        let own = (file.id.clone(), file.words, file.turns, title(&file.path));
        let twin = seen.iter().find(|one| (one.1, one.2, &one.3) == (own.1, own.2, &own.3));
        if let Some((twin, ..)) = twin.filter(|(twin, ..)| *twin != own.0) {
            let note =
                Diagnostic::note("same-interview", format!("it may be the same as {twin}: name, words and turns are"))
                    .hint(
                        "count the two once: realist source set S2.gj --same-study S1.gj (see `realist source list`)",
                    );
            file.warnings.push(note.to_string());
            file.diagnostics.push(note);
        }
        seen.push(own);
    }
}

/// Reads without writing: what an import would make of each file.
pub fn rehearse(project: &Project, wanted: &Wanted) -> Result<Vec<(Found, Result<Reading>)>> {
    Setting::settle(project, wanted)?;
    let files = gather(&wanted.paths)?;
    Ok(files
        .into_iter()
        .map(|file| {
            let read = read_file(&request(wanted, &file.path), &file.path);
            (file, read)
        })
        .collect())
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

/// What was read of a file: held whole, or a table whose rows stay on the disk.
pub type Reading = Imported<Box<dyn Manuscript>>;

/// Reads a file off the disk; the request's own bytes are not asked.
pub(super) fn read_file(request: &Request, path: &Path) -> Result<Reading> {
    if let Some(table) = import::on_disk(request, path) {
        let Imported { draft, warnings } = table?;
        return Ok(Imported { draft: Box::new(draft), warnings });
    }
    let bytes = std::fs::read(path).map_err(|error| Fault::io("read", path, &error))?;
    let Imported { draft, warnings } = import::read(&Request { bytes: &bytes, ..*request })?;
    Ok(Imported { draft: Box::new(draft), warnings })
}

fn request<'r>(wanted: &'r Wanted, path: &'r Path) -> Request<'r> {
    Request {
        name: path.file_name().and_then(|name| name.to_str()).unwrap_or_default(),
        bytes: &[],
        kind: wanted.kind,
        mapping: wanted.mapping.as_ref(),
        format: wanted.format.as_deref(),
        sheet: wanted.sheet.as_deref(),
        roles: &wanted.roles,
    }
}

fn import_one(
    batch: &mut Batch<'_>,
    wanted: &Wanted,
    setting: &Setting,
    file: &Found,
    seen: &mut BTreeMap<Id, String>,
) -> Result<One, Trouble> {
    let original = Original::look(&file.path)?;
    let project = batch.project().settings().project;
    let id = Id::derived([b"document", project.as_bytes().as_slice(), original.hash.as_bytes()]);
    if let Some(label) = seen.get(&id) {
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
    let Imported { draft, warnings } = read_file(&request(wanted, &file.path), &file.path)?;
    let kept = batch.attempt(|batch| keep(batch, wanted, setting, &original, id, draft.as_ref()));
    // Its rows are read again as they are written: a fault may still be the file's own.
    let label = kept.map_err(|fault| if batch.cannot_write() { Trouble::Disk(fault) } else { Trouble::File(fault) })?;
    seen.insert(id, label.clone());
    let header = draft.header();
    Ok(One::Imported(Box::new(ImportedFile {
        id: label,
        path: file.shown.clone(),
        kind: wanted.kind,
        format: draft.format().to_owned(),
        turns: header.turns,
        words: header.words,
        warnings: warnings.iter().map(ToString::to_string).collect(),
        diagnostics: warnings,
        units: header.units,
        studies: header.studies.len(),
        speakers: header.speakers.iter().map(|one| (one.label.clone(), one.role)).collect(),
    })))
}

/// Makes the document, its sources and its participants.
fn keep(
    batch: &mut Batch<'_>,
    wanted: &Wanted,
    setting: &Setting,
    file: &Original,
    id: Id,
    manuscript: &dyn Manuscript,
) -> Result<String> {
    let extension = file.path.extension().and_then(|one| one.to_str()).unwrap_or(manuscript.format());
    let title = file.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (version, particulars) = batch.freeze(manuscript, id, 1)?;
    let original = batch.keep_original(file, extension)?;
    // Two machines that take in one file seal its name alike; nobody without the file can test a guess.
    let title = batch.seal_with(&Value::from(title), file)?;
    let sources = make_sources(batch, wanted, setting, id, manuscript);
    let mut fields = Batch::fields(json!({
        "source": sources,
        "kind": wanted.kind,
        "format": manuscript.format(),
        "version": version,
        "original": original,
        "title": title,
    }));
    fields.insert(format!("version:{version}"), json!(particulars));
    let label = batch.create_as(Kind::Document, id, &fields);
    for (index, speaker) in manuscript.header().speakers.iter().enumerate() {
        if speaker.role == Role::Participant {
            let participant = super::participant::derived(id, index);
            let fields = Batch::fields(json!({
                "speaks": [{"document": id, "speaker": index}],
                "group": setting.group,
            }));
            batch.create_as(Kind::Participant, participant, &fields);
        }
    }
    Ok(label.to_string())
}

/// The source each part of a document counts as; returns the document's own.
fn make_sources(batch: &mut Batch<'_>, wanted: &Wanted, setting: &Setting, id: Id, manuscript: &dyn Manuscript) -> Id {
    if let Some(source) = setting.source {
        return source;
    }
    let mut first = None;
    for (index, study) in manuscript.header().studies.iter().enumerate() {
        let source = study_source(id, &study.key);
        let fields = Batch::fields(json!({
            "kind": wanted.kind,
            "strand": setting.strand,
            "study": {"document": id, "index": index},
        }));
        batch.create_as(Kind::Source, source, &fields);
        first.get_or_insert(source);
    }
    match first {
        Some(first) if manuscript.names_every_study() => first,
        _ => {
            let source = Id::derived([b"source".as_slice(), id.as_bytes()]);
            let fields = Batch::fields(json!({ "kind": wanted.kind, "strand": setting.strand }));
            batch.create_as(Kind::Source, source, &fields);
            source
        }
    }
}

/// The source that a study of a table is.
pub fn study_source(document: Id, key: &str) -> Id {
    Id::derived([b"study".as_slice(), document.as_bytes(), key.as_bytes()])
}

/// A wish for the impossible, said early.
pub fn check_paths(paths: &[PathBuf]) -> Result<()> {
    if paths.is_empty() {
        return Err(fault("no-files", "no files were named").hint("realist import FILE... --kind interview"));
    }
    Ok(())
}
