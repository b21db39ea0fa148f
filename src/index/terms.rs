//! From words to the terms of the index: as they are written, and as they are stemmed.

use crate::language::Language;
use crate::text::words;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use tantivy::tokenizer::{self, RawTokenizer, Stemmer, TextAnalyzer};
use unicode_normalization::UnicodeNormalization;

/// Longest term in bytes; tantivy would drop one of more than 65,530 without a word.
const LONGEST: usize = 512;
/// Most stems remembered of one language.
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

/// Stems words by the rules of their language; remembers, because texts repeat themselves.
#[derive(Default)]
pub struct Stems {
    rules: BTreeMap<Language, Rules>,
}

impl Stems {
    pub fn new() -> Self {
        Stems::default()
    }

    /// The stem of an [`exact`] term; apostrophes and composed letters count alike there. Stems of
    /// different languages are different terms, so that a word is only ever compared by one set of rules.
    pub fn stem(&mut self, exact: &str, language: Language) -> &str {
        self.rules.entry(language).or_insert_with(|| Rules::of(language)).stem(exact)
    }
}

/// What one language does to its words.
struct Rules {
    language: Language,
    /// None where no rules are known: the word itself is its stem.
    analyzer: Option<TextAnalyzer>,
    known: HashMap<String, String>,
}

impl Rules {
    fn of(language: Language) -> Self {
        let stemmer = rules(language).map(Stemmer::new);
        let analyzer = stemmer.map(|stemmer| TextAnalyzer::builder(RawTokenizer::default()).filter(stemmer).build());
        Rules { language, analyzer, known: HashMap::new() }
    }

    fn stem(&mut self, exact: &str) -> &str {
        if !self.known.contains_key(exact) {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            let stem = self.stemmed(exact);
            self.known.insert(exact.to_owned(), stem);
        }
        &self.known[exact]
    }

    fn stemmed(&mut self, exact: &str) -> String {
        let plain: Cow<str> = if exact.is_ascii() {
            exact.into()
        } else {
            exact.nfc().collect::<String>().replace('\u{2019}', "'").into()
        };
        let word = without_elision(&plain, self.language);
        let stem = match &mut self.analyzer {
            None => word.to_owned(),
            Some(analyzer) => {
                let mut stream = analyzer.token_stream(word);
                if stream.advance() { stream.token().text.clone() } else { word.to_owned() }
            }
        };
        if self.language == Language::ENGLISH { stem } else { format!("{}\u{1}{stem}", self.language.code()) }
    }
}

/// tantivy's rules for a language.
fn rules(language: Language) -> Option<tokenizer::Language> {
    Some(match language.code() {
        "ar" => tokenizer::Language::Arabic,
        "da" => tokenizer::Language::Danish,
        "de" => tokenizer::Language::German,
        "el" => tokenizer::Language::Greek,
        "en" => tokenizer::Language::English,
        "es" => tokenizer::Language::Spanish,
        "fi" => tokenizer::Language::Finnish,
        "fr" => tokenizer::Language::French,
        "hu" => tokenizer::Language::Hungarian,
        "it" => tokenizer::Language::Italian,
        "nl" => tokenizer::Language::Dutch,
        "no" => tokenizer::Language::Norwegian,
        "pt" => tokenizer::Language::Portuguese,
        "ro" => tokenizer::Language::Romanian,
        "ru" => tokenizer::Language::Russian,
        "sv" => tokenizer::Language::Swedish,
        "ta" => tokenizer::Language::Tamil,
        "tr" => tokenizer::Language::Turkish,
        _ => return None,
    })
}

/// A French, Italian or Catalan word without the little word that lost its vowel before it: `l'hôpital`,
/// `dell'ospedale`. Unicode's words do not part the two.
fn without_elision(word: &str, language: Language) -> &str {
    let elided: &[&str] = match language.code() {
        "fr" => &["l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"],
        "it" => {
            &["l", "un", "d", "c", "s", "t", "v", "m", "all", "dell", "nell", "sull", "dall", "coll", "quest", "quell"]
        }
        "ca" => &["l", "d", "n", "s", "m", "t"],
        _ => return word,
    };
    match word.split_once('\'') {
        Some((little, rest)) if !rest.is_empty() && elided.contains(&little) => rest,
        _ => word,
    }
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
            let stem = stems.stem(one, Language::ENGLISH).to_owned();
            assert_eq!(stem, stems.stem(other, Language::ENGLISH));
        }
        assert_ne!(exact("don\u{2019}t"), exact("don't"));
    }

    #[test]
    fn each_language_has_its_own_rules() {
        let mut stems = Stems::new();
        for (code, one, other) in [
            ("fr", "soignante", "soignantes"),
            ("fr", "l\u{2019}hôpital", "hôpital"),
            ("de", "häuser", "häusern"),
            ("it", "dell'ospedale", "ospedali"),
            ("es", "hablando", "hablar"),
        ] {
            let language = code.parse().unwrap();
            let stem = stems.stem(one, language).to_owned();
            assert_eq!(stem, stems.stem(other, language), "{one}");
            assert_ne!(stem, stems.stem(other, Language::ENGLISH));
        }
        let polish = "pl".parse().unwrap();
        assert_ne!(stems.stem("domy", polish).to_owned(), stems.stem("dom", polish));
        assert!(stems.stem("aujourd'hui", "fr".parse().unwrap()).contains("aujourd"));
    }

    #[test]
    fn long_words_stay_distinct() {
        let (a, b) = (format!("{}a", "x".repeat(70_000)), format!("{}b", "x".repeat(70_000)));
        assert_ne!(exact(&a), exact(&b));
        assert!(exact(&a).len() <= LONGEST);
    }
}
