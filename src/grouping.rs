//! What a team said of statements that lie together on the table: sorted by hand, right as proposed, or refused. And
//! that proposals were looked at before a team had sorted by itself.

use crate::hypothesis::Hypothesis;
use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::vocabulary! {
    /// What some statements are to each other. A tool may propose it; people decide.
    pub enum Relation "relation" {
        /// The same in all that both say.
        Duplicate "duplicate",
        /// The same mechanism and outcome in other circumstances, or most of the same words.
        Related "related",
        /// The same offer or circumstances with another reasoning, or the outcome the other way round.
        RivalCandidate "rival_candidate",
    }
}

crate::vocabulary! {
    pub enum Verdict "verdict on a group" {
        /// The team's own group, from the table.
        Sorted "sorted",
        /// Proposed, and right.
        Accepted "accepted",
        /// Proposed, and not to be proposed again as long as nobody rewords a member.
        Refused "refused",
        /// No group: proposals were shown although the team meant to sort by hand first.
        Looked "looked",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grouping {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub verdict: Verdict,
    /// What the team calls the group.
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub relation: Option<Relation>,
    #[serde(default)]
    pub members: Vec<Member>,
    #[serde(default)]
    pub reason: Option<String>,
    /// Of a sorted group: proposals had been shown before, as far as the project knows.
    #[serde(default)]
    pub informed: Option<bool>,
    /// Tag of the coder who entered it.
    #[serde(default)]
    pub author: String,
}

/// A statement as it was worded when something was said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub statement: Id,
    /// [`Hypothesis::revision`].
    pub revision: String,
}

impl Member {
    pub fn of(statement: &Hypothesis) -> Self {
        Member { statement: statement.id, revision: statement.revision() }
    }
}

impl Grouping {
    /// Pairs of members (the smaller id first), both worded as they were then.
    pub fn pairs_as_worded(&self, statements: &BTreeMap<Id, Hypothesis>) -> Vec<(Id, Id)> {
        let stands =
            |member: &&Member| statements.get(&member.statement).is_some_and(|one| one.revision() == member.revision);
        let standing: Vec<Id> = self.members.iter().filter(stands).map(|member| member.statement).collect();
        let mut pairs = Vec::new();
        for (nth, one) in standing.iter().enumerate() {
            pairs.extend(standing[nth + 1..].iter().map(|other| (*one.min(other), *one.max(other))));
        }
        pairs
    }
}
