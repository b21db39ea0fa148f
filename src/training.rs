//! Training cases: a practical case told in stages, from statements and decisions, for a small group to work through.
//!
//! What is told of a patient may come from somebody's life, so every running text lies sealed: [`Preamble`] and
//! [`Telling`] are what the sealed values hold. What participants are handed is made of neither, since both hold words for
//! the facilitator alone: see [`crate::report`].

use crate::id::Id;
use crate::sealed::Sealed;
use crate::text::words::fold;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// Where a vignette comes from. It is printed beside it.
    pub enum Origin "origin of a vignette" {
        /// Put together from several people, so that it is none of them.
        Composite "composite",
        /// Made up.
        Fictional "fictional",
        /// Somebody's own, told with their consent.
        Consented "consented",
    }
}

impl Origin {
    /// As papers print it under the title.
    pub fn said(self) -> &'static str {
        match self {
            Origin::Composite => "Composite: put together from several people; it is nobody's own story.",
            Origin::Fictional => "Fictional: made up for training.",
            Origin::Consented => "A person's own story, told with their consent.",
        }
    }
}

crate::vocabulary! {
    /// Who is in the room beside those who learn.
    pub enum Host "role in a session" {
        Facilitator "facilitator",
        /// A colleague in the same work, for the discussion.
        Peer "peer",
        /// A patient or carer, as a technical expert.
        PatientExpert "patient_expert",
    }
}

impl Host {
    /// `patient expert`.
    pub fn title(self) -> &'static str {
        match self {
            Host::PatientExpert => "patient expert",
            other => other.word(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Training {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub title: String,
    #[serde(default)]
    pub setting: Option<String>,
    pub origin: Origin,
    /// How the person agreed, where the story is their own.
    #[serde(default)]
    pub consent_basis: Option<String>,
    /// Participants whose recorded consent for publication covers it.
    #[serde(default)]
    pub consenting: Vec<Id>,
    /// How long the session may last.
    #[serde(default)]
    pub minutes: Option<u32>,
    /// Keys of the stages in the order they are handed out; one that is not named comes last.
    #[serde(default)]
    pub order: Vec<String>,
    /// Sealed: [`Preamble`].
    #[serde(default)]
    pub preamble: Option<Sealed>,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub author: Option<String>,
    /// Roles it trains for, as people write them. On disk each is a field of its own, `trains:<role>`.
    #[serde(skip)]
    pub trains: BTreeSet<String>,
    /// What people are to learn, in order; on disk `objective:<key>`.
    #[serde(skip)]
    pub objectives: Vec<Objective>,
    /// In the order they are handed out; on disk `stage:<key>`.
    #[serde(skip)]
    pub stages: Vec<Stage>,
    /// Draft statements that answers became, by statement; on disk `answer:<id>`.
    #[serde(skip)]
    pub answers: BTreeMap<Id, Answer>,
}

/// Something people are to learn, and what of the theory it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// `o1.gj`: never used for another objective of the case.
    #[serde(skip)]
    pub key: String,
    pub text: String,
    /// Statements and decisions.
    pub rests_on: Vec<Id>,
}

/// One sheet that is handed out, and what the facilitator has to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// `s1.gj`: never used for another stage of the case.
    #[serde(skip)]
    pub key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Statements and decisions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<Id>,
    /// Links whose passages speak against them; where none is named, papers choose by their rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<Id>,
    /// Sealed: [`Telling`].
    pub telling: Sealed,
}

/// A draft statement that was an answer: to which stage, and whose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Key of the stage.
    pub stage: String,
    /// Key of a stakeholder group, or a token such as `gp1`; never a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Tag of the coder who took it in.
    pub by: String,
}

/// The running text around the stages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preamble {
    pub introduction: String,
    /// Asked at every stage beside the stage's own.
    pub questions: Vec<String>,
    /// Where to read on.
    pub information: Vec<String>,
    /// For the end of the session.
    pub reflection: Vec<String>,
    /// What each of them does; for the facilitator alone.
    pub roles: BTreeMap<Host, String>,
}

/// The running text of a stage.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Telling {
    pub title: String,
    /// What happens, as it is handed out.
    pub vignette: String,
    /// What the group is asked.
    pub prompts: Vec<String>,
    /// What the team makes of it; nobody but the facilitator sees it before the discussion.
    pub commentary: String,
}

impl Training {
    /// Whether it trains people in this role, however it is spelled.
    pub fn is_for(&self, role: &str) -> bool {
        let wanted = fold(role.trim());
        self.trains.iter().any(|one| fold(one.trim()) == wanted)
    }

    /// Statements and decisions that objectives and stages rest on.
    pub fn basis(&self) -> BTreeSet<Id> {
        let objectives = self.objectives.iter().flat_map(|one| &one.rests_on);
        objectives.chain(self.stages.iter().flat_map(|one| &one.rests_on)).copied().collect()
    }

    /// Puts stages and objectives where they belong.
    pub(crate) fn settle_order(&mut self) {
        let place = |key: &str| self.order.iter().position(|one| one == key).unwrap_or(usize::MAX);
        self.stages.sort_by_key(|one| (place(&one.key), one.key.len(), one.key.clone()));
        self.objectives.sort_by_key(|one| (one.key.len(), one.key.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(key: &str) -> Stage {
        let telling = Sealed { sealed: String::new() };
        Stage { key: key.to_owned(), minutes: None, rests_on: Vec::new(), against: Vec::new(), telling }
    }

    fn training() -> Training {
        Training {
            id: crate::source::nobody(),
            title: "Lost to follow-up".to_owned(),
            setting: None,
            origin: Origin::Composite,
            consent_basis: None,
            consenting: Vec::new(),
            minutes: None,
            order: vec!["s3.gj".to_owned(), "s1.gj".to_owned()],
            preamble: None,
            retired: false,
            author: None,
            trains: BTreeSet::from(["Care Partner".to_owned()]),
            objectives: Vec::new(),
            stages: ["s1.gj", "s10.gj", "s2.gj", "s3.gj"].map(stage).to_vec(),
            answers: BTreeMap::new(),
        }
    }

    #[test]
    fn stages_stand_as_ordered_and_new_ones_come_last() {
        let mut one = training();
        one.settle_order();
        let keys: Vec<&str> = one.stages.iter().map(|stage| stage.key.as_str()).collect();
        assert_eq!(keys, ["s3.gj", "s1.gj", "s2.gj", "s10.gj"]);
    }

    #[test]
    fn a_role_is_known_however_it_is_spelled() {
        assert!(training().is_for(" care partner ") && !training().is_for("care"));
    }
}
