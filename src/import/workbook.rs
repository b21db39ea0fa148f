//! A workbook as a table: which of its sheets is read, and where its headings stand.
//!
//! The first sheet that people see and that has a column of words is read, unless one is named; what
//! else there is, is said. Formats hand over a [`Grid`]: cells that hold something, as a reader
//! sees them, so that a sheet takes memory for what stands in it and not for its width.

use super::completeness::{Loss, Tally};
use super::mapping::{Field, Mapping};
use super::table::{Records, See, Table};
use super::{Imported, Request, decode};
use crate::diagnostic::{Diagnostic, Fault, Result, fault, suggestions};
use crate::text::words::{counted, fold};
use csv::StringRecord;
use std::collections::BTreeMap;

/// Cells that hold something, and bytes in them, of one sheet.
const MOST_CELLS: usize = 5_000_000;
const MOST_TEXT: usize = 100 << 20;

/// A sheet by name.
pub struct Tab {
    pub name: String,
    pub is_hidden: bool,
}

/// A file of sheets.
pub trait Book {
    fn tabs(&self) -> &[Tab];

    /// Reads sheet number `tab`, at most once each.
    fn grid(&mut self, tab: usize) -> Result<Grid>;

    /// Letters and digits of all sheets, counted a second way, and what became of those that are in no
    /// cell of sheet number `tab`.
    fn weight(&mut self, tab: usize) -> Result<(usize, Tally)>;
}

/// What stands in a sheet, row by row; empty cells and rows are left out.
#[derive(Default)]
pub struct Grid {
    /// Number of the row, then number and words of its cells.
    rows: Vec<(u32, Vec<(u32, String)>)>,
    cells: usize,
    text: usize,
    /// Letters that cells show and the file does not hold.
    pub tally: Tally,
}

impl Grid {
    /// Puts in a cell; rows come in order. Fault `unsafe-file`.
    pub fn put(&mut self, row: u32, column: u32, words: &str) -> Result<()> {
        let words = words.trim();
        if words.is_empty() {
            return Ok(());
        }
        self.cells += 1;
        self.text += words.len();
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err(fault(
                "unsafe-file",
                format!("the sheet holds more than {MOST_CELLS} cells or {} MB", MOST_TEXT >> 20),
            )
            .hint("save it as .csv and import that: such a table is read row by row"));
        }
        let words = words.replace("\r\n", "\n").replace('\r', "\n");
        match self.rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, words)),
            _ => self.rows.push((row, vec![(column, words)])),
        }
        Ok(())
    }

    /// All rows from the first on, each as wide as what stands in it. Fault `unsafe-file`.
    pub fn rows(self) -> Result<Vec<Vec<String>>> {
        let (mut all, mut cells): (Vec<Vec<String>>, usize) = (Vec::new(), 0);
        for (number, row) in self.rows {
            let width = row.iter().map(|(column, _)| *column as usize + 1).max().unwrap_or(0);
            cells += width + (number as usize + 1).saturating_sub(all.len());
            if cells > MOST_CELLS {
                return Err(fault("unsafe-file", format!("the sheet is larger than {MOST_CELLS} cells"))
                    .hint("delete what stands far to the right or far below, and save it again"));
            }
            all.resize_with(number as usize + 1, Vec::new);
            let Some(target) = all.last_mut() else { continue };
            target.resize(width, String::new());
            for (column, words) in row {
                target[column as usize] = words;
            }
        }
        Ok(all)
    }

    /// Cuts the headings off: the first row with two cells or more, else the first row.
    fn records(mut self, sheet: &str) -> Option<SheetRecords> {
        self.rows.iter_mut().for_each(|(_, cells)| cells.sort_by_key(|(column, _)| *column));
        let at = self.rows.iter().position(|(_, cells)| cells.len() > 1).unwrap_or(0);
        for (_, words) in self.rows[..at].iter().flat_map(|(_, cells)| cells) {
            self.tally.lose(Loss::Row, words);
        }
        let weight = (0, self.tally);
        let mut rows = self.rows.into_iter().skip(at);
        let (_, named) = rows.next()?;
        let (columns, headings) = named.into_iter().unzip();
        let rows = rows.map(|(_, cells)| cells).collect();
        Some(SheetRecords { sheet: sheet.to_owned(), above: at, columns, headings, rows, weight })
    }
}

struct SheetRecords {
    sheet: String,
    /// Rows above the headings.
    above: usize,
    /// Number of each headed column, ascending.
    columns: Vec<u32>,
    headings: Vec<String>,
    /// Cells in the order of their columns.
    rows: Vec<Vec<(u32, String)>>,
    weight: (usize, Tally),
}

impl SheetRecords {
    /// Cells below headings in their order, then those beside all headings.
    fn record(&self, row: &[(u32, String)]) -> StringRecord {
        let mut record = StringRecord::new();
        let mut beside = Vec::new();
        let mut cells = row.iter().peekable();
        for column in &self.columns {
            while let Some((_, words)) = cells.next_if(|(at, _)| at < column) {
                beside.push(words);
            }
            record.push_field(cells.next_if(|(at, _)| at == column).map_or("", |(_, words)| words));
        }
        beside.into_iter().chain(cells.map(|(_, words)| words)).for_each(|words| record.push_field(words));
        record
    }

    /// Something stands in a column of words.
    fn hold_words(&self, mapping: &Mapping) -> bool {
        let all = mapping.takes_all();
        let is_words = |heading: &String| all || mapping.of(Field::Text).any(|term| term.heading == *heading);
        let columns: Vec<u32> = std::iter::zip(&self.columns, &self.headings)
            .filter_map(|(column, heading)| is_words(heading).then_some(*column))
            .collect();
        self.rows.iter().flatten().any(|(column, _)| columns.contains(column))
    }
}

impl Records for SheetRecords {
    fn headings(&self) -> &[String] {
        &self.headings
    }

    fn weight(&self) -> (usize, Tally) {
        self.weight.clone()
    }

    fn each(&self, see: &mut See) -> Result<()> {
        for row in &self.rows {
            if see(&self.record(row))?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn particulars(&self) -> BTreeMap<String, String> {
        BTreeMap::from([("sheet".to_owned(), self.sheet.clone())])
    }
}

/// Reads one sheet of a workbook.
///
/// Faults: `unknown-sheet`, `empty-file`, those of the format and of [`Table::survey`].
pub fn read(format: &'static str, book: &mut dyn Book, request: &Request) -> Result<Imported> {
    let (tab, mut records) = match request.sheet {
        Some(name) => named(book, name)?,
        None => likeliest(book, request)?,
    };
    let (container, tally) = book.weight(tab)?;
    records.weight.0 = container;
    records.weight.1 += tally;
    let mut warnings: Vec<Diagnostic> = said(book.tabs(), tab).into_iter().collect();
    if records.above > 0 {
        let message = format!("left out, as they stand above the headings: {}", counted(records.above, "row"));
        warnings.push(Diagnostic::warning("rows-above", message));
    }
    let surveyed = Table::survey(format, Box::new(records), request);
    let surveyed = surveyed.map_err(|fault| fault.hints(said(book.tabs(), tab).map(|note| note.message)))?;
    let mut imported = surveyed.whole()?;
    warnings.append(&mut imported.warnings);
    Ok(Imported { warnings, ..imported })
}

fn named(book: &mut dyn Book, name: &str) -> Result<(usize, SheetRecords)> {
    let is_meant = |tab: &Tab| fold(tab.name.trim()) == fold(name.trim());
    let tab = book.tabs().iter().position(is_meant).ok_or_else(|| unknown(book.tabs(), name))?;
    let records = book.grid(tab)?.records(&book.tabs()[tab].name).ok_or_else(decode::empty)?;
    Ok((tab, records))
}

fn unknown(tabs: &[Tab], name: &str) -> Fault {
    let names = || tabs.iter().map(|tab| tab.name.as_str());
    fault("unknown-sheet", format!("there is no sheet '{name}'"))
        .hints(suggestions(name, names()))
        .hint(format!("the sheets are: {}", names().collect::<Vec<_>>().join(", ")))
}

/// The first sheet people see whose headings name words, else the first that holds anything.
fn likeliest(book: &mut dyn Book, request: &Request) -> Result<(usize, SheetRecords)> {
    let given = request.mapping.cloned().unwrap_or_default();
    first_that(book, &|records| {
        given.complete(&records.headings, request.kind).is_ok_and(|mapping| records.hold_words(&mapping))
    })
}

/// The rows of the first sheet people see whose headings fit, else of the first that holds anything; also
/// the number of the row its headings stand in, and what there is to say of the choice.
///
/// Faults: `empty-file` and those of the format.
pub fn fitting(
    book: &mut dyn Book,
    fits: &dyn Fn(&[String]) -> bool,
) -> Result<(Box<dyn Records>, usize, Option<Diagnostic>)> {
    let (tab, records) = first_that(book, &|records| fits(&records.headings))?;
    let headings = records.above + 1;
    Ok((Box::new(records), headings, said(book.tabs(), tab)))
}

/// The first sheet people see that is meant, else the first that holds anything.
fn first_that(book: &mut dyn Book, is_meant: &dyn Fn(&SheetRecords) -> bool) -> Result<(usize, SheetRecords)> {
    let mut first = None;
    for tab in (0..book.tabs().len()).filter(|tab| !book.tabs()[*tab].is_hidden).collect::<Vec<_>>() {
        let Some(records) = book.grid(tab)?.records(&book.tabs()[tab].name) else { continue };
        if is_meant(&records) {
            return Ok((tab, records));
        }
        first.get_or_insert((tab, records));
    }
    first.ok_or_else(decode::empty)
}

/// Which sheet was read of several.
fn said(tabs: &[Tab], read: usize) -> Option<Diagnostic> {
    let others = tabs.iter().enumerate().filter(|(tab, _)| *tab != read);
    let others: Vec<String> = others
        .map(|(_, tab)| if tab.is_hidden { format!("{} (hidden)", tab.name) } else { tab.name.clone() })
        .collect();
    (!others.is_empty()).then(|| {
        let message =
            format!("of {} sheets '{}' was read; not read: {}", tabs.len(), tabs[read].name, others.join(", "));
        Diagnostic::note("sheet", message).hint("name another with --sheet, in an import of its own")
    })
}
