//! Needs: what a place was found to lack, one by one or many from a table. `policy` does the same for drivers, `tie` says
//! which component would meet a need or stands how to a driver, and which statements explain it.

pub mod policy;
#[cfg(test)]
mod tests;
pub mod tie;

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::need::Need;
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use serde_json::{Value as Json, json};

/// A need as a person describes it; `None` leaves a field as it is, an empty text empties it.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub statement: Option<String>,
    pub population: Option<String>,
    /// What was counted.
    pub measure: Option<String>,
    /// The figure, with its unit.
    pub value: Option<String>,
    /// Label of the source where that stands, or of a document of it.
    pub source: Option<String>,
    /// `2011`, `2011-06` or `2011-06-30`.
    pub date: Option<String>,
    pub place: Option<String>,
}

/// Adds needs, all or none; gives their labels. `rows` are the numbers that faults name the entries by.
///
/// Faults: `no-statement`, `same-need` (the same was said of the same measure, place and date), `bad-date`, and those of
/// finding sources.
pub fn add(project: &mut Project, entries: &[Entry], rows: &[usize]) -> Result<Done<Vec<String>>> {
    project.write("need add", true, |batch| {
        let mut held = batch.project().state().all::<Need>();
        let mut labels = Vec::with_capacity(entries.len());
        for (entry, row) in entries.iter().zip(rows) {
            let made = create(batch, entry, &mut held);
            labels.push(made.map_err(|fault| fault.in_row_of(*row, entries.len()))?);
        }
        Ok(labels)
    })
}

fn create(batch: &mut Batch<'_>, entry: &Entry, held: &mut Vec<Need>) -> Result<String> {
    if entry.statement.as_deref().is_none_or(|statement| statement.trim().is_empty()) {
        return Err(fault("no-statement", "a need says what is lacking").hint(
            "realist need add \"People wait too long for talking therapies\" --value \"18 weeks\" --source S3.gj",
        ));
    }
    let mut fields = fields(batch.project(), entry)?;
    fields.retain(|_, value| !value.is_null());
    fields.insert("author".to_owned(), batch.coder().into());
    let need = read(fields.clone())?;
    refuse_twin(batch.project(), &need, held)?;
    let (id, label) = batch.create(Kind::Need, &fields);
    held.push(Need { id, ..need });
    Ok(label.to_string())
}

fn read(fields: Fields) -> Result<Need> {
    serde_json::from_value(Json::Object(fields)).map_err(|error| fault("no-statement", error.to_string()))
}

/// Changes a need; gives its label. Faults: those of [`add`], `unknown-id`.
pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("need edit", true, |batch| {
        let project = batch.project();
        let id = find(project, typed)?;
        let mut changed = fields(project, entry)?;
        if changed.get("statement").is_some_and(Json::is_null) {
            return Err(fault("no-statement", "a need says what is lacking")
                .hint(format!("to leave it out of coverage: realist need retire {}", project.label(id))));
        }
        let mut whole = project.state().entity(id).map(|entity| entity.fields()).unwrap_or_default();
        changed.retain(|name, value| whole.get(name).unwrap_or(&Json::Null) != value);
        whole.extend(changed.clone());
        refuse_twin(project, &Need { id, ..read(whole)? }, &project.state().all::<Need>())?;
        batch.set(Kind::Need, id, &changed);
        Ok(batch.project().label(id))
    })
}

/// Keeps a need but leaves it out of coverage, or takes it up again; gives its label.
pub fn retire(project: &mut Project, typed: &str, retired: bool) -> Result<Done<String>> {
    project.write(if retired { "need retire" } else { "need revive" }, true, |batch| {
        let id = find(batch.project(), typed)?;
        let held: Need = resolve::read(batch.project(), id)?;
        if held.retired != retired {
            batch.set(Kind::Need, id, &Batch::fields(json!({ "retired": retired })));
        }
        Ok(batch.project().label(id))
    })
}

/// Finds a need by label, id or its statement.
pub fn find(project: &Project, typed: &str) -> Result<Id> {
    let needs = project.state().all::<Need>();
    let names: Vec<(Id, &str)> = needs.iter().map(|one| (one.id, one.statement.as_str())).collect();
    resolve::by_name(project, Kind::Need, typed, &names)
}

fn fields(project: &Project, entry: &Entry) -> Result<Fields> {
    let mut fields = Fields::new();
    for (name, said) in [
        ("statement", &entry.statement),
        ("population", &entry.population),
        ("measure", &entry.measure),
        ("value", &entry.value),
        ("place", &entry.place),
    ] {
        take(&mut fields, name, said.as_deref());
    }
    take_date(&mut fields, entry.date.as_deref())?;
    take_source(&mut fields, project, entry.source.as_deref())?;
    Ok(fields)
}

/// Takes up what somebody said of a field; an empty text empties it.
pub(super) fn take(fields: &mut Fields, name: &str, said: Option<&str>) {
    if let Some(said) = said.map(str::trim) {
        let value = if said.is_empty() { Json::Null } else { json!(said) };
        fields.insert(name.to_owned(), value);
    }
}

fn take_source(fields: &mut Fields, project: &Project, said: Option<&str>) -> Result<()> {
    if let Some(said) = said.map(str::trim) {
        let source = if said.is_empty() { Json::Null } else { json!(resolve::source(project, said)?) };
        fields.insert("source".to_owned(), source);
    }
    Ok(())
}

/// Fault `bad-date`.
pub(super) fn take_date(fields: &mut Fields, said: Option<&str>) -> Result<()> {
    let Some(said) = said.map(str::trim) else { return Ok(()) };
    let day = match said.len() {
        4 => format!("{said}-01-01"),
        7 => format!("{said}-01"),
        _ => said.to_owned(),
    };
    if !said.is_empty() && day.parse::<jiff::civil::Date>().is_err() {
        return Err(fault("bad-date", format!("'{said}' is no date"))
            .hint("write it as 2011, 2011-06 or 2011-06-30; of two years (2011/12) write the later one"));
    }
    take(fields, "date", Some(said));
    Ok(())
}

fn refuse_twin(project: &Project, need: &Need, held: &[Need]) -> Result<()> {
    let said = |one: &Need| {
        let texts = [Some(&one.statement), one.population.as_ref(), one.measure.as_ref(), one.place.as_ref()];
        (texts.map(|text| text.map(|text| fold(text))), one.date.clone())
    };
    let twin = held.iter().find(|one| one.id != need.id && said(one) == said(need));
    match twin.map(|twin| project.state().label_of(twin.id)) {
        Some(label) => {
            let who = label.map_or_else(|| "a need before it in this table".to_owned(), |label| label.to_string());
            Err(fault("same-need", format!("{who} says the same of the same people, measure, place and date"))
                .hint("say what sets them apart, or change the one that is there: realist need edit"))
        }
        None => Ok(()),
    }
}
