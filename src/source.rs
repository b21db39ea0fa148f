//! A source: the unit of independence. An included study; for own data one interview, group or
//! household.

use crate::id::Id;
use crate::origin::Stream;
use crate::reference::Reference;
use crate::strand::SourceKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    #[serde(skip, default = "nobody")]
    pub id: Id,
    pub kind: SourceKind,
    /// Key of its strand.
    pub strand: String,
    /// Sealed: typed by a person; else the document's own name or the study's citation is shown.
    #[serde(default)]
    pub title: Option<crate::sealed::Sealed>,
    #[serde(default)]
    pub year: Option<i32>,
    #[serde(flatten)]
    pub described: Described,
    /// The study of a table this source is: its bibliographic particulars lie with the text.
    #[serde(default)]
    pub study: Option<StudyRef>,
    /// What a library says of it: particulars of a published work, which are nobody's secret.
    #[serde(default)]
    pub reference: Option<Box<Reference>>,
    /// The stream a published work came by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Stream>,
    /// Reports of one study count once: this source counts as that one.
    #[serde(default)]
    pub same_study: Option<Id>,
    /// Sources that somebody looked at and judged to be other reports. A pair is kept with the one of the
    /// smaller id.
    #[serde(skip)]
    pub different: BTreeMap<Id, Difference>,
}

/// What a table of sources says of one, in the team's words. Of own data it is for the team alone: a setting may
/// point at a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Described {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub design: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<String>,
}

/// Why two sources that look alike are two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Tag of who says so.
    pub by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Points at [`crate::document::Header::studies`] of a text version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyRef {
    pub document: Id,
    pub index: usize,
}

pub(crate) fn nobody() -> Id {
    Id::derived([])
}
