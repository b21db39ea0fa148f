//! Tables of references in workbooks (xlsx, ods): read as the same table saved as CSV is. The first sheet
//! that people see and that holds references is read; what other sheets there are, is said.

use super::columns::Columns;
use super::{Cut, Reader};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::import::workbook::Book;
use crate::import::{Limits, Request, ods, xlsx};
use crate::strand::SourceKind;
use csv::WriterBuilder;
use memchr::memmem;

const ODS: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
/// Bytes within which an archive says that it is a spreadsheet of OpenDocument.
const FIRST: usize = 200;

pub fn is_book(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") && (is_ods(bytes) || memmem::find(bytes, b"xl/workbook").is_some())
}

fn is_ods(bytes: &[u8]) -> bool {
    memmem::find(&bytes[..bytes.len().min(FIRST)], ODS).is_some()
}

/// Faults: `unknown-library`, and those of the workbook.
pub fn read(bytes: &[u8], limits: &Limits, cut: &mut Cut) -> Result<&'static dyn Reader> {
    if is_ods(bytes) {
        let request = Request {
            name: "",
            bytes,
            kind: SourceKind::PrimaryStudy,
            mapping: None,
            format: None,
            sheet: None,
            roles: &[],
            limits: *limits,
        };
        sheets(&mut ods::open(&request)?, cut)
    } else {
        sheets(&mut xlsx::open(bytes, limits)?.0, cut)
    }
}

fn sheets(book: &mut dyn Book, cut: &mut Cut) -> Result<&'static dyn Reader> {
    let seen: Vec<(usize, String)> = book
        .tabs()
        .iter()
        .enumerate()
        .filter(|(_, tab)| !tab.is_hidden)
        .map(|(at, tab)| (at, tab.name.clone()))
        .collect();
    for (at, name) in &seen {
        let text = as_csv(&book.grid(*at)?.rows()?)?;
        if !Columns.claims(&text, &text) {
            continue;
        }
        Columns.read(&text, cut);
        let others: Vec<&str> = seen.iter().filter(|one| one.0 != *at).map(|one| one.1.as_str()).collect();
        if !others.is_empty() {
            let said = format!("read was the sheet {name}; left out: {}", others.join(", "));
            cut.said.push(Diagnostic::note("other-sheets", said));
        }
        return Ok(&Columns);
    }
    Err(fault("unknown-library", "no sheet of this workbook was recognised as a list of references")
        .hint("its headings are to be such as Title, Authors, Year, Journal, DOI")
        .hint("export the library as RIS and import that"))
}

fn as_csv(rows: &[Vec<String>]) -> Result<String> {
    let broken = |error: &dyn std::fmt::Display| -> Fault {
        fault("damaged-file", format!("the sheet cannot be read as a table: {error}"))
            .hint("save it as .csv and import that")
    };
    let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for row in rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())) {
        writer.write_record(row).map_err(|error| broken(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| broken(&error))?;
    String::from_utf8(bytes).map_err(|error| broken(&error))
}
