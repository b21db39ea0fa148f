//! Components of the intervention.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind, Label};
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use crate::theory::Component;
use crate::tidier::Tidier;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A component as a person describes it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub description: Option<String>,
    pub order: Option<u32>,
    pub retired: Option<bool>,
    /// What it says to items of TIDieR; `None`: its description says it.
    pub tidier: BTreeMap<Tidier, Option<String>>,
    /// Items that it does not answer any more.
    pub no_tidier: BTreeSet<Tidier>,
}

fn fields(entry: &Entry) -> Fields {
    let mut fields = Batch::fields(json!({
        "name": entry.name.as_deref().map(str::trim),
        "description": entry.description,
        "order": entry.order,
        "retired": entry.retired,
    }));
    let said = |text: Option<&str>| text.map_or(Value::Bool(true), |text| text.trim().into());
    fields.extend(entry.tidier.iter().map(|(item, text)| (item.field().to_owned(), said(text.as_deref()))));
    fields.extend(entry.no_tidier.iter().map(|item| (item.field().to_owned(), Value::Null)));
    fields
}

fn refuse_twin(project: &Project, name: &str, but: Option<Id>) -> Result<()> {
    let wanted = fold(name.trim());
    let twin =
        project.state().all::<Component>().into_iter().find(|one| fold(&one.name) == wanted && Some(one.id) != but);
    match twin {
        Some(twin) => Err(fault("name-taken", format!("{} is called '{}' already", project.label(twin.id), twin.name))
            .hint("take another name, or use the one that is there")),
        None => Ok(()),
    }
}

/// Adds a component, last in order unless told otherwise; returns its label.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("component add", true, |batch| Ok(create(batch, entry)?.1.to_string()))
}

/// The same within another act.
pub(super) fn create(batch: &mut Batch<'_>, entry: &Entry) -> Result<(Id, Label)> {
    let name = entry.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| fault("no-name", "a component needs a name"))?;
    refuse_twin(batch.project(), name, None)?;
    let made = batch.made_so_far(Kind::Component);
    let is_called_so =
        |fields: &Fields| fields.get("name").and_then(Value::as_str).is_some_and(|one| fold(one) == fold(name));
    if made.iter().any(is_called_so) {
        return Err(fault("name-taken", format!("two components are to be called '{name}'"))
            .hint("give one of them another name"));
    }
    let order = entry.order.unwrap_or_else(|| next_place(batch.project(), &made));
    Ok(batch.create(Kind::Component, &fields(&Entry { order: Some(order), ..entry.clone() })))
}

/// The place after the last component, those that the act has made so far included.
fn next_place(project: &Project, made: &[Fields]) -> u32 {
    let there = project.state().all::<Component>().into_iter().filter_map(|one| one.order);
    let made = made.iter().filter_map(|fields| u32::try_from(fields.get("order")?.as_u64()?).ok());
    there.chain(made).max().unwrap_or(0).saturating_add(1)
}

pub fn edit(project: &mut Project, component: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("component edit", true, |batch| {
        let id = resolve::component(batch.project(), component)?;
        if let Some(name) = &entry.name {
            refuse_twin(batch.project(), name, Some(id))?;
        }
        batch.set(Kind::Component, id, &fields(entry));
        Ok(batch.project().label(id))
    })
}
