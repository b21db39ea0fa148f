//! References: what a library says of a published work. Readers of bibliographic files make them
//! (`import/references`); a source keeps one; [`twins`] tells which two are the same report.
//!
//! Not here: who is the same *study*. Two reports of one study are two references, and only a person
//! says that they count once.

mod addition;
mod identifier;
mod name;
pub mod twins;

pub use addition::Addition;
pub use identifier::{doi, first_page, pmid, year};
pub use name::{Name, names};

use crate::text::words::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

crate::vocabulary! {
    /// What a published work is.
    pub enum WorkKind "kind of work" {
        Article "article",
        Book "book",
        Chapter "chapter",
        Conference "conference",
        Report "report",
        Thesis "thesis",
        Preprint "preprint",
        Web "web",
        Other "other",
    }
}

/// One record of a library. Every field is as the record has it, marks of the format taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub kind: WorkKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub editors: Vec<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// What it appeared in: a journal, a book of chapters, proceedings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal: Option<String>,
    /// The same, shortened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal_short: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// `193-194`, or the number of an article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<String>,
    /// Bare: `10.1136/bmj.l341`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doi: Option<String>,
    /// Digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pmid: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issn: Vec<String>,
    #[serde(default, rename = "abstract", skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// Everything else, word for word, under the format's own name for it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Vec<String>>,
}

impl Reference {
    pub fn new(kind: WorkKind) -> Self {
        Reference {
            kind,
            title: None,
            authors: Vec::new(),
            editors: Vec::new(),
            year: None,
            journal: None,
            journal_short: None,
            volume: None,
            issue: None,
            pages: None,
            doi: None,
            pmid: None,
            issn: Vec::new(),
            summary: None,
            keywords: Vec::new(),
            language: None,
            urls: Vec::new(),
            other: BTreeMap::new(),
        }
    }

    /// Author and year as papers cite: `Adams 2014`, `Adams & Brown 2014`, `Adams et al. 2014`; the
    /// title where nobody signed.
    pub fn citation(&self) -> String {
        let people = if self.authors.is_empty() { &self.editors } else { &self.authors };
        let who = match people.as_slice() {
            [] => self.title.clone().unwrap_or_else(|| "no author".to_owned()),
            [one] => one.family.clone(),
            [one, two] => format!("{} & {}", one.family, two.family),
            [one, ..] => format!("{} et al.", one.family),
        };
        match self.year {
            Some(year) => format!("{who} {year}"),
            None => format!("{who} n.d."),
        }
    }

    /// Bytes of all that it says, with what keeping each field costs.
    pub fn weight(&self) -> usize {
        const FIELD: usize = 14;
        let one = |text: &Option<String>| text.as_ref().map_or(0, |text| text.len() + FIELD);
        let many = |texts: &[String]| texts.iter().map(|text| text.len() + 3).sum::<usize>();
        let texts =
            [&self.title, &self.journal, &self.journal_short, &self.volume, &self.issue, &self.pages, &self.doi];
        let texts = texts.into_iter().chain([&self.pmid, &self.summary, &self.language]).map(one);
        let people = self.authors.iter().chain(&self.editors);
        let people = people.map(|name| name.family.len() + name.given.len() + 2 * FIELD);
        let other = self.other.iter().map(|(name, values)| name.len() + many(values) + FIELD);
        let lists = many(&self.issn) + many(&self.keywords) + many(&self.urls);
        texts.chain(people).chain(other).sum::<usize>() + lists
    }

    /// What two copies of one record share whatever their notes, keywords and spelling of case: the
    /// citation, folded. A record with little to go by is known by its abstract and address as well.
    pub fn identity(&self) -> String {
        let text = |field: &Option<String>| field.as_deref().map(folded).unwrap_or_default();
        let people: Vec<String> =
            self.authors.iter().chain(&self.editors).map(|one| folded(&one.to_string())).collect();
        let mut parts = vec![
            text(&self.title),
            people.join(";"),
            self.year.map(|year| year.to_string()).unwrap_or_default(),
            text(&self.journal),
            text(&self.volume),
            text(&self.issue),
            text(&self.pages),
            text(&self.doi),
            text(&self.pmid),
        ];
        let is_thin = self.title.is_none() || people.is_empty() || self.year.is_none();
        if is_thin && self.doi.is_none() && self.pmid.is_none() {
            parts.push(text(&self.summary));
            parts.push(folded(&self.urls.join(" ")));
        }
        parts.join("|")
    }
}

/// Words alone, without case, accents, tags and punctuation: `Straße (1st ed.)` is `strasse 1st ed`.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut inside_tag = false;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        match letter {
            '<' if opens_tag(after) => inside_tag = true,
            '>' if inside_tag => inside_tag = false,
            _ if inside_tag => {}
            '\'' | '\u{2019}' | '\u{2018}' => {}
            _ if letter.is_alphanumeric() => folded.push(letter),
            _ if !folded.ends_with(' ') && !folded.is_empty() && !is_combining_mark(letter) => folded.push(' '),
            _ => {}
        }
        rest = after;
    }
    let bare: String = folded.trim_end().nfkd().filter(|letter| !is_combining_mark(*letter)).collect();
    fold(&bare)
}

/// `<i>`, `</sub>` and the like; `<` may also mean "less than".
fn opens_tag(after: &str) -> bool {
    after.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/')
        && after.find('>').is_some_and(|end| end <= 20 && !after[..end].contains('<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_cited_by_author_and_year() {
        let mut reference = Reference::new(WorkKind::Article);
        reference.title = Some("On ships".to_owned());
        assert_eq!(reference.citation(), "On ships n.d.");
        reference.year = Some(1937);
        reference.authors = names("Chapman, A. G.; Brown, B.");
        assert_eq!(reference.citation(), "Chapman & Brown 1937");
        reference.authors.push(Name::collective("Ship Group"));
        assert_eq!(reference.citation(), "Chapman et al. 1937");
    }

    #[test]
    fn case_accents_tags_and_punctuation_fold_away() {
        assert_eq!(folded("The <i>APOE</i> locus: Café's “Straße”, p < 0.05."), "the apoe locus cafes strasse p 0 05");
        assert_eq!(folded("Cafe\u{301}"), folded("CAFÉ"));
    }

    #[test]
    fn notes_and_keywords_do_not_make_another_record() {
        let mut one = Reference::new(WorkKind::Article);
        one.title = Some("On ships".to_owned());
        let mut two = one.clone();
        two.keywords = vec!["sea".to_owned()];
        assert_eq!(one.identity(), two.identity());
        two.summary = Some("Another work of that name.".to_owned());
        assert_ne!(one.identity(), two.identity(), "a title alone is too little");
    }
}
