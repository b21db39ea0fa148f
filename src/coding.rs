//! A coding: one coder, one code, one passage.

use crate::id::Id;
use crate::passage::Anchor;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub code: Id,
    pub anchor: Anchor,
    /// Tag of the coder.
    pub coder: String,
    #[serde(default)]
    pub memo: Option<String>,
}
