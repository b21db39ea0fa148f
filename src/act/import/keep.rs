//! What was read of a file becomes a document, its sources and its participants.

use super::{Setting, Wanted};
use crate::act::{memo, participant};
use crate::diagnostic::Result;
use crate::document::{Header, Role, Speaker};
use crate::id::{Id, Kind};
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::participant::{Participant, SpeakerRef};
use crate::project::{Batch, Original, Project};
use crate::strand::SourceKind;
use serde_json::{Value, json};

/// Makes the document, its sources and its participants.
pub(super) fn keep(
    batch: &mut Batch<'_>,
    wanted: &Wanted,
    setting: &Setting,
    file: &Original,
    id: Id,
    manuscript: &dyn Manuscript,
    language: Language,
) -> Result<String> {
    let source = make_sources(batch, wanted, setting, id, manuscript);
    let said = Said { source: Some(source), kind: wanted.kind, language, ending: manuscript.format() };
    let (label, version) = document(batch, file, id, manuscript, &said)?;
    memo::margin::keep(batch, id, &version, manuscript, file)?;
    participants(batch, id, manuscript.header(), setting.group.as_deref());
    Ok(label)
}

/// The id of the document that a file is in this project: the same on every machine.
pub(super) fn document_id(project: &Project, file: &Original) -> Id {
    Id::derived([b"document", project.settings().project.as_bytes().as_slice(), file.hash.as_bytes()])
}

/// What is said of a document that does not stand in its file.
pub(super) struct Said {
    /// What it counts as.
    pub source: Option<Id>,
    pub kind: SourceKind,
    pub language: Language,
    /// Ending of the original that is kept, where the file's name has none.
    pub ending: &'static str,
}

/// Enters the document alone; gives its label and the name of its text version.
pub(super) fn document(
    batch: &mut Batch<'_>,
    file: &Original,
    id: Id,
    manuscript: &dyn Manuscript,
    said: &Said,
) -> Result<(String, String)> {
    let ending = file.path.extension().and_then(|one| one.to_str()).unwrap_or(said.ending);
    let title = file.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let (version, particulars) = batch.freeze(manuscript, id, 1)?;
    let original = batch.keep_original(file, ending)?;
    // Two machines that take in one file seal its name alike; nobody without the file can test a guess.
    let title = batch.seal_with(&Value::from(title), file)?;
    let mut fields = Batch::fields(json!({
        "source": said.source,
        "kind": said.kind,
        "format": manuscript.format(),
        "version": version,
        "original": original,
        "title": title,
    }));
    if said.language != Language::ENGLISH {
        fields.insert("language".to_owned(), json!(said.language));
    }
    fields.insert(format!("version:{version}"), json!(particulars));
    let label = batch.create_as(Kind::Document, id, &fields);
    Ok((label.to_string(), version))
}

/// Makes participants of the speakers that are such and are nobody's yet; those that a role says are none
/// any more go.
pub(in crate::act) fn participants(batch: &mut Batch<'_>, document: Id, header: &Header, group: Option<&str>) {
    let mut all = batch.project().state().about::<Participant>(document);
    for (speaker, Speaker { role, .. }) in header.speakers.iter().enumerate() {
        let at = SpeakerRef { document, speaker };
        // Who was joined with somebody speaks under another's label.
        let speaking = all.iter_mut().find(|one| one.speaks.contains(&at));
        match (*role == Role::Participant, speaking) {
            (true, None) => {
                let fields = Batch::fields(json!({ "speaks": [at], "group": group }));
                batch.create_as(Kind::Participant, participant::derived(document, speaker), &fields);
            }
            (false, Some(held)) => {
                held.speaks.retain(|one| *one != at);
                if held.speaks.is_empty() {
                    batch.remove(Kind::Participant, held.id, "the speaker's role was corrected");
                } else {
                    batch.set(Kind::Participant, held.id, &Batch::fields(json!({ "speaks": held.speaks })));
                }
            }
            _ => {}
        }
    }
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
