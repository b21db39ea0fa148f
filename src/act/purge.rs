//! Destroying a document's words for good, here and at every colleague's when they next open the
//! project. What stood on them stays and reads `purged`.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::history::Fields;
use crate::id::Kind;
use crate::project::{Done, Project};
use serde_json::{Value, json};

/// What a purge destroyed.
#[derive(Debug, Clone)]
pub struct Purged {
    pub document: String,
    pub files: usize,
    /// Evidence links and codings that now read `purged`.
    pub links: usize,
    pub codings: usize,
}

/// What a purge would destroy.
pub fn rehearse(project: &Project, document: &str) -> Result<Purged> {
    let id = resolve::find(project, Kind::Document, document)?;
    let held: Document = resolve::read(project, id)?;
    let links = project.state().all::<crate::evidence::Evidence>();
    let codings = project.state().all::<crate::coding::Coding>();
    Ok(Purged {
        document: project.label(id),
        files: project.confidential_files(&held).len(),
        links: links.iter().filter(|link| link.anchor.document == id).count(),
        codings: codings.iter().filter(|coding| coding.anchor.document == id).count(),
    })
}

/// Destroys the document's original, all its text versions and its sealed name.
pub fn purge(project: &mut Project, document: &str, reason: &str) -> Result<Done<Purged>> {
    project.write("purge", true, |batch| {
        let purged = rehearse(batch.project(), document)?;
        let id = resolve::find(batch.project(), Kind::Document, document)?;
        let held: Document = resolve::read(batch.project(), id)?;
        if held.purged {
            return Err(fault("already-purged", format!("the words of {} are gone already", purged.document))
                .hint("`realist log` says when and by whom"));
        }
        let files = batch.project().confidential_files(&held);
        batch.purge(id, files);
        let fields = Fields::from_iter([
            ("purged".to_owned(), json!(true)),
            ("purge_reason".to_owned(), json!(reason)),
            ("title".to_owned(), Value::Null),
        ]);
        batch.set(Kind::Document, id, &fields);
        Ok(purged)
    })
}
