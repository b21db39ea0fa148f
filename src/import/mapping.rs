//! Which column of a table holds what: guessed from the headings, or told as `text=Quote:participant`.
//!
//! A mapping is a list of terms. Printing and parsing are inverse, so that the mapping a document
//! was read with can be stored with it and used again.

use super::headings::{field_of, study_field, voice_of};
use crate::diagnostic::{Result, fault, suggestions};
use crate::document::{Header, Voice};
use crate::strand::SourceKind;
use crate::text::words::fold;
use std::fmt;

crate::vocabulary! {
    /// What a column holds.
    pub enum Field "use of a column" {
        /// Words to be searched and coded; has a voice.
        Text "text",
        /// Identifies the study.
        Id "id",
        Author "author",
        Year "year",
        Title "title",
        /// Other particulars of the study: doi, country, design.
        Study "study",
        Page "page",
        Speaker "speaker",
        Time "time",
        Ignore "ignore",
    }
}

/// One column and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub field: Field,
    pub heading: String,
    /// Of a text column; absent: guessed.
    pub voice: Option<Voice>,
}

/// Instead of a heading: every column.
const ALL: &str = "*";

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    pub terms: Vec<Term>,
}

impl Mapping {
    /// From `field=Column[,Column…]`, a text column followed by `:voice`; headings that hold `,`,
    /// `:` or `;` in double quotes.
    ///
    /// ```
    /// let given = ["text=Quote:participant".to_owned(), "study=Author,Year".to_owned()];
    /// let mapping = realist::import::Mapping::parse(&given)?;
    /// assert_eq!(mapping.to_string(), "text=Quote:participant; author=Author; year=Year");
    /// # Ok::<(), realist::diagnostic::Fault>(())
    /// ```
    pub fn parse(given: &[String]) -> Result<Self> {
        let mut terms = Vec::new();
        for part in given.iter().flat_map(|given| split(given, ';')).filter(|part| !part.trim().is_empty()) {
            let (field, columns) = part.split_once('=').ok_or_else(|| {
                fault("bad-mapping", format!("'{}' maps no column", part.trim()))
                    .hint("write it as text=Quote:participant or year=Year")
            })?;
            let field: Field = field.parse()?;
            for column in split(columns, ',') {
                terms.push(term(field, column)?);
            }
        }
        Ok(Mapping { terms })
    }

    /// What a table was read with, as its text version says.
    pub fn stored_in(header: &Header) -> Result<Option<Self>> {
        let stored = header.particulars.get("mapping");
        stored.map(|stored| Mapping::parse(std::slice::from_ref(stored))).transpose()
    }

    /// What the headings suggest for a source of this kind.
    pub fn guess<S: AsRef<str>>(headings: &[S], kind: SourceKind) -> Self {
        let term = |heading: &S| {
            let heading = heading.as_ref();
            let field = field_of(heading, kind)?;
            Some(Term {
                field,
                heading: heading.to_owned(),
                voice: (field == Field::Text).then(|| voice_of(heading, kind)),
            })
        };
        Mapping { terms: headings.iter().filter_map(term).collect() }
    }

    /// All columns, each cell under its heading: `text=*`.
    pub fn all() -> Self {
        Mapping { terms: vec![Term { field: Field::Text, heading: ALL.to_owned(), voice: Some(Voice::Unknown) }] }
    }

    /// Whether the text is all columns, each cell under its heading.
    pub fn takes_all(&self) -> bool {
        self.of(Field::Text).any(|term| term.heading == ALL)
    }

    /// This mapping, completed by what the headings suggest for the fields it does not name.
    /// Fault `unknown-column`.
    pub fn complete<S: AsRef<str>>(&self, headings: &[S], kind: SourceKind) -> Result<Self> {
        let names_text = self.terms.iter().any(|term| term.field == Field::Text);
        let names_study = self.terms.iter().any(|term| term.field.is_study());
        let mut terms = Vec::new();
        for given in &self.terms {
            let is_all = given.field == Field::Text && given.heading == ALL;
            let heading = if is_all { ALL } else { find(&given.heading, headings)? };
            let voice = (given.field == Field::Text).then(|| given.voice.unwrap_or_else(|| voice_of(heading, kind)));
            terms.push(Term { field: given.field, heading: heading.to_owned(), voice });
        }
        let is_free = |guess: &Term| {
            let is_told = if guess.field == Field::Text {
                names_text
            } else if guess.field.is_study() {
                names_study
            } else {
                terms.iter().any(|term| term.field == guess.field)
            };
            !is_told && terms.iter().all(|term| term.heading != guess.heading)
        };
        let guessed: Vec<Term> = Mapping::guess(headings, kind).terms.into_iter().filter(is_free).collect();
        terms.extend(guessed);
        Ok(Mapping { terms })
    }

    /// Columns of a field, in the order they were given.
    pub fn of(&self, field: Field) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.field == field)
    }
}

impl Field {
    /// Tells of the study, not of the row.
    pub fn is_study(self) -> bool {
        matches!(self, Field::Id | Field::Author | Field::Year | Field::Title | Field::Study)
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, term) in self.terms.iter().enumerate() {
            write!(f, "{}{}={}", if nth > 0 { "; " } else { "" }, term.field, quoted(&term.heading))?;
            if let Some(voice) = term.voice {
                write!(f, ":{voice}")?;
            }
        }
        Ok(())
    }
}

pub(super) fn quoted(heading: &str) -> String {
    let is_plain = !heading.is_empty() && heading.trim() == heading && !heading.contains(['"', ',', ';', ':']);
    if is_plain { heading.to_owned() } else { format!("\"{}\"", heading.replace('"', "\"\"")) }
}

/// Splits where the mark stands outside double quotes.
pub(super) fn split(text: &str, mark: char) -> Vec<&str> {
    let mut is_quoted = false;
    text.split(|letter: char| {
        is_quoted ^= letter == '"';
        letter == mark && !is_quoted
    })
    .collect()
}

fn term(field: Field, column: &str) -> Result<Term> {
    let column = column.trim();
    let (heading, voice) = match column.strip_prefix('"') {
        Some(rest) => {
            let end = closing(rest);
            (rest[..end].replace("\"\"", "\""), rest.get(end + 1..).unwrap_or_default().trim().strip_prefix(':'))
        }
        None => match column.rsplit_once(':') {
            Some((heading, voice)) => (heading.trim().to_owned(), Some(voice)),
            None => (column.to_owned(), None),
        },
    };
    let voice: Option<Voice> = voice.map(str::parse).transpose()?;
    if voice.is_some() && field != Field::Text {
        return Err(fault("bad-mapping", format!("{field} columns have no voice")).hint("only text=… takes a voice"));
    }
    let field = if field == Field::Study { study_field(&heading).unwrap_or(field) } else { field };
    Ok(Term { field, heading, voice })
}

/// Byte of the quotation mark that closes a heading; doubled ones are part of it.
pub(super) fn closing(text: &str) -> usize {
    let mut at = 0;
    while let Some(ahead) = text[at..].find('"') {
        at += ahead;
        if !text[at + 1..].starts_with('"') {
            return at;
        }
        at += 2;
    }
    text.len()
}

pub(super) fn find<'h, S: AsRef<str>>(wanted: &str, headings: &'h [S]) -> Result<&'h str> {
    let names = || headings.iter().map(AsRef::as_ref);
    names()
        .find(|heading| *heading == wanted)
        .or_else(|| names().find(|heading| fold(heading.trim()) == fold(wanted.trim())))
        .ok_or_else(|| {
            fault("unknown-column", format!("there is no column '{wanted}'"))
                .hints(suggestions(wanted, names()))
                .hint(format!("the columns are: {}", names().collect::<Vec<_>>().join(", ")))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guess(headings: &[&str], kind: SourceKind) -> String {
        Mapping::guess(headings, kind).to_string()
    }

    #[test]
    fn headings_of_a_review_extract() {
        let headings = [
            "Study ID",
            "Author(s)",
            "Year",
            "Title",
            "Country",
            "Participant quote",
            "Authors' words",
            "Extractor summary",
            "Page",
            "Rating",
        ];
        assert_eq!(
            guess(&headings, SourceKind::SystematicReview),
            "id=Study ID; author=Author(s); year=Year; title=Title; study=Country; text=Participant quote:participant; \
             text=Authors' words:author; text=Extractor summary:extractor; page=Page"
        );
        assert_eq!(guess(&["Quote", "Notes"], SourceKind::NarrativeReview), "text=Quote:author; text=Notes:extractor");
        assert_eq!(guess(&["quote"], SourceKind::Interview), "text=quote:participant");
        assert_eq!(guess(&["freetext", "Age"], SourceKind::Survey), "text=freetext:participant");
    }

    #[test]
    fn what_is_told_wins_and_the_rest_is_guessed() {
        let headings = ["Author", "Year", "Quote", "Finding"];
        let told = Mapping::parse(&["text=quote:participant".to_owned()]).unwrap();
        let all = told.complete(&headings, SourceKind::SystematicReview).unwrap();
        assert_eq!(all.to_string(), "text=Quote:participant; author=Author; year=Year");
        let unknown = Mapping::parse(&["text=Qoute".to_owned()]).unwrap().complete(&headings, SourceKind::Grey);
        assert_eq!(unknown.unwrap_err().0.hints[0], "did you mean Quote?");
        assert!(Mapping::parse(&["year=Year:author".to_owned()]).is_err());
        assert!(Mapping::parse(&["nonsense".to_owned()]).is_err());
    }

    fn terms() -> impl Strategy<Value = Vec<Term>> {
        let term = (0..Field::ALL.len(), "[a-zé\",;:= ]{1,12}", prop::option::of(0..Voice::ALL.len())).prop_map(
            |(field, heading, voice)| {
                let field = Field::ALL[field];
                let field = if field == Field::Study { study_field(&heading).unwrap_or(field) } else { field };
                let voice = voice.filter(|_| field == Field::Text).map(|voice| Voice::ALL[voice]);
                Term { field, heading, voice }
            },
        );
        prop::collection::vec(term, 0..5)
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse(terms in terms()) {
            let mapping = Mapping { terms };
            prop_assert_eq!(Mapping::parse(&[mapping.to_string()]).unwrap(), mapping);
        }
    }
}
