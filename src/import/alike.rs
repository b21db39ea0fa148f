//! One interview in the formats of word processors gives one set of speakers and turns.

use super::tests::{INTERVIEW, docx, files, import_file, labels, request, turns};
use super::{Imported, read};
use crate::testdata::real;
use std::process::Command;

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

#[test]
#[ignore = "needs pandoc; run by scripts/recall"]
fn a_real_interview_is_the_same_in_docx_odt_and_rtf() {
    let Some(folder) = real("transcripts/podcast-changelog-md") else { return };
    let scratch = tempfile::tempdir().unwrap();
    for file in files(&folder).iter().filter(|file| file.extension().is_some_and(|end| end == "md")).take(3) {
        let plain = import_file(file, INTERVIEW).unwrap();
        assert!(plain.draft.header.turns > 10, "{}", file.display());
        for format in ["docx", "odt", "rtf"] {
            let made = scratch.path().join(format!("a.{format}"));
            let mut pandoc = Command::new("pandoc");
            let status =
                pandoc.args(["--from", "markdown-smart", "--standalone", "--output"]).arg(&made).arg(file).status();
            assert!(status.expect("pandoc is installed").success());
            same(&format!("{} as {format}", file.display()), &import_file(&made, INTERVIEW).unwrap(), &plain);
        }
    }
}

fn same(name: &str, found: &Imported, plain: &Imported) {
    assert_eq!(labels(&found.draft), labels(&plain.draft), "{name}");
    let said = |imported: &Imported| -> Vec<(String, String)> {
        let words =
            |text: String| text.replace(['*', '_', '`', '\\'], "").split_whitespace().collect::<Vec<_>>().join(" ");
        turns(&imported.draft).into_iter().map(|(label, text)| (label, words(text))).collect()
    };
    for (own, other) in said(found).iter().zip(said(plain).iter()) {
        assert_eq!(own, other, "{name}");
    }
    assert_eq!(found.draft.header.turns, plain.draft.header.turns, "{name}");
}
