//! Renderers: a [`Report`] in, bytes out. One output format per file; the same report always gives
//! the same bytes. None of them decides what may be shown: that was settled in [`crate::report`].
//!
//! A new format for files is one file here and one line in [`RENDERERS`]. The terminal is not a
//! file: see [`terminal::show`].

pub mod ballot;
pub mod cards;
pub mod chart;
pub mod codebook;
pub mod csv;
pub mod docx;
pub mod drawing;
pub mod figure;
mod heat;
mod prose;
pub mod html;
pub mod json;
pub mod markdown;
pub mod readback;
mod side;
pub mod terminal;
pub mod xlsx;

use crate::diagnostic::{Result, fault};
use crate::report::Report;
use crate::text::words::on_one_line;

/// A format reports are written in.
pub trait Renderer: Sync {
    /// Name on the command line.
    fn key(&self) -> &'static str;

    /// Ending of the file, without the dot.
    fn extension(&self) -> &'static str;

    /// Fault `too-large`: the format cannot hold so much.
    fn render(&self, report: &Report) -> Result<Vec<u8>>;

    /// The same in large print (18 point, wide margins); `None`: the format is not one that is printed.
    fn render_large(&self, _report: &Report) -> Option<Result<Vec<u8>>> {
        None
    }
}

/// How large the letters and how wide the margins of a paper are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Print {
    Usual,
    /// 18 points and more.
    Large,
}

impl Print {
    /// What a paper is written as where no format was named.
    pub fn formats(self) -> Vec<String> {
        let other = match self {
            Print::Usual => "md",
            Print::Large => "docx",
        };
        vec!["html".to_owned(), other.to_owned()]
    }

    /// Fault `not-printed`: a format that nobody prints.
    pub fn of(self, renderer: &dyn Renderer, report: &Report) -> Result<Vec<u8>> {
        match self {
            Print::Usual => renderer.render(report),
            Print::Large => renderer.render_large(report).unwrap_or_else(|| {
                Err(fault("not-printed", format!("'{}' has no large print", renderer.key()))
                    .hint("with --large-print ask for --to html, --to docx or --to pdf"))
            }),
        }
    }
}

/// Every format for files, in the order help lists them.
pub static RENDERERS: &[&dyn Renderer] =
    &[&markdown::Markdown, &html::Html, &docx::Docx, &xlsx::Excel, &csv::Csv, &json::Json];

/// The renderer of that name; `markdown` is `md` too, and `svg` writes the drawing of a report that has one.
pub fn find(key: &str) -> Option<&'static dyn Renderer> {
    let key = if key == "markdown" { "md" } else { key };
    RENDERERS.iter().copied().find(|renderer| renderer.key() == key).or((key == "svg").then_some(&drawing::Drawing))
}

/// Text without control characters, line breaks apart; tabs become spaces. Characters that turn the
/// direction of what follows go too: they could make a line read as what it is not.
fn visible(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n")
        .replace('\t', " ")
        .chars()
        .filter(|c| *c == '\n' || !(c.is_control() || turns(*c)))
        .collect()
}

/// All on one line.
fn one_line(text: &str) -> String {
    on_one_line(&visible(text))
}

#[cfg(test)]
mod every;
#[cfg(test)]
mod tests;

#[cfg(test)]
mod tidy {
    use super::*;

    #[test]
    fn control_characters_are_dropped_and_breaks_are_kept() {
        assert_eq!(visible("a\u{1b}[31mb\r\nc\td\u{7}\u{202e}e"), "a[31mb\nc de");
        assert_eq!(one_line(" a\n\n b "), "a b");
    }

    #[test]
    fn every_format_is_found_by_its_name() {
        for renderer in RENDERERS {
            assert_eq!(find(renderer.key()).unwrap().extension(), renderer.extension());
        }
        assert_eq!(find("markdown").unwrap().key(), "md");
        assert!(find("pdf").is_none());
    }
}
