//! What the coders of a pass had coded when it was closed: the same for ever, whatever was done since.

use crate::act::agreement::Basis;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::document::{Document, doomed};
use crate::id::Id;
use crate::pass::Pass;
use crate::project::Project;
use std::collections::{BTreeMap, BTreeSet};

/// The codings of a closed pass: by its coders, in its documents, of its codes. A coder who had not said that they
/// were done counts for the documents that they coded.
///
/// Faults: `pass-open`; `not-all-here` where a colleague's work was not taken in yet.
pub fn as_closed(project: &Project, pass: &Pass) -> Result<Basis> {
    let label = project.label(pass.id);
    if pass.is_open() {
        return Err(fault("pass-open", format!("{label} is still open"))
            .hint(format!("close it when all are done: realist pass close {label}")));
    }
    // What a further pass hides was seen by all when this one was closed.
    project.state().whole(|state| {
        let past = state.as_of(pass.heads.values().map(String::as_str));
        if past.missing > 0 {
            return Err(fault("not-all-here", format!("not all that was coded in {label} is on this computer"))
                .hint("take in the copy of whoever closed it: realist merge FILE|DIR"));
        }
        let codes: BTreeSet<Id> = pass.codes.iter().copied().collect();
        let is_of_pass = |one: &Coding| {
            one.pass.is_none() && pass.coders.contains(&one.coder) && (codes.is_empty() || codes.contains(&one.code))
        };
        let (mut codings, mut coders, mut documents) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for id in &pass.documents {
            let mut made = past.about::<Coding>(*id);
            made.retain(|one| one.anchor.document == *id);
            let counts = |tag: &&String| pass.done.contains(*tag) || made.iter().any(|one| one.coder == **tag);
            coders.insert(*id, pass.coders.iter().filter(counts).cloned().collect());
            documents.extend(text_then(project, past.get(*id), *id));
            codings.extend(made.into_iter().filter(is_of_pass));
        }
        let notes = in_other_passes(project, pass).into_iter().collect();
        Ok(Basis { codings, coders, documents, codes, is_past: true, notes })
    })
}

/// The document with the text in force when the pass was closed; where that was destroyed since, as it is now.
fn text_then(project: &Project, then: Option<Document>, id: Id) -> Option<(Id, Document)> {
    let now = project.state().get::<Document>(id).filter(|now| !now.purged)?;
    let then = then.filter(|then| !doomed(&now.versions).contains(&then.version))?;
    Some((id, Document { versions: now.versions, ways: now.ways, ..then }))
}

/// Each pass is a question of its own: what two of them ask alike counts in both, and that is said.
fn in_other_passes(project: &Project, pass: &Pass) -> Option<String> {
    let asks_alike = |other: &Pass| {
        pass.codes.is_empty() || other.codes.is_empty() || other.codes.iter().any(|code| pass.codes.contains(code))
    };
    let mut others = project.state().all::<Pass>();
    others.retain(|other| other.id != pass.id && asks_alike(other));
    let mut documents = BTreeSet::new();
    let mut labels = BTreeSet::new();
    for other in others {
        let shared: Vec<Id> = other.documents.iter().copied().filter(|id| pass.documents.contains(id)).collect();
        if !shared.is_empty() {
            labels.insert(project.label(other.id));
            documents.extend(shared);
        }
    }
    let words = |all: BTreeSet<String>| all.into_iter().collect::<Vec<_>>().join(", ");
    let documents: BTreeSet<String> = documents.into_iter().map(|id| project.label(id)).collect();
    (!labels.is_empty()).then(|| {
        format!(
            "{} in {} too: each pass counts by itself what stood when it was closed, so what was coded there counts in each",
            words(documents),
            words(labels)
        )
    })
}
