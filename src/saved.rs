//! A query that was given a name, so that it can be asked again and be part of others.

use crate::id::Id;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedQuery {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// What `saved:` asks for; one of its kind.
    pub name: String,
    /// In the canonical form of the grammar.
    pub query: String,
    #[serde(default)]
    pub author: Option<String>,
}
