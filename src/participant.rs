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
    /// How much of a person goes when they withdraw.
    pub enum Scope "scope of a withdrawal" {
        /// Their words stay in the text and are quoted nowhere.
        Quotes "quotes",
        /// What they said is taken out of every text.
        Turns "turns",
        /// Every document they speak in is destroyed.
        Document "document",
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
    /// Version of the consent form that was signed.
    #[serde(default)]
    pub consent_form: Option<String>,
    /// Day it was signed, as `2014-03-02` where it could be read as a date.
    #[serde(default)]
    pub consent_date: Option<String>,
    #[serde(default)]
    pub withdrawn: bool,
    /// How much of them went; `None` while they take part.
    #[serde(default)]
    pub withdrawn_scope: Option<Scope>,
    /// The day it was done.
    #[serde(default)]
    pub withdrawn_on: Option<String>,
    /// Sentences of researchers that repeated their words when they withdrew.
    #[serde(default)]
    pub repeated: Vec<Repeats>,
    /// Where this person speaks.
    #[serde(default)]
    pub speaks: Vec<SpeakerRef>,
    /// Sealed pseudonym or name, where one was given.
    #[serde(default)]
    pub name: Option<Sealed>,
    /// Sealed [`Particulars`]: age, role, town, and what else a facesheet says.
    #[serde(default)]
    pub attributes: Option<Sealed>,
}

/// A sentence that repeats words of somebody who withdrew, told without them: whose, and twelve digits over it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeats {
    pub id: Id,
    pub print: String,
}

/// What a facesheet says of a person beside group and consent, sealed since it may tell who they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Particulars {
    /// By heading.
    pub values: BTreeMap<String, String>,
    /// How the columns of the facesheet were read, and all its headings: for the next one like it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headings: Vec<String>,
}

/// A speaker of one document: index into the speakers of its text version's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SpeakerRef {
    pub document: Id,
    pub speaker: usize,
}

impl Participant {
    /// May this person's words appear in a paper for `audience`? The team sees what it gathered, unless the
    /// person withdrew, or refused that too.
    pub fn may_be_quoted(&self, audience: Audience) -> bool {
        if self.withdrawn {
            return false;
        }
        match self.consent.get(&audience) {
            Some(consent) => *consent != Consent::None,
            None => audience == Audience::Team,
        }
    }
}
