//! A text reduced to the letters and digits that a name can be told by: without case, accents, invisible characters
//! and escapes, each with what stood before it.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stands between a letter and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing that is seen.
    None,
    /// An apostrophe, or a hyphen with or without a line break.
    Joint,
    /// A few signs or spaces.
    Space,
    /// So much, or an empty line, that nobody reads across it.
    Wall,
}

/// One letter or digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Letter {
    pub folded: char,
    pub gap: Gap,
    pub is_capital: bool,
    /// Bytes in the text that it came from.
    pub from: usize,
    pub to: usize,
}

/// Signs that may stand between two words of one name.
const WIDEST: usize = 8;
/// Bytes of the longest escape that is read: `&CounterClockwiseContourIntegral;`.
const LONGEST_ESCAPE: usize = 34;

/// Signs that stand for something else: how many bytes of the text, and what they stand for.
pub(super) type Meant = Option<(usize, String)>;

/// The letters of a text, in order.
pub fn letters(text: &str) -> Vec<Letter> {
    letters_of(text, escape)
}

/// The same, where what begins at a place may stand for something else.
pub(super) fn letters_of(text: &str, meant: impl Fn(&str) -> Meant) -> Vec<Letter> {
    let mut reader = Reader { letters: Vec::with_capacity(text.len()), between: Between::default() };
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next() {
        let mut end = at + sign.len_utf8();
        match meant(&text[at..]) {
            Some((length, meant)) => {
                end = at + length;
                meant.chars().for_each(|sign| reader.take(sign, at..end));
            }
            None => reader.take(sign, at..end),
        }
        at = end;
    }
    reader.letters
}

/// A character reference of HTML at the start.
pub(super) fn escape(text: &str) -> Meant {
    if !text.starts_with('&') {
        return None;
    }
    let length = escape_length(text.as_bytes())?;
    let meant = unescaped(&text[..length])?;
    Some(if meant == "&" { escaped_twice(text, length) } else { None }.unwrap_or((length, meant)))
}

/// `&amp;#101;`: what an escape stands for whose first sign was escaped itself.
fn escaped_twice(text: &str, length: usize) -> Meant {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b';');
    let rest = text.as_bytes()[length..].iter().take(LONGEST_ESCAPE).take_while(|byte| is_part(byte)).count();
    let (read, meant) = escape(&format!("&{}", &text[length..length + rest]))?;
    Some((length + read - 1, meant))
}

/// Bytes of what looks like a character reference at the start, the semicolon included.
fn escape_length(bytes: &[u8]) -> Option<usize> {
    let end = bytes.iter().take(LONGEST_ESCAPE).position(|byte| *byte == b';')?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    (end > 1 && bytes[1..end].iter().all(is_name)).then_some(end + 1)
}

/// What a character reference of HTML stands for.
fn unescaped(escape: &str) -> Option<String> {
    let mut meant = String::new();
    for token in html5gum::Tokenizer::new(escape) {
        match token {
            Ok(html5gum::Token::String(part)) => meant.push_str(&String::from_utf8_lossy(&part.value)),
            Ok(html5gum::Token::Error(_)) => {}
            _ => return None,
        }
    }
    (meant != escape).then_some(meant)
}

/// Two of them are letters by Unicode.
const APOSTROPHES: [char; 7] = ['\'', '\u{2019}', '\u{2018}', '\u{2bc}', '\u{2bb}', '`', '\u{b4}'];

/// What was met since the last letter.
#[derive(Debug, Default)]
struct Between {
    signs: usize,
    breaks: usize,
    hyphens: usize,
    apostrophes: usize,
    others: usize,
}

impl Between {
    fn gap(&self) -> Gap {
        match self {
            Between { signs: 0, .. } => Gap::None,
            Between { breaks, signs, .. } if *breaks > 1 || *signs > WIDEST => Gap::Wall,
            Between { hyphens: 1.., apostrophes: 0, others, breaks, .. } if *others == 0 || *breaks == 1 => Gap::Joint,
            Between { apostrophes: 1, hyphens: 0, others: 0, breaks: 0, .. } => Gap::Joint,
            _ => Gap::Space,
        }
    }
}

struct Reader {
    letters: Vec<Letter>,
    between: Between,
}

impl Reader {
    fn take(&mut self, sign: char, at: Range<usize>) {
        if sign.is_ascii() {
            return self.put(sign.to_ascii_lowercase(), sign.is_ascii_uppercase(), &at);
        }
        if is_unseen(sign) {
            return;
        }
        let is_capital = sign.is_uppercase();
        for part in sign.nfkd().filter(|part| !is_combining_mark(*part)) {
            match plain(part) {
                Some(plain) => plain.chars().for_each(|letter| self.put(letter, is_capital, &at)),
                None => part
                    .to_lowercase()
                    .filter(|one| !is_combining_mark(*one))
                    .for_each(|one| self.put(one, is_capital, &at)),
            }
        }
    }

    fn put(&mut self, folded: char, is_capital: bool, at: &Range<usize>) {
        if folded.is_alphanumeric() && !APOSTROPHES.contains(&folded) {
            let gap = self.between.gap();
            self.letters.push(Letter { folded, gap, is_capital, from: at.start, to: at.end });
            self.between = Between::default();
            return;
        }
        self.between.signs += 1;
        match folded {
            '\n' | '\u{2028}' | '\u{2029}' | '\u{85}' => self.between.breaks += 1,
            '\r' => self.between.signs -= 1,
            '-' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}' | '_' => self.between.hyphens += 1,
            sign if APOSTROPHES.contains(&sign) => self.between.apostrophes += 1,
            _ => self.between.others += 1,
        }
    }
}

/// Letters that no decomposition makes plain.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        'ħ' | 'Ħ' => "h",
        'ŧ' | 'Ŧ' => "t",
        'ς' => "σ",
        _ => return lookalike(letter),
    })
}

/// Cyrillic and Greek letters that readers take for Latin ones, in either case alike, so that names in those scripts are
/// found as before.
fn lookalike(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'А' | 'α' | 'Α' => "a",
        'в' | 'В' | 'β' | 'Β' => "b",
        'с' | 'С' => "c",
        'ԁ' | 'Ԁ' => "d",
        'е' | 'Е' | 'ε' | 'Ε' => "e",
        'һ' | 'Һ' | 'н' | 'Н' | 'η' | 'Η' => "h",
        'і' | 'І' | 'ι' | 'Ι' => "i",
        'ј' | 'Ј' => "j",
        'к' | 'К' | 'κ' | 'Κ' => "k",
        'м' | 'М' | 'μ' | 'Μ' => "m",
        'о' | 'О' | 'ο' | 'Ο' => "o",
        'р' | 'Р' | 'ρ' | 'Ρ' => "p",
        'ԛ' | 'Ԛ' => "q",
        'ѕ' | 'Ѕ' => "s",
        'т' | 'Т' | 'τ' | 'Τ' => "t",
        'υ' | 'Υ' => "u",
        'ν' | 'Ν' => "v",
        'ԝ' | 'Ԝ' => "w",
        'х' | 'Х' | 'χ' | 'Χ' => "x",
        'у' | 'У' => "y",
        'ζ' | 'Ζ' => "z",
        _ => return None,
    })
}

/// Soft hyphens, joiners, marks of direction: they part nothing.
fn is_unseen(sign: char) -> bool {
    matches!(sign,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}')
        || is_combining_mark(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        letters(text).iter().map(|one| one.folded).collect()
    }

    #[test]
    fn dress_is_taken_off() {
        for dressed in ["Jos\u{e9}", "JOSE\u{301}", "jo\u{ad}se", "J\u{200b}ose", "Jos&eacute;", "Jos&#233;", "Ｊｏｓé"]
        {
            assert_eq!(folded(dressed), "jose", "{dressed}");
        }
        assert_eq!(folded("Łukasz Großmann Ødegård"), "lukaszgrossmannodegard");
        assert_eq!(folded("a & b; &nosuch; c"), "abnosuchc");
    }

    #[test]
    fn gaps_are_told_apart() {
        let gaps = |text: &str| letters(text).iter().map(|one| one.gap).collect::<Vec<_>>();
        let last = |text: &str| *gaps(text).last().unwrap();
        assert_eq!(last("ab"), Gap::None);
        assert_eq!(last("a'b"), Gap::Joint);
        assert_eq!(last("a&#39;b"), Gap::Joint);
        assert_eq!(last("a-\nb"), Gap::Joint);
        assert_eq!(last("a\nb"), Gap::Space);
        assert_eq!(last("a, b"), Gap::Space);
        assert_eq!(last("a - b"), Gap::Space);
        assert_eq!(last("a\n\nb"), Gap::Wall);
    }

    #[test]
    fn letters_know_where_they_stood() {
        let text = "x Jos&eacute;";
        let all = letters(text);
        assert_eq!(&text[all[1].from..all[4].to], "Jos&eacute;");
        assert!(all[1].is_capital && !all[0].is_capital);
    }
}
