//! A coding: one coder, one code, one passage.

use crate::id::Id;
use crate::passage::{Anchor, Carried};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub code: Id,
    pub anchor: Anchor,
    /// Set by a correction of the document, until somebody settles it.
    #[serde(default)]
    pub carried: Option<Carried>,
    /// Put there by a search and read by nobody yet: left out of agreement.
    #[serde(default)]
    pub unread: bool,
    /// Tag of the coder.
    pub coder: String,
    #[serde(default)]
    pub memo: Option<String>,
    /// The blind pass whose coders settled on it: a consensus coding, which stands beside theirs.
    #[serde(default)]
    pub pass: Option<Id>,
    /// The codings it was settled from.
    #[serde(default)]
    pub of: Vec<Id>,
    /// Why it was settled so.
    #[serde(default)]
    pub reason: Option<String>,
}
