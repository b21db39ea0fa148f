//! Rules of `check --deep`: they read every line and every file, trust no cache and no time of a file,
//! and say how much they looked at. A new rule is one file here and one line in [`RULES`].

mod anchors;
mod chain;
mod codebooks;
mod fold;
mod index;
mod originals;
mod removed;
mod sealed;
mod texts;

use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

/// How much was looked at: a number and what of, in the singular.
pub type Counts = Vec<(usize, &'static str)>;

pub(super) struct Rule {
    pub key: &'static str,
    pub about: &'static str,
    pub look: fn(&Project, &Synthesis, &mut Looked) -> Result<()>,
}

/// What a rule looked at and found.
#[derive(Default)]
pub(super) struct Looked {
    pub counts: Counts,
    pub diagnostics: Vec<Diagnostic>,
}

/// In the order they are run.
pub(super) static RULES: &[Rule] = &[
    Rule { key: "chain", about: "every line of the journal is in its place in its stream", look: chain::look },
    Rule { key: "fold", about: "what is in use is what the journal says", look: fold::look },
    Rule { key: "originals", about: "every file as given is what its name says", look: originals::look },
    Rule { key: "texts", about: "every text version is what its name says", look: texts::look },
    Rule { key: "anchors", about: "every anchor ever set holds in its own text version", look: anchors::look },
    Rule { key: "sealed", about: "every sealed value is here and can be read", look: sealed::look },
    Rule { key: "removed", about: "what was removed refers to things that were here", look: removed::look },
    Rule { key: "codebooks", about: "the codebook files say what the journal says", look: codebooks::look },
    Rule { key: "index", about: "the search index is what was written", look: index::look },
];

/// Documents whose words were destroyed on purpose.
fn purged(project: &Project) -> BTreeSet<crate::id::Id> {
    project.state().purges().into_iter().map(|order| order.id).collect()
}

/// The first few of many, in words.
fn several(names: &[String]) -> String {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
