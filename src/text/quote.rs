//! Finding a quotation as a person retyped it: quotes, dashes, spaces, ellipses and case folded,
//! `first words ... last words` accepted. What is found is a place in the text as it stands.
//!
//! It does not correct spelling: words that differ are not found, and [`nearest`] then says which
//! passage comes closest.

use super::{Span, words};
use memchr::memmem;
use std::collections::BTreeMap;
use unicode_normalization::char::decompose_canonical;
use unicode_segmentation::UnicodeSegmentation;

/// Every place a quotation stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// In text order. Matches of a whole quotation do not overlap; of two elided ones that end at
    /// the same last words both are given, because only a person can say which was meant.
    pub spans: Vec<Span>,
    /// An ellipsis in the quotation was read as "and so on until".
    pub elided: bool,
}

/// Finds `quotation` in `text`. It is first sought as a whole, then without the quotation marks
/// round it, then with each `...`, `…` or `[…]` standing for the words up to the nearest following part.
///
/// ```
/// let text = "She said: “I don’t know –\nbut I trust her.”";
/// let found = realist::text::quote::find(text, "I don't know - but ... HER");
/// assert_eq!(found.spans[0].of(text), Some("I don’t know –\nbut I trust her"));
/// ```
pub fn find(text: &str, quotation: &str) -> Found {
    Folded::of(text).find(text, quotation)
}

/// The span of `among` whose words come closest to the quotation, and how close: the largest share
/// of the quotation's words that stand together there, in any order (1 is all of them). Of equals
/// the earlier. `None` where no word is shared.
///
/// "Together" is within a stretch half as long again as the quotation.
pub fn nearest(text: &str, quotation: &str, among: &[Span]) -> Option<(usize, f64)> {
    let mut wanted: BTreeMap<String, i32> = BTreeMap::new();
    for (_, word) in words::words(quotation) {
        *wanted.entry(plain(word)).or_default() += 1;
    }
    let total: i32 = wanted.values().sum();
    let mut best: Option<(usize, i32)> = None;
    for (index, span) in among.iter().enumerate() {
        let shared = span.of(text).map_or(0, |passage| together(passage, &wanted, total));
        if shared > best.map_or(0, |(_, most)| most) {
            best = Some((index, shared));
        }
    }
    best.map(|(index, shared)| (index, f64::from(shared) / f64::from(total)))
}

/// The most of the wanted words that any stretch of the passage holds.
fn together(passage: &str, wanted: &BTreeMap<String, i32>, total: i32) -> i32 {
    let reach = usize::try_from(total + total / 2).unwrap_or(usize::MAX);
    let here: Vec<String> = words::words(passage).map(|(_, word)| plain(word)).collect();
    let mut lacking = wanted.clone();
    let (mut shared, mut most) = (0, 0);
    for (at, word) in here.iter().enumerate() {
        if let Some(left) = lacking.get_mut(word) {
            shared += i32::from(*left > 0);
            *left -= 1;
        }
        if let Some(left) = at.checked_sub(reach).and_then(|gone| lacking.get_mut(&here[gone])) {
            *left += 1;
            shared -= i32::from(*left > 0);
        }
        most = most.max(shared);
    }
    most
}

fn plain(word: &str) -> String {
    words::fold(word).replace('\u{2019}', "'")
}

/// A text with quotation marks, dashes, spaces, ellipses and case folded: two that fold alike are the
/// same words.
pub fn folded(text: &str) -> String {
    Folded::of(text).letters
}

const QUOTE: char = '\'';
/// Stands for `…`, `...` and `. . .` alike.
const ELLIPSIS: char = '\u{2026}';

/// A text folded for comparison, with the way back. Folding costs more than looking: whoever looks
/// for many quotations in one text keeps this.
#[derive(Debug)]
pub struct Folded {
    letters: String,
    /// For each folded byte, where the original bytes it came from start and end.
    origin: Vec<(u32, u32)>,
}

impl Folded {
    /// Reads the text once. It is to be smaller than 4 GiB.
    pub fn of(text: &str) -> Self {
        let mut folded = Folded { letters: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
        let mut at = 0;
        loop {
            at = folded.plain(text, at);
            let Some(letter) = text[at..].chars().next() else { break folded };
            let (kind, end) = read(text, at, letter);
            folded.push(kind, at, end);
            at = end;
        }
    }

    /// Takes in unaccented letters, digits and single spaces before them, most of any text, and gives
    /// the byte where something else stands.
    fn plain(&mut self, text: &str, from: usize) -> usize {
        let bytes = &text.as_bytes()[from..];
        let is_plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        let end = (0..bytes.len()).find(|at| !is_plain(*at) && (bytes[*at] != b' ' || !is_plain(at + 1)));
        let end = from + end.unwrap_or(bytes.len());
        let known = self.letters.len();
        self.letters.push_str(&text[from..end]);
        self.letters[known..].make_ascii_lowercase();
        self.origin.extend((narrow(from)..narrow(end)).zip(narrow(from + 1)..=narrow(end)));
        end
    }

    /// The folded text.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Where folded bytes come from; `None` where they are none.
    pub fn origin(&self, at: usize, end: usize) -> Option<Span> {
        Span::new(self.origin.get(at)?.0 as usize, self.origin.get(end.checked_sub(1)?)?.1 as usize)
    }

    /// As [`find`]; `text` is what was folded.
    pub fn find(&self, text: &str, quotation: &str) -> Found {
        let wanted = Folded::of(quotation).letters;
        let bare = wanted.trim_matches([' ', QUOTE]);
        for whole in [wanted.trim_matches(' '), bare] {
            let spans = self.all(text, whole);
            if !spans.is_empty() {
                return Found { spans, elided: false };
            }
        }
        let bare = bare.replace(&format!("[{ELLIPSIS}]"), &ELLIPSIS.to_string());
        let parts: Vec<&str> =
            bare.split(ELLIPSIS).map(|part| part.trim_matches([' ', QUOTE])).filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Found::default(),
            [one] => Found { spans: self.all(text, one), elided: false },
            [first, rest @ ..] => Found { spans: self.chains(text, first, rest), elided: true },
        }
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        match kind {
            Kind::Nothing => {}
            Kind::Sign(sign) => self.letter(sign, start, end),
            Kind::Letter(letter) if letter.is_ascii() => self.letter(letter.to_ascii_lowercase(), start, end),
            Kind::Letter(letter) => {
                let mut buffer = [0; 4];
                for lower in words::fold(letter.encode_utf8(&mut buffer)).chars() {
                    decompose_canonical(lower, |part| self.letter(part, start, end));
                }
            }
        }
    }

    fn letter(&mut self, letter: char, start: usize, end: usize) {
        self.letters.push(letter);
        self.origin.resize(self.letters.len(), (narrow(start), narrow(end)));
    }

    /// All places of `wanted`, left to right, none overlapping.
    fn all(&self, text: &str, wanted: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut from = 0;
        while let Some((span, next)) = self.next(text, wanted, from) {
            spans.push(span);
            from = next;
        }
        spans
    }

    /// Every `first`, joined with the nearest following of each of `rest` in turn.
    fn chains(&self, text: &str, first: &str, rest: &[&str]) -> Vec<Span> {
        let mut spans = Vec::new();
        let mut from = 0;
        while let Some((start, next)) = self.next(text, first, from) {
            let end = rest.iter().try_fold((start, next), |(_, from), part| self.next(text, part, from));
            let Some((end, _)) = end else { break };
            spans.push(start.join(end));
            from = next;
        }
        spans
    }

    /// The next place of `wanted` at or after a folded byte, and the folded byte behind it.
    fn next(&self, text: &str, wanted: &str, from: usize) -> Option<(Span, usize)> {
        if wanted.is_empty() {
            return None;
        }
        let mut from = from;
        loop {
            let at = from + memmem::find(self.letters.as_bytes().get(from..)?, wanted.as_bytes())?;
            let end = at + wanted.len();
            if let Some(span) = self.span(text, at, end) {
                return Some((span, end));
            }
            from = at + self.letters[at..].chars().next().map_or(1, char::len_utf8);
        }
    }

    /// The original place of folded bytes; `None` where they cut a letter or a word in two.
    fn span(&self, text: &str, at: usize, end: usize) -> Option<Span> {
        let cuts = |edge: usize| edge > 0 && self.origin.get(edge).is_some_and(|next| *next == self.origin[edge - 1]);
        if cuts(at) || cuts(end) {
            return None;
        }
        let span = Span::new(self.origin[at].0 as usize, self.origin[end - 1].1 as usize)?;
        (!cuts_word(text, span.start()) && !cuts_word(text, span.end())).then_some(span)
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// What a stretch of the original folds to.
#[derive(Clone, Copy)]
enum Kind {
    Nothing,
    Sign(char),
    Letter(char),
}

/// What starts at byte `at`, and where it ends: runs of spaces, dashes and dots count as one sign.
fn read(text: &str, at: usize, letter: char) -> (Kind, usize) {
    let end = at + letter.len_utf8();
    let run = |belongs: fn(char) -> bool| {
        text[end..].find(|next: char| !belongs(next) && !is_nothing(next)).map_or(text.len(), |length| end + length)
    };
    match letter {
        _ if is_nothing(letter) => (Kind::Nothing, end),
        _ if letter.is_whitespace() => (Kind::Sign(' '), run(char::is_whitespace)),
        _ if is_dash(letter) => (Kind::Sign('-'), run(is_dash)),
        _ if is_quote(letter) => (Kind::Sign(QUOTE), end),
        ELLIPSIS => (Kind::Sign(ELLIPSIS), end),
        '.' => match dots(&text[at..]) {
            Some(length) => (Kind::Sign(ELLIPSIS), at + length),
            None => (Kind::Sign('.'), end),
        },
        _ => (Kind::Letter(letter), end),
    }
}

/// Length of three or more dots, closed up or spaced.
fn dots(text: &str) -> Option<usize> {
    let (mut count, mut end) = (0, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '.' => (count, end) = (count + 1, at + 1),
            ' ' | '\u{a0}' => {}
            _ => break,
        }
    }
    (count >= 3).then_some(end)
}

/// Signs that are not seen: soft hyphen, zero-width signs, byte order mark.
fn is_nothing(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '\'' | '"' | '`' | '\u{b4}' | '\u{ab}' | '\u{bb}' | '\u{2018}'..='\u{201f}' | '\u{2032}'..='\u{2037}' | '\u{2039}' | '\u{203a}')
}

/// The edge stands inside a word of UAX 29.
fn cuts_word(text: &str, edge: usize) -> bool {
    let (before, after) = text.split_at(edge);
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    if !is_letter(before.chars().next_back()) || !is_letter(after.chars().next()) {
        return false;
    }
    // A line break always divides words, so the line is enough to look at.
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = after.find('\n').map_or(text.len(), |at| edge + at);
    !text[start..end].split_word_bound_indices().any(|(at, _)| start + at == edge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn texts<'t>(text: &'t str, quotation: &str) -> Vec<&'t str> {
        find(text, quotation).spans.iter().map(|span| span.of(text).unwrap()).collect()
    }

    #[test]
    fn signs_and_case_are_folded() {
        let text = "He said \u{201c}we\u{2019}re  co-producing \u{2014} more\nor less\u{201d}.";
        assert_eq!(texts(text, "WE'RE CO\u{2010}PRODUCING - more or less").len(), 1);
        assert_eq!(texts(text, "\"we're co-producing -- more or less\"").len(), 1);
        assert_eq!(texts("Stra\u{df}e", "STRASSE"), ["Stra\u{df}e"]);
        assert_eq!(texts("cafe\u{301} au lait", "caf\u{e9}"), ["cafe\u{301}"]);
        assert_eq!(texts("data collection\u{2026} yes", "collection... yes").len(), 1);
    }

    #[test]
    fn a_quotation_is_not_found_inside_a_word() {
        assert!(texts("parting company", "art").is_empty());
        assert!(texts("caf\u{e9}", "cafe").is_empty());
        assert_eq!(texts("\u{4fe1}\u{4efb}\u{5f88}\u{91cd}\u{8981}", "\u{4efb}\u{5f88}").len(), 1);
    }

    #[test]
    fn all_places_are_given() {
        assert_eq!(texts("Yeah. Yeah, yeah.", "yeah"), ["Yeah", "Yeah", "yeah"]);
    }

    #[test]
    fn an_ellipsis_reaches_the_nearest_following_last_words() {
        let text = "I think we met. Then trust grew. Later trust grew again.";
        assert_eq!(texts(text, "I think ... trust grew"), ["I think we met. Then trust grew"]);
        assert_eq!(
            texts(text, "I think [\u{2026}] later \u{2026} again"),
            ["I think we met. Then trust grew. Later trust grew again"]
        );
        assert!(find(text, "again ... I think").spans.is_empty());
        assert_eq!(texts(text, "trust ... again").len(), 2);
        assert!(find(text, " \u{2026} ").spans.is_empty());
        assert!(find(text, "").spans.is_empty());
    }

    #[test]
    fn the_nearest_passage_shares_most_words() {
        let text = "We like tea.\nThe care partner rang me at home.\nMe at a home.";
        let mut at = 0;
        let lines: Vec<Span> = text
            .split('\n')
            .map(|line| {
                at += line.len() + 1;
                Span::new(at - line.len() - 1, at - 1).unwrap()
            })
            .collect();
        let (index, share) = nearest(text, "the care partner called me at home", &lines).unwrap();
        assert_eq!(index, 1);
        assert!((share - 6.0 / 7.0).abs() < 1e-9);
        assert_eq!(nearest(text, "zebra", &lines), None);
        assert_eq!(nearest(text, "", &lines), None);
    }

    const LETTERS: &str = "[a-dA-C\u{e9}\u{df}\u{301}'\u{2019} .\u{2026}\n\u{2014}\u{130}-]{0,40}";

    proptest! {
        #[test]
        fn words_of_a_text_are_found_at_their_place(text in LETTERS, from in 0usize..20, length in 1usize..6) {
            let all: Vec<Span> = words::words(&text).map(|(span, _)| span).collect();
            if let Some(start) = all.get(from) {
                let wanted = start.join(all[(from + length).min(all.len()) - 1]);
                let found = find(&text, wanted.of(&text).unwrap());
                prop_assert!(found.spans.iter().any(|span| span.overlaps(wanted)), "{found:?} {wanted}");
                prop_assert!(!found.elided);
            }
        }

        #[test]
        fn spans_stand_on_letters(text in LETTERS, quotation in LETTERS) {
            for span in find(&text, &quotation).spans {
                prop_assert!(span.of(&text).is_some());
            }
        }
    }
}
