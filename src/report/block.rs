//! The neutral document a report is made of. It knows neither Markdown nor HTML, and holds no
//! markup: every text in it is plain and is escaped by the renderer.

use super::{NONE_FOUND, TO_WRITE};
use crate::document::Voice;
use crate::participant::Audience;
use crate::picture::Figure;
use crate::table::Table;
pub use crate::text::words::counted as count_of;
use serde_json::Value;

/// A finished report, ready for any renderer.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Name on the command line: `agenda`.
    pub key: &'static str,
    pub title: String,
    pub subtitle: String,
    pub audience: Audience,
    pub blocks: Vec<Block>,
    /// The report as one rectangle, for CSV.
    pub sheet: Table,
    /// The report for machines: stable keys in `snake_case`.
    pub data: Value,
}

impl Report {
    /// Stem of its file: one for each audience, so that none is written over another's.
    pub fn stem(&self) -> String {
        match self.audience {
            Audience::Team => self.key.to_owned(),
            others => format!("{}-for-{others}", self.key),
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Levels begin at 2: the title of the report is 1. `id` is unique in the report.
    Heading {
        level: u8,
        text: String,
        id: String,
    },
    Paragraph(Vec<Run>),
    List {
        ordered: bool,
        items: Vec<Vec<Run>>,
    },
    Quote(Quote),
    /// The first column heads its row.
    Table {
        caption: String,
        table: Table,
    },
    /// A table whose numbers, from the third column on, are shaded by size.
    Heat {
        caption: String,
        table: Table,
        /// A row a number, with the query that lists what it counts: where there is room for it.
        cells: Table,
    },
    /// A drawing, with the same as a table for readers who do not see it.
    Figure(Box<Figure>),
    /// Terms and what is said of them.
    Pairs(Vec<(String, Vec<Run>)>),
    /// Two sides that get the same space.
    Facing(Box<[Side; 2]>),
    /// Sides one after the other, each as long as what it holds.
    Sides(Vec<Side>),
    Note {
        kind: NoteKind,
        text: String,
    },
    PageBreak,
}

/// A stretch of text within a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    Plain(String),
    Strong(String),
    Emphasis(String),
    /// Somebody's words, marks included.
    Quotation(String),
    /// `TO WRITE`, `none found`, `[words withheld …]`.
    Gap(String),
    /// In small letters on a line of its own.
    Small(String),
}

/// A passage set apart, or the placeholder that stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// With quotation marks only where [`Voice::is_quotable`].
    pub text: String,
    pub attribution: String,
    pub voice: Voice,
    /// `text` is a placeholder.
    pub withheld: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    pub title: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// Something every reader must know before reading on.
    Notice,
    /// How a number or a choice came about.
    Rule,
    /// What was kept back.
    Withheld,
    /// What the team still has to write.
    ToWrite,
}

impl Block {
    pub fn heading(level: u8, text: impl Into<String>, id: impl Into<String>) -> Self {
        Block::Heading { level, text: text.into(), id: slug(&id.into()) }
    }

    pub fn paragraph(text: impl Into<String>) -> Self {
        Block::Paragraph(vec![Run::Plain(text.into())])
    }

    pub fn rule(text: impl Into<String>) -> Self {
        Block::Note { kind: NoteKind::Rule, text: text.into() }
    }

    pub fn notice(text: impl Into<String>) -> Self {
        Block::Note { kind: NoteKind::Notice, text: text.into() }
    }

    pub fn to_write(what: &str) -> Self {
        Block::Note { kind: NoteKind::ToWrite, text: format!("{TO_WRITE}: {what}") }
    }

    /// What was looked for is not there.
    pub fn none_found() -> Self {
        Block::Paragraph(vec![Run::Gap(NONE_FOUND.to_owned())])
    }

    /// The same, naming it.
    pub fn none_of(what: &str) -> Self {
        Block::Paragraph(vec![Run::plain(format!("{what}: ")), Run::Gap(NONE_FOUND.to_owned())])
    }

    /// A list; where it would be empty, that nothing was found.
    pub fn list(ordered: bool, items: Vec<Vec<Run>>) -> Self {
        if items.is_empty() { Block::none_found() } else { Block::List { ordered, items } }
    }

    /// The same of plain lines.
    pub fn lines(texts: &[String]) -> Self {
        Block::list(false, texts.iter().map(|text| vec![Run::plain(text.clone())]).collect())
    }

    /// All that can be read in it, line by line.
    pub fn text(&self) -> String {
        let said = Run::together;
        let lines: Vec<String> = match self {
            Block::Heading { text, .. } | Block::Note { text, .. } => vec![text.clone()],
            Block::Paragraph(runs) => vec![said(runs)],
            Block::List { items, .. } => items.iter().map(|item| said(item)).collect(),
            Block::Quote(quote) => vec![quote.text.clone(), quote.attribution.clone()],
            Block::Table { caption, table } | Block::Heat { caption, table, .. } => {
                let titles = table.columns.iter().map(|column| column.title.clone());
                let cells = table.rows.iter().flat_map(|row| row.iter().zip(&table.columns));
                let cells = cells.map(|(cell, column)| cell.show(column.decimals));
                std::iter::once(caption.clone()).chain(titles).chain(cells).collect()
            }
            Block::Pairs(pairs) => pairs.iter().map(|(term, runs)| format!("{term}: {}", said(runs))).collect(),
            Block::Figure(figure) => vec![figure.title.clone(), figure.description.clone()],
            Block::Facing(sides) => sides.iter().map(Side::text).collect(),
            Block::Sides(sides) => sides.iter().map(Side::text).collect(),
            Block::PageBreak => Vec::new(),
        };
        lines.join("\n")
    }

    pub fn table(caption: impl Into<String>, table: Table) -> Self {
        Block::Table { caption: caption.into(), table }
    }
}

impl Side {
    fn text(&self) -> String {
        std::iter::once(self.title.clone()).chain(self.blocks.iter().map(Block::text)).collect::<Vec<_>>().join("\n")
    }
}

impl Run {
    pub fn plain(text: impl Into<String>) -> Self {
        Run::Plain(text.into())
    }

    /// The text, or a visible gap where there is none.
    pub fn or_to_write(text: Option<&str>) -> Self {
        match text.map(str::trim) {
            Some(text) if !text.is_empty() => Run::plain(text),
            _ => Run::Gap(TO_WRITE.to_owned()),
        }
    }

    /// All of a line; what stands on a line of its own is parted by a space.
    pub fn together(runs: &[Run]) -> String {
        let mut said = String::new();
        for run in runs {
            if matches!(run, Run::Small(_)) && !said.is_empty() {
                said.push(' ');
            }
            said.push_str(run.text());
        }
        said
    }

    pub fn text(&self) -> &str {
        match self {
            Run::Plain(text)
            | Run::Strong(text)
            | Run::Emphasis(text)
            | Run::Quotation(text)
            | Run::Gap(text)
            | Run::Small(text) => text,
        }
    }

    pub fn text_mut(&mut self) -> &mut String {
        match self {
            Run::Plain(text)
            | Run::Strong(text)
            | Run::Emphasis(text)
            | Run::Quotation(text)
            | Run::Gap(text)
            | Run::Small(text) => text,
        }
    }
}

/// Lower-case letters, digits and hyphens: safe in a link.
fn slug(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
}

/// `2026-03-11` as `11 March 2026`; what is no day as it was typed.
pub fn day_in_words(typed: &str) -> String {
    day_set(typed, "%-d %B %Y")
}

/// `2026-03-11` as `Wednesday 11 March 2026`, likewise.
pub fn weekday_in_words(typed: &str) -> String {
    day_set(typed, "%A %-d %B %Y")
}

fn day_set(typed: &str, form: &str) -> String {
    typed.parse::<jiff::civil::Date>().map_or_else(|_| typed.to_owned(), |day| day.strftime(form).to_string())
}

/// The first letter a capital.
pub fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(count_of(0, "source"), "0 sources");
        assert_eq!(count_of(1, "person"), "1 person");
        assert_eq!(count_of(2, "person"), "2 people");
        assert_eq!(count_of(3, "uncertainty"), "3 uncertainties");
    }

    #[test]
    fn a_day_is_read_in_words() {
        assert_eq!(day_in_words("2026-03-01"), "1 March 2026");
        assert_eq!(day_in_words("in spring"), "in spring");
    }

    #[test]
    fn ids_are_safe_in_links() {
        assert_eq!(slug("U1.gj~k7\" onclick"), "u1-gj-k7--onclick");
    }
}
