//! The CSV a statistic is made from. Columns that are needed are named when one is missing; columns nobody
//! reads are said, since the file may come from another program.

use crate::cli::Context;
use crate::cli::commands::delimited;
use crate::cli::commands::shared::read_input;
use crate::diagnostic::{Diagnostic, Fault, Place, Result, did_you_mean, fault};
use crate::render::csv::unguard;
use crate::vote::Said;
use std::collections::HashMap;
use std::str::FromStr;

pub struct Sheet {
    name: String,
    text: String,
    headings: Vec<String>,
}

/// The place of a column.
#[derive(Debug, Clone, Copy)]
pub struct Column(usize);

/// A row, its line for messages.
pub struct Line<'r> {
    sheet: &'r Sheet,
    record: &'r csv::StringRecord,
}

impl Sheet {
    /// Reads a file, or standard input for `-`.
    pub fn read(file: &str) -> Result<Self> {
        let text = read_input(file)?;
        let headings = delimited::headings(&mut delimited::reader(&text), file)?;
        Ok(Sheet { name: file.to_owned(), text, headings })
    }

    pub fn headings(&self) -> &[String] {
        &self.headings
    }

    /// The headings as they were typed.
    pub fn titles(&self) -> Result<Vec<String>> {
        let mut reader = delimited::reader(&self.text);
        let titles = reader.headers().map_err(|error| delimited::refused(&error, &self.name))?;
        Ok(titles.iter().map(|title| title.trim().to_owned()).collect())
    }

    pub fn column(&self, name: &str) -> Option<Column> {
        self.headings.iter().position(|heading| heading == name).map(Column)
    }

    /// A column there must be.
    pub fn needed(&self, name: &str) -> Result<Column> {
        self.column(name).ok_or_else(|| {
            let near = did_you_mean(name, self.headings.iter().map(String::as_str));
            let refused = fault("missing-column", format!("there is no column '{name}'")).in_file(&self.name);
            let refused = match near.first() {
                Some(near) => refused.hint(format!("is it '{near}'? rename the heading")),
                None => refused,
            };
            refused.hint(format!("columns found: {}", self.headings.join(", ")))
        })
    }

    /// Says which columns were not read.
    pub fn note_unread(&self, read: &[&str], context: &Context) {
        let unread: Vec<&str> =
            self.headings.iter().map(String::as_str).filter(|heading| !read.contains(heading)).collect();
        if !unread.is_empty() {
            let note = format!("columns not read: {}", unread.join(", "));
            context.ui.diagnostic(&Diagnostic::note("unread-columns", note).in_file(&self.name));
        }
    }

    /// Hands over row after row.
    pub fn each(&self, mut row: impl FnMut(&Line) -> Result<()>) -> Result<()> {
        let mut reader = delimited::reader(&self.text);
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| delimited::refused(&error, &self.name))? {
            row(&Line { sheet: self, record: &record })?;
        }
        Ok(())
    }

    /// A fault about the file as a whole.
    pub fn fault(&self, code: &'static str, message: impl Into<String>) -> Fault {
        fault(code, message).in_file(&self.name)
    }
}

impl<'r> Line<'r> {
    /// A cell that may be empty.
    pub fn text(&self, column: Column) -> Option<&'r str> {
        self.record.get(column.0).map(|cell| unguard(cell.trim())).filter(|cell| !cell.is_empty())
    }

    /// A cell that must hold something.
    pub fn word(&self, column: Column) -> Result<&'r str> {
        self.text(column).ok_or_else(|| {
            self.fault("empty-cell", format!("the column '{}' is empty here", self.sheet.headings[column.0]))
                .hint("fill the cell, or take the row out")
        })
    }

    /// A number; `None` for an empty cell.
    pub fn number<T: FromStr>(&self, column: Column) -> Result<Option<T>> {
        let Some(text) = self.text(column) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| self.no_number(column, text))
    }

    /// A finite number; `None` for an empty cell.
    pub fn real(&self, column: Column) -> Result<Option<f64>> {
        match self.number::<f64>(column)? {
            Some(number) if !number.is_finite() => Err(self.no_number(column, self.word(column)?)),
            number => Ok(number),
        }
    }

    /// A vote; `None` for an empty cell, and for the words that a grid holds in the place of one.
    pub fn vote(&self, column: Column) -> Result<Option<f64>> {
        match self.text(column).and_then(Said::word_for_none) {
            Some(_) => Ok(None),
            None => self.real(column),
        }
    }

    /// A number that must be there.
    pub fn some_real(&self, column: Column) -> Result<f64> {
        self.word(column)?;
        Ok(self.real(column)?.unwrap_or_default())
    }

    fn no_number(&self, column: Column, text: &str) -> Fault {
        let heading = &self.sheet.headings[column.0];
        let refused = self.fault("bad-number", format!("'{text}' in the column '{heading}' is no number that fits"));
        if text.contains(',') {
            refused.hint("write the decimal with a point: 0.5")
        } else {
            refused.hint("leave the cell empty where there is no answer")
        }
    }

    pub fn fault(&self, code: &'static str, message: impl Into<String>) -> Fault {
        let line = self.record.position().and_then(|position| usize::try_from(position.line()).ok());
        fault(code, message).at(Place { file: Some(self.sheet.name.clone()), line, ..Place::default() })
    }
}

/// Things by name, in the order in which they first came.
#[derive(Debug)]
pub struct InOrder<T> {
    places: HashMap<String, usize>,
    entries: Vec<(String, T)>,
}

impl<T> Default for InOrder<T> {
    fn default() -> Self {
        InOrder { places: HashMap::new(), entries: Vec::new() }
    }
}

impl<T: Default> InOrder<T> {
    pub fn entry(&mut self, name: &str) -> &mut T {
        let at = self.place(name);
        &mut self.entries[at].1
    }

    /// The place of a name, which is made where it is new.
    pub fn place(&mut self, name: &str) -> usize {
        if let Some(at) = self.places.get(name) {
            return *at;
        }
        self.places.insert(name.to_owned(), self.entries.len());
        self.entries.push((name.to_owned(), T::default()));
        self.entries.len() - 1
    }

    pub fn entries(&self) -> &[(String, T)] {
        &self.entries
    }

    pub fn into_entries(self) -> Vec<(String, T)> {
        self.entries
    }

    pub fn names(&self) -> Vec<&str> {
        self.entries.iter().map(|(name, _)| name.as_str()).collect()
    }
}
