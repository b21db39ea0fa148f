//! Codes. An entry *is* its id; codings point at that, never at the name. `field` lists what can be said
//! of a code, `tree` settles how codes stand below one another, `outline` is a codebook on its way from or
//! to another program, `layout` the words such a program has no field for, `ready` the codebooks that
//! come with the tool.

pub mod colour;
pub mod field;
pub mod layout;
pub mod outline;
pub mod ready;
pub mod tree;

pub use colour::Colour;
pub use field::Field;
pub use outline::{Outline, Outlined, Parent};
pub use tree::Tree;

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
    #[serde(default = "descriptive")]
    pub kind: CodeKind,
    #[serde(default)]
    pub colour: Option<Colour>,
    /// It gathers other codes and is not put on passages itself.
    #[serde(default)]
    pub heading: bool,
    #[serde(default)]
    pub definition: Option<String>,
    #[serde(default)]
    pub include: Option<String>,
    #[serde(default)]
    pub exclude: Option<String>,
    /// Where the definition comes from: a reference in the researchers' words.
    #[serde(default)]
    pub source: Option<String>,
    /// What to ask of a source that may have it: of a feature, say.
    #[serde(default)]
    pub question: Option<String>,
    /// Codings that show the code at its clearest. Their words are the participants' and are read back
    /// when shown: they never stand here.
    #[serde(default)]
    pub examples: Vec<Id>,
    /// Other names it is found by, those it once had among them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Names of sets it belongs to across the tree.
    #[serde(default)]
    pub sets: Vec<String>,
    /// The code that took over its codings.
    #[serde(default)]
    pub merged_into: Option<Id>,
    /// Codes that took over some of its codings.
    #[serde(default)]
    pub split_into: Vec<Id>,
    /// Kept with its codings, and offered no longer.
    #[serde(default)]
    pub retired: bool,
}

/// The book of a code for which none is named.
pub const MAIN_BOOK: &str = "codes";

fn main_book() -> String {
    MAIN_BOOK.to_owned()
}

fn descriptive() -> CodeKind {
    CodeKind::Descriptive
}

impl Code {
    /// A code of which only the name is known.
    pub fn named(id: Id, name: impl Into<String>) -> Self {
        Code {
            id,
            name: name.into(),
            book: main_book(),
            parent: None,
            kind: CodeKind::Descriptive,
            colour: None,
            heading: false,
            definition: None,
            include: None,
            exclude: None,
            source: None,
            question: None,
            examples: Vec::new(),
            aliases: Vec::new(),
            sets: Vec::new(),
            merged_into: None,
            split_into: Vec::new(),
            retired: false,
        }
    }
}

/// Whether a codebook file may bear this name: letters, digits, `-` and `_` of ASCII.
pub fn is_book(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}
