//! Programme theory: the components that statements hang on, and the theories of others that inform them.

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

/// A theory of others that lends a statement explanatory power: the target of `informed_by`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubstantiveTheory {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub name: String,
    /// As it is to be cited.
    #[serde(default)]
    pub citation: Option<String>,
    /// The source it was taken from, where the project holds it.
    #[serde(default)]
    pub source: Option<Id>,
    /// What it says that bears on the matter.
    #[serde(default)]
    pub claim: Option<String>,
    /// Tag of the coder who brought it in.
    #[serde(default)]
    pub author: String,
}
