//! Tables that stay on the disk, and tables too large for what can be told apart in them.

use super::*;
use crate::document::SHARD_ROWS;
use crate::manuscript::Manuscript;
use std::fmt::Write as _;
use std::ops::ControlFlow;

const GREY: SourceKind = SourceKind::Grey;

/// A table on the disk, which is there as long as the folder is.
fn on_disk_as(name: &str, text: &str) -> (tempfile::TempDir, Imported<Table<'static>>) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join(name);
    crate::disk::replace(&path, text.as_bytes()).unwrap();
    let table = on_disk(&request(name, &[], GREY), &path).unwrap().unwrap();
    (folder, table)
}

fn shards(manuscript: &dyn Manuscript) -> Vec<(String, Vec<Unit>)> {
    let mut shards = Vec::new();
    manuscript
        .each_shard(&mut |text, units| {
            shards.push((text.to_owned(), units.to_vec()));
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    shards
}

/// Rows of two text cells, some blank, of a few studies.
fn rows(count: usize) -> String {
    let mut table = String::from("Study ID,Quote,Finding\n");
    for row in 0..count {
        let finding = if row % 3 == 0 { "" } else { "\"it held,\nmostly\"" };
        writeln!(table, "S{},words é {row},{finding}", row % 7).unwrap();
        if row % 1000 == 0 {
            table.push_str("S1,,\n");
        }
    }
    table
}

fn numbered(headings: &str, count: usize) -> String {
    (0..count).fold(headings.to_owned(), |table, row| table + &row.to_string() + ",a\n")
}

#[test]
fn a_table_off_the_disk_and_one_held_whole_are_cut_alike() {
    for count in [1, SHARD_ROWS, SHARD_ROWS + 1, 2 * SHARD_ROWS] {
        let table = rows(count) + "S1,,\n";
        let (_folder, streamed) = on_disk_as("t.csv", &table);
        let held = import("t.csv", &table, GREY);
        assert_eq!(streamed.warnings, held.warnings);
        assert_eq!(streamed.draft.header(), held.draft.header());
        assert_eq!(shards(&streamed.draft), shards(&held.draft), "{count} rows");
        assert_eq!(streamed.draft.shards(), count.div_ceil(SHARD_ROWS));
        assert_eq!(shards(&streamed.draft).len(), streamed.draft.shards());
        assert_eq!(streamed.draft.names_every_study(), held.draft.names_every_study());
    }
}

#[test]
fn whoever_wants_no_more_is_given_no_more() {
    let (_folder, Imported { draft: table, .. }) = on_disk_as("t.csv", &rows(2 * SHARD_ROWS));
    let mut seen = 0;
    table
        .each_shard(&mut |_, units| {
            seen += units.len();
            Ok(ControlFlow::Break(()))
        })
        .unwrap();
    assert_eq!(seen, SHARD_ROWS);
}

#[test]
fn only_tables_stay_on_the_disk() {
    let path = Path::new("absent");
    assert!(on_disk(&request("a.txt", &[], INTERVIEW), path).is_none());
    let forced = Request { format: Some("tsv"), ..request("a.txt", &[], INTERVIEW) };
    assert_eq!(on_disk(&forced, path).unwrap().err().unwrap().0.code, "not-found");
}

#[test]
fn a_column_that_numbers_the_rows_makes_no_sources() {
    let table = numbered("id,quote\n", 50_001);
    let (_folder, Imported { draft, warnings }) = on_disk_as("t.csv", &table);
    assert!(warnings.iter().any(|warning| warning.code == "too-many-studies"), "{warnings:?}");
    assert!(draft.header().studies.is_empty() && !draft.names_every_study());
    assert!(shards(&draft).iter().flat_map(|(_, units)| units).all(|unit| unit.study.is_none()));
}

#[test]
fn too_many_speakers_are_nobody() {
    let Imported { draft, warnings } = import("t.csv", &numbered("Respondent,Quote\n", 10_001), INTERVIEW);
    assert!(warnings.iter().any(|warning| warning.code == "too-many-speakers"), "{warnings:?}");
    assert!(draft.header.speakers.is_empty() && draft.units.iter().all(|unit| unit.speaker.is_none()));
}

#[test]
fn a_quotation_mark_never_closed_does_not_fill_the_memory() {
    let endless = format!("Quote,Finding\n\"open,{}", "words, and more words\n".repeat(900_000));
    let fault = read(&request("t.csv", endless.as_bytes(), GREY)).unwrap_err();
    assert_eq!(fault.0.code, "bad-table");
    assert!(fault.0.message.contains("longer than 16 MB"), "{fault}");
}
