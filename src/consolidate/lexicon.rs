//! From the words of a statement to what is compared: stems, one for all words that the team takes for the
//! same, each with a sign; and numbers with what they count.

use super::signs::{self, Sign};
use crate::index::{Stems, exact};
use crate::language::Language;
use crate::text::words;
use std::collections::{BTreeMap, BTreeSet};

/// A stem by its number, and whether it is denied. Both forms of one stem are neighbours in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term {
    pub stem: u32,
    pub denied: bool,
}

/// What one stretch of text says.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// In order, each once.
    pub terms: Vec<Term>,
    /// Numbers, by the stem of what they count.
    pub numbers: BTreeSet<(String, u32)>,
}

/// Words that the team takes for the same, as a list of terms by its head; `not to stay` among them is the
/// head denied.
pub type Synonyms = BTreeMap<String, Vec<String>>;

/// Reads texts of one language.
pub struct Lexicon {
    language: Language,
    stems: Stems,
    empty: BTreeSet<String>,
    numbers: BTreeMap<String, u32>,
    /// The shortest form met of each stem, for people.
    forms: Vec<String>,
    phrases: BTreeMap<String, Vec<Phrase>>,
}

/// A synonym: the stems it is made of after the first, and what it stands for.
struct Phrase {
    rest: Vec<String>,
    denied: bool,
    head: String,
    denies_head: bool,
}

/// A telling word where it stands.
struct Word {
    stem: String,
    form: String,
    denied: bool,
    ends_clause: bool,
}

impl Lexicon {
    pub fn new(language: Language, synonyms: &Synonyms) -> Self {
        let mut lexicon = Lexicon {
            language,
            stems: Stems::new(),
            empty: BTreeSet::new(),
            numbers: BTreeMap::new(),
            forms: Vec::new(),
            phrases: BTreeMap::new(),
        };
        for word in stop_words::lookup(language.code()).unwrap_or_default() {
            lexicon.empty.insert(exact(word));
        }
        for (head, others) in synonyms {
            lexicon.add_synonyms(head, others);
        }
        lexicon
    }

    fn add_synonyms(&mut self, head: &str, others: &[String]) {
        let (heads, _) = self.telling(head);
        let name = heads.iter().map(|word| word.stem.as_str()).collect::<Vec<_>>().join(" ");
        let is_head_denied = heads.first().is_some_and(|word| word.denied);
        for other in others.iter().map(String::as_str).chain([head]) {
            let (words, _) = self.telling(other);
            let denied = words.first().is_some_and(|word| word.denied);
            let mut stems = words.into_iter().map(|word| word.stem);
            let Some(first) = stems.next() else { continue };
            let phrase = Phrase { rest: stems.collect(), denied, head: name.clone(), denies_head: is_head_denied };
            self.phrases.entry(first).or_default().push(phrase);
        }
        for phrases in self.phrases.values_mut() {
            phrases.sort_by(|a, b| {
                b.rest.len().cmp(&a.rest.len()).then_with(|| (&a.rest, &a.head).cmp(&(&b.rest, &b.head)))
            });
        }
    }

    /// What a text says.
    pub fn read(&mut self, text: &str) -> Said {
        let (words, numbers) = self.telling(text);
        let mut terms = Vec::with_capacity(words.len());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let found = self.phrases.get(&word.stem).and_then(|all| all.iter().find(|one| one.begins(&words[at..])));
            let (name, denied, length) = match found {
                Some(phrase) => {
                    let denied = word.denied ^ phrase.denied ^ phrase.denies_head;
                    (phrase.head.clone(), denied, 1 + phrase.rest.len())
                }
                None => (word.stem.clone(), word.denied, 1),
            };
            let form = words[at..at + length].iter().map(|one| one.form.as_str()).collect::<Vec<_>>().join(" ");
            terms.push(Term { stem: self.stem_number(name, &form), denied });
            at += length;
        }
        terms.sort_unstable();
        terms.dedup();
        Said { terms, numbers }
    }

    fn stem_number(&mut self, name: String, form: &str) -> u32 {
        let next = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(name).or_insert(next);
        match self.forms.get_mut(number as usize) {
            Some(held) if (form.len(), form) < (held.len(), held.as_str()) => form.clone_into(held),
            Some(_) => {}
            None => self.forms.push(form.to_owned()),
        }
        number
    }

    /// How people read a stem.
    pub fn form(&self, stem: u32) -> &str {
        self.forms.get(stem as usize).map_or("", String::as_str)
    }

    /// Number of stems met.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The telling words of a text with their signs, and its numbers.
    fn telling(&mut self, text: &str) -> (Vec<Word>, BTreeSet<(String, u32)>) {
        let mut reading = Reading::default();
        let mut before = 0;
        for (span, word) in words::words(text) {
            if text[before..span.start()].contains([',', ';', ':', '.', '!', '?', '(', ')']) {
                reading.end_clause();
            }
            before = span.end();
            let form = exact(word).replace('\u{2019}', "'");
            self.take(&mut reading, form);
        }
        reading.end_clause();
        (reading.words, reading.numbers)
    }

    fn take(&mut self, reading: &mut Reading, form: String) {
        let sign = signs::sign(&form, self.language);
        match sign {
            Sign::Denies => reading.pending = Some(Sign::Denies),
            Sign::Lowers => {
                reading.end_number();
                reading.pending = Some(Sign::Lowers);
            }
            Sign::Parts => reading.end_clause(),
            Sign::Raises | Sign::Light => {}
            Sign::Plain => {
                let is_negated_one = reading.pending.is_some() && form == "one";
                if let Some(number) = signs::number(&form, self.language) {
                    if !is_negated_one {
                        reading.counting = Some(number);
                    }
                } else if !self.empty.contains(&form) {
                    let stem = self.stems.stem(signs::regular(&form, self.language), self.language).to_owned();
                    reading.push(stem, form);
                } else {
                    reading.end_number();
                }
            }
        }
    }
}

impl Phrase {
    /// The words begin with it, within one clause.
    fn begins(&self, words: &[Word]) -> bool {
        let after = words.iter().skip(1);
        let within = !words.iter().take(self.rest.len()).any(|word| word.ends_clause);
        within && words.len() > self.rest.len() && self.rest.iter().zip(after).all(|(stem, word)| *stem == word.stem)
    }
}

/// A text while it is read.
#[derive(Default)]
struct Reading {
    words: Vec<Word>,
    numbers: BTreeSet<(String, u32)>,
    pending: Option<Sign>,
    counting: Option<u32>,
    /// Where the clause began.
    clause: usize,
}

impl Reading {
    fn push(&mut self, stem: String, form: String) {
        if let Some(number) = self.counting.take() {
            self.numbers.insert((stem.clone(), number));
        }
        let denied = self.pending.take().is_some();
        self.words.push(Word { stem, form, denied, ends_clause: false });
    }

    /// `one of them` counts nothing.
    fn end_number(&mut self) {
        self.counting = None;
    }

    fn end_clause(&mut self) {
        self.end_number();
        let lowers = self.pending.take() == Some(Sign::Lowers);
        if self.words.len() > self.clause
            && let Some(last) = self.words.last_mut()
        {
            last.denied ^= lowers;
            last.ends_clause = true;
        }
        self.clause = self.words.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lexicon: &mut Lexicon, text: &str) -> Vec<String> {
        let said = lexicon.read(text);
        let shown = |term: &Term| format!("{}{}", if term.denied { "¬" } else { "" }, lexicon.form(term.stem));
        let mut shown: Vec<String> = said.terms.iter().map(shown).collect();
        shown.sort();
        shown
    }

    fn english(synonyms: &[(&str, &[&str])]) -> Lexicon {
        let owned = synonyms
            .iter()
            .map(|(head, others)| ((*head).to_owned(), others.iter().map(|one| (*one).to_owned()).collect()));
        Lexicon::new(Language::ENGLISH, &owned.collect())
    }

    #[test]
    fn what_is_denied_or_lowered_is_told_from_what_is_not() {
        let mut words = english(&[]);
        assert_eq!(read(&mut words, "they feel capable, not watched"), ["capable", "¬watched"]);
        assert_eq!(read(&mut words, "shame drops and trust grows"), ["trust", "¬shame"]);
        assert_eq!(read(&mut words, "less shame, more trust"), ["trust", "¬shame"]);
        assert_eq!(read(&mut words, "They don't trust, or cannot hope"), ["¬hope", "¬trust"]);
        assert_eq!(read(&mut words, "nobody sees who goes"), ["goes", "¬sees"]);
        assert_eq!(read(&mut words, "no one is singled out"), ["¬singled"]);
    }

    #[test]
    fn numbers_are_kept_with_what_they_count() {
        let mut words = english(&[]);
        let of = |words: &mut Lexicon, text: &str| words.read(text).numbers.into_iter().collect::<Vec<_>>();
        assert_eq!(of(&mut words, "within two days"), of(&mut words, "in 2 days"));
        assert_eq!(of(&mut words, "within 2 weeks"), [("week".to_owned(), 2)]);
        assert_eq!(of(&mut words, "no one and one of them"), []);
    }

    #[test]
    fn synonyms_are_one_term_and_may_be_the_contrary() {
        let mut words = english(&[("stay", &["remain", "keep in touch", "not leave"])]);
        let stay = words.read("they stay");
        assert_eq!(words.read("they remain"), stay);
        assert_eq!(words.read("they keep in touch"), stay);
        assert_eq!(words.read("they do not leave"), stay);
        assert!(words.read("they leave").terms[0].denied);
        assert!(words.read("they do not stay").terms[0].denied);
    }

    #[test]
    fn other_languages_have_their_own_words() {
        let mut words = Lexicon::new("de".parse().unwrap(), &Synonyms::new());
        assert_eq!(read(&mut words, "sie fühlen sich nicht beobachtet"), ["fühlen", "¬beobachtet"]);
        let mut words = Lexicon::new("pl".parse().unwrap(), &Synonyms::new());
        assert_eq!(read(&mut words, "zaufanie rośnie"), ["rośnie", "zaufanie"]);
    }
}
