//! Searches for documents, one by one or many from a table; [`flow`] keeps how many records went through each stage of
//! screening, and by which stream sources came.

pub mod flow;
#[cfg(test)]
mod tests;

use super::need::{take, take_date};
use super::resolve;
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::origin::Stream;
use crate::project::{Batch, Done, Project, today};
use crate::searching::{Flow, Search};
use crate::text::words::fold;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// A search as a person describes it; `None` leaves a field as it is, an empty text empties it.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// What was searched.
    pub place: Option<String>,
    pub stream: Option<Stream>,
    pub platform: Option<String>,
    /// `2011`, `2011-06` or `2011-06-30`.
    pub date: Option<String>,
    pub strategy: Option<String>,
    pub limits: Option<String>,
    pub searcher: Option<String>,
    pub purpose: Option<String>,
    pub found: Option<String>,
    pub scoping: Option<bool>,
    /// A number as typed.
    pub records: Option<String>,
    /// Labels of statements, components, uncertainties and substantive theories it was made for.
    pub serves: Vec<String>,
    /// Labels of statements and uncertainties whose exceptions it looked for.
    pub against: Vec<String>,
    /// Labels that no longer are either.
    pub without: Vec<String>,
}

/// What came of a table: labels, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub unchanged: usize,
}

/// Adds a search; gives its label.
///
/// Faults: `no-place`, `no-stream`, `same-search`, `bad-date`, `bad-count`, `wrong-kind` and those of finding things.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("searching add", true, |batch| {
        let fields = fields(batch.project(), entry)?;
        let key = key(batch.project(), &fields)?;
        if let Some(twin) = twin(batch.project(), &key, None) {
            return Err(same(&batch.project().label(twin)));
        }
        Ok(create(batch, fields))
    })
}

/// Takes in a table: what is known by place, platform, stream and date is changed where the row says more or otherwise, the
/// rest is added; the same table again changes nothing. All of it, or nothing. `rows` are the numbers that faults name rows by.
///
/// Faults: those of [`add`].
pub fn take_in(project: &mut Project, entries: &[Entry], rows: &[usize]) -> Result<Done<Taken>> {
    project.write("searching add", true, |batch| {
        let (mut taken, mut seen) = (Taken::default(), BTreeSet::new());
        for (entry, row) in entries.iter().zip(rows) {
            let done = take_row(batch, entry, &mut seen, &mut taken);
            done.map_err(|fault| fault.in_row_of(*row, entries.len()))?;
        }
        Ok(taken)
    })
}

fn take_row(batch: &mut Batch<'_>, entry: &Entry, seen: &mut BTreeSet<Key>, taken: &mut Taken) -> Result<()> {
    let fields = fields(batch.project(), entry)?;
    let key = key(batch.project(), &fields)?;
    let known = twin(batch.project(), &key, None);
    if !seen.insert(key) {
        return Err(same("a row above"));
    }
    let Some(id) = known else {
        taken.added.push(create(batch, fields));
        return Ok(());
    };
    let news = news(batch.project(), id, fields);
    let label = batch.project().label(id);
    if news.is_empty() {
        taken.unchanged += 1;
    } else {
        taken.changed.push(label);
    }
    batch.set(Kind::Search, id, &news);
    Ok(())
}

fn create(batch: &mut Batch<'_>, mut fields: Fields) -> String {
    fields.retain(|_, value| !value.is_null());
    fields.insert("author".to_owned(), batch.coder().into());
    batch.create(Kind::Search, &fields).1.to_string()
}

/// Changes a search; gives its label. Faults: those of [`add`], `unknown-id`.
pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("searching edit", true, |batch| {
        let project = batch.project();
        let id = find(project, typed)?;
        let news = news(project, id, fields(project, entry)?);
        let mut whole = held(project, id);
        whole.extend(news.clone());
        if let Some(twin) = twin(project, &key(project, &whole)?, Some(id)) {
            return Err(same(&project.label(twin)));
        }
        batch.set(Kind::Search, id, &news);
        Ok(batch.project().label(id))
    })
}

/// Keeps a search but leaves it out of papers, or takes it up again; gives its label.
pub fn retire(project: &mut Project, typed: &str, retired: bool) -> Result<Done<String>> {
    project.write(if retired { "searching retire" } else { "searching revive" }, true, |batch| {
        let id = find(batch.project(), typed)?;
        let held: Search = resolve::read(batch.project(), id)?;
        if held.retired != retired {
            batch.set(Kind::Search, id, &Batch::fields(json!({ "retired": retired })));
        }
        Ok(batch.project().label(id))
    })
}

/// Finds a search by label, id or what was searched, where only one did so.
pub fn find(project: &Project, typed: &str) -> Result<Id> {
    let searches = project.state().all::<Search>();
    let names: Vec<(Id, &str)> = searches.iter().map(|one| (one.id, one.place.as_str())).collect();
    resolve::by_name(project, Kind::Search, typed, &names)
}

fn held(project: &Project, id: Id) -> Fields {
    project.state().entity(id).map(|entity| entity.fields()).unwrap_or_default()
}

/// What fields say that is not held already.
fn news(project: &Project, id: Id, mut fields: Fields) -> Fields {
    let held = held(project, id);
    fields.retain(|name, value| held.get(name).unwrap_or(&Json::Null) != value);
    fields
}

fn fields(project: &Project, entry: &Entry) -> Result<Fields> {
    let mut fields = Batch::fields(json!({ "stream": entry.stream, "scoping": entry.scoping }));
    for (name, said) in [
        ("place", &entry.place),
        ("platform", &entry.platform),
        ("strategy", &entry.strategy),
        ("limits", &entry.limits),
        ("searcher", &entry.searcher),
        ("purpose", &entry.purpose),
        ("found", &entry.found),
    ] {
        take(&mut fields, name, said.as_deref());
    }
    take_date(&mut fields, entry.date.as_deref())?;
    refuse_future(project, &fields)?;
    if let Some(records) = &entry.records {
        fields.insert("records".to_owned(), count(records)?);
    }
    let named = |kinds: &[Kind], typed: &[String]| -> Result<Vec<Id>> {
        typed.iter().map(|typed| of_kinds(project, kinds, typed)).collect()
    };
    for id in named(SERVED, &entry.without)? {
        fields.insert(format!("serves:{id}"), Json::Null);
        fields.insert(format!("against:{id}"), Json::Null);
    }
    fields.extend(named(SERVED, &entry.serves)?.into_iter().map(|id| (format!("serves:{id}"), json!(true))));
    fields.extend(named(TESTED, &entry.against)?.into_iter().map(|id| (format!("against:{id}"), json!(true))));
    Ok(fields)
}

/// Fault `bad-date`: it was not made yet.
fn refuse_future(project: &Project, fields: &Fields) -> Result<()> {
    let today = today(project.surroundings());
    match fields.get("date").and_then(Json::as_str) {
        Some(date) if date > today.get(..date.len()).unwrap_or(&today) => {
            Err(fault("bad-date", format!("{date} is yet to come")).hint("add a search when it has been made"))
        }
        _ => Ok(()),
    }
}

/// What a search may be made for, and what it may look for exceptions to.
const SERVED: &[Kind] = &[Kind::Hypothesis, Kind::Component, Kind::Uncertainty, Kind::SubstantiveTheory];
const TESTED: &[Kind] = &[Kind::Hypothesis, Kind::Uncertainty];

fn of_kinds(project: &Project, kinds: &[Kind], typed: &str) -> Result<Id> {
    let id = resolve::thing(project, typed)?;
    let kind = project.state().entity(id).map(|entity| entity.kind);
    if kind.is_some_and(|kind| kinds.contains(&kind)) {
        return Ok(id);
    }
    let (what, kinds): (String, Vec<&str>) = (
        kind.map_or_else(|| "something else".to_owned(), |kind| kind.to_string()),
        kinds.iter().map(|kind| kind.word()).collect(),
    );
    Err(fault("wrong-kind", format!("{typed} is a {what}")).hint(format!("name a {}", kinds.join(" or a "))))
}

/// A number as typed; an empty text takes it away. Fault `bad-count`.
pub(super) fn count(typed: &str) -> Result<Json> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Json::Null);
    }
    let plain = typed.replace(['\u{a0}', '\u{202f}', ' ', '\''], "");
    let plain = if is_grouped(&plain) { plain.replace(',', "") } else { plain };
    let is_number = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit());
    let number = plain.parse::<u64>().ok().filter(|_| is_number);
    if number.map_or(is_number, |n| n > Flow::MOST) {
        return Err(fault("bad-count", format!("'{typed}' is more records than any review counts"))
            .hint("write how many there were: 412"));
    }
    number.map(Json::from).ok_or_else(|| {
        fault("bad-count", format!("'{typed}' is no number of records"))
            .hint("write a whole number, 0 or more: 412; leave it empty where nobody counted")
    })
}

/// `1,204`
fn is_grouped(number: &str) -> bool {
    let mut groups = number.split(',');
    let head = groups.next().is_some_and(|head| (1..=3).contains(&head.len()));
    head && groups.all(|group| group.len() == 3)
}

/// What tells one search from another.
type Key = (String, Option<String>, Stream, Option<String>, bool);

fn key(project: &Project, fields: &Fields) -> Result<Key> {
    let text = |name: &str| fields.get(name).and_then(Json::as_str).map(fold);
    let Some(place) = text("place") else {
        return Err(fault("no-place", "a search says what was searched")
            .hint("realist searching add \"PsycINFO\" --stream databases --date 2011-06-30 --records 412"));
    };
    let Some(stream) = text("stream").and_then(|stream| stream.parse().ok()) else {
        let streams: Vec<String> = project.state().all::<Search>().iter().map(|one| one.stream.to_string()).collect();
        let told =
            if streams.is_empty() { String::new() } else { format!("; so far: {}", distinct(streams).join(", ")) };
        return Err(fault("no-stream", format!("by which stream did the records of '{place}' come?"))
            .hint(format!("add --stream databases, citations, experts, grey or purposive{told}")));
    };
    let scoping = fields.get("scoping").and_then(Json::as_bool).unwrap_or(false);
    Ok((place, text("platform"), stream, text("date"), scoping))
}

fn distinct(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words.dedup();
    words
}

/// Another search that is told by the same.
fn twin(project: &Project, key: &Key, own: Option<Id>) -> Option<Id> {
    let all = project.state().all::<Search>();
    all.into_iter().find(|one| Some(one.id) != own && one.known_by() == *key).map(|one| one.id)
}

fn same(who: &str) -> Fault {
    fault("same-search", format!("{who} is a search of the same place on the same day, in the same stream"))
        .hint("say what sets them apart, as in \"PsycINFO (peer support)\", or change the one that is there: realist searching edit")
}
