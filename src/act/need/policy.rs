//! Policy drivers: what a policy, law, standard or contract requires.

use super::{take, take_date, take_source};
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::need::{Level, Policy};
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use serde_json::{Value as Json, json};

/// A driver as a person describes it; `None` leaves a field as it is, an empty text empties it.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub level: Option<Level>,
    /// As it is to be cited, where it is no source of the project.
    pub citation: Option<String>,
    pub requirement: Option<String>,
    pub source: Option<String>,
    pub date: Option<String>,
}

/// Adds drivers, all or none; gives their labels. `rows` are the numbers that faults name the entries by.
///
/// Faults: `no-name`, `no-level`, `name-taken`, `bad-date`, and those of finding sources.
pub fn add(project: &mut Project, entries: &[Entry], rows: &[usize]) -> Result<Done<Vec<String>>> {
    project.write("policy add", true, |batch| {
        let held = batch.project().state().all::<Policy>();
        let mut names: Vec<(Option<Id>, String)> = held.into_iter().map(|one| (Some(one.id), one.name)).collect();
        let mut labels = Vec::with_capacity(entries.len());
        for (entry, row) in entries.iter().zip(rows) {
            let made = create(batch, entry, &mut names);
            labels.push(made.map_err(|fault| fault.in_row_of(*row, entries.len()))?);
        }
        Ok(labels)
    })
}

fn create(batch: &mut Batch<'_>, entry: &Entry, names: &mut Vec<(Option<Id>, String)>) -> Result<String> {
    let name = entry.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| {
        fault("no-name", "a driver needs a name").hint("realist policy add \"Mental health strategy\" --level national")
    })?;
    if entry.level.is_none() {
        return Err(
            fault("no-level", format!("who set '{name}'?")).hint("add --level local, national or international")
        );
    }
    refuse_twin(batch.project(), name, names.iter())?;
    let mut fields = fields(batch.project(), entry)?;
    fields.retain(|_, value| !value.is_null());
    fields.insert("author".to_owned(), batch.coder().into());
    names.push((None, name.to_owned()));
    Ok(batch.create(Kind::Policy, &fields).1.to_string())
}

/// Changes a driver; gives its label. Faults: those of [`add`], `unknown-id`.
pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("policy edit", true, |batch| {
        let project = batch.project();
        let id = find(project, typed)?;
        let mut changed = fields(project, entry)?;
        if let Some(name) = changed.get("name") {
            let Some(name) = name.as_str() else {
                return Err(fault("no-name", "a driver needs a name")
                    .hint(format!("to leave it out of the trace: realist policy retire {}", project.label(id))));
            };
            let held = project.state().all::<Policy>().into_iter().filter(|one| one.id != id);
            let names: Vec<(Option<Id>, String)> = held.map(|one| (Some(one.id), one.name)).collect();
            refuse_twin(project, name, names.iter())?;
        }
        let held = project.state().entity(id).map(|entity| entity.fields()).unwrap_or_default();
        changed.retain(|name, value| held.get(name).unwrap_or(&Json::Null) != value);
        batch.set(Kind::Policy, id, &changed);
        Ok(batch.project().label(id))
    })
}

/// Keeps a driver but leaves it out of the trace, or takes it up again; gives its label.
pub fn retire(project: &mut Project, typed: &str, retired: bool) -> Result<Done<String>> {
    project.write(if retired { "policy retire" } else { "policy revive" }, true, |batch| {
        let id = find(batch.project(), typed)?;
        let held: Policy = resolve::read(batch.project(), id)?;
        if held.retired != retired {
            batch.set(Kind::Policy, id, &Batch::fields(json!({ "retired": retired })));
        }
        Ok(batch.project().label(id))
    })
}

/// Finds a driver by label, id or name.
pub fn find(project: &Project, typed: &str) -> Result<Id> {
    let drivers = project.state().all::<Policy>();
    let names: Vec<(Id, &str)> = drivers.iter().map(|one| (one.id, one.name.as_str())).collect();
    resolve::by_name(project, Kind::Policy, typed, &names)
}

fn fields(project: &Project, entry: &Entry) -> Result<Fields> {
    let mut fields = Batch::fields(json!({ "level": entry.level }));
    for (name, said) in [("name", &entry.name), ("citation", &entry.citation), ("requirement", &entry.requirement)] {
        take(&mut fields, name, said.as_deref());
    }
    take_date(&mut fields, entry.date.as_deref())?;
    take_source(&mut fields, project, entry.source.as_deref())?;
    Ok(fields)
}

fn refuse_twin<'n>(
    project: &Project,
    name: &str,
    mut names: impl Iterator<Item = &'n (Option<Id>, String)>,
) -> Result<()> {
    match names.find(|(_, held)| fold(held) == fold(name)) {
        Some((twin, held)) => {
            let who = twin.map_or_else(|| "a driver before it in this table".to_owned(), |id| project.label(id));
            Err(fault("name-taken", format!("{who} is called '{held}' already"))
                .hint("take another name, or use the one that is there"))
        }
        None => Ok(()),
    }
}
