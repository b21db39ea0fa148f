//! Features that are coded in a model's sources and have no value yet.

use crate::act::resolve;
use crate::codebook::{Code, Tree};
use crate::coding::Coding;
use crate::compare::{Asked, Matrix};
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use crate::model::Model;
use crate::project::{Depth, Project};
use std::collections::{BTreeMap, BTreeSet};

/// A feature that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub feature: Id,
    pub name: String,
    /// What to ask of the sources.
    pub question: Option<String>,
    /// Codings of it in the model's sources, by label.
    pub codings: Vec<String>,
}

/// What waits of a model: all features of these codebooks, or of those in use, that are coded in its sources and not judged.
///
/// Faults: `no-sources`, `no-taxonomy`, `unknown-id`.
pub fn todo(project: &Project, typed: &str, taxonomies: &BTreeSet<String>) -> Result<(String, Vec<Waiting>)> {
    let model: Model = resolve::read(project, resolve::model(project, typed)?)?;
    let label = project.label(model.id);
    if model.sources.is_empty() {
        return Err(fault("no-sources", format!("{label} has no source yet"))
            .hint(format!("realist model edit {label} --source S3.gj")));
    }
    let synthesis = project.synthesis(Depth::Facts)?;
    // The features in use of any model, and whether this one has them.
    let any = Matrix::of(&synthesis, &Asked { taxonomies: taxonomies.clone(), models: Vec::new() });
    if any.rows.is_empty() {
        return Err(fault("no-taxonomy", "no codebook is in use as a taxonomy of features yet")
            .hint(format!("name one: realist model todo {label} --taxonomy rainbow"))
            .hint("ready ones: realist codebook ready; realist codebook add --ready rainbow"));
    }
    let books = any.rows.iter().map(|row| row.code.book.clone()).collect();
    let own = Matrix::of(&synthesis, &Asked { taxonomies: books, models: vec![model.id] });
    let open: Vec<&Code> =
        own.rows.iter().zip(&own.cells).filter(|(_, cells)| cells[0].held.is_none()).map(|(row, _)| row.code).collect();
    let mut codings = coded(project, &synthesis.codes.values().collect::<Vec<_>>(), &open, &model)?;
    let waiting = open.iter().filter_map(|code| {
        let codings = codings.remove(&code.id)?;
        Some(Waiting { feature: code.id, name: code.name.clone(), question: code.question.clone(), codings })
    });
    Ok((label, waiting.collect()))
}

/// Labels of the codings of these codes in a model's sources.
fn coded(project: &Project, codes: &[&Code], open: &[&Code], model: &Model) -> Result<BTreeMap<Id, Vec<String>>> {
    let tree = Tree::new(codes.iter().copied());
    let lookup = project.lookup();
    let open: BTreeSet<Id> = open.iter().map(|code| code.id).collect();
    let mut found: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for coding in project.state().in_order::<Coding>() {
        let code = tree.stands_for(coding.code);
        if open.contains(&code) && model.sources.contains(&project.quotation(&lookup, &coding.anchor)?.source) {
            found.entry(code).or_default().push(project.label(coding.id));
        }
    }
    Ok(found)
}
