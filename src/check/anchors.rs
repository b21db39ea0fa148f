//! **anchors**: every coding, evidence link and memo still says what it said.
//!
//! The words at each anchor are read and compared with the keyed hash stored when the link was made.
//! A stale one is kept out of reports. Purged is no fault: somebody meant it.

use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::passage::{Anchor, Wholeness};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let lookup = project.lookup();
    let codings = synthesis.codings.values().map(|one| (one.id, &one.anchor));
    let links = synthesis.evidence.values().map(|one| (one.id, &one.anchor));
    let memos = synthesis.memos.values().filter_map(|one| Some((one.id, one.anchor.as_ref()?)));
    let mut all: Vec<(Id, &Anchor)> = codings.chain(links).chain(memos).collect();
    all.sort_by_key(|(id, anchor)| (*anchor, *id));
    let mut found = Vec::new();
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
