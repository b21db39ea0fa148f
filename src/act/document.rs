//! What can be said of a document after it was imported.

use super::import::keep::participants;
use super::import::reader::{overrides, read_document};
use super::resolve;
use super::update::{self, Renumbered};
use crate::diagnostic::{Result, fault};
use crate::document::{Document, Header, Role};
use crate::extract::Extractor;
use crate::id::Kind;
use crate::import::{Imported, Limits, Mapping, Request};
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::project::{Batch, Done, Project};
use crate::strand::SourceKind;
use crate::text::words::fold;
use serde_json::{Value, json};

/// What to change; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub title: Option<String>,
    pub kind: Option<SourceKind>,
    /// Put the document under this source.
    pub source: Option<String>,
    /// By whose rules its words are stemmed.
    pub language: Option<Language>,
    /// Speaker label and role: makes a new text version, anchors keep theirs.
    pub roles: Vec<(String, Role)>,
}

/// Changes a document; returns its label.
pub fn set(project: &mut Project, document: &str, changes: &Changes) -> Result<Done<String>> {
    project.write("document set", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Document, document)?;
        let held: Document = resolve::read(batch.project(), id)?;
        if held.purged {
            return Err(fault(
                "purged",
                format!("the words of {} were destroyed on purpose", batch.project().label(id)),
            )
            .hint("nothing can be said of it any more"));
        }
        let mut fields = Batch::fields(json!({ "kind": changes.kind, "language": changes.language }));
        if let Some(title) = &changes.title {
            fields.insert("title".to_owned(), json!(batch.seal(&Value::from(title.as_str()))?));
        }
        if let Some(typed) = &changes.source {
            fields.insert("source".to_owned(), json!(resolve::find(batch.project(), Kind::Source, typed)?));
        }
        if let Some(kind) = changes.kind {
            let strand = batch.project().settings().strand_of(kind);
            for source in sources_of(batch.project(), &held) {
                batch.set(Kind::Source, source, &Batch::fields(json!({ "kind": kind, "strand": strand })));
            }
        }
        if !changes.roles.is_empty() {
            reread(batch, &held, changes, &mut fields)?;
        }
        batch.set(Kind::Document, id, &fields);
        Ok(batch.project().label(id))
    })
}

/// The sources a document's words count as: its own, and the studies of a table.
fn sources_of(project: &Project, document: &Document) -> Vec<crate::id::Id> {
    let mut sources: Vec<_> = project
        .state()
        .all::<crate::source::Source>()
        .into_iter()
        .filter(|source| {
            source.id == document.source || source.study.is_some_and(|study| study.document == document.id)
        })
        .map(|source| source.id)
        .collect();
    sources.dedup();
    sources
}

/// Reads the original again with other roles: a new text version. The text layer is the same, so
/// anchors into the old version stay whole.
fn reread(
    batch: &mut Batch<'_>,
    document: &Document,
    changes: &Changes,
    fields: &mut crate::history::Fields,
) -> Result<()> {
    let project = batch.project();
    if document.is_cut() {
        let label = project.label(document.id);
        return Err(fault(
            "cut",
            format!("{label} cannot be read again: what it was made from went with the words of somebody who withdrew"),
        )
        .hint("the roles of its speakers stay as they are"));
    }
    let header = project.header(document)?;
    let speakers = header.as_ref().map(|header| header.speakers.clone()).unwrap_or_default();
    // A table is read with the columns it was read with before, also where a person named them.
    let mapping = header.as_deref().map(Mapping::stored_in).transpose()?.flatten();
    for (label, _) in &changes.roles {
        let known = speakers.iter().any(|speaker| fold(&speaker.label) == fold(label));
        if !known {
            let near = crate::diagnostic::did_you_mean(label, speakers.iter().map(|one| one.label.as_str()));
            let all: Vec<&str> = speakers.iter().map(|one| one.label.as_str()).collect();
            return Err(resolve::meant(
                fault("unknown-speaker", format!("nobody called '{label}' speaks there")),
                &near,
            )
            .hint(format!("speakers: {}", all.join(", "))));
        }
    }
    let roles: Vec<(String, Role)> = speakers
        .iter()
        .map(|speaker| {
            let changed = changes.roles.iter().find(|(label, _)| fold(&speaker.label) == fold(label));
            (speaker.label.clone(), changed.map_or(speaker.role, |(_, role)| *role))
        })
        .collect();
    let request = Request {
        name: &document.original,
        bytes: &[],
        kind: changes.kind.unwrap_or(document.kind),
        mapping: mapping.as_ref(),
        format: Some(&document.format),
        sheet: header.as_ref().and_then(|header| header.particulars.get("sheet")).map(String::as_str),
        roles: &roles,
        limits: Limits::with(&document.format, &overrides(project)?)?,
    };
    let mut extractor = Extractor::new(project.surroundings().extractor.as_deref());
    let Imported { draft, .. } = read_document(&mut extractor, &request, &project.original(document))?;
    // Speakers keep the places they have, also where a correction changed who speaks first.
    let headers = update::headers(project, document)?;
    let former: Vec<&Header> = headers.iter().map(std::rc::Rc::as_ref).collect();
    let (manuscript, _) = Renumbered::of(draft.as_ref(), &former);
    let (version, particulars) = batch.freeze(&manuscript, document.id, document.next_number())?;
    fields.insert("version".to_owned(), json!(version));
    if !document.versions.contains_key(&version) {
        fields.insert(format!("version:{version}"), json!(particulars));
    }
    participants(batch, document.id, manuscript.header(), None);
    Ok(())
}
