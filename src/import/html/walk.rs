//! Goes through the tags of a page once and puts its paragraphs on a sheet.

use super::tags::{Part, is_void, part};
use crate::diagnostic::{Result, fault};
use crate::import::completeness::{Loss, Tally};
use crate::import::label;
use crate::import::limits::Limits;
use crate::import::lines::LineKind;
use crate::import::sheet::Sheet;
use crate::text::words::on_one_line;
use html5gum::{Token, Tokenizer, naive_next_state};
use std::ops::AddAssign;

/// Parts that are no text for a reader, and how many there were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    pub scripts: usize,
    pub styles: usize,
    pub menus: usize,
    pub hidden: usize,
}

impl AddAssign for LeftOut {
    fn add_assign(&mut self, other: Self) {
        self.scripts += other.scripts;
        self.styles += other.styles;
        self.menus += other.menus;
        self.hidden += other.hidden;
    }
}

pub struct Walked {
    pub title: Option<String>,
    pub tally: Tally,
    pub left_out: LeftOut,
}

/// Puts the text of a page on the sheet. Fault `unsafe-file`: lists or tables too deep in each other.
///
/// A menu or hidden part that is never closed would take the rest of the page with it; then they
/// are all read as text.
pub fn walk(markup: &str, limits: &Limits, sheet: &mut Sheet) -> Result<Walked> {
    let deepest = usize::try_from(limits.depth).unwrap_or(usize::MAX);
    let first = Walker { deepest, drops: true, ..Walker::default() }.go(markup)?;
    let walker = if first.skipping.is_some() {
        Walker { deepest, drops: false, ..Walker::default() }.go(markup)?
    } else {
        first
    };
    for (paragraph, kind) in &walker.done {
        sheet.push(paragraph, *kind);
    }
    let title = on_one_line(&walker.title);
    Ok(Walked { title: (!title.is_empty()).then_some(title), left_out: walker.left_out, tally: walker.tally })
}

type StartTag = html5gum::StartTag<()>;
type Paragraph = (String, LineKind);

/// What is open around the place the walker is at, and changes what a paragraph becomes.
enum Frame {
    /// The number of its next item, where it counts them.
    List(Option<i64>),
    Table,
    Row(Vec<Vec<Paragraph>>),
    Cell(Vec<Paragraph>),
}

#[derive(Default)]
struct Walker {
    deepest: usize,
    /// Leave menus and hidden parts out.
    drops: bool,
    /// What is passed over with all it holds: its tag, and how often that is open.
    skipping: Option<(Vec<u8>, usize)>,
    /// What its words are lost as; `None`: they are no words.
    loss: Option<Loss>,
    tally: Tally,
    in_title: bool,
    title: String,
    /// `<pre>` that are open.
    preformatted: usize,
    heading: bool,
    /// A point of a list, and its mark, until it has words.
    mark: Option<String>,
    line: String,
    frames: Vec<Frame>,
    done: Vec<Paragraph>,
    left_out: LeftOut,
}

impl Walker {
    fn go(mut self, markup: &str) -> Result<Self> {
        let mut tokens = Tokenizer::new(markup);
        while let Some(Ok(token)) = tokens.next() {
            match token {
                Token::StartTag(tag) => {
                    if let Some(state) = naive_next_state(&tag.name).filter(|_| !tag.self_closing) {
                        tokens.set_state(state);
                    }
                    self.start(&tag)?;
                }
                Token::EndTag(tag) => self.end(&tag.name),
                Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        self.flush();
        while !self.frames.is_empty() {
            self.close();
        }
        Ok(self)
    }

    fn start(&mut self, tag: &StartTag) -> Result<()> {
        let name: &[u8] = &tag.name;
        if let Some((skipped, depth)) = &mut self.skipping {
            *depth += usize::from(skipped == name && !tag.self_closing);
            return Ok(());
        }
        let part = part(name);
        if self.is_left_out(part, tag) {
            if !matches!(part, Part::Script | Part::Style | Part::Inline) {
                self.flush();
            }
            if !tag.self_closing {
                self.loss = match part {
                    Part::Menu => Some(Loss::Menu),
                    _ if matches!(name, b"script" | b"style") => None,
                    _ => Some(Loss::Hidden),
                };
                self.skipping = Some((name.to_vec(), 1));
            }
            return Ok(());
        }
        if part != Part::Inline && part != Part::Break && part != Part::Picture && part != Part::Quotation {
            self.flush();
        }
        match part {
            Part::Heading => self.heading = true,
            Part::Preformatted => self.preformatted += 1,
            Part::Title => self.in_title = !tag.self_closing,
            Part::Break => self.line.push('\n'),
            Part::Picture => self.picture(tag),
            Part::Quotation => self.line.push('“'),
            Part::List => {
                let first = attribute(tag, b"start").and_then(|value| value.trim().parse().ok()).unwrap_or(1);
                self.open(Frame::List((name == b"ol").then_some(first)))?;
            }
            Part::Item => self.item(attribute(tag, b"value").and_then(|value| value.trim().parse().ok())),
            Part::Table => self.open(Frame::Table)?,
            Part::Row => {
                self.close_to(|frame| matches!(frame, Frame::Table));
                self.open(Frame::Row(Vec::new()))?;
            }
            Part::Cell => {
                self.close_to(|frame| matches!(frame, Frame::Table | Frame::Row(_)));
                self.open(Frame::Cell(Vec::new()))?;
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((skipped, depth)) = &mut self.skipping {
            *depth -= usize::from(skipped == name);
            if *depth == 0 {
                self.skipping = None;
            }
            return;
        }
        let part = part(name);
        match part {
            Part::Inline | Part::Picture => return,
            Part::Break => return self.line.push('\n'),
            Part::Quotation => return self.line.push('”'),
            Part::Title => self.in_title = false,
            _ => self.flush(),
        }
        match part {
            Part::Preformatted => self.preformatted = self.preformatted.saturating_sub(1),
            Part::Heading => self.heading = false,
            Part::Item => self.mark = None,
            Part::List => {
                self.end_frame(|frame| matches!(frame, Frame::List(_)), |frame| matches!(frame, Frame::Cell(_)));
            }
            Part::Table => self.end_frame(|frame| matches!(frame, Frame::Table), |_| false),
            Part::Row => self.end_frame(|frame| matches!(frame, Frame::Row(_)), |frame| matches!(frame, Frame::Table)),
            Part::Cell => {
                self.end_frame(
                    |frame| matches!(frame, Frame::Cell(_)),
                    |frame| matches!(frame, Frame::Table | Frame::Row(_)),
                );
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipping.is_some() {
            self.loss.into_iter().for_each(|loss| self.tally.lose(loss, text));
        } else if self.in_title {
            self.tally.set_aside(text);
            self.title.push_str(text);
        } else if self.preformatted > 0 {
            self.line.push_str(text);
        } else {
            for letter in text.chars() {
                if !letter.is_ascii_whitespace() {
                    self.line.push(letter);
                } else if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                    self.line.push(' ');
                }
            }
        }
    }

    fn is_left_out(&mut self, part: Part, tag: &StartTag) -> bool {
        let left_out = &mut self.left_out;
        let count = match part {
            Part::Script => &mut left_out.scripts,
            Part::Style => &mut left_out.styles,
            Part::Menu if self.drops => &mut left_out.menus,
            _ if self.drops && !is_void(&tag.name) && attribute(tag, b"hidden").is_some() => &mut left_out.hidden,
            _ => return false,
        };
        *count += 1;
        true
    }

    fn picture(&mut self, tag: &StartTag) {
        if let Some(shown) = attribute(tag, b"alt").filter(|shown| !shown.trim().is_empty()) {
            let space = if self.line.is_empty() || self.line.ends_with(char::is_whitespace) { "" } else { " " };
            let shown = on_one_line(&shown);
            self.tally.make(&shown);
            self.line.extend([space, "[", &shown, "]"]);
        }
    }

    fn item(&mut self, value: Option<i64>) {
        let list = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::List(number) => Some(number),
            _ => None,
        });
        self.mark = Some(match list {
            Some(Some(next)) => {
                let number = value.unwrap_or(*next);
                *next = number.saturating_add(1);
                format!("{number}. ")
            }
            _ => "- ".to_owned(),
        });
    }

    /// Ends the paragraph that is open.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        let words = if self.preformatted > 0 { line.trim_matches(['\n', '\r']).to_owned() } else { tidy(&line) };
        let kind = match &self.mark {
            Some(_) => LineKind::Verbatim,
            None if self.preformatted > 0 => LineKind::Prose,
            None if self.heading && label::at_start(&words).is_none() => LineKind::Heading,
            None => LineKind::Prose,
        };
        let mark = self.mark.take().unwrap_or_default();
        self.tally.make(&mark);
        let words = format!("{mark}{words}");
        self.put((words, kind));
    }

    /// To the cell that is open, else to the page.
    fn put(&mut self, paragraph: Paragraph) {
        let cell = self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell(paragraphs) => Some(paragraphs),
            _ => None,
        });
        cell.unwrap_or(&mut self.done).push(paragraph);
    }

    fn open(&mut self, frame: Frame) -> Result<()> {
        if self.frames.len() >= self.deepest {
            return Err(fault("unsafe-file", "the page nests lists or tables deeper than any document")
                .hint("open it in a browser, save its text and import that"));
        }
        self.frames.push(frame);
        Ok(())
    }

    /// Closes what is open inside the nearest frame that `holds`.
    fn close_to(&mut self, holds: impl Fn(&Frame) -> bool) {
        if self.frames.iter().any(&holds) {
            while self.frames.last().is_some_and(|frame| !holds(frame)) {
                self.close();
            }
        }
    }

    /// Closes the nearest frame that `is` meant, unless one that is a `wall` lies before it.
    fn end_frame(&mut self, is: impl Fn(&Frame) -> bool, wall: impl Fn(&Frame) -> bool) {
        let nearest = self.frames.iter().rev().find(|frame| is(frame) || wall(frame));
        if nearest.is_some_and(&is) {
            self.close_to(is);
            self.close();
        }
    }

    /// Closes the innermost frame: a cell goes to its row, a row to the page.
    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Cell(paragraphs)) => match self.frames.last_mut() {
                Some(Frame::Row(cells)) => cells.push(paragraphs),
                _ => paragraphs.into_iter().for_each(|one| self.put(one)),
            },
            Some(Frame::Row(cells)) => self.row(cells),
            Some(Frame::List(_) | Frame::Table) | None => {}
        }
    }

    /// A row is one line, its cells parted; but a cell of many paragraphs is a page laid out in a table.
    fn row(&mut self, cells: Vec<Vec<Paragraph>>) {
        const MANY: usize = 4;
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled == 1 || cells.iter().any(|cell| cell.len() >= MANY) {
            cells.into_iter().flatten().for_each(|one| self.put(one));
        } else if filled > 1 {
            let words = |cell: &Vec<Paragraph>| {
                let words: Vec<&str> = cell.iter().flat_map(|(words, _)| words.split('\n')).map(str::trim).collect();
                words.join(" ")
            };
            let row = cells.iter().map(words).collect::<Vec<_>>().join(" | ");
            self.put((row, LineKind::Verbatim));
        }
    }
}

/// Without spaces at the ends of its lines, and with one empty line at most between two.
fn tidy(line: &str) -> String {
    let mut tidy = String::with_capacity(line.len());
    let mut empty = 0;
    for line in line.trim().lines().map(str::trim) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        tidy.push_str(line);
        empty = 0;
    }
    tidy
}

fn attribute(tag: &StartTag, name: &[u8]) -> Option<String> {
    tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned())
}
