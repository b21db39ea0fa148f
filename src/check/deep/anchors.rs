//! **anchors**: every anchor ever set holds in its own text version.
//!
//! Without `--deep` an anchor may be read in a later version with the same words; here each is read in
//! the version it was set in, those of codings and links that were removed or taken back included.

use super::{Looked, purged};
use crate::diagnostic::{Diagnostic, Result, Severity};
use crate::document::Document;
use crate::history::{Stored, anchor_in};
use crate::id::{Id, Kind};
use crate::passage::Anchor;
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn look(project: &Project, _: &Synthesis, looked: &mut Looked) -> Result<()> {
    let purged = purged(project);
    let documents = documents(project);
    let all = anchors(project);
    looked.counts = vec![(all.len(), "anchor"), (0, "version")];
    let mut versions: BTreeSet<(Id, &str)> = BTreeSet::new();
    for (anchor, (id, is_here)) in all.iter().filter(|(anchor, _)| !purged.contains(&anchor.document)) {
        versions.insert((anchor.document, &anchor.version));
        let of = documents.get(&anchor.document);
        // Words that were destroyed are looked for nowhere; the others stand in the text that is left.
        let Some(anchor) = of.map_or(Some(Cow::Borrowed(anchor)), |document| anchor.carried(document)) else {
            continue;
        };
        let anchor = anchor.as_ref();
        let label = project.label(*id);
        let severity = if *is_here { Severity::Warning } else { Severity::Note };
        let document = project.label(anchor.document);
        let place = format!("corpus/text/{}", anchor.version);
        let shard = of.map(|document| project.shard_of(document, anchor));
        let found = match shard.unwrap_or(Ok(None)) {
            Ok(Some(shard)) if shard.words_at(anchor).is_some() => continue,
            Err(fault) if fault.0.code != "damaged-text" => return Err(fault),
            Ok(Some(_)) | Err(_) => Diagnostic::new(
                severity,
                "stale-anchor",
                format!("{label}: the text of {document} there is not what it was"),
            )
            .hint("text versions are never changed: restore corpus/text from a backup or a colleague's copy"),
            Ok(None) => Diagnostic::new(
                severity,
                "missing-text",
                format!("{label}: the text of {document} it was set in is not on this computer"),
            )
            .hint("let the sync client fetch corpus/text, or merge a copy or a bundle that has it"),
        };
        looked.diagnostics.push(found.in_file(place));
    }
    looked.counts[1].0 = versions.len();
    Ok(())
}

/// Documents as far as they read as such, whether or not they are here.
fn documents(project: &Project) -> BTreeMap<Id, Document> {
    let all = project.state().ever(Kind::Document).into_iter();
    all.filter_map(|(id, entity)| Some((id, Document::read(id, &entity).ok()?))).collect()
}

/// Each anchor once, sorted so that texts are read one after the other: whose it is, and whether that
/// is here and rests on it.
fn anchors(project: &Project) -> BTreeMap<Anchor, (Id, bool)> {
    let mut anchors: BTreeMap<Anchor, (Id, bool)> = BTreeMap::new();
    let bearers = project
        .state()
        .entities()
        .filter(|(_, entity)| matches!(entity.kind, Kind::Coding | Kind::Evidence | Kind::Memo));
    for (id, entity) in bearers {
        let rests_on = entity.is_here().then(|| anchor_in(&entity.fields())).flatten();
        for anchor in entity.all_writes().filter_map(|fields| anchor_in(&fields)) {
            let is_here = rests_on.as_ref() == Some(&anchor);
            let held = anchors.entry(anchor).or_insert((id, is_here));
            if is_here && !held.1 {
                *held = (id, true);
            }
        }
    }
    anchors
}
