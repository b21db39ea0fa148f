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
}

/// What is asked at every stage, and what an answer is made of (method reference 5.5).
pub const FOUR: [&str; 4] =
    ["What do you think is happening?", "For whom?", "What would you try?", "What would make it fail?"];

/// The running text around the stages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preamble {
    pub introduction: String,
    /// To be kept in mind through all stages.
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

impl Telling {
    /// What the group is asked: its own prompts, else the [`FOUR`].
    pub fn asked(&self) -> Vec<String> {
        if self.prompts.is_empty() { FOUR.map(str::to_owned).to_vec() } else { self.prompts.clone() }
    }
}

/// A case with its words, as far as they are at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub training: Training,
    pub preamble: Preamble,
    /// By key of the stage; of a stage that is missing here the words were destroyed, or lie elsewhere.
    pub tellings: BTreeMap<String, Telling>,
}

impl Told {
    /// Each stage with its words, in order; blank where they are not at hand.
    pub fn stages(&self) -> impl Iterator<Item = (&Stage, Telling)> {
        let telling = |stage: &Stage| self.tellings.get(&stage.key).cloned().unwrap_or_default();
        self.training.stages.iter().map(move |stage| (stage, telling(stage)))
    }

    /// Keys of stages whose words are not at hand.
    pub fn missing(&self) -> Vec<&str> {
        let keys = self.training.stages.iter().map(|stage| stage.key.as_str());
        keys.filter(|key| !self.tellings.contains_key(*key)).collect()
    }
}

impl Training {
    /// The stage so called: by key (`s2`, where one coder has it), or by its number from 1.
    pub fn stage(&self, typed: &str) -> Option<usize> {
        let typed = typed.trim().to_lowercase();
        let by_key = self.stages.iter().position(|one| one.key == typed);
        let short = || {
            let mut fits = (0..self.stages.len())
                .filter(|at| self.stages[*at].key.split_once('.').is_some_and(|(key, _)| key == typed));
            fits.next().filter(|_| fits.next().is_none())
        };
        let numbered = || typed.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < self.stages.len());
        by_key.or_else(short).or_else(numbered)
    }

    /// Minutes of all stages together, and stages without any.
    pub fn length(&self) -> (u32, usize) {
        let minutes = self.stages.iter().filter_map(|one| one.minutes).fold(0, u32::saturating_add);
        (minutes, self.stages.iter().filter(|one| one.minutes.is_none()).count())
    }

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
    fn a_stage_is_found_by_key_or_number() {
        let mut one = training();
        one.settle_order();
        assert_eq!(one.stage("S1.gj"), Some(1));
        assert_eq!(one.stage("s1"), Some(1));
        assert_eq!(one.stage("1"), Some(0), "the first that is handed out");
        assert_eq!((one.stage("5"), one.stage("0"), one.stage("s9")), (None, None, None));
    }

    #[test]
    fn a_role_is_known_however_it_is_spelled() {
        assert!(training().is_for(" care partner ") && !training().is_for("care"));
    }
}
