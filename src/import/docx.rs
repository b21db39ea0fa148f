//! Word documents: a paragraph per line, a table's row per line, footnotes at the end.

use super::archive::{Archive, damaged};
use super::lines::{Line, LineKind, filled};
use super::turns::{Matter, cut};
use super::word::{Counts, Paragraph, ParagraphKind, paragraphs};
use super::{Imported, Importer, Request, decode, foreign, label};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::text::Span;
use std::collections::BTreeMap;

pub struct Docx;

impl Importer for Docx {
    fn key(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let mut archive = open(request.bytes)?;
        let mut counts = Counts::default();
        let mut page = Page::default();
        let body =
            part(&mut archive, "word/document", &mut counts)?.ok_or_else(|| damaged(&"it holds no text part"))?;
        for paragraph in &body {
            page.push(paragraph, line_kind(paragraph));
        }
        let mut notes = 0;
        for name in ["word/footnotes", "word/endnotes"] {
            for note in part(&mut archive, name, &mut counts)?.unwrap_or_default() {
                notes += usize::from(!note.text.trim().is_empty());
                page.push(&note, LineKind::Footnote);
            }
        }
        if page.lines.is_empty() {
            return Err(decode::empty());
        }
        let mut warnings = advice(&counts, notes);
        warnings.extend(margins(&mut archive));
        let Page { text, lines } = page;
        let matter = Matter { format: "docx", text, lines, names: Vec::new(), particulars: BTreeMap::new(), warnings };
        Ok(cut(matter, request))
    }
}

fn open(bytes: &[u8]) -> Result<Archive<'_>> {
    if foreign::is_ole(bytes) {
        let (what, save) = foreign::ole(bytes);
        return Err(fault("wrong-format", format!("this is {what}, not a Word document (docx)"))
            .hint(format!("save it as .{save} and import that")));
    }
    if !bytes.starts_with(b"PK") {
        return Err(foreign::binary(bytes).unwrap_or_else(|| {
            fault("wrong-format", "this is no Word document (docx)")
                .hint("open it in a word processor and save it as .docx")
        }));
    }
    let archive = Archive::open(bytes)?;
    if archive.names().iter().any(|name| name.starts_with("word/")) {
        Ok(archive)
    } else {
        Err(foreign::binary(bytes).unwrap_or_else(|| damaged(&"it holds no text part")))
    }
}

/// The part `stem.xml`, or a numbered one beside it as some programs write.
fn part(archive: &mut Archive, stem: &str, counts: &mut Counts) -> Result<Option<Vec<Paragraph>>> {
    let is_part = |name: &&String| {
        name.strip_prefix(stem)
            .and_then(|rest| rest.strip_suffix(".xml"))
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let Some(name) = archive.names().iter().find(is_part).cloned() else { return Ok(None) };
    paragraphs(&archive.text(&name)?, counts).map(Some)
}

/// A heading that reads like a speaker's label is one.
fn line_kind(paragraph: &Paragraph) -> LineKind {
    match paragraph.kind {
        ParagraphKind::Row => LineKind::Verbatim,
        ParagraphKind::Heading if label::at_start(paragraph.text.trim()).is_none() => LineKind::Heading,
        _ => LineKind::Prose,
    }
}

#[derive(Default)]
struct Page {
    text: String,
    lines: Vec<Line>,
}

impl Page {
    fn push(&mut self, paragraph: &Paragraph, kind: LineKind) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(&paragraph.text);
        let spans: Vec<Span> = filled(&self.text, start).map(|(span, _)| span).collect();
        let line = |(nth, span)| Line { span, kind, starts: nth == 0, time: None };
        self.lines.extend(spans.into_iter().enumerate().map(line));
    }
}

fn advice(counts: &Counts, notes: usize) -> Vec<Diagnostic> {
    let mut advice = Vec::new();
    if counts.deletions + counts.insertions > 0 {
        let message = format!(
            "tracked changes were read as accepted: {} deletions left out, {} insertions kept",
            counts.deletions, counts.insertions
        );
        advice.push(Diagnostic::warning("tracked-changes", message));
    }
    let left_out = [
        (counts.comments, "comments-left-out", "comments in the margin"),
        (counts.embedded, "embedded-left-out", "embedded documents"),
        (counts.readings, "readings-left-out", "phonetic readings"),
        (counts.symbols, "symbols-replaced", "letters of symbol fonts"),
    ];
    for (count, code, what) in left_out.into_iter().filter(|(count, ..)| *count > 0) {
        advice.push(Diagnostic::warning(code, format!("{count} {what} were left out")));
    }
    if notes > 0 {
        advice.push(Diagnostic::note("footnotes", format!("{notes} footnotes stand at the end of the text")));
    }
    advice
}

/// Headers and footers are no part of the text; said where they hold any.
fn margins(archive: &mut Archive) -> Option<Diagnostic> {
    let is_margin = |name: &&String| name.starts_with("word/header") || name.starts_with("word/footer");
    let names = archive.names();
    let has_words = |name: &String| {
        let xml = archive.text(name).ok()?;
        let found = paragraphs(&xml, &mut Counts::default()).ok()?;
        Some(found.iter().any(|paragraph| paragraph.text.contains(char::is_alphabetic)))
    };
    let count = names.iter().filter(is_margin).filter_map(has_words).filter(|has| *has).count();
    (count > 0).then(|| Diagnostic::note("margins-left-out", "the text of headers and footers was left out"))
}
