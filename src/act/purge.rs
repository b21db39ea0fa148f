//! Destroying a document's words for good, here and at every colleague's when they next open the
//! project. What stood on them stays and reads `purged`.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind, Label};
use crate::project::{Batch, Done, Project};
use serde_json::{Value, json};

/// What a purge destroyed.
#[derive(Debug, Clone)]
pub struct Purged {
    pub document: String,
    pub files: usize,
    /// Papers in `outputs/`, and sheets of this document there, that went with them.
    pub papers: Vec<String>,
    /// Evidence links and codings that now read `purged`.
    pub links: usize,
    pub codings: usize,
    /// Memos on it, whose words go too.
    pub memos: usize,
}

/// What a purge would destroy, also of what an open pass hides.
pub fn rehearse(project: &Project, document: &str) -> Result<Purged> {
    let id = find(project, document)?;
    Ok(project.state().whole(|_| survey(project, id)))
}

fn survey(project: &Project, id: Id) -> Purged {
    let links = project.state().all::<crate::evidence::Evidence>();
    let codings = project.state().all::<crate::coding::Coding>();
    Purged {
        document: project.label(id),
        files: project.count_here(&project.files_with_all_on(id)),
        papers: project.papers().into_iter().chain(project.sheets_of(id)).collect(),
        links: links.iter().filter(|link| link.anchor.document == id).count(),
        codings: codings.iter().filter(|coding| coding.anchor.document == id).count(),
        memos: project.memos_on(id).into_iter().filter(|memo| project.state().is_here(*memo)).count(),
    }
}

/// A document, also one whose import was undone: its files are still there.
fn find(project: &Project, typed: &str) -> Result<Id> {
    let hidden = typed.trim().parse::<Label>().ok().and_then(|label| project.state().labelled(&label));
    match hidden.filter(|id| project.state().entity(*id).is_some_and(|entity| entity.kind == Kind::Document)) {
        Some(id) => Ok(id),
        None => resolve::find(project, Kind::Document, typed),
    }
}

/// Destroys the document's original, all its text versions and its sealed name; and the papers in
/// `outputs/`, which may quote it and can be written again.
pub fn purge(project: &mut Project, document: &str, reason: &str) -> Result<Done<Purged>> {
    project.write("purge", true, |batch| {
        let purged = rehearse(batch.project(), document)?;
        let id = find(batch.project(), document)?;
        let done = batch.project().state().is_purged(id);
        if done && purged.files == 0 {
            return Err(fault("already-purged", format!("the words of {} are gone already", purged.document))
                .hint("`realist log` says when and by whom"));
        }
        destroy(batch, id, reason);
        Ok(purged)
    })
}

/// Orders everything destroyed that ever held a document's words or name.
pub(super) fn destroy(batch: &mut Batch<'_>, id: Id, reason: &str) {
    let files = batch.project().files_with_all_on(id).into_iter().collect();
    batch.purge(id, files);
    let fields = Fields::from_iter([
        ("purged".to_owned(), json!(true)),
        ("purge_reason".to_owned(), json!(reason)),
        ("title".to_owned(), Value::Null),
    ]);
    batch.set(Kind::Document, id, &fields);
}
