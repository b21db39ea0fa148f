//! A [`Composition`] becomes the lines of a text layer: a paragraph a line, a table's row a line with
//! ` | ` between its cells, notes numbered at the end. A table that is a conversation
//! ([`super::dialogue`]) becomes turns.

use super::completeness::{self, letters};
use super::composition::{Block, Cell, Changes, Comment, Composition, Mark, Paragraph, Row, words_of};
use super::lines::{Line, LineKind, filled, is_point};
use super::turns::Matter;
use super::{decode, dialogue, label};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::document::Note;
use crate::text::{Span, words::counted};
use std::collections::{BTreeMap, BTreeSet};

/// Lays a composition out; `container` letters and digits are in the file it was read from.
///
/// Fault: `empty-file`.
pub fn lay_out(format: &'static str, mut composition: Composition, container: usize) -> Result<Matter> {
    composition.finish();
    let mut page = Page::default();
    page.blocks(&composition.blocks);
    let notes = page.footnotes(&composition);
    let mut apart = 0;
    let margins = margins(&composition, &mut apart);
    let comments = page.comments(&composition, &mut apart);
    let mut tally = std::mem::take(&mut composition.tally);
    tally.set_aside_many(apart);
    tally.make_many(page.made);
    if page.lines.is_empty() {
        let dropped = completeness::dropped(container, letters(&page.text), &tally);
        return Err(completeness::advice(&dropped).map_or_else(decode::empty, |left_out| {
            fault("empty-file", format!("the file holds no text; {}", left_out.message))
                .hint("if its words are in pictures, have them recognised or type them out, and import that")
        }));
    }
    let warnings = advice(&composition, notes, comments.len(), !margins.is_empty());
    Ok(Matter {
        text: page.text,
        lines: page.lines,
        asides: page.asides,
        particulars: margins,
        notes: comments,
        container,
        tally,
        warnings,
        ..Matter::new(format)
    })
}

/// What was done with all that is not plain text.
fn advice(composition: &Composition, notes: usize, comments: usize, has_margins: bool) -> Vec<Diagnostic> {
    let Changes { deletions, insertions } = composition.changes;
    let tracked = format!(
        "tracked changes were read as accepted: {} left out, {} kept",
        counted(deletions, "deletion"),
        counted(insertions, "insertion")
    );
    let said = [
        (deletions + insertions > 0).then(|| Diagnostic::warning("tracked-changes", tracked)),
        (notes > 0)
            .then(|| Diagnostic::note("footnotes", format!("{} at the end of the text", stand(notes, "footnote")))),
        has_margins.then(|| {
            Diagnostic::note(
                "margins-set-apart",
                "headers and footers are no part of the text; they are kept beside it",
            )
        }),
        (comments > 0).then(|| {
            Diagnostic::note(
                "comments-set-apart",
                format!("{} in the margin; kept as memos, apart from the text", stand(comments, "comment")),
            )
        }),
    ];
    said.into_iter().flatten().collect()
}

fn stand(count: usize, what: &str) -> String {
    format!("{} {}", counted(count, what), if count == 1 { "stands" } else { "stand" })
}

#[derive(Default)]
struct Page {
    text: String,
    lines: Vec<Line>,
    asides: Vec<Span>,
    /// Letters and digits that stand in no file: numbers, marks.
    made: usize,
    /// Where comments begin and end.
    begun: BTreeMap<String, usize>,
    spans: BTreeMap<String, Span>,
}

impl Page {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph, kind(paragraph)),
                Block::Table(rows) => self.table(rows),
            }
        }
    }

    fn table(&mut self, rows: &[Row]) {
        if rows.iter().all(|row| row.len() < 2) {
            for cell in rows.iter().flatten() {
                self.blocks(cell);
            }
        } else if let Some(turns) = dialogue::turns(rows) {
            for turn in &turns {
                self.paragraph(turn, LineKind::Prose);
            }
        } else {
            for row in rows {
                self.paragraph(&flat_row(row), LineKind::Verbatim);
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph, kind: LineKind) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(&paragraph.text);
        self.made += paragraph.made();
        self.marks(paragraph, start);
        let indent = paragraph.indent();
        let is_labelled = kind == LineKind::Prose && label::at_start(paragraph.text[indent..].trim()).is_some();
        for (nth, (span, _)) in filled(&self.text, start).enumerate() {
            let first = nth == 0 && indent > 0;
            // A number before a speaker's label is in no line: the label begins it.
            let after = Span::new(start + indent, span.end()).filter(|_| first && is_labelled);
            let kind = if first && !is_labelled && kind == LineKind::Prose { LineKind::Verbatim } else { kind };
            self.lines.push(Line { span: after.unwrap_or(span), kind, starts: nth == 0, time: None });
        }
    }

    fn marks(&mut self, paragraph: &Paragraph, start: usize) {
        for (at, mark) in &paragraph.marks {
            let at = start + at;
            match mark {
                Mark::Number(_) => {}
                Mark::Reference(length) => self.asides.extend(Span::new(at, at + length)),
                Mark::CommentStart(key) => {
                    self.begun.insert(key.clone(), at);
                }
                Mark::CommentEnd(key) => {
                    let begun = *self.begun.entry(key.clone()).or_insert(at);
                    if let Some(span) = Span::new(begun, at).and_then(|span| trimmed(&self.text, span)) {
                        self.spans.entry(key.clone()).or_insert(span);
                    }
                }
            }
        }
    }

    /// Notes in the order they are referred to, then those that nothing refers to; returns how many.
    fn footnotes(&mut self, composition: &Composition) -> usize {
        let mut count = 0;
        let referred: BTreeSet<&String> = composition.references.iter().collect();
        let loose = composition.notes.keys().filter(|key| !referred.contains(key)).map(|key| (None, key));
        let numbered = composition.references.iter().enumerate().map(|(at, key)| (Some(at + 1), key));
        for (number, key) in numbered.chain(loose) {
            let blocks = composition.notes.get(key).map_or(&[][..], Vec::as_slice);
            if words_of(blocks) > 0 {
                count += 1;
                self.footnote(number, blocks);
            }
        }
        count
    }

    fn footnote(&mut self, number: Option<usize>, blocks: &[Block]) {
        let mut number = number.map(|number| format!("[{number}] "));
        for mut paragraph in paragraphs(blocks).filter(|one| !one.text.trim().is_empty()) {
            if let Some(number) = number.take() {
                let mut numbered = Paragraph::default();
                numbered.number(&number);
                numbered.append("", &paragraph.trimmed());
                paragraph = numbered;
            }
            self.paragraph(&paragraph, LineKind::Footnote);
        }
    }

    /// Comments with the words they stand at: those marked, else the whole line.
    fn comments(&self, composition: &Composition, apart: &mut usize) -> Vec<Note> {
        let line_at = |at: usize| self.lines.iter().map(|line| line.span).find(|span| span.end() >= at);
        let note = |comment: &Comment| {
            *apart += words_of(&comment.blocks);
            let begun = self.begun.get(&comment.key).copied();
            let text: Vec<String> = paragraphs(&comment.blocks).map(|one| one.text.trim().to_owned()).collect();
            Note {
                span: self.spans.get(&comment.key).copied().or_else(|| line_at(begun?)),
                author: comment.author.clone().filter(|name| !name.is_empty()),
                text: text.join("\n").trim().to_owned(),
            }
        };
        composition.comments.iter().map(note).filter(|note| !note.text.is_empty()).collect()
    }
}

/// A heading that reads like a speaker's label is one; a point typed by hand is a point.
fn kind(paragraph: &Paragraph) -> LineKind {
    let words = paragraph.text[paragraph.indent()..].trim();
    if paragraph.is_heading && label::at_start(words).is_none() {
        LineKind::Heading
    } else if is_point(words) && label::at_start(words).is_none() {
        LineKind::Verbatim
    } else {
        LineKind::Prose
    }
}

/// All paragraphs in blocks, a table's row as one.
fn paragraphs(blocks: &[Block]) -> impl Iterator<Item = Paragraph> {
    blocks.iter().flat_map(|block| match block {
        Block::Paragraph(paragraph) => vec![paragraph.clone()],
        Block::Table(rows) => rows.iter().map(|row| flat_row(row)).collect(),
    })
}

/// A row on one line.
pub fn flat_row(row: &[Cell]) -> Paragraph {
    let mut line = Paragraph::default();
    for (nth, cell) in row.iter().enumerate() {
        line.append(if nth > 0 { " | " } else { "" }, &flat_cell(cell));
    }
    line
}

/// A cell on one line.
pub fn flat_cell(cell: &[Block]) -> Paragraph {
    let mut line = Paragraph::default();
    for mut paragraph in paragraphs(cell).filter(|one| !one.text.trim().is_empty()) {
        paragraph.text = paragraph.text.replace('\n', " ");
        line.append(if line.text.is_empty() { "" } else { " " }, &paragraph);
    }
    line
}

/// Headers and footers by name, each text once.
fn margins(composition: &Composition, apart: &mut usize) -> BTreeMap<String, String> {
    let mut margins: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, blocks) in &composition.margins {
        *apart += words_of(blocks);
        let text: Vec<String> = paragraphs(blocks).map(|one| one.text.trim().to_owned()).collect();
        let text = text.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        let held = margins.entry((*name).to_owned()).or_default();
        if text.contains(char::is_alphabetic) && !held.contains(&text) {
            held.push(text);
        }
    }
    margins.retain(|_, texts| !texts.is_empty());
    margins.into_iter().map(|(name, texts)| (name, texts.join("\n"))).collect()
}

fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text)?;
    let start = span.start() + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}
