//! Decisions: the only thing that sets a consensus standing. Agreement is not evidence.

use crate::document::Sealed;
use crate::id::Id;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

crate::vocabulary! {
    /// What was decided.
    pub enum Outcome "outcome of a decision" {
        Agreed "agreed",
        AgreedWithDissent "agreed_with_dissent",
        NotAgreed "not_agreed",
        Rejected "rejected",
        DeferToTest "defer_to_test",
        OutOfScope "out_of_scope",
    }
}

crate::vocabulary! {
    /// By whom.
    pub enum Body "body" {
        Team "team",
        Stakeholders "stakeholders",
        NotStated "not_stated",
    }
}

crate::vocabulary! {
    /// How it was reached.
    pub enum Method "method" {
        Discussion "discussion",
        Ram "ram",
        Delphi "delphi",
        Ngt "ngt",
        Ranking "rank",
        Percent "percent",
        ConsentRule "consent",
        NotStated "not_stated",
    }
}

crate::vocabulary! {
    /// Standing by agreement, set only by a decision.
    pub enum Consensus "consensus standing" {
        Untested "untested",
        Agreed "agreed",
        AgreedWithDissent "agreed_with_dissent",
        Uncertain "uncertain",
        Rejected "rejected",
    }
}

impl Outcome {
    /// `None` where the decision leaves the standing as it was.
    pub fn consensus(self) -> Option<Consensus> {
        match self {
            Outcome::Agreed => Some(Consensus::Agreed),
            Outcome::AgreedWithDissent => Some(Consensus::AgreedWithDissent),
            Outcome::NotAgreed | Outcome::DeferToTest => Some(Consensus::Uncertain),
            Outcome::Rejected => Some(Consensus::Rejected),
            Outcome::OutOfScope => None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub outcome: Outcome,
    pub body: Body,
    pub method: Method,
    /// `2026-03-14`; absent: not stated.
    #[serde(default)]
    pub date: Option<String>,
    /// What was settled, in one sentence.
    #[serde(default)]
    pub text: Option<String>,
    #[serde(default)]
    pub uncertainty: Option<Id>,
    /// Key of the option chosen.
    #[serde(default)]
    pub option: Option<String>,
    #[serde(default)]
    pub components: Vec<Id>,
    #[serde(default)]
    pub hypotheses: Vec<Id>,
    /// People present, by stakeholder group.
    #[serde(default)]
    pub present: BTreeMap<String, u32>,
    /// Sealed: dissent in the dissenters' words, by group.
    #[serde(default)]
    pub dissent: BTreeMap<String, Sealed>,
    /// The round it rests on, and keys of the items of that round.
    #[serde(default)]
    pub round: Option<Id>,
    /// The meeting it was taken at.
    #[serde(default)]
    pub meeting: Option<Id>,
    #[serde(default)]
    pub items: Vec<String>,
    /// What those items came to when it was taken, small groups pooled.
    #[serde(default)]
    pub snapshot: Option<Value>,
    /// Groups that dissented in the round, in words or by their votes alone.
    #[serde(default)]
    pub dissenting: Vec<String>,
    /// What it did to statements and components, in the same step.
    #[serde(default)]
    pub effects: Vec<Effect>,
    /// Dissent of single members; on disk each is a field of its own, `registered:<member>`.
    #[serde(skip)]
    pub registered: BTreeMap<Id, Voiced>,
}

/// A member's registered dissent, in words they approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voiced {
    pub group: String,
    /// Sealed; none where they approved no words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Sealed>,
}

/// What a decision changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    pub of: Id,
    pub field: Changed,
    pub to: String,
}

crate::vocabulary! {
    /// What of a statement or component a decision changes.
    pub enum Changed "effect" {
        /// Editorial standing of a statement.
        Status "status",
        /// Wording of a statement.
        Statement "statement",
        /// Description of a component.
        Description "description",
    }
}
