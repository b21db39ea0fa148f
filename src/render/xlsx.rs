//! Excel workbooks (xlsx): numbers as numbers, headings that stay in sight, a filter on every column. The
//! only user of `rust_xlsxwriter`. The same table always gives the same bytes.

use super::{Renderer, visible};
use crate::diagnostic::{Fault, Result, fault};
use crate::report::{Block, NoteKind, Report};
use crate::table::{Cell, Table};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::collections::BTreeSet;

/// Spreadsheets cut a cell at 32,767 units of UTF-16.
pub(super) const LONGEST: usize = 32_700;

pub struct Excel;

impl Renderer for Excel {
    fn key(&self) -> &'static str {
        "xlsx"
    }

    fn extension(&self) -> &'static str {
        "xlsx"
    }

    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        let about;
        let mut tables = vec![(report.key, &report.sheet)];
        if let Some(cells) = report.blocks.iter().find_map(|block| match block {
            Block::Heat { cells, .. } => Some(cells),
            _ => None,
        }) {
            about = self::about(report);
            tables.extend([("about", &about), ("cells", cells)]);
        }
        let widths: Vec<Vec<u16>> = tables.iter().map(|(_, table)| widths(table)).collect();
        let sheets = tables.into_iter().zip(&widths);
        let sheets = sheets.map(|((name, table), widths)| Sheet { name, table, widths, hidden: &[] });
        let sheets: Vec<Sheet> = sheets.collect();
        written(&mut Workbook::new(), &report.title, &sheets, Days::AsDates).map_err(|error| refused(&error))
    }
}

/// What a reader of bare numbers has to know: what was counted, for whom, by which rule.
fn about(report: &Report) -> Table {
    let mut about = Table::with(&[("what", "About these numbers"), ("says", "")]);
    let mut say = |what: &str, says: &str| about.push(vec![what.into(), says.into()]);
    say("Title", &report.title);
    say("Counted", &report.subtitle);
    say("For", report.audience.word());
    for block in &report.blocks {
        match block {
            Block::Note { kind: NoteKind::Rule, text } => say("Rule", text),
            Block::Note { text, .. } => say("Notice", text),
            Block::Heat { caption, .. } => say("Numbers", caption),
            _ => {}
        }
    }
    about
}

fn widths(table: &Table) -> Vec<u16> {
    (0..table.columns.len()).map(|at| width(table, at)).collect()
}

/// As wide as the texts in a column want, within bounds.
fn width(table: &Table, column: usize) -> u16 {
    let letters = |cell: &Cell| cell.show(2).lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let longest = table.rows.iter().filter_map(|row| row.get(column)).map(letters).max().unwrap_or(0);
    let title = table.columns.get(column).map_or(0, |column| column.title.chars().count().min(16));
    u16::try_from(longest.max(title) + 2).unwrap_or(u16::MAX).clamp(8, 60)
}

/// A sheet of a workbook.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'t> {
    /// At most 31 letters, none of `[]:*?/\`.
    pub name: &'t str,
    pub table: &'t Table,
    /// Widths of the columns in letters; of those not listed 14.
    pub widths: &'t [u16],
    /// Columns that are there and not shown.
    pub hidden: &'t [usize],
}

/// A workbook.
///
/// Fault `too-large`: a sheet has more rows or columns than it can hold.
pub fn workbook(title: &str, sheets: &[Sheet]) -> Result<Vec<u8>> {
    written(&mut Workbook::new(), title, sheets, Days::AsTexts).map_err(|error| refused(&error))
}

/// How days are written: forms that come back are read as texts.
#[derive(Clone, Copy, PartialEq)]
enum Days {
    AsTexts,
    /// Where a column holds whole days.
    AsDates,
}

fn refused(error: &XlsxError) -> Fault {
    fault("too-large", format!("this does not fit into a workbook: {error}")).hint("ask for csv, which has no limits")
}

fn written(book: &mut Workbook, title: &str, sheets: &[Sheet], days: Days) -> Result<Vec<u8>, XlsxError> {
    // Else the moment of writing would stand in it.
    let created = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    for sheet in sheets {
        fill(book.add_worksheet(), sheet, days)?;
    }
    book.save_to_buffer()
}

/// A day as a sheet counts them; a month or a year is none.
fn day(cell: &Cell) -> Option<ExcelDateTime> {
    let Cell::Text(text) = cell else { return None };
    (text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()).then(|| ExcelDateTime::parse_from_str(text).ok())?
}

/// Columns that hold whole days, and else only words that no day is known.
fn columns_of_days(table: &Table) -> BTreeSet<usize> {
    let is_wordy =
        |cell: &Cell| matches!(cell, Cell::Text(text) if !text.contains(|letter: char| letter.is_ascii_digit()));
    let is_of_days = |at: &usize| {
        let said = || table.rows.iter().filter_map(|row| row.get(*at)).filter(|cell| **cell != Cell::Empty);
        said().any(|cell| day(cell).is_some()) && said().all(|cell| day(cell).is_some() || is_wordy(cell))
    };
    (0..table.columns.len()).filter(is_of_days).collect()
}

fn fill(page: &mut Worksheet, sheet: &Sheet, days: Days) -> Result<(), XlsxError> {
    let table = sheet.table;
    let dated = if days == Days::AsDates { columns_of_days(table) } else { BTreeSet::new() };
    let dates = Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top);
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(0x00ED_EDED);
    let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    page.set_name(sheet.name)?;
    for (at, column) in table.columns.iter().enumerate() {
        let at = narrow(at)?;
        page.set_column_width(at, sheet.widths.get(usize::from(at)).copied().unwrap_or(14))?;
        page.write_string_with_format(0, at, &column.title, &head)?;
        // What is typed into an empty column is to look like the rest.
        page.set_column_format(at, &body)?;
    }
    for at in sheet.hidden {
        page.set_column_hidden(narrow(*at)?)?;
    }
    let mut last = 0;
    for row in &table.rows {
        last += 1;
        for (at, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
            match dated.contains(&at).then(|| day(cell)).flatten() {
                Some(day) => _ = page.write_datetime_with_format(last, narrow(at)?, &day, &dates)?,
                None => write(page, (last, narrow(at)?), cell, column.decimals, &body)?,
            }
        }
    }
    page.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    if let Some(width) = table.columns.len().checked_sub(1) {
        page.autofilter(0, 0, last, narrow(width)?)?;
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss)] // a spreadsheet knows no other numbers
fn write(
    page: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    decimals: usize,
    body: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => page.write_blank(row, column, body)?,
        Cell::Whole(number) => page.write_number_with_format(row, column, *number as f64, body)?,
        Cell::Real(number) => {
            let places = if decimals == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(decimals)) };
            page.write_number_with_format(row, column, *number, &body.clone().set_num_format(places))?
        }
        // How the number is shown: it stays a number.
        Cell::Noted { number, beside, of } => {
            let format = body.clone().set_num_format(format!("0\" +{beside} {of}\""));
            page.write_number_with_format(row, column, *number as f64, &format)?
        }
        Cell::Text(_) | Cell::Heading(_) | Cell::Undefined(_) => {
            page.write_string_with_format(row, column, shown(&cell.show(decimals)), body)?
        }
    };
    Ok(())
}

/// A text as a cell holds it. One that begins like a formula stays a text: cells have a type here.
fn shown(text: &str) -> String {
    let mut text = visible(text);
    let mut units = 0;
    let too_long = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > LONGEST
    });
    if let Some((end, _)) = too_long {
        text.truncate(end);
        text.push('…');
    }
    text
}

fn narrow(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader, Xlsx};
    use std::io::Cursor;

    fn book() -> Vec<u8> {
        let mut table = Table::with(&[("n", "Number"), ("text", "Text"), ("share", "Share")]);
        table.push(vec![Cell::Whole(12), "=1+1".into(), Cell::Real(0.25)]);
        table.push(vec![Cell::Empty, "a\u{1}b\nc".into(), Cell::Undefined("no raters".to_owned())]);
        table.push(vec![Cell::Empty, "\u{1f600}".repeat(20_000).into(), Cell::Empty]);
        workbook("Title", &[Sheet { name: "turns", table: &table, widths: &[8, 40], hidden: &[2] }]).unwrap()
    }

    #[test]
    fn cells_have_types_and_what_looks_like_a_formula_is_a_text() {
        let mut read: Xlsx<_> = Xlsx::new(Cursor::new(book())).unwrap();
        let range = read.worksheet_range("turns").unwrap();
        let cells: Vec<Data> = range.rows().take(3).flatten().cloned().collect();
        let text = |text: &str| Data::String(text.to_owned());
        assert_eq!(
            cells[..6],
            [text("Number"), text("Text"), text("Share"), Data::Float(12.0), text("=1+1"), Data::Float(0.25)]
        );
        assert_eq!(cells[6..], [Data::Empty, text("ab\nc"), text("undefined (no raters)")]);
        let Data::String(long) = &range.rows().nth(3).unwrap()[1] else { panic!("no text") };
        assert!(long.encode_utf16().count() <= 32_767 && long.ends_with('…'));
    }

    #[test]
    fn a_column_of_days_is_typed_and_one_of_months_stays_a_text() {
        let mut table = Table::with(&[("day", "Day"), ("month", "Month")]);
        table.push(vec!["2026-03-14".into(), "2011-06-30".into()]);
        table.push(vec!["no day named".into(), "2011-06".into()]);
        let sheets = [Sheet { name: "days", table: &table, widths: &[], hidden: &[] }];
        let cells = |days: Days| {
            let book = written(&mut Workbook::new(), "Title", &sheets, days).unwrap();
            let mut read: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
            read.worksheet_range("days").unwrap().rows().nth(1).unwrap().to_vec()
        };
        let row = cells(Days::AsDates);
        let Data::DateTime(day) = &row[0] else { panic!("{row:?}") };
        assert_eq!((day.as_f64(), &row[1]), (46095.0, &Data::String("2011-06-30".to_owned())));
        assert_eq!(cells(Days::AsTexts)[0], Data::String("2026-03-14".to_owned()));
    }

    #[test]
    fn the_same_table_is_the_same_file() {
        assert_eq!(book(), book());
    }
}
