//! Recommendations: who should do what, for whom, in which circumstances, because of what, and what would change our
//! mind (method reference 5.4). The words are people's; what a basis is worth is never stored and is derived.

use crate::action::Finish;
use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

crate::vocabulary! {
    /// Whom a recommendation is addressed to.
    pub enum Addressee "audience of a recommendation" {
        Organisation "organisation",
        Workforce "workforce",
        Policy "policy",
        Research "research",
        Practice "practice",
    }
}

impl Addressee {
    /// `For organisations`, as it heads their recommendations.
    pub fn heading(self) -> &'static str {
        match self {
            Addressee::Organisation => "For organisations",
            Addressee::Workforce => "For workforce development",
            Addressee::Policy => "For policy",
            Addressee::Research => "For research",
            Addressee::Practice => "For practice",
        }
    }
}

crate::vocabulary! {
    /// What nobody has said of a recommendation yet.
    pub enum Gap "gap of a recommendation" {
        Action "action",
        ForWhom "for_whom",
        Context "context",
        WouldChange "would_change",
        Owner "owner",
        Due "due",
        Role "role",
        Competency "competency",
        /// What is missing today of a competency.
        Shortfall "gap",
        Supervision "supervision",
        Training "training",
    }
}

impl Gap {
    /// `no action text`.
    pub fn title(self) -> &'static str {
        match self {
            Gap::Action => "no action text",
            Gap::ForWhom => "not said for whom",
            Gap::Context => "not said in what circumstances",
            Gap::WouldChange => "not said what would change our mind",
            Gap::Owner => "no owner",
            Gap::Due => "no day",
            Gap::Role => "no role named",
            Gap::Competency => "no competency named",
            Gap::Shortfall => "not said what is missing today",
            Gap::Supervision => "no supervision named",
            Gap::Training => "no training case",
        }
    }
}

/// A recommendation; until somebody words its action it is a skeleton.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub audience: Addressee,
    /// What is recommended, in words of people.
    #[serde(default)]
    pub action: Option<String>,
    #[serde(default)]
    pub for_whom: Option<String>,
    /// In what circumstances.
    #[serde(default)]
    pub context: Option<String>,
    /// Decisions and statements. On disk each is a field of its own, `basis:<id>`.
    #[serde(skip)]
    pub basis: BTreeSet<Id>,
    /// What would change our mind.
    #[serde(default)]
    pub would_change: Option<String>,
    /// A coder's tag or a panel member's token; never a name.
    #[serde(default)]
    pub owner: Option<String>,
    /// `2026-05-01`
    #[serde(default)]
    pub due: Option<String>,
    #[serde(default)]
    pub done: Option<Finish>,
    /// Of the workforce: who is to be able to do something.
    #[serde(default)]
    pub role: Option<String>,
    /// What they are to be able to do.
    #[serde(default)]
    pub competency: Option<String>,
    /// What is missing today.
    #[serde(default)]
    pub gap: Option<String>,
    #[serde(default)]
    pub supervision: Option<String>,
    /// Training cases. On disk each is a field of its own, `training:<id>`.
    #[serde(skip)]
    pub training: BTreeSet<Id>,
    /// Needs it answers. On disk each is a field of its own, `need:<id>`.
    #[serde(skip)]
    pub needs: BTreeSet<Id>,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub author: Option<String>,
}

impl Recommendation {
    /// The skeleton for one audience that begins with one decision or statement: on however many machines it is drafted,
    /// there is one.
    pub fn skeleton_of(audience: Addressee, lead: Id) -> Id {
        Id::derived([b"recommendation".as_slice(), audience.word().as_bytes(), lead.as_bytes()])
    }

    /// Nobody has worded what is to be done.
    pub fn is_skeleton(&self) -> bool {
        !is_said(self.action.as_ref())
    }

    /// What nobody has said yet, in the order in which a paper asks for it.
    pub fn gaps(&self) -> Vec<Gap> {
        let is_of_workforce = self.audience == Addressee::Workforce;
        let asked = [
            (Gap::Action, is_said(self.action.as_ref())),
            (Gap::ForWhom, is_said(self.for_whom.as_ref())),
            (Gap::Context, is_said(self.context.as_ref())),
            (Gap::WouldChange, is_said(self.would_change.as_ref())),
            (Gap::Owner, is_said(self.owner.as_ref())),
            (Gap::Due, is_said(self.due.as_ref())),
            (Gap::Role, !is_of_workforce || is_said(self.role.as_ref())),
            (Gap::Competency, !is_of_workforce || is_said(self.competency.as_ref())),
            (Gap::Shortfall, !is_of_workforce || is_said(self.gap.as_ref())),
            (Gap::Supervision, !is_of_workforce || is_said(self.supervision.as_ref())),
            (Gap::Training, !is_of_workforce || !self.training.is_empty()),
        ];
        asked.into_iter().filter(|(_, said)| !said).map(|(gap, _)| gap).collect()
    }

    /// Not done, and its day is before this one.
    pub fn is_overdue(&self, today: &str) -> bool {
        self.done.is_none() && self.due.as_deref().is_some_and(|due| due < today)
    }
}

fn is_said(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}
