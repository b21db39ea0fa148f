//! What several commands do alike: confirming a write, reading rows from a file or standard input.

use crate::cli::Context;
use crate::diagnostic::{Fault, Result, fault};
use crate::project::Done;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;

/// The sentence after a write: what, and as whom. Printed after the operation is safe.
pub fn confirm<T>(context: &Context, done: &Done<T>, sentence: &str, mut json: Value) {
    if let Some(object) = json.as_object_mut() {
        object.insert("by".to_owned(), json!(done.by));
        if done.rehearsal {
            object.insert("dry_run".to_owned(), json!(true));
        }
    }
    let unchanged = match (done.rehearsal, done.operation) {
        (true, _) => " (dry run: nothing was written)",
        (false, None) => " (nothing changed)",
        (false, Some(_)) => "",
    };
    context.ui.answer(&format!("{sentence} as {}{unchanged}", done.by), &json);
}

/// Reads a file, or standard input for `-`.
pub fn read_input(path: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| fault("io", format!("cannot read standard input: {error}")))?;
    } else {
        let place = std::path::Path::new(path);
        bytes = std::fs::read(place).map_err(|error| Fault::io("read", place, &error))?;
    }
    Ok(crate::import::decode(&bytes)?.text.into_owned())
}

/// A row of a CSV or JSON Lines input, by column.
pub type Row = BTreeMap<String, String>;

/// Reads rows from CSV (comma, semicolon or tab) with a heading line, or from JSON Lines.
pub fn rows(text: &str, name: &str) -> Result<Vec<Row>> {
    let first = text.trim_start().chars().next();
    if first == Some('{') { json_rows(text, name) } else { csv_rows(text, name) }
}

fn json_rows(text: &str, name: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let object: serde_json::Map<String, Value> = serde_json::from_str(line)
            .map_err(|error| fault("bad-row", format!("{name}:{}: not a JSON object: {error}", number + 1)))?;
        let text = |value: Value| match value {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        };
        rows.push(object.into_iter().map(|(key, value)| (key, text(value))).collect());
    }
    Ok(rows)
}

fn csv_rows(text: &str, name: &str) -> Result<Vec<Row>> {
    let heading = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|one| (heading.bytes().filter(|byte| byte == one).count(), *one == b','))
        .unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(false).from_reader(text.as_bytes());
    let bad = |error: csv::Error| fault("bad-csv", format!("{name}: {error}"));
    let headings: Vec<String> =
        reader.headers().map_err(bad)?.iter().map(|heading| heading.trim().to_lowercase()).collect();
    reader
        .records()
        .map(|record| {
            let record = record.map_err(bad)?;
            Ok(headings.iter().cloned().zip(record.iter().map(str::to_owned)).collect())
        })
        .collect()
}

/// A column that must hold something.
pub fn required<'r>(row: &'r Row, column: &str, number: usize) -> Result<&'r str> {
    optional(row, column).ok_or_else(|| {
        let columns: Vec<&str> = row.keys().map(String::as_str).collect();
        fault("missing-column", format!("row {number} has nothing in the column '{column}'"))
            .hint(format!("columns found: {}", columns.join(", ")))
    })
}

/// A column that may be empty or absent.
pub fn optional<'r>(row: &'r Row, column: &str) -> Option<&'r str> {
    row.get(column).map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// The start of a text on one line, for tables.
pub fn excerpt(text: &str, letters: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= letters {
        return line;
    }
    let cut: String = line.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// `1 turn`, `2 turns`.
pub fn counted(number: usize, one: &str) -> String {
    match (number, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) if one.ends_with('s') => format!("{number} {one}es"),
        _ => format!("{number} {one}s"),
    }
}

/// `512 bytes`, `1.5 MB`.
pub fn in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
