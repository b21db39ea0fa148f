//! A workbook as it stands: the cells of one sheet, as a reader sees them, for sheets that this tool made
//! and somebody filled in.

use super::workbook::Book;
use super::{Request, decode, importer, ods, xlsx};
use crate::diagnostic::{Result, fault};

/// The rows of the first sheet that people see and that holds anything, each as wide as what stands in it.
///
/// Faults: `wrong-format`, `empty-file`, `damaged-file`, `unsafe-file`.
pub fn cells(request: &Request) -> Result<Vec<Vec<String>>> {
    if request.bytes.is_empty() {
        return Err(decode::empty());
    }
    match importer(request)?.key() {
        "xlsx" => first(&mut xlsx::open(request.bytes, &request.limits)?.0),
        "ods" => first(&mut ods::open(request)?),
        other => Err(fault("wrong-format", format!("a sheet is a workbook (xlsx or ods) or csv, not {other}"))
            .hint("save it as .xlsx or .csv")),
    }
}

fn first(book: &mut dyn Book) -> Result<Vec<Vec<String>>> {
    for tab in 0..book.tabs().len() {
        if book.tabs()[tab].is_hidden {
            continue;
        }
        let rows = book.grid(tab)?.rows()?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Err(decode::empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tests::{docx as packed, request};
    use crate::strand::SourceKind;

    /// A workbook of one sheet, with the words that cells share.
    fn workbook(sheet: &str, shared: &str) -> Vec<u8> {
        packed(&[
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"turns\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
            ),
            ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
            ("xl/sharedStrings.xml", &format!("<sst>{shared}</sst>")),
        ])
    }

    #[test]
    fn shared_and_inline_words_and_numbers_stand_in_their_places() {
        let sheet = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"inlineStr\"><is><t>code</t></is></c></row>\
            <row r=\"3\"><c r=\"A3\"><v>12</v></c><c r=\"B3\" t=\"s\"><v>1</v></c></row>";
        let bytes = workbook(
            sheet,
            "<si><t>number</t></si><si><r><t xml:space=\"preserve\">two </t></r><r><t>runs</t></r></si>",
        );
        let rows = cells(&request("a.xlsx", &bytes, SourceKind::Interview)).unwrap();
        assert_eq!(rows, [vec!["number", "", "code"], vec![], vec!["12", "two runs"]]);
    }

    #[test]
    fn a_cell_far_out_costs_no_memory_and_other_files_are_refused() {
        let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
        let rows = cells(&request("a.xlsx", &workbook(far, ""), SourceKind::Interview)).unwrap();
        assert_eq!((rows.len(), rows[0].len()), (1_048_576, 0));
        let code = |name: &str, bytes: &[u8]| cells(&request(name, bytes, SourceKind::Interview)).unwrap_err().0.code;
        assert_eq!(code("a.txt", b"words"), "wrong-format");
        assert_eq!(code("a.xlsx", b""), "empty-file");
    }
}
