//! A document as a reader meets it: paragraphs, tables, notes and comments, opened and closed in
//! order. docx, odt and rtf write into it, so that one interview comes out alike in all of them;
//! [`super::layout`] makes lines of it.

use super::completeness::{Tally, letters};
pub use super::paragraph::{Mark, Paragraph};
use crate::text::words::on_one_line;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Vec<Row>),
}

pub type Row = Vec<Cell>;
pub type Cell = Vec<Block>;

/// A comment in the margin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    pub key: String,
    pub author: Option<String>,
    pub blocks: Vec<Block>,
}

/// What somebody changed while changes were tracked; all are read as accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changes {
    pub deletions: usize,
    pub insertions: usize,
}

/// What is open around the place a reader is at.
#[derive(Debug)]
enum Frame {
    /// With what stands in text boxes anchored to it.
    Paragraph(Paragraph, Vec<Block>),
    Table(Vec<Row>),
    Row(Row),
    Cell(Vec<Block>),
    Note(String, Vec<Block>),
    Box(Vec<Block>),
    Comment(Comment),
    Margin(&'static str, Vec<Block>),
}

/// An open paragraph out of its place.
#[derive(Debug)]
pub struct Lifted(Frame);

#[derive(Debug, Default)]
pub struct Composition {
    frames: Vec<Frame>,
    pub blocks: Vec<Block>,
    /// Foot- and endnotes by key.
    pub notes: BTreeMap<String, Vec<Block>>,
    /// Keys of notes in the order they are referred to: the first is number 1.
    pub references: Vec<String>,
    pub comments: Vec<Comment>,
    /// `header`, `footer`: what stands at the edge of every page.
    pub margins: Vec<(&'static str, Vec<Block>)>,
    pub tally: Tally,
    pub changes: Changes,
    /// Comments that begin with the next paragraph.
    begun: Vec<String>,
}

impl Composition {
    pub fn open_paragraph(&mut self) {
        let begun = std::mem::take(&mut self.begun);
        let marks = begun.into_iter().map(|key| (0, Mark::CommentStart(key))).collect();
        self.frames.push(Frame::Paragraph(Paragraph { marks, ..Paragraph::default() }, Vec::new()));
    }

    pub fn open_table(&mut self) {
        self.frames.push(Frame::Table(Vec::new()));
    }

    pub fn open_row(&mut self) {
        self.frames.push(Frame::Row(Vec::new()));
    }

    pub fn open_cell(&mut self) {
        self.frames.push(Frame::Cell(Vec::new()));
    }

    pub fn open_note(&mut self, key: String) {
        self.frames.push(Frame::Note(key, Vec::new()));
    }

    /// A text box; what stands in it follows the paragraph it hangs on.
    pub fn open_box(&mut self) {
        self.frames.push(Frame::Box(Vec::new()));
    }

    pub fn open_comment(&mut self, key: String, author: Option<String>) {
        self.frames.push(Frame::Comment(Comment { key, author, blocks: Vec::new() }));
    }

    /// The comment that is open, for what is told of it inside.
    pub fn comment(&mut self) -> Option<&mut Comment> {
        self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Comment(comment) => Some(comment),
            _ => None,
        })
    }

    pub fn open_margin(&mut self, name: &'static str) {
        self.frames.push(Frame::Margin(name, Vec::new()));
    }

    /// Closes what was opened last.
    pub fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Paragraph(mut paragraph, after)) => {
                paragraph.forget_lone_number();
                self.place(Block::Paragraph(paragraph));
                for block in after {
                    self.place(block);
                }
            }
            Some(Frame::Table(rows)) => self.place(Block::Table(rows)),
            Some(Frame::Row(cells)) => match self.frames.last_mut() {
                Some(Frame::Table(rows)) => rows.push(cells),
                _ => self.place(Block::Table(vec![cells])),
            },
            Some(Frame::Cell(blocks)) => match self.frames.last_mut() {
                Some(Frame::Row(cells)) => cells.push(blocks),
                _ => self.place(Block::Table(vec![vec![blocks]])),
            },
            Some(Frame::Note(key, blocks)) => self.notes.entry(key).or_default().extend(blocks),
            Some(Frame::Box(blocks)) => blocks.into_iter().for_each(|block| self.place(block)),
            Some(Frame::Comment(comment)) => self.comments.push(comment),
            Some(Frame::Margin(name, blocks)) => self.margins.push((name, blocks)),
            None => {}
        }
    }

    /// Closes all that is still open.
    pub fn finish(&mut self) {
        while !self.frames.is_empty() {
            self.close();
        }
    }

    /// Throws away what was opened last; returns the letters and digits that stood in it.
    pub fn discard(&mut self) -> usize {
        match self.frames.pop() {
            Some(Frame::Row(cells)) => cells.iter().map(|cell| words_of(cell)).sum(),
            Some(Frame::Cell(blocks)) => words_of(&blocks),
            _ => 0,
        }
    }

    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// The paragraph that is open, where nothing within it is.
    pub fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.frames.last_mut() {
            Some(Frame::Paragraph(paragraph, _)) => Some(paragraph),
            _ => None,
        }
    }

    /// Takes the open paragraph out of its place with all that hangs on it, to be put back where it belongs.
    pub fn lift_paragraph(&mut self) -> Option<Lifted> {
        self.paragraph()?;
        self.frames.pop().map(Lifted)
    }

    pub fn resume(&mut self, paragraph: Lifted) {
        self.frames.push(paragraph.0);
    }

    /// Words into the open paragraph; line breaks are said by [`Self::line_break`].
    pub fn push(&mut self, words: &str) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.push(words);
        }
    }

    /// Letters that stand in the file by other means than text.
    pub fn push_made(&mut self, words: &str) {
        if self.paragraph().is_some() {
            self.tally.make(words);
            self.push(words);
        }
    }

    pub fn line_break(&mut self) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.text.push('\n');
        }
    }

    pub fn heading(&mut self) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.is_heading = true;
        }
    }

    /// The end of the open paragraph was deleted.
    pub fn run_on(&mut self) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.runs_on = true;
        }
    }

    /// The number or bullet of a list's point, before its first word.
    pub fn number(&mut self, number: &str) {
        let number = number.trim();
        if let Some(paragraph) = self.paragraph().filter(|paragraph| paragraph.text.is_empty() && !number.is_empty()) {
            paragraph.number(&format!("{number} "));
        }
    }

    /// The place a note belongs to.
    pub fn refer(&mut self, key: &str) {
        let known = self.references.iter().position(|one| one == key);
        let number = known.unwrap_or_else(|| {
            self.references.push(key.to_owned());
            self.references.len() - 1
        }) + 1;
        if let Some(paragraph) = self.paragraph() {
            paragraph.refer(&format!("[{number}]"));
        }
    }

    /// What a picture shows, as somebody described it; nobody says it. `false` where no paragraph is open.
    pub fn picture(&mut self, shown: &str) -> bool {
        let shown = on_one_line(shown);
        if is_file_name(&shown) {
            return true;
        }
        let Some(paragraph) = self.paragraph() else { return shown.is_empty() };
        if !shown.is_empty() {
            if paragraph.text.ends_with(|letter: char| !letter.is_whitespace()) {
                paragraph.text.push(' ');
            }
            paragraph.refer(&format!("[picture: {shown}]"));
        }
        true
    }

    /// Where the words begin that a comment is about; between paragraphs, with the next one.
    pub fn comment_start(&mut self, key: String) {
        match self.paragraph() {
            Some(paragraph) => paragraph.mark(Mark::CommentStart(key)),
            None => self.begun.push(key),
        }
    }

    /// Where they end; between paragraphs, with the one before.
    pub fn comment_end(&mut self, key: String) {
        if let Some(paragraph) = self.paragraph() {
            paragraph.mark(Mark::CommentEnd(key));
        } else if let Some(Block::Paragraph(last)) = self.siblings().and_then(|blocks| blocks.last_mut()) {
            last.mark(Mark::CommentEnd(key));
        }
    }

    /// Blocks beside which the next one will stand.
    fn siblings(&mut self) -> Option<&mut Vec<Block>> {
        match self.frames.last_mut() {
            None => Some(&mut self.blocks),
            Some(
                Frame::Paragraph(_, blocks)
                | Frame::Cell(blocks)
                | Frame::Note(_, blocks)
                | Frame::Box(blocks)
                | Frame::Margin(_, blocks)
                | Frame::Comment(Comment { blocks, .. }),
            ) => Some(blocks),
            Some(Frame::Table(_) | Frame::Row(_)) => None,
        }
    }

    /// Hands what is complete to what is around it.
    fn place(&mut self, block: Block) {
        if let Some(blocks) = self.siblings() {
            match (blocks.last_mut(), block) {
                (Some(Block::Paragraph(last)), Block::Paragraph(next)) if last.runs_on => last.take_in(next),
                (_, block) => blocks.push(block),
            }
        } else {
            match self.frames.last_mut() {
                Some(Frame::Table(rows)) => rows.push(vec![vec![block]]),
                Some(Frame::Row(cells)) => cells.push(vec![block]),
                _ => {}
            }
        }
    }
}

/// What a program puts for a description where nobody wrote one: a place on somebody's disk.
fn is_file_name(shown: &str) -> bool {
    let end = shown.rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_picture = ["jpg", "jpeg", "png", "gif", "bmp", "emf", "wmf", "tif", "tiff"].contains(&end.as_str());
    shown.contains(":\\") || shown.starts_with("file:") || (is_picture && !shown.contains(' '))
}

/// Letters and digits in blocks, numbers made by the reader left out.
pub fn words_of(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => letters(&paragraph.text) - paragraph.made(),
            Block::Table(rows) => rows.iter().flatten().map(|cell| words_of(cell)).sum(),
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(composition: &mut Composition, words: &str) {
        composition.open_paragraph();
        composition.push(words);
        composition.close();
    }

    fn texts(blocks: &[Block]) -> Vec<&str> {
        let paragraphs = blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Table(_) => None,
        });
        paragraphs.collect()
    }

    #[test]
    fn text_boxes_follow_the_paragraph_they_hang_on() {
        let mut composition = Composition::default();
        composition.open_paragraph();
        composition.push("out");
        paragraph(&mut composition, "in");
        composition.push("er");
        composition.close();
        assert_eq!(texts(&composition.blocks), ["outer", "in"]);
    }

    #[test]
    fn a_deleted_end_joins_two_paragraphs() {
        let mut composition = Composition::default();
        for (words, number, runs_on) in [("a", "1.", true), ("b", "2.", false), ("c", "", false)] {
            composition.open_paragraph();
            composition.number(number);
            composition.push(words);
            if runs_on {
                composition.run_on();
            }
            composition.close();
        }
        assert_eq!(texts(&composition.blocks), ["1. ab", "c"]);
    }

    #[test]
    fn what_is_no_letter_of_a_text_stays_out() {
        let mut composition = Composition::default();
        paragraph(&mut composition, "co\u{ad}-op\r\n\u{1}x\ty");
        assert_eq!(texts(&composition.blocks), ["co-op   x\ty"]);
        composition.open_paragraph();
        composition.number("7.");
        composition.close();
        assert_eq!(texts(&composition.blocks)[1], "");
    }

    #[test]
    fn what_a_picture_shows_is_said_and_where_it_lay_is_not() {
        let mut composition = Composition::default();
        composition.open_paragraph();
        composition.push("See");
        for shown in ["C:\\Users\\me\\my picture", "image1.PNG", "", "a  map"] {
            assert!(composition.picture(shown));
        }
        composition.close();
        assert_eq!(texts(&composition.blocks), ["See [picture: a map]"]);
        assert!(!composition.picture("shown between paragraphs"));
    }

    #[test]
    fn whatever_is_left_open_is_kept() {
        let mut composition = Composition::default();
        composition.open_table();
        composition.open_row();
        composition.open_cell();
        composition.open_paragraph();
        composition.push("end");
        composition.finish();
        assert_eq!(words_of(&composition.blocks), 3);
    }
}
