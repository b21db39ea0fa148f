//! Corrected documents: a newer file of a document that is in becomes its new text version, and what rests
//! on the former text is carried over in the same operation.
//!
//! Kind, source, strand, title and participants stay. Speakers and studies keep their places
//! (`renumbered`), so that a participant goes on speaking under the label they had.

pub mod known;
mod renumbered;

pub use renumbered::Changed;

use super::carry::{self, Counts, Fate, Moved, Target};
use super::import::reader::{Read, Reader, Reading};
use super::import::{self, Failed, Found, Unchanged, gather, keep};
use super::{memo, resolve};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::document::{Document, Header, Role};
use crate::id::{Id, Kind};
use crate::import::{Dropped, Imported, Mapping};
use crate::manuscript::Manuscript;
use crate::project::{Batch, Done, Original, Project};
use known::Known;
pub(super) use renumbered::Renumbered;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What the person asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Files, group of new participants, mapping, sheet, format, roles and limits; the rest stays.
    pub import: import::Wanted,
    /// The document that the one file corrects; else each file is for the document of its name.
    pub document: Option<String>,
}

/// A document that has a new text.
#[derive(Debug, Clone, Serialize)]
pub struct Updated {
    /// Of the document.
    pub id: String,
    pub path: String,
    /// Number of the text version now in force.
    pub version: usize,
    /// The file differs and the text does not.
    pub same_text: bool,
    pub format: String,
    pub turns: usize,
    pub words: usize,
    pub speakers: Changed,
    pub carried: Counts,
    pub warnings: Vec<String>,
    pub dropped: Vec<Dropped>,
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    pub moved: Vec<Moved>,
}

/// Every file in exactly one list.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Summary {
    pub updated: Vec<Updated>,
    pub unchanged: Vec<Unchanged>,
    pub failed: Vec<Failed>,
}

/// Takes corrected files in. In a dry run it says what would become of everything.
pub fn update(project: &mut Project, wanted: &Wanted, progress: &dyn Fn(usize, usize)) -> Result<Done<Summary>> {
    let import::Gathered { files, .. } = gather(&wanted.import.paths)?;
    if let (Some(document), [_, second, ..]) = (&wanted.document, files.as_slice()) {
        return Err(fault(
            "many-files",
            format!("{document} is one document, and there is more than one file: {}", second.shown),
        )
        .hint("name the one file that corrects it")
        .hint("or leave the label out: --update alone takes each file for the document of its name"));
    }
    project.write("import --update", true, |batch| {
        let known = Known::of(batch.project());
        let named = wanted.document.as_deref().map(|typed| find(batch.project(), typed)).transpose()?;
        let mut summary = Summary::default();
        let mut done: BTreeMap<Id, String> = BTreeMap::new();
        for (at, file) in files.iter().enumerate() {
            progress(at, files.len());
            let one = batch.attempt(|batch| update_one(batch, wanted, named.as_ref(), &known, file, &mut done));
            match one {
                Ok(One::Updated(updated)) => summary.updated.push(*updated),
                Ok(One::Unchanged(id)) => summary.unchanged.push(Unchanged { path: file.shown.clone(), id }),
                Err(fault) if batch.cannot_write() => return Err(fault),
                Err(fault) => {
                    let reason = fault.on_one_line();
                    summary.failed.push(Failed { path: file.shown.clone(), reason, fault });
                }
            }
        }
        progress(files.len(), files.len());
        Ok(summary)
    })
}

enum One {
    Updated(Box<Updated>),
    Unchanged(String),
}

fn find(project: &Project, typed: &str) -> Result<Document> {
    let id = resolve::find(project, Kind::Document, typed)?;
    let document: Document = resolve::read(project, id)?;
    if document.purged {
        return Err(fault("purged", format!("the words of {} were destroyed on purpose", project.label(id)))
            .hint("it cannot be corrected any more"));
    }
    Ok(document)
}

fn update_one(
    batch: &mut Batch<'_>,
    wanted: &Wanted,
    named: Option<&Document>,
    known: &Known,
    file: &Found,
    done: &mut BTreeMap<Id, String>,
) -> Result<One> {
    file.check()?;
    let project = batch.project();
    let original = Original::look(&file.path)?;
    if let Some(given) = known.given(&original.hash) {
        let label = project.label(given.document);
        if given.is_purged {
            return Err(import::purged(project, given.document));
        }
        if let Some(named) = named.filter(|named| named.id != given.document) {
            return Err(fault("other-document", format!("this very file is {label}, not {}", project.label(named.id)))
                .hint("see: realist document list"));
        }
        let held: Document = resolve::read(project, given.document)?;
        if project.rival_versions(&held).is_empty() {
            return Ok(One::Unchanged(label));
        }
    }
    let document = match named {
        Some(document) => document.clone(),
        None => by_name(project, file)?,
    };
    let label = project.label(document.id);
    if document.is_cut() {
        return Err(fault(
            "cut-document",
            format!("somebody withdrew from {label}, and the file may hold their words"),
        )
        .hint("take their words out of the file, and import it as a document of its own, without --update"));
    }
    if let Some(other) = done.get(&document.id) {
        return Err(fault("twice", format!("{other} is for {label} too"))
            .hint("give the one file that is right: realist import FILE --update LABEL"));
    }
    let headers = headers(project, &document)?;
    let read = read(project, wanted, &document, &headers[0], file)?;
    let updated = take_up(batch, wanted, &document, &headers, file, &original, &read)?;
    done.insert(document.id, file.shown.clone());
    Ok(One::Updated(Box::new(updated)))
}

fn by_name(project: &Project, file: &Found) -> Result<Document> {
    let stem = file.path.file_stem().unwrap_or_default().to_string_lossy();
    let mut called = known::called(project, &stem);
    match called.len() {
        1 => Ok(called.remove(0)),
        0 => Err(fault("no-such-document", format!("no document is called '{stem}'"))
            .hint("say which one it corrects: realist import FILE --update LABEL (see `realist document list`)")
            .hint("a new document is imported without --update")),
        _ => {
            let labels: Vec<String> = called.iter().map(|one| project.label(one.id)).collect();
            Err(fault("ambiguous-document", format!("several documents are called '{stem}': {}", labels.join(", ")))
                .hint(format!("say which one it corrects: realist import FILE --update {}", labels[0])))
        }
    }
}

/// Headers of all versions, the one in force first.
pub(super) fn headers(project: &Project, document: &Document) -> Result<Vec<Rc<Header>>> {
    let first = project.header(document)?.ok_or_else(|| super::text::missing(project, document))?;
    let mut headers = vec![first];
    let mut others: Vec<_> = document.versions.iter().filter(|(name, _)| **name != document.version).collect();
    others.sort_by_key(|(name, version)| (version.number, *name));
    for (name, _) in others {
        headers.extend(project.header_of(document, name)?);
    }
    Ok(headers)
}

/// Reads the file as what the document is, with the roles and columns it was last read with.
fn read(project: &Project, wanted: &Wanted, document: &Document, header: &Header, file: &Found) -> Result<Read> {
    let mut asked = import::Wanted { kind: document.kind, ..wanted.import.clone() };
    let said: BTreeSet<String> = asked.roles.iter().map(|(label, _)| label.to_lowercase()).collect();
    let before = header.speakers.iter().filter(|one| !said.contains(&one.label.to_lowercase()));
    asked.roles.extend(before.map(|one| (one.label.clone(), one.role)));
    if asked.mapping.is_none() {
        asked.mapping = Mapping::stored_in(header)?;
    }
    if asked.sheet.is_none() && crate::import::format_of_name(&file.shown) == Some(document.format.as_str()) {
        asked.sheet = header.particulars.get("sheet").cloned();
    }
    let references = || {
        fault("references", "this is a list of references, and no document's text")
            .hint("import it without --update: references that are in are left as they are, new ones are added")
    };
    match Reader::new(project, &asked, asked.kind)?.read(project, &file.path) {
        Ok(Reading::Document(read)) => {
            import::refuse_own(project, read.draft.as_ref())?;
            Ok(read)
        }
        Ok(Reading::Library(_)) => Err(references()),
        Ok(Reading::Facesheet(_)) => Err(fault("facesheet", "this is a facesheet, and no document's text")
            .hint("import it without --update: what it says of people is taken in anew")),
        Err(fault) if fault.0.code == "own-data" => Err(references()),
        Err(fault) => Err(fault),
    }
}

fn take_up(
    batch: &mut Batch<'_>,
    wanted: &Wanted,
    document: &Document,
    headers: &[Rc<Header>],
    file: &Found,
    original: &Original,
    read: &Read,
) -> Result<Updated> {
    let Imported { draft, dropped, warnings } = read;
    let project = batch.project();
    let label = project.label(document.id);
    let was_table = project.shard(document, &document.version, 0)?.is_some_and(|shard| shard.is_table());
    if was_table != draft.is_table() {
        let (was, is) = if was_table { ("a table", "a running text") } else { ("a running text", "a table") };
        return Err(fault("other-shape", format!("{label} is {was}, and this file is {is}"))
            .hint("import it as a document of its own, without --update"));
    }
    let former: Vec<&Header> = headers.iter().map(Rc::as_ref).collect();
    let (manuscript, speakers) = Renumbered::of(draft.as_ref(), &former);
    let (version, particulars) = batch.freeze(&manuscript, document.id, document.next_number())?;
    let extension = file.path.extension().and_then(|one| one.to_str()).unwrap_or(manuscript.format());
    let kept = batch.keep_original(original, extension)?;
    let mut fields = Batch::fields(json!({ "version": version, "original": kept, "format": manuscript.format() }));
    let known = document.versions.get(&version);
    if known.is_none() {
        fields.insert(format!("version:{version}"), json!(particulars));
    }
    batch.set(Kind::Document, document.id, &fields);
    let group = wanted.import.group.as_deref().map(|typed| resolve::group(batch.project(), typed)).transpose()?;
    keep::participants(batch, document.id, manuscript.header(), group.as_deref());
    add_sources(batch, document, headers, manuscript.header());
    let each_shard = |see: &mut crate::manuscript::See<'_>| manuscript.each_shard(see);
    let target = Target {
        version: &version,
        header: manuscript.header(),
        is_table: manuscript.is_table(),
        each_shard: &each_shard,
    };
    let plan = carry::plan(batch.project(), document, &target)?;
    let moved = carry::write(batch, plan);
    memo::margin::keep(batch, document.id, &version, &manuscript, original)?;
    if !batch.project().rival_versions(document).is_empty() {
        carry::settle_rivals(batch, document.id, &version);
    }
    let header = manuscript.header();
    let mut diagnostics = warnings.clone();
    diagnostics.extend(notes(&label, &speakers, header));
    Ok(Updated {
        id: label,
        path: file.shown.clone(),
        version: known.map_or(particulars.number, |known| known.number),
        same_text: version == document.version,
        format: manuscript.format().to_owned(),
        turns: header.turns,
        words: header.words,
        speakers,
        carried: Counts::of(&moved),
        warnings: diagnostics.iter().map(ToString::to_string).collect(),
        dropped: dropped.clone(),
        diagnostics,
        moved,
    })
}

/// Sources for studies that a table did not name before, where its studies are sources.
fn add_sources(batch: &mut Batch<'_>, document: &Document, headers: &[Rc<Header>], header: &Header) {
    let sources = batch.project().state().all::<crate::source::Source>();
    let mut studies = sources.iter().filter_map(|one| one.study.filter(|study| study.document == document.id));
    let had = headers.iter().any(|header| !header.studies.is_empty());
    if had && studies.next().is_none() {
        return;
    }
    let strand = sources
        .iter()
        .find(|one| one.id == document.source)
        .map_or_else(|| batch.project().settings().strand_of(document.kind), |source| source.strand.clone());
    for (index, study) in header.studies.iter().enumerate() {
        let id = import::study_source(document.id, &study.key);
        if !batch.project().state().is_here(id) {
            let fields = Batch::fields(json!({
                "kind": document.kind, "strand": strand, "study": {"document": document.id, "index": index},
            }));
            batch.create_as(Kind::Source, id, &fields);
        }
    }
}

fn notes(label: &str, speakers: &Changed, header: &Header) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    let new: Vec<&str> = header
        .speakers
        .iter()
        .filter(|one| one.role == Role::Participant && speakers.new.contains(&one.label))
        .map(|one| one.label.as_str())
        .collect();
    if !new.is_empty() {
        let said = format!("new speakers in {label}: {}; nothing is known of their consent", new.join(", "));
        notes.push(Diagnostic::note("new-speakers", said).hint("see: realist participant list"));
    }
    if !speakers.gone.is_empty() {
        let said = format!("no longer in {label}: {}", speakers.gone.join(", "));
        notes.push(
            Diagnostic::note("speakers-gone", said)
                .hint("a label that was changed makes another speaker: consent is not carried over to it"),
        );
    }
    notes
}

/// Links, codings and memos that a person has to look at.
pub fn to_settle(moved: &[Moved]) -> impl Iterator<Item = &Moved> {
    moved.iter().filter(|one| one.fate != Fate::Exact)
}
