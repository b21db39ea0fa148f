//! **anchors**: every coding, evidence link and memo still says what it said.
//!
//! The words at each anchor are read and compared with the keyed hash stored when the link was made.
//! A stale one is kept out of reports. Purged is no fault: somebody meant it.

use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::participant::Scope;
use crate::passage::{Anchor, Wholeness};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let lookup = project.lookup();
    let codings = synthesis.codings.values().map(|one| (one.id, &one.anchor));
    let links = synthesis.evidence.values().map(|one| (one.id, &one.anchor));
    let memos = synthesis.memos.values().filter_map(|one| Some((one.id, one.anchor.as_ref()?)));
    let mut all: Vec<(Id, &Anchor)> = codings.chain(links).chain(memos).collect();
    all.sort_by_key(|(id, anchor)| (*anchor, *id));
    let mut found = crossed(synthesis);
    for (id, anchor) in all {
        let quotation = project.quotation(&lookup, anchor)?;
        let (label, document) = (synthesis.label(id), synthesis.label(anchor.document));
        match quotation.wholeness {
            Wholeness::Whole | Wholeness::Purged => {}
            Wholeness::Stale => found.push(
                Diagnostic::warning(
                    "stale-anchor",
                    format!("{label}: the text of {document} there is not what it was"),
                )
                .hint("text versions are never changed: restore corpus/text from a backup or a colleague's copy"),
            ),
            Wholeness::Missing => found.push(
                Diagnostic::warning("missing-text", format!("{label}: the text of {document} is not on this computer"))
                    .hint("let the sync client fetch corpus/text"),
            ),
        }
    }
    Ok(found)
}

/// Those whose words were to be taken out and who speak there: somebody else joined them with one who
/// withdrew.
fn still_speaking(synthesis: &Synthesis, document: Id) -> impl Iterator<Item = Id> {
    let withdrawn = synthesis.participants.values().filter(|one| one.withdrawn_scope > Some(Scope::Quotes));
    withdrawn.filter(move |one| one.speaks.iter().any(|at| at.document == document)).map(|one| one.id)
}

/// Documents that two people took somebody out of unaware of each other: each text lacks one, none both.
fn crossed(synthesis: &Synthesis) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for document in synthesis.documents.values().filter(|one| !one.purged) {
        let lacking = document.without();
        let withdrawn = document.versions.values().flat_map(crate::document::Version::without);
        let left: BTreeSet<Id> =
            withdrawn.chain(still_speaking(synthesis, document.id)).filter(|one| !lacking.contains(one)).collect();
        for person in left {
            let (label, person) = (synthesis.label(document.id), synthesis.label(person));
            found.push(
                Diagnostic::warning(
                    "crossed-withdrawals",
                    format!("{label}: the words of {person}, who withdrew, are still in it: two withdrawals crossed"),
                )
                .hint(format!("finish it with: realist participant withdraw {person} --scope turns --yes")),
            );
        }
    }
    found
}
