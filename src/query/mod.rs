//! The one grammar for searching passages: what a query says, how it is read and how it is shown.
//!
//! | written | finds units that hold |
//! |---|---|
//! | `trust` | the word in any form (its stem: *trusted*, *trusting*) |
//! | `=trust` | this very word, whatever its case |
//! | `"care partner"` | these very words one after the other |
//! | `"care partner"~5` | these very words, in any order, with at most 5 other words among them |
//! | `NEAR/5(care =partner)` | the same of words in any form, or with `=` exact |
//! | `engag*` | a word that begins so |
//! | `recovry~` or `recovry~2` | a word at most 1 (or 2) letters away |
//! | `a b`, `a AND b` | both (words side by side are joined by AND) |
//! | `a OR b` | one of them or both |
//! | `NOT a`, `-a` | not that |
//! | `(a OR b) c` | brackets group |
//! | `kind:focus_group`, `code:"being heard"` | a unit of such a document, speaker or coding ([`Field`]) |
//! | `year:2010..2015`, `year:2010..` | a source of these years |
//! | `attr:age=30-39`, `attr:"years in service">5` | turns of somebody of whom a facesheet says so ([`Attribute`]) |
//! | `kind:(interview OR focus_group)` | one field, several values |
//! | `*` | every unit |
//!
//! | `a WITHIN b` | stretches of a that lie so to one of b ([`Relation`]); `a NOT WITHIN b`: to none |
//! | `ONLY a` | stretches of a that no coding of another code overlaps |
//! | `ATLEAST/2(a b c)` | units that hold two or more of these |
//!
//! Relations bind tighter than NOT, and do not chain without brackets. NOT binds tighter than AND, AND tighter than OR; the three are written in capitals. A hyphenated
//! word is read as a phrase. Reading is [`Query::parse`]; printing ([`std::fmt::Display`]) gives a
//! canonical form that reads back as the same query. This module finds nothing: `index` does.

mod attribute;
mod build;
mod facts;
mod lex;
mod parse;
mod print;
pub mod relation;
mod small;
mod speaks;

pub use attribute::{Attribute, Comparison, number};
pub use facts::{Extent, Facts, unknown};
pub use relation::{Distance, Relation};
pub use small::small_operators;

use jiff::civil::Date;

crate::vocabulary! {
    /// What a unit can be asked beside its words. Answered from what the project knows, never from
    /// the index, so that a new coding reindexes nothing.
    pub enum Field "field" {
        /// Kind of its source: `focus_group`.
        Kind "kind",
        /// Its source, by label or title; a table row's study overrides its document's source.
        Source "source",
        /// Who speaks, by the label in the document or a participant's label.
        Speaker "speaker",
        /// Stakeholder group of who speaks.
        Group "group",
        /// Role of who speaks: `interviewer`.
        Role "role",
        /// A code that some coding put on it.
        Code "code",
        /// What a facesheet says of who speaks: `attr:age=30-39`.
        Attr "attr",
        /// Year of its source.
        Year "year",
        /// Strand of its source.
        Strand "strand",
        /// Its document, by label or title.
        Document "document",
        /// Who put the codings on it that the rest of an AND speaks of, by tag.
        Coder "coder",
        /// When those codings were made: a day or a range of days.
        Date "date",
        /// Of codings that blind passes settled: `consensus` what was settled on, `coders` what each had coded. Where
        /// it is not asked, what was settled stands in the place of what it was settled from.
        Layer "layer",
        /// Whether a search made those codings and nobody has read them yet: yes or no.
        Unread "unread",
        /// A query that was saved under a name; put in before anything is asked.
        Saved "saved",
    }
}

/// What a field is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// As typed.
    Text(String),
    /// First and last year, both included; at least one is there.
    Years(Option<i32>, Option<i32>),
    /// First and last day, both included; at least one is there.
    Days(Option<Date>, Option<Date>),
    /// Of `attr:` alone.
    Attribute(Attribute),
}

impl Value {
    /// A year lies in the range.
    pub fn holds(&self, year: i32) -> bool {
        match self {
            Value::Text(text) => text.trim().parse() == Ok(year),
            Value::Years(from, to) => from.is_none_or(|from| from <= year) && to.is_none_or(|to| year <= to),
            Value::Days(..) | Value::Attribute(_) => false,
        }
    }

    /// A day lies in the range.
    pub fn holds_day(&self, day: Date) -> bool {
        match self {
            Value::Days(from, to) => from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to),
            Value::Text(_) | Value::Years(..) | Value::Attribute(_) => false,
        }
    }
}

/// One word of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// One UAX 29 word, as typed.
    pub text: String,
    /// This very word, else any form of it.
    pub exact: bool,
}

/// A query, read. Words are kept as typed; folding and stemming are the index's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Every unit.
    All,
    Word(Word),
    /// Exact words one after the other; at least one.
    Phrase(Vec<String>),
    /// All words in any order with at most `gap` other words among them; at least one.
    Near {
        words: Vec<Word>,
        gap: usize,
    },
    Prefix(String),
    /// At most `distance` (1 or 2) letters put in, left out, changed, or swapped with the next.
    Fuzzy {
        word: String,
        distance: usize,
    },
    Field(Field, Value),
    Not(Box<Query>),
    /// Two or more, none of them an `And`.
    And(Vec<Query>),
    /// Two or more, none of them an `Or`.
    Or(Vec<Query>),
    /// Stretches of the left side that lie so to one of the right side; negated: to none of them.
    Related {
        left: Box<Query>,
        relation: Relation,
        negated: bool,
        right: Box<Query>,
    },
    /// Stretches that no coding of another code overlaps.
    Only(Box<Query>),
    /// Units that hold at least so many of these.
    AtLeast(usize, Vec<Query>),
}
