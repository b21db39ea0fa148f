//! **carried**: nothing that a correction of its document left open waits for somebody.
//!
//! A passage carried over to words that differ a little is to be confirmed; one whose words are gone stands
//! on the former text; one that a colleague set on a former text was not carried over yet.

use crate::coding::Coding;
use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::passage::{Anchor, Carried};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let codings = synthesis.codings.values().map(|Coding { anchor, carried, .. }| (anchor, *carried));
    let links = synthesis.evidence.values().map(|one| (&one.anchor, one.carried));
    let memos = synthesis.memos.values().filter_map(|one| Some((one.anchor.as_ref()?, one.carried)));
    let mut all: Vec<(&Anchor, Option<Carried>)> = codings.chain(links).chain(memos).collect();
    all.sort_unstable();
    let mut waiting: BTreeMap<Id, [usize; 3]> = BTreeMap::new();
    for (anchor, carried) in all {
        let Some(document) = synthesis.documents.get(&anchor.document).filter(|one| !one.purged) else { continue };
        let Some(open) = project.left_open(document, anchor, carried)? else { continue };
        waiting.entry(anchor.document).or_default()[open as usize] += 1;
    }
    Ok(waiting.into_iter().map(|(document, counts)| said(&synthesis.label(document), counts)).collect())
}

fn said(document: &str, [near, orphans, behind]: [usize; 3]) -> Diagnostic {
    let mut parts = Vec::new();
    let mut say = |count: usize, what: &str| parts.extend((count > 0).then(|| format!("{count} {what}")));
    say(near, "to be confirmed");
    say(orphans, "no longer in the corrected text");
    say(behind, "set on a former text and not carried over");
    let message = format!("passages of {document}: {}", parts.join(", "));
    let found = Diagnostic::warning("carried", message);
    let found =
        if behind > 0 { found.hint(format!("carry them over: realist document carry {document}")) } else { found };
    if near + orphans > 0 {
        found.hint(format!("see and settle them: realist document verify {document}"))
    } else {
        found
    }
}
