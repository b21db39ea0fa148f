//! Workbooks made by hand, and real ones.

use super::*;

use std::fmt::Write as _;

/// What kinds of relationships are called by.
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Styles 0 to 3: a number as it is, a date, a percentage, a year.
const STYLES: &str = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/></numFmts><cellXfs>\
    <xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/></cellXfs></styleSheet>";

fn relationship(id: usize, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"r{id}\" Type=\"{KINDS}/{kind}\" Target=\"{target}\"/>")
}

/// Sheets by name, hidden where the name begins with `-`, each the XML of its rows.
fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let (mut names, mut relations, mut parts) = (String::new(), String::new(), Vec::new());
    for (number, (name, rows)) in (1..).zip(sheets) {
        let state = if name.starts_with('-') { " state=\"hidden\"" } else { "" };
        let name = name.trim_start_matches('-');
        write!(names, "<sheet name=\"{name}\" sheetId=\"{number}\"{state} r:id=\"r{number}\"/>").unwrap();
        let place = format!("worksheets/sheet{number}.xml");
        relations += &relationship(number, "worksheet", &place);
        parts.push((format!("xl/{place}"), format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")));
    }
    let top = format!("<Relationships>{}</Relationships>", relationship(0, "officeDocument", "xl/workbook.xml"));
    let workbook = format!("<workbook xmlns:r=\"x\"><sheets>{names}</sheets></workbook>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut all = vec![
        ("_rels/.rels", top.as_str()),
        ("xl/workbook.xml", workbook.as_str()),
        ("xl/_rels/workbook.xml.rels", relations.as_str()),
        ("xl/styles.xml", STYLES),
    ];
    all.extend(parts.iter().map(|(name, xml)| (name.as_str(), xml.as_str())));
    docx(&all)
}

/// Cells `A1="words"`; a number where it is given with its style, as `C2=41700|1`.
fn row(cells: &[&str]) -> String {
    let cell = |cell: &&str| {
        let (place, value) = cell.split_once('=').unwrap();
        match value.split_once('|') {
            Some((number, style)) => format!("<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>"),
            None => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
        }
    };
    format!("<row>{}</row>", cells.iter().map(cell).collect::<String>())
}

/// A workbook of quotations, a column beside them and another sheet.
pub(super) fn of_quotes(words: &[&str]) -> Vec<u8> {
    let mut rows = row(&["A1=Quote", "B1=Mark"]) + &row(&["A2=so", "B2=41700|1"]);
    for (at, words) in (3..).zip(words) {
        rows += &row(&[&format!("A{at}={words}"), &format!("B{at}=--")]);
    }
    xlsx(&[("A", &rows), ("Other", &row(&["A1=beside", "B1=12|0"]))])
}

fn read_sheet(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Imported> {
    let imported = read(&Request { sheet, ..request(name, bytes, SourceKind::SystematicReview) })?;
    sound(&imported.draft);
    Ok(imported)
}

fn extract() -> Vec<u8> {
    let headings = row(&["B3=Author", "C3=Year", "D3=Quote", "F3=Finding"]);
    let first = row(&["B4=Adams", "C4=41700|3", "D4=They &amp; we\r\nlistened", "F4=0.25|2"]);
    let second = row(&["B6=Baker", "C6=2015|0", "D6=Trust grew", "H6=beside"]);
    let notes = row(&["A1=How to use this workbook"]);
    let dates = row(&["A1=Quote", "B1=Finding"]) + &row(&["A2=said", "B2=41700|1"]);
    xlsx(&[
        ("Read me", &notes),
        ("-Old", &dates),
        ("Extract", &(row(&["A1=Review of trust"]) + &headings + &first + &second)),
        ("Dates", &dates),
    ])
}

#[test]
fn the_sheet_that_holds_words_is_read_and_the_others_are_named() {
    let Imported { draft, warnings, .. } = read_sheet("x.xlsx", &extract(), None).unwrap();
    assert_eq!(draft.text, "They & we\nlistened\n25%\nTrust grew");
    let studies: Vec<String> = draft.header.studies.iter().map(crate::document::Study::citation).collect();
    assert_eq!(studies, ["Adams 2014", "Baker 2015"]);
    assert_eq!(draft.header.particulars["sheet"], "Extract");
    let codes: Vec<&str> = warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["sheet", "rows-above", "mapping", "ragged-rows"]);
    assert!(warnings[0].message.ends_with("not read: Read me, Old (hidden), Dates"), "{}", warnings[0]);
}

#[test]
fn a_sheet_is_read_by_its_name() {
    let draft = read_sheet("x.xlsx", &extract(), Some("dates")).unwrap().draft;
    assert_eq!(draft.text, "said\n2014-03-02");
    assert_eq!(read_sheet("x.xlsx", &extract(), Some("Old")).unwrap().draft.header.particulars["sheet"], "Old");
    let unknown = read_sheet("x.xlsx", &extract(), Some("Extracts")).unwrap_err();
    assert_eq!((unknown.0.code, unknown.0.hints[0].as_str()), ("unknown-sheet", "did you mean Extract?"));
    assert_eq!(read_sheet("x.csv", b"Quote\nyes\n", Some("Extract")).unwrap_err().0.code, "no-sheets");
}

#[test]
fn a_sheet_with_two_far_corners_takes_no_memory_for_what_lies_between() {
    let rows = row(&["A1=Quote", "B1=Finding"]) + &row(&["A2=said", "XFD1048576=far"]);
    let Imported { draft, warnings, .. } = read_sheet("x.xlsx", &xlsx(&[("A", &rows)]), None).unwrap();
    assert_eq!(draft.text, "said");
    assert!(warnings.iter().any(|warning| warning.code == "rows-skipped"), "{warnings:?}");
}

fn ods(tables: &str) -> Vec<u8> {
    let styles = "<style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style>";
    let content = format!(
        "<office:document-content>{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    docx(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

/// A cell of an open sheet that stands so often, its paragraphs given.
fn open_cell(times: usize, paragraphs: &[&str]) -> String {
    let words = paragraphs.iter().fold(String::new(), |all, words| all + "<text:p>" + words + "</text:p>");
    let cell = "table:table-cell";
    format!("<{cell} office:value=\"0.25\" table:number-columns-repeated=\"{times}\">{words}</{cell}>")
}

fn open_row(times: usize, cells: &[String]) -> String {
    let cells = cells.concat();
    format!("<table:table-row table:number-rows-repeated=\"{times}\">{cells}</table:table-row>")
}

fn open_table(name: &str, style: &str, rows: &[String]) -> String {
    let rows = rows.concat();
    format!("<table:table table:name=\"{name}\" table:style-name=\"{style}\">{rows}</table:table>")
}

#[test]
fn an_open_sheet_is_read_as_it_is_shown() {
    let words = |all: &[&str]| open_row(1, &all.iter().map(|words| open_cell(1, &[*words])).collect::<Vec<_>>());
    let comment = "<office:annotation><text:p>hm</text:p></office:annotation>";
    let remarked =
        open_cell(1, &["a<text:s text:c=\"2\"/>b", "c &amp; d"]).replacen("<text:p>", &format!("{comment}<text:p>"), 1);
    let said = open_row(1, &[remarked, open_cell(1, &["25 %"]), open_cell(1, &["held"])]);
    let blank = open_row(1_048_000, &[open_cell(16_384, &[])]);
    let tables = open_table("Old", "h", &[words(&["Quote", "Finding"]), words(&["old", "older"])])
        + &open_table("R&amp;D", "s", &[words(&["Quote", "Rating", "Finding"]), blank, said]);
    let Imported { draft, warnings, .. } = read_sheet("x.ods", &ods(&tables), None).unwrap();
    assert_eq!(draft.text, "a  b\nc & d\nheld");
    assert_eq!(draft.header.particulars["sheet"], "R&D");
    let codes: Vec<&str> = warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["sheet", "mapping", "comments-dropped"]);
    assert_eq!(read_sheet("x.ods", &ods(&tables), Some("Old")).unwrap().draft.text, "old\nolder");
}

#[test]
fn hostile_workbooks_are_refused() {
    let full = open_row(1_048_576, &[open_cell(16_384, &["x".repeat(30_000).as_str()])]);
    let repeated = open_table("A", "s", &[full]);
    let code = |name: &str, bytes: &[u8]| read_sheet(name, bytes, None).unwrap_err().0.code;
    assert_eq!(code("x.ods", &ods(&repeated)), "unsafe-file");
    let entity = docx(&[("content.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><x/>")]);
    assert_eq!(code("x.ods", &entity), "unsafe-file");
    let bomb = row(&[&format!("A1={}", " ".repeat(3 << 20))]);
    assert_eq!(code("x.xlsx", &xlsx(&[("A", &bomb)])), "unsafe-file");
    assert_eq!(code("x.xlsx", b"PK\x03\x04...."), "damaged-file");
    assert_eq!(code("x.xlsx", b"hello"), "wrong-format");
    assert_eq!(code("x.xlsx", &[0xd0, 0xcf, 0x11, 0xe0]), "wrong-format");
    assert_eq!(code("x.xlsx", &xlsx(&[("A", "")])), "empty-file");
}

#[test]
fn a_workbook_without_its_ending_is_known_by_its_content() {
    assert_eq!(read_sheet("extract", &extract(), None).unwrap().draft.format, "xlsx");
    assert_eq!(code("extract.csv", &extract()), "wrong-format");
}

#[test]
fn a_real_transcript_in_an_open_sheet_reads_as_in_other_forms() {
    let Some(folder) = real("transcripts/formats-small") else { return };
    let ods = import_file(&folder.join("transcript_de.ods"), INTERVIEW).unwrap().draft;
    let csv = import_file(&folder.join("transcript_de.csv"), INTERVIEW).unwrap().draft;
    assert_eq!(labels(&ods), labels(&csv));
    // The csv file goes on for three rows more.
    assert!(ods.units.len() == 15 && csv.text.starts_with(&ods.text));
    assert_eq!(ods.units, csv.units[..15]);
}

#[test]
fn real_workbooks_are_read_or_refused_with_advice() {
    for folder in ["extraction/quip-causal-map", "refi-qda/qualcoder-examples"] {
        let Some(folder) = real(folder) else { continue };
        for file in files(&folder).iter().filter(|file| file.extension().is_some_and(|one| one == "xlsx")) {
            match import_file(file, SourceKind::Survey) {
                Ok(imported) => assert!(imported.draft.header.particulars.contains_key("sheet")),
                Err(refused) => assert_eq!(refused.0.code, "no-text-column", "{}: {refused}", file.display()),
            }
        }
    }
}

#[test]
fn a_facesheet_is_read_cell_by_cell_under_its_headings() {
    use crate::import::facesheet::Sheet;
    let headings = row(&["A1=Code", "B1=Form: version", "C1=Signed", "D1=Town"]);
    let rows = row(&["A2=Ana", "C2=41700|1", "D2=Two: lines\nTown: of it"]) + &row(&["A4=Ben", "B4=2.1"]);
    let bytes = xlsx(&[("People", &(headings + &rows))]);
    let mapping = Mapping::all();
    let draft =
        read(&Request { mapping: Some(&mapping), ..request("p.xlsx", &bytes, SourceKind::Grey) }).unwrap().draft;
    sound(&draft);
    let sheet = Sheet::of(&draft).unwrap();
    assert_eq!(sheet.headings, ["Code", "Form: version", "Signed", "Town"]);
    let cells =
        |row: usize| sheet.rows[row].iter().map(|(heading, cell)| format!("{heading}|{cell}")).collect::<Vec<_>>();
    assert_eq!(cells(0), ["Code|Ana", "Signed|2014-03-02", "Town|Two: lines\nTown: of it"]);
    assert_eq!(cells(1), ["Code|Ben", "Form: version|2.1"]);
}

#[test]
fn a_workbook_of_references_is_read_as_the_same_table_saved_as_csv() {
    use crate::import::references;
    let rows = row(&["A1=Title", "B1=Authors", "C1=Year", "D1=Journal", "E1=DOI"])
        + &row(&["A2=Ships", "B2=Lee, Kim", "C2=1999|0", "D2=Harbours", "E2=10.1000/sea.1"])
        + &row(&["A3=Knots, at sea", "B3=Rope, R.", "C3=2001|0", "D3=Harbours"]);
    let bytes = xlsx(&[("Read me", &row(&["A1=made in May", "B1=by us"])), ("List", &rows)]);
    let library = references::read(&bytes, None).unwrap();
    let csv = "Title,Authors,Year,Journal,DOI\nShips,\"Lee, Kim\",1999,Harbours,10.1000/sea.1\n\
        \"Knots, at sea\",\"Rope, R.\",2001,Harbours,\n";
    let of_csv = references::read(csv.as_bytes(), None).unwrap();
    let all = |library: &references::Library| library.references().map(|(_, one)| one.clone()).collect::<Vec<_>>();
    assert_eq!(all(&library), all(&of_csv));
    assert_eq!((library.about.format, library.records.len()), ("table", 2));
    assert!(library.about.warnings.iter().any(|one| one.message.ends_with("left out: Read me")));
    let other = references::read(&xlsx(&[("A", &row(&["A1=x", "B1=y"]))]), None).unwrap_err();
    assert_eq!(other.0.code, "unknown-library");
    let headings = |list: &[&str]| list.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    assert!(references::are_references(&headings(&["Title", "Authors", "Year", "Journal", "DOI"])));
    assert!(!references::are_references(&headings(&["Title", "Authors", "Journal", "DOI", "Finding"])));
}
