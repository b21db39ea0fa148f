//! What of a reference is compared: folded once, so that spelling does not count.

use crate::reference::{Reference, WorkKind, first_page, folded};
use std::collections::BTreeSet;

#[derive(Debug, Clone)]
pub struct Features {
    /// Empty where there is none.
    pub title: String,
    /// Of the first author, with spaces left out.
    pub family: Option<String>,
    /// Words of the first author's whole name: some libraries do not say which is the family's.
    pub name_words: BTreeSet<String>,
    pub families: BTreeSet<String>,
    pub year: Option<i32>,
    /// The journal under every name it is given.
    pub journals: Vec<String>,
    pub issn: Vec<String>,
    pub volume: Option<String>,
    pub page: Option<String>,
    pub doi: Option<String>,
    pub pmid: Option<String>,
    pub is_conference: bool,
    /// Words that make it a report *about* a report: `erratum`, `reply`.
    pub notices: BTreeSet<&'static str>,
    /// Numbers in the title, Roman ones too: parts, years, doses.
    pub numbers: BTreeSet<String>,
}

/// A report about a report, by the words of its title.
const NOTICES: &[(&str, &str)] = &[
    ("erratum", "correction"),
    ("errata", "correction"),
    ("corrigendum", "correction"),
    ("corrigenda", "correction"),
    ("correction", "correction"),
    ("corrections", "correction"),
    ("retraction", "retraction"),
    ("retracted", "retraction"),
    ("withdrawn", "retraction"),
    ("reply", "reply"),
    ("response", "reply"),
    ("rejoinder", "reply"),
    ("comment", "comment"),
    ("commentary", "comment"),
    ("comments", "comment"),
    ("protocol", "protocol"),
];

impl Features {
    pub fn of(reference: &Reference) -> Self {
        let text = |field: &Option<String>| field.as_deref().map(folded).filter(|text| !text.is_empty());
        let title = text(&reference.title).unwrap_or_default();
        let people = if reference.authors.is_empty() { &reference.editors } else { &reference.authors };
        let family = |name: &crate::reference::Name| folded(&name.family).replace(' ', "");
        let words: Vec<&str> = title.split(' ').collect();
        Features {
            family: people.first().map(family).filter(|family| !family.is_empty()),
            name_words: people.first().map(words_of).unwrap_or_default(),
            families: people.iter().map(family).collect(),
            year: reference.year,
            journals: [&reference.journal, &reference.journal_short].into_iter().filter_map(text).collect(),
            issn: reference.issn.clone(),
            volume: text(&reference.volume),
            page: reference.pages.as_deref().and_then(first_page),
            doi: reference.doi.as_ref().map(|doi| doi.to_lowercase()),
            pmid: reference.pmid.clone(),
            is_conference: reference.kind == WorkKind::Conference,
            notices: NOTICES.iter().filter(|(word, _)| words.contains(word)).map(|(_, notice)| *notice).collect(),
            numbers: words.iter().filter(|word| is_number(word)).map(|word| (*word).to_owned()).collect(),
            title,
        }
    }

    /// Long enough for its title alone to mean something.
    pub fn has_telling_title(&self) -> bool {
        self.title.len() >= 25 && self.title.split(' ').count() >= 4
    }
}

/// Words of three letters or more: initials say little.
fn words_of(name: &crate::reference::Name) -> BTreeSet<String> {
    folded(&name.to_string()).split(' ').filter(|word| word.chars().count() >= 3).map(str::to_owned).collect()
}

fn is_number(word: &str) -> bool {
    const ROMAN: &[&str] = &["ii", "iii", "iv", "vi", "vii", "viii", "ix"];
    word.bytes().any(|byte| byte.is_ascii_digit()) || ROMAN.contains(&word)
}
