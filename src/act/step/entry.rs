//! What a person says of a step, made into fields.

use super::{Held, refuse_twin};
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::Id;
use crate::pathway::{Intensity, Listed, Step, folded, id_of, says_something};
use crate::project::{Batch, Project};
use crate::text::words::on_one_line;
use serde_json::{Value as Json, json};

/// A step as a person describes it; `None` leaves a field as it is, and an empty text takes it away.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub rank: Option<u32>,
    /// A word of [`Intensity`].
    pub intensity: Option<String>,
    pub reach: Option<String>,
    pub setting: Option<String>,
    /// `yes` or `no`.
    pub in_primary_care: Option<String>,
    /// To be added to those that are there.
    pub interventions: Vec<String>,
    pub providers: Vec<String>,
    /// Interventions and providers that are to go, by their words.
    pub without: Vec<String>,
    pub recovery_element: Option<String>,
    pub entry: Option<String>,
    pub review_interval: Option<String>,
    pub claim: Option<String>,
    /// Steps one must leave to enter it; `none`: that there is none.
    pub leaving: Vec<String>,
    pub not_leaving: Vec<String>,
    pub retired: Option<bool>,
}

/// Fields of a new step. Faults: those of [`super::add`].
pub(super) fn fresh(batch: &Batch<'_>, model: Id, held: &Held, entry: &Entry) -> Result<Fields> {
    if entry.name.as_deref().is_none_or(|name| name.trim().is_empty()) {
        return Err(fault("no-name", "a step needs a name"));
    }
    let entry = Entry { rank: Some(entry.rank.unwrap_or(held.highest + 1)), ..entry.clone() };
    let mut fields = fields(batch.project(), held, None, &entry)?;
    fields.insert("model".to_owned(), json!(model));
    fields.insert("author".to_owned(), batch.coder().into());
    Ok(fields)
}

/// Fields that an entry sets of a step, or of a new one; `held` are all of its model.
pub(super) fn fields(project: &Project, held: &Held, step: Option<&Step>, entry: &Entry) -> Result<Fields> {
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
        "retired": entry.retired,
    }));
    if let Some(typed) = entry.intensity.as_deref().map(str::trim) {
        let intensity = (!typed.is_empty()).then(|| typed.parse::<Intensity>()).transpose()?;
        fields.insert("intensity".to_owned(), json!(intensity));
    }
    if let Some(typed) = &entry.in_primary_care {
        fields.insert("in_primary_care".to_owned(), json!(yes_or_no(typed)?));
    }
    refuse_empty_words(entry)?;
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
    // How one comes onto it says something else now: somebody has to look anew.
    if entry.entry.is_some() && step.is_some_and(|one| one.leaves_none) {
        fields.insert("leaves_none".to_owned(), json!(false));
    }
    if !entry.leaving.is_empty() {
        fields.insert("leaves_none".to_owned(), json!(entry.leaving.iter().any(|one| is_none(one))));
    }
    let leaving: Vec<String> = entry.leaving.iter().filter(|one| !is_none(one)).cloned().collect();
    for (typed, value) in [(&leaving, json!(true)), (&entry.not_leaving, Json::Null)] {
        for typed in typed {
            let other = resolve::step(project, typed)?;
            refuse_stranger(project, held, step, other)?;
            fields.insert(format!("leaving:{other}"), value.clone());
        }
    }
    Ok(fields)
}

/// Instead of a step that must be left: there is none.
pub const NONE: &str = "none";

pub(super) fn is_none(typed: &str) -> bool {
    folded(typed) == NONE
}

/// Nothing where it was emptied. Fault `not-yes-or-no`.
pub(super) fn yes_or_no(typed: &str) -> Result<Option<bool>> {
    match folded(typed).as_str() {
        "" => Ok(None),
        "yes" => Ok(Some(true)),
        "no" => Ok(Some(false)),
        _ => Err(fault("not-yes-or-no", format!("'{}' is neither yes nor no", typed.trim()))
            .hint("whether it is in primary care: yes or no")),
    }
}

/// Where there is nothing, nothing is written: a stroke would pass for something. Fault `says-nothing`.
fn refuse_empty_words(entry: &Entry) -> Result<()> {
    for (what, text) in [("recovery element", &entry.recovery_element), ("review", &entry.review_interval)] {
        if let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty() && !says_something(text)) {
            return Err(fault("says-nothing", format!("'{text}' is no {what}"))
                .hint("leave it empty where there is none: step check then says so"));
        }
    }
    Ok(())
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
pub(super) fn refuse_stranger(project: &Project, held: &Held, step: Option<&Step>, other: Id) -> Result<()> {
    let label = project.label(other);
    if step.is_some_and(|one| one.id == other) {
        return Err(fault("same-step", format!("{label} is the step itself")).hint("name another step of the pathway"));
    }
    if held.steps.iter().any(|one| one.id == other) {
        return Ok(());
    }
    let refused = fault("other-pathway", format!("{label} belongs to the pathway of another model"));
    Err(refused.hint("a place outside this pathway is written in words: realist step move Z1.gj out \"hospital\""))
}
