//! Checks: one rule a file, its doc comment is its manual page. A rule looks and reports; it changes
//! nothing. A new rule is one file here and one line in [`RULES`].

#![allow(clippy::unnecessary_wraps)] // rules share one shape, also those that cannot fail

mod anchors;
mod conflicts;
mod files;
mod journal;
mod method;
mod references;
mod words;

use crate::diagnostic::{Diagnostic, Result};
use crate::project::{Depth, Project};
use crate::synthesis::Synthesis;

/// One rule.
pub struct Rule {
    pub key: &'static str,
    pub about: &'static str,
    look: fn(&Project, &Synthesis) -> Result<Vec<Diagnostic>>,
}

/// Every rule, in the order they are run.
pub static RULES: &[Rule] = &[
    Rule { key: "journal", about: "every line of the journal is whole and known", look: journal::look },
    Rule { key: "conflicts", about: "no field was set by two people unaware of each other", look: conflicts::look },
    Rule { key: "files", about: "nothing lies in corpus/ that no document knows of", look: files::look },
    Rule { key: "anchors", about: "every coding and link still says what it said", look: anchors::look },
    Rule { key: "references", about: "everything referred to is here", look: references::look },
    Rule { key: "method", about: "what the method asks of statements and links", look: method::look },
    Rule { key: "words", about: "no transcript's words stand in memos, reasons or statements", look: words::look },
];

/// What one rule found.
pub struct Found {
    pub rule: &'static Rule,
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs every rule.
pub fn run(project: &Project) -> Result<Vec<Found>> {
    let synthesis = project.synthesis(Depth::Quotations)?;
    RULES.iter().map(|rule| Ok(Found { rule, diagnostics: (rule.look)(project, &synthesis)? })).collect()
}
