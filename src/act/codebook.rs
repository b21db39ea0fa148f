//! Codes: adding, changing, retiring.

use super::resolve;
use crate::codebook::{Code, CodeKind};
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use serde_json::{Value, json};

/// A code as a person describes it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub parent: Option<String>,
    pub kind: Option<CodeKind>,
    pub definition: Option<String>,
    pub include: Option<String>,
    pub exclude: Option<String>,
    pub retired: Option<bool>,
}

fn fields(project: &Project, entry: &Entry) -> Result<crate::history::Fields> {
    let parent = entry.parent.as_deref().map(|typed| resolve::code(project, typed)).transpose()?;
    Ok(Batch::fields(json!({
        "name": entry.name,
        "parent": parent,
        "kind": entry.kind,
        "definition": entry.definition,
        "include": entry.include,
        "exclude": entry.exclude,
        "retired": entry.retired,
    })))
}

fn refuse_twin(project: &Project, name: &str, parent: Option<Id>, but: Option<Id>) -> Result<()> {
    let wanted = crate::text::words::fold(name.trim());
    let twin = project.state().all::<Code>().into_iter().find(|code| {
        crate::text::words::fold(&code.name) == wanted && code.parent == parent && Some(code.id) != but && !code.retired
    });
    match twin {
        Some(twin) => Err(fault("name-taken", format!("{} is called '{}' already", project.label(twin.id), twin.name))
            .hint("choose another name, or another parent")),
        None => Ok(()),
    }
}

/// Adds a code; returns its label.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("codebook add", true, |batch| create(batch, entry).map(|(_, label)| label))
}

/// The same as part of another act; gives id and label.
pub(super) fn create(batch: &mut Batch<'_>, entry: &Entry) -> Result<(Id, String)> {
    let name = entry.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| fault("no-name", "a code needs a name"))?;
    let mut fields = fields(batch.project(), entry)?;
    let parent = fields.get("parent").and_then(Value::as_str).and_then(|id| id.parse().ok());
    refuse_twin(batch.project(), name, parent, None)?;
    fields.insert("book".to_owned(), "codes".into());
    let (id, label) = batch.create(Kind::Code, &fields);
    Ok((id, label.to_string()))
}

/// Changes a code; codings follow, since they point at its id.
pub fn edit(project: &mut Project, code: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("codebook edit", true, |batch| {
        let id = resolve::code(batch.project(), code)?;
        let fields = fields(batch.project(), entry)?;
        let held: Code = resolve::read(batch.project(), id)?;
        let parent = fields.get("parent").and_then(Value::as_str).and_then(|id| id.parse().ok()).or(held.parent);
        refuse_circle(batch.project(), id, parent)?;
        if let Some(name) = &entry.name {
            refuse_twin(batch.project(), name, parent, Some(id))?;
        }
        batch.set(Kind::Code, id, &fields);
        Ok(batch.project().label(id))
    })
}

fn refuse_circle(project: &Project, id: Id, parent: Option<Id>) -> Result<()> {
    let mut at = parent;
    for _ in 0..1000 {
        match at {
            Some(one) if one == id => {
                return Err(fault("code-circle", "a code cannot stand below itself"));
            }
            Some(one) => at = project.state().get::<Code>(one).and_then(|code| code.parent),
            None => break,
        }
    }
    Ok(())
}
