//! From words to the terms of the index: as they are written, and as they are stemmed.

use crate::text::words;
use std::borrow::Cow;
use std::collections::HashMap;
use tantivy::tokenizer::{Language, RawTokenizer, Stemmer, TextAnalyzer};
use unicode_normalization::UnicodeNormalization;

/// Longest term in bytes; tantivy would drop one of more than 65,530 without a word.
const LONGEST: usize = 512;
/// Most stems remembered.
const REMEMBERED: usize = 100_000;

/// The term of a word as it is written: case-folded and nothing else.
pub fn exact(word: &str) -> String {
    shortened(words::fold(word))
}

/// A word too long for the index is its beginning and a digest of the whole: still one term, still
/// found, still distinct.
fn shortened(word: String) -> String {
    if word.len() <= LONGEST {
        return word;
    }
    let cut = word.floor_char_boundary(LONGEST / 2);
    format!("{}\u{1}{}", &word[..cut], blake3::hash(word.as_bytes()).to_hex())
}

/// Stems words by the English rules; remembers, because texts repeat themselves.
pub struct Stems {
    analyzer: TextAnalyzer,
    known: HashMap<String, String>,
}

impl Default for Stems {
    fn default() -> Self {
        Stems::new()
    }
}

impl Stems {
    pub fn new() -> Self {
        let analyzer = TextAnalyzer::builder(RawTokenizer::default()).filter(Stemmer::new(Language::English)).build();
        Stems { analyzer, known: HashMap::new() }
    }

    /// The stem of an [`exact`] term; apostrophes and composed letters count alike there.
    pub fn stem(&mut self, exact: &str) -> &str {
        if !self.known.contains_key(exact) {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            let stem = stemmed(&mut self.analyzer, exact);
            self.known.insert(exact.to_owned(), stem);
        }
        &self.known[exact]
    }
}

fn stemmed(analyzer: &mut TextAnalyzer, exact: &str) -> String {
    let plain: Cow<str> =
        if exact.is_ascii() { exact.into() } else { exact.nfc().collect::<String>().replace('\u{2019}', "'").into() };
    let mut stream = analyzer.token_stream(&plain);
    if stream.advance() { stream.token().text.clone() } else { plain.clone().into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_share_a_stem() {
        let mut stems = Stems::new();
        for (one, other) in [
            ("trusted", "trusting"),
            ("partner's", "partners"),
            ("don\u{2019}t", "don't"),
            ("cafe\u{301}", "caf\u{e9}"),
        ] {
            let stem = stems.stem(one).to_owned();
            assert_eq!(stem, stems.stem(other));
        }
        assert_ne!(exact("don\u{2019}t"), exact("don't"));
    }

    #[test]
    fn long_words_stay_distinct() {
        let (a, b) = (format!("{}a", "x".repeat(70_000)), format!("{}b", "x".repeat(70_000)));
        assert_ne!(exact(&a), exact(&b));
        assert!(exact(&a).len() <= LONGEST);
    }
}
