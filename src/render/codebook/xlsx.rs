//! A codebook as a workbook. Its headings are the keys of the columns, which is what is read back.

use crate::diagnostic::{Result, fault};
use crate::render::xlsx::{LONGEST, Sheet, workbook};
use crate::table::{Column, Table};

/// Columns of running text are wide.
const TEXTS: &[&str] = &["definition", "include", "exclude", "source"];

/// Fault `bad-workbook`: a text is longer than a cell can hold, and would come back cut.
pub fn render(table: &Table) -> Result<Vec<u8>> {
    let texts = table.rows.iter().flatten().map(|cell| cell.show(0));
    if let Some(long) = texts.map(|text| text.encode_utf16().count()).find(|units| *units > LONGEST) {
        return Err(fault("bad-workbook", format!("the workbook cannot be written: a text of {long} letters"))
            .hint("a cell takes 32,700 at most; write csv instead: --to csv"));
    }
    let columns = table.columns.iter().map(|column| Column::new(&column.key, &column.key)).collect();
    let widths: Vec<u16> =
        table.columns.iter().map(|column| if TEXTS.contains(&column.key.as_str()) { 50 } else { 18 }).collect();
    let table = Table { columns, rows: table.rows.clone() };
    workbook("Codebook", &[Sheet { name: "codebook", table: &table, widths: &widths, hidden: &[] }])
}
