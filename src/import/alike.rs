//! One interview in every format that holds a conversation gives one set of speakers and turns.

use super::tests::{INTERVIEW, docx, import_file, labels, request, turns};
use super::{Imported, read};
use crate::testdata::{has_program, real};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const LINES: [&str; 6] =
    ["Interview 3", "I: How was it?", "P1: Well, \u{2018}fine\u{2019}.", "And more of it.", "I: So?", "P1: Ça va."];

#[test]
fn a_small_interview_is_the_same_in_docx_odt_and_rtf() {
    let each = |before: &str, after: &str| LINES.map(|line| [before, line, after].concat()).concat();
    let word = each("<w:p><w:r><w:t>", "</w:t></w:r></w:p>");
    let word = docx(&[("word/document.xml", &format!("<w:document><w:body>{word}</w:body></w:document>"))]);
    let open = each("<text:p>", "</text:p>");
    let open = docx(&[("content.xml", &format!("<office:body><office:text>{open}</office:text></office:body>"))]);
    let escaped =
        |letter: char| if letter.is_ascii() { letter.to_string() } else { format!("\\u{}?", u32::from(letter)) };
    let rich: String = LINES.iter().map(|line| line.chars().map(escaped).collect::<String>() + "\\par\n").collect();
    let rich = format!("{{\\rtf1\\ansi\n{rich}}}").into_bytes();
    let plain = read(&request("a.txt", LINES.join("\n").as_bytes(), INTERVIEW)).unwrap();
    assert_eq!(turns(&plain.draft).len(), 4);
    for (name, bytes) in [("a.docx", word), ("a.odt", open), ("a.rtf", rich)] {
        same(name, &read(&request(name, &bytes, INTERVIEW)).unwrap(), &plain);
    }
}

/// What pandoc writes, and how it calls it.
const WRITTEN: [(&str, &str); 6] =
    [("docx", "docx"), ("odt", "odt"), ("rtf", "rtf"), ("html", "html"), ("epub", "epub"), ("txt", "plain")];

#[test]
fn a_real_interview_is_the_same_in_seven_formats() {
    let Some(folder) = real("transcripts/interviews-sheffield-docx-txt") else { return };
    if !has_program("pandoc") {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    for name in ["Sam", "Lisa"] {
        let plain = import_file(&folder.join(name).with_extension("txt"), INTERVIEW).unwrap();
        assert!(plain.draft.header.turns > 50, "{name}");
        let page: String =
            plain.draft.text.lines().flat_map(|line| ["<p>".to_owned(), escaped(line), "</p>\n".to_owned()]).collect();
        for (extension, format) in WRITTEN {
            let made = scratch.path().join(name).with_extension(extension);
            pandoc(&page, format, &made);
            same(&format!("{name} as {format}"), &import_file(&made, INTERVIEW).unwrap(), &plain);
        }
        if name == "Lisa" {
            continue; // Two of her turns follow each other across a remark of nobody's, which captions cannot tell.
        }
        let captions = captions(&plain);
        same(&format!("{name} as vtt"), &read(&request("a.vtt", captions.as_bytes(), INTERVIEW)).unwrap(), &plain);
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn pandoc(page: &str, format: &str, made: &Path) {
    let mut command = Command::new("pandoc");
    command.args(["--from", "html", "--standalone", "--wrap", "none", "--metadata", "title=Talk", "--to", format]);
    let mut running = command.arg("--output").arg(made).stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    running.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
    assert!(running.wait().unwrap().success(), "{}", made.display());
}

/// A caption a turn, its speaker named as programs for meetings do.
fn captions(plain: &Imported) -> String {
    let mut captions = String::from("WEBVTT\n\n");
    for (at, (label, words)) in turns(&plain.draft).iter().enumerate() {
        let words = escaped(&words.replace(['\n', '|'], " "));
        let (hour, minute, second) = (at / 3600, at / 60 % 60, at % 60);
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        writeln!(captions, "{time}.000 --> {time}.900\n<v {label}>{words}</v>\n").unwrap();
    }
    captions
}

/// The same speakers in the same roles say the same words in the same turns.
fn same(name: &str, found: &Imported, plain: &Imported) {
    assert_eq!(labels(&found.draft), labels(&plain.draft), "{name}");
    assert_eq!(found.draft.header.speakers, plain.draft.header.speakers, "{name}");
    let said = |imported: &Imported| -> Vec<(String, String)> {
        let words = |text: String| text.replace('|', " ").split_whitespace().collect::<Vec<_>>().join(" ");
        turns(&imported.draft).into_iter().map(|(label, text)| (label, words(text))).collect()
    };
    for (own, other) in said(found).iter().zip(said(plain).iter()) {
        assert_eq!(own, other, "{name}");
    }
    assert_eq!(found.draft.header.turns, plain.draft.header.turns, "{name}");
}
