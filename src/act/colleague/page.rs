//! Numbered turns as a Word document to comment on.

use super::export::{Outgoing, Remark, Turn, clock};
use super::returned::MARK;
use crate::diagnostic::Result;
use crate::manuscript::Manuscript;
use crate::render::docx::{self, Block, Comment, Face, Inline, Paper, Paragraph, Style};
use std::ops::ControlFlow;

const GUIDE: &str = "Mark some words and comment on them. A comment that begins with #code puts that code on the words \
(several: #trust #access); one that begins with If … is a draft statement that the words speak for; any other is a memo. \
Please leave the numbers in brackets as they are, and change nothing in the text.";

/// A file that says at its beginning what a colleague is to do with it is an export, whatever another program
/// made of what else it says.
pub fn opens_like_an_export(draft: &dyn Manuscript) -> Result<bool> {
    const FIRST: usize = 4;
    let mut is_export = false;
    let guide = GUIDE.split(". ").next().unwrap_or(GUIDE);
    draft.each_shard(&mut |text, units| {
        is_export = units.iter().take(FIRST).filter_map(|unit| unit.span.of(text)).any(|words| words.contains(guide));
        Ok(ControlFlow::Break(()))
    })?;
    Ok(is_export && draft.header().turns == 0)
}

pub fn write(outgoing: &Outgoing) -> Vec<u8> {
    let document = &outgoing.document;
    let number = document.versions.get(&document.version).map_or(1, |version| version.number);
    let mut paper = Paper {
        title: format!("{}: numbered turns", outgoing.label),
        properties: vec![(MARK.to_owned(), document.version.clone())],
        footer: format!("{}, text version {number} ({MARK} {})", outgoing.label, document.version),
        ..Paper::default()
    };
    let title =
        outgoing.title.as_ref().map_or_else(|| outgoing.label.clone(), |title| format!("{} {title}", outgoing.label));
    paper.blocks.push(Block::Paragraph(Paragraph::plain(Style::Title, title)));
    paper.blocks.push(Block::Paragraph(Paragraph::plain(Style::Note, GUIDE)));
    for turn in &outgoing.turns {
        let content = content(turn, &mut paper.comments);
        paper.blocks.push(Block::Paragraph(Paragraph { style: Style::Turn, content }));
    }
    docx::write(&paper)
}

/// `[12]  Ana 00:12:03: what she says`.
fn content(turn: &Turn, comments: &mut Vec<Comment>) -> Vec<Inline> {
    let text = |text: String, face| Inline::Text(text, face);
    let mut content = vec![text(format!("[{}]", turn.n), Face::Faint), Inline::Tab];
    content.extend(turn.speaker.iter().map(|speaker| text(speaker.replace('\n', " "), Face::Strong)));
    content.extend(turn.time.map(|time| text(format!(" {}", clock(time)), Face::Faint)));
    if content.len() > 2 {
        content.push(text(": ".to_owned(), Face::Plain));
    }
    // Where each comment begins and ends, in the order of the text.
    let mut edges: Vec<(usize, Inline)> = Vec::new();
    for Remark { span, author, text } in &turn.remarks {
        let number = comments.len();
        comments.push(Comment { author: author.clone(), text: text.clone() });
        edges.extend([(span.start(), Inline::Begin(number)), (span.end(), Inline::End(number))]);
    }
    edges.sort_by_key(|(at, inline)| (*at, matches!(inline, Inline::Begin(_))));
    let mut from = 0;
    for (at, edge) in edges {
        if at > from {
            content.push(text(lines(&turn.text[from..at]), Face::Plain));
        }
        from = at;
        content.push(edge);
    }
    content.push(text(lines(&turn.text[from..]), Face::Plain));
    content
}

/// Empty lines within a turn are left out: they would be paragraphs of nobody.
fn lines(text: &str) -> String {
    let mut lines = text.to_owned();
    while lines.contains("\n\n") {
        lines = lines.replace("\n\n", "\n");
    }
    lines
}
