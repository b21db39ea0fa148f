//! A reference in the terms of citation styles: for the library that follows them, and as CSL-JSON for other programs.

use crate::reference::{Name, Reference, WorkKind};
use hayagriva::Entry;
use hayagriva::types::{Date, EntryType, FormatString, MaybeTyped, Person, Publisher, QualifiedUrl};
use serde_json::{Map, Value, json};
use std::str::FromStr;

/// Where formats keep who published a work, and where.
const PUBLISHER: &[&str] = &["publisher", "PB", "Publisher", "PublisherName", "%I"];
const PLACE: &[&str] = &["publisher-place", "CY", "address", "location", "pub-location", "PublisherLocation", "%C"];

/// The work under a key of its own; fields that the record does not have are absent.
pub fn csl(key: &str, work: &Reference) -> Value {
    let mut fields = Map::new();
    let mut put = |name: &str, text: Option<&str>| {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            fields.insert(name.to_owned(), text.into());
        }
    };
    put("id", Some(key));
    put("type", Some(kind(work.kind)));
    put("title", work.title.as_deref());
    put("container-title", work.journal.as_deref());
    put("container-title-short", work.journal_short.as_deref());
    put("volume", work.volume.as_deref());
    put("issue", work.issue.as_deref());
    put("page", work.pages.as_deref());
    put("publisher", other(work, PUBLISHER));
    put("publisher-place", other(work, PLACE));
    put("DOI", work.doi.as_deref());
    put("PMID", work.pmid.as_deref());
    if work.doi.is_none() {
        put("URL", work.urls.first().map(String::as_str));
    }
    if let Some(year) = work.year {
        fields.insert("issued".to_owned(), json!({ "date-parts": [[year]] }));
    }
    for (name, people) in [("author", &work.authors), ("editor", &work.editors)] {
        if !people.is_empty() {
            fields.insert(name.to_owned(), people.iter().map(person).collect());
        }
    }
    Value::Object(fields)
}

/// The same as the library knows it: what a work appeared in is a work of its own.
pub(super) fn entry(key: &str, work: &Reference) -> Entry {
    let mut entry = Entry::new(key, kind_of(work.kind));
    let mut host = container(work.kind)
        .filter(|_| work.journal.is_some() || work.journal_short.is_some())
        .map(|kind| Entry::new("", kind));
    if let Some(title) = &work.title {
        entry.set_title(FormatString::with_value(title));
    }
    entry.set_authors(work.authors.iter().map(signed).collect());
    let edited = host.as_mut().unwrap_or(&mut entry);
    if !work.editors.is_empty() {
        edited.set_editors(work.editors.iter().map(signed).collect());
    }
    if let Some(host) = &mut host {
        host.set_title(journal(work));
    }
    if let Some(year) = work.year {
        entry.set_date(Date::from_year(year));
    }
    if let Some(volume) = &work.volume {
        host.as_mut().unwrap_or(&mut entry).set_volume(typed(volume));
    }
    if let Some(issue) = &work.issue {
        host.as_mut().unwrap_or(&mut entry).set_issue(typed(issue));
    }
    if let Some(pages) = &work.pages {
        entry.set_page_range(typed(pages));
    }
    let [name, place] = [PUBLISHER, PLACE].map(|names| other(work, names).map(FormatString::with_value));
    if name.is_some() || place.is_some() {
        entry.set_publisher(Publisher::new(name, place));
    }
    if let Some(pmid) = &work.pmid {
        entry.set_pmid(pmid.clone());
    }
    match (&work.doi, work.urls.first().and_then(|url| url.parse::<QualifiedUrl>().ok())) {
        (Some(doi), _) => entry.set_doi(doi.clone()),
        (None, Some(url)) => entry.set_url(url),
        (None, None) => {}
    }
    entry.set_parents(host.into_iter().collect());
    entry
}

/// A number or range where it is one, else as it stands.
fn typed<T: FromStr>(text: &str) -> MaybeTyped<T> {
    let Ok(read) = text.parse();
    read
}

fn journal(work: &Reference) -> FormatString {
    match (&work.journal, &work.journal_short) {
        (Some(long), Some(short)) => FormatString::with_short(long, short),
        (long, short) => FormatString::with_value(long.as_ref().or(short.as_ref()).map_or("", String::as_str)),
    }
}

/// A body signs whole; a name is never taken apart anew.
fn signed(name: &Name) -> Person {
    let given_name = (!name.given.is_empty()).then(|| name.given.clone());
    Person { name: name.family.clone(), given_name, prefix: None, suffix: None, comma_suffix: false, alias: None }
}

fn kind_of(kind: WorkKind) -> EntryType {
    match kind {
        WorkKind::Article | WorkKind::Conference | WorkKind::Preprint => EntryType::Article,
        WorkKind::Book => EntryType::Book,
        WorkKind::Chapter => EntryType::Chapter,
        WorkKind::Report => EntryType::Report,
        WorkKind::Thesis => EntryType::Thesis,
        WorkKind::Web => EntryType::Web,
        WorkKind::Other => EntryType::Misc,
    }
}

/// What a work of that kind appears in.
fn container(kind: WorkKind) -> Option<EntryType> {
    match kind {
        WorkKind::Article | WorkKind::Preprint => Some(EntryType::Periodical),
        WorkKind::Chapter => Some(EntryType::Book),
        WorkKind::Conference => Some(EntryType::Proceedings),
        WorkKind::Book | WorkKind::Report | WorkKind::Thesis | WorkKind::Web | WorkKind::Other => None,
    }
}

fn other<'w>(work: &'w Reference, names: &[&str]) -> Option<&'w str> {
    names.iter().find_map(|name| work.other.get(*name)?.first()).map(String::as_str)
}

fn person(name: &Name) -> Value {
    if name.given.is_empty() {
        return json!({ "literal": name.family });
    }
    json!({ "family": name.family, "given": name.given })
}

fn kind(kind: WorkKind) -> &'static str {
    match kind {
        WorkKind::Article => "article-journal",
        WorkKind::Book => "book",
        WorkKind::Chapter => "chapter",
        WorkKind::Conference => "paper-conference",
        WorkKind::Report => "report",
        WorkKind::Thesis => "thesis",
        WorkKind::Preprint => "article",
        WorkKind::Web => "webpage",
        WorkKind::Other => "document",
    }
}
