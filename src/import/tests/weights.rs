//! Whether a reader that loses something is caught: the second count of every format, set against the
//! reader on files that differ by one paragraph, and on all real files.

use super::*;
use crate::import::completeness::{letters, scales};
use std::collections::BTreeSet;

const WORDS: [&str; 3] = ["First words of Zoë's.", "Lost: 42 words, 7 more?", "And the last ones."];

/// One format: how a file of these paragraphs is made.
type Made = (&'static str, fn(&[&str]) -> Vec<u8>);

const FORMATS: &[Made] = &[
    ("txt", |words| words.join("\n\n").into_bytes()),
    ("md", |words| words.join("\n\n").into_bytes()),
    ("docx", |words| {
        let body = enclosed("<w:document><w:body>", "<w:p><w:r><w:t>", words, "</w:t></w:r></w:p>");
        docx(&[("word/document.xml", &(body + "</w:body></w:document>"))])
    }),
    ("odt", |words| {
        let body = enclosed("<office:body><office:text>", "<text:p>", words, "</text:p>");
        docx(&[("content.xml", &(body + "</office:text></office:body>"))])
    }),
    ("rtf", |words| (enclosed("{\\rtf1 ", "", words, "\\par\n").replace('ë', "\\u235?") + "}").into_bytes()),
    ("html", |words| {
        enclosed("<title>T</title><script>no()</script><nav>Home</nav>", "<p>", words, "</p>").into_bytes()
    }),
    ("epub", |words| book(&(enclosed("<html><body>", "<p>", words, "</p>") + "</body></html>"))),
    ("vtt", |words| {
        captions("WEBVTT\nKind: x\n\nNOTE by me\n\n00:00:00.000 --> 00:00:00.900\n<i>So</i> &amp;\n\n", words)
    }),
    ("srt", |words| captions("", words)),
    ("exb", |words| {
        let open = "<basic-transcription><speakertable><speaker id='A'><abbreviation>A</abbreviation></speaker></speakertable>\
            <basic-body><common-timeline><tli id='T0'/></common-timeline><tier speaker='A' type='t'>";
        let after = "</event></tier></basic-body></basic-transcription>";
        let events = enclosed(open, "</tier><tier speaker='A' type='t'><event start='T0' end='T0'>", words, "</event>");
        (events + "<event start='T0' end='T0'>" + after).into_bytes()
    }),
    ("json", |words| {
        let segments: Vec<_> = words.iter().map(|words| serde_json::json!({ "text": words })).collect();
        serde_json::json!({ "segments": segments }).to_string().into_bytes()
    }),
    ("csv", |words| enclosed("Quote,Mark\nFirst,x9\n", "\"", words, "\",--\n").into_bytes()),
    ("tsv", |words| enclosed("Quote\tMark\nFirst\tx9\n", "", words, "\t--\n").into_bytes()),
    ("xlsx", workbooks::of_quotes),
    ("ods", |words| {
        let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
        let head = format!("<table:table-row>{}{}</table:table-row>", cell("Quote"), cell("Mark"));
        let open = format!("<office:body><office:spreadsheet><table:table table:name=\"A\">{head}");
        let after = "</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"2\"><text:p>--</text:p>\
            </table:table-cell></table:table-row>";
        let rows = enclosed(&open, "<table:table-row><table:table-cell><text:p>", words, after);
        docx(&[("content.xml", &(rows + "</table:table></office:spreadsheet></office:body>"))])
    }),
    #[cfg(feature = "pdf")]
    ("pdf", crate::import::pdf::tests::of_paragraphs),
];

fn enclosed(open: &str, before: &str, words: &[&str], after: &str) -> String {
    words.iter().fold(open.to_owned(), |all, one| all + before + one + after)
}

fn captions(head: &str, words: &[&str]) -> Vec<u8> {
    let cue = |at: usize, words: &str| format!("{at}\n00:00:0{at}.000 --> 00:00:0{at}.900\n{words}\n\n");
    words.iter().enumerate().fold(head.to_owned(), |all, (at, words)| all + &cue(at, words)).into_bytes()
}

fn book(page: &str) -> Vec<u8> {
    let container = "<container><rootfiles><rootfile full-path='book.opf'/></rootfiles></container>";
    let package = "<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
        <item id='b' href='b.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='a'/></spine></package>";
    docx(&[
        ("META-INF/container.xml", container),
        ("book.opf", package),
        ("a.xhtml", page),
        ("b.xhtml", "<p>beside</p>"),
    ])
}

#[test]
fn a_reader_that_loses_a_paragraph_is_caught_in_every_format() {
    let tried: BTreeSet<&str> = FORMATS.iter().map(|(format, _)| *format).collect();
    let known: BTreeSet<&str> = IMPORTERS.iter().map(|one| one.key()).collect();
    assert_eq!(tried, known, "every format is weighed");
    for (format, made) in FORMATS {
        let weigh = |words: &[&str]| {
            let imported = read(&Request { format: Some(format), ..request("x", &made(words), INTERVIEW) }).unwrap();
            assert!(imported.draft.text.contains(words[1]), "{format}: {}", imported.draft.text);
            scales::last()
        };
        let (due, accounted) = weigh(&WORDS);
        assert_eq!(due, accounted, "{format}: the balance has no slack that could hide a loss");
        // What is left of the file for a reader that passes over one paragraph.
        let (_, without) = weigh(&[WORDS[0], WORDS[2]]);
        assert_eq!(due - without, letters(WORDS[1]), "{format}: what such a reader loses is unread");
    }
}

/// Exactly: where the second count finds less than the reader, a loss as large would go unseen.
#[test]
fn real_files_are_refused_with_advice_or_lose_no_letter_without_a_word() {
    let mut uneven = Vec::new();
    let mut weighed = 0;
    for folder in ["awkward", "transcripts", "extraction"].iter().filter_map(|folder| real(folder)) {
        let folders =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
        for file in folders.filter(|folder| !folder.ends_with("huge")).flat_map(|folder| files(&folder)) {
            if file.metadata().unwrap().len() > 1_000_000 {
                continue;
            }
            let imported = match import_file(&file, INTERVIEW) {
                Ok(imported) => imported,
                Err(refused) => {
                    assert!(!refused.0.hints.is_empty(), "{}: {refused}", file.display());
                    continue;
                }
            };
            weighed += 1;
            let (due, accounted) = scales::last();
            if due != accounted {
                uneven.push(format!("{}: {due} in the file, {accounted} accounted for", file.display()));
            }
            let is_unread = imported.dropped.iter().any(|one| one.what == Loss::Unread);
            assert_eq!(due > accounted, is_unread, "{}", file.display());
        }
    }
    assert!(uneven.is_empty(), "of {weighed}: {uneven:#?}");
}
