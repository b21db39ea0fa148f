//! A codebook as a table, a row a code: for csv and for workbooks.

use crate::codebook::{Field, Outline};
use crate::table::{Cell, Table};

pub fn table(outline: &Outline) -> Table {
    let mut columns = vec![("id", "Id"), ("name", "Name"), ("parent", "Parent")];
    columns.extend(Field::ALL.iter().map(|field| (field.word(), crate::codebook::layout::key(*field))));
    let mut table = Table::with(&columns);
    for (entry, parent) in outline.entries.iter().zip(outline.parents()) {
        let mut row: Vec<Cell> =
            vec![entry.id.map(|id| id.to_string()).into(), entry.name.as_str().into(), parent.into()];
        row.extend(Field::ALL.iter().map(|field| match entry.texts(*field) {
            [] => Cell::Empty,
            texts if field.is_many() => items(texts).into(),
            [first, ..] => first.as_str().into(),
        }));
        table.push(row);
    }
    table
}

/// Parted by semicolons; an item that holds one stands in quotation marks. Writing to memory cannot fail.
fn items(texts: &[String]) -> String {
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let _ = writer.write_record(texts);
    let line = writer.into_inner().unwrap_or_else(|_| Vec::new());
    String::from_utf8_lossy(&line).trim_end_matches('\n').to_owned()
}
