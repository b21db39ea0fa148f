//! What the forms of a word have in common, and which words say little.

use super::terms::{Stems, exact};
use crate::language::Language;
use crate::text::words;
use std::collections::{BTreeMap, BTreeSet};

/// Keys of words: their stems by the rules of their language, or where forms are told apart the words themselves.
#[derive(Default)]
pub struct Keys {
    forms_apart: bool,
    stems: Stems,
    /// Keys of the words that every text is full of, by language.
    empty: BTreeMap<Language, BTreeSet<String>>,
}

impl Keys {
    /// One key a stem.
    pub fn of_stems() -> Self {
        Keys::default()
    }

    /// One key a form.
    pub fn of_forms() -> Self {
        Keys { forms_apart: true, ..Keys::default() }
    }

    /// The key of an [`exact`] term.
    pub fn key(&mut self, form: &str, language: Language) -> String {
        if self.forms_apart { form.to_owned() } else { self.stems.stem(form, language).to_owned() }
    }

    /// Whether a key is of a word of the kind that every text is full of: *the*, *and*, *you*.
    pub fn says_little(&mut self, key: &str, language: Language) -> bool {
        if !self.empty.contains_key(&language) {
            let mut keys = BTreeSet::new();
            for word in stop_words::lookup(language.code()).unwrap_or_default() {
                let spellings = [(*word).to_owned(), word.replace('\'', "\u{2019}")];
                keys.extend(spellings.map(|word| self.key(&exact(&word), language)));
            }
            self.empty.insert(language, keys);
        }
        self.empty.get(&language).is_some_and(|keys| keys.contains(key))
    }

    /// The keys of a text's telling words; of all its words, where none of them tells anything.
    pub fn gist(&mut self, text: &str, language: Language) -> BTreeSet<String> {
        let all: BTreeSet<String> = words::words(text).map(|(_, word)| self.key(&exact(word), language)).collect();
        let telling: BTreeSet<String> = all.iter().filter(|key| !self.says_little(key, language)).cloned().collect();
        if telling.is_empty() { all } else { telling }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gist_of_a_text_is_its_telling_stems() {
        let gist = |text: &str| Keys::of_stems().gist(text, Language::ENGLISH).into_iter().collect::<Vec<_>>();
        assert_eq!(gist("They trust the nurses, and trusted them"), ["nurs", "trust"]);
        assert_eq!(gist("It is what it is"), ["is", "it", "what"]);
        assert!(gist("...").is_empty());
    }
}
