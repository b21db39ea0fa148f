//! What the caller found that coders differ on, before anything is said about it.

use crate::id::Id;
use crate::memo::Access;
use crate::pass::Settled;
use crate::passage::{Anchor, Quotation};
use crate::stats::Defined;
use crate::stats::configurations::{Compared, Summary};

/// Everything two coders or more differ on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Disagreements {
    /// What was coded in this pass; else all codings as they are now.
    pub of_pass: Option<OfPass>,
    /// What whoever reads it has to know of how it was counted.
    pub notes: Vec<String>,
    /// Documents that two coders or more have coded.
    pub documents: usize,
    /// Units not compared: their words were destroyed.
    pub gone: usize,
    /// Codings not compared: they stand on a former text, or their words are not on this computer.
    pub left_out: usize,
    /// Codings not compared: a search made them and nobody has read them yet.
    pub unread: usize,
    /// Most disputed first.
    pub codes: Vec<Disputed>,
    pub pairs: Vec<Pair>,
    /// Passages that two coders read statements from.
    pub configurations: Configurations,
}

/// A pass as people call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfPass {
    pub label: String,
    pub name: String,
}

/// What two coders read into one passage.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Configurations {
    /// Passages compared, those on which nothing differs among them.
    pub passages: usize,
    /// Those on which something differs, in the order of documents and places.
    pub apart: Vec<ReadApart>,
    pub numbers: Option<Summary>,
}

/// A passage from which two coders did not read the same.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadApart {
    /// `D1.gj/4`.
    pub place: String,
    pub said: Passage,
    /// Pairs that differ in something.
    pub pairs: Vec<StatementPair>,
    /// Statements for which another coder has none there, with that coder's tag.
    pub unmatched: Vec<(Id, String)>,
}

/// Two statements that were matched.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementPair {
    pub statements: (Id, Id),
    pub similarity: f64,
    pub slots: Vec<Compared>,
}

/// One code and the places where coders differ on it; codes they agree on have none.
#[derive(Debug, Clone, PartialEq)]
pub struct Disputed {
    pub code: Id,
    /// Numbered units compared, and those of them on which coders differ.
    pub units: usize,
    pub differ: usize,
    pub percent: Defined,
    pub alpha: Defined,
    pub ac1: Defined,
    /// What is open first; by document and place.
    pub places: Vec<Place>,
}

impl Disputed {
    /// How many places are still to be settled.
    pub fn open(&self) -> usize {
        self.places.iter().filter(|place| place.is_open()).count()
    }
}

/// A pair of coders on the documents both have coded, over all codes compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub coders: (String, String),
    pub documents: usize,
    /// Units that both gave a code, and those that one of them did, summed over codes.
    pub both: usize,
    pub differ: usize,
}

crate::vocabulary! {
    /// What coders differ about at a place.
    pub enum About "matter of dispute" {
        /// Whether the code belongs there at all.
        Whether "whether",
        /// How far it goes: the others have the code next to it.
        Extent "extent",
    }
}

/// Neighbouring units on which the same coders differ over one code.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub document: Id,
    /// Numbers of the first and last unit, from 1.
    pub units: (usize, usize),
    pub about: About,
    pub applied: Vec<Applied>,
    pub others: Vec<Other>,
    /// What is said there, unit by unit; at most [`MOST_UNITS`].
    pub said: Vec<Passage>,
    /// Units of the place that are not among `said`.
    pub unsaid: usize,
    pub before: Option<Passage>,
    pub after: Option<Passage>,
    pub memos: Vec<Noted>,
    /// How it stands now, where it is of a pass.
    pub since: Option<Since>,
}

impl Place {
    /// Nobody has settled it, or two have and not alike.
    pub fn is_open(&self) -> bool {
        self.since.as_ref().is_none_or(|since| since.is_open)
    }
}

/// What became of the passage of a pass that a place lies in.
#[derive(Debug, Clone, PartialEq)]
pub struct Since {
    /// Number of the passage, as `pass reconcile` counts them.
    pub number: usize,
    pub is_open: bool,
    pub settled: Option<Settled>,
    /// The day on which that was written down.
    pub day: Option<String>,
    pub kept: Option<Kept>,
    /// Who settled it otherwise, unaware of that, and how.
    pub rivals: Vec<(String, String)>,
}

/// A consensus coding.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its label.
    pub coding: String,
    /// Name of its code.
    pub code: String,
    pub marked: Passage,
}

/// Units of one place that are printed.
pub const MOST_UNITS: usize = 8;

/// Somebody put the code on this.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    pub coder: String,
    /// Label of the coding.
    pub coding: String,
    pub marked: Passage,
    /// It covers just what is printed of the place, so that its words need not be printed again.
    pub is_all: bool,
}

/// Somebody coded the document and did not put the code here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    pub coder: String,
    /// Names of the codes they put here instead.
    pub codes: Vec<String>,
}

/// Words and where they stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    pub anchor: Anchor,
    pub quotation: Quotation,
}

/// A memo on one of the codings; private ones are never here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// Label of the memo, or of the coding that carries it.
    pub id: String,
    pub author: Option<String>,
    pub access: Access,
    pub text: String,
}
