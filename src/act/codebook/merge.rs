//! Merging codes: one takes over the codings of the others, which stay behind, retired, with their
//! definitions. Codings that a colleague made on them meanwhile follow when the merge is done again.

use super::change;
use super::place::with_aliases;
use super::recode::{Recoding, codings_of};
use crate::act::resolve;
use crate::codebook::{Code, Tree};
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::Id;
use crate::project::{Done, Project};
use serde_json::json;
use std::collections::BTreeMap;

/// What came of a merge.
#[derive(Debug, Clone)]
pub struct Merged {
    /// Label of the code that holds everything now.
    pub into: String,
    /// Labels of those that were retired.
    pub retired: Vec<String>,
    pub moved: usize,
    /// Codings whose coder had said the same on the same passage.
    pub folded: usize,
}

/// Merges codes into one, which may be named among them. Doing it twice changes nothing.
pub fn merge(project: &mut Project, codes: &[String], into: &str) -> Result<Done<Merged>> {
    project.write("codebook merge", true, |batch| {
        let target = resolve::code(batch.project(), into)?;
        let mut sources: Vec<Id> = Vec::new();
        for typed in codes {
            let id = resolve::code_entry(batch.project(), typed)?;
            if id != target && !sources.contains(&id) {
                sources.push(id);
            }
        }
        if sources.is_empty() {
            return Err(fault("nothing-to-merge", "there is no other code to merge into this one")
                .hint("realist codebook merge Confidence Faith --into Trust"));
        }
        let all = batch.project().state().all::<Code>();
        let held: Code = resolve::read(batch.project(), target)?;
        if held.retired {
            return Err(fault("retired", format!("{} is retired", batch.project().label(target)))
                .hint("revive it first: realist codebook revive CODE"));
        }
        let mut recoding = Recoding::onto(batch, target);
        for source in &sources {
            for coding in codings_of(batch.project(), *source) {
                recoding.take(batch, coding);
            }
        }
        let merging: Vec<&Code> = sources.iter().filter_map(|id| all.iter().find(|code| code.id == *id)).collect();
        let mut after = moved_up(&all, target, &sources);
        let names = merging.iter().flat_map(|code| std::iter::once(code.name.clone()).chain(code.aliases.clone()));
        let examples: Vec<Id> =
            held.examples.iter().copied().chain(merging.iter().flat_map(|code| code.examples.clone())).collect();
        let fields = after.entry(target).or_default();
        fields.insert("aliases".to_owned(), json!(with_aliases(&held, &held.name, names)));
        fields.insert("examples".to_owned(), json!(recoding.examples(&examples)));
        for code in &merging {
            let fields = after.entry(code.id).or_default();
            fields.insert("retired".to_owned(), true.into());
            fields.insert("merged_into".to_owned(), json!(target));
            fields.insert("examples".to_owned(), json!(recoding.examples(&code.examples)));
        }
        recoding.settle_examples(batch, &all, &[&[target], sources.as_slice()].concat());
        recoding.settle_models(batch);
        for (id, fields) in after {
            change(batch, id, fields);
        }
        let retired = sources.iter().map(|id| batch.project().label(*id)).collect();
        Ok(Merged { into: batch.project().label(target), retired, moved: recoding.moved, folded: recoding.folded() })
    })
}

/// Codes below the merged ones come to stand below the target; the target itself, where it stood below one
/// of them, takes that one's place.
fn moved_up(all: &[Code], target: Id, sources: &[Id]) -> BTreeMap<Id, Fields> {
    let tree = Tree::new(all);
    let mut after = BTreeMap::<Id, Fields>::new();
    let line: Vec<Id> = tree.line(target).iter().map(|code| code.id).collect();
    for code in all.iter().filter(|code| !sources.contains(&code.id)) {
        let Some(parent) = tree.parent(code.id).filter(|parent| sources.contains(parent)) else { continue };
        let new = if line.contains(&code.id) {
            let mut above = tree.parent(parent);
            while let Some(one) = above.filter(|one| sources.contains(one)) {
                above = tree.parent(one);
            }
            above
        } else {
            Some(target)
        };
        after.entry(code.id).or_default().insert("parent".to_owned(), json!(new));
    }
    after
}
