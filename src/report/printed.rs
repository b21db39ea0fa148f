//! A passage that no link stands for, after [`super::words`] decided what of it may be printed.

use super::block::Quote;
use super::words::Withheld;
use crate::document::Voice;
use serde::Serialize;

/// A passage that nobody linked to a statement, as one audience may see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Printed {
    pub voice: Voice,
    /// As it is set.
    pub text: Option<String>,
    pub withheld: Option<Withheld>,
    /// Who speaks, and for the team where.
    pub attribution: String,
}

impl Printed {
    /// The words, or what stands where they would.
    pub fn words(&self) -> String {
        self.text.clone().or(self.withheld.map(Withheld::placeholder)).unwrap_or_default()
    }

    /// As one cell of a table: words, then who.
    pub fn line(&self) -> String {
        format!("{} ({})", self.words(), self.attribution)
    }

    /// The block that shows it; `note` says what it is doing here.
    pub fn quote(&self, note: &str) -> Quote {
        let parts = [self.attribution.as_str(), note].into_iter().filter(|part| !part.is_empty());
        Quote {
            text: self.words(),
            attribution: parts.collect::<Vec<_>>().join("; "),
            voice: self.voice,
            withheld: self.withheld.is_some(),
        }
    }
}
