//! Puts a manuscript together from the pieces of an RTF file.
//!
//! Bytes wait until their code page is settled, so that letters of two bytes come through; `\u`
//! letters wait for their second half. What a group says ends with the group.

use super::font::{Fonts, of_page};
use super::table::Table;
use super::token::{Token, Tokens};
use super::words::{self, Destination};
use crate::diagnostic::{Result, fault};
use crate::import::completeness::Loss;
use crate::import::manuscript::Manuscript;
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeSet;

/// Groups within groups, at most: no word processor comes near it.
const DEEPEST: usize = 2_000;

pub struct Reading {
    pub manuscript: Manuscript,
    /// A code page of the file that is not known.
    pub unknown_page: Option<i32>,
}

/// Faults: `unsafe-file`.
pub fn read(bytes: &[u8]) -> Result<Reading> {
    let mut reader = Reader { state: State { skips: 1, ..State::default() }, ..Reader::default() };
    for token in Tokens::of(bytes) {
        reader.take(token)?;
        if reader.groups.is_empty() {
            break;
        }
    }
    while !reader.groups.is_empty() {
        reader.close();
    }
    reader.end_paragraph();
    reader.table.close(&mut reader.manuscript);
    Ok(Reading { manuscript: reader.manuscript, unknown_page: reader.unknown_page })
}

/// What holds until the group ends.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    destination: Destination,
    /// The group itself began its destination, which ends with it.
    is_own: bool,
    /// Letters to pass over after each `\u`.
    skips: usize,
    font: i32,
    is_hidden: bool,
    is_deleted: bool,
    is_inserted: bool,
}

#[derive(Default)]
struct Reader {
    manuscript: Manuscript,
    state: State,
    groups: Vec<State>,
    /// `\*` was read: an unknown word that follows makes the group none of our business.
    is_optional: bool,
    /// The file's code page; none said: Windows-1252.
    encoding: Option<&'static Encoding>,
    unknown_page: Option<i32>,
    default_font: i32,
    fonts: Fonts,
    /// Styles of headings, and the style of the paragraph (in the table of styles: of the entry).
    headings: BTreeSet<i32>,
    style: i32,
    style_name: String,
    is_heading: bool,
    bytes: Vec<u8>,
    /// First half of a letter in two.
    half: Option<u16>,
    /// Letters still to be passed over after `\u`.
    to_skip: usize,
    table: Table,
    /// Tables around the notes and boxes that are open.
    outer: Vec<Table>,
    /// For the next paragraph.
    number: String,
    author: String,
    key: String,
    notes: usize,
    comments: usize,
}

impl Reader {
    fn take(&mut self, token: Token) -> Result<()> {
        match token {
            Token::Open => {
                self.to_skip = 0;
                self.flush();
                if self.groups.len() >= DEEPEST {
                    return Err(fault("unsafe-file", "the file nests deeper than any document")
                        .hint("open it in a word processor, save it again and import that"));
                }
                self.groups.push(self.state);
                self.state.is_own = false;
                if self.state.destination == Destination::Twice {
                    self.state.destination = Destination::Nowhere(None);
                }
            }
            Token::Close => self.close(),
            Token::Byte(byte) => self.byte(byte),
            Token::Sign(sign) => self.sign(sign),
            Token::Word(word, number) => self.word(word, number),
            Token::Binary(_) => self.to_skip = self.to_skip.saturating_sub(1),
        }
        Ok(())
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        match self.state.destination {
            Destination::Fonts => self.fonts.name(byte),
            _ => self.bytes.push(byte),
        }
    }

    /// Bytes that wait are letters now.
    fn flush(&mut self) {
        self.half = None;
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let font = self.fonts.get(self.state.font);
        if let Some(symbols) = font.symbols {
            for byte in bytes {
                self.symbol(char::from(byte), symbols.letter(u32::from(byte)));
            }
            return;
        }
        let encoding = font.encoding.or(self.encoding).unwrap_or(WINDOWS_1252);
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        if self.is_text() {
            // The second count knows no code pages.
            let foreign: String = text.chars().filter(|letter| !letter.is_ascii()).collect();
            self.manuscript.tally.make(&foreign);
        }
        self.words(&text);
    }

    fn letter(&mut self, letter: char) {
        self.words(letter.encode_utf8(&mut [0; 4]));
    }

    /// A letter of a symbol font, `stored` as another.
    fn symbol(&mut self, stored: char, shown: Option<char>) {
        let shown = shown.unwrap_or('\u{fffd}');
        if self.is_text() {
            self.manuscript.tally.lose_many(Loss::Symbol, usize::from(shown == '\u{fffd}'));
            self.manuscript.tally.set_aside(stored.encode_utf8(&mut [0; 4]));
            self.manuscript.tally.make(shown.encode_utf8(&mut [0; 4]));
        }
        self.letter(shown);
    }

    /// Words to where the group sends them.
    fn words(&mut self, words: &str) {
        match self.state.destination {
            Destination::Text
            | Destination::Note
            | Destination::Box
            | Destination::Comment
            | Destination::Margin(_) => self.written(words),
            Destination::Nowhere(Some(loss)) if loss != Loss::Picture => self.manuscript.tally.lose(loss, words),
            Destination::Nowhere(_) | Destination::Twice | Destination::Unicode | Destination::Fonts => {}
            Destination::Styles => self.style_name.push_str(words),
            Destination::ListNumber => self.number.push_str(words),
            Destination::CommentAuthor => self.author.push_str(words),
            Destination::CommentStart | Destination::CommentEnd | Destination::CommentKey => self.key.push_str(words),
        }
    }

    fn written(&mut self, words: &str) {
        if self.state.is_deleted {
            self.manuscript.tally.lose(Loss::Deleted, words);
        } else if self.state.is_hidden {
            self.manuscript.tally.lose(Loss::Hidden, words);
        } else {
            self.begin_paragraph();
            self.manuscript.push(words);
        }
    }

    fn begin_paragraph(&mut self) {
        if self.manuscript.paragraph().is_some() {
            return;
        }
        self.table.prepare(&mut self.manuscript);
        self.manuscript.open_paragraph();
        let number = std::mem::take(&mut self.number);
        self.manuscript.number(&number);
        if self.is_heading || self.headings.contains(&self.style) {
            self.manuscript.heading();
        }
    }

    fn end_paragraph(&mut self) {
        if self.manuscript.paragraph().is_some() {
            self.manuscript.close();
        }
        self.number.clear();
    }

    fn is_text(&self) -> bool {
        use Destination::{Box, Comment, Margin, Note, Text};
        matches!(self.state.destination, Text | Note | Box | Comment | Margin(_))
    }

    fn sign(&mut self, sign: u8) {
        if sign == b'*' {
            self.is_optional = true;
            return;
        }
        if self.to_skip > 0 {
            self.to_skip -= 1;
            return;
        }
        self.flush();
        match sign {
            b'~' => self.words("\u{a0}"),
            b'_' => self.words("\u{2011}"),
            b'\n' | b'\r' => self.word("par", None),
            b'\t' => self.words("\t"),
            b'\\' | b'{' | b'}' => self.words(char::from(sign).encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if word == "u" {
            self.unicode(number.unwrap_or(0));
            return;
        }
        if self.to_skip > 0 {
            self.to_skip -= 1;
            if words::letter(word).is_some() {
                return;
            }
        }
        self.flush();
        let is_optional = std::mem::take(&mut self.is_optional);
        let is_dead = matches!(self.state.destination, Destination::Nowhere(_));
        match words::destination(word) {
            Some(_) if is_dead && word != "ud" => {}
            Some(_) if is_optional && !words::is_read_though_optional(word) && word != "pict" => {
                self.state.destination = Destination::Nowhere(None);
            }
            Some(destination) => self.begin(destination),
            None if is_optional && !words::is_read_though_optional(word) => {
                self.state.destination = Destination::Nowhere(None);
            }
            None => match words::letter(word) {
                Some(letter) => self.words(letter),
                None => self.property(word, number),
            },
        }
    }

    /// A letter by its number in 16 bits; what follows it stands for the same letter in older readers.
    fn unicode(&mut self, number: i32) {
        let half = self.half;
        self.flush();
        self.to_skip = self.state.skips;
        let Ok(unit) = u16::try_from(number & 0xffff) else { return };
        match (half, unit) {
            (_, 0xd800..=0xdbff) => self.half = Some(unit),
            (Some(first), 0xdc00..=0xdfff) => {
                let letter = char::decode_utf16([first, unit]).next().and_then(std::result::Result::ok);
                self.letter(letter.unwrap_or('\u{fffd}'));
            }
            (_, 0xf000..=0xf0ff) => {
                let symbols = self.fonts.get(self.state.font).symbols;
                self.symbol(' ', symbols.and_then(|symbols| symbols.letter(u32::from(unit))));
            }
            _ => self.letter(char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}')),
        }
    }

    fn property(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match (self.state.destination, word) {
            (Destination::Fonts, "f") => self.fonts.open(number.unwrap_or(0)),
            (Destination::Fonts, "fcharset") => self.fonts.charset(number.unwrap_or(0)),
            (Destination::Fonts, "cpg") => self.fonts.code_page(number.unwrap_or(0)),
            (Destination::Styles, "s") => self.style = number.unwrap_or(0),
            (_, "ansicpg") => self.code_page(number.unwrap_or(0)),
            (_, "mac") => self.encoding = Some(encoding_rs::MACINTOSH),
            (_, "pc") => self.code_page(437),
            (_, "pca") => self.code_page(850),
            (_, "deff") => {
                self.default_font = number.unwrap_or(0);
                self.state.font = self.default_font;
            }
            (_, "f") => self.state.font = number.unwrap_or(0),
            (_, "uc") => self.state.skips = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            (_, "plain") => {
                let State { destination, is_own, skips, .. } = self.state;
                self.state = State { destination, is_own, skips, font: self.default_font, ..State::default() };
            }
            (_, "v") => self.state.is_hidden = is_on,
            (_, "deleted") => {
                self.manuscript.changes.deletions += usize::from(is_on && !self.state.is_deleted);
                self.state.is_deleted = is_on;
            }
            (_, "revised") => {
                self.manuscript.changes.insertions += usize::from(is_on && !self.state.is_inserted);
                self.state.is_inserted = is_on;
            }
            _ if self.is_text() => self.layout(word, number),
            _ => {}
        }
    }

    fn code_page(&mut self, page: i32) {
        match of_page(page) {
            Some(encoding) => self.encoding = Some(encoding),
            None => self.unknown_page = Some(page),
        }
    }

    /// Control words that part the text.
    fn layout(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" => {
                self.begin_paragraph();
                self.end_paragraph();
            }
            "sect" | "nestcell" | "nestrow" => self.end_paragraph(),
            "line" | "lbr" | "softline" => {
                self.begin_paragraph();
                self.manuscript.line_break();
            }
            "page" | "column" => self.manuscript.line_break(),
            "object" => self.manuscript.tally.lose_many(Loss::Embedded, 1),
            "cell" => {
                if self.manuscript.paragraph().is_none() {
                    self.number.clear();
                }
                self.table.end_cell(&mut self.manuscript);
            }
            "row" => self.table.end_row(&mut self.manuscript),
            "trowd" | "intbl" => self.table.is_within = true,
            "itap" => self.table.is_within = number != Some(0),
            "pard" => {
                self.table.is_within = false;
                self.style = 0;
                self.is_heading = false;
            }
            "s" => self.style = number.unwrap_or(0),
            "outlinelevel" => self.is_heading = number.is_some_and(|level| level < 9),
            _ => {}
        }
    }

    fn begin(&mut self, destination: Destination) {
        match destination {
            Destination::Text => return,
            Destination::Unicode => {
                self.state.destination = self.around_twice();
                return;
            }
            _ => {}
        }
        self.state.destination = destination;
        self.state.is_own = true;
        match destination {
            Destination::Nowhere(Some(Loss::Picture)) => self.manuscript.tally.lose_many(Loss::Picture, 1),
            Destination::Note => {
                self.notes += 1;
                let key = format!("{:08}", self.notes);
                self.begin_paragraph();
                self.manuscript.refer(&key);
                self.manuscript.open_note(key);
                self.enter();
            }
            Destination::Comment => {
                self.comments += 1;
                let author = std::mem::take(&mut self.author);
                let key = format!("comment {}", self.comments);
                self.begin_paragraph();
                self.manuscript.comment_end(key.clone());
                self.manuscript.open_comment(key, Some(author.trim().to_owned()));
                self.enter();
            }
            Destination::Margin(name) => {
                self.manuscript.open_margin(name);
                self.enter();
            }
            Destination::ListNumber => self.number.clear(),
            Destination::CommentStart | Destination::CommentEnd | Destination::CommentKey => self.key.clear(),
            Destination::CommentAuthor => self.author.clear(),
            Destination::Box => {
                self.manuscript.open_box();
                self.enter();
            }
            _ => {}
        }
    }

    /// Where the text around `\upr` goes.
    fn around_twice(&self) -> Destination {
        let outer = self.groups.iter().rev().map(|state| state.destination);
        outer.skip_while(|one| *one != Destination::Twice).find(|one| *one != Destination::Twice).unwrap_or_default()
    }

    /// A text of its own begins, with tables of its own.
    fn enter(&mut self) {
        self.outer.push(std::mem::take(&mut self.table));
        self.state.is_hidden = false;
        self.state.is_deleted = false;
    }

    fn leave(&mut self) {
        self.end_paragraph();
        self.table.close(&mut self.manuscript);
        self.manuscript.close();
        self.table = self.outer.pop().unwrap_or_default();
    }

    fn close(&mut self) {
        self.to_skip = 0;
        self.flush();
        let State { destination, is_own, .. } = self.state;
        if is_own {
            self.end(destination);
        }
        if destination == Destination::Styles {
            self.end_style();
        }
        if let Some(state) = self.groups.pop() {
            self.state = state;
        }
        self.is_optional = false;
    }

    fn end(&mut self, destination: Destination) {
        match destination {
            Destination::Note | Destination::Box | Destination::Comment | Destination::Margin(_) => self.leave(),
            Destination::CommentStart => self.manuscript.comment_start(self.comment_key()),
            Destination::CommentEnd => self.manuscript.comment_end(self.comment_key()),
            Destination::CommentKey => {
                let key = self.comment_key();
                if let Some(comment) = self.manuscript.comment() {
                    comment.key = key;
                }
            }
            _ => {}
        }
    }

    fn comment_key(&self) -> String {
        format!("marked {}", self.key.trim())
    }

    /// The name of a style has been read: headings are told by it.
    fn end_style(&mut self) {
        let name = std::mem::take(&mut self.style_name).trim().trim_end_matches(';').to_lowercase();
        let words = ["heading ", "überschrift ", "titre ", "berschrift "];
        if words.iter().any(|word| name.starts_with(word)) || name == "title" {
            self.headings.insert(self.style);
        }
        self.style = 0;
    }
}
