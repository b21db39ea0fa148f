//! Every report in every format: the same bytes twice, and files that other programs can take up: Word documents
//! with headings, repeated header rows and a language, workbooks with typed cells, frozen headings and filters.

use super::docx::Docx;
use super::html::Html;
use super::xlsx::Excel;
use super::{RENDERERS, Renderer};
use crate::participant::Audience;
use crate::report::disagreements::sample as disputes;
use crate::report::texts::Texts;
use crate::report::{Block, Brief, REPORTS, Report, sample};
use crate::table::Cell;
use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read};

/// Every report, as the team and as a meeting reads it.
fn reports() -> Vec<Report> {
    let synthesis = sample::synthesis();
    let made = |audience| {
        let brief = Brief { disagreements: Some(disputes::of(&synthesis)), ..Brief::new(audience) };
        REPORTS.iter().map(|kind| (kind.make)(&synthesis, &brief)).collect::<Vec<_>>()
    };
    [Audience::Team, Audience::Meeting].into_iter().flat_map(made).collect()
}

/// A paper is for readers, who have no command line before them: not even where something is to be written yet.
#[test]
fn no_paper_names_a_command() {
    let empty = crate::synthesis::Synthesis::empty(sample::settings());
    let bare = REPORTS.iter().map(|kind| (kind.make)(&empty, &Brief::new(Audience::Team)));
    let verbs = [
        "theory",
        "report",
        "evidence",
        "cerqual",
        "memo",
        "stats",
        "source",
        "code",
        "hypothesis",
        "uncertainty",
        "model",
        "meeting",
        "recommend",
        "need",
        "policy",
    ];
    for mut report in reports().into_iter().chain(bare) {
        let key = report.key;
        report.visit(&mut |text, place| {
            let named = text.contains(" --") || verbs.iter().any(|verb| text.contains(&format!("realist {verb} ")));
            assert!(!named, "{key}, {}: {text}", place());
        });
    }
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_same_report_is_the_same_file_in_every_format_and_print() {
    for (one, again) in reports().iter().zip(&reports()) {
        for renderer in RENDERERS {
            let name = format!("{} as {}", one.key, renderer.key());
            assert!(renderer.render(one).unwrap() == renderer.render(again).unwrap(), "{name}");
            let large = [one, again].map(|report| renderer.render_large(report).map(|bytes| bytes.unwrap()));
            assert!(large[0] == large[1], "{name} in large print");
            assert_eq!(large[0].is_some(), ["html", "docx"].contains(&renderer.key()), "{name}");
        }
    }
}

#[test]
fn a_word_document_is_well_formed_and_has_headings_header_rows_and_a_language() {
    for report in reports() {
        let bytes = [Docx.render(&report).unwrap(), Docx.render_large(&report).unwrap().unwrap()];
        for (bytes, is_large) in bytes.iter().zip([false, true]) {
            let body = part(bytes, "word/document.xml");
            let mut reader = quick_xml::Reader::from_str(&body);
            while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
            let tables = body.matches("<w:tbl>").count();
            assert_eq!(body.matches("<w:tblHeader/>").count(), tables, "{}", report.key);
            assert!(!body.contains("<w:tblGrid></w:tblGrid>"), "{}", report.key);
            let headings = report.blocks.iter().filter(|block| matches!(block, Block::Heading { .. })).count();
            assert_eq!(body.matches("w:val=\"Heading").count(), headings, "{}", report.key);
            let styles = part(bytes, "word/styles.xml");
            assert!(styles.contains("<w:lang w:val=\"en-GB\""));
            let sizes = styles.split("<w:sz w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
            let least = sizes.map(|size| size.parse::<u32>().unwrap()).min().unwrap();
            assert_eq!(least >= 36, is_large, "half points");
            assert!(part(bytes, "docProps/core.xml").contains("<dc:language>en-GB</dc:language>"));
        }
    }
}

#[test]
fn a_workbook_reads_back_with_the_types_of_its_cells() {
    for report in reports() {
        let bytes = Excel.render(&report).unwrap();
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).unwrap();
        let range = book.worksheet_range(report.key).unwrap();
        let sheet = &report.sheet;
        let titles: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
        assert_eq!(titles, sheet.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>());
        assert_eq!(range.height(), sheet.rows.len() + 1, "{}", report.key);
        for (read, written) in range.rows().skip(1).zip(&sheet.rows) {
            for (read, written) in read.iter().zip(written) {
                let is_number = matches!(written, Cell::Whole(_) | Cell::Real(_) | Cell::Noted { .. });
                assert_eq!(matches!(read, Data::Float(_) | Data::Int(_)), is_number, "{}: {written:?}", report.key);
            }
        }
        let page = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(
            page.contains("<autoFilter ref=\"A1:") && page.contains("state=\"frozen\"") && page.contains("fitToPage"),
            "{}",
            report.key
        );
    }
}

#[test]
fn the_evidence_table_has_scores_and_counts_as_numbers() {
    let synthesis = sample::synthesis();
    let numbers = |key: &str| -> Vec<String> {
        let report = (crate::report::find(key).unwrap().make)(&synthesis, &Brief::new(Audience::Team));
        let column = |at: usize| report.sheet.rows.iter().any(|row| matches!(row[at], Cell::Whole(_) | Cell::Real(_)));
        (0..report.sheet.columns.len())
            .filter(|at| column(*at))
            .map(|at| report.sheet.columns[at].key.clone())
            .collect()
    };
    assert_eq!(numbers("passages"), ["relevance", "richness", "rigour", "weight"]);
    for key in ["appraised", "links", "sources_for", "sources_against", "sources", "strands", "told_by_one"] {
        assert!(numbers("evidence").contains(&key.to_owned()), "{key}");
    }
}

#[test]
fn a_page_names_its_language_and_the_headings_of_its_tables() {
    for report in reports() {
        for bytes in [Html.render(&report).unwrap(), Html.render_large(&report).unwrap().unwrap()] {
            let page = String::from_utf8(bytes).unwrap();
            assert!(page.contains("<html lang=\"en-GB\">") && page.contains("default-src 'none'"));
            for table in page.split("<table").skip(1) {
                let table = table.split("</table>").next().unwrap();
                assert!(table.contains("<caption>") && table.contains("<th scope=\"col\">"), "{}", report.key);
            }
            assert_eq!(page.matches("<table").count(), page.matches("</table>").count());
        }
    }
}

#[test]
fn csv_and_json_read_back() {
    for report in reports() {
        let bytes = super::csv::Csv.render(&report).unwrap();
        let mut reader = ::csv::Reader::from_reader(bytes.as_slice());
        let keys: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(keys, report.sheet.columns.iter().map(|column| column.key.clone()).collect::<Vec<_>>());
        assert_eq!(reader.records().map(Result::unwrap).count(), report.sheet.rows.len(), "{}", report.key);
        let data: serde_json::Value = serde_json::from_slice(&super::json::Json.render(&report).unwrap()).unwrap();
        assert_eq!(data, report.data);
        assert_eq!(data["report"], report.key);
    }
}
