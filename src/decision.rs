//! Decisions: the only thing that sets a consensus standing. Agreement is not evidence.

use crate::document::Sealed;
use crate::hypothesis::PartKind;
use crate::id::Id;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The day from which it counts: its own date, else the day it was recorded. Of two on one thing the later counts.
    #[serde(skip)]
    pub counts_from: String,
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
    /// Those of them that dissent by their votes; absent where that was not noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_votes: Option<Vec<String>>,
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
    /// Empty: that of the member, whose record goes with the words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
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
    /// Key of the part, where it is one of a statement's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Words, a standing, or the id of a component.
    pub to: String,
}

crate::vocabulary! {
    /// What of a statement or component a decision changes.
    pub enum Changed "effect" {
        /// Editorial standing of a statement; of a component that it is retired.
        Status "status",
        /// Wording of a statement.
        Statement "statement",
        /// Words of one of its parts.
        Part "part",
        /// The component it hangs on.
        Component "component",
        /// Description of a component.
        Description "description",
        /// A component that was not there before; its name.
        Added "added",
    }
}

/// What a component becomes that is given up.
pub const RETIRED: &str = "retired";

impl Decision {
    /// It settles that thing, or says what becomes of it.
    pub fn is_about(&self, id: Id) -> bool {
        self.components.contains(&id) || self.hypotheses.contains(&id) || self.uncertainty == Some(id)
    }

    /// Groups that the figures kept with it show on their own; `None` where it keeps none. All others are pooled there.
    pub fn shown_alone(&self) -> Option<BTreeSet<&str>> {
        let kept = self.snapshot.as_ref()?;
        let items = kept["items"].as_array().into_iter().flatten();
        let of_items = items.filter_map(|item| item["groups"].as_array()).flatten();
        let of_items = of_items.filter_map(|group| group["group"].as_str());
        let invited = kept["invited"].as_object().into_iter().flat_map(|groups| groups.keys().map(String::as_str));
        Some(invited.chain(of_items).collect())
    }

    /// The standing it gives to one of the things it is about. Agreeing to reject a statement is no agreement with it, and
    /// what is only set aside has none.
    pub fn consensus_on(&self, id: Id) -> Option<Consensus> {
        let consensus = self.outcome.consensus()?;
        let is_agreed = matches!(consensus, Consensus::Agreed | Consensus::AgreedWithDissent);
        let status = self.effects.iter().find(|one| one.of == id && one.field == Changed::Status);
        Some(match status.filter(|_| is_agreed).map(|one| one.to.as_str()) {
            Some("rejected") => Consensus::Rejected,
            Some("parked" | "superseded" | RETIRED) => Consensus::Untested,
            _ => consensus,
        })
    }
}

impl Effect {
    /// In words; `named` calls things as readers know them.
    pub fn told(&self, named: impl Fn(Id) -> String) -> String {
        let of = named(self.of);
        match self.field {
            Changed::Status => format!("{of} is {}", self.to),
            Changed::Statement => format!("{of} now says: {}", self.to),
            Changed::Part => {
                let is_of = |kind: &&PartKind| self.part.as_ref().is_some_and(|key| key.starts_with(kind.letter()));
                let part = PartKind::ALL.iter().find(is_of).map_or("a part", |kind| kind.word());
                format!("{of}, {part}, now says: {}", self.to)
            }
            Changed::Component => {
                let to = self.to.parse().map_or_else(|_| self.to.clone(), &named);
                format!("{of} belongs to {to}")
            }
            Changed::Description => format!("{of} is now: {}", self.to),
            Changed::Added if of.ends_with(&self.to) => format!("{of} is new"),
            Changed::Added => format!("{of} {} is new", self.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreeing_to_reject_a_statement_is_no_agreement_with_it() {
        let [kept, rejected, parked] = [1, 2, 3].map(|n: u8| Id::derived([&[n][..]]));
        let effect = |of, to: &str| Effect { of, field: Changed::Status, part: None, to: to.to_owned() };
        let decision = |outcome| Decision {
            outcome,
            effects: vec![effect(rejected, "rejected"), effect(parked, "parked")],
            ..serde_json::from_value(serde_json::json!({ "outcome": "agreed", "body": "team", "method": "discussion" }))
                .unwrap()
        };
        let of = |outcome| [kept, rejected, parked].map(|id| decision(outcome).consensus_on(id));
        assert_eq!(of(Outcome::Agreed), [Consensus::Agreed, Consensus::Rejected, Consensus::Untested].map(Some));
        assert_eq!(of(Outcome::DeferToTest), [Some(Consensus::Uncertain); 3]);
        assert_eq!(of(Outcome::OutOfScope), [None; 3]);
    }
}
