//! The cells of a sheet, without the project: columns, what spreadsheet programs do to them, and when
//! two rows say the same.

use crate::act::form::{Block, Entry, Slot};
use crate::diagnostic::{Result, fault};
use crate::render::csv::{guard, unguard};
use crate::render::xlsx;
use crate::table::{Column, Table};
use crate::text::quote;
use crate::text::words::on_one_line;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

pub const PASSAGE: &str = "passage";
pub const SPEAKER: &str = "speaker";
pub const TEXT: &str = "text";
pub const KEY: &str = "row key";
pub const REFUSED: &str = "refused because";

/// Spreadsheets cut a cell at 32,767 characters.
const LONGEST: usize = 30_000;

/// What a field is called in a sheet.
pub fn heading(slot: Slot) -> &'static str {
    if slot == Slot::Attach { "hypothesis" } else { slot.word() }
}

crate::vocabulary! {
    /// The file a sheet is written as.
    pub enum Form "format of a sheet" {
        Csv "csv",
        Xlsx "xlsx",
    }
}

impl Form {
    /// What a file's ending asks for. Fault `bad-ending`.
    pub fn of_file(file: &Path) -> Result<Form> {
        let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        ending.parse().map_err(|_| fault("bad-ending", "a sheet is written as .csv or .xlsx"))
    }
}

/// A sheet as it was read: every row as wide as the headings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// As they stand, trimmed.
    pub headings: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Sheet {
    /// Reads comma, semicolon or tab separated cells; a first line `sep=;` is passed over.
    pub fn parse(text: &str) -> Result<Self> {
        let body = match text.split_once('\n') {
            Some((first, rest)) if first.trim().to_lowercase().starts_with("sep=") => rest,
            _ => text,
        };
        let first = body.lines().next().unwrap_or_default();
        let count = |mark: &u8| (first.bytes().filter(|byte| byte == mark).count(), *mark == b',');
        let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',');
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .has_headers(false)
            .from_reader(body.as_bytes());
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| {
                fault("bad-csv", format!("the sheet cannot be read: {error}"))
                    .hint("look for a quotation mark that is never closed")
            })?;
            rows.push(record.iter().map(|cell| unguard(cell).to_owned()).collect::<Vec<_>>());
        }
        Ok(Sheet::of_rows(rows))
    }

    /// The first row heads the others.
    pub fn of_rows(rows: Vec<Vec<String>>) -> Self {
        let mut rows = rows.into_iter();
        let headings: Vec<String> = rows.next().unwrap_or_default().iter().map(|cell| cell.trim().to_owned()).collect();
        let mut rows: Vec<Vec<String>> = rows.collect();
        for row in &mut rows {
            row.resize(headings.len(), String::new());
        }
        Sheet { headings, rows }
    }

    /// The bytes of a file. Fault `too-large`.
    pub fn write(&self, form: Form) -> Result<Vec<u8>> {
        match form {
            Form::Csv => Ok(self.print()),
            Form::Xlsx => self.workbook(),
        }
    }

    /// Every cell a text: what begins like a formula stays what it is.
    fn workbook(&self) -> Result<Vec<u8>> {
        let mut table = Table::new(self.headings.iter().map(|heading| Column::new(heading, heading)).collect());
        for row in &self.rows {
            table.push(row.iter().map(|cell| Some(cell.as_str()).filter(|cell| !cell.is_empty()).into()).collect());
        }
        let width = |heading: &String| match heading.as_str() {
            TEXT => 80,
            "claim" | REFUSED => 48,
            _ => 18,
        };
        let widths: Vec<u16> = self.headings.iter().map(width).collect();
        let hidden: Vec<usize> = self.column(KEY).into_iter().collect();
        xlsx::workbook("sheet", &[xlsx::Sheet { name: "sheet", table: &table, widths: &widths, hidden: &hidden }])
    }

    /// UTF-8 with a byte order mark, commas, and no cell that a spreadsheet would run as a formula.
    pub fn print(&self) -> Vec<u8> {
        let mut writer = ::csv::WriterBuilder::new().flexible(true).from_writer("\u{feff}".as_bytes().to_vec());
        for row in std::iter::once(&self.headings).chain(&self.rows) {
            let _ = writer.write_record(row.iter().map(|cell| guard(cell)));
        }
        writer.into_inner().unwrap_or_default()
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading.to_lowercase().replace('_', " ") == name)
    }

    /// A cell, trimmed.
    pub fn cell<'s>(&'s self, row: &'s [String], name: &str) -> &'s str {
        self.column(name).and_then(|at| row.get(at)).map_or("", |cell| cell.trim())
    }

    /// The fields filled in on a row, which is number `line` of the sheet.
    pub fn block(&self, row: &[String], line: usize) -> Option<Block> {
        let entry = |slot: &Slot| {
            let text = on_one_line(self.cell(row, heading(*slot)));
            (!text.is_empty()).then_some(Entry { line, slot: *slot, text })
        };
        Block::of(Slot::ALL.iter().filter_map(entry).collect())
    }
}

/// A passage as its cell has it.
pub fn shown(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", &text[..end]),
        None => text.to_owned(),
    }
}

/// A cell still holds these words: quotation marks, dashes, spaces and case apart, and but for letters
/// that a program saving for Windows could only write as `?`.
pub fn holds(cell: &str, text: &str) -> bool {
    let text = shown(text);
    let cell = same(cell);
    cell == same(unguard(&text)) || cell == same(unguard(&windows(&text)))
}

fn same(text: &str) -> String {
    quote::folded(text).trim().to_owned()
}

/// A text as Windows-1252 can hold it.
fn windows(text: &str) -> String {
    let mut letters = [0; 4];
    let holds = |letter: char, letters: &mut [u8; 4]| !encoding_rs::WINDOWS_1252.encode(letter.encode_utf8(letters)).2;
    text.nfc().map(|letter| if letter.is_ascii() || holds(letter, &mut letters) { letter } else { '?' }).collect()
}

/// Sixteen hexadecimal digits over what a row says, the same however a spreadsheet saved it.
pub fn hash(block: &Block) -> String {
    let mut hasher = blake3::Hasher::new();
    for entry in &block.entries {
        let text = same(&windows(unguard(&entry.text)));
        hasher.update(entry.slot.word().as_bytes());
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_and_headings_are_known_however_they_were_saved() {
        for text in ["passage,Row Key\na,b\n", "sep=;\npassage;row key\na;b\n", "passage\trow_key\na\tb\n"] {
            let sheet = Sheet::parse(text).unwrap();
            assert_eq!(sheet.cell(&sheet.rows[0], KEY), "b", "{text}");
        }
        assert_eq!(Sheet::parse("a,b\nc\n").unwrap().rows, [["c", ""]]);
    }

    #[test]
    fn a_cell_holds_its_words_after_a_spreadsheet() {
        let text = "=“Ćuk’s” – well … yes";
        for cell in ["=\"Ćuk's\" - well ... YES", "'=\"?uk's\" - well ... yes "] {
            assert!(holds(unguard(cell), text), "{cell}");
        }
        assert!(!holds("=\"Cuk's\" - well ... no", text));
        let long = "é".repeat(40_000);
        assert!(holds(&shown(&long), &long));
        assert!(shown(&long).chars().count() < 32_767);
    }

    #[test]
    fn a_row_says_the_same_however_it_was_saved() {
        let of = |text: &str| {
            hash(&Block { line: 1, entries: vec![Entry { line: 1, slot: Slot::Claim, text: text.to_owned() }] })
        };
        assert_eq!(of("people’s trust → hope"), of("people's  trust ? hope"));
        assert_ne!(of("trust"), of("hope"));
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(rows in proptest::collection::vec(proptest::collection::vec("[^\r\u{0}\u{feff}']{0,12}", 3), 1..5)) {
            let sheet = Sheet {
                headings: vec!["passage".to_owned(), "text".to_owned(), "claim".to_owned()],
                rows,
            };
            let bytes = sheet.print();
            let decoded = crate::import::decode(&bytes).unwrap();
            prop_assert_eq!(Sheet::parse(&decoded.text).unwrap(), sheet);
        }
    }
}
