//! One codebook file: TOML to entries, and entries into TOML so that comments, order and what is typed
//! alike stay as they are.

use super::super::{Project, settings};
use crate::codebook::field::Shape;
use crate::codebook::{Field, MAIN_BOOK};
use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::tidier::Tidier;
use serde_json::Value;
use std::path::Path;
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table};

/// Kinds kept in codebooks, and the name of their tables.
pub(super) const SHELVES: &[(Kind, &str)] = &[(Kind::Code, "code"), (Kind::Component, "component")];

/// The fields a file shows, in order; which book a code is in, the file's name says.
fn order(kind: Kind) -> Vec<&'static str> {
    let of_code = Field::ALL.iter().filter(|field| **field != Field::Book).map(|field| field.word());
    match kind {
        Kind::Code => ["name", "parent"].into_iter().chain(of_code).collect(),
        Kind::Component => {
            let tidier = Tidier::ALL.iter().map(|item| item.field());
            ["name", "description", "order", "retired"].into_iter().chain(tidier).collect()
        }
        _ => Vec::new(),
    }
}

/// An entry of a codebook file.
#[derive(Debug)]
pub(in crate::project) struct Entry {
    pub(super) kind: Kind,
    pub(in crate::project) book: String,
    pub(in crate::project) id: Option<Id>,
    pub(in crate::project) fields: Fields,
}

impl Project {
    pub(super) fn write_book(&self, book: &str, entries: &[(Kind, Id, Fields)]) -> Result<()> {
        let path = self.books_folder().join(format!("{book}.toml"));
        let old = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Fault::io("read", &path, &error)),
        };
        let mut document: DocumentMut =
            old.parse().map_err(|_| fault("bad-toml", format!("codebooks/{book}.toml cannot be read")))?;
        for (kind, id, fields) in entries {
            self.write_entry(&mut document, *kind, *id, fields);
        }
        let new = document.to_string();
        if new == old || (old.is_empty() && new.trim().is_empty()) {
            return Ok(());
        }
        disk::make_folder(&self.books_folder())?;
        disk::replace(&path, new.as_bytes())
    }

    fn write_entry(&self, document: &mut DocumentMut, kind: Kind, id: Id, fields: &Fields) {
        let Some((_, name)) = SHELVES.iter().find(|(one, _)| *one == kind) else { return };
        let tables = document.entry(name).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(tables) = tables.as_array_of_tables_mut() else { return };
        let wanted = id.to_string();
        let holds = |table: &Table| match table.get("id").and_then(Item::as_str) {
            Some(there) => there == wanted,
            None => table.get("name").and_then(Item::as_str).map(Value::from) == fields.get("name").cloned(),
        };
        let at = tables.iter().position(holds);
        if fields.is_empty() {
            if let Some(at) = at {
                tables.remove(at);
            }
            return;
        }
        let at = at.unwrap_or_else(|| {
            tables.push(Table::new());
            tables.len() - 1
        });
        if let Some(table) = tables.get_mut(at) {
            set_text(table, "id", &wanted);
            set_text(table, "label", &self.label(id));
            for field in order(kind) {
                set_field(table, field, fields.get(field));
            }
        }
    }
}

/// The file an entry belongs in.
pub(super) fn book_of(kind: Kind, fields: &Fields) -> String {
    match kind {
        Kind::Code => fields.get("book").and_then(Value::as_str).unwrap_or(MAIN_BOOK).to_owned(),
        _ => "components".to_owned(),
    }
}

fn set_text(table: &mut Table, key: &str, text: &str) {
    if table.get(key).and_then(Item::as_str) != Some(text) {
        table.insert(key, toml_edit::value(text));
    }
}

fn set_field(table: &mut Table, key: &str, value: Option<&Value>) {
    match value {
        Some(Value::String(text)) => set_text(table, key, text),
        Some(Value::Number(number)) => {
            if table.get(key).and_then(Item::as_integer) != number.as_i64() {
                table.insert(key, toml_edit::value(number.as_i64().unwrap_or_default()));
            }
        }
        Some(Value::Bool(true)) => {
            if table.get(key).and_then(Item::as_bool) != Some(true) {
                table.insert(key, toml_edit::value(true));
            }
        }
        Some(Value::Array(items)) if !items.is_empty() => set_list(table, key, items),
        _ => {
            table.remove(key);
        }
    }
}

fn set_list(table: &mut Table, key: &str, items: &[Value]) {
    let items: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
    let there = table.get(key).and_then(Item::as_array).map(|array| array.iter().map(toml_edit::Value::as_str));
    let is_same = there.is_some_and(|there| there.eq(items.iter().copied().map(Some)));
    if !is_same {
        table.insert(key, toml_edit::value(Array::from_iter(items)));
    }
}

/// The fields a file shows, with defaults left out so that two ways to say one thing compare equal.
pub(super) fn shown(kind: Kind, fields: &Fields) -> Fields {
    let plain = |field: &str, value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty() || (field == "kind" && text == "descriptive"),
        Value::Array(items) => items.is_empty(),
        _ => false,
    };
    order(kind)
        .into_iter()
        .filter_map(|field| Some((field.to_owned(), fields.get(field)?.clone())))
        .filter(|(field, value)| !plain(field, value))
        .collect()
}

/// What to set so that `old` becomes `new`; a field taken away is set to null.
pub(super) fn differences(old: &Fields, new: &Fields) -> Fields {
    let changed = new.iter().filter(|(name, value)| old.get(*name) != Some(value));
    let mut changes: Fields = changed.map(|(name, value)| (name.clone(), value.clone())).collect();
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        changes.insert(name.clone(), Value::Null);
    }
    changes
}

pub(super) fn read_book(book: &str, path: &Path) -> Result<Vec<Entry>> {
    let text = std::fs::read_to_string(path).map_err(|error| Fault::io("read", path, &error))?;
    // What git makes of the line ends of a definition is no edit.
    let text = text.replace("\r\n", "\n");
    let file = format!("codebooks/{book}.toml");
    let table: toml::Table = toml::from_str(&text).map_err(|error| settings::misread(&text, &error, &file))?;
    let mut entries = Vec::new();
    for (kind, name) in SHELVES {
        let Some(tables) = table.get(*name).and_then(toml::Value::as_array) else { continue };
        for (number, one) in tables.iter().enumerate() {
            entries.push(read_entry(*kind, book, one).map_err(|what| {
                fault("bad-codebook", format!("entry {} of [[{name}]] {what}", number + 1)).in_file(file.clone())
            })?);
        }
    }
    Ok(entries)
}

fn read_entry(kind: Kind, book: &str, entry: &toml::Value) -> Result<Entry, String> {
    let table = entry.as_table().ok_or("is no table")?;
    let id = match table.get("id").and_then(toml::Value::as_str) {
        Some(text) => Some(text.parse::<Id>().map_err(|_| format!("has an id that is none: '{text}'"))?),
        None => None,
    };
    let mut fields = Fields::new();
    for (name, value) in table {
        fields.insert(name.clone(), serde_json::to_value(value).unwrap_or(Value::Null));
    }
    if fields.get("name").and_then(Value::as_str).is_none_or(|name| name.trim().is_empty()) {
        return Err("has no name".to_owned());
    }
    if kind == Kind::Code {
        tidy(&mut fields).map_err(|what| format!("cannot be read: {what}"))?;
    }
    Ok(Entry { kind, book: book.to_owned(), id, fields: shown(kind, &fields) })
}

/// Brings what a hand typed into the shape the journal keeps; texts stay letter for letter.
fn tidy(fields: &mut Fields) -> Result<(), String> {
    for field in Field::ALL.iter().filter(|field| field.shape() != Shape::Text) {
        if let Some(value) = fields.get(field.word()) {
            let texts = field.normal(&Field::texts(value))?;
            fields.insert(field.word().to_owned(), field.value(&texts));
        }
    }
    Ok(())
}
