//! Which language a document is in: what the person said, else what its words tell, else English.

use crate::diagnostic::Result;
use crate::language::Language;
use crate::manuscript::Manuscript;
use std::ops::ControlFlow;

/// Bytes of speech looked at.
const SAMPLE: usize = 20_000;

/// The language of a manuscript's words, labels and times left out.
///
/// Faults: those of reading it.
pub fn language(manuscript: &dyn Manuscript, said: Option<Language>) -> Result<Language> {
    let mut sample = String::new();
    if said.is_none() {
        manuscript.each_shard(&mut |text, units| {
            for segment in units.iter().flat_map(|unit| &unit.speech) {
                sample.push_str(segment.span.of(text).unwrap_or_default());
                sample.push('\n');
                if sample.len() > SAMPLE {
                    break;
                }
            }
            Ok(ControlFlow::Break(()))
        })?;
    }
    Ok(said.or_else(|| told(&sample)).unwrap_or_default())
}

/// Nothing is told of words whose first half is in one language and the second in another.
fn told(words: &str) -> Option<Language> {
    let language = Language::of_text(words)?;
    let (first, second) = words.split_at(words.floor_char_boundary(words.len() / 2));
    let agrees = |half: &str| Language::of_text(half).is_none_or(|other| other == language);
    (agrees(first) && agrees(second)).then_some(language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Draft;
    use crate::import::{Limits, Request, read};
    use crate::strand::SourceKind;
    use crate::testdata::real;

    const FRENCH: &str = "Elle venait tous les jeudis, même quand je ne voulais voir personne. Au début je ne répondais pas à la porte, puis j'ai compris qu'elle reviendrait quoi qu'il arrive, et cela a tout changé pour moi.";
    const ENGLISH: &str = "Well, they rang me every week, and when I did not answer they rang again until I picked up. I think that was what kept me going through the winter, knowing that somebody would notice if I was gone.";

    fn draft(name: &str, bytes: &[u8]) -> Draft {
        let (kind, limits) = (SourceKind::Interview, Limits::default());
        let (mapping, format, sheet) = (None, None, None);
        read(&Request { name, bytes, kind, mapping, format, sheet, roles: &[], limits }).unwrap().draft
    }

    fn code(text: &str, said: Option<Language>) -> &'static str {
        language(&draft("a.txt", text.as_bytes()), said).unwrap().code()
    }

    #[test]
    fn words_tell_and_a_person_knows_better() {
        assert_eq!(code(FRENCH, None), "fr");
        assert_eq!(code(FRENCH, Some(Language::ENGLISH)), "en");
        assert_eq!(code("Oui.", None), "en");
        // Labels are no words.
        let talk = format!(
            "The Interviewer of the Study:\nEt alors?\nWell Spoken Participant:\n{FRENCH}\nThe Interviewer of the Study:\nAh.\n"
        );
        assert_eq!(code(&talk, None), "fr");
    }

    #[test]
    fn of_two_languages_neither_is_told() {
        assert_eq!(code(&format!("{FRENCH}\n{ENGLISH}"), None), "en");
        assert_eq!(code(&format!("{ENGLISH}\n{FRENCH}"), Some("fr".parse().unwrap())), "fr");
    }

    /// By what their names say, of talks in three languages.
    #[test]
    fn real_texts_are_in_the_language_their_names_say() {
        let Some(folder) = real("transcripts/talks-bitcoin-md") else { return };
        let mut told = std::collections::BTreeMap::<&str, usize>::new();
        for path in std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let expected = ["es", "zh"].into_iter().find(|code| name.ends_with(&format!(".{code}.md"))).unwrap_or("en");
            let found = language(&draft(&name, &std::fs::read(&path).unwrap()), None).unwrap();
            assert_eq!(found.code(), expected, "{name}");
            *told.entry(expected).or_default() += 1;
        }
        assert!(told["es"] >= 5 && told["zh"] >= 3 && told["en"] >= 30, "{told:?}");
    }
}
