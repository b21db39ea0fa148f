//! The passages behind what is said of a model: codings that are there, or that are made of words as they are pointed at.

use crate::act::anchor::Spot;
use crate::act::{code, resolve};
use crate::codebook::{Code, Tree};
use crate::coding::Coding;
use crate::compare::stands;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::model::Model;
use crate::pass::Pass;
use crate::project::{Batch, Lookup, Project};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What is pointed at for one thing said.
#[derive(Debug, Clone, Default)]
pub struct Behind {
    /// Words, which become a coding unless they are one of one's own already.
    pub spot: Option<Spot>,
    /// Codings that are there.
    pub codings: Vec<String>,
}

/// A passage that was found or made.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    pub coding: Id,
    pub label: String,
    pub document: Id,
    pub source: Id,
}

/// Finds or makes what is pointed at, thing by thing: the code each is to be a passage of, and the row that faults name.
///
/// Faults: those of coding; `other-code`, `pass-open`.
pub(super) fn cite(batch: &mut Batch<'_>, said: &[(usize, Id, &Behind)]) -> Result<Vec<Vec<Cited>>> {
    let mut documents: BTreeMap<&str, String> = BTreeMap::new();
    let mut pointed: Vec<(usize, usize, code::Wish)> = Vec::new();
    for (at, (row, code, behind)) in said.iter().enumerate() {
        let Some(spot) = &behind.spot else { continue };
        let document = match documents.get(spot.document.as_str()) {
            Some(label) => label.clone(),
            None => {
                let found = resolve::document(batch.project(), &spot.document);
                let label = found.map_err(|fault| fault.in_row_of(*row, said.len()))?.to_string();
                documents.entry(&spot.document).or_insert(label).clone()
            }
        };
        let spot = Spot { document, ..spot.clone() };
        pointed.push((at, *row, code::Wish { codes: vec![code.to_string()], spot, memo: None }));
    }
    let wishes: Vec<code::Wish> = pointed.iter().map(|(.., wish)| wish.clone()).collect();
    let rows: Vec<usize> = pointed.iter().map(|(_, row, _)| *row).collect();
    let coded = code::place(batch, &wishes, false, &rows)?;
    let mut cited: Vec<Vec<Cited>> = vec![Vec::new(); said.len()];
    for ((at, ..), one) in pointed.iter().zip(coded) {
        cited[*at].push(Cited { coding: one.coding, label: one.id, document: one.document, source: one.source });
    }
    let project = batch.project();
    let codes = project.state().all::<Code>();
    let (tree, lookup) = (Tree::new(&codes), project.lookup());
    for (at, (row, code, behind)) in said.iter().enumerate() {
        for typed in &behind.codings {
            let found = there(project, &lookup, &tree, *code, typed);
            cited[at].push(found.map_err(|fault| fault.in_row_of(*row, said.len()))?);
        }
    }
    refuse_in_pass(project, cited.iter().flatten())?;
    Ok(cited)
}

/// A coding that is there, of this code.
fn there(project: &Project, lookup: &Lookup, tree: &Tree, code: Id, typed: &str) -> Result<Cited> {
    let coding: Coding = resolve::read(project, resolve::find(project, Kind::Coding, typed)?)?;
    let label = project.label(coding.id);
    if !stands(&coding, lookup.document(coding.anchor.document), tree, code) {
        let is_other = tree.stands_for(coding.code) != code;
        let why = if is_other { "is a coding of another code" } else { "has lost its words" };
        return Err(fault("other-code", format!("{label} {why}"))
            .hint("point at the words, and they are coded: --at D3.gj --quote \"...\"")
            .hint(format!("codings that would do: realist code list --code {}", project.label(code))));
    }
    let quotation = project.quotation(lookup, &coding.anchor)?;
    Ok(Cited { coding: coding.id, label, document: coding.anchor.document, source: quotation.source })
}

/// What is said of a model is seen by all: while a document is coded blind, it would tell what one of them found there.
fn refuse_in_pass<'c>(project: &Project, cited: impl Iterator<Item = &'c Cited>) -> Result<()> {
    let open: Vec<Pass> = project.state().all::<Pass>().into_iter().filter(|pass| pass.closed.is_none()).collect();
    for one in cited {
        if let Some(pass) = open.iter().find(|pass| pass.documents.contains(&one.document)) {
            let (pass, document) = (project.label(pass.id), project.label(one.document));
            return Err(fault("pass-open", format!("{document} is being coded blind in the pass {pass}"))
                .hint("what is said of a model tells where it stands; wait until the pass is closed")
                .hint(format!("realist pass show {pass}")));
        }
    }
    Ok(())
}

/// Sources of passages become sources of their models; gives the labels of those that were none, by model.
pub(super) fn add_sources(
    batch: &mut Batch<'_>,
    cited: impl Iterator<Item = (Id, Id)>,
) -> Result<BTreeMap<Id, Vec<String>>> {
    let mut wanted: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    for (model, source) in cited {
        wanted.entry(model).or_default().insert(source);
    }
    let project = batch.project();
    let mut added = BTreeMap::new();
    for (model, mut sources) in wanted {
        let held: Model = resolve::read(project, model)?;
        sources.retain(|source| !held.sources.contains(source));
        let fields: Fields = sources.iter().map(|source| (format!("source:{source}"), json!(true))).collect();
        batch.set(Kind::Model, model, &fields);
        added.insert(model, sources.iter().map(|source| project.label(*source)).collect());
    }
    Ok(added)
}

/// Of the codings behind something that is held, those that can still be pointed at.
pub(super) fn still(
    project: &Project,
    lookup: &Lookup,
    tree: &Tree,
    code: Id,
    passages: &BTreeSet<Id>,
) -> BTreeSet<Id> {
    let holds = |id: &Id| {
        let coding = project.state().get::<Coding>(*id)?;
        stands(&coding, lookup.document(coding.anchor.document), tree, code).then_some(*id)
    };
    passages.iter().filter_map(holds).collect()
}
