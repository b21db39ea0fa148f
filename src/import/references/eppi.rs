//! EPPI-Reviewer's JSON export: its list of references. Code sets, codes and highlighted text are kept
//! with the record as they stand.

use super::builder::{Builder, Field, Names, field_of, tidy};
use super::csl::text;
use super::{Cut, Reader};
use serde_json::Value;

pub struct Eppi;

const NAMES: Names = &[
    ("TypeName", Field::Kind),
    ("Title", Field::Title),
    ("ParentTitle", Field::Journal(0)),
    ("Authors", Field::Author(0)),
    ("ParentAuthors", Field::Editor),
    ("Year", Field::Year(0)),
    ("Volume", Field::Volume),
    ("Issue", Field::Issue),
    ("Pages", Field::Pages),
    ("DOI", Field::Doi),
    ("StandardNumber", Field::Issn),
    ("Abstract", Field::Abstract),
    ("Keywords", Field::Keyword),
    ("URL", Field::Url),
    ("Comments", Field::Note),
];

impl Reader for Eppi {
    fn key(&self) -> &'static str {
        "eppi"
    }

    fn title(&self) -> &'static str {
        "EPPI-Reviewer JSON"
    }

    fn claims(&self, start: &str, text: &str) -> bool {
        let is_named = |text: &str| text.contains("\"References\"") && text.contains("\"ItemId\"");
        start.trim_start().starts_with('{') && (is_named(start) || start.contains("\"CodeSets\"") && is_named(text))
    }

    fn read(&self, text: &str) -> Cut {
        let mut cut = Cut::default();
        match serde_json::from_str::<Value>(text) {
            Ok(whole) => {
                let references = whole.get("References").and_then(Value::as_array);
                references.into_iter().flatten().for_each(|one| cut.push(1, builder(one)));
            }
            Err(error) => cut.push(error.line(), Err(format!("the JSON is broken ({error})"))),
        }
        cut
    }
}

fn builder(item: &Value) -> Result<Builder, String> {
    let item = item.as_object().ok_or("it is no reference with fields")?;
    let mut builder = Builder::new();
    for (name, value) in item {
        let value = match value {
            Value::Array(items) if items.is_empty() => continue,
            Value::Array(_) => value.to_string(),
            // A tick box of the exporter's dialogue, not of the record.
            Value::Bool(_) => continue,
            other => text(other),
        };
        let value = if name == "Authors" { with_comma(&value) } else { value };
        builder.put(field_of(NAMES, name), name, &value);
    }
    Ok(builder)
}

/// `Agarwal Arnav ; Ioannidis John PA; ` has the family name first and no comma: it gets one.
fn with_comma(authors: &str) -> String {
    let named = authors.split(';').map(tidy).filter(|name| !name.is_empty()).map(|name| {
        if name.contains(',') {
            return name;
        }
        name.split_once(' ').map_or_else(|| name.clone(), |(family, given)| format!("{family}, {given}"))
    });
    named.collect::<Vec<_>>().join("; ")
}
