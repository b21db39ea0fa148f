//! WordprocessingML: the text parts of a Word document are read into a composition.
//!
//! Tracked insertions are kept and deletions left out, as if all changes were accepted. Elements go
//! by their local names, so that transitional and strict files read alike.

mod word2003;

use super::numbering::Numbering;
use super::styles::Styles;
use crate::diagnostic::Result;
use crate::import::completeness::{Loss, letters};
use crate::import::composition::Composition;
use crate::import::symbol::SymbolFont;
use crate::import::xml::{self, Listener, Step, attribute, is_on, local};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

pub struct Body {
    composition: Composition,
    styles: Styles,
    numbering: Numbering,
    /// Lines of the files that stand in the text, by id.
    chunks: BTreeMap<String, Vec<String>>,
    /// Where words passed over go; `None`: nowhere, they are no words.
    loss: Option<Loss>,
    paragraph: Properties,
    is_in_properties: bool,
    in_text: bool,
    /// Runs around the place, innermost last.
    runs: Vec<Run>,
    /// Contents with alternatives around the place: the first that holds anything is read.
    choices: Vec<Choice>,
    /// Letters and pictures read so far.
    read: usize,
    is_row_deleted: Vec<bool>,
    /// Of the elements around the place: whether text may not stand in them.
    is_frame: Vec<bool>,
    /// Of the annotations around the place, as Word 2003 has them: whether each is a comment.
    annotations: Vec<bool>,
}

/// What `w:pPr` said of the open paragraph.
#[derive(Default)]
struct Properties {
    style: Option<String>,
    outline: Option<u32>,
    list: Option<String>,
    level: Option<usize>,
    /// The number as Word 2003 shows it.
    shown: Option<String>,
    is_end_deleted: bool,
}

#[derive(Default)]
struct Run {
    is_hidden: bool,
    font: Option<SymbolFont>,
}

struct Choice {
    before: usize,
    is_read: bool,
}

impl Body {
    pub fn new(styles: Styles, numbering: Numbering, chunks: BTreeMap<String, Vec<String>>) -> Self {
        Body {
            composition: Composition::default(),
            styles,
            numbering,
            chunks,
            loss: None,
            paragraph: Properties::default(),
            is_in_properties: false,
            in_text: false,
            runs: Vec::new(),
            choices: Vec::new(),
            read: 0,
            is_row_deleted: Vec::new(),
            is_frame: Vec::new(),
            annotations: Vec::new(),
        }
    }

    /// Reads a part: the text, its notes or comments; or a header or footer, by name.
    pub fn read(&mut self, xml: &str, margin: Option<&'static str>, deepest: u64) -> Result<()> {
        if let Some(name) = margin {
            self.composition.open_margin(name);
        }
        xml::walk_within(deepest, xml, self)?;
        if margin.is_some() {
            self.composition.close();
        }
        Ok(())
    }

    pub fn finish(self) -> Composition {
        self.composition
    }

    fn over(&mut self, loss: Loss) -> Step {
        self.loss = Some(loss);
        Step::Over
    }

    fn aside(&mut self) -> Step {
        self.loss = None;
        Step::Over
    }

    fn properties(&mut self, name: &str, element: &BytesStart) -> Step {
        let value = || attribute(element, "val");
        match name {
            "pStyle" => self.paragraph.style = value(),
            "outlineLvl" => self.paragraph.outline = value().and_then(|level| level.parse().ok()),
            "numId" => self.paragraph.list = value(),
            "t" => self.paragraph.shown = value(),
            "ilvl" => self.paragraph.level = value().and_then(|level| level.parse().ok()),
            "del" | "moveFrom" => {
                self.paragraph.is_end_deleted = true;
                self.composition.changes.deletions += 1;
            }
            "ins" | "moveTo" => self.composition.changes.insertions += 1,
            "pPrChange" | "rPrChange" | "sectPr" => return self.aside(),
            _ => {}
        }
        Step::Into
    }

    /// All that is said of a paragraph has been read.
    fn settle(&mut self) {
        let Properties { style, outline, list, level, shown, is_end_deleted } = std::mem::take(&mut self.paragraph);
        let style = style.unwrap_or_default();
        if outline.map_or_else(|| self.styles.is_heading(&style), |level| level < 9) {
            self.composition.heading();
        }
        if is_end_deleted {
            self.composition.run_on();
        }
        if let Some(shown) = shown {
            return self.composition.number(&shown);
        }
        let of_style = self.styles.list(&style);
        let own_level = level.or_else(|| of_style.and_then(|(_, level)| level));
        if let Some(list) = list.or_else(|| of_style.map(|(list, _)| list.to_owned())) {
            let level = own_level.or_else(|| self.numbering.level_of(&list, &style)).unwrap_or(0);
            if let Some(number) = self.numbering.next(&list, level) {
                self.composition.number(&number);
            }
        }
    }

    fn within(&mut self, name: &str, element: &BytesStart) -> Step {
        match name {
            "p" => self.composition.open_paragraph(),
            "pPr" => {
                self.is_in_properties = true;
                self.paragraph = Properties::default();
            }
            "r" => self.runs.push(Run::default()),
            "t" => self.in_text = true,
            "tbl" => self.composition.open_table(),
            "tr" => {
                self.composition.open_row();
                self.is_row_deleted.push(false);
            }
            "tc" => self.composition.open_cell(),
            "br" | "cr" => self.composition.line_break(),
            "tab" | "ptab" => self.composition.push("\t"),
            "noBreakHyphen" => self.composition.push("\u{2011}"),
            "sym" => self.symbol(element),
            "den" => self.composition.push("/"),
            "sup" => self.composition.push("^"),
            "sub" => self.composition.push("_"),
            "footnoteReference" | "endnoteReference" => self.refer(name, element),
            "commentRangeStart" => self.composition.comment_start(id(element)),
            "commentRangeEnd" | "commentReference" => self.composition.comment_end(id(element)),
            "footnote" | "endnote" => return self.note(name, element),
            "comment" => self.composition.open_comment(id(element), attribute(element, "author")),
            "vanish" => self.run(|run| run.is_hidden = is_on(element)),
            "rStyle" => {
                let is_hidden = attribute(element, "val").is_some_and(|style| self.styles.is_hidden(&style));
                self.run(|run| run.is_hidden |= is_hidden);
            }
            "rFonts" => {
                let font = ["ascii", "hAnsi"].into_iter().find_map(|name| attribute(element, name));
                self.run(|run| run.font = font.and_then(|font| SymbolFont::named(&font)));
            }
            "AlternateContent" => self.choices.push(Choice { before: self.read, is_read: false }),
            "Choice" | "Fallback" if self.choices.last().is_some_and(|choice| choice.is_read) => return self.aside(),
            "blip" | "imagedata" => {
                self.read += 1;
                self.composition.tally.lose_many(Loss::Picture, 1);
            }
            "docPr" => {
                let shown = attribute(element, "descr").unwrap_or_default();
                self.read += letters(&shown);
                self.composition.picture(&shown);
            }
            "altChunk" => self.chunk(&id(element)),
            "annotation" => return self.annotation(element),
            "hdr" | "ftr" if !self.is_frame.is_empty() => {
                self.composition.open_margin(if name == "hdr" { "header" } else { "footer" });
            }
            "subDoc" | "OLEObject" => self.composition.tally.lose_many(Loss::Embedded, 1),
            other => return self.changes(other),
        }
        Step::Into
    }

    fn changes(&mut self, name: &str) -> Step {
        match name {
            "ins" | "moveTo" => self.composition.changes.insertions += 1,
            "del" | "moveFrom" => {
                self.composition.changes.deletions += 1;
                if let Some(is_deleted) = self.is_row_deleted.last_mut().filter(|_| self.runs.is_empty()) {
                    // Within a row's properties: the row; around runs there is a paragraph.
                    *is_deleted |= self.composition.paragraph().is_none();
                }
                return self.over(Loss::Deleted);
            }
            "delText" => return self.over(Loss::Deleted),
            "rt" => return self.over(Loss::Reading),
            "instrText" | "delInstrText" | "fldData" | "binData" | "rubyPr" | "tblPr" | "tblGrid" | "tcPr"
            | "sdtPr" | "sdtEndPr" | "tblPrEx" | "rPrChange" | "trPrChange" | "posOffset" | "align" | "pctWidth"
            | "pctHeight" | "pctPosHOffset" | "pctPosVOffset" => return self.aside(),
            _ => {}
        }
        Step::Into
    }

    fn run(&mut self, change: impl FnOnce(&mut Run)) {
        if let Some(run) = self.runs.last_mut() {
            change(run);
        }
    }

    fn refer(&mut self, name: &str, element: &BytesStart) {
        let stem = name.trim_end_matches("Reference");
        self.composition.refer(&format!("{stem} {}", id(element)));
    }

    /// A file that stands in the text.
    fn chunk(&mut self, id: &str) {
        let Some(lines) = self.chunks.remove(id) else {
            return self.composition.tally.lose_many(Loss::Embedded, 1);
        };
        for line in lines {
            self.composition.open_paragraph();
            self.composition.push_made(&line);
            self.composition.close();
        }
    }

    /// A letter of a symbol font: in Unicode where it is known, else a mark that one was there.
    fn symbol(&mut self, element: &BytesStart) {
        let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let font = attribute(element, "font").and_then(|font| SymbolFont::named(&font));
        let is_public = |letter: &char| !letter.is_control() && !is_private(*letter);
        let letter = match font {
            Some(font) => code.and_then(|code| font.letter(code)),
            None => code.and_then(char::from_u32).filter(is_public),
        };
        self.made(letter);
    }

    fn made(&mut self, letter: Option<char>) {
        self.composition.tally.lose_many(Loss::Symbol, usize::from(letter.is_none()));
        self.composition.push_made(letter.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
    }

    /// Text, in which letters of symbol fonts may stand in the private area.
    fn words(&mut self, words: &str) {
        let font = self.runs.last().and_then(|run| run.font);
        if !words.contains(is_private) {
            return self.composition.push(words);
        }
        for letter in words.chars() {
            if is_private(letter) {
                self.made(font.and_then(|font| font.letter(u32::from(letter))));
            } else {
                self.composition.push(letter.encode_utf8(&mut [0; 4]));
            }
        }
    }
}

fn is_private(letter: char) -> bool {
    ('\u{f000}'..='\u{f0ff}').contains(&letter)
}

fn id(element: &BytesStart) -> String {
    attribute(element, "id").unwrap_or_default()
}

impl Listener for Body {
    fn start(&mut self, element: &BytesStart) -> Step {
        let name = element.name();
        let name = local(name.as_ref());
        let step = if self.is_in_properties { self.properties(name, element) } else { self.within(name, element) };
        if step == Step::Into {
            self.is_frame.push(matches!(name, "body" | "tbl" | "tr" | "tc" | "p" | "r"));
        }
        step
    }

    fn end(&mut self, element: &str) {
        self.is_frame.pop();
        match local(element) {
            "pPr" => {
                self.is_in_properties = false;
                self.settle();
            }
            "t" => self.in_text = false,
            "r" => {
                self.runs.pop();
            }
            "tr" => {
                if self.is_row_deleted.pop() == Some(true) {
                    let letters = self.composition.discard();
                    self.composition.tally.lose_many(Loss::Deleted, letters);
                } else {
                    self.composition.close();
                }
            }
            "Choice" => {
                let read = self.read;
                if let Some(choice) = self.choices.last_mut() {
                    choice.is_read |= read > choice.before;
                }
            }
            "AlternateContent" => {
                self.choices.pop();
            }
            "annotation" if self.annotations.pop() == Some(true) => self.composition.close(),
            "hdr" | "ftr" if !self.is_frame.is_empty() => self.composition.close(),
            "p" | "tbl" | "tc" | "footnote" | "endnote" | "comment" => self.composition.close(),
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if !self.in_text {
            if self.is_frame.last() == Some(&true) {
                self.composition.tally.lose(Loss::Stray, words);
            }
            return;
        }
        self.read += letters(words);
        if self.runs.last().is_some_and(|run| run.is_hidden) {
            self.composition.tally.lose(Loss::Hidden, words);
        } else {
            self.words(words);
        }
    }

    fn passed(&mut self, words: &str) {
        match self.loss {
            Some(loss) => self.composition.tally.lose(loss, words),
            None => self.composition.tally.set_aside(words),
        }
    }
}
