//! Programme theory: the components that statements hang on.

use crate::id::Id;
use serde::{Deserialize, Serialize};

/// A component of the intervention, as the journal and `codebooks/components.toml` both hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    /// Where it stands in papers; smaller first.
    #[serde(default)]
    pub order: Option<u32>,
    #[serde(default)]
    pub retired: bool,
}
