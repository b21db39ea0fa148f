//! RTF written by hand, and real files.

use crate::document::UnitKind;
use crate::import::tests::{INTERVIEW, code, losses, request, sound, turns};
use crate::import::{Imported, Limits, Loss, Request, read};
use proptest::prelude::*;

fn import(rtf: &str) -> Imported {
    let imported = read(&request("a.rtf", format!("{{\\rtf1\\ansi {rtf}}}").as_bytes(), INTERVIEW)).unwrap();
    sound(&imported.draft);
    let unread = imported.dropped.iter().find(|one| one.what == Loss::Unread);
    assert_eq!(unread, None, "{}", imported.draft.text);
    imported
}

fn text(rtf: &str) -> String {
    import(rtf).draft.text
}

#[test]
fn paragraphs_breaks_and_signs() {
    let rtf = r"one\par two\line three\tab four\par {\b bo}ld \{x\} a\~b\_c\-d \ldblquote q\rdblquote\emdash";
    assert_eq!(text(rtf), "one\ntwo\nthree\tfour\nbold {x} a\u{a0}b\u{2011}cd “q”—");
}

#[test]
fn letters_of_many_kinds() {
    assert_eq!(text(r"caf\'e9 \u8217?s \u-10179?\u-8704? \uc0\u233 x{\uc2\u24180\'94\'4e abc}"), "café ’s 😀 éx年 abc");
    let fonts = r"{\fonttbl{\f0 Arial;}{\f1\fcharset128 MS Gothic;}{\f2\fcharset204 Times;}{\f3\fcharset2 Symbol;}{\f4\cpg1253 X;}}";
    assert_eq!(
        text(&format!(r"{fonts}\f1 \'93\'fa\'96{{\f2 \'c4\'e0}}{{\f3 a\'b7\u-3913?}}{{\f4 \'e1}}")),
        "日\u{fffd}Даα••α"
    );
    assert_eq!(text(r"\ansicpg1251\'c4\'e0"), "Да");
    assert_eq!(text(r"{\upr{ansi}{\*\ud{\u26085 ?}}} end{\info{\upr{x}{\*\ud y}}}"), "日 end");
    assert_eq!(text(r"\pc caf\'82"), "café");
    assert_eq!(text(r"\pca \'b5\'9b"), "Áø");
    let imported = import(r"\ansicpg12345 A\'82");
    assert_eq!(imported.warnings.iter().filter(|warning| warning.code == "not-utf8").count(), 1);
}

#[test]
fn what_is_no_text_stays_out() {
    assert_eq!(text(r"{\f2\*\cs7 amid a group}"), "amid a group");
    let rtf = r"{\info{\title T}}{\*\generator Msftedit;}{\field{\*\fldinst HYPERLINK x}{\fldrslt link}} {\pict\bin4 ab}}}text{\xe index}{\*\unknown y}";
    let imported = import(rtf);
    assert_eq!(imported.draft.text, "link text");
    assert_eq!(losses(&imported), [(Loss::Picture, 1)]);
}

#[test]
fn tables_and_talk_in_them() {
    let row = |a: &str, b: &str| format!(r"\trowd\cellx1\cellx2\pard\intbl {a}\cell {b}\cell\row");
    let table: String = [("a", "b"), ("c", "d")].iter().map(|(a, b)| row(a, b)).collect();
    assert_eq!(text(&format!(r"before\par {table}\pard after\par")), "before\na | b\nc | d\nafter");
    let talk: String = [("I", "So?"), ("P1", r"Yes.\par And."), ("I", "Ah.")].iter().map(|(a, b)| row(a, b)).collect();
    let draft = import(&talk).draft;
    assert_eq!(turns(&draft)[1], ("P1".to_owned(), "Yes.\nAnd.".to_owned()));
    assert_eq!(text(r"Fax\cell Phone\cell\row\pard end"), "Fax | Phone\nend", "cells that nobody announced");
}

#[test]
fn notes_comments_boxes_and_margins() {
    let rtf = r"{\header Site 4\par}{\*\atrfstart 1}Trust{\*\atrfend 1}{\v{\*\atnid J}{\*\atnauthor Jo}\chatn{\*\annotation{\*\atnref 1}Whose?}} grew{\super\chftn}{\footnote\pard{\super\chftn} See Adams.} then.\par out{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt in\par}}{\shprslt in}}side\par";
    let imported = import(rtf);
    let draft = &imported.draft;
    assert_eq!(draft.text, "Trust grew[1] then.\noutside\nin\n[1] See Adams.");
    assert_eq!(draft.header.particulars["header"], "Site 4");
    let note = &draft.notes[0];
    assert_eq!(note.span.unwrap().of(&draft.text), Some("Trust"));
    assert_eq!((note.author.as_deref(), note.text.as_str()), (Some("Jo"), "Whose?"));
}

#[test]
fn what_hangs_on_a_paragraph_goes_into_the_cell_with_it() {
    let imported = import(r"\trowd one{\shptxt box\par}\cell two\cell\row\pard after");
    assert_eq!(imported.draft.text, "one box | two\nafter");
    assert!(imported.dropped.is_empty(), "{:?}", imported.dropped);
}

#[test]
fn changes_and_hidden_words_are_counted() {
    let imported = import(r"a {\deleted old} {\v secret}{\revised new}");
    assert_eq!(imported.draft.text, "a  new");
    assert_eq!(losses(&imported), [(Loss::Deleted, 3), (Loss::Hidden, 6)]);
    assert!(imported.warnings[0].message.contains("1 deletion left out, 1 insertion kept"));
}

#[test]
fn points_and_headings() {
    let rtf = r"{\stylesheet{\ql Normal;}{\s1\b heading 1;}}\pard\s1 Part\par\pard{\listtext 1.\tab}one\par{\pntext\'b7\tab}two\par\pard three";
    let draft = import(rtf).draft;
    assert_eq!(draft.text, "Part\n1. one\n• two\nthree");
    assert_eq!(draft.units[0].kind, UnitKind::Heading);
    assert_eq!(draft.units[1].speech[0].span.of(&draft.text), Some("1. one"));
    assert_eq!(import(r"\outlinelevel0 Part\par\pard text").draft.units[0].kind, UnitKind::Heading);
}

#[test]
fn hostile_files_come_to_an_end() {
    let deep = format!("{{\\rtf1 {}", "{".repeat(1_000_000));
    assert_eq!(code("a.rtf", deep.as_bytes()), "unsafe-file");
    let boxes = format!("{{\\rtf1 {}", "{\\shptxt\\intbl x\\cell ".repeat(490));
    let limits = Limits::of("rtf");
    let drawn = read(&Request { limits, ..request("a.rtf", boxes.as_bytes(), INTERVIEW) }).unwrap();
    assert_eq!(drawn.draft.text.matches('x').count(), 490, "tables in boxes in tables");
    assert_eq!(code("a.rtf", b"plain"), "wrong-format");
    assert_eq!(code("a.rtf", b"{\\rtf1 }"), "empty-file");
    assert_eq!(text(r"a\bin2147483647 b").trim(), "a");
}

proptest! {
    #[test]
    fn no_letter_is_lost_whatever_is_written(pieces in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "word", " ", "\\par ", "\\line ", "\\cell ", "\\row ", "\\trowd ", "\\intbl ", "\\pard ", "\\plain ", "{\\footnote ",
        "{\\*\\annotation ", "{\\header ", "{\\listtext 1.}", "{\\deleted ", "\\v ", "\\v0 ", "{\\shptxt ", "\\u233 ?", "\\'e9", "\\uc0 ",
        "{\\*\\x ", "\\u-10179 ?", "\\u-8704 ?", "\\sect ", "\\nestcell ", "{\\pict ", "{\\field{\\*\\fldinst a}{\\fldrslt ", "I: ", "{\\*\\atrfstart 1}",
    ]), 0..40)) {
        let rtf = format!("{{\\rtf1 x{}", pieces.concat());
        if let Ok(imported) = read(&request("a.rtf", rtf.as_bytes(), INTERVIEW)) {
            sound(&imported.draft);
            prop_assert!(imported.dropped.iter().all(|one| one.what != Loss::Unread), "{}", rtf);
        }
    }
}
