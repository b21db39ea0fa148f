//! A memo: what a researcher noted about a passage or about a thing of the project. Its words may quote a
//! participant or name a person, so they are sealed, and go with the document they are about.

use crate::id::Id;
use crate::passage::{Anchor, Carried};
use crate::sealed::Sealed;
use serde::{Deserialize, Serialize};

crate::vocabulary! {
    /// Who may read a memo. Only what is for the supplement ever leaves the team.
    pub enum Access "access" {
        /// Its author alone: left out of everything but its author's own view.
        Private "private",
        Team "team",
        Supplement "supplement",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// The words it is about, where it is about words.
    #[serde(default)]
    pub anchor: Option<Anchor>,
    /// Set by a correction of the document, until somebody settles it.
    #[serde(default)]
    pub carried: Option<Carried>,
    /// The thing it is about: a document where a comment stood at no words, a statement, a code, …
    #[serde(default)]
    pub about: Option<Id>,
    pub text: Sealed,
    /// Tag of the coder who wrote it here; `None` for a comment that came with a document.
    #[serde(default)]
    pub author: Option<String>,
    /// The name in the document's margin. Sealed: it is a person's.
    #[serde(default)]
    pub signed: Option<Sealed>,
    #[serde(default = "team")]
    pub access: Access,
}

impl Memo {
    /// Whether somebody writing under this tag may see it.
    pub fn is_seen_by(&self, coder: &str) -> bool {
        self.access != Access::Private || self.author.as_deref() == Some(coder)
    }
}

fn team() -> Access {
    Access::Team
}
