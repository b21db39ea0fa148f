//! Participants. Speaker labels belong to their document until a facesheet joins them: "P1" in five
//! groups is five people.

use crate::document::Sealed;
use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::vocabulary! {
    /// Whom a paper is for.
    pub enum Audience "audience" {
        Team "team",
        Meeting "meeting",
        Publication "publication",
    }
}

crate::vocabulary! {
    /// What a participant agreed to for their words.
    pub enum Consent "consent" {
        /// No quotation.
        None "none",
        Anonymous "anonymous",
        Named "named",
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Participant {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// Key of a stakeholder group.
    #[serde(default)]
    pub group: Option<String>,
    /// Recorded consent by audience; an audience not listed has none recorded. On disk each is a field of
    /// its own, `consent:<audience>`.
    #[serde(skip)]
    pub consent: BTreeMap<Audience, Consent>,
    #[serde(default)]
    pub withdrawn: bool,
    /// Where this person speaks.
    #[serde(default)]
    pub speaks: Vec<SpeakerRef>,
    /// Sealed pseudonym or name, where one was given.
    #[serde(default)]
    pub name: Option<Sealed>,
}

/// A speaker of one document: index into the speakers of its text version's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SpeakerRef {
    pub document: Id,
    pub speaker: usize,
}

impl Participant {
    /// May this person's words appear in a paper for `audience`? The team always sees what it
    /// gathered, unless the person withdrew.
    pub fn may_be_quoted(&self, audience: Audience) -> bool {
        if self.withdrawn {
            return false;
        }
        audience == Audience::Team || matches!(self.consent.get(&audience), Some(Consent::Anonymous | Consent::Named))
    }
}
