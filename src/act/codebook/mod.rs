//! Codes: adding and changing. A code keeps its id whatever becomes of it, and its codings follow.
//!
//! `place` renames and moves, `merge` and `split` carry codings from code to code (`recode`), `look` tells a
//! code's history, `hand_out` and `take_in` meet other programs.

pub mod hand_out;
pub mod look;
pub mod merge;
pub mod place;
pub mod split;
pub mod take_in;

mod matching;
mod recode;
mod weigh;

use super::resolve;
use crate::codebook::{Code, CodeKind, Colour, Field, MAIN_BOOK, Tree};
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use serde_json::{Value, json};

/// A code as a person describes it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub parent: Option<String>,
    pub kind: Option<CodeKind>,
    pub colour: Option<Colour>,
    pub heading: Option<bool>,
    pub definition: Option<String>,
    pub include: Option<String>,
    pub exclude: Option<String>,
    pub source: Option<String>,
    pub question: Option<String>,
    pub retired: Option<bool>,
    /// More of each: further names, sets, and codings as examples.
    pub aliases: Vec<String>,
    pub sets: Vec<String>,
    pub examples: Vec<String>,
    /// What is to be taken out of these three.
    pub without: Vec<String>,
}

fn fields(project: &Project, entry: &Entry, held: Option<&Code>) -> Result<Fields> {
    let parent = entry.parent.as_deref().map(|typed| resolve::code(project, typed)).transpose()?;
    let mut fields = Batch::fields(json!({
        "name": entry.name.as_deref().map(str::trim),
        "parent": parent,
        "kind": entry.kind,
        "colour": entry.colour,
        "heading": entry.heading,
        "definition": entry.definition.as_deref().map(str::trim),
        "include": entry.include.as_deref().map(str::trim),
        "exclude": entry.exclude.as_deref().map(str::trim),
        "source": entry.source.as_deref().map(str::trim),
        "question": entry.question.as_deref().map(str::trim),
        "retired": entry.retired,
    }));
    let examples = entry.examples.iter().map(|typed| Ok(resolve::find(project, Kind::Coding, typed)?.to_string()));
    let more = [
        (Field::Aliases, entry.aliases.clone()),
        (Field::Sets, entry.sets.clone()),
        (Field::Examples, examples.collect::<Result<_>>()?),
    ];
    let unwanted: Vec<String> = entry.without.iter().flat_map(|typed| also_as_id(project, typed)).collect();
    for (field, more) in more {
        let before = held.map(|code| field.of(code)).unwrap_or_default();
        let all = before.iter().chain(&more).filter(|text| !unwanted.contains(&fold(text))).cloned();
        let all = field.normal(&all.collect::<Vec<_>>()).map_err(|what| fault("bad-code", what))?;
        if all != before {
            fields.insert(field.word().to_owned(), field.value(&all));
        }
    }
    Ok(fields)
}

/// A text folded, and the id of the coding it may be the label of.
fn also_as_id(project: &Project, typed: &str) -> Vec<String> {
    // A coding that was removed since can still be taken out.
    let id = typed.trim().parse().ok().and_then(|label| project.state().labelled(&label)).map(|id| id.to_string());
    std::iter::once(fold(typed.trim())).chain(id).collect()
}

/// Sets of a code's fields those that are not so already.
fn change(batch: &mut Batch<'_>, id: Id, mut fields: Fields) {
    let held = batch.project().state().entity(id).map(|entity| entity.fields()).unwrap_or_default();
    let says_nothing = |value: &Value| Field::texts(value).is_empty();
    fields.retain(|name, value| match held.get(name) {
        Some(there) => there != value,
        None => !says_nothing(value),
    });
    batch.set(Kind::Code, id, &fields);
}

/// No two codes in use stand at one place under one name, and none is called as another is found by.
fn refuse_twin(codes: &[Code], project: &Project, name: &str, parent: Option<Id>, but: Option<Id>) -> Result<()> {
    let wanted = fold(name.trim());
    let mut others = codes.iter().filter(|code| !code.retired && Some(code.id) != but);
    let twin = others.clone().find(|code| fold(&code.name) == wanted && code.parent == parent);
    if let Some(twin) = twin {
        return Err(fault("name-taken", format!("{} is called '{}' already", project.label(twin.id), twin.name))
            .hint("choose another name, or another parent"));
    }
    match others.find(|code| code.aliases.iter().any(|alias| fold(alias) == wanted)) {
        Some(other) => {
            let label = project.label(other.id);
            Err(fault("name-taken", format!("'{}' is another name of {label}, {}", name.trim(), other.name)).hint(
                format!(
                    "use that code, or take the name from it: realist codebook edit {label} --without \"{}\"",
                    name.trim()
                ),
            ))
        }
        None => Ok(()),
    }
}

/// Where codes would stand, none may stand below itself.
fn refuse_circle(codes: &[Code], id: Id, parent: Option<Id>) -> Result<()> {
    let is_below_itself = parent.is_some_and(|parent| Tree::new(codes).family(id).contains(&parent));
    if is_below_itself { Err(circle()) } else { Ok(()) }
}

fn circle() -> Fault {
    fault("code-circle", "a code cannot stand below itself")
        .hint("move the code below it first: realist codebook move CODE --top")
}

/// Adds a code; returns its label.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("codebook add", true, |batch| create(batch, entry).map(|(_, label)| label))
}

/// The same as part of another act; gives id and label.
pub(super) fn create(batch: &mut Batch<'_>, entry: &Entry) -> Result<(Id, String)> {
    let name = entry.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| fault("no-name", "a code needs a name"))?;
    let mut fields = fields(batch.project(), entry, None)?;
    let parent = fields.get("parent").and_then(Value::as_str).and_then(|id| id.parse().ok());
    refuse_twin(&batch.project().state().all::<Code>(), batch.project(), name, parent, None)?;
    fields.insert("book".to_owned(), MAIN_BOOK.into());
    let (id, label) = batch.create(Kind::Code, &fields);
    Ok((id, label.to_string()))
}

/// Changes a code; codings follow, since they point at its id.
pub fn edit(project: &mut Project, code: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("codebook edit", true, |batch| {
        let id = resolve::code_entry(batch.project(), code)?;
        let held: Code = resolve::read(batch.project(), id)?;
        let fields = fields(batch.project(), entry, Some(&held))?;
        let parent = fields.get("parent").and_then(Value::as_str).and_then(|id| id.parse().ok()).or(held.parent);
        let codes = batch.project().state().all::<Code>();
        if parent != held.parent {
            refuse_circle(&codes, id, parent)?;
        }
        if let Some(name) = &entry.name {
            refuse_twin(&codes, batch.project(), name, parent, Some(id))?;
        }
        change(batch, id, fields);
        Ok(batch.project().label(id))
    })
}

#[cfg(test)]
mod tests;
