//! Codebooks as tables: a row a code. The columns are those the tool writes, and what other programs call
//! them; a list in a cell is parted by semicolons, an item that holds one stands in quotation marks.

use super::super::delimited::CSV;
use super::super::table::Records;
use super::{Read, noted};
use crate::codebook::{Field, Outline, Outlined, Parent};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::text::formula::unguard;
use csv::StringRecord;
use std::ops::ControlFlow;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Name,
    Parent,
    Field(Field),
    /// Written for people, and not read back.
    Counted,
    Unknown,
}

/// Words of other programs.
const OTHERS: &[(&str, Column)] = &[
    ("id", Column::Id),
    ("guid", Column::Id),
    ("name", Column::Name),
    ("code", Column::Name),
    ("code_name", Column::Name),
    ("tag", Column::Name),
    ("node", Column::Name),
    ("parent", Column::Parent),
    ("parent_code", Column::Parent),
    ("below", Column::Parent),
    ("category", Column::Parent),
    ("description", Column::Field(Field::Definition)),
    ("comment", Column::Field(Field::Definition)),
    ("color", Column::Field(Field::Colour)),
    ("inclusion", Column::Field(Field::Include)),
    ("exclusion", Column::Field(Field::Exclude)),
    ("example", Column::Field(Field::Examples)),
    ("alias", Column::Field(Field::Aliases)),
    ("set", Column::Field(Field::Sets)),
    ("label", Column::Counted),
    ("codings", Column::Counted),
    ("number_of_highlights", Column::Counted),
];

impl Column {
    fn of(heading: &str) -> Self {
        let key = heading.trim().to_lowercase().replace([' ', '-'], "_");
        let own = Field::ALL.iter().find(|field| field.word() == key).map(|field| Column::Field(*field));
        let other = || OTHERS.iter().find(|(word, _)| *word == key).map(|(_, column)| *column);
        own.or_else(other).unwrap_or(Column::Unknown)
    }
}

/// Headings of a codebook: some column names the codes.
pub fn fits(headings: &[String]) -> bool {
    headings.iter().any(|heading| Column::of(heading) == Column::Name)
}

pub fn delimited(bytes: &[u8]) -> Result<Read> {
    let (records, notes) = CSV.records(Box::new(bytes))?;
    let mut read = outline(records.as_ref(), 1, unguard)?;
    read.notes.extend(notes);
    Ok(read)
}

/// `first` is the line the headings stand in; `bare` takes off what keeps a text from running as a formula.
/// Fault `no-name-column`.
pub fn outline(records: &dyn Records, first: usize, bare: fn(&str) -> &str) -> Result<Read> {
    let headings = records.headings();
    if !fits(headings) {
        return Err(fault(
            "no-name-column",
            format!("no column names the codes; the columns are: {}", headings.join(", ")),
        )
        .hint("call it 'name'"));
    }
    let columns: Vec<Column> = headings.iter().map(|heading| Column::of(heading)).collect();
    let unknown: Vec<&str> = std::iter::zip(headings, &columns)
        .filter(|(heading, column)| **column == Column::Unknown && !heading.is_empty())
        .map(|(heading, _)| heading.as_str())
        .collect();
    let mut notes = Vec::new();
    if !unknown.is_empty() {
        let said = format!("not read: the column{} {}", if unknown.len() > 1 { "s" } else { "" }, unknown.join(", "));
        notes.push(Diagnostic::warning("columns-left-out", said));
    }
    let mut outline = Outline::default();
    let mut row = first;
    records.each(&mut |record| {
        row += 1;
        let line = record.position().and_then(|position| usize::try_from(position.line()).ok()).unwrap_or(row);
        outline.entries.extend(entry(&columns, record, line, bare, &mut notes));
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Read { outline, invalid: Vec::new(), notes })
}

fn entry(
    columns: &[Column],
    record: &StringRecord,
    line: usize,
    bare: fn(&str) -> &str,
    notes: &mut Vec<Diagnostic>,
) -> Option<Outlined> {
    let cells = || std::iter::zip(columns, record).map(|(column, cell)| (column, bare(cell.trim())));
    let name = cells().find(|(column, cell)| **column == Column::Name && !cell.is_empty());
    let Some((_, name)) = name else {
        if record.iter().any(|cell| !cell.trim().is_empty()) {
            notes.push(noted(line, "a row without a name was left out"));
        }
        return None;
    };
    let mut entry = Outlined::new(line, name);
    for (column, cell) in cells().filter(|(_, cell)| !cell.is_empty()) {
        match column {
            Column::Id => match cell.trim_matches(['{', '}']).parse() {
                Ok(id) => entry.id = Some(id),
                Err(_) => notes.push(noted(line, format!("'{cell}' is no id and was left out"))),
            },
            Column::Parent => entry.parent = Some(Parent::Named(cell.to_owned())),
            Column::Field(field) => {
                let texts = if field.is_many() { items(cell) } else { vec![cell.to_owned()] };
                if let Err(what) = entry.say(*field, &texts) {
                    notes.push(noted(line, format!("left out: {what}")));
                }
            }
            Column::Name | Column::Counted | Column::Unknown => {}
        }
    }
    Some(entry)
}

/// The items of a cell: parted by semicolons or lines.
fn items(cell: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(cell.as_bytes());
    let records = reader.records().filter_map(std::result::Result::ok);
    records.flat_map(|record| record.iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_another_program_is_read() {
        let table =
            "tag,description,number of highlights,mood\ntrust.gained,\"Reliance,\nwon\",3,x\n,left over,,\n'=odd,,1,\n";
        let read = delimited(table.as_bytes()).unwrap();
        let names: Vec<(&str, usize)> =
            read.outline.entries.iter().map(|entry| (entry.name.as_str(), entry.line)).collect();
        assert_eq!(names, [("trust.gained", 2), ("=odd", 5)]);
        assert_eq!(read.outline.entries[0].texts(Field::Definition), ["Reliance,\nwon"]);
        let said: Vec<&str> = read.notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(said, ["not read: the column mood", "a row without a name was left out"]);
        assert_eq!(delimited(b"a,b\n1,2\n").unwrap_err().0.code, "no-name-column");
    }

    #[test]
    fn items_are_parted_by_semicolons_or_lines() {
        assert_eq!(items("a; b\nc"), ["a", "b", "c"]);
        assert_eq!(items("\"a; b\";\"say \"\"c\"\"\""), ["a; b", "say \"c\""]);
    }

    #[test]
    fn what_is_wrong_in_a_cell_is_named_by_its_line_and_the_code_is_kept() {
        let read = delimited(b"name,colour,id\nTrust,green,7\n").unwrap();
        assert_eq!(read.outline.entries.len(), 1);
        let lines: Vec<_> = read.notes.iter().filter_map(|note| note.place.as_ref()?.line).collect();
        assert_eq!(lines, [2, 2]);
    }
}
