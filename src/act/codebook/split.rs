//! Splitting a code: some of its codings go to others, chosen one by one or by a query; the rest stays.

use super::recode::{Recoding, codings_of};
use super::{change, refuse_twin};
use crate::act::{resolve, search};
use crate::codebook::{Code, Tree};
use crate::coding::Coding;
use crate::diagnostic::{Fault, Result, fault};
use crate::document::Document;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use crate::query::Query;
use crate::text::words::fold;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Which codings go where.
#[derive(Debug, Clone)]
pub enum Choice {
    /// Label of a coding, name of a code; the latter may be left out where there is one code to go to.
    Listed(Vec<(String, Option<String>)>),
    /// Codings that touch what a query finds.
    Found(Box<Query>),
}

/// How a code is to be split.
#[derive(Debug, Clone)]
pub struct Wish {
    pub code: String,
    /// Names of the codes that take over; those that are not there yet are made.
    pub into: Vec<String>,
    /// New codes stand beside the code and not below it.
    pub beside: bool,
    pub choice: Choice,
}

/// What came of a split.
#[derive(Debug, Clone)]
pub struct Split {
    pub code: String,
    /// Label and name of each code that took over, whether it was made just now, and the codings it got.
    pub into: Vec<Part>,
    pub stayed: usize,
    pub folded: usize,
}

#[derive(Debug, Clone)]
pub struct Part {
    pub label: String,
    pub name: String,
    pub is_new: bool,
    pub codings: usize,
}

/// Splits a code in one step. Doing it twice changes nothing.
pub fn split(project: &mut Project, wish: &Wish) -> Result<Done<Split>> {
    project.write("codebook split", true, |batch| {
        let id = resolve::code_entry(batch.project(), &wish.code)?;
        let code: Code = resolve::read(batch.project(), id)?;
        let own = codings_of(batch.project(), id);
        let mut targets = targets(batch, &code, wish)?;
        let chosen = match &wish.choice {
            Choice::Listed(rows) => listed(batch.project(), rows, &code, &targets)?,
            Choice::Found(query) => {
                let [target] = targets.as_slice() else {
                    return Err(fault("several-codes", "a query sends codings to one code")
                        .hint("name one with --into, or list the codings: --from FILE with columns coding, into"));
                };
                found(batch.project(), query, &own)?.into_iter().map(|coding| (coding, target.id)).collect()
            }
        };
        let all = batch.project().state().all::<Code>();
        let (mut stayed, mut folded) = (own.len(), 0);
        for target in &mut targets {
            let mut recoding = Recoding::onto(batch, target.id);
            for coding in own.iter().filter(|coding| chosen.get(&coding.id) == Some(&target.id)) {
                recoding.take(batch, coding.clone());
            }
            target.codings = recoding.moved + recoding.folded();
            stayed -= target.codings;
            folded += recoding.folded();
            recoding.settle_examples(batch, &all, &[]);
            recoding.settle_models(batch);
        }
        let took: Vec<&Target> = targets.iter().filter(|target| target.codings > 0).collect();
        let more = took.iter().map(|target| target.id).filter(|id| !code.split_into.contains(id));
        let split_into: Vec<Id> = code.split_into.iter().copied().chain(more).collect();
        if split_into != code.split_into {
            change(batch, id, Fields::from_iter([("split_into".to_owned(), json!(split_into))]));
        }
        let into = targets.into_iter().map(|Target { label, name, is_new, codings, .. }| Part {
            label,
            name,
            is_new,
            codings,
        });
        Ok(Split { code: batch.project().label(id), into: into.collect(), stayed, folded })
    })
}

struct Target {
    id: Id,
    label: String,
    name: String,
    is_new: bool,
    codings: usize,
}

/// The codes to go to: one below (or beside) the code, else one of that name anywhere, else a new one.
fn targets(batch: &mut Batch<'_>, code: &Code, wish: &Wish) -> Result<Vec<Target>> {
    let all = batch.project().state().all::<Code>();
    let tree = Tree::new(&all);
    let parent = if wish.beside { tree.parent(code.id) } else { Some(code.id) };
    let mut targets: Vec<Target> = Vec::new();
    for name in wish.into.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let near = tree
            .children(parent)
            .iter()
            .copied()
            .find(|id| all.iter().any(|one| one.id == *id && fold(&one.name) == fold(name)));
        let there = match near {
            Some(id) => Some(id),
            None => known(resolve::code(batch.project(), name))?,
        };
        if there == Some(code.id) {
            return Err(
                fault("same-code", format!("{name} is the code that is to be split")).hint("name another with --into")
            );
        }
        let target = match there {
            Some(id) => {
                Target { id, label: batch.project().label(id), name: name.to_owned(), is_new: false, codings: 0 }
            }
            None => {
                refuse_twin(&all, batch.project(), name, parent, None)?;
                let fields =
                    Batch::fields(json!({ "name": name, "parent": parent, "kind": code.kind, "book": code.book }));
                let (id, label) = batch.create(Kind::Code, &fields);
                Target { id, label: label.to_string(), name: name.to_owned(), is_new: true, codings: 0 }
            }
        };
        if targets.iter().all(|one| one.id != target.id) {
            targets.push(target);
        }
    }
    if targets.is_empty() {
        return Err(fault("no-code", "into which codes?").hint("--into \"Trust gained\" --into \"Trust lost\""));
    }
    Ok(targets)
}

/// `None` where there is no such code yet.
fn known(found: Result<Id>) -> Result<Option<Id>> {
    match found {
        Ok(id) => Ok(Some(id)),
        Err(fault) if fault.0.code == "unknown-id" => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn listed(
    project: &Project,
    rows: &[(String, Option<String>)],
    code: &Code,
    targets: &[Target],
) -> Result<BTreeMap<Id, Id>> {
    let mut chosen = BTreeMap::new();
    for (number, (coding, into)) in rows.iter().enumerate() {
        let refuse =
            |fault: Fault| fault.in_row(number + 1).hint("nothing was changed; mend this row and run it again");
        let id = resolve::find(project, Kind::Coding, coding).map_err(refuse)?;
        let target = target(targets, into.as_deref()).map_err(refuse)?;
        let held: Coding = resolve::read(project, id)?;
        if held.code == target {
            continue;
        }
        if held.code != code.id {
            return Err(refuse(fault("other-code", format!("{coding} is no coding of {}", code.name))));
        }
        if chosen.insert(id, target).is_some_and(|before| before != target) {
            return Err(refuse(
                fault("two-codes", format!("{coding} goes to two codes"))
                    .hint("send it to one, and put the other on as well: realist code add"),
            ));
        }
    }
    Ok(chosen)
}

fn target(targets: &[Target], typed: Option<&str>) -> Result<Id> {
    let Some(typed) = typed else {
        return match targets {
            [one] => Ok(one.id),
            _ => Err(fault("missing-column", "it does not say which code the coding goes to")),
        };
    };
    let wanted = fold(typed.trim());
    let fits = targets.iter().find(|one| fold(&one.name) == wanted || fold(&one.label) == wanted);
    let names = || targets.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
    fits.map(|one| one.id).ok_or_else(|| fault("unknown-id", format!("'{}' is none of: {}", typed.trim(), names())))
}

/// Codings of which some unit is found.
fn found(project: &Project, query: &Query, codings: &[Coding]) -> Result<Vec<Id>> {
    let units: BTreeSet<(Id, usize)> = search::units(project, query)?;
    let mut chosen = Vec::new();
    for coding in codings {
        let Some(document) = project.state().get::<Document>(coding.anchor.document) else { continue };
        let touched = match coding.anchor.row {
            Some(row) => Some((row, row)),
            None => project
                .shard(&document, &document.version, 0)?
                .and_then(|shard| shard.units_at(coding.anchor.hull()).map(|(first, last)| (first.n, last.n))),
        };
        if touched.is_some_and(|(first, last)| units.range((document.id, first)..=(document.id, last)).next().is_some())
        {
            chosen.push(coding.id);
        }
    }
    Ok(chosen)
}
