//! Why a place needs the intervention: needs that were assessed there, policy drivers that bear on it, and what ties both
//! to components of the programme theory.
//!
//! A tie says that a component would meet a need, or how it stands to a driver; the statements named with it explain how.
//! A tie without a statement is kept, and everywhere said to be unexplained (method reference 5.3).

use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Something that people in a place were found to lack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub statement: String,
    #[serde(default)]
    pub population: Option<String>,
    /// What was counted, as in `adults waiting more than 18 weeks`.
    #[serde(default)]
    pub measure: Option<String>,
    /// The figure, as its source gives it, with its unit.
    #[serde(default)]
    pub value: Option<String>,
    /// Where that stands.
    #[serde(default)]
    pub source: Option<Id>,
    /// When it was assessed: `2011`, `2011-06` or `2011-06-30`.
    #[serde(default)]
    pub date: Option<String>,
    #[serde(default)]
    pub place: Option<String>,
    /// By component. On disk each is a field of its own, `met_by:<component>`.
    #[serde(skip)]
    pub met_by: BTreeMap<Id, Tie>,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub author: Option<String>,
}

crate::vocabulary! {
    /// Who set a driver.
    pub enum Level "level of a policy driver" {
        Local "local",
        National "national",
        International "international",
    }
}

crate::vocabulary! {
    /// How a component stands to what a driver requires.
    pub enum Stance "stance to a policy driver" {
        AlignedWith "aligned_with",
        ConflictsWith "conflicts_with",
    }
}

impl Stance {
    /// `in conflict`, of a component beside a driver.
    pub fn title(self) -> &'static str {
        match self {
            Stance::AlignedWith => "aligned",
            Stance::ConflictsWith => "in conflict",
        }
    }
}

/// What a policy, law, standard or contract requires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub name: String,
    pub level: Level,
    /// As it is to be cited, where it is no source of the project.
    #[serde(default)]
    pub citation: Option<String>,
    #[serde(default)]
    pub requirement: Option<String>,
    #[serde(default)]
    pub source: Option<Id>,
    /// When it was published or came into force, as of [`Need::date`].
    #[serde(default)]
    pub date: Option<String>,
    /// By component. On disk each is a field of its own, `stance:<component>`.
    #[serde(skip)]
    pub stances: BTreeMap<Id, Position>,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub author: Option<String>,
}

/// What somebody said of a component beside a need or a driver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// How, in this context, in the team's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
    /// Tag of the coder.
    pub by: String,
    /// Statements that explain how. On disk each is a field of its own, `because:<component>:<statement>`, so that two people
    /// may name some.
    #[serde(skip)]
    pub because: BTreeSet<Id>,
}

/// A tie to a driver, with its direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    pub stance: Stance,
    #[serde(flatten)]
    pub tie: Tie,
}
