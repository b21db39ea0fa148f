//! Looking for listed identifiers in a text: whole words, however they are written.
//!
//! A name is found whatever its case, accents, spacing, hyphens, line breaks and escapes, with a possessive or plural
//! ending, and with its last word first; never inside another word. It finds strings, not stories.

use super::bare::bare_letters;
use super::letters::{Gap, Letter, letters};
use std::collections::BTreeMap;

/// One spelling that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The caller's number for whom or what it tells.
    pub which: usize,
    pub spelling: String,
    /// Only where it begins with a capital: for names that are words too.
    pub only_capital: bool,
    /// Of a person: `Smith, Ana` is found for `Ana Smith`.
    pub is_person: bool,
}

/// Where one was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    pub which: usize,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
}

/// Everything that is looked for, ready for many texts.
#[derive(Debug, Clone, Default)]
pub struct Lookout {
    /// By the first two letters.
    names: BTreeMap<[char; 2], Vec<Name>>,
}

#[derive(Debug, Clone)]
struct Name {
    which: usize,
    letters: Vec<char>,
    /// Whether a word begins at each letter.
    begins: Vec<bool>,
    only_capital: bool,
    /// Of a script that writes without spaces: it has no whole words.
    is_dense: bool,
    is_number: bool,
}

/// Letters and digits that an identifier must have.
pub const SHORTEST: usize = 2;
/// Digits of a telephone number with its leading 0.
const NATIONAL: usize = 10;
/// Letters of a name that is found with an ending.
const WITH_ENDING: usize = 3;

/// Whether a spelling has enough letters to be looked for.
pub fn is_enough(spelling: &str) -> bool {
    letters(spelling).len() >= SHORTEST
}

impl Lookout {
    /// Spellings that are too short are left out ([`is_enough`]).
    pub fn of<'w>(wanted: impl IntoIterator<Item = &'w Wanted>) -> Self {
        let mut lookout = Lookout::default();
        for one in wanted {
            let all = letters(&one.spelling);
            lookout.add(one, &all);
            if is_national(&all) {
                // After the code of a country and a space.
                lookout.add(one, &all[1..]);
            }
            if let Some((first, last)) = one.spelling.trim().rsplit_once(char::is_whitespace)
                && (one.is_person || is_saint(first))
            {
                lookout.add(one, &letters(&format!("{last} {first}")));
            }
        }
        lookout
    }

    fn add(&mut self, wanted: &Wanted, all: &[Letter]) {
        let [first, second, ..] = all else { return };
        let name = Name {
            which: wanted.which,
            letters: all.iter().map(|one| one.folded).collect(),
            begins: all.iter().map(|one| one.gap != Gap::None).collect(),
            only_capital: wanted.only_capital,
            is_dense: all.iter().any(|one| is_unspaced(one.folded)),
            is_number: all.iter().all(|one| one.folded.is_numeric()),
        };
        self.names.entry([first.folded, second.folded]).or_default().push(name);
    }

    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// All that is found in a text, in order: as it stands, and without its markup.
    pub fn sightings(&self, text: &str) -> Vec<Sighting> {
        if self.is_empty() {
            return Vec::new();
        }
        let all = letters(text);
        let mut found = self.among(&all);
        if let Some(bare) = bare_letters(text, &all) {
            let overlaps = |one: &Sighting, other: &Sighting| {
                one.which == other.which && one.start < other.end && other.start < one.end
            };
            for one in self.among(&bare) {
                if !found.iter().any(|held| overlaps(held, &one)) {
                    found.push(one);
                }
            }
            found.sort_by_key(|one| (one.start, one.end));
        }
        found
    }

    fn among(&self, all: &[Letter]) -> Vec<Sighting> {
        let mut found = Vec::new();
        for (at, pair) in all.windows(SHORTEST).enumerate() {
            for name in self.names.get(&[pair[0].folded, pair[1].folded]).into_iter().flatten() {
                if let Some(last) = name.ends_at(all, at) {
                    found.push(Sighting { which: name.which, start: all[at].from, end: all[last].to });
                }
            }
        }
        found
    }
}

impl Name {
    /// The last letter of this name, where it stands at `at`.
    fn ends_at(&self, all: &[Letter], at: usize) -> Option<usize> {
        let here = all.get(at..at + self.letters.len())?;
        let is_here = self.letters.iter().zip(here).all(|(wanted, letter)| *wanted == letter.folded)
            && here.iter().zip(&self.begins).skip(1).all(|(letter, begins)| letter.gap <= self.widest(*begins))
            && (here[0].is_capital || !self.only_capital)
            && (self.is_dense || at == 0 || is_edge(&all[at - 1], &here[0]));
        let end = at + self.letters.len();
        let may_bend = here[0].is_capital && self.letters.len() >= WITH_ENDING && !self.is_number;
        let is_whole = |end: usize| all.get(end).is_none_or(|next| is_edge(&all[end - 1], next));
        let bends = |ending: &str| {
            let rest = all.get(end..end + ending.len());
            let is_ending = |rest: &[Letter]| {
                rest.iter().zip(ending.chars()).all(|(letter, one)| letter.folded == one && letter.gap == Gap::None)
            };
            may_bend && rest.is_some_and(is_ending) && is_whole(end + ending.len())
        };
        (is_here && (self.is_dense || is_whole(end) || bends("s") || bends("es"))).then_some(end - 1)
    }

    /// The widest gap that the name is still read across.
    fn widest(&self, begins: bool) -> Gap {
        if begins || self.is_number || self.is_dense { Gap::Space } else { Gap::Joint }
    }
}

/// `Brannoc's, St`: a place called after a saint may stand in a list by the saint's name.
fn is_saint(first: &str) -> bool {
    ["st", "st.", "saint"].contains(&first.to_lowercase().as_str())
}

/// A telephone number as it is dialled within its country: `01695 577140` is `+44 1695 577140` abroad.
fn is_national(all: &[Letter]) -> bool {
    let digits: Vec<char> = all.iter().map(|one| one.folded).collect();
    digits.len() >= NATIONAL && digits.iter().all(char::is_ascii_digit) && digits[0] == '0' && digits[1] != '0'
}

/// Whether a word ends between two letters: a sign, a digit beside a letter, a capital in the midst of small ones.
fn is_edge(before: &Letter, after: &Letter) -> bool {
    after.gap != Gap::None
        || before.folded.is_numeric() != after.folded.is_numeric()
        || (after.is_capital && !before.is_capital)
}

/// Scripts that set no spaces between words.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lookout(spelling: &str) -> Lookout {
        let wanted = Wanted { which: 0, spelling: spelling.to_owned(), only_capital: false, is_person: true };
        Lookout::of(&[wanted])
    }

    fn finds(spelling: &str, text: &str) -> Option<String> {
        lookout(spelling).sightings(text).first().map(|one| text[one.start..one.end].to_owned())
    }

    #[test]
    fn a_name_is_found_in_any_dress() {
        let texts = [
            "then ANA came",
            "Ana\u{2019}s mother",
            "with Ána,",
            "A\u{301}na",
            "(ana)",
            "Ana",
            "re: ana_notes",
            "interviewAna.txt",
            "An-\na said",
            "Ana&#39;s",
            "Anas Haus",
            "ana2",
            "&Aacute;na",
            "A\u{ad}na",
            "the Anas' house",
        ];
        for text in texts {
            assert!(finds("Ana", text).is_some(), "{text}");
        }
        for text in ["banana", "analysis", "an a priori", "mañana", "ANALYSE", "an apple", "in Anatolia"] {
            assert_eq!(finds("Ana", text), None, "{text}");
        }
        for text in ["O'Brien", "o\u{2019}brien", "OBrien", "O Brien", "O&#x27;BRIEN's", "O\u{2bc}Brien"] {
            assert!(finds("O'Brien", text).is_some(), "{text}");
        }
    }

    #[test]
    fn several_words_stand_together_however_they_are_parted() {
        let texts = [
            "Mary Ann Kerr",
            "mary-ann kerr",
            "MaryAnn\nKerr",
            "Kerr, Mary Ann",
            "Mary  Ann\u{a0}Kerr",
            "mary.ann.kerr@x.org",
        ];
        for text in texts {
            assert!(finds("Mary Ann Kerr", text).is_some(), "{text}");
        }
        for text in ["Mary and Ann Kerr", "Mary Ann\n\nKerr", "Mary Ann. There came Kerr"] {
            assert_eq!(finds("Mary Ann Kerr", text), None, "{text}");
        }
    }

    #[test]
    fn a_telephone_number_is_found_as_it_is_written_abroad() {
        for text in ["+44 1695 577140", "0044 1695 577 140", "+44 (0)1695 577140", "01695-577140"] {
            assert!(finds("01695 577140", text).is_some(), "{text}");
        }
        assert_eq!(finds("01695 577140", "1695 577 141"), None);
        assert_eq!(finds("007 12", "44 71 2"), None, "too short for a telephone number");
    }

    #[test]
    fn letters_that_look_alike_hide_no_name() {
        for text in [
            "\u{41e}rmskirk",
            "Orm\u{455}kirk",
            "Orms\u{3ba}\u{3b9}r\u{3ba}",
            "Orm<!-- x -->skirk",
            "Orm&amp;#115;kirk",
            "Orm&amp;amp;#115;kirk",
            "Orm\u{e0061}skirk",
        ] {
            assert!(finds("Ormskirk", text).is_some(), "{text}");
        }
        // A name in its own script is found in either case.
        assert!(finds("\u{412}\u{435}\u{440}\u{430}", "\u{432}\u{435}\u{440}\u{430} came").is_some());
        assert_eq!(finds("Ormskirk", "Orm <!-- x --> and skirk"), None);
    }

    #[test]
    fn markup_hides_no_name() {
        for text in
            ["Orm**sk**irk", "Orm<b>skirk</b>", "Orm\\skirk", "O r m s k i r k.", "in *Orm*skirk", "Ormskirk%2C"]
        {
            assert!(finds("Ormskirk", text).is_some(), "{text}");
        }
        for text in
            ["Mary<br>Ann<br/>Kerr", "Mary%20Ann%20Kerr", "M a r y   A n n   K e r r", "<p>Mary <i>Ann</i></p>\nKerr"]
        {
            assert!(finds("Mary Ann Kerr", text).is_some(), "{text}");
        }
        let place = Wanted { which: 0, spelling: "St Brannoc's".to_owned(), only_capital: false, is_person: false };
        assert_eq!(Lookout::of(&[place]).sightings("Brannoc's, St").len(), 1);
        assert_eq!(finds("Müller", "M%C3%BCller").as_deref(), Some("M%C3%BCller"));
        for text in ["a < Ana >", "x<b>Ana</b>y", "*Ana*", "<b>Ana</b>"] {
            assert_eq!(lookout("Ana").sightings(text).len(), 1, "{text}");
        }
        for text in ["ban<b>ana</b>", "in a n a", "50%20 of a*n*apple", "options A, N, A", "1 % ana\u{2026}lysis<br>"] {
            let found = lookout("Ana").sightings(text);
            assert!(found.iter().all(|one| text[one.start..one.end].eq_ignore_ascii_case("ana")), "{text} {found:?}");
        }
        assert_eq!(finds("Ana", "in a n a way"), None, "three letters apart are no word");
        assert_eq!(finds("Kerr", "A * kerr\n\nMary").as_deref(), Some("kerr"));
    }

    #[test]
    fn numbers_and_scripts_without_spaces() {
        assert_eq!(finds("07700 900123", "call 0770-090 0123!").as_deref(), Some("0770-090 0123"));
        assert_eq!(finds("07700 900123", "1077009001239"), None);
        assert_eq!(finds("田中", "昨日田中さんは").as_deref(), Some("田中"));
    }

    #[test]
    fn a_name_that_is_a_word_too_is_found_by_its_capital() {
        let wanted = Wanted { which: 7, spelling: "Grace".to_owned(), only_capital: true, is_person: true };
        let lookout = Lookout::of(&[wanted]);
        assert_eq!(lookout.sightings("by grace alone"), []);
        assert_eq!(lookout.sightings("by Grace alone")[0].which, 7);
        // An ending needs a capital anyhow.
        assert_eq!(finds("Mark", "it marks the way"), None);
        assert_eq!(finds("Mark", "Marks and others").as_deref(), Some("Mark"));
    }
}
