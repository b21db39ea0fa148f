//! CSL-JSON, as Zotero and citation processors write it: a list of items.

use super::builder::{Builder, Field, Names, field_of};
use super::{Cut, Reader, json};
use crate::reference::Name;
use serde_json::{Map, Value};

pub struct Csl;

const NAMES: Names = &[
    ("type", Field::Kind),
    ("title", Field::Title),
    ("issued", Field::Year(0)),
    ("container-title", Field::Journal(0)),
    ("container-title-short", Field::ShortJournal),
    ("journalAbbreviation", Field::ShortJournal),
    ("volume", Field::Volume),
    ("issue", Field::Issue),
    ("page", Field::Pages),
    ("DOI", Field::Doi),
    ("PMID", Field::Pmid),
    ("ISSN", Field::Issn),
    ("abstract", Field::Abstract),
    ("keyword", Field::Keyword),
    ("language", Field::Language),
    ("URL", Field::Url),
    ("note", Field::Note),
];

impl Reader for Csl {
    fn key(&self) -> &'static str {
        "csl"
    }

    fn title(&self) -> &'static str {
        "CSL-JSON"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        let start = start.trim_start();
        let marks = ["\"container-title\"", "\"issued\"", "\"DOI\"", "\"title\""];
        start.starts_with(['[', '{']) && start.contains("\"type\"") && marks.iter().any(|mark| start.contains(mark))
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let open = json::next(text, 0).unwrap_or_default();
        // Some exports wrap the list, and one item may stand without any.
        let wrapped = json::members(text, open).into_iter().find(|(name, _)| *name == "items");
        let list = wrapped.map_or(open, |(_, place)| place.start);
        if text[list..].starts_with('[') {
            for (line, item) in json::elements(text, list) {
                cut.push(line, || builder(&json::read(item)?));
            }
        } else {
            cut.push(1, || builder(&json::read(text)?));
        }
    }
}

fn builder(item: &Value) -> Result<Builder, String> {
    let item = item.as_object().ok_or("it is no item with fields")?;
    let mut builder = Builder::new();
    for (name, value) in item {
        match name.as_str() {
            "author" => people(value).for_each(|one| builder.author(one)),
            "editor" => people(value).for_each(|one| builder.editor(one)),
            _ => builder.put(field_of(NAMES, name), name, &text(value)),
        }
    }
    Ok(builder)
}

fn people(list: &Value) -> impl Iterator<Item = Name> {
    list.as_array().into_iter().flatten().filter_map(Value::as_object).filter_map(person)
}

fn person(name: &Map<String, Value>) -> Option<Name> {
    let part = |key: &str| name.get(key).and_then(Value::as_str).unwrap_or_default();
    if let Some(literal) = name.get("literal").and_then(Value::as_str) {
        return Name::read(literal);
    }
    let family = format!("{} {}", part("non-dropping-particle"), part("family"));
    let given = format!("{} {} {}", part("given"), part("dropping-particle"), part("suffix"));
    (!family.trim().is_empty()).then(|| Name::person(&family, &given))
}

/// A value as one text: dates as `2019-03-26`, lists parted by `;`.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join("; "),
        Value::Object(date) => match (date.get("date-parts").and_then(|parts| parts.get(0)), date.get("raw")) {
            (Some(Value::Array(parts)), _) => parts.iter().map(text).collect::<Vec<_>>().join("-"),
            (_, Some(raw)) => text(raw),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}
