//! **texts**: every text version is what its name says.
//!
//! A version's name is a hash over its document's id and the content of its files, computed anew here.
//! Versions out of force, and of documents that were removed, are looked at too. Line ends that git
//! converted are seen through when a text is read; they are named, and nothing rests on them.

use super::{Looked, purged};
use crate::diagnostic::{Diagnostic, Result};
use crate::history::Entity;
use crate::id::{Id, Kind};
use crate::project::{Content, Project};
use crate::synthesis::Synthesis;
use serde_json::Value;
use std::collections::BTreeMap;

/// Most files a version may be cut into; a journal from elsewhere may say anything.
const MOST_SHARDS: usize = 100_000;

pub(super) fn look(project: &Project, synthesis: &Synthesis, looked: &mut Looked) -> Result<()> {
    let purged = purged(project);
    let documents = project.state().entities().filter(|(_, entity)| entity.kind == Kind::Document);
    let mut read = 0;
    for (id, entity) in documents.filter(|(id, _)| !purged.contains(id)) {
        for (version, shards) in versions(&entity) {
            let content = project.content_of_version(id, &version, shards)?;
            read += usize::from(content != Content::Absent);
            let in_force = synthesis.documents.get(&id).is_some_and(|one| one.version == version);
            looked.diagnostics.extend(found(project, id, &version, content, in_force));
        }
    }
    looked.counts = vec![(read, "version")];
    Ok(())
}

/// Every version ever made of a document, with the number of its files.
fn versions(document: &Entity) -> BTreeMap<String, usize> {
    let mut versions = BTreeMap::new();
    for (field, value) in document.all_writes().flatten() {
        let shards = value.get("shards").and_then(Value::as_u64).and_then(|shards| usize::try_from(shards).ok());
        if let Some(version) =
            field.strip_prefix("version:").filter(|name| name.bytes().all(|byte| byte.is_ascii_hexdigit()))
        {
            versions.insert(version.to_owned(), shards.unwrap_or(1).clamp(1, MOST_SHARDS));
        }
    }
    versions
}

fn found(project: &Project, document: Id, version: &str, content: Content, in_force: bool) -> Option<Diagnostic> {
    let label = project.label(document);
    let (found, hint) = match content {
        Content::Whole => return None,
        Content::Absent if !in_force => return None,
        Content::Absent => (
            Diagnostic::warning("missing-text", format!("the text of {label} is not on this computer")),
            "let the sync client fetch corpus/text, or merge a copy or a bundle that has it",
        ),
        Content::Converted => (
            Diagnostic::note(
                "line-ends",
                format!("the line ends of the text of {label} were converted; it is read all the same"),
            ),
            "see that .gitattributes has the line  corpus/** -text  before you clone again",
        ),
        Content::Changed => (
            Diagnostic::warning("changed-text", format!("the text of {label}, or its units, is not what was frozen")),
            "restore both files from a backup or a colleague's copy: text versions are never changed",
        ),
    };
    Some(found.in_file(format!("corpus/text/{version}")).hint(hint))
}
