//! Reads the pieces of an RTF file into a [`Page`].
//!
//! Bytes wait until their code page is settled, so that letters of two bytes come through; `\u`
//! letters wait for their second half. What a group says ends with the group.

use super::code_page::CodePage;
use super::font::Fonts;
use super::page::Page;
use super::token::{Token, Tokens};
use super::words::{self, Destination};
use crate::diagnostic::{Result, fault};
use crate::import::completeness::Loss;
use crate::import::composition::Composition;

pub struct Reading {
    pub composition: Composition,
    /// A code page of the file that is not known.
    pub unknown_page: Option<i32>,
}

/// Reads groups within groups, `deepest` at most. Fault `unsafe-file`.
pub fn read(bytes: &[u8], deepest: u64) -> Result<Reading> {
    let mut reader = Reader { state: State { skips: 1, ..State::default() }, deepest, ..Reader::default() };
    for token in Tokens::of(bytes) {
        reader.take(token)?;
        if reader.groups.is_empty() {
            break;
        }
    }
    while !reader.groups.is_empty() {
        reader.close();
    }
    Ok(Reading { composition: reader.page.finish(), unknown_page: reader.unknown_page })
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
    look: Look,
}

#[derive(Debug, Clone, Copy, Default)]
struct Look {
    is_hidden: bool,
    is_deleted: bool,
    is_inserted: bool,
}

#[derive(Default)]
struct Reader {
    page: Page,
    state: State,
    groups: Vec<State>,
    deepest: u64,
    /// Nothing of the group has been read.
    is_fresh: bool,
    /// `\*` began the group: if its first word is unknown, it is none of our business.
    is_optional: bool,
    /// The file's code page; none said: Windows-1252.
    code_page: CodePage,
    unknown_page: Option<i32>,
    default_font: i32,
    fonts: Fonts,
    /// The entry of the table of styles that is being read.
    style: i32,
    style_name: String,
    bytes: Vec<u8>,
    /// First half of a letter in two.
    half: Option<u16>,
    /// Letters still to be passed over after `\u`.
    to_skip: usize,
}

impl Reader {
    fn take(&mut self, token: Token) -> Result<()> {
        let is_fresh = std::mem::replace(&mut self.is_fresh, token == Token::Open);
        match token {
            Token::Open => return self.open(),
            Token::Sign(b'*') => self.is_optional = is_fresh,
            Token::Close => self.close(),
            Token::Byte(byte) => self.byte(byte),
            Token::Sign(sign) => self.sign(sign),
            Token::Word(word, number) => self.word(word, number),
            Token::Binary(_) => self.to_skip = self.to_skip.saturating_sub(1),
        }
        Ok(())
    }

    fn open(&mut self) -> Result<()> {
        self.to_skip = 0;
        self.flush();
        if self.groups.len() as u64 >= self.deepest {
            return Err(fault("unsafe-file", "the file nests deeper than any document")
                .hint(format!(
                    "if it is to be trusted, allow more: --limit rtf.depth={}",
                    self.deepest.saturating_mul(4)
                ))
                .hint("open it in a word processor, save it again and import that"));
        }
        self.groups.push(self.state);
        self.state.is_own = false;
        if self.state.destination == Destination::Twice {
            self.state.destination = Destination::Nowhere(None);
        }
        Ok(())
    }

    fn close(&mut self) {
        self.to_skip = 0;
        self.flush();
        if self.state.is_own {
            self.page.end(self.state.destination);
        }
        if self.state.destination == Destination::Styles {
            self.page.style(self.style, &self.style_name);
            self.style_name.clear();
            self.style = 0;
        }
        if let Some(state) = self.groups.pop() {
            self.state = state;
        }
        self.is_optional = false;
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if self.state.destination == Destination::Fonts {
            self.fonts.name(byte);
        } else {
            self.bytes.push(byte);
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
        let text = font.page.unwrap_or(self.code_page).decode(&bytes);
        if self.is_text() && !text.is_ascii() {
            // The second count knows no code pages.
            let foreign: String = text.chars().filter(|letter| !letter.is_ascii()).collect();
            self.page.composition.tally.make(&foreign);
        }
        self.words(&text);
    }

    fn letter(&mut self, letter: char) {
        self.words(letter.encode_utf8(&mut [0; 4]));
    }

    /// A letter of a symbol font, `stored` as another.
    fn symbol(&mut self, stored: char, shown: Option<char>) {
        let letter = shown.unwrap_or('\u{fffd}');
        if self.is_text() {
            let tally = &mut self.page.composition.tally;
            tally.lose_many(Loss::Symbol, usize::from(shown.is_none()));
            tally.set_aside(stored.encode_utf8(&mut [0; 4]));
            tally.make(letter.encode_utf8(&mut [0; 4]));
        }
        self.letter(letter);
    }

    fn is_text(&self) -> bool {
        use Destination::{Box, Comment, Margin, Note, Text};
        matches!(self.state.destination, Text | Note | Box | Comment | Margin(_))
    }

    /// Words to where the group sends them.
    fn words(&mut self, words: &str) {
        match self.state.destination {
            _ if self.is_text() => self.text(words),
            Destination::Styles => self.style_name.push_str(words),
            Destination::ListNumber => self.page.number(words),
            Destination::CommentAuthor => self.page.author.push_str(words),
            Destination::CommentStart | Destination::CommentEnd | Destination::CommentKey => {
                self.page.key.push_str(words);
            }
            _ => {}
        }
    }

    fn text(&mut self, words: &str) {
        if self.state.look.is_deleted {
            self.page.composition.tally.lose(Loss::Deleted, words);
        } else if self.state.look.is_hidden {
            self.page.composition.tally.lose(Loss::Hidden, words);
        } else {
            self.page.write(words);
        }
    }

    fn sign(&mut self, sign: u8) {
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
        let is_passed_over = std::mem::take(&mut self.is_optional) && !words::is_read_though_optional(word);
        let is_dead = matches!(self.state.destination, Destination::Nowhere(_));
        match words::destination(word) {
            Some(Destination::Unicode) => {
                self.state.destination = self.around_twice().unwrap_or(self.state.destination);
            }
            _ if is_dead => {}
            _ if is_passed_over => self.state.destination = Destination::Nowhere(None),
            Some(Destination::Text) => {}
            Some(destination) => self.begin(destination),
            None => match words::letter(word) {
                Some(letter) => self.words(letter),
                None => self.property(word, number),
            },
        }
    }

    fn begin(&mut self, destination: Destination) {
        self.state.destination = destination;
        self.state.is_own = true;
        // Word hides the place of a comment, and with it the comment.
        self.state.look.is_hidden &= destination != Destination::Comment;
        self.page.begin(destination);
    }

    /// Where the text around `\upr` goes; `None` outside one.
    fn around_twice(&self) -> Option<Destination> {
        let mut outer = self.groups.iter().rev().map(|state| state.destination);
        outer.find(|one| *one == Destination::Twice)?;
        outer.find(|one| *one != Destination::Twice)
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
        let value = number.unwrap_or(0);
        match (self.state.destination, word) {
            (Destination::Fonts, "f") => self.fonts.open(value),
            (Destination::Fonts, "fcharset") => self.fonts.charset(value),
            (Destination::Fonts, "cpg") => self.fonts.code_page(value),
            (Destination::Styles, "s") => self.style = value,
            (_, "ansicpg") => self.read_in(value),
            (_, "mac") => self.code_page = CodePage::MAC,
            (_, "pc") => self.read_in(437),
            (_, "pca") => self.read_in(850),
            (_, "deff") => {
                self.default_font = value;
                self.state.font = value;
            }
            (_, "f") => self.state.font = value,
            (_, "uc") => self.state.skips = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16),
            (_, "plain") => {
                self.state.font = self.default_font;
                self.state.look = Look::default();
            }
            (_, "v") => self.state.look.is_hidden = is_on,
            (_, "deleted") => {
                self.page.composition.changes.deletions += usize::from(is_on && !self.state.look.is_deleted);
                self.state.look.is_deleted = is_on;
            }
            (_, "revised") => {
                self.page.composition.changes.insertions += usize::from(is_on && !self.state.look.is_inserted);
                self.state.look.is_inserted = is_on;
            }
            _ if self.is_text() => self.page.lay_out(word, number),
            _ => {}
        }
    }

    fn read_in(&mut self, page: i32) {
        match CodePage::numbered(page) {
            Some(page) => self.code_page = page,
            None => self.unknown_page = Some(page),
        }
    }
}
