//! A programme theory that was frozen: written once, never again.

use super::Programme;
use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A version of the programme theory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TheoryVersion {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// As the team calls it: `IPT`, `v1`.
    pub name: String,
    /// The version before.
    #[serde(default)]
    pub parent: Option<Id>,
    /// What the version says as a whole, in the team's words.
    #[serde(default)]
    pub narrative: Option<String>,
    /// Why it was frozen.
    #[serde(default)]
    pub why: Option<String>,
    /// The decisions it rests on: those named, else those taken since the version before.
    #[serde(default)]
    pub decisions: Vec<Id>,
    /// Tag of the coder who froze it.
    #[serde(default)]
    pub author: String,
    /// Day it was frozen, by that coder's clock: `2026-03-14`.
    pub date: String,
    /// Where each stream of the journal stood: hash of its last operation.
    #[serde(default)]
    pub heads: BTreeMap<String, String>,
    /// How things were called then.
    #[serde(default)]
    pub labels: BTreeMap<Id, String>,
    pub programme: Programme,
    /// [`Programme::hash`] of `programme`: the theory without the narrative.
    pub hash: String,
}

impl TheoryVersion {
    /// What it holds is what was frozen.
    pub fn is_intact(&self) -> bool {
        self.programme.hash() == self.hash
    }

    /// Names the theory and the narrative together.
    pub fn whole_hash(&self) -> String {
        super::whole_hash(&self.hash, self.narrative.as_deref())
    }
}
