//! Out to a colleague and back, as word processors and spreadsheets save what went out.

use super::comments::{Answer, Found, What, Wish, take};
use super::export::{self, make};
use super::ground::Ground;
use super::*;
use crate::act::desk::Desk;
use crate::act::memo::list::{Wanted, list};
use crate::act::{codebook, memo, undo};
use crate::coding::Coding;
use crate::document::Document;
use crate::evidence::Evidence;
use crate::hypothesis::Hypothesis;
use crate::memo::{Access, Memo};
use crate::project::Done;
use crate::strand::SourceKind;
use crate::text::Span;
use crate::text::carry::Sureness;
use crate::text::quote::folded;
use proptest::prelude::*;
use std::io::{Cursor, Read, Write};

const WISH: export::Wish = export::Wish { format: Format::Docx, without_names: false, with_memos: false };

fn desk() -> Desk {
    let mut desk = Desk::with_interview();
    for name in ["Trust", "Care partner"] {
        codebook::add(&mut desk.project, &codebook::Entry { name: Some(name.to_owned()), ..Default::default() })
            .unwrap();
    }
    desk
}

/// The parts of an archive changed and packed again, in another order and otherwise compressed.
fn repacked(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in (0..archive.len()).rev() {
        let mut part = archive.by_index(at).unwrap();
        let (name, mut xml) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut xml).unwrap();
        writer.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(change(&name, xml).as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// As Word saves a file somebody commented on: runs are split, and carry marks of their own.
fn commented(bytes: &[u8], comments: &[(&str, &str)]) -> Vec<u8> {
    repacked(bytes, |name, xml| {
        match name {
        "word/document.xml" => comments.iter().enumerate().fold(xml, |xml, (id, (words, _))| {
            let marked = format!(
                "</w:t></w:r><w:commentRangeStart w:id=\"{id}\"/><w:r w:rsidRPr=\"00A1\"><w:t xml:space=\"preserve\">{words}</w:t></w:r>\
                 <w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r><w:r><w:t xml:space=\"preserve\">"
            );
            assert_eq!(xml.matches(words).count(), 1, "{words}");
            xml.replace(words, &marked)
        }),
        "word/comments.xml" => {
            let one = |(id, (_, text)): (usize, &(&str, &str))| {
                format!("<w:comment w:id=\"{id}\" w:author=\"Mia B\"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>")
            };
            let all: String = comments.iter().enumerate().map(one).collect();
            format!("<w:comments>{all}</w:comments>")
        }
        _ => xml,
    }
    })
}

fn wish(desk: &Desk, name: &str, bytes: &[u8]) -> Wish {
    Wish { file: desk.file(name, bytes), document: None, make_codes: false }
}

fn taken(desk: &mut Desk, bytes: &[u8]) -> Answer {
    let wish = wish(desk, "back.docx", bytes);
    take(&mut desk.project, &wish).unwrap().answer
}

fn exported(desk: &Desk) -> Vec<u8> {
    make(&desk.project, "D1.gj", WISH).unwrap().bytes
}

const COMMENTS: &[(&str, &str)] = &[
    ("all through the crisis", "#trust #care partner she was there"),
    ("every week", "If contact is kept, then people stay"),
    ("the same person", "who?"),
    ("afterwards", "#hope"),
];

#[test]
fn comments_come_back_as_codings_statements_and_memos_on_their_words_and_only_once() {
    let mut desk = desk();
    let back = commented(&exported(&desk), COMMENTS);
    let before = desk.project.state().notes().len();
    let answer = taken(&mut desk, &back);
    let made: Vec<(What, &str, &str, &str)> =
        answer.made.iter().map(|one| (one.what, one.says.as_str(), one.words.as_str(), one.place.as_str())).collect();
    assert_eq!(
        made,
        [
            (What::Coding, "Trust", "all through the crisis", "D1.gj/2"),
            (What::Coding, "Care partner", "all through the crisis", "D1.gj/2"),
            (What::Memo, "she was there", "all through the crisis", "D1.gj/2"),
            (What::Statement, "If contact is kept, then people stay", "every week", "D1.gj/2"),
            (What::Memo, "who?", "the same person", "D1.gj/4"),
        ]
    );
    assert!(answer.made.iter().all(|one| one.found == Found::Exact && one.signed.as_deref() == Some("Mia B")));
    assert_eq!((answer.refused.len(), answer.refused[0].at.as_str()), (1, "comment 4"));
    assert!(answer.refused[0].because.contains("no code 'hope'"), "{:?}", answer.refused);
    assert_eq!((answer.reworded, answer.missing), (vec![], vec![]));
    assert_eq!(desk.project.state().notes().len(), before + 1, "one operation");
    assert_eq!(desk.project.state().all::<Evidence>()[0].hypothesis, desk.project.state().all::<Hypothesis>()[0].id);
    let file = wish(&desk, "back.docx", &back);
    let again = take(&mut desk.project, &file).unwrap();
    assert_eq!((again.answer.made.len(), again.answer.there, again.operation), (0, 5, None));
    undo::undo(&mut desk.project, None, false).unwrap();
    assert!(desk.project.state().all::<Coding>().is_empty() && desk.project.state().all::<Memo>().is_empty());
    assert_eq!(taken(&mut desk, &back).made.len(), 5, "what was undone may be taken in again");
}

#[test]
fn a_dry_run_says_what_would_be_made_and_writes_nothing() {
    let mut desk = desk();
    let back = commented(&exported(&desk), COMMENTS);
    desk.reopen(|surroundings| surroundings.rehearsal = true);
    let wish = Wish { make_codes: true, ..wish(&desk, "back.docx", &back) };
    let Done { answer, operation, .. } = take(&mut desk.project, &wish).unwrap();
    assert_eq!((answer.made.len(), answer.codes, operation), (6, vec!["hope".to_owned()], None));
    assert!(desk.project.state().all::<Memo>().is_empty());
}

#[test]
fn new_codes_are_made_once_for_all_comments() {
    let mut desk = desk();
    let back = commented(&exported(&desk), &[("every week", "#hope"), ("the same person", "#hope #new-start")]);
    let file = Wish { make_codes: true, ..wish(&desk, "b.docx", &back) };
    let answer = take(&mut desk.project, &file).unwrap().answer;
    assert_eq!((answer.made.len(), answer.refused.len()), (3, 0));
    assert_eq!(answer.codes, ["hope", "new start"]);
    assert_eq!(desk.project.state().count(crate::id::Kind::Code), 4);
}

#[test]
fn what_was_changed_in_the_file_is_reported_and_found_near_or_not_at_all() {
    let mut desk = desk();
    let bytes = commented(
        &exported(&desk),
        &[
            ("kept contact all through the crisis", "#trust"),
            ("it was the same person", "#trust"),
            ("How was it when", "lost?"),
        ],
    );
    let bytes = repacked(&bytes, |_, xml| {
        xml.replace("all through the crisis", "all through that long crisis")
            .replace("it was the same person", "other words entirely")
            .replace("And afterwards?", "And then what happened?")
    });
    let answer = taken(&mut desk, &bytes);
    assert_eq!(answer.reworded, [2, 3, 4]);
    let found: Vec<(Found, &str)> = answer.made.iter().map(|one| (one.found, one.words.as_str())).collect();
    assert_eq!(found, [(Found::Near, "kept contact all through the crisis"), (Found::Exact, "How was it when")]);
    assert!(answer.refused[0].because.contains("the words it stands at are not in D1.gj"), "{:?}", answer.refused);
}

#[test]
fn moved_and_missing_turns_and_lost_marks_do_no_harm() {
    let mut desk = desk();
    let bytes = commented(&exported(&desk), &[("the same person", "#trust")]);
    let moved = |xml: &str| {
        let (head, rest) = xml.split_once("<w:p><w:pPr><w:pStyle w:val=\"Turn\"/>").unwrap();
        let (body, tail) = rest.split_once("<w:sectPr>").unwrap();
        let mut turns: Vec<&str> = body.split("<w:p><w:pPr><w:pStyle w:val=\"Turn\"/>").collect();
        turns.reverse();
        turns.retain(|turn| !turn.contains("[1]"));
        let turns = turns.join("<w:p><w:pPr><w:pStyle w:val=\"Turn\"/>");
        let turns = format!("<w:p><w:pPr><w:pStyle w:val=\"Turn\"/>{turns}");
        format!("{head}{turns}<w:sectPr>{tail}")
    };
    let turned = repacked(&bytes, |name, xml| if name == "word/document.xml" { moved(&xml) } else { xml });
    let answer = taken(&mut desk, &turned);
    assert_eq!((answer.made[0].place.as_str(), answer.made[0].words.as_str()), ("D1.gj/4", "the same person"));
    assert_eq!((answer.missing, answer.reworded), (vec![1], vec![]));
    // Another program keeps the foot of the page and none of the particulars; a third keeps neither.
    undo::undo(&mut desk.project, None, false).unwrap();
    let poorer =
        repacked(&bytes, |name, xml| if name == "docProps/custom.xml" { "<Properties/>".to_owned() } else { xml });
    assert_eq!(taken(&mut desk, &poorer).made.len(), 1);
    undo::undo(&mut desk.project, None, false).unwrap();
    let poorest = repacked(&poorer, |name, xml| if name == "word/footer1.xml" { "<w:ftr/>".to_owned() } else { xml });
    let lost = wish(&desk, "back.docx", &poorest);
    assert_eq!(take(&mut desk.project, &lost).unwrap_err().0.code, "which-document");
    let answer = take(&mut desk.project, &Wish { document: Some("D1".to_owned()), ..lost }).unwrap().answer;
    assert_eq!(answer.made[0].words, "the same person");
}

#[test]
fn the_wrong_document_is_refused() {
    let mut desk = desk();
    desk.import("other.txt", "Ann: one two three\n\nBob: four\n", SourceKind::Interview);
    let back = commented(&exported(&desk), COMMENTS);
    let wish = Wish { document: Some("D2.gj".to_owned()), ..wish(&desk, "back.docx", &back) };
    assert_eq!(take(&mut desk.project, &wish).unwrap_err().0.code, "other-document");
    let none = Wish { document: None, ..self::wish(&desk, "none.docx", &exported(&desk)) };
    assert_eq!(take(&mut desk.project, &none).unwrap_err().0.code, "no-comments");
}

/// The interview's own file with comments added after it was imported.
#[test]
fn comments_added_to_the_interviews_own_file_are_taken_in() {
    let mut desk = desk();
    let plain = exported(&desk);
    let own = repacked(&plain, |name, xml| match name {
        "docProps/custom.xml" => "<Properties/>".to_owned(),
        "word/footer1.xml" => "<w:ftr/>".to_owned(),
        _ => ["[1]", "[2]", "[3]", "[4]"].iter().fold(xml, |xml, mark| xml.replace(mark, "")),
    });
    let file = desk.file("own.docx", &own);
    let wanted = crate::act::import::Wanted::of(vec![file], SourceKind::Interview);
    crate::act::import::import(&mut desk.project, &wanted, &|_, _| {}).unwrap();
    let answer = taken(&mut desk, &commented(&own, COMMENTS));
    assert_eq!((answer.document.as_str(), answer.made.len(), answer.refused.len()), ("D2.gj", 5, 1));
    assert!(answer.made.iter().all(|one| one.found == Found::Exact));
    let edited = repacked(&commented(&own, COMMENTS), |_, xml| xml.replace("How was it", "So how was it"));
    let wish = Wish { document: Some("D2.gj".to_owned()), ..wish(&desk, "edited.docx", &edited) };
    let again = take(&mut desk.project, &wish).unwrap().answer;
    assert_eq!((again.made.len(), again.there), (0, 5));
}

#[test]
fn memos_go_along_but_for_private_ones_and_are_not_doubled_when_they_return() {
    let mut desk = desk();
    for (quote, access) in [("every week", Access::Team), ("same building", Access::Private)] {
        let spot = crate::act::anchor::Spot::parse("D1.gj", None, Some(quote)).unwrap();
        let entry = memo::Entry { spot: Some(spot), about: None, text: format!("memo on {quote}"), access };
        memo::add(&mut desk.project, &entry).unwrap();
    }
    let bytes = make(&desk.project, "D1.gj", export::Wish { with_memos: true, ..WISH }).unwrap().bytes;
    let answer = taken(&mut desk, &bytes);
    assert_eq!((answer.made.len(), answer.there), (0, 1));
    assert_eq!(list(&desk.project, "gj", &Wanted::default()).unwrap().len(), 2);
}

#[test]
fn without_names_no_speaker_is_named() {
    let mut desk = desk();
    let bytes = make(&desk.project, "D1.gj", export::Wish { without_names: true, ..WISH }).unwrap().bytes;
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
    }
    assert!(!text.contains("Ana") && !text.contains("interview.txt"));
    assert!(text.contains("P1.gj") && text.contains("Interviewer 1"));
    assert_eq!(taken(&mut desk, &commented(&bytes, COMMENTS)).made.len(), 5);
}

/// A workbook with cells typed into: (row from 0, column, words).
fn typed(desk: &Desk, cells: &[(usize, &str, &str)]) -> Vec<u8> {
    let bytes = make(&desk.project, "D1.gj", export::Wish { format: Format::Xlsx, ..WISH }).unwrap().bytes;
    let file = desk.file("out.xlsx", &bytes);
    let mut sheet = crate::act::sheet::cells::Sheet::of_rows(crate::act::workbook::rows(&desk.project, &file).unwrap());
    for (row, column, words) in cells {
        let at = sheet.column(column).unwrap();
        sheet.rows[*row][at] = (*words).to_owned();
    }
    sheet.write(crate::act::sheet::Form::Xlsx).unwrap()
}

#[test]
fn what_is_typed_into_a_workbook_comes_back_on_its_turn() {
    let mut desk = desk();
    let bytes = typed(
        &desk,
        &[
            (1, "code", "trust; hope"),
            (1, "if-then", "If contact is kept, people stay"),
            (3, "comment", "=strange"),
            (2, "text", "wholly other words"),
            (2, "code", "Trust"),
        ],
    );
    let file = wish(&desk, "back.xlsx", &bytes);
    let answer = take(&mut desk.project, &file).unwrap().answer;
    let made: Vec<(What, &str, &str)> =
        answer.made.iter().map(|one| (one.what, one.says.as_str(), one.place.as_str())).collect();
    assert_eq!(
        made,
        [
            (What::Coding, "Trust", "D1.gj/2"),
            (What::Statement, "If contact is kept, people stay", "D1.gj/2"),
            (What::Memo, "=strange", "D1.gj/4"),
        ]
    );
    assert_eq!(answer.refused.iter().map(|one| one.at.as_str()).collect::<Vec<_>>(), ["row 3", "row 4"]);
    assert_eq!(answer.reworded, [3]);
    assert_eq!(take(&mut desk.project, &file).unwrap().answer.there, 3);
    let apart = wish(&desk, "apart.xlsx", &typed(&desk, &[(1, "row key", "r000000000000"), (1, "code", "trust")]));
    assert_eq!(take(&mut desk.project, &apart).unwrap().answer.refused.len(), 1);
    let odd = wish(
        &desk,
        "odd.xlsx",
        &crate::act::sheet::make(&desk.project, "D1.gj", crate::act::sheet::Form::Xlsx).unwrap().bytes,
    );
    assert_eq!(take(&mut desk.project, &odd).unwrap_err().0.code, "no-sheet");
}

#[test]
fn the_same_document_is_the_same_file() {
    let desk = desk();
    for format in [Format::Docx, Format::Xlsx] {
        let bytes = || make(&desk.project, "D1.gj", export::Wish { format, ..WISH }).unwrap().bytes;
        assert_eq!(bytes(), bytes());
    }
}

/// One edit of a returned text: a line goes, two change places, a word is replaced.
fn edited(text: &str, edits: &[(u8, usize, usize)]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (kind, one, other) in edits {
        let (one, count) = (one % lines.len(), lines.len());
        match kind % 3 {
            0 if count > 1 => drop(lines.remove(one)),
            1 => lines.swap(one, other % count),
            _ => {
                let mut words: Vec<&str> = lines[one].split(' ').collect();
                let at = other % words.len();
                words[at] = "other";
                lines[one] = words.join(" ");
            }
        }
    }
    lines.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_was_done_to_the_file_exact_words_are_the_same_words(
        edits in proptest::collection::vec((0u8..3, 0usize..50, 0usize..50), 0..6), from in 0usize..200, length in 1usize..40
    ) {
        let turns = (0..6).map(|n| format!("Ana: yes yes no {}\n\nBo: yes no", ["yes", "no no", "well"][n % 3]));
        let talk = turns.collect::<Vec<_>>().join("\n\n");
        let mut desk = Desk::new();
        desk.import("talk.txt", &talk, SourceKind::Interview);
        let document = desk.project.state().all::<Document>().remove(0);
        let shard = desk.project.shard(&document, &document.version, 0).unwrap().unwrap();
        let lines = shard.units.iter().map(|unit| format!("[{}]\t{}", unit.n, unit.span.of(&shard.text).unwrap()));
        let returned = edited(&lines.collect::<Vec<_>>().join("\n"), &edits);
        let start = from % returned.len();
        let span = Span::new(start, (start + length).min(returned.len())).unwrap();
        let asked = span.of(&returned).unwrap();
        let before = &returned[..start];
        let is_in_a_label = !before[before.rfind('\n').map_or(0, |at| at + 1)..].contains(": ");
        if let Some(place) = Ground::of(&shard, &returned, true).place(span) {
            let found = place.span.of(&shard.text).unwrap();
            prop_assert!(shard.units_at(place.span).is_some());
            if place.sureness == Sureness::Exact && !is_in_a_label && !asked.contains('\n') {
                prop_assert_eq!(folded(found).trim().to_owned(), folded(asked).trim().to_owned());
            }
        }
    }
}
