//! What a model's sources say of a feature: the value a person gives, and the passages that say so.

use super::behind::{self, Behind, Cited};
use crate::act::{code, resolve};
use crate::codebook::{Code, Tree};
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::model::{Cell, Value};
use crate::project::{Batch, Done, Project};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// One thing said of one cell. What further wishes say of the same cell in one act adds to it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub model: String,
    pub feature: String,
    pub value: Value,
    pub behind: Behind,
    /// Codings that are no longer to stand behind it.
    pub without: Vec<String>,
    pub note: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Judged {
    pub model: String,
    pub feature: String,
    pub value: Value,
    /// Labels of all codings behind it now.
    pub passages: Vec<String>,
    /// Labels of sources that were none of the model's before.
    pub sources: Vec<String>,
}

/// All that one act says of a cell.
struct Said {
    row: usize,
    value: Value,
    notes: Vec<String>,
    cited: Vec<Cited>,
    without: BTreeSet<Id>,
}

/// Sets cells: all of them, or none. `rows` are the numbers that faults name the wishes by.
///
/// Faults: `passage-needed` (absent, and no passage says so), `silence-has-no-passage`, `two-values`, `heading`,
/// `other-code`, `pass-open`, and those of finding things and of coding.
pub fn judge(project: &mut Project, wishes: &[Wish], rows: &[usize]) -> Result<Done<Vec<Judged>>> {
    project.write("model cell", true, |batch| {
        let said = gather(batch, wishes, rows)?;
        let sources = said.iter().flat_map(|((model, _), one)| one.cited.iter().map(|cited| (*model, cited.source)));
        let mut added = behind::add_sources(batch, sources)?;
        let lookup = batch.project().lookup();
        let codes = batch.project().state().all::<Code>();
        let tree = Tree::new(&codes);
        let held = all_held(batch.project(), &tree);
        let mut judged = Vec::with_capacity(said.len());
        for ((model, feature), one) in &said {
            let before = held.get(&(*model, *feature));
            let still = before.map(|cell| behind::still(batch.project(), &lookup, &tree, *feature, &cell.passages));
            let passages = set(batch, (*model, *feature), one, before, still.unwrap_or_default());
            let passages = passages.map_err(|fault| fault.in_row_of(one.row, wishes.len()))?;
            judged.push(Judged {
                model: batch.project().label(*model),
                feature: name(batch.project(), *feature),
                value: one.value,
                passages,
                sources: added.remove(model).unwrap_or_default(),
            });
        }
        Ok(judged)
    })
}

/// Finds what is meant, and takes together what is said of one cell.
fn gather(batch: &mut Batch<'_>, wishes: &[Wish], rows: &[usize]) -> Result<BTreeMap<(Id, Id), Said>> {
    let project = batch.project();
    let (mut models, mut features) = (BTreeMap::new(), BTreeMap::new());
    let mut meant = Vec::with_capacity(wishes.len());
    for (wish, row) in wishes.iter().zip(rows) {
        let found = known(&mut models, &wish.model, |typed| resolve::model(project, typed)).and_then(|model| {
            let feature = known(&mut features, &wish.feature, |typed| {
                let feature = resolve::code(project, typed)?;
                code::refuse_heading(project, feature).map(|()| feature)
            })?;
            let without = wish.without.iter().map(|typed| resolve::find(project, Kind::Coding, typed));
            Ok((model, feature, without.collect::<Result<BTreeSet<Id>>>()?))
        });
        meant.push(found.map_err(|fault| fault.in_row_of(*row, wishes.len()))?);
    }
    let pointed: Vec<(usize, Id, &Behind)> =
        wishes.iter().zip(rows).zip(&meant).map(|((wish, row), (_, code, _))| (*row, *code, &wish.behind)).collect();
    let cited = behind::cite(batch, &pointed)?;
    let mut said: BTreeMap<(Id, Id), Said> = BTreeMap::new();
    for (((wish, row), (model, feature, without)), cited) in wishes.iter().zip(rows).zip(meant).zip(cited) {
        let empty =
            || Said { row: *row, value: wish.value, notes: Vec::new(), cited: Vec::new(), without: BTreeSet::new() };
        let one = said.entry((model, feature)).or_insert_with(empty);
        if one.value != wish.value {
            let (model, feature) = (project.label(model), name(project, feature));
            let refused = format!("{model} is given two values for {feature}: {} and {}", one.value, wish.value);
            let refused = fault("two-values", refused).hint("sources that say different things: contested");
            return Err(refused.in_row_of(*row, wishes.len()));
        }
        let note = wish.note.as_deref().map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
        one.notes.extend(note.filter(|note| !one.notes.contains(note)));
        one.cited.extend(cited);
        one.without.extend(without);
    }
    Ok(said)
}

/// What was typed, looked up once.
fn known(seen: &mut BTreeMap<String, Id>, typed: &str, find: impl FnOnce(&str) -> Result<Id>) -> Result<Id> {
    if let Some(id) = seen.get(typed) {
        return Ok(*id);
    }
    let id = find(typed)?;
    seen.insert(typed.to_owned(), id);
    Ok(id)
}

/// Cells by model and by what stands for their feature now; a feature's own before one merged into it.
fn all_held(project: &Project, tree: &Tree) -> BTreeMap<(Id, Id), Cell> {
    let mut held: BTreeMap<(Id, Id), Cell> = BTreeMap::new();
    for cell in project.state().all::<Cell>() {
        let feature = tree.stands_for(cell.feature);
        if cell.feature == feature || !held.contains_key(&(cell.model, feature)) {
            held.insert((cell.model, feature), cell);
        }
    }
    held
}

/// Sets one cell; gives the labels of the codings behind it. `still` are those behind it before that can be pointed at.
fn set(
    batch: &mut Batch<'_>,
    (model, feature): (Id, Id),
    said: &Said,
    before: Option<&Cell>,
    still: BTreeSet<Id>,
) -> Result<Vec<String>> {
    let project = batch.project();
    let mut now: BTreeSet<Id> = said.cited.iter().map(|one| one.coding).collect();
    if said.value == Value::NotReported {
        if !now.is_empty() {
            return Err(fault(
                "silence-has-no-passage",
                "not reported means that the sources are silent: no passage says it",
            )
            .hint("a source that says it is not there: absent"));
        }
    } else {
        now.extend(still);
        now.retain(|id| !said.without.contains(id));
    }
    if said.value == Value::Absent && now.is_empty() {
        return Err(passage_needed(
            &format!("no passage says that {} has no {}", project.label(model), name(project, feature)),
            "where the sources are silent it is not_reported",
        ));
    }
    let own = before.filter(|cell| cell.feature == feature);
    let mut fields = Fields::new();
    if own.is_none_or(|cell| cell.value != said.value) {
        fields.insert("value".to_owned(), json!(said.value));
        fields.insert("by".to_owned(), batch.coder().into());
    }
    if !said.notes.is_empty() {
        let note = said.notes.join("; ");
        if own.and_then(|cell| cell.note.as_ref()) != Some(&note) {
            fields.insert("note".to_owned(), note.into());
        }
    }
    let own_passages = own.map(|cell| cell.passages.clone()).unwrap_or_default();
    fields.extend(now.difference(&own_passages).map(|id| (format!("passage:{id}"), json!(true))));
    fields.extend(own_passages.difference(&now).map(|id| (format!("passage:{id}"), Json::Null)));
    if own.is_some() {
        batch.set(Kind::ModelCell, Cell::id_of(model, feature), &fields);
    } else {
        fields.extend(Batch::fields(json!({ "model": model, "feature": feature })));
        batch.create_as(Kind::ModelCell, Cell::id_of(model, feature), &fields);
    }
    let mut labels: Vec<String> = now.iter().map(|id| label(project, &said.cited, *id)).collect();
    labels.sort();
    Ok(labels)
}

/// What was made in this act has no label in the project yet.
fn label(project: &Project, cited: &[Cited], id: Id) -> String {
    cited.iter().find(|one| one.coding == id).map_or_else(|| project.label(id), |one| one.label.clone())
}

fn name(project: &Project, code: Id) -> String {
    project.state().get::<Code>(code).map_or_else(|| project.label(code), |code| code.name)
}

/// A claim that something is not so needs words that say it.
pub(super) fn passage_needed(what: &str, instead: &str) -> crate::diagnostic::Fault {
    fault("passage-needed", what)
        .hint("point at the words that say so: --at D3.gj --quote \"...\"; or at a coding: --coding CD7.gj")
        .hint(instead)
}
