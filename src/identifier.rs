//! Listed identifiers: names, places, telephone numbers that no paper may hold, and what lets one through all the same.

use crate::id::Id;
use crate::participant::Audience;
use crate::sealed::Sealed;
use serde::{Deserialize, Serialize};

crate::vocabulary! {
    /// What an identifier is of.
    pub enum Identifies "kind of identifier" {
        Person "person",
        Staff "staff",
        Place "place",
        Organisation "organisation",
        /// A number, an address, a date.
        Other "other",
    }
}

crate::vocabulary! {
    /// Which files may not hold an identifier.
    pub enum KeptFrom "reach of an identifier" {
        /// Every file that is written.
        All "all",
        /// Papers for others; the team's own files may hold it.
        Others "others",
    }
}

impl KeptFrom {
    /// Whether it is kept from a paper for this audience.
    pub fn is_from(self, audience: Audience) -> bool {
        self == KeptFrom::All || audience != Audience::Team
    }
}

/// One identifier of the project's list. Its words are sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    #[serde(default = "person")]
    pub kind: Identifies,
    #[serde(default = "all")]
    pub kept_from: KeptFrom,
    /// Only where it is written with a capital: a name that is a word too.
    #[serde(default)]
    pub only_capital: bool,
    /// Sealed [`Spellings`].
    pub words: Sealed,
}

/// How an identifier is written, and what papers say in its place.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spellings {
    /// The first is what it is called by.
    pub spellings: Vec<String>,
    /// Stands in reports where the identifier would: `[a town]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
}

/// Somebody's leave for an identifier to stand in a file, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permit {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// The identifier, or the participant whose name it is.
    pub about: Id,
    /// Sealed [`Leave`].
    pub leave: Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leave {
    /// Name of the file without its ending; every file where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    pub reason: String,
}

fn person() -> Identifies {
    Identifies::Person
}

fn all() -> KeptFrom {
    KeptFrom::All
}
