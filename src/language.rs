//! Languages of documents: a closed list by ISO 639-1 code, and telling which one a text is in. The only
//! user of whatlang.
//!
//! How the words of a language are stemmed is the index's affair.

use crate::diagnostic::{Fault, fault, suggestions};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use whatlang::Lang;

/// A language, by its code of two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Language(&'static str);

/// Code, English name, and what whatlang calls it, where it can tell it.
type Row = (&'static str, &'static str, Option<Lang>);

const TABLE: &[Row] = &[
    ("af", "Afrikaans", Some(Lang::Afr)),
    ("ak", "Akan", Some(Lang::Aka)),
    ("am", "Amharic", Some(Lang::Amh)),
    ("ar", "Arabic", Some(Lang::Ara)),
    ("az", "Azerbaijani", Some(Lang::Aze)),
    ("be", "Belarusian", Some(Lang::Bel)),
    ("bg", "Bulgarian", Some(Lang::Bul)),
    ("bn", "Bengali", Some(Lang::Ben)),
    ("ca", "Catalan", Some(Lang::Cat)),
    ("cs", "Czech", Some(Lang::Ces)),
    ("cy", "Welsh", Some(Lang::Cym)),
    ("da", "Danish", Some(Lang::Dan)),
    ("de", "German", Some(Lang::Deu)),
    ("el", "Greek", Some(Lang::Ell)),
    ("en", "English", Some(Lang::Eng)),
    ("eo", "Esperanto", Some(Lang::Epo)),
    ("es", "Spanish", Some(Lang::Spa)),
    ("et", "Estonian", Some(Lang::Est)),
    ("eu", "Basque", None),
    ("fa", "Persian", Some(Lang::Pes)),
    ("fi", "Finnish", Some(Lang::Fin)),
    ("fr", "French", Some(Lang::Fra)),
    ("ga", "Irish", None),
    ("gd", "Scottish Gaelic", None),
    ("gl", "Galician", None),
    ("gu", "Gujarati", Some(Lang::Guj)),
    ("he", "Hebrew", Some(Lang::Heb)),
    ("hi", "Hindi", Some(Lang::Hin)),
    ("hr", "Croatian", Some(Lang::Hrv)),
    ("hu", "Hungarian", Some(Lang::Hun)),
    ("hy", "Armenian", Some(Lang::Hye)),
    ("id", "Indonesian", Some(Lang::Ind)),
    ("is", "Icelandic", None),
    ("it", "Italian", Some(Lang::Ita)),
    ("ja", "Japanese", Some(Lang::Jpn)),
    ("jv", "Javanese", Some(Lang::Jav)),
    ("ka", "Georgian", Some(Lang::Kat)),
    ("km", "Khmer", Some(Lang::Khm)),
    ("kn", "Kannada", Some(Lang::Kan)),
    ("ko", "Korean", Some(Lang::Kor)),
    ("la", "Latin", Some(Lang::Lat)),
    ("lt", "Lithuanian", Some(Lang::Lit)),
    ("lv", "Latvian", Some(Lang::Lav)),
    ("mi", "Maori", None),
    ("mk", "Macedonian", Some(Lang::Mkd)),
    ("ml", "Malayalam", Some(Lang::Mal)),
    ("mr", "Marathi", Some(Lang::Mar)),
    ("mt", "Maltese", None),
    ("my", "Burmese", Some(Lang::Mya)),
    ("ne", "Nepali", Some(Lang::Nep)),
    ("nl", "Dutch", Some(Lang::Nld)),
    ("no", "Norwegian", Some(Lang::Nob)),
    ("or", "Oriya", Some(Lang::Ori)),
    ("pa", "Punjabi", Some(Lang::Pan)),
    ("pl", "Polish", Some(Lang::Pol)),
    ("ps", "Pashto", None),
    ("pt", "Portuguese", Some(Lang::Por)),
    ("ro", "Romanian", Some(Lang::Ron)),
    ("ru", "Russian", Some(Lang::Rus)),
    ("si", "Sinhalese", Some(Lang::Sin)),
    ("sk", "Slovak", Some(Lang::Slk)),
    ("sl", "Slovene", Some(Lang::Slv)),
    ("sn", "Shona", Some(Lang::Sna)),
    ("so", "Somali", None),
    ("sq", "Albanian", None),
    ("sr", "Serbian", Some(Lang::Srp)),
    ("sv", "Swedish", Some(Lang::Swe)),
    ("sw", "Swahili", None),
    ("ta", "Tamil", Some(Lang::Tam)),
    ("te", "Telugu", Some(Lang::Tel)),
    ("th", "Thai", Some(Lang::Tha)),
    ("tk", "Turkmen", Some(Lang::Tuk)),
    ("tl", "Tagalog", Some(Lang::Tgl)),
    ("tr", "Turkish", Some(Lang::Tur)),
    ("uk", "Ukrainian", Some(Lang::Ukr)),
    ("ur", "Urdu", Some(Lang::Urd)),
    ("uz", "Uzbek", Some(Lang::Uzb)),
    ("vi", "Vietnamese", Some(Lang::Vie)),
    ("yi", "Yiddish", Some(Lang::Yid)),
    ("zh", "Chinese", Some(Lang::Cmn)),
    ("zu", "Zulu", Some(Lang::Zul)),
];

/// Letters below which nothing is told: a few words are like those of many languages.
const ENOUGH: usize = 120;
/// Letters of which nothing is told either, where a letter is a syllable or a word.
const ENOUGH_SYLLABLES: usize = 40;

impl Language {
    /// What a document is taken to be in where nothing else is known.
    pub const ENGLISH: Language = Language("en");

    /// Two letters, as in ISO 639-1.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        TABLE.iter().find(|(code, ..)| *code == self.0).map_or(self.0, |(_, name, _)| name)
    }

    /// The language of a text; `None` where it is too short, or more than one are likely.
    pub fn of_text(text: &str) -> Option<Self> {
        let found = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
        let is_dense = matches!(found.lang(), Lang::Cmn | Lang::Jpn | Lang::Kor | Lang::Tha);
        let enough = if is_dense { ENOUGH_SYLLABLES } else { ENOUGH };
        let is_enough = text.chars().filter(|letter| letter.is_alphabetic()).nth(enough - 1).is_some();
        let row = TABLE.iter().find(|(.., lang)| *lang == Some(found.lang()));
        row.filter(|_| is_enough).map(|(code, ..)| Language(code))
    }
}

impl Default for Language {
    fn default() -> Self {
        Language::ENGLISH
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for Language {
    type Err = Fault;

    /// A code, with or without a country (`fr`, `pt-BR`), or an English name, whatever its case. Fault
    /// `unknown-language`.
    fn from_str(typed: &str) -> Result<Self, Fault> {
        let wanted = typed.trim().to_lowercase();
        let code = wanted.split(['-', '_']).next().unwrap_or_default();
        let code = if matches!(code, "nb" | "nn") { "no" } else { code };
        let found = TABLE.iter().find(|(one, name, _)| *one == code || name.to_lowercase() == wanted);
        found.map(|(code, ..)| Language(code)).ok_or_else(|| {
            fault("unknown-language", format!("there is no language '{typed}'"))
                .hints(suggestions(&wanted, TABLE.iter().map(|(_, name, _)| *name)))
                .hint("write its English name or its code of two letters, as in French or fr")
        })
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_named_by_code_country_or_name() {
        for typed in ["fr", "FR", "fr-CA", "French", " french "] {
            assert_eq!(typed.parse::<Language>().unwrap().code(), "fr", "{typed}");
        }
        assert_eq!("nb-NO".parse::<Language>().unwrap().name(), "Norwegian");
        assert_eq!("scottish gaelic".parse::<Language>().unwrap().code(), "gd");
        let fault = "Frensh".parse::<Language>().unwrap_err();
        assert_eq!((fault.0.code, fault.0.hints[0].as_str()), ("unknown-language", "did you mean French?"));
        assert!("".parse::<Language>().is_err());
    }

    #[test]
    fn the_table_is_in_order_and_holds_every_language_that_can_be_told() {
        assert!(TABLE.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for lang in Lang::all() {
            assert!(TABLE.iter().any(|(.., one)| one == &Some(*lang)), "{lang}");
        }
    }

    #[test]
    fn enough_text_tells_its_language_and_a_few_words_do_not() {
        let texts = [
            (
                "en",
                "Well, they rang me every week, and when I did not answer they rang again until I picked up. I think that was what kept me going through the winter, knowing that somebody would notice if I was not there.",
            ),
            (
                "fr",
                "Elle venait tous les jeudis, même quand je ne voulais voir personne. Au début je ne répondais pas à la porte, puis j'ai compris qu'elle reviendrait quoi qu'il arrive, et cela a tout changé pour moi.",
            ),
            (
                "de",
                "Am Anfang wollte ich mit niemandem reden, aber sie hat jede Woche angerufen und nie gedrängt. Irgendwann habe ich gemerkt, dass es jemandem auffällt, wenn ich nicht komme, und das hat mir geholfen.",
            ),
            (
                "cy",
                "Roedd hi'n dod bob dydd Iau, hyd yn oed pan nad oeddwn i eisiau gweld neb. Ar y dechrau doeddwn i ddim yn ateb y drws, ond wedyn sylweddolais y byddai hi'n dod yn ôl beth bynnag a ddigwyddai.",
            ),
            (
                "zh",
                "她每个星期四都来，即使我谁也不想见。一开始我不开门，后来我明白无论发生什么她都会回来，这对我来说改变了一切，让我愿意再试一次。",
            ),
        ];
        for (code, text) in texts {
            assert_eq!(Language::of_text(text).map(Language::code), Some(code));
        }
        for text in ["Oui, bien sûr.", "", "1 2 3 4", "Yes. No. Why?"] {
            assert_eq!(Language::of_text(text), None, "{text}");
        }
    }
}
