//! How a pass stands, as far as whoever asks may know.

use super::code_names;
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::id::{Id, Kind};
use crate::pass::Pass;
use crate::project::Project;
use serde::Serialize;
use std::collections::BTreeSet;

/// How far a coder has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoderLook {
    pub tag: String,
    pub done: bool,
    /// Codings in the documents of the pass; not told while they are hidden.
    pub codings: Option<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub id: String,
    pub name: String,
    /// `open`, `closed`.
    pub state: &'static str,
    pub coders: Vec<CoderLook>,
    /// Labels.
    pub documents: Vec<String>,
    /// Names; none: all codes.
    pub codes: Vec<String>,
    pub opened_by: Option<String>,
    pub closed_by: Option<String>,
    /// Why it was closed though somebody had not said that they are done.
    pub even_so: Option<String>,
}

/// All passes, in the order of their labels.
pub fn looks(project: &Project) -> Result<Vec<Look>> {
    let mut passes = project.state().all::<Pass>();
    passes.sort_by_cached_key(|pass| (project.state().label_of(pass.id), pass.id));
    Ok(passes.iter().map(|pass| seen(project, pass)).collect())
}

/// One pass. Fault `unknown-id`.
pub fn look(project: &Project, typed: &str) -> Result<Look> {
    let id = super::resolve::find(project, Kind::Pass, typed)?;
    Ok(seen(project, &super::resolve::read(project, id)?))
}

fn seen(project: &Project, pass: &Pass) -> Look {
    let hidden = pass.others(project.surroundings().coder.as_deref());
    let codings: Vec<Coding> = pass.documents.iter().flat_map(|id| codings_in(project, *id)).collect();
    let wanted: BTreeSet<Id> = pass.codes.iter().copied().collect();
    let counts = |one: &&Coding| wanted.is_empty() || wanted.contains(&one.code);
    let coder = |tag: &String| CoderLook {
        tag: tag.clone(),
        done: pass.done.contains(tag),
        codings: (!hidden.contains(&tag.as_str()))
            .then(|| codings.iter().filter(|one| one.coder == *tag).filter(counts).count()),
    };
    Look {
        id: project.label(pass.id),
        name: pass.name.clone(),
        state: if pass.is_open() { "open" } else { "closed" },
        coders: pass.coders.iter().map(coder).collect(),
        documents: pass.documents.iter().map(|id| project.label(*id)).collect(),
        codes: code_names(project, &pass.codes),
        opened_by: pass.author.clone(),
        closed_by: pass.closed.as_ref().map(|closing| closing.by.clone()),
        even_so: pass.closed.as_ref().and_then(|closing| closing.even_so.clone()),
    }
}

/// The coders' own codings in a document, as far as somebody has read them.
fn codings_in(project: &Project, document: Id) -> Vec<Coding> {
    let mut all = project.state().about::<Coding>(document);
    all.retain(|one| one.anchor.document == document && !one.unread);
    all
}
