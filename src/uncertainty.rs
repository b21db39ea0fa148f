//! Uncertainties: what a meeting must settle (the method reference's Question; here the word
//! question is kept for the review question).

use crate::id::Id;
use serde::{Deserialize, Serialize};

crate::vocabulary! {
    pub enum UncertaintyStatus "status of an uncertainty" {
        Open "open",
        Scheduled "scheduled",
        Decided "decided",
        Deferred "deferred",
        Withdrawn "withdrawn",
    }
}

crate::vocabulary! {
    /// What stakeholders rate an uncertainty on, each 0, 0.5 or 1.
    pub enum Criterion "criterion" {
        Importance "importance",
        Urgency "urgency",
        Answerability "answerability",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Uncertainty {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// One sentence, answerable, in plain words.
    pub text: String,
    /// Two or three plain sentences for readers who were not there.
    #[serde(default)]
    pub plain: Option<String>,
    /// What in the manual or the training waits on it.
    #[serde(default)]
    pub why: Option<String>,
    #[serde(default)]
    pub unknown: Option<String>,
    #[serde(default)]
    pub component: Option<Id>,
    /// The statements it is between, rivals included.
    #[serde(default)]
    pub hypotheses: Vec<Id>,
    #[serde(default)]
    pub options: Vec<Choice>,
    #[serde(default = "open")]
    pub status: UncertaintyStatus,
    /// Place on the agenda, set by people; absent: the proposed order stands.
    #[serde(default)]
    pub place: Option<u32>,
    /// Minutes it is given.
    #[serde(default)]
    pub minutes: Option<u32>,
    #[serde(default)]
    pub introduced_by: Option<String>,
    /// What a reader must know of the ratings, such as that they are made up.
    #[serde(default)]
    pub ratings_note: Option<String>,
    /// On disk each is a field of its own, `rating:<criterion>:<group>:<rater>`.
    #[serde(skip)]
    pub ratings: Vec<Rating>,
}

/// One option a meeting can choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// `A`, `B`, …
    pub key: String,
    pub text: String,
    /// What the manual would say.
    #[serde(default)]
    pub consequence: Option<String>,
}

/// One stakeholder's rating.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    pub criterion: Criterion,
    pub group: String,
    /// Pseudonymous token.
    pub rater: String,
    /// 0, 0.5 or 1.
    pub value: f64,
}

fn open() -> UncertaintyStatus {
    UncertaintyStatus::Open
}
