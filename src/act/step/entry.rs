//! What a person says of a step, made into fields.

use super::refuse_twin;
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::Id;
use crate::pathway::{Intensity, Listed, Step, id_of};
use crate::project::{Batch, Project};
use crate::text::words::on_one_line;
use serde_json::{Value as Json, json};

/// A step as a person describes it; `None` leaves a field as it is, and an empty text takes it away.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub rank: Option<u32>,
    pub intensity: Option<Intensity>,
    pub reach: Option<String>,
    pub setting: Option<String>,
    /// To be added to those that are there.
    pub interventions: Vec<String>,
    pub providers: Vec<String>,
    /// Interventions and providers that are to go, by their words.
    pub without: Vec<String>,
    pub recovery_element: Option<String>,
    pub entry: Option<String>,
    pub review_interval: Option<String>,
    pub claim: Option<String>,
    /// Steps one must leave to enter it.
    pub leaving: Vec<String>,
    pub not_leaving: Vec<String>,
    pub retired: Option<bool>,
}

/// Fields of a new step. Faults: those of [`super::add`].
pub(super) fn fresh(batch: &Batch<'_>, model: Id, held: &[Step], entry: &Entry) -> Result<Fields> {
    if entry.name.as_deref().is_none_or(|name| name.trim().is_empty()) {
        return Err(fault("no-name", "a step needs a name"));
    }
    let highest = held.iter().filter(|one| !one.retired).map(|one| one.rank).max().unwrap_or(0);
    let entry = Entry { rank: Some(entry.rank.unwrap_or(highest + 1)), ..entry.clone() };
    let mut fields = fields(batch.project(), held, None, &entry)?;
    fields.insert("model".to_owned(), json!(model));
    fields.insert("author".to_owned(), batch.coder().into());
    Ok(fields)
}

/// Fields that an entry sets of a step, or of a new one; `held` are all of its model.
pub(super) fn fields(project: &Project, held: &[Step], step: Option<&Step>, entry: &Entry) -> Result<Fields> {
    if let Some(name) = &entry.name {
        if name.trim().is_empty() {
            return Err(fault("no-name", "a step needs a name"));
        }
        refuse_twin(project, held, name, step.map(|one| one.id))?;
    }
    if entry.rank == Some(0) {
        return Err(fault("bad-rank", "ranks begin at 1, the lowest step").hint("the step above it has rank 2"));
    }
    let mut fields = Batch::fields(json!({
        "name": entry.name.as_deref().map(on_one_line),
        "rank": entry.rank,
        "intensity": entry.intensity,
        "retired": entry.retired,
    }));
    for (name, text) in [
        ("reach", &entry.reach),
        ("setting", &entry.setting),
        ("recovery_element", &entry.recovery_element),
        ("entry", &entry.entry),
        ("review_interval", &entry.review_interval),
        ("claim", &entry.claim),
    ] {
        let text = text.as_deref().map(str::trim);
        fields.extend(text.map(|text| (name.to_owned(), if text.is_empty() { Json::Null } else { text.into() })));
    }
    remove_listed(&mut fields, step, &entry.without)?;
    add_listed(&mut fields, "intervention", step.map_or(&[], |one| one.interventions.as_slice()), &entry.interventions);
    add_listed(&mut fields, "provider", step.map_or(&[], |one| one.providers.as_slice()), &entry.providers);
    for (typed, value) in [(&entry.leaving, json!(true)), (&entry.not_leaving, Json::Null)] {
        for typed in typed {
            let other = resolve::step(project, typed)?;
            refuse_stranger(project, held, step, other)?;
            fields.insert(format!("leaving:{other}"), value.clone());
        }
    }
    Ok(fields)
}

/// What is listed already keeps its place and its words.
fn add_listed(fields: &mut Fields, prefix: &str, there: &[String], added: &[String]) {
    let mut place = u32::try_from(there.len()).unwrap_or(u32::MAX);
    for words in added.iter().map(|one| on_one_line(one)).filter(|one| !one.is_empty()) {
        let field = format!("{prefix}:{}", id_of(&words));
        if !there.iter().any(|one| id_of(one) == id_of(&words)) && !fields.contains_key(&field) {
            place = place.saturating_add(1);
            fields.insert(field, json!(Listed { words, place }));
        }
    }
}

/// Fault `not-listed`.
fn remove_listed(fields: &mut Fields, step: Option<&Step>, without: &[String]) -> Result<()> {
    for words in without {
        let lists = step.map(|one| [("intervention", &one.interventions), ("provider", &one.providers)]);
        let listed = lists.iter().flatten().find(|(_, list)| list.iter().any(|one| id_of(one) == id_of(words)));
        let Some((prefix, _)) = listed else {
            let there: Vec<&str> =
                lists.iter().flatten().flat_map(|(_, list)| list.iter().map(String::as_str)).collect();
            return Err(fault("not-listed", format!("the step has no intervention or provider '{}'", words.trim()))
                .hint(format!("it has: {}", if there.is_empty() { "none".to_owned() } else { there.join("; ") })));
        };
        fields.insert(format!("{prefix}:{}", id_of(words)), Json::Null);
    }
    Ok(())
}

/// A move or a way in belongs to one pathway. Faults: `other-pathway`, `same-step`.
pub(super) fn refuse_stranger(project: &Project, held: &[Step], step: Option<&Step>, other: Id) -> Result<()> {
    let label = project.label(other);
    if step.is_some_and(|one| one.id == other) {
        return Err(fault("same-step", format!("{label} is the step itself")).hint("name another step of the pathway"));
    }
    if held.iter().any(|one| one.id == other) {
        return Ok(());
    }
    let refused = fault("other-pathway", format!("{label} belongs to the pathway of another model"));
    Err(refused.hint("a place outside this pathway is written in words: realist step move Z1.gj out \"hospital\""))
}
