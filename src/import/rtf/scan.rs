//! Letters and digits of an RTF file, counted a second way: groups whose first word names something
//! that is no text are passed over whole, all else counts. It knows nothing of paragraphs, tables or
//! what a reader does with them, so that it can catch the reader out.

use super::token::{Token, Tokens};
use memchr::memmem;

/// First words of groups that hold no words of the document.
const NO_TEXT: &[&str] = &[
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "fldinst",
    "listtext",
    "pntext",
    "pn",
    "sp",
    "shprslt",
    "nonshppict",
    "upr",
    "nonesttables",
    "xe",
    "tc",
    "mmathPict",
    "template",
    "objdata",
    "objclass",
    "objname",
    "atnid",
    "atnauthor",
    "atrfstart",
    "atrfend",
    "atnref",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "aftnsepc",
    "aftncn",
    "private",
    "comment",
];
/// First words of optional groups that do.
const OPTIONAL_TEXT: &[&str] =
    &["shpinst", "annotation", "moMath", "moMathPara", "footnote", "fldrslt", "shptxt", "nesttableprops"];

/// What says that letters of two bytes may come.
const PAIRS: &[&str] = &[
    "\\fcharset128",
    "\\fcharset129",
    "\\fcharset130",
    "\\fcharset134",
    "\\fcharset136",
    "\\ansicpg932",
    "\\ansicpg936",
    "\\ansicpg949",
    "\\ansicpg950",
    "\\ansicpg54936",
    "\\ansicpg65001",
    "\\cpg932",
    "\\cpg936",
    "\\cpg949",
    "\\cpg950",
];

/// Letters and digits of ASCII and of `\u`; letters of code pages are left to the reader, which cannot
/// lose them without losing those around them.
pub fn letters(bytes: &[u8]) -> usize {
    let has_pairs = PAIRS.iter().any(|mark| memmem::find(bytes, mark.as_bytes()).is_some());
    let mut scan = Scan { skips: 1, has_pairs, ..Scan::default() };
    for token in Tokens::of(bytes) {
        scan.take(token);
        if scan.groups.is_empty() {
            break;
        }
    }
    scan.count
}

/// How much of a group has been seen.
#[derive(Default, PartialEq, Eq)]
enum Start {
    Fresh,
    /// `\*`
    Optional,
    #[default]
    Past,
}

#[derive(Default)]
struct Scan {
    count: usize,
    /// Of the groups around the place: whether they are passed over, and letters to skip after `\u`.
    groups: Vec<(bool, usize)>,
    is_over: bool,
    skips: usize,
    to_skip: usize,
    start: Start,
    has_pairs: bool,
    /// Second byte of a letter in two bytes.
    is_second: bool,
    half: Option<u16>,
}

impl Scan {
    fn take(&mut self, token: Token) {
        let start = std::mem::take(&mut self.start);
        match token {
            Token::Open => {
                self.groups.push((self.is_over, self.skips));
                (self.start, self.to_skip) = (Start::Fresh, 0);
            }
            Token::Close => {
                (self.is_over, self.skips) = self.groups.pop().unwrap_or_default();
                self.to_skip = 0;
            }
            Token::Sign(b'*') if start == Start::Fresh => self.start = Start::Optional,
            Token::Sign(_) | Token::Binary(_) => self.to_skip = self.to_skip.saturating_sub(1),
            Token::Word(word, number) => self.word(word, number, start == Start::Optional),
            Token::Byte(byte) => self.byte(byte),
        }
    }

    fn byte(&mut self, byte: u8) {
        let is_second = self.is_second;
        self.is_second = self.has_pairs && byte >= 0x80 && !is_second;
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if !self.is_over && !is_second && byte.is_ascii_alphanumeric() {
            self.count += 1;
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, is_optional: bool) {
        self.is_second = false;
        self.to_skip = self.to_skip.saturating_sub(1);
        match (word, number) {
            ("u", Some(number)) => self.unicode(number),
            ("uc", Some(number)) => self.skips = usize::try_from(number).unwrap_or(1).min(16),
            _ => {
                let is_unknown = is_optional && !OPTIONAL_TEXT.contains(&word);
                self.is_over |= is_unknown || NO_TEXT.contains(&word);
            }
        }
    }

    fn unicode(&mut self, number: i32) {
        self.to_skip = self.skips;
        let Ok(unit) = u16::try_from(number & 0xffff) else { return };
        let pair = self.half.take().map(|half| [half, unit]);
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
        }
        let paired = pair.and_then(|pair| char::decode_utf16(pair).next()?.ok());
        let letter = paired.or_else(|| char::from_u32(u32::from(unit)));
        self.count += usize::from(!self.is_over && letter.is_some_and(char::is_alphanumeric));
    }
}
