//! From named values, as formats have them, to a [`Reference`]: what competes for one field, what is
//! joined, and what becomes of the rest. Nothing is dropped: a value that finds its field taken is kept
//! under the format's own name.

use super::rayyan;
use crate::reference::{self, Name, Reference, WorkKind, doi, pmid, year};
use crate::text::words::on_one_line;
use std::collections::BTreeSet;

/// Where a value belongs. A rank says which of several wins: 0 before 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Kind,
    Title,
    /// One name, or several in one value.
    Author(u8),
    Editor,
    Year(u8),
    Journal(u8),
    /// A journal's name cut short.
    ShortJournal,
    Volume,
    Issue,
    Pages,
    FirstPage,
    LastPage,
    /// A field that holds a DOI and nothing else: rank 0.
    Doi,
    /// One that may hold a DOI: taken where there is no other, and kept as it is.
    MaybeDoi,
    Pmid,
    Issn,
    Abstract,
    /// Several may stand in one value, parted by `;` or lines.
    Keyword,
    Language,
    Url,
    /// Free text; a PMID may be named in it.
    Note,
    /// Punctuation of the format itself.
    Mark,
}

/// A format's own names, with their fields.
pub type Names = &'static [(&'static str, Field)];

/// The field of a name; `None`: kept among the others.
pub fn field_of(names: Names, name: &str) -> Option<Field> {
    names.iter().find(|(own, _)| *own == name).map(|(_, field)| *field)
}

/// Values under one name that a further one is compared with: no real record has more.
const REPEATS: usize = 100;
/// Letters after which a title takes no more subtitles.
const LONGEST_TITLE: usize = 2000;

/// A value beside the rank it came with.
type Ranked<T> = Vec<(u8, T)>;

pub struct Builder {
    reference: Reference,
    has_kind: bool,
    authors: Ranked<Name>,
    years: Ranked<i32>,
    journals: Ranked<(String, String)>,
    pages: (Option<String>, Option<String>),
    doi_elsewhere: Option<String>,
    pmid_elsewhere: Option<String>,
}

impl Builder {
    pub fn new() -> Self {
        Builder {
            reference: Reference::new(WorkKind::Other),
            has_kind: false,
            authors: Vec::new(),
            years: Vec::new(),
            journals: Vec::new(),
            pages: (None, None),
            doi_elsewhere: None,
            pmid_elsewhere: None,
        }
    }

    /// Puts a value into a field, or among the others under `name`.
    pub fn put(&mut self, field: Option<Field>, name: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() || field == Some(Field::Mark) {
            return;
        }
        let is_kept = match field {
            None | Some(Field::Mark) => false,
            Some(Field::Kind) => {
                self.kind(value);
                false
            }
            Some(Field::Title) => self.title(value),
            Some(Field::Author(rank)) => {
                self.authors.extend(reference::names(value).into_iter().map(|one| (rank, one)));
                true
            }
            Some(Field::Editor) => {
                self.reference.editors.extend(reference::names(value));
                true
            }
            Some(Field::Year(rank)) => {
                self.years.extend(year(value).map(|year| (rank, year)));
                value.len() == 4
            }
            Some(Field::Journal(rank)) => {
                self.journals.push((rank, (name.to_owned(), on_one_line(value))));
                true
            }
            Some(Field::ShortJournal) => first(&mut self.reference.journal_short, &on_one_line(value)),
            Some(Field::Volume) => first(&mut self.reference.volume, value),
            Some(Field::Issue) => first(&mut self.reference.issue, value),
            Some(Field::Pages) => first(&mut self.reference.pages, &range(value)),
            Some(Field::FirstPage) => first(&mut self.pages.0, value),
            Some(Field::LastPage) => first(&mut self.pages.1, value),
            Some(Field::Doi) => doi(value).is_some_and(|found| first(&mut self.reference.doi, &found)),
            Some(Field::MaybeDoi) => {
                self.doi_elsewhere = self.doi_elsewhere.take().or_else(|| doi(value));
                false
            }
            Some(Field::Pmid) => pmid(value).is_some_and(|found| first(&mut self.reference.pmid, &found)),
            Some(Field::Issn) => {
                self.reference.issn.extend(issns(value));
                value.len() == 9
            }
            Some(Field::Abstract) => first(&mut self.reference.summary, value),
            Some(Field::Keyword) => {
                let words = value.split([';', '\n']).map(|word| word.trim().trim_matches(['[', ']', '\'', '"']));
                self.reference.keywords.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
                true
            }
            Some(Field::Language) => first(&mut self.reference.language, value),
            Some(Field::Url) => {
                if value.contains("doi.org/") {
                    self.doi_elsewhere = self.doi_elsewhere.take().or_else(|| doi(value));
                }
                self.reference.urls.push(value.to_owned());
                true
            }
            Some(Field::Note) => {
                self.note(name, value);
                true
            }
        };
        if !is_kept {
            self.keep(name, value);
        }
    }

    fn keep(&mut self, name: &str, value: &str) {
        let held = self.reference.other.entry(name.to_owned()).or_default();
        if !held.iter().take(REPEATS).any(|one| one == value) {
            held.push(value.to_owned());
        }
    }

    /// A note, with what a review tool wrote into it under names of its own.
    fn note(&mut self, name: &str, value: &str) {
        let (said, rest) = rayyan::parts(value).unwrap_or_else(|| (Vec::new(), Some(value.to_owned())));
        for (name, value) in said {
            self.keep(name, &value);
        }
        if let Some(rest) = rest {
            let named = rest.find("PMID:").and_then(|at| pmid(&rest[at..]));
            self.pmid_elsewhere = self.pmid_elsewhere.take().or(named);
            self.keep(name, &rest);
        }
    }

    /// The first kind that is known counts.
    fn kind(&mut self, word: &str) {
        if !self.has_kind
            && let Some(kind) = kind_of(word)
        {
            self.reference.kind = kind;
            self.has_kind = true;
        }
    }

    pub fn set_kind(&mut self, kind: WorkKind) {
        self.reference.kind = kind;
        self.has_kind = true;
    }

    pub fn author(&mut self, name: Name) {
        self.authors.push((0, name));
    }

    pub fn editor(&mut self, name: Name) {
        self.reference.editors.push(name);
    }

    /// A title given in several fields is one title with its subtitles; given twice, it is one.
    fn title(&mut self, value: &str) -> bool {
        let value = on_one_line(value);
        match &mut self.reference.title {
            None => self.reference.title = Some(value),
            Some(title) if title.len() > LONGEST_TITLE => return false,
            Some(title) => {
                let (held, more) = (reference::folded(title), reference::folded(&value));
                if more.contains(&held) {
                    *title = value;
                } else if !held.contains(&more) {
                    title.push_str(if title.ends_with([':', '.', '?', '!']) { " " } else { ": " });
                    title.push_str(&value);
                }
            }
        }
        true
    }

    /// The reference; or, in a few words, why there is none.
    pub fn finish(mut self) -> Result<Reference, String> {
        self.take_authors();
        self.take_journal();
        self.years.sort_by_key(|(rank, _)| *rank);
        self.reference.year = self.years.first().map(|(_, year)| *year);
        if let (None, Some(first)) = (&self.reference.pages, self.pages.0.take()) {
            let last = self.pages.1.take().filter(|last| *last != first);
            self.reference.pages = Some(last.map_or_else(|| first.clone(), |last| format!("{first}-{last}")));
        }
        let Builder { mut reference, doi_elsewhere, pmid_elsewhere, .. } = self;
        reference.doi = reference.doi.or(doi_elsewhere);
        reference.pmid = reference.pmid.or(pmid_elsewhere);
        let mut seen = Vec::new();
        reference.issn.retain(|issn| {
            !seen.contains(issn) && {
                seen.push(issn.clone());
                true
            }
        });
        let tells = reference.title.is_some()
            || !reference.authors.is_empty()
            || !reference.editors.is_empty()
            || reference.doi.is_some()
            || reference.pmid.is_some();
        if tells { Ok(reference) } else { Err("it has no title, author, DOI or PMID".to_owned()) }
    }

    /// Authors of the best rank that names any; each once.
    fn take_authors(&mut self) {
        let best = self.authors.iter().map(|(rank, _)| *rank).min();
        let mut seen = BTreeSet::new();
        for (rank, name) in std::mem::take(&mut self.authors) {
            if Some(rank) == best && seen.insert(name.clone()) {
                self.reference.authors.push(name);
            }
        }
    }

    /// The journal of the best rank; another name of it becomes the short one, further ones are kept.
    fn take_journal(&mut self) {
        self.journals.sort_by_key(|(rank, _)| *rank);
        let mut journals = std::mem::take(&mut self.journals).into_iter().map(|(_, named)| named);
        let Some((name, journal)) = journals.next() else {
            self.reference.journal = self.reference.journal_short.clone();
            return;
        };
        let is_book = self.reference.kind == WorkKind::Book;
        if is_book && self.reference.title.is_none() {
            self.reference.title = Some(journal);
        } else {
            self.reference.journal = Some(journal);
        }
        for (other, value) in journals {
            let is_shorter = self.reference.journal.as_ref().is_some_and(|held| value.len() < held.len());
            let is_new = ![&self.reference.journal, &self.reference.journal_short].contains(&&Some(value.clone()));
            if is_new && !(is_shorter && first(&mut self.reference.journal_short, &value)) {
                self.keep(if other.is_empty() { &name } else { &other }, &value);
            }
        }
    }
}

/// Sets a field that is empty. `false`: it holds another value already.
fn first(field: &mut Option<String>, value: &str) -> bool {
    match field {
        None => {
            *field = Some(value.to_owned());
            true
        }
        Some(held) => held == value,
    }
}

/// `193--194` is `193-194`, and `405-405` is one page.
fn range(pages: &str) -> String {
    let pages = pages.replace("--", "-").replace('–', "-");
    match pages.split_once('-') {
        Some((from, to)) if from.trim() == to.trim() => from.trim().to_owned(),
        _ => pages,
    }
}

/// The numbers in `0306-4530 (ISSN) 18733441`, with their hyphen.
fn issns(value: &str) -> Vec<String> {
    value
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .map(|part| part.replace('-', "").to_uppercase())
        .filter(|part| part.len() == 8 && part.bytes().take(7).all(|byte| byte.is_ascii_digit()))
        .filter(|part| part.ends_with(|last: char| last.is_ascii_digit() || last == 'X'))
        .map(|part| format!("{}-{}", &part[..4], &part[4..]))
        .collect()
}

/// What formats call the kinds; the first mark found in the folded word decides.
const KINDS: &[(&str, WorkKind)] = &[
    ("preprint", WorkKind::Preprint),
    ("chapter", WorkKind::Chapter),
    ("chap", WorkKind::Chapter),
    ("section", WorkKind::Chapter),
    ("inbook", WorkKind::Chapter),
    ("incollection", WorkKind::Chapter),
    ("collection", WorkKind::Book),
    ("conference", WorkKind::Conference),
    ("inproceedings", WorkKind::Conference),
    ("proceeding", WorkKind::Conference),
    ("cpaper", WorkKind::Conference),
    ("conf", WorkKind::Conference),
    ("congress", WorkKind::Conference),
    ("meeting", WorkKind::Conference),
    ("thesis", WorkKind::Thesis),
    ("thes", WorkKind::Thesis),
    ("dissertation", WorkKind::Thesis),
    ("techreport", WorkKind::Report),
    ("report", WorkKind::Report),
    ("rprt", WorkKind::Report),
    ("govdoc", WorkKind::Report),
    ("web", WorkKind::Web),
    ("elec", WorkKind::Web),
    ("online", WorkKind::Web),
    ("journal", WorkKind::Article),
    ("article", WorkKind::Article),
    ("jour", WorkKind::Article),
    ("ejour", WorkKind::Article),
    ("review", WorkKind::Article),
    ("book", WorkKind::Book),
    ("mgzn", WorkKind::Article),
    ("news", WorkKind::Article),
    ("letter", WorkKind::Article),
    ("editorial", WorkKind::Article),
    ("comment", WorkKind::Article),
    ("trial", WorkKind::Article),
];

fn kind_of(word: &str) -> Option<WorkKind> {
    let word = reference::folded(word);
    KINDS.iter().find(|(mark, _)| word.contains(mark)).map(|(_, kind)| *kind)
}
