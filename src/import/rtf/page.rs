//! The text of an RTF file as it is put together: paragraphs that begin with their first word, notes,
//! comments, boxes and margins that are texts of their own.

use super::table::Table;
use super::words::Destination;
use crate::import::composition::Composition;
use crate::import::symbol::bullet;
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Page {
    pub composition: Composition,
    /// Styles of headings.
    headings: BTreeSet<i32>,
    place: Place,
    /// Places around the notes and boxes that are open.
    outer: Vec<Place>,
    /// Of the next comment, and of the comment or range that is told of.
    pub author: String,
    pub key: String,
    notes: usize,
    comments: usize,
}

/// What is said of the paragraphs to come.
#[derive(Default)]
struct Place {
    table: Table,
    style: i32,
    is_heading: bool,
    /// The number or bullet of the next one.
    number: String,
}

impl Page {
    pub fn write(&mut self, words: &str) {
        self.begin_paragraph();
        self.composition.push(words);
    }

    pub fn number(&mut self, words: &str) {
        self.place.number.push_str(words);
    }

    /// Headings are told by the names of their styles.
    pub fn style(&mut self, style: i32, name: &str) {
        const NAMES: [&str; 4] = ["heading ", "überschrift ", "titre ", "berschrift "];
        let name = name.trim().trim_end_matches(';').to_lowercase();
        if NAMES.iter().any(|start| name.starts_with(start)) {
            self.headings.insert(style);
        }
    }

    /// Control words that part the text or say what a paragraph is.
    pub fn lay_out(&mut self, word: &str, number: Option<i32>) {
        let place = &mut self.place;
        match word {
            "par" => {
                self.begin_paragraph();
                self.end_paragraph();
            }
            "sect" | "nestcell" | "nestrow" => self.end_paragraph(),
            "line" | "lbr" | "softline" => {
                self.begin_paragraph();
                self.composition.line_break();
            }
            "page" | "column" => self.composition.line_break(),
            "cell" => {
                place.number.clear();
                place.table.end_cell(&mut self.composition);
            }
            "row" => place.table.end_row(&mut self.composition),
            "trowd" | "intbl" => place.table.is_within = true,
            "itap" => place.table.is_within = number != Some(0),
            "pard" => {
                place.table.is_within = false;
                place.style = 0;
                place.is_heading = false;
            }
            "s" => place.style = number.unwrap_or(0),
            "outlinelevel" => place.is_heading = number.is_some_and(|level| level < 9),
            _ => {}
        }
    }

    /// A group of its own kind begins.
    pub fn begin(&mut self, destination: Destination) {
        match destination {
            Destination::Nowhere(Some(loss)) => self.composition.tally.lose_many(loss, 1),
            Destination::Note => {
                self.notes += 1;
                // Padded, so that keys sort as they are met.
                let key = format!("{:08}", self.notes);
                self.begin_paragraph();
                self.composition.refer(&key);
                self.composition.open_note(key);
                self.enter();
            }
            Destination::Comment => {
                self.comments += 1;
                let author = std::mem::take(&mut self.author);
                let key = format!("comment {}", self.comments);
                self.begin_paragraph();
                self.composition.comment_end(key.clone());
                self.composition.open_comment(key, Some(author.trim().to_owned()));
                self.enter();
            }
            Destination::Margin(name) => {
                self.composition.open_margin(name);
                self.enter();
            }
            Destination::Box => {
                self.composition.open_box();
                self.enter();
            }
            Destination::ListNumber => self.place.number.clear(),
            Destination::CommentAuthor => self.author.clear(),
            Destination::CommentStart | Destination::CommentEnd | Destination::CommentKey => self.key.clear(),
            _ => {}
        }
    }

    /// The group that began a destination ends.
    pub fn end(&mut self, destination: Destination) {
        let key = format!("marked {}", self.key.trim());
        match destination {
            Destination::Note | Destination::Box | Destination::Comment | Destination::Margin(_) => self.leave(),
            Destination::CommentStart => self.composition.comment_start(key),
            Destination::CommentEnd => self.composition.comment_end(key),
            Destination::CommentKey => {
                if let Some(comment) = self.composition.comment() {
                    comment.key = key;
                }
            }
            _ => {}
        }
    }

    /// Whatever is open ends with the file.
    pub fn finish(mut self) -> Composition {
        self.end_paragraph();
        self.place.table.close(&mut self.composition);
        self.composition
    }

    fn begin_paragraph(&mut self) {
        if self.composition.paragraph().is_some() {
            return;
        }
        let place = &mut self.place;
        place.table.prepare(&mut self.composition);
        self.composition.open_paragraph();
        self.composition.number(&as_shown(std::mem::take(&mut place.number).trim()));
        if place.is_heading || self.headings.contains(&place.style) {
            self.composition.heading();
        }
    }

    fn end_paragraph(&mut self) {
        if self.composition.paragraph().is_some() {
            self.composition.close();
        }
        self.place.number.clear();
    }

    /// A text of its own begins, with tables and styles of its own.
    fn enter(&mut self) {
        self.outer.push(std::mem::take(&mut self.place));
    }

    fn leave(&mut self) {
        self.end_paragraph();
        self.place.table.close(&mut self.composition);
        self.composition.close();
        self.place = self.outer.pop().unwrap_or_default();
    }
}

/// A number as it stands; a bullet of whatever font as a bullet.
fn as_shown(number: &str) -> String {
    let mut letters = number.chars();
    match (letters.next(), letters.next()) {
        (Some(mark), None) => bullet(mark, None).to_string(),
        _ => number.to_owned(),
    }
}
