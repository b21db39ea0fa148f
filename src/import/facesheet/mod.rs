//! Facesheets: tables of participants, a row a person. `columns` tells what each column holds, `cells` reads
//! the answers in it (consent, dates). Who a row is about is settled where the project is known
//! (`act/facesheet`). The table itself is not kept: it holds names.

mod cells;
mod columns;

pub use cells::{audiences, consent, date};
pub use columns::{Column, Columns, Use};

use super::table::HEADINGS;
use crate::diagnostic::Result;
use crate::manuscript::Manuscript;
use std::ops::ControlFlow;

/// Stands between a heading and its cell where all columns of a table are its text.
pub const AFTER_HEADING: &str = ": ";

/// A table as it stands: headings, and of each row with something in it the cells that hold something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub headings: Vec<String>,
    /// Heading and cell.
    pub rows: Vec<Vec<(String, String)>>,
}

impl Sheet {
    /// From a table that was read with all its columns as text ([`super::Mapping::all`]).
    pub fn of(manuscript: &dyn Manuscript) -> Result<Self> {
        let headings = manuscript.header().particulars.get(HEADINGS);
        let headings = headings.and_then(|list| serde_json::from_str(list).ok()).unwrap_or_default();
        let mut sheet = Sheet { headings, rows: Vec::new() };
        manuscript.each_shard(&mut |text, units| {
            for unit in units {
                let mut before = unit.span.start();
                let mut row = Vec::with_capacity(unit.speech.len());
                for cell in &unit.speech {
                    let heading = text.get(before..cell.span.start()).unwrap_or_default();
                    let heading = heading.strip_suffix(AFTER_HEADING).unwrap_or(heading).trim_start_matches('\n');
                    row.extend(cell.span.of(text).map(|words| (heading.to_owned(), words.trim().to_owned())));
                    before = cell.span.end();
                }
                sheet.rows.push(row);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(sheet)
    }
}
