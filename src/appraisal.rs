//! What one person makes of one evidence link: relevance, richness and rigour, kept beside what others make of it.
//!
//! What counts is on the link itself ([`crate::evidence::Evidence`]); whose scores those are, and how those of several
//! people stand to each other, is told by `synthesis::appraised`.

use crate::id::Id;
use serde::{Deserialize, Serialize};

crate::vocabulary! {
    /// What a passage is appraised for, always for one statement (method reference 2.1).
    pub enum Criterion "criterion of appraisal" {
        /// It can contribute to building or testing the theory.
        Relevance "relevance",
        /// How deep its causal and contextual detail goes.
        Richness "richness",
        /// The data are credible and trustworthy. Never excludes by itself.
        Rigour "rigour",
    }
}

/// 0 none, 1 low, 2 moderate, 3 high, for each criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    pub relevance: u8,
    pub richness: u8,
    pub rigour: u8,
}

impl Scores {
    pub fn of(self, criterion: Criterion) -> u8 {
        match criterion {
            Criterion::Relevance => self.relevance,
            Criterion::Richness => self.richness,
            Criterion::Rigour => self.rigour,
        }
    }

    /// `2 2 1`: relevance, richness, rigour.
    pub fn show(self) -> String {
        format!("{} {} {}", self.relevance, self.richness, self.rigour)
    }
}

/// One person's scores on one link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appraisal {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub evidence: Id,
    /// The document the link is anchored in: what a blind pass over it hides.
    pub document: Id,
    /// Tag of the coder.
    pub coder: String,
    #[serde(flatten)]
    pub scores: Scores,
    #[serde(default)]
    pub reason: Option<String>,
    /// [`crate::hypothesis::Hypothesis::revision`] it was judged against.
    pub revision: String,
}

impl Appraisal {
    /// One person has one appraisal of a link, on however many machines.
    pub fn id_of(evidence: Id, coder: &str) -> Id {
        Id::derived([b"appraisal".as_slice(), evidence.as_bytes(), coder.as_bytes()])
    }
}
