//! Codes. An entry *is* its id; codings point at that, never at the name.

use crate::id::Id;
use serde::{Deserialize, Serialize};

crate::vocabulary! {
    pub enum CodeKind "kind of code" {
        Descriptive "descriptive",
        CmoPart "cmo_part",
        Component "component",
        Appraisal "appraisal",
    }
}

/// One code, as the journal and `codebooks/*.toml` both hold it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub name: String,
    /// File stem in `codebooks/`.
    #[serde(default = "main_book")]
    pub book: String,
    #[serde(default)]
    pub parent: Option<Id>,
    #[serde(default)]
    pub definition: Option<String>,
    #[serde(default)]
    pub include: Option<String>,
    #[serde(default)]
    pub exclude: Option<String>,
    #[serde(default = "descriptive")]
    pub kind: CodeKind,
    #[serde(default)]
    pub retired: bool,
}

fn main_book() -> String {
    "codes".to_owned()
}

fn descriptive() -> CodeKind {
    CodeKind::Descriptive
}
