//! Whole files through the whole importer; the real ones are skipped where they are not at hand.

use super::*;
use crate::document::{Unit, UnitKind, Voice};
use crate::testdata::real;
use proptest::prelude::*;
use std::io::Write;
use std::path::{Path, PathBuf};

mod shapes;
mod spoken;
mod tables;
mod weights;
mod workbooks;

pub(super) const INTERVIEW: SourceKind = SourceKind::Interview;

pub(super) fn request<'a>(name: &'a str, bytes: &'a [u8], kind: SourceKind) -> Request<'a> {
    let limits = Limits::default();
    Request { name, bytes, kind, mapping: None, format: None, sheet: None, roles: &[], limits }
}

pub(super) fn import(name: &str, text: &str, kind: SourceKind) -> Imported {
    let imported = read(&request(name, text.as_bytes(), kind)).unwrap();
    sound(&imported.draft);
    imported
}

/// What holds of every draft.
pub(super) fn sound(draft: &Draft) {
    let Draft { text, header, units, .. } = draft;
    assert!(!text.contains('\r'));
    assert_eq!(header.units, units.len());
    assert_eq!(header.turns, units.iter().filter(|unit| unit.kind == UnitKind::Turn).count());
    let mut end = 0;
    for (at, unit) in units.iter().enumerate() {
        assert_eq!(unit.n, at + 1);
        assert!(unit.span.start() >= end && unit.span.of(text).is_some());
        end = unit.span.end();
        let mut last = unit.span.start();
        for segment in &unit.speech {
            assert!(segment.span.start() >= last && unit.span.encloses(segment.span));
            assert!(!segment.span.of(text).unwrap().trim().is_empty());
            last = segment.span.end();
        }
        assert!(unit.speaker.is_none_or(|speaker| speaker < header.speakers.len()));
        assert!(unit.study.is_none_or(|study| study < header.studies.len()));
    }
}

pub(super) fn speech(draft: &Draft, unit: &Unit) -> String {
    let words: Vec<&str> = unit.speech.iter().map(|segment| segment.span.of(&draft.text).unwrap()).collect();
    words.join("|")
}

pub(super) fn turns(draft: &Draft) -> Vec<(String, String)> {
    let turns = draft.units.iter().filter(|unit| unit.kind == UnitKind::Turn);
    turns.map(|unit| (draft.header.speakers[unit.speaker.unwrap()].label.clone(), speech(draft, unit))).collect()
}

pub(super) fn labels(draft: &Draft) -> Vec<&str> {
    draft.header.speakers.iter().map(|speaker| speaker.label.as_str()).collect()
}

pub(super) fn losses(imported: &Imported) -> Vec<(Loss, usize)> {
    imported.dropped.iter().map(|one| (one.what, one.count)).collect()
}

pub(super) fn code(name: &str, bytes: &[u8]) -> &'static str {
    read(&request(name, bytes, INTERVIEW)).unwrap_err().0.code
}

#[test]
fn turns_hold_their_paragraphs_and_neither_label_nor_time() {
    let text = "12-May-2023 - 10:36 - 1h09m31s – Ana\nResearcher 1: So?\nAna: [00:10] Yes.\n\nAnd more [00:20] of it.\nAna: Still me.\nResearcher 1:\nThank you.\n";
    let draft = import("a.txt", text, INTERVIEW).draft;
    let expected =
        [("Researcher 1", "So?"), ("Ana", "Yes.\n\nAnd more|of it.|Still me."), ("Researcher 1", "Thank you.")];
    assert_eq!(turns(&draft), expected.map(|(label, words)| (label.to_owned(), words.to_owned())));
    assert_eq!(draft.text, text);
    assert_eq!(draft.units[0].kind, UnitKind::Paragraph);
    assert_eq!(draft.units[2].time, Some(10.0));
    assert_eq!(draft.units[2].voice, Some(Voice::Participant));
    assert_eq!(draft.units[1].voice, None);
    assert_eq!(draft.header.words, 7 + 1 + 1 + 4 + 2 + 2);
    assert_eq!(draft.header.particulars["first_lines"], "12-May-2023 - 10:36 - 1h09m31s – Ana");
}

#[test]
fn who_speaks_once_speaks_for_herself() {
    let text = "Mary Jones: I went.\nSupport worker: I told Mary to go.\nMary Jones: So I went.\n";
    let whole = "Interviewer: So?\nMary Jones: I went.\nSupport worker: I told Mary to go.\nInterviewer: And?\nMary Jones: Yes.\n";
    for (text, line) in [(text, 2), (whole, 3)] {
        let Imported { draft, warnings, .. } = import("a.txt", text, INTERVIEW);
        assert!(turns(&draft).contains(&("Support worker".to_owned(), "I told Mary to go.".to_owned())));
        let once = warnings.iter().find(|warning| warning.code == "label-once").unwrap();
        assert_eq!(once.message, format!("line {line} looks like a speaker seen once: Support worker"));
    }
}

#[test]
fn labels_that_each_stand_once_are_said_to() {
    let text = "Ana: I went.\n\nBen: So did I.\n\nCarl: It was fine.\n";
    let Imported { draft, warnings, .. } = import("a.txt", text, INTERVIEW);
    assert!(draft.header.speakers.is_empty());
    let said = warnings.iter().find(|one| one.code == "labels-once").unwrap();
    assert!(said.message.starts_with("3 labels were found, each of them once") && said.hints[0].contains("--role"));
}

#[test]
fn a_label_of_several_people_is_a_turn_that_is_nobodys() {
    let text = "I: Hello.\nAna: I am here.\nP1/P2: We both agreed.\nI: So?\nAna: Yes.\nP1, P2: Together.\nI: And?\n\
        Ana / All: Aye.\nI: Fine.\nN/A: Who knows.\n";
    let Imported { draft, warnings, .. } = import("a.txt", text, INTERVIEW);
    assert_eq!(turns(&draft).len(), 10, "{:?}", turns(&draft));
    let participants: Vec<&str> = draft
        .header
        .speakers
        .iter()
        .filter(|one| one.role == Role::Participant)
        .map(|one| one.label.as_str())
        .collect();
    assert_eq!(participants, ["Ana"]);
    let joint: Vec<&Unit> = draft.units.iter().filter(|unit| speech(&draft, unit) == "We both agreed.").collect();
    assert_eq!(joint[0].voice, None, "nobody's words are quoted as somebody's");
    assert!(warnings.iter().all(|one| !one.message.contains("P1")), "{warnings:?}");
}

#[test]
fn doubtful_words_are_given_to_nobody() {
    let text =
        "I: So?\nAna: I went.\nThe one thing: it hurt.\nAnd more.\nI: And?\nAna: No.\nFor example: that.\nI: Ah.\n";
    let Imported { draft, warnings, .. } = import("a.txt", text, INTERVIEW);
    let thing = draft.units.iter().find(|unit| speech(&draft, unit).starts_with("The one thing")).unwrap();
    assert_eq!((thing.speaker, thing.kind), (None, UnitKind::Paragraph));
    assert_eq!(draft.units[3].speaker, None);
    assert_eq!(turns(&draft)[3].1, "No.\nFor example: that.");
    assert_eq!(warnings.iter().filter(|warning| warning.code == "label-once").count(), 1);
    let merged = import("a.txt", "I: So?\n\nAna: One.\n\nAna: Two.\n\nI: And?\n\nAna: No.\n", INTERVIEW).draft;
    assert_eq!(turns(&merged)[1].1, "One.|Two.");
}

#[test]
fn a_stamp_on_its_own_line_times_the_turn_below() {
    let text =
        "[00:00:28:53]\n_page : 1\nLMP: Neil?\n\n[00:00:29:00]\nCDR: Well,\n\n[-00:00:00:04]\nLMP: Go\n\nCDR: On\n";
    let draft = import("CM", text, SourceKind::SessionRecording).draft;
    let times: Vec<Option<f64>> = draft.units.iter().map(|unit| unit.time).collect();
    assert_eq!(times, [Some(1733.0), Some(1740.0), Some(-4.0), None]);
    assert_eq!(turns(&draft)[0].1, "Neil?");
    assert_eq!(draft.units[0].span.start(), 0);
}

#[test]
fn one_voice_with_times_keeps_its_turns_apart() {
    let draft = import("x.txt", "[00:01] PAO: Go\n[00:05] PAO: On\n[00:09] PAO: Gone", SourceKind::Log).draft;
    assert_eq!(draft.header.turns, 0);
    let draft = import("x.txt", "[00:01] PAO: Go\n[00:05] PAO: On\n[00:09] PAO: Gone", INTERVIEW).draft;
    assert_eq!(draft.header.turns, 3);
}

#[test]
fn slips_interludes_and_label_case_are_forgiven() {
    let text = "Speaker 0: One.\n\nSpeaker 1: Two.\n\nSpeaker 1. I know.\n\nSPEAKER 0: Three.\n\nSpeaker 1: Four.\n\n";
    let draft = import("x.md", text, INTERVIEW).draft;
    assert_eq!(labels(&draft), ["Speaker 0", "Speaker 1"]);
    assert_eq!(turns(&draft)[1].1, "Two.|I know.");
    let text = "**Ana:** One.\n\n**Break:** \\[10:49\\]\n\n**Ben:** Two.\n\n**Ana:** Three.\n\n**Ben:** Four.\n";
    let draft = import("x.md", text, INTERVIEW).draft;
    assert_eq!(labels(&draft), ["Ana", "Ben"]);
    assert_eq!(draft.units[1].kind, UnitKind::Paragraph);
}

#[test]
fn prose_stays_prose() {
    let text = "GENERAL: a visit\n\nfor example: this\nContext: the ward\n- I: a point\nMore: text here\n";
    for kind in [INTERVIEW, SourceKind::Observation] {
        assert_eq!(import("notes.txt", text, kind).draft.header.turns, 0);
    }
    let draft = import("x.txt", "00:00:03 hello there\n\n00:00:09 and on", INTERVIEW).draft;
    assert_eq!(draft.units[1].time, Some(9.0));
    assert_eq!(speech(&draft, &draft.units[1]), "and on");
}

#[test]
fn voices_follow_the_kind() {
    assert_eq!(import("a.txt", "We went.", SourceKind::Observation).draft.header.voice, Voice::FieldNote);
    assert_eq!(import("a.txt", "We went.", SourceKind::Policy).draft.header.voice, Voice::Author);
    assert_eq!(import("a.txt", "We went.", INTERVIEW).draft.header.voice, Voice::Unknown);
}

#[test]
fn roles_given_by_label_win() {
    let roles = [("ana".to_owned(), Role::Interviewer)];
    let text = "Ana: So?\nBen: Yes.\nAna: And?\nBen: No.";
    let draft = read(&Request { roles: &roles, ..request("a.txt", text.as_bytes(), INTERVIEW) }).unwrap().draft;
    let found: Vec<Role> = draft.header.speakers.iter().map(|speaker| speaker.role).collect();
    assert_eq!(found, [Role::Interviewer, Role::Participant]);
}

#[test]
fn markdown_headings_and_front_matter() {
    let text = "---\ntitle: Talk\n---\n\n# Intro #\n\n**Ana:** One \\[00:04:01.06\\] two.\n\n**Ben:** Three.\n\n## Part\n\n**Ana:** Four.\n\n**Ben:** Five.";
    let draft = import("x.md", text, INTERVIEW).draft;
    assert_eq!(draft.header.particulars["title"], "Talk");
    assert_eq!(draft.units[0].kind, UnitKind::Heading);
    assert_eq!(speech(&draft, &draft.units[0]), "Intro #");
    assert_eq!(turns(&draft)[0].1, "One|two.");
}

#[test]
fn voices_of_captions_are_turns() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hello\nthere</v>\n\n00:02.000 --> 00:03.000\n<v Ana>again\n\n00:03.000 --> 00:04.000\n<v Interviewer>Fish &amp; chips?";
    let draft = import("x.vtt", text, INTERVIEW).draft;
    assert_eq!(draft.text, "Hello there\nagain\nFish & chips?");
    let expected = [("Ana", "Hello there\nagain"), ("Interviewer", "Fish & chips?")];
    assert_eq!(turns(&draft), expected.map(|(label, words)| (label.to_owned(), words.to_owned())));
    assert_eq!(draft.units[1].time, Some(3.0));
}

#[test]
fn labels_within_captions_are_turns() {
    let text = "1\n00:00:01,000 --> 00:00:02,000\nAna Lee: Hello\n\n2\n00:00:02,000 --> 00:00:03,000\nBen: Yes\n\n3\n00:00:04,000 --> 00:00:05,000\nAna Lee: So";
    let draft = import("x.srt", text, INTERVIEW).draft;
    assert_eq!(labels(&draft), ["Ana Lee", "Ben"]);
    assert_eq!(draft.units[2].time, Some(4.0));
}

const EXTRACT: &str = "Author;Year;Participant quote;Authors' words;Page;Rating\n\
    Adams;2014;\"They listened; it\nhelped\";Trust grew;12;1\n\
    Adams;2014;;Hope;;2\nBerg;n.d.;;;3;3\nBerg;2015;'=1+1;;;4\n";

#[test]
fn a_row_is_a_unit_and_its_cells_its_speech() {
    let Imported { draft, warnings, .. } = import("x.csv", EXTRACT, SourceKind::SystematicReview);
    assert_eq!(draft.text, "They listened; it\nhelped\nTrust grew\nHope\n'=1+1");
    assert_eq!(draft.units.len(), 3);
    let voices: Vec<Option<Voice>> = draft.units[0].speech.iter().map(|segment| segment.voice).collect();
    assert_eq!(voices, [Some(Voice::Participant), Some(Voice::Author)]);
    assert_eq!(draft.units[0].span.of(&draft.text), Some("They listened; it\nhelped\nTrust grew"));
    assert_eq!((draft.units[0].study, draft.units[1].study, draft.units[2].study), (Some(0), Some(0), Some(1)));
    assert_eq!(draft.units[0].page, Some(12));
    assert_eq!(draft.header.studies[0].citation(), "Adams 2014");
    assert_eq!(draft.header.studies[0].key, "adams 2014");
    let codes: Vec<&str> = warnings.iter().map(|warning| warning.code).collect();
    assert_eq!(codes, ["mapping", "rows-skipped"]);
    let mapping = Mapping::parse(&[draft.header.particulars["mapping"].clone()]).unwrap();
    assert_eq!(mapping.to_string(), draft.header.particulars["mapping"]);
}

#[test]
fn a_mapping_given_is_used() {
    let mapping = Mapping::parse(&["text=Rating:extractor".into(), "id=Page".into()]).unwrap();
    let draft = read(&Request { mapping: Some(&mapping), ..request("x.csv", EXTRACT.as_bytes(), SourceKind::Grey) })
        .unwrap()
        .draft;
    assert_eq!(draft.text, "1\n2\n3\n4");
    let studies: Vec<Option<usize>> = draft.units.iter().map(|unit| unit.study).collect();
    assert_eq!(studies, [Some(0), None, Some(1), None]);
    assert_eq!(code("x.csv", b"a,b\n1,2\n"), "no-text-column");
}

#[test]
fn a_transcript_in_a_table_has_speakers() {
    let text = "Time\tSpeaker\tTranscript\n00:00:05.000\tINT\tSo?\n00:00:07.500\tAB\tYes.\n";
    let draft = import("x.csv", text, INTERVIEW).draft;
    assert_eq!(labels(&draft), ["INT", "AB"]);
    let voices: Vec<Option<Voice>> = draft.units.iter().map(|unit| unit.speech[0].voice).collect();
    assert_eq!(voices, [Some(Voice::Unknown), Some(Voice::Participant)]);
    assert_eq!(draft.units[1].time, Some(7.5));
}

#[test]
fn refusals_name_what_the_file_is() {
    assert_eq!(code("a.pdf", b"%PDF-1.4"), if cfg!(feature = "pdf") { "damaged-file" } else { "unknown-format" });
    assert_eq!(code("a.epub", b"hello"), "wrong-format");
    assert_eq!(code("a.html", b"%PDF-1.4"), "wrong-format");
    assert_eq!(code("a.xyz", b"hello"), "unknown-format");
    assert_eq!(code("a.txt", b"%PDF-1.4"), "wrong-format");
    assert_eq!(code("a.txt", b"PK\x03\x04...."), "wrong-format");
    assert_eq!(code("a.txt", b"a\0b"), "not-text");
    assert_eq!(code("a.txt", b" \n"), "empty-file");
    assert_eq!(code("a.docx", b""), "empty-file");
    assert_eq!(code("a.docx", b"hello"), "wrong-format");
    assert_eq!(code("a.docx", b"PK\x03\x04...."), "damaged-file");
    assert_eq!(code("a.doc", &[0xd0, 0xcf, 0x11, 0xe0]), "unknown-format");
    assert_eq!(
        read(&request("a.doc", b"{\\rtf1 hello}", INTERVIEW)).unwrap().draft.format,
        "rtf",
        "whatever it is called"
    );
    assert_eq!(code("a.bin", b"%PDF-1.4"), if cfg!(feature = "pdf") { "damaged-file" } else { "wrong-format" });
    assert_eq!(code("book", b"PK\x03\x04 mimetypeapplication/epub+zip"), "damaged-file");
    let forced = Request { format: Some("tx"), ..request("a.pdf", b"x", INTERVIEW) };
    assert_eq!(read(&forced).unwrap_err().0.code, "unknown-format");
}

#[test]
fn content_decides_where_the_name_does_not() {
    let format = |name, bytes| read(&request(name, bytes, INTERVIEW)).unwrap().draft.format;
    assert_eq!(format("notes", b"hello"), "txt");
    assert_eq!(format("notes.TXT", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi"), "vtt");
    let forced = Request { format: Some("md"), ..request("a.log", b"# x", INTERVIEW) };
    assert_eq!(read(&forced).unwrap().draft.format, "md");
}

pub(super) fn docx(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, xml) in parts {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(xml.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_part_that_grows_too_much_is_refused() {
    let bomb =
        format!("<w:document><w:body><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>", "a".repeat(40 << 20));
    assert_eq!(code("a.docx", &docx(&[("word/document.xml", &bomb)])), "unsafe-file");
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><w:document/>";
    assert_eq!(code("a.docx", &docx(&[("word/document.xml", entity)])), "unsafe-file");
    assert_eq!(code("a.txt", &docx(&[("word/document.xml", entity)])), "wrong-format");
}

proptest! {
    #[test]
    fn no_bytes_trip_an_importer(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0..IMPORTERS.len()) {
        let format = Some(IMPORTERS[which].key());
        if let Ok(imported) = read(&Request { format, ..request("x", &bytes, INTERVIEW) }) {
            sound(&imported.draft);
        }
    }

    #[test]
    fn no_text_trips_an_importer(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "Ana: ", "**Ben:** ", "I: ", "\n", "\n\n", "[00:01] ", "\\[00:04:01.06\\]", "00:00:03 ", "# ", "- ", "é世 ", "<v Ana>", "-->",
            "00:01.000 --> 00:02.000\n", "WEBVTT\n", "NOTE ", "Quote,Year\n", "\"", ",", ";", "\t", "word ", "---\n", "Speaker 1. ", "_page : 1",
            "0:0:0.0 --> 0:0:1.5", "&amp;", "```", "Date: ", "\u{a0}", "\r", "Break:", "[id1] ", "(", "#00:01:02-3#",
        ]), 0..40),
        which in 0..IMPORTERS.len(),
    ) {
        let text = pieces.concat();
        let format = Some(IMPORTERS[which].key());
        if let Ok(imported) = read(&Request { format, ..request("x", text.as_bytes(), INTERVIEW) }) {
            sound(&imported.draft);
        }
    }
}

/// The same interview as a web page and as an e-book: a paragraph a line.
#[test]
fn twins_in_html_and_epub_have_the_same_speakers_and_turns() {
    let Some(folder) = real("transcripts/interviews-sheffield-docx-txt") else { return };
    for name in ["Ana", "Sam"] {
        let txt = import_file(&folder.join(format!("{name}.txt")), INTERVIEW).unwrap().draft;
        let escaped = txt.text.replace('&', "&amp;").replace('<', "&lt;");
        let page: String = escaped.lines().flat_map(|line| ["<p>", line, "</p>\n"]).collect();
        let container = "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>";
        let package = "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>\
            <spine><itemref idref='a'/></spine></package>";
        let book = docx(&[("META-INF/container.xml", container), ("book.opf", package), ("a.xhtml", &page)]);
        for (file, bytes) in [("a.html", page.as_bytes()), ("a.epub", &book)] {
            let draft = read(&request(file, bytes, INTERVIEW)).unwrap().draft;
            assert_eq!(draft.header.speakers, txt.header.speakers, "{name} {file}");
            assert_eq!(draft.header.turns, txt.header.turns, "{name} {file}");
        }
    }
}

pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

pub(super) fn import_file(path: &Path, kind: SourceKind) -> Result<Imported> {
    let bytes = std::fs::read(path).unwrap();
    let imported = read(&request(path.file_name().unwrap().to_str().unwrap(), &bytes, kind))?;
    sound(&imported.draft);
    Ok(imported)
}

#[test]
fn twins_in_docx_and_txt_have_the_same_speakers_and_turns() {
    let Some(folder) = real("transcripts/interviews-sheffield-docx-txt") else { return };
    let counts = ["Ana", "Jessica", "Lisa", "Pauline", "Peter", "Sam"].map(|name| {
        let docx = import_file(&folder.join(format!("{name}.docx")), INTERVIEW).unwrap().draft;
        let txt = import_file(&folder.join(format!("{name}.txt")), INTERVIEW).unwrap().draft;
        assert_eq!(docx.header.speakers, txt.header.speakers, "{name}");
        assert_eq!(docx.header.turns, txt.header.turns, "{name}");
        assert_eq!(labels(&txt), ["Researcher 1", name]);
        txt.header.turns
    });
    assert_eq!(counts, [244, 136, 100, 174, 93, 81]);
}

#[test]
fn real_texts_without_speakers_have_no_turns() {
    for folder in [
        "transcripts/podcast-talkpython-txt",
        "transcripts/podcast-talkpython-vtt",
        "transcripts/podcast-talkpython-youtube-vtt",
    ] {
        for file in real(folder).iter().flat_map(|folder| files(folder)) {
            assert_eq!(import_file(&file, INTERVIEW).unwrap().draft.header.turns, 0, "{}", file.display());
        }
    }
    for file in real("transcripts/observation-notes-codereview-txt").iter().flat_map(|folder| files(folder)) {
        assert_eq!(import_file(&file, SourceKind::Observation).unwrap().draft.header.turns, 0, "{}", file.display());
    }
}

#[test]
fn real_conversations_have_turns() {
    for folder in ["transcripts/podcast-changelog-md", "transcripts/spaceflight-spacelog"] {
        for file in real(folder).iter().flat_map(|folder| files(folder)) {
            let draft = import_file(&file, SourceKind::FocusGroup).unwrap().draft;
            assert!(draft.header.turns * 10 >= draft.units.len() * 9, "{}", file.display());
        }
    }
}
