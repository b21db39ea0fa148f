//! Who makes an example: reads its tables, opens the project as one coder after another, and knows what the tables call
//! things.

use super::Example;
use crate::diagnostic::{Result, fault};
use crate::project::{Project, Surroundings};
use std::collections::BTreeMap;
use std::path::Path;

/// A row of a table, by column.
pub(super) type Row = BTreeMap<String, String>;

pub(super) struct Maker<'e> {
    pub example: &'e Example,
    pub folder: &'e Path,
    pub scratch: &'e Path,
    pub surroundings: Surroundings,
    /// Keys of the tables and names of documents, to labels.
    pub labels: BTreeMap<String, String>,
}

pub(super) fn filled<'r>(row: &'r Row, column: &str) -> Option<&'r str> {
    row.get(column).map(|value| value.trim()).filter(|value| !value.is_empty())
}

pub(super) fn owned(row: &Row, column: &str) -> Option<String> {
    filled(row, column).map(str::to_owned)
}

pub(super) fn list(row: &Row, column: &str) -> Vec<String> {
    parted(row, column, ";")
}

/// What may hold a semicolon is parted by two.
pub(super) fn sentences(row: &Row, column: &str) -> Vec<String> {
    parted(row, column, ";;")
}

fn parted(row: &Row, column: &str, by: &str) -> Vec<String> {
    let items = filled(row, column).unwrap_or_default().split(by);
    items.map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

impl Maker<'_> {
    /// The text of a table; empty where the example has no such table.
    pub fn table(&self, table: &str) -> &'static str {
        self.example.tables.iter().find(|(name, _)| *name == table).map_or("", |(_, text)| text)
    }

    pub fn rows(&self, table: &str) -> Result<Vec<Row>> {
        let mut reader = csv::Reader::from_reader(self.table(table).as_bytes());
        let bad = |error: csv::Error| fault("bad-example", format!("{table}.csv: {error}"));
        reader.deserialize().map(|row| row.map_err(bad)).collect()
    }

    /// The project as one coder opens it, a few minutes after what was done before.
    pub fn open(&mut self, coder: &str) -> Result<Project> {
        let later = jiff::SignedDuration::from_mins(7);
        self.surroundings.now = self.surroundings.now.and_then(|now| now.checked_add(later).ok());
        self.surroundings.coder = Some(coder.to_owned());
        Project::open(self.folder, self.surroundings.clone())
    }

    /// Goes on at a time, where one is given.
    pub fn later(&mut self, at: Option<&str>) -> Result<()> {
        if let Some(at) = at {
            let read = at.parse().map_err(|_| fault("bad-example", format!("'{at}' is no time")))?;
            self.surroundings.now = Some(read);
        }
        Ok(())
    }

    pub fn label(&self, key: &str) -> Result<String> {
        self.labels.get(key).cloned().ok_or_else(|| fault("bad-example", format!("nothing is called '{key}'")))
    }

    pub fn labels_of(&self, keys: &[String]) -> Result<Vec<String>> {
        keys.iter().map(|key| self.label(key)).collect()
    }

    /// The label of what a column names, where it names anything.
    pub fn named(&self, row: &Row, column: &str) -> Result<Option<String>> {
        filled(row, column).map(|key| self.label(key)).transpose()
    }

    /// Keeps the label of what a row made, under its key.
    pub fn keep(&mut self, row: &Row, label: String) {
        self.labels.insert(owned(row, "key").unwrap_or_default(), label);
    }

    /// Labels in the place of `{h10}`, which is what the tables call a thing.
    pub fn with_labels(&self, text: &str) -> String {
        self.labels.iter().fold(text.to_owned(), |text, (key, label)| text.replace(&format!("{{{key}}}"), label))
    }
}
