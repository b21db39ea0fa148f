//! Excel workbooks (xlsx, xlsm): dates and numbers as a reader sees them, formulas by the value kept
//! with them. Which sheet is read, `workbook` settles. Cells are read one after another and never as a
//! range, which would take memory for every empty cell between two full ones.

use super::archive::{Archive, damaged};
use super::completeness::{Loss, Tally, letters};
use super::workbook::{self, Book, Grid, Tab};
use super::{Imported, Importer, Limits, Request, cells, foreign};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError};
use std::io::Cursor;

pub struct Excel;

impl Importer for Excel {
    fn key(&self) -> &'static str {
        "xlsx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn has_sheets(&self) -> bool {
        true
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let (mut book, names) = open(request.bytes, &request.limits)?;
        let mut imported = workbook::read(self.key(), &mut book, request)?;
        if names.iter().any(|name| name.starts_with("xl/comments") || name.starts_with("xl/threadedComments")) {
            imported.warnings.push(Diagnostic::warning("comments-dropped", "comments on cells were left out"));
        }
        Ok(imported)
    }
}

/// A workbook and the names of its parts. Faults: `wrong-format`, `damaged-file`, `unsafe-file`.
pub fn open<'b>(bytes: &'b [u8], limits: &Limits) -> Result<(ExcelBook<'b>, Vec<String>)> {
    let names = check(bytes, limits)?;
    let book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let tabs = sheets
        .map(|sheet| Tab { name: sheet.name.clone(), is_hidden: sheet.visible != SheetVisible::Visible })
        .collect();
    Ok((ExcelBook { book, tabs, bytes, limits: *limits }, names))
}

/// It is what it says, and harmless to unpack. Gives the names of its parts.
fn check(bytes: &[u8], limits: &Limits) -> Result<Vec<String>> {
    if foreign::is_ole(bytes) {
        let (what, _) = foreign::ole(bytes);
        return Err(fault("wrong-format", format!("this is {what}, not an Excel workbook (xlsx)"))
            .hint("save it as .xlsx without a password and import that"));
    }
    if !bytes.starts_with(b"PK") {
        return Err(foreign::binary(bytes).unwrap_or_else(|| {
            fault("wrong-format", "this is no Excel workbook (xlsx)")
                .hint("open it in a spreadsheet program and save it as .xlsx")
        }));
    }
    let mut archive = Archive::within(bytes, limits)?;
    archive.check()?;
    Ok(archive.names())
}

fn refused(error: &XlsxError) -> Fault {
    match error {
        XlsxError::Password => {
            fault("wrong-format", "the workbook is locked with a password").hint("save it without one and import that")
        }
        other => damaged(other),
    }
}

pub struct ExcelBook<'b> {
    book: Xlsx<Cursor<&'b [u8]>>,
    tabs: Vec<Tab>,
    bytes: &'b [u8],
    limits: Limits,
}

impl Book for ExcelBook<'_> {
    fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    fn grid(&mut self, tab: usize) -> Result<Grid> {
        let mut cells = self.book.worksheet_cells_reader(&self.tabs[tab].name).map_err(|error| refused(&error))?;
        let formats: Vec<Format> = cells.styles().iter().map(Format::of).collect();
        let mut grid = Grid::default();
        while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| refused(&error))? {
            let (row, column) = cell.get_position();
            let format = formats.get(style).copied().unwrap_or_default();
            match cell.get_value() {
                DataRef::SharedString(words) => grid.put(row, column, words)?,
                DataRef::String(words) => grid.put(row, column, words)?,
                value => {
                    let shown = shown(value, format);
                    // The second count takes such a cell for one letter, however it shows.
                    grid.tally.make_many(letters(&shown).saturating_sub(1));
                    grid.put(row, column, &shown)?;
                }
            }
        }
        Ok(grid)
    }

    fn weight(&mut self, tab: usize) -> Result<(usize, Tally)> {
        let sheets = cells::weigh(self.bytes, &self.limits)?;
        let own = sheets.get(&self.tabs[tab].name).copied().unwrap_or(0);
        let all: usize = self.tabs.iter().filter_map(|tab| sheets.get(&tab.name)).sum();
        let mut tally = Tally::default();
        tally.lose_many(Loss::Sheet, all - own);
        Ok((all, tally))
    }
}

/// How a number is to be shown, as far as it changes what a reader sees.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Format {
    /// Least and most decimals; absent: as many as there are.
    decimals: Option<(usize, usize)>,
    is_percent: bool,
    /// A date of which only the year is shown.
    is_year: bool,
}

impl Format {
    fn of(style: &Style) -> Self {
        style.number_format.as_ref().map_or_else(Format::default, |format| Format::parse(&format.format_code))
    }

    /// Understands `0.00`, `#,##0.0#`, `0%` and their like; others show a number as it is.
    fn parse(code: &str) -> Self {
        let code = code.split(';').next().unwrap_or_default().trim();
        if !code.is_empty() && code.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'y')) {
            return Format { is_year: true, ..Format::default() };
        }
        if !code.contains(['0', '#']) || !code.bytes().all(|byte| b"0#?,. %".contains(&byte)) {
            return Format::default();
        }
        let places = code.split_once('.').map_or("", |(_, places)| places);
        let least = places.bytes().filter(|byte| *byte == b'0').count();
        let most = places.bytes().filter(|byte| b"0#?".contains(byte)).count();
        Format { decimals: Some((least, most)), is_percent: code.contains('%'), is_year: false }
    }

    fn number(self, value: f64) -> String {
        let value = if self.is_percent { value * 100.0 } else { value };
        let mut shown = match self.decimals {
            // A spreadsheet keeps fifteen figures: more are noise of reckoning in twos.
            None => format!("{value:.14e}").parse().unwrap_or(value).to_string(),
            Some((least, most)) => {
                let mut shown = format!("{value:.most$}");
                let spare = shown.bytes().rev().take_while(|byte| *byte == b'0').count().min(most - least);
                shown.truncate(shown.len() - spare);
                shown.trim_end_matches('.').to_owned()
            }
        };
        if self.is_percent {
            shown.push('%');
        }
        shown
    }
}

fn shown(value: &DataRef, format: Format) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::SharedString(words) => (*words).to_owned(),
        DataRef::String(words) | DataRef::DurationIso(words) => words.clone(),
        DataRef::DateTimeIso(moment) => moment.replace('T', " "),
        DataRef::Int(number) => format.number(*number as f64),
        DataRef::Float(number) => format.number(*number),
        DataRef::Bool(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => moment_shown(moment, format),
        DataRef::Error(error) => error.to_string(),
    }
}

/// `2014`, `2014-03-02`, `2014-03-02 14:30`, `14:30` or `26:05:00`: in one order whatever the country.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a duration is cut to whole seconds
fn moment_shown(moment: &ExcelDateTime, format: Format) -> String {
    let value = moment.as_f64();
    if moment.is_duration() {
        let seconds = (value.abs() * 86_400.0).round() as u64;
        let sign = if value < 0.0 { "-" } else { "" };
        return format!("{sign}{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    match (format.is_year, value.trunc() == 0.0, value.fract() == 0.0) {
        (true, ..) => year.to_string(),
        (_, true, _) => time,
        (_, _, true) => date,
        _ => format!("{date} {time}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn number(code: &str, value: f64) -> String {
        Format::parse(code).number(value)
    }

    #[test]
    fn numbers_are_as_a_reader_sees_them() {
        assert_eq!(number("General", 2014.0), "2014");
        assert_eq!(number("General", 0.1 + 0.2), "0.3");
        assert_eq!(number("General", -1.5), "-1.5");
        assert_eq!(number("0.00", 2.71928), "2.72");
        assert_eq!(number("#,##0.0##", 1234.5), "1234.5");
        assert_eq!(number("0%", 0.254), "25%");
        assert_eq!(number("0.0%", 0.254), "25.4%");
        assert_eq!(number("0", 7.0), "7");
        assert_eq!(number("[$€-407] 0.00", 7.25), "7.25");
    }

    #[test]
    fn dates_and_times_are_told_apart() {
        let moment = |value, kind, code| moment_shown(&ExcelDateTime::new(value, kind, false), Format::parse(code));
        let date = ExcelDateTimeType::DateTime;
        assert_eq!(moment(41_700.0, date, "d-mmm-yy"), "2014-03-02");
        assert_eq!(moment(41_700.0, date, "yyyy"), "2014");
        assert_eq!(moment(41_700.604_166_666_664, date, "m/d/yy h:mm"), "2014-03-02 14:30");
        assert_eq!(moment(0.5, date, "h:mm"), "12:00");
        assert_eq!(moment(1.087_5, ExcelDateTimeType::TimeDelta, "[h]:mm:ss"), "26:06:00");
    }
}
