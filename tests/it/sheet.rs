//! From passages to claims through a spreadsheet.

use crate::desk::Desk;
use crate::story::transcripts;

/// The sheet with a claim written beside one passage, as a spreadsheet of Windows saves it.
fn filled(desk: &Desk) -> Vec<u8> {
    let made = desk.run(&["sheet", "make", "D1.gj", "--out", "-"]).done().stdout;
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).from_reader(made.trim_start_matches('\u{feff}').as_bytes());
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    let column = |name: &str| rows[0].iter().position(|heading| heading == name).unwrap();
    let (claim, rigour, outcome) = (column("claim"), column("rigour"), column("outcome"));
    rows[2][claim] = "If they're known, people \"stay\"".to_owned();
    rows[2][outcome] = "-50% leaving".to_owned();
    rows[3][rigour] = "3".to_owned();
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in &rows {
        writer.write_record(row.iter().map(|cell| cell.replace('\'', "\u{2019}"))).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    // Of the letters beyond ASCII only the curly apostrophe is in this text.
    text.chars().map(|letter| if letter == '\u{2019}' { 0x92 } else { u8::try_from(letter).unwrap_or(b'?') }).collect()
}

#[test]
fn a_sheet_saved_by_a_spreadsheet_is_read_once_and_its_bad_rows_come_back() {
    let desk = transcripts();
    let file = desk.file("sheet.csv", filled(&desk));
    let answer = desk.run(&["sheet", "read", &file, "--format", "json"]).negative().json();
    assert_eq!(answer["written"].as_array().unwrap().len(), 1, "{answer}");
    assert_eq!(answer["refused"][0]["row"], 4);
    let back = std::fs::read_to_string(desk.room().join("sheet-refused.csv")).unwrap();
    assert!(back.contains("refused because") && back.lines().count() == 2, "{back}");
    let shown = desk.json(&["hypothesis", "show", "H1.gj"]);
    assert_eq!(shown["parts"][0]["text"], "-50% leaving");
    let before = desk.snapshot();
    let again = desk.run(&["sheet", "read", &file, "--refused", "again.csv"]).negative();
    again.says("1 row read before");
    assert_eq!(desk.snapshot(), before);
    desk.run(&["undo"]).done().says("sheet read");
    desk.run(&["evidence", "list"]).negative();
}

#[test]
fn a_sheet_is_not_written_over() {
    let desk = transcripts();
    desk.run(&["sheet", "make", "D1.gj"]).done().says("D1.gj-sheet.csv");
    desk.run(&["sheet", "make", "D1.gj"]).refused().says("may be filled in");
}
