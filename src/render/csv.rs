//! CSV: the report's rectangle, UTF-8, comma, first line the columns' keys.
//!
//! Spreadsheets run a cell that begins with `=`, `+`, `-`, `@`, tab or a line break as a formula.
//! Such a text gets an apostrophe before it; numbers do not. Whoever reads the file with a program
//! takes one leading apostrophe off again where one of those follows.

pub use crate::text::formula::{guard, unguard};

use super::Renderer;
use crate::diagnostic::Result;
use crate::report::Report;
use crate::table::{Cell, Table};

pub struct Csv;

impl Renderer for Csv {
    fn key(&self) -> &'static str {
        "csv"
    }

    fn extension(&self) -> &'static str {
        "csv"
    }

    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        Ok(table(&report.sheet))
    }
}

/// Any table as CSV. Writing to memory cannot fail.
pub fn table(table: &Table) -> Vec<u8> {
    let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let _ = writer.write_record(table.columns.iter().map(|column| guard(&column.key)));
    for cells in &table.rows {
        let shown = cells.iter().zip(&table.columns).map(|(cell, column)| {
            let text = cell.show(column.decimals);
            if matches!(cell, Cell::Whole(_) | Cell::Real(_)) { text } else { guard(&text) }
        });
        let _ = writer.write_record(shown);
    }
    writer.into_inner().unwrap_or_else(|_| Vec::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_numbers_and_texts_are_quoted() {
        let mut one = Table::with(&[("a", "A"), ("b", "B"), ("c", "C")]);
        one.push(vec![Cell::Whole(-3), "=cmd|' /C calc'!A0".into(), "x,\"y\"".into()]);
        let text = String::from_utf8(table(&one)).unwrap();
        assert_eq!(text, "a,b,c\n-3,'=cmd|' /C calc'!A0,\"x,\"\"y\"\"\"\n");
    }
}
