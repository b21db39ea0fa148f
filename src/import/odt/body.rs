//! The text of an OpenDocument file is read into a composition.
//!
//! Spaces run together as the format says. What was deleted while changes were tracked lies apart
//! from the text and is counted; insertions stand in it. Elements go by their usual prefixes, which
//! every known writer uses.

use super::lists::Lists;
use super::styles::Styles;
use crate::diagnostic::Result;
use crate::import::completeness::Loss;
use crate::import::composition::Composition;
use crate::import::xml::{self, Listener, Step, attribute, local};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Spaces that one element may stand for.
const MOST_SPACES: usize = 1_000;

pub struct Body {
    pub composition: Composition,
    styles: Styles,
    formulas: BTreeMap<String, String>,
    /// Where words passed over go; `None`: nowhere, they are no words.
    loss: Option<Loss>,
    /// Where the text is: its body, or headers and footers.
    pub place: Place,
    /// Of the spans, paragraphs and sections around the place: whether each is hidden.
    hidden: Vec<bool>,
    in_changes: bool,
    in_formula: usize,
    is_author: bool,
    /// Of the frames around the place: what each shows, as it is described.
    frames: Vec<String>,
    in_description: bool,
    lists: Lists,
    comments: usize,
}

#[derive(PartialEq, Eq)]
pub enum Place {
    Outside,
    Text,
    Margins,
}

impl Body {
    pub fn new(styles: Styles, formulas: BTreeMap<String, String>) -> Self {
        Body {
            composition: Composition::default(),
            styles,
            formulas,
            loss: None,
            place: Place::Outside,
            hidden: Vec::new(),
            in_changes: false,
            in_formula: 0,
            is_author: false,
            frames: Vec::new(),
            in_description: false,
            lists: Lists::default(),
            comments: 0,
        }
    }

    /// Reads the text itself, with so many elements one inside the other at most.
    pub fn read(&mut self, content: &str, deepest: u64) -> Result<()> {
        xml::walk_within(deepest, content, self)
    }

    pub fn finish(self) -> Composition {
        self.composition
    }

    fn over(&mut self, loss: Option<Loss>) -> Step {
        self.loss = loss;
        Step::Over
    }

    fn is_hidden(&self) -> bool {
        self.hidden.contains(&true)
    }

    fn within(&mut self, name: &str, element: &BytesStart) -> Step {
        match name {
            "text:p" | "text:h" | "table:table" | "text:list" if self.in_changes => {
                return self.over(Some(Loss::Deleted));
            }
            "text:p" | "text:h" => self.paragraph(name == "text:h", element),
            "text:span" | "text:section" => self.hide(element),
            "text:s" => {
                let count = attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.composition.push(&" ".repeat(MOST_SPACES.min(count)));
            }
            "text:tab" => self.composition.push("\t"),
            "text:line-break" => self.composition.line_break(),
            "text:list" => self.lists.open(&self.styles, element),
            "text:list-item" => self.lists.point(element),
            "text:list-header" => self.lists.header(),
            "table:table" => self.composition.open_table(),
            "table:table-row" => self.composition.open_row(),
            "table:table-cell" | "table:covered-table-cell" => self.composition.open_cell(),
            "text:note" => {
                let key = attribute(element, "id").unwrap_or_else(|| self.composition.references.len().to_string());
                self.composition.refer(&key);
                self.composition.open_note(key);
            }
            "office:annotation" => self.comment(element),
            "office:annotation-end" => {
                self.composition.comment_end(attribute(element, "name").unwrap_or_default());
            }
            "text:tracked-changes" => self.in_changes = true,
            "text:deletion" => self.composition.changes.deletions += 1,
            "text:insertion" => self.composition.changes.insertions += 1,
            "dc:creator" => self.is_author = self.composition.comment().is_some(),
            "text:hidden-text" | "text:hidden-paragraph"
                if attribute(element, "is-hidden").is_none_or(|hidden| hidden == "true") =>
            {
                let words = attribute(element, "string-value").unwrap_or_default();
                self.composition.tally.make(&words);
                self.composition.tally.lose(Loss::Hidden, &words);
                return self.over(Some(Loss::Hidden));
            }
            "draw:frame" => self.frames.push(String::new()),
            "svg:title" | "svg:desc" if !self.frames.is_empty() => {
                self.in_description = true;
                // The description says more than the title.
                self.frames.last_mut().into_iter().for_each(String::clear);
            }
            "draw:image" => self.composition.tally.lose_many(Loss::Picture, 1),
            "draw:object" | "draw:object-ole" => self.object(element),
            "math" | "math:math" => self.in_formula += 1,
            other => return self.apart(other),
        }
        Step::Into
    }

    /// What is no text of the document, or not to be seen in it.
    fn apart(&mut self, name: &str) -> Step {
        match name {
            "text:ruby-text" => self.over(Some(Loss::Reading)),
            "svg:title" | "svg:desc" | "table:title" | "table:desc" => self.over(Some(Loss::Drawing)),
            "office:change-info"
            | "dc:date"
            | "meta:creator-initials"
            | "text:note-citation"
            | "text:number"
            | "office:forms"
            | "text:script"
            | "office:binary-data"
            | "loext:sender-initials" => self.over(None),
            name if name.ends_with("-source") => self.over(None),
            name if self.in_formula > 0 && local(name) == "annotation" => self.over(None),
            _ => Step::Into,
        }
    }

    fn paragraph(&mut self, is_heading: bool, element: &BytesStart) {
        self.composition.open_paragraph();
        self.hide(element);
        if is_heading {
            self.composition.heading();
        }
        let number = self.lists.number(&self.styles, element, is_heading);
        self.composition.number(&number);
    }

    fn hide(&mut self, element: &BytesStart) {
        let is_styled = attribute(element, "style-name").is_some_and(|style| self.styles.is_hidden(&style));
        self.hidden.push(is_styled || attribute(element, "display").is_some_and(|display| display == "none"));
    }

    /// A comment stands in the text where it begins.
    fn comment(&mut self, element: &BytesStart) {
        self.comments += 1;
        let key = attribute(element, "name").unwrap_or_else(|| format!("comment {}", self.comments));
        self.composition.comment_start(key.clone());
        self.composition.open_comment(key, None);
    }

    fn object(&mut self, element: &BytesStart) {
        let folder = attribute(element, "href").unwrap_or_default();
        match self.formulas.get(folder.trim_start_matches("./")) {
            Some(formula) => {
                let formula = formula.clone();
                self.composition.push_made(&formula);
            }
            None if folder.is_empty() => {}
            None => self.composition.tally.lose_many(Loss::Embedded, 1),
        }
    }

    /// Text with its spaces run together, none at the start of a paragraph or behind another.
    fn words(&mut self, words: &str) {
        let Some(paragraph) = self.composition.paragraph() else { return };
        let mut is_spaced = paragraph.text.is_empty() || paragraph.text.ends_with([' ', '\n']);
        let mut run = String::with_capacity(words.len());
        for letter in words.chars() {
            let is_space = matches!(letter, ' ' | '\t' | '\n' | '\r');
            if !is_space {
                run.push(letter);
            } else if !is_spaced {
                run.push(' ');
            }
            is_spaced = is_space;
        }
        self.composition.push(&run);
    }
}

impl Listener for Body {
    fn start(&mut self, element: &BytesStart) -> Step {
        let name = element.name();
        if self.place != Place::Outside {
            return self.within(name.as_ref(), element);
        }
        match name.as_ref() {
            "office:text" => self.place = Place::Text,
            "office:automatic-styles"
            | "office:styles"
            | "office:master-styles"
            | "office:meta"
            | "office:settings"
            | "office:scripts"
            | "office:font-face-decls" => return Step::Over,
            _ => {}
        }
        Step::Into
    }

    fn end(&mut self, element: &str) {
        match element {
            "office:text" => self.place = Place::Outside,
            "text:p" | "text:h" => {
                self.hidden.pop();
                self.composition.close();
            }
            "text:span" | "text:section" => {
                self.hidden.pop();
            }
            "table:table"
            | "table:table-row"
            | "table:table-cell"
            | "table:covered-table-cell"
            | "text:note"
            | "office:annotation" => self.composition.close(),
            "text:list" => self.lists.close(),
            "text:tracked-changes" => self.in_changes = false,
            "dc:creator" => self.is_author = false,
            "svg:title" | "svg:desc" => self.in_description = false,
            "draw:frame" => {
                let shown = self.frames.pop().unwrap_or_default();
                if !self.composition.picture(&shown) {
                    self.composition.tally.make(&shown);
                    self.composition.tally.lose(Loss::Drawing, &shown);
                }
            }
            "math" | "math:math" => self.in_formula = self.in_formula.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if self.place == Place::Outside {
            return;
        }
        if self.in_description {
            self.composition.tally.set_aside(words);
            self.frames.last_mut().into_iter().for_each(|shown| shown.push_str(words));
        } else if self.is_author {
            self.composition.tally.set_aside(words);
            if let Some(comment) = self.composition.comment() {
                comment.author.get_or_insert_default().push_str(words);
            }
        } else if self.is_hidden() {
            self.composition.tally.lose(Loss::Hidden, words);
        } else {
            self.words(words);
        }
    }

    fn passed(&mut self, words: &str) {
        if self.place == Place::Outside {
            return;
        }
        match self.loss {
            Some(loss) => self.composition.tally.lose(loss, words),
            None => self.composition.tally.set_aside(words),
        }
    }
}
