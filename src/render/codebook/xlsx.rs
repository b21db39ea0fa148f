//! A codebook as a workbook: headings that stay in sight, text that wraps, nothing that runs.

use crate::diagnostic::{Fault, Result, fault};
use crate::table::Table;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, XlsxError};

/// Columns of running text are wide.
const TEXTS: &[&str] = &["definition", "include", "exclude", "source"];

pub fn render(table: &Table) -> Result<Vec<u8>> {
    written(table).map_err(|error| refused(&error))
}

fn written(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A date of its own making would make every file another.
    let made = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let heading = Format::new().set_bold();
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name("codebook")?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..).zip(&table.columns) {
        sheet.write_string_with_format(0, at, &column.key, &heading)?;
        sheet.set_column_width(at, if TEXTS.contains(&column.key.as_str()) { 50.0 } else { 18.0 })?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (at, shown) in (0_u16..).zip(row) {
            let text = shown.show(0);
            if !text.is_empty() {
                sheet.write_string_with_format(line, at, text, &cell)?;
            }
        }
    }
    book.save_to_buffer()
}

fn refused(error: &XlsxError) -> Fault {
    fault("bad-workbook", format!("the workbook cannot be written: {error}"))
        .hint("a cell takes 32,767 characters at most; write csv instead: --to csv")
}
