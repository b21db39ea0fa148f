//! Demi-regularities: recurrent patterns that a person named, and the log of searches for what speaks against them.
//!
//! A pattern that was only found is a candidate and no record at all: [`crate::pattern`] finds it anew each time.

use crate::id::Id;
use serde::{Deserialize, Serialize};

/// A pattern with a name, a memo and at least one search for exceptions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Regularity {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// The pattern it names ([`crate::pattern::Pattern::key`]).
    pub pattern: String,
    pub name: String,
    /// Why it is one, in the words of who named it.
    pub memo: String,
    /// As the pattern read when it was named.
    #[serde(default)]
    pub context: Option<String>,
    #[serde(default)]
    pub mechanism: String,
    #[serde(default)]
    pub outcome: String,
    #[serde(default)]
    pub statements: Vec<Id>,
    /// Tag of the coder.
    #[serde(default)]
    pub author: String,
}

/// A search for evidence against a pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sought {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub pattern: String,
    /// What was asked, where it was a query.
    #[serde(default)]
    pub query: Option<String>,
    /// Passages the query found then.
    #[serde(default)]
    pub passages: Option<usize>,
    /// What came of it, in words.
    pub found: String,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// Tag of who looked.
    #[serde(default)]
    pub author: String,
}
