//! Links between statements: what leads to what, what rivals what, what became of what.
//!
//! A link is a record of its own. First versions wrote rivals and chains into the statement itself; those
//! are read as links too ([`written_in`]). What links may not do together is in [`rules`], and circles
//! are found in [`circles`]; evidence is united along them in `synthesis::bearing`.

pub mod circles;
pub mod rules;
#[cfg(test)]
pub mod sample;

use crate::hypothesis::Hypothesis;
use crate::id::Id;
use serde::{Deserialize, Serialize};

crate::vocabulary! {
    /// What one end is to the other; read from `from` to `to`.
    pub enum LinkKind "kind of link" {
        /// An outcome of the one is a context or a resource of the other.
        LeadsTo "leads_to",
        /// Says more closely what the other says.
        Refines "refines",
        /// Explains the same otherwise. Holds both ways.
        RivalOf "rival_of",
        /// Stands no longer for itself; the other speaks for it and shows its evidence.
        MergedInto "merged_into",
        /// Says the same as the other; both still stand.
        DuplicateOf "duplicate_of",
        /// Holds the other as a part of its account.
        Contains "contains",
        /// Draws on a substantive theory.
        InformedBy "informed_by",
        /// Is one of those the other was split into.
        SplitFrom "split_from",
        /// Lends its evidence to the other and goes on standing for itself.
        Feeds "feeds",
    }
}

crate::vocabulary! {
    /// As what an outcome enters the statement it leads to.
    pub enum Entry "way for an outcome to enter" {
        Context "context",
        Resource "resource",
    }
}

/// A link between two statements, or from a statement to a substantive theory (`informed_by`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Of its record; derived where it is written in a statement.
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub from: Id,
    /// Key of a part of `from`.
    #[serde(default)]
    pub from_part: Option<String>,
    pub to: Id,
    /// Key of a part of `to`.
    #[serde(default)]
    pub to_part: Option<String>,
    pub kind: LinkKind,
    /// Of `leads_to`.
    #[serde(default, rename = "as")]
    pub enters_as: Option<Entry>,
    #[serde(default)]
    pub reason: Option<String>,
    /// Tag of the coder who made it.
    #[serde(default)]
    pub author: String,
}

impl LinkKind {
    /// Links of this kind alone must never run in a circle.
    pub fn is_acyclic(self) -> bool {
        match self {
            LinkKind::LeadsTo | LinkKind::RivalOf | LinkKind::InformedBy => false,
            LinkKind::Refines
            | LinkKind::MergedInto
            | LinkKind::DuplicateOf
            | LinkKind::Contains
            | LinkKind::SplitFrom
            | LinkKind::Feeds => true,
        }
    }

    /// `to` shows the evidence of `from` as its own.
    pub fn lends_evidence(self) -> bool {
        matches!(self, LinkKind::MergedInto | LinkKind::Feeds)
    }

    /// How the link reads between its two ends: `H3.gj is merged into H9.gj`.
    pub fn phrase(self) -> &'static str {
        match self {
            LinkKind::LeadsTo => "leads to",
            LinkKind::Refines => "refines",
            LinkKind::RivalOf => "is a rival of",
            LinkKind::MergedInto => "is merged into",
            LinkKind::DuplicateOf => "is a duplicate of",
            LinkKind::Contains => "contains",
            LinkKind::InformedBy => "is informed by",
            LinkKind::SplitFrom => "was split from",
            LinkKind::Feeds => "feeds",
        }
    }

    /// How it reads from the other end: `H9.gj has taken in H3.gj`.
    pub fn phrase_back(self) -> &'static str {
        match self {
            LinkKind::LeadsTo => "follows from",
            LinkKind::Refines => "is refined by",
            LinkKind::RivalOf => "is a rival of",
            LinkKind::MergedInto => "has taken in",
            LinkKind::DuplicateOf => "has the duplicate",
            LinkKind::Contains => "is contained in",
            LinkKind::InformedBy => "informs",
            LinkKind::SplitFrom => "was split into",
            LinkKind::Feeds => "is fed by",
        }
    }
}

impl Link {
    /// Two links that say the same of the same ends.
    pub fn says_the_same_as(&self, other: &Link) -> bool {
        let there = |link: &Link| (link.from, link.from_part.clone(), link.to, link.to_part.clone());
        let back = |link: &Link| (link.to, link.to_part.clone(), link.from, link.from_part.clone());
        let either_way = self.kind == LinkKind::RivalOf && there(self) == back(other);
        self.kind == other.kind && (there(self) == there(other) || either_way)
    }

    /// The end that is not `one`; `None` where neither is.
    pub fn other_end(&self, one: Id) -> Option<Id> {
        match (self.from == one, self.to == one) {
            (true, _) => Some(self.to),
            (_, true) => Some(self.from),
            _ => None,
        }
    }

    /// It has no record of its own: it is written in the statement it starts from.
    pub fn is_written_in(&self, statement: &Hypothesis) -> bool {
        written_in(statement).iter().any(|one| one.id == self.id)
    }
}

/// The links that a statement carries in fields of its own, as first versions wrote them.
pub fn written_in(statement: &Hypothesis) -> Vec<Link> {
    let link = |kind: LinkKind, to: Id| Link {
        id: Id::derived([statement.id.as_bytes().as_slice(), kind.word().as_bytes(), to.as_bytes()]),
        from: statement.id,
        from_part: None,
        to,
        to_part: None,
        kind,
        enters_as: None,
        reason: None,
        author: statement.author.clone(),
    };
    let rival = statement.rival_of.iter().map(|to| link(LinkKind::RivalOf, *to));
    rival.chain(statement.leads_to.iter().map(|to| link(LinkKind::LeadsTo, *to))).collect()
}
