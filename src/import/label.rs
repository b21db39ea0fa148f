//! The label of a speaker at the start of a line, by its form alone: `Ana:`, `**Ana:**`, `P1:`,
//! `[00:01:02] Ana:`, `Ana: [00:01]`, `Speaker 1 00:00:12`, `[P1]`, `[SPEAKER_00]:`, `@Ana:`, `P1/P2:`, `10:02:11
//! From Ana to Everyone:`.
//!
//! Whether a label is a speaker's is for the whole document to say ([`super::talk`]).

use super::{joint, role, stamp};

/// Letters a label may have.
const MOST_LETTERS: usize = 63;
const MOST_WORDS: usize = 5;
/// Letters where words are not parted by spaces.
const MOST_CASELESS: usize = 12;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// `Ana:`
    Plain,
    /// `**Ana:**`
    Bold,
    /// `[P1]`
    Bracketed,
    /// `Ana 00:00:12`, without a colon.
    Bare,
    /// A name on the line below a range of times.
    Cue,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label<'t> {
    pub name: &'t str,
    /// Bytes of the line before speech: label, stamps, marks and spaces.
    pub len: usize,
    /// Seconds, from a stamp on the same line.
    pub time: Option<f64>,
    pub style: Style,
}

/// The label `line` starts with; `line` has no space at its ends.
pub fn at_start(line: &str) -> Option<Label<'_>> {
    let mut reader = Reader { line, at: 0, time: None, bold: None, is_closed: false };
    reader.glued_stamp();
    reader.stamp(true);
    if reader.time.is_some() {
        reader.skip(&['-', '–', ' ', '\t']);
    }
    reader.open_bold();
    reader.stamp(true);
    let label = reader.bracketed().or_else(|| reader.named())?;
    let speech = &line[label.len..];
    (!speech.starts_with("http") && !speech.starts_with("<http")).then_some(label)
}

struct Reader<'t> {
    line: &'t str,
    at: usize,
    time: Option<f64>,
    bold: Option<&'static str>,
    is_closed: bool,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.line[self.at..]
    }

    fn skip(&mut self, letters: &[char]) {
        self.at = self.line.len() - self.rest().trim_start_matches(letters).len();
    }

    fn skip_space(&mut self) {
        self.at = self.line.len() - self.rest().trim_start().len();
    }

    /// Takes a stamp; one in the open must be written out to the hour unless `short` will do.
    fn stamp(&mut self, short: bool) {
        if let Some(stamp) = stamp::at_start(self.rest()).filter(|stamp| short || stamp.apart || stamp.fields > 2) {
            self.at += stamp.len;
            self.time = self.time.or(Some(stamp.seconds));
            self.skip_space();
        }
    }

    /// Takes a stamp that the name follows without a space, written out to the hour.
    fn glued_stamp(&mut self) {
        if let Some(stamp) = stamp::glued(self.rest()) {
            self.at += stamp.len;
            self.time = Some(stamp.seconds);
        }
    }

    fn open_bold(&mut self) {
        if let Some(mark) = ["**", "__"].into_iter().find(|mark| self.rest().starts_with(mark)) {
            self.at += mark.len();
            self.bold = Some(mark);
        }
    }

    fn close_bold(&mut self) -> bool {
        let closes = self.bold.is_some_and(|mark| self.rest().starts_with(mark));
        if closes {
            self.at += 2;
            self.is_closed = true;
        }
        closes
    }

    /// `[P1] speech`: letters and a number; with a colon behind it, any name: `[Ana]: speech`.
    fn bracketed(&mut self) -> Option<Label<'t>> {
        let inside = self.rest().strip_prefix('[')?;
        let name = &inside[..inside.find(']').filter(|end| *end <= MOST_LETTERS)?];
        let letters = name.trim_end_matches(|letter: char| letter.is_ascii_digit()).trim_end_matches('_');
        let is_numbered = letters.len() < name.len() && !letters.is_empty() && letters.chars().all(char::is_alphabetic);
        let has_colon = inside[name.len() + 1..].starts_with([':', '：']);
        let fits = (is_numbered && (has_colon || name.len() <= 12)) || (has_colon && is_name(name, false));
        fits.then(|| {
            self.at += name.len() + 2;
            self.skip(&[' ', '\t', ':', '：']);
            Label { name, len: self.at, time: self.time, style: Style::Bracketed }
        })
    }

    fn named(&mut self) -> Option<Label<'t>> {
        self.skip(&['@']);
        let start = self.at;
        let (end, has_colon) = self.name_end()?;
        let name = self.line[start..end].trim();
        let name = if self.time.is_some() { sender(name) } else { name };
        let has_bold = self.bold.is_some();
        if has_bold && !self.is_closed && !self.close_bold() {
            return None;
        }
        if has_colon
            && !has_bold
            && self.rest().starts_with(|next: char| next == '/' || next == '\\' || next.is_ascii_digit())
        {
            return None;
        }
        self.skip_space();
        let short = stamp::at_start(self.rest()).is_some_and(|stamp| stamp.len == self.rest().len());
        self.stamp(short);
        if !has_colon && (self.time.is_none() || !capitalised(name)) {
            return None;
        }
        let style = match (has_bold, has_colon) {
            (true, _) => Style::Bold,
            (false, true) => Style::Plain,
            (false, false) => Style::Bare,
        };
        let is_joined = !has_bold && joint::is_joined(name);
        let fits = if is_joined { has_colon && joint::looks_like_names(name) } else { is_name(name, has_bold) };
        fits.then_some(Label { name, len: self.at, time: self.time, style })
    }

    /// Moves behind the name, its colon and a stamp between the two; tells where the name ends and
    /// whether there was a colon.
    fn name_end(&mut self) -> Option<(usize, bool)> {
        let start = self.at;
        let mut after_space = false;
        for (count, (offset, letter)) in self.line[start..].char_indices().enumerate() {
            self.at = start + offset;
            if count > MOST_LETTERS {
                return None;
            }
            if matches!(letter, ':' | '：') {
                self.at += letter.len_utf8();
                return Some((start + offset, true));
            }
            if self.close_bold() {
                return Some((start + offset, self.colon()));
            }
            let stamped = after_space && stamp::at_start(self.rest()).is_some();
            if stamped {
                self.stamp(true);
                self.close_bold();
                return Some((start + offset, self.colon()));
            }
            if is_barred(letter) && !joint::is_join(letter) {
                return None;
            }
            after_space = letter.is_whitespace();
        }
        None
    }

    fn colon(&mut self) -> bool {
        let rest = self.rest().trim_start();
        let colon = rest.strip_prefix([':', '：']);
        if let Some(rest) = colon {
            self.at = self.line.len() - rest.len();
        }
        colon.is_some()
    }
}

/// Who writes, of `From Ana to Everyone` in a saved chat.
fn sender(name: &str) -> &str {
    let Some(from) = name.strip_prefix("From ") else { return name };
    from.split(" to ").next().unwrap_or(from).trim()
}

fn is_barred(letter: char) -> bool {
    ",;!?\"“”…|`<>={}@*/\\•，、；！？。（".contains(letter)
}

/// One to five words that begin like a name, or like a part in a conversation.
pub fn is_name(name: &str, is_bold: bool) -> bool {
    let words = name.split_whitespace().count();
    let Some(first) = name.chars().next() else { return false };
    let begins = first.is_alphabetic() || (first.is_ascii_digit() && words <= 2);
    let is_cased = is_bold || !first.is_lowercase() || role::is_part(&role::key(name));
    let ends = name.ends_with(|last: char| last.is_alphanumeric() || matches!(last, ')' | ']' | '.' | '\''));
    begins
        && is_cased
        && ends
        && words <= MOST_WORDS
        && name.chars().any(char::is_alphabetic)
        && name.chars().count() <= if first.is_ascii() || first.is_uppercase() { MOST_LETTERS } else { MOST_CASELESS }
        && !ends_sentence(name)
}

/// A full stop behind anything but an initial or a title.
fn ends_sentence(name: &str) -> bool {
    const TITLES: &[&str] = &["dr", "mr", "mrs", "ms", "mx", "prof", "rev", "st", "sr", "jr"];
    let is_short = |word: &str| {
        let letters = word.trim_end_matches('.');
        letters.chars().all(char::is_alphabetic)
            && (letters.chars().count() == 1 || TITLES.contains(&letters.to_lowercase().as_str()))
    };
    name.split_whitespace().any(|word| word.ends_with('.') && !is_short(word))
}

/// Every word begins with a capital or a figure, but for particles such as `van`; never in scripts
/// that have no capitals.
pub fn capitalised(name: &str) -> bool {
    const PARTICLES: &[&str] =
        &["van", "von", "de", "der", "den", "da", "do", "dos", "del", "di", "du", "la", "le", "of", "and", "y"];
    name.split_whitespace().all(|word| {
        PARTICLES.contains(&word)
            || word
                .chars()
                .find(|letter| letter.is_alphanumeric())
                .is_none_or(|letter| letter.is_uppercase() || letter.is_numeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Option<(&str, &str, Option<f64>)> {
        at_start(line).map(|label| (label.name, &line[label.len..], label.time))
    }

    #[test]
    fn labels_in_all_their_dress() {
        assert_eq!(read("Ana: Yes."), Some(("Ana", "Yes.", None)));
        assert_eq!(read("Researcher 1:"), Some(("Researcher 1", "", None)));
        assert_eq!(read("P1: Yes"), Some(("P1", "Yes", None)));
        assert_eq!(read("I:\tYes"), Some(("I", "Yes", None)));
        assert_eq!(read("**Kat Zień:** Hi"), Some(("Kat Zień", "Hi", None)));
        assert_eq!(read("**Jo Lee, Psy.D:** Hi"), Some(("Jo Lee, Psy.D", "Hi", None)));
        assert_eq!(read("**Kat**: Hi"), Some(("Kat", "Hi", None)));
        assert_eq!(read("Заря 1 (Каманин): Слышу"), Some(("Заря 1 (Каманин)", "Слышу", None)));
        assert_eq!(read("Dr. J. O'Brien: Yes"), Some(("Dr. J. O'Brien", "Yes", None)));
        assert_eq!(read("问：你"), Some(("问", "你", None)));
        assert_eq!(read("所以，我们来看：这"), None);
        assert_eq!(read("[id1] hello"), Some(("id1", "hello", None)));
        assert_eq!(read("[Ana Lee]: hello"), Some(("Ana Lee", "hello", None)));
        assert_eq!(read("@Ana: hello"), Some(("Ana", "hello", None)));
        assert_eq!(read("P1/P2: both"), Some(("P1/P2", "both", None)));
        assert_eq!(read("P1, P2: both"), Some(("P1, P2", "both", None)));
        assert_eq!(read("Ana / All: both"), Some(("Ana / All", "both", None)));
        assert_eq!(read("N/A: who"), Some(("N/A", "who", None)));
    }

    #[test]
    fn labels_with_times() {
        assert_eq!(read("Speaker 1 00:00:12"), Some(("Speaker 1", "", Some(12.0))));
        assert_eq!(read("Speaker 0: 00:00:06"), Some(("Speaker 0", "", Some(6.0))));
        assert_eq!(read("**Anchor:** 00:00:02"), Some(("Anchor", "", Some(2.0))));
        assert_eq!(read("[00:01:02] Ana: Yes"), Some(("Ana", "Yes", Some(62.0))));
        assert_eq!(read("00:01:02 Ana: Yes"), Some(("Ana", "Yes", Some(62.0))));
        assert_eq!(read("Ana: [00:01] Yes"), Some(("Ana", "Yes", Some(1.0))));
        assert_eq!(read("Ana [00:01:02]: Yes"), Some(("Ana", "Yes", Some(62.0))));
        assert_eq!(read("#00:01:02-3# Ana: Yes"), Some(("Ana", "Yes", Some(62.3))));
        assert_eq!(read(r"**Jerod:** \[04:08\] It"), Some(("Jerod", "It", Some(248.0))));
        assert_eq!(read("[-00:00:00:04] PAO: Go"), Some(("PAO", "Go", Some(-4.0))));
        assert_eq!(read("00:03:40.5Zack: Yes"), Some(("Zack", "Yes", Some(220.5))));
        assert_eq!(read("[00:01] [SPEAKER_00]: Yes"), Some(("SPEAKER_00", "Yes", Some(1.0))));
        assert_eq!(read("10:02:11 From Ana Lee to Ben Orr Moss: Yes"), Some(("Ana Lee", "Yes", Some(36131.0))));
    }

    #[test]
    fn what_is_no_label() {
        for line in [
            "12-May-2023 - 10:36 - 1h09m31s – Ana",
            "for example: this",
            "He said, well: no",
            "Well, yes: no",
            "And/or: no",
            "Ana/Ben 10:30 in the hall",
            "https://example.org",
            "Slides: https://example.org",
            "I was there at 10:30 that day",
            "The thing that I really meant: this",
            "Well. So: this",
            "- Ratio 16:9",
            "[laughs] So: this",
            "[crosstalk 2 minutes]",
            "10:36am: so",
            "**All of this: bold**",
            "C:\\path",
            ": x",
            "",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_trips_it(line in r"(\*\*|\[|\\)?[A-Za-zé0-9 .:\[\]()*#-]{0,30}(:|：)?(\*\*)?[ 0-9:a-z]{0,12}") {
            let line = line.trim();
            if let Some(label) = at_start(line) {
                assert!(line.is_char_boundary(label.len));
                assert!(!label.name.is_empty());
            }
        }
    }
}
