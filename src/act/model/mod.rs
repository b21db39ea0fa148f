//! Models of care: what they are, what is said of their features and outcomes. `cell` and `outcome` set what is said,
//! both by way of `behind`, which finds or makes the codings they rest on; `todo` tells what nobody has judged yet.

mod behind;
pub mod cell;
pub mod outcome;
#[cfg(test)]
mod tests;
pub mod todo;

pub use behind::Behind;

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::model::{Axis, Model, Reach};
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use serde_json::{Value as Json, json};

/// A model as a person describes it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub description: Option<String>,
    /// Labels of sources where it is described, or of documents.
    pub sources: Vec<String>,
    /// Sources that are no longer to be its own.
    pub without: Vec<String>,
    pub axis: Option<Axis>,
    pub reach: Option<Reach>,
    /// How its source speaks of its integration.
    pub words: Option<String>,
    /// The source whose words these are, or a document of it. Other words are nobody's until it is said anew.
    pub words_from: Option<String>,
    pub ours: Option<bool>,
    /// Of its steps a person uses one at a time.
    pub exclusive: Option<bool>,
    pub retired: Option<bool>,
}

/// Adds a model; gives its label. Faults: `no-name`, `name-taken`, and those of finding sources.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("model add", true, |batch| {
        let name = entry.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = name.ok_or_else(|| fault("no-name", "a model needs a name"))?;
        refuse_twin(batch.project(), name, None)?;
        let mut fields = fields(batch.project(), entry)?;
        fields.insert("author".to_owned(), batch.coder().into());
        Ok(batch.create(Kind::Model, &fields).1.to_string())
    })
}

/// Changes a model; gives its label. Faults: those of [`add`], `unknown-id`.
pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("model edit", true, |batch| change(batch, typed, entry))
}

/// Keeps a model but leaves it out of comparisons, or takes it up again; gives its label.
pub fn retire(project: &mut Project, typed: &str, retired: bool) -> Result<Done<String>> {
    let entry = Entry { retired: Some(retired), ..Entry::default() };
    project.write(if retired { "model retire" } else { "model revive" }, true, |batch| change(batch, typed, &entry))
}

fn change(batch: &mut Batch<'_>, typed: &str, entry: &Entry) -> Result<String> {
    let id = resolve::model(batch.project(), typed)?;
    if let Some(name) = &entry.name {
        refuse_twin(batch.project(), name, Some(id))?;
    }
    let mut fields = fields(batch.project(), entry)?;
    let held = batch.project().state().entity(id).map(|entity| entity.fields()).unwrap_or_default();
    fields.retain(|name, value| held.get(name).unwrap_or(&Json::Null) != value);
    batch.set(Kind::Model, id, &fields);
    Ok(batch.project().label(id))
}

fn fields(project: &Project, entry: &Entry) -> Result<Fields> {
    let mut fields = Batch::fields(json!({
        "name": entry.name.as_deref().map(str::trim),
        "description": entry.description,
        "integration_axis": entry.axis,
        "reach": entry.reach,
        "words": entry.words,
        "ours": entry.ours,
        "exclusive": entry.exclusive,
        "retired": entry.retired,
    }));
    let words_from = entry.words_from.as_deref().map(|typed| resolve::source(project, typed)).transpose()?;
    if entry.words.is_some() || words_from.is_some() {
        fields.insert("words_source".to_owned(), json!(words_from));
    }
    fields.extend(words_from.map(|source| (format!("source:{source}"), json!(true))));
    for (typed, value) in [(&entry.sources, json!(true)), (&entry.without, Json::Null)] {
        for typed in typed {
            fields.insert(format!("source:{}", resolve::source(project, typed)?), value.clone());
        }
    }
    Ok(fields)
}

fn refuse_twin(project: &Project, name: &str, but: Option<Id>) -> Result<()> {
    let models = project.state().all::<Model>();
    let wanted = fold(name.trim());
    match models.iter().find(|one| fold(&one.name) == wanted && Some(one.id) != but) {
        Some(twin) => Err(fault("name-taken", format!("{} is called '{}' already", project.label(twin.id), twin.name))
            .hint("take another name, or use the one that is there")),
        None => Ok(()),
    }
}
