//! PDFs made here, word by word, and real ones where they are at hand.

use super::*;
use crate::document::{Draft, UnitKind};
use crate::import::Limits;
use crate::import::tests::import_file;
use crate::strand::SourceKind;
use crate::testdata::real;
use std::fmt::Write;

/// Words at a place on a page of 600 by 800 points, in letters of 10.
type Words<'w> = (u32, u32, &'w str);

/// A PDF of these pages; a page without words holds a picture.
fn made(pages: &[Vec<Words>]) -> Vec<u8> {
    made_with(pages, "")
}

/// The same with more to say of every page.
fn made_with(pages: &[Vec<Words>], more: &str) -> Vec<u8> {
    let mut pdf = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    let mut object = |pdf: &mut String, body: &str| {
        places.push(pdf.len());
        writeln!(pdf, "{} 0 obj {body} endobj", places.len()).unwrap();
    };
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    object(&mut pdf, "<</Type/Catalog/Pages 2 0 R>>");
    object(&mut pdf, &format!("<</Type/Pages/Count {}/Kids[{}]/MediaBox[0 0 600 800]>>", pages.len(), kids.join(" ")));
    object(&mut pdf, "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>");
    object(
        &mut pdf,
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream",
    );
    for (page, words) in pages.iter().enumerate() {
        object(
            &mut pdf,
            &format!(
                "<</Type/Page/Parent 2 0 R/Contents {} 0 R/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>{more}>>",
                6 + 2 * page
            ),
        );
        let mut stream = String::new();
        for (x, y, text) in words {
            writeln!(stream, "BT /F 10 Tf {x} {y} Td ({text}) Tj ET").unwrap();
        }
        if words.is_empty() {
            stream.push_str("500 0 0 700 50 50 cm /I Do\n");
        }
        object(&mut pdf, &format!("<</Length {}>>stream\n{stream}endstream", stream.len()));
    }
    let xref = pdf.len();
    writeln!(pdf, "xref\n0 {}\n0000000000 65535 f ", places.len() + 1).unwrap();
    for place in &places {
        writeln!(pdf, "{place:010} 00000 n ").unwrap();
    }
    writeln!(pdf, "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF", places.len() + 1).unwrap();
    pdf.into_bytes()
}

/// A page of paragraphs, one a line, with its number at the foot.
pub fn of_paragraphs(words: &[&str]) -> Vec<u8> {
    let lines = (0..).zip(words).map(|(at, words)| (50, 700 - 40 * at, *words));
    made(&[lines.chain([(300, 30, "1")]).collect()])
}

fn read(bytes: &[u8]) -> Result<Imported> {
    Pdf.read(&Request {
        name: "a.pdf",
        bytes,
        kind: SourceKind::Interview,
        mapping: None,
        format: None,
        sheet: None,
        roles: &[],
        limits: Limits::of("pdf"),
    })
}

fn codes(imported: &Imported) -> Vec<&str> {
    imported.warnings.iter().map(|one| one.code).filter(|code| !code.starts_with("no-")).collect()
}

/// Lines under each other from `top` on.
fn lines<'w>(x: u32, top: u32, texts: &[&'w str]) -> Vec<Words<'w>> {
    (0..).zip(texts).map(|(nth, text)| (x, top - 12 * nth, *text)).collect()
}

#[test]
fn lines_become_paragraphs_and_parted_words_one() {
    let mut page =
        lines(50, 700, &["The nurse came every week, and that was what hos-", "pital staff had promised. It helped."]);
    page.extend(lines(50, 650, &["Afterwards nobody came, and she was alone with it", "for months."]));
    let draft = read(&made(&[page])).unwrap().draft;
    let expected = "The nurse came every week, and that was what hospital staff had promised. It helped.\n\
        Afterwards nobody came, and she was alone with it for months.";
    assert_eq!(draft.text, expected);
}

#[test]
fn columns_are_read_one_after_the_other_and_tables_row_by_row() {
    let left = lines(
        50,
        700,
        &[
            "left one is a line of words",
            "left two is a line of words",
            "left three is such a line",
            "left four is another line",
        ],
    );
    let right = lines(
        320,
        700,
        &[
            "right one is a line of word",
            "right two is a line of word",
            "right three is such a line",
            "right four ends it all now.",
        ],
    );
    let mut page = vec![(50, 740, "A title that goes over the whole width of this page, both columns of it")];
    page.extend(left.into_iter().zip(right).flat_map(|(left, right)| [left, right]));
    let text = read(&made(&[page])).unwrap().draft.text;
    assert!(text.find("left four") < text.find("right one"), "{text}");
    assert!(text.find("A title") < text.find("left one"), "{text}");
    let table = (0..6).flat_map(|row| [(50, 700 - 12 * row, "Ana"), (200, 700 - 12 * row, "12")]).collect();
    assert_eq!(read(&made(&[table])).unwrap().draft.text, ["Ana 12"; 6].join("\n"));
}

#[test]
fn pages_are_kept_and_what_is_in_their_margins_goes() {
    let page = |number: usize, texts: &[&'static str]| {
        let mut words = lines(80, 700, texts);
        words.push((80, 770, "Care navigators: interviews"));
        words.push((300, 30, ["1", "2", "3"][number - 1]));
        words
    };
    let pages = [
        page(1, &["Ana: It began with a letter that came by post and", "nobody had read it to"]),
        page(2, &["me until the nurse came by and sat with me.", "Jo: And then?", "Ana: She stayed."]),
        page(3, &["Jo: For long?", "Ana: A year."]),
    ];
    let imported = read(&made(&pages)).unwrap();
    let Draft { text, units, header, .. } = &imported.draft;
    let expected = "Ana: It began with a letter that came by post and nobody had read it to me until the nurse came by \
        and sat with me.\nJo: And then?\nAna: She stayed.\nJo: For long?\nAna: A year.";
    assert_eq!(text, expected);
    let pages: Vec<Option<usize>> = units.iter().map(|unit| unit.page).collect();
    assert_eq!(pages, [Some(1), Some(2), Some(2), Some(3), Some(3)]);
    assert!(units.iter().all(|unit| unit.kind == UnitKind::Turn));
    assert_eq!(header.particulars["running_heads"], "Care navigators: interviews");
    assert_eq!(codes(&imported), ["running-heads"]);
    assert!(imported.warnings.iter().any(|one| one.message.ends_with(": 6 lines")), "{:?}", imported.warnings);
}

#[test]
fn numbers_in_the_margin_go_and_part_the_turns() {
    let texts = ["Jo: So", "Ana: Yes", "Jo: And", "Ana: No", "Jo: Why", "Ana: I was told"];
    let numbers = ["7", "8", "9", "10", "11", "12"];
    let numbered = (0..).zip(texts.iter().zip(numbers)).flat_map(|(row, (text, number))| {
        let y = 700 - 24 * row;
        [(60, y, number), (90, y, *text), (90, y - 12, "and so on and on")]
    });
    let imported = read(&made(&[numbered.collect()])).unwrap();
    assert!(imported.draft.text.starts_with("Jo: So and so on and on\nAna: Yes and"), "{}", imported.draft.text);
    assert_eq!(codes(&imported), ["margin-numbers"]);
    let counts = (0..6).flat_map(|row| [(90, 700 - 12 * row, "7"), (120, 700 - 12 * row, "people came")]);
    assert!(read(&made(&[counts.collect()])).unwrap().draft.text.starts_with("7 people came"));
}

#[test]
fn notes_marks_and_filled_fields_are_read() {
    let annotations = "/Annots[\
        <</Subtype/Highlight/QuadPoints[92 710 134 710 92 698 134 698]/Rect[92 698 134 710]/Contents(Why \\215trust\\216?)/T(Bo)>>\
        <</Subtype/Underline/QuadPoints[50 680 80 680 50 668 80 668]/Rect[50 668 80 680]>>\
        <</Subtype/Text/Rect[10 665 30 685]/Contents<FEFF00E900740061>>>\
        <</Subtype/Text/Rect[10 100 30 120]/Contents(Nowhere near)>>\
        <</Subtype/Link/Rect[0 0 9 9]>><</Subtype/Popup/Contents(again)/Rect[0 0 9 9]>>\
        <</Subtype/Widget/FT/Tx/V(Leeds)/Rect[120 580 300 600]>>\
        <</Subtype/Widget/FT/Btn/AS/Off/Rect[50 560 60 570]>><</Subtype/Widget/FT/Btn/AS/Yes/Rect[80 540 90 550]>>]";
    let page =
        vec![(50, 700, "Ana: I trusted her."), (50, 670, "She came back."), (50, 585, "Site:"), (100, 543, "agreed")];
    let imported = read(&made_with(&[page], annotations)).unwrap();
    let Draft { text, notes, .. } = &imported.draft;
    assert!(text.contains("Site: Leeds") && text.contains("[x] agreed"), "{text}");
    let found: Vec<(Option<&str>, &str)> =
        notes.iter().map(|note| (note.span.and_then(|span| span.of(text)), note.text.as_str())).collect();
    let expected = [
        (Some("trusted"), "Why “trust”?"),
        (Some("She"), "(underlined)"),
        (Some("She came back."), "éta"),
        (None, "page 1: Nowhere near"),
    ];
    assert_eq!(found, expected);
    assert_eq!(notes[0].author.as_deref(), Some("Bo"));
    assert_eq!(codes(&imported)[..2], ["form-fields", "comments-set-apart"]);
    assert!(imported.dropped.is_empty(), "{:?}", imported.dropped);
}

#[test]
fn pages_without_text_are_said_and_a_file_without_is_refused() {
    let words = || vec![(50, 700, "Words.")];
    let imported = read(&made(&[words(), Vec::new(), words()])).unwrap();
    let said = imported.warnings.iter().find(|one| one.code == "no-text-layer").unwrap();
    assert_eq!(said.message, "scanned? no text on 1 of 3 pages: 2");
    assert_eq!(read(&made(&[Vec::new()])).unwrap_err().0.code, "no-text-layer");
    assert_eq!(read(b"%PDF-1.4 and nothing more").unwrap_err().0.code, "damaged-file");
    assert_eq!(read(b"no such thing").unwrap_err().0.code, "wrong-format");
    let junk = [b"a printer's header\n".as_slice(), &made(&[words()])].concat();
    assert_eq!(codes(&read(&junk).unwrap()), ["junk-skipped"]);
    let few = Limits { pages: 1, ..Limits::of("pdf") };
    let bytes = made(&[words(), words()]);
    let request = Request {
        name: "a.pdf",
        bytes: &bytes,
        kind: SourceKind::Grey,
        mapping: None,
        format: None,
        sheet: None,
        roles: &[],
        limits: few,
    };
    assert_eq!(Pdf.read(&request).unwrap_err().0.code, "too-large");
}

#[test]
fn real_interviews_have_their_turns_and_pages() {
    for (name, pages) in [("P1", 5), ("P3", 6), ("P5", 6), ("P7", 7)] {
        let Some(path) = real(&format!("transcripts/interviews-pdpilot-pdf/{name}.pdf")) else { return };
        let imported = read(&std::fs::read(path).unwrap()).unwrap();
        let Draft { units, header, .. } = &imported.draft;
        let labels: Vec<&str> = header.speakers.iter().map(|one| one.label.as_str()).collect();
        assert_eq!(labels[..2], ["Dan", "Participant"], "{name}");
        assert!(header.turns * 100 >= units.len() * 97, "{name}: {} of {}", header.turns, units.len());
        assert_eq!(units.last().unwrap().page, Some(pages), "{name}");
        assert_eq!(codes(&imported)[..2], ["running-heads", "margin-numbers"], "{name}");
    }
}

#[test]
fn locked_files_are_told_from_those_that_open_without_a_password() {
    let Some(folder) = real("awkward/pdfminer-samples") else { return };
    let code = |name: &str| read(&std::fs::read(folder.join(name)).unwrap()).err().map(|fault| fault.0.code);
    assert_eq!(code("samples__encryption__aes-256-r6.pdf"), Some("locked-file"));
    assert_eq!(code("samples__contrib__issue-00352-asw-oct96-p41.pdf"), None);
}

#[test]
fn what_is_remembered_of_a_page_changes_nothing_on_it() {
    for folder in ["transcripts/interviews-pdpilot-pdf", "awkward/pypdf-samples", "awkward/pdfminer-samples"] {
        let Some(folder) = real(folder) else { return };
        let bytes = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
        for file in bytes.filter_map(|bytes| load(from_header(&bytes).ok()?.0).ok()) {
            for (number, page) in file.pages().into_iter().take(2) {
                let asked = LayoutAnalyzer::new(&file).with_ocr_suppression(true).extract_page_spans(number);
                let found = Found::on(&file, number, page).map(|found| found.spans);
                assert_eq!(format!("{found:?}"), format!("{:?}", asked.ok()));
            }
        }
    }
}

#[test]
fn notes_of_real_readers_stand_at_their_words() {
    let Some(folder) = real("awkward/jabref-pdfs") else { return };
    let expected = [
        ("minimal-highlight-no-note", Some("World"), "Linus Dietz", "(highlighted)"),
        ("minimal-foxithighlight", Some("Hello"), "lynyus", "this is a foxit highlight"),
        ("minimal-strikeout", Some("World"), "lynyus", "striked out"),
        ("minimal-popup", Some("Hello World"), "Linus Dietz", "A simple pop-up note"),
        ("minimal-inlinenote", None, "Linus Dietz", "page 1: inline note annotation"),
    ];
    for (name, words, author, said) in expected {
        let path = folder.join(format!("jablib__src__test__resources__pdfs__{name}.pdf"));
        let draft = import_file(&path, SourceKind::Interview).unwrap().draft;
        let [note] = &draft.notes[..] else { panic!("{name}: {:?}", draft.notes) };
        let found = note.span.and_then(|span| span.of(&draft.text));
        assert_eq!((found, note.author.as_deref(), note.text.as_str()), (words, Some(author), said), "{name}");
    }
}
