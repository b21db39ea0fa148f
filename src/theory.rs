//! Programme theory: the components that statements hang on, and the theories of others that inform them.

use crate::id::Id;
use crate::tidier::Tidier;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Items of TIDieR that it answers, in words of their own; `None`: its description does. On disk each is a field of its
    /// own, `tidier_who`: a text, or `true`.
    #[serde(skip)]
    pub tidier: BTreeMap<Tidier, Option<String>>,
}

impl Component {
    /// What it says to an item of TIDieR: `None` where it does not answer it.
    pub fn says(&self, item: Tidier) -> Option<&str> {
        let said = self.tidier.get(&item)?.as_deref();
        said.or(self.description.as_deref()).or(Some(self.name.as_str()))
    }
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
