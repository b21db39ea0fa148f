//! Actions: what somebody undertook to do after a decision or a meeting.

use crate::id::Id;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub text: String,
    /// A coder's tag or a panel member's token; never a name.
    pub owner: String,
    /// `2026-05-01`
    #[serde(default)]
    pub due: Option<String>,
    /// The decision it follows from.
    #[serde(default)]
    pub decision: Option<Id>,
    /// The meeting somebody undertook it at.
    #[serde(default)]
    pub meeting: Option<Id>,
    #[serde(default)]
    pub done: Option<Finish>,
    #[serde(default)]
    pub author: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finish {
    pub on: String,
    pub by: String,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

impl Action {
    pub fn is_open(&self) -> bool {
        self.done.is_none()
    }

    /// Not done, and its day is before this one.
    pub fn is_overdue(&self, today: &str) -> bool {
        self.is_open() && self.due.as_deref().is_some_and(|due| due < today)
    }
}
