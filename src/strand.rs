//! Strands: the kinds of source a synthesis draws from, as the team names them.
//!
//! A strand sits above source. Each study of a review, each interview, each group is a source of its
//! own; "5 sources in 1 strand" is how output reads.

use serde::{Deserialize, Serialize};

crate::vocabulary! {
    /// What a source is (method reference 2.3).
    pub enum SourceKind "kind of source" {
        SystematicReview "systematic_review",
        NarrativeReview "narrative_review",
        PrimaryStudy "primary_study",
        Grey "grey",
        Policy "policy",
        Interview "interview",
        FocusGroup "focus_group",
        Observation "observation",
        SessionRecording "session_recording",
        Log "log",
        Survey "survey",
        Minutes "minutes",
        StakeholderMeeting "stakeholder_meeting",
    }
}

impl SourceKind {
    /// For people: `focus group`.
    pub fn title(self) -> String {
        self.word().replace('_', " ")
    }

    /// The team gathered it itself: its words are participants', and one document is one source.
    pub fn is_own_data(self) -> bool {
        use SourceKind::{
            FocusGroup, Interview, Log, Minutes, Observation, SessionRecording, StakeholderMeeting, Survey,
        };
        matches!(
            self,
            Interview | FocusGroup | Observation | SessionRecording | Log | Survey | Minutes | StakeholderMeeting
        )
    }
}

/// A strand as `realist.toml` declares it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Strand {
    /// Short key used in commands: `focus_groups`.
    pub key: String,
    /// What papers print: `Focus groups with service users`.
    pub title: String,
    /// Sources of these kinds belong here unless told otherwise.
    #[serde(default)]
    pub kinds: Vec<SourceKind>,
}

crate::vocabulary! {
    /// Which parts a configuration is made of (method reference 2.1).
    pub enum SlotScheme "slot scheme" {
        /// Context, mechanism, outcome.
        Cmo "cmo",
        /// The mechanism split into resource and reasoning.
        CmoRr "cmo_rr",
        /// Intervention, context, actor, mechanism, outcome.
        Icamo "icamo",
        /// Strategy, context, mechanism, outcome.
        Scmo "scmo",
        /// Context, intervention, mechanism, outcome.
        Cimo "cimo",
    }
}

#[allow(clippy::derivable_impls)] // the macro owns the enum's attributes
impl Default for SlotScheme {
    fn default() -> Self {
        SlotScheme::CmoRr
    }
}
