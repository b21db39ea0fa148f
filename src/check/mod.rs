//! Checks: one rule a file, its doc comment is its manual page. A rule looks and reports; it changes
//! nothing. A new rule is one file here and one line in [`RULES`]; one that reads everything there is
//! stands in `deep/`.

#![allow(clippy::unnecessary_wraps)] // rules share one shape, also those that cannot fail

mod anchors;
mod carried;
mod chains;
mod circles;
mod codebook;
mod confidence;
mod conflicts;
mod pass_conflicts;
mod deep;
mod files;
mod flow;
mod journal;
mod lending;
mod merges;
mod method;
mod models;
mod pathways;
mod recommendations;
mod needs;
mod references;
mod versions;
mod rivals;
pub mod rounds;
mod searches;
pub mod training;
mod uncertainties;
pub mod waiting;
pub mod typed;
pub mod words;

pub use deep::Counts;

use crate::diagnostic::{Diagnostic, Result};
use crate::history::OpNote;
use crate::id::Id;
use crate::project::{Depth, Project};
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;
use std::rc::Rc;

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
    Rule { key: "carried", about: "nothing that a correction left open waits for somebody", look: carried::look },
    Rule { key: "references", about: "everything referred to is here", look: references::look },
    Rule {
        key: "codebook",
        about: "codes stand in a tree, and none is used that was merged away",
        look: codebook::look,
    },
    Rule { key: "circles", about: "no link runs in a circle that must not be one", look: circles::look },
    Rule { key: "merges", about: "a merged statement has one parent, and stands as it was", look: merges::look },
    Rule { key: "rivals", about: "no two statements are rivals and one at once", look: rivals::look },
    Rule {
        key: "chains",
        about: "chains start at an outcome, and links name parts that are there",
        look: chains::look,
    },
    Rule {
        key: "waiting",
        about: "no link waits to be moved from what was merged, refined or split",
        look: waiting::look,
    },
    Rule { key: "lending", about: "what a statement shows of others was looked at for it", look: lending::look },
    Rule { key: "method", about: "what the method asks of statements and links", look: method::look },
    Rule { key: "confidence", about: "findings were judged as they are worded now", look: confidence::look },
    Rule { key: "versions", about: "frozen versions of the theory say what they said", look: versions::look },
    Rule {
        key: "uncertainties",
        about: "what is to be settled is about something and offers options",
        look: uncertainties::look,
    },
    Rule {
        key: "rounds",
        about: "every vote that counts was asked for, once, by a rule fixed beforehand",
        look: rounds::look,
    },
    Rule { key: "models", about: "what is said of models of care rests on a passage", look: models::look },
    Rule { key: "pathways", about: "what is laid out as a pathway passes its checks", look: pathways::look },
    Rule {
        key: "recommendations",
        about: "every recommendation rests on something that carries it",
        look: recommendations::look,
    },
    Rule {
        key: "training",
        about: "training cases tell nobody's story without leave, and rest on what still stands",
        look: training::look,
    },
    Rule {
        key: "needs",
        about: "ties to needs and policy are explained, and figures have a source and a date",
        look: needs::look,
    },
    Rule { key: "flow", about: "counts of records add up, and agree with what is held", look: flow::look },
    Rule { key: "searches", about: "no search is there twice", look: searches::look },
    Rule { key: "words", about: "no transcript's words stand in memos, reasons or statements", look: words::look },
];

/// What one rule found.
pub struct Found {
    pub key: &'static str,
    pub about: &'static str,
    /// What a deep rule looked at.
    pub counts: Counts,
    pub diagnostics: Vec<Diagnostic>,
}

/// Runs every rule; if deep, also those that read every line and file. A deep rule takes the place of
/// the quick one of its name. What keeps a rule from looking is what it found.
pub fn run(project: &Project, is_deep: bool) -> Result<Vec<Found>> {
    let deeper = if is_deep { deep::RULES } else { &[] };
    let mut stumbles = Stumbles::default();
    let synthesis = match stumbles.over(project.synthesis(Depth::Quotations))? {
        Some(synthesis) => synthesis,
        None => project.synthesis(Depth::Facts)?,
    };
    let mut found = Vec::with_capacity(RULES.len() + deeper.len());
    for Rule { key, about, look } in RULES.iter().filter(|rule| deeper.iter().all(|other| other.key != rule.key)) {
        let mut diagnostics = stumbles.over(look(project, &synthesis))?.unwrap_or_default();
        diagnostics.append(&mut stumbles.fresh);
        found.push(Found { key, about, counts: Counts::default(), diagnostics });
    }
    for deep::Rule { key, about, look } in deeper {
        let mut looked = deep::Looked::default();
        // They speak of lines and files, and of all of them.
        stumbles.over(project.state().whole(|_| look(project, &synthesis, &mut looked)))?;
        looked.diagnostics.append(&mut stumbles.fresh);
        found.push(Found { key, about, counts: looked.counts, diagnostics: looked.diagnostics });
    }
    Ok(found)
}

/// The operation that made a thing, as far as it stands.
fn made_by(project: &Project, id: Id) -> Option<Rc<OpNote>> {
    let first = project.state().entity(id)?.active_writes().next()?.op.id;
    project.state().note(first)
}

/// Fields that two people set unaware of each other, in words, as the rule **conflicts** tells them.
pub fn conflicts_told(project: &Project) -> Result<Vec<Diagnostic>> {
    conflicts::look(project, &project.synthesis(Depth::Facts)?)
}

/// Text files that cannot be read: each is said once, and the other rules go on.
#[derive(Default)]
struct Stumbles {
    fresh: Vec<Diagnostic>,
    said: BTreeSet<String>,
}

impl Stumbles {
    fn over<T>(&mut self, looked: Result<T>) -> Result<Option<T>> {
        match looked {
            Ok(looked) => Ok(Some(looked)),
            Err(fault) if fault.0.code == "damaged-text" => {
                let is_new = self.said.insert(fault.0.message.clone());
                self.fresh.extend(is_new.then_some(*fault.0));
                Ok(None)
            }
            Err(fault) => Err(fault),
        }
    }
}
