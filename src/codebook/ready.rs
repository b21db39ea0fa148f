//! The codebooks that come with the tool: `codebooks/ready/*.toml`, built into the program. Their ids
//! follow from their keys, so two sites that take one in hold the same codes.

use super::{Field, Outline, Outlined, Parent};
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::id::Id;
use serde::Deserialize;

/// A codebook to take in.
#[derive(Debug, Clone)]
pub struct Ready {
    pub key: &'static str,
    pub title: String,
    /// What it is for.
    pub about: String,
    pub outline: Outline,
}

/// Key and text of each.
const FILES: &[(&str, &str)] = &[
    ("cmo", include_str!("../../codebooks/ready/cmo.toml")),
    ("context", include_str!("../../codebooks/ready/context.toml")),
    ("appraisal", include_str!("../../codebooks/ready/appraisal.toml")),
    ("tidier", include_str!("../../codebooks/ready/tidier.toml")),
    ("collaborative-care", include_str!("../../codebooks/ready/collaborative-care.toml")),
    ("rainbow", include_str!("../../codebooks/ready/rainbow.toml")),
    ("rainbow-taxonomy", include_str!("../../codebooks/ready/rainbow-taxonomy.toml")),
    ("stepped-care", include_str!("../../codebooks/ready/stepped-care.toml")),
    ("integrated-model", include_str!("../../codebooks/ready/integrated-model.toml")),
    ("outcomes", include_str!("../../codebooks/ready/outcomes.toml")),
];

#[derive(Deserialize)]
struct File {
    title: String,
    about: String,
    code: Vec<toml::Table>,
}

/// All of them, in the order they are listed.
pub fn all() -> Result<Vec<Ready>> {
    FILES.iter().map(|(key, text)| read(key, text)).collect()
}

/// One by its key. Fault `unknown-codebook`.
pub fn named(typed: &str) -> Result<Ready> {
    let wanted = typed.trim().to_lowercase().replace([' ', '_'], "-");
    let Some((key, text)) = FILES.iter().find(|(key, _)| *key == wanted) else {
        let keys = || FILES.iter().map(|(key, _)| *key);
        return Err(fault("unknown-codebook", format!("there is no ready codebook '{}'", typed.trim()))
            .hints(did_you_mean(&wanted, keys()).first().map(|near| format!("did you mean {near}?")))
            .hint(format!("there are: {}", keys().collect::<Vec<_>>().join(", "))));
    };
    read(key, text)
}

fn read(key: &'static str, text: &str) -> Result<Ready> {
    let broken = |what: String| fault("bad-codebook", format!("the ready codebook {key} cannot be read: {what}"));
    let file: File = toml::from_str(text).map_err(|error| broken(error.to_string()))?;
    let entries = file.code.iter().map(|code| entry(key, code)).collect::<Result<_, String>>().map_err(broken)?;
    let mut outline = Outline { entries };
    outline.settle_parents();
    Ok(Ready { key, title: file.title, about: file.about, outline })
}

fn entry(book: &'static str, code: &toml::Table) -> Result<Outlined, String> {
    let text = |name: &str| code.get(name).and_then(toml::Value::as_str);
    let key = text("key").ok_or("a code has no key")?;
    let mut entry = Outlined::new(1, text("name").ok_or_else(|| format!("{key} has no name"))?);
    entry.id = Some(id(book, key));
    entry.parent = text("parent").map(|above| Parent::Named(id(book, above).to_string()));
    entry.say(Field::Book, &[book.to_owned()])?;
    match entry.say_all(code).into_iter().next() {
        Some(what) => Err(what),
        None => Ok(entry),
    }
}

fn id(book: &str, key: &str) -> Id {
    Id::derived([b"ready codebook".as_slice(), book.as_bytes(), key.as_bytes()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_ready_code_has_a_definition_and_where_it_comes_from() {
        let mut ids = BTreeSet::new();
        for ready in all().unwrap() {
            assert!(!ready.title.is_empty() && !ready.about.is_empty(), "{}", ready.key);
            assert!(super::super::is_book(ready.key));
            for entry in &ready.outline.entries {
                assert!(!entry.texts(Field::Definition).is_empty(), "{}: {}", ready.key, entry.name);
                assert!(!entry.texts(Field::Source).is_empty(), "{}: {}", ready.key, entry.name);
                assert!(!matches!(entry.parent, Some(Parent::Named(_))), "{}: {}", ready.key, entry.name);
                assert!(ids.insert(entry.id), "{}: {}", ready.key, entry.name);
            }
        }
    }

    #[test]
    fn every_feature_of_a_taxonomy_says_what_to_ask_of_a_source() {
        for key in ["collaborative-care", "rainbow", "rainbow-taxonomy", "stepped-care", "integrated-model"] {
            let ready = named(key).unwrap();
            let features = ready.outline.entries.iter().filter(|one| one.texts(Field::Heading).is_empty());
            features.for_each(|one| assert!(!one.texts(Field::Question).is_empty(), "{key}: {}", one.name));
        }
    }

    #[test]
    fn a_mistyped_key_says_what_was_meant() {
        assert_eq!(named("Collaborative care").unwrap().key, "collaborative-care");
        assert!(named("tidyer").unwrap_err().0.hints[0].contains("tidier"));
    }
}
