//! Word documents (docx): styles, headings, paragraphs, tables whose headings repeat on every page,
//! comments, footer with page numbers, language. The same paper always gives the same bytes.
//!
//! [`Paper`] is what is to be printed, `body` its text as XML, `package` the parts around it and the
//! archive they lie in.

mod body;
mod drawing;
mod marks;
mod package;
mod report;

pub use report::Docx;

use crate::picture::{Figure, Picture};

/// A paper, ready to be written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    /// Among the particulars of the file; what stands at the top of the first page is a paragraph.
    pub title: String,
    /// Particulars of one's own that word processors keep when they save the file again.
    pub properties: Vec<(String, String)>,
    /// At the foot of every page, before its number.
    pub footer: String,
    /// The pages lie on their side.
    pub is_wide: bool,
    /// Set closer, with smaller letters: a paper that is to stay on few pages.
    pub is_close: bool,
    pub blocks: Vec<Block>,
    /// What [`Inline::Begin`] and [`Inline::End`] count.
    pub comments: Vec<Comment>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Grid),
    /// Drawn in shapes; left out in large print, where its letters would be too small.
    Drawing(Box<Picture>),
    /// A grid of signs on shaded cells.
    Marks(Box<Figure>),
    PageBreak,
    /// What follows begins on a page of its own, which is page 1.
    NewPart,
}

impl Paper {
    fn has_parts(&self) -> bool {
        self.blocks.contains(&Block::NewPart)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub style: Style,
    pub content: Vec<Inline>,
}

/// What a paragraph is; `styles.xml` says how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Title,
    Subtitle,
    /// 1 to 4.
    Heading(u8),
    Body,
    /// The same, on the page of what follows it.
    Together,
    /// A numbered turn: its number hangs in the margin.
    Turn,
    Quote,
    /// Who said what is quoted above.
    Source,
    Note,
    /// The same, in a frame: nobody is to miss it.
    Notice,
    /// A point of a list, marked by hand.
    Point,
    /// Above a table.
    Caption,
    Cell,
    /// What is quoted in a cell, and who said it.
    CellQuote,
    CellSource,
    /// The same over rows that it heads: on their page.
    CellHead,
}

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Line breaks in it are kept.
    Text(String, Face),
    Tab,
    /// Comment number so much begins, or ends, here.
    Begin(usize),
    End(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    Plain,
    Strong,
    Emphasis,
    Faint,
    Small,
}

/// A table. A row of fewer cells than its heading heads those below it: the last reaches over the rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Repeated on every page; `None`: nothing heads the columns.
    pub head: Option<Vec<String>>,
    pub rows: Vec<Vec<Vec<Paragraph>>>,
    /// All columns are equally wide, whatever stands in them.
    pub is_even: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub author: String,
    pub text: String,
}

impl Paragraph {
    pub fn plain(style: Style, text: impl Into<String>) -> Self {
        Paragraph { style, content: vec![Inline::Text(text.into(), Face::Plain)] }
    }
}

/// The bytes of the file.
pub fn write(paper: &Paper) -> Vec<u8> {
    write_as(paper, super::Print::Usual)
}

/// The same in letters of a size.
pub fn write_as(paper: &Paper, print: super::Print) -> Vec<u8> {
    package::archive(paper, print)
}

#[cfg(test)]
mod tests;
