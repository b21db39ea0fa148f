//! **merges**: a merged statement has one parent that speaks for it, and stands as it was.
//!
//! Two sites that merge one statement into different ones bring two parents together: its evidence then shows
//! through both. A statement edited where its merge was not yet known says something its parent's author
//! has not read.

use crate::diagnostic::{Diagnostic, Result};
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::Id;
use crate::link::LinkKind;
use crate::link::rules::{self, Broken};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = Vec::new();
    for broken in rules::merged_twice(synthesis.links.values()) {
        if let Broken::MergedTwice(child, parents) = broken {
            let parents: Vec<String> = parents.into_iter().map(|id| synthesis.label(id)).collect();
            let said = format!("{} was merged into {}", synthesis.label(child), parents.join(" and into "));
            let merges = synthesis.links_of_kind(LinkKind::MergedInto).filter(|link| link.from == child);
            let back = merges.filter_map(|link| {
                let merge = super::made_by(project, link.id)?;
                Some(format!("realist undo {} (into {})", merge.short(), synthesis.label(link.to)))
            });
            let back: Vec<String> = back.collect();
            found.push(
                Diagnostic::warning("merged-twice", said)
                    .hint(format!("take one of the merges back: {}", back.join(", or "))),
            );
        }
    }
    for one in synthesis.hypotheses.values() {
        let label = synthesis.label(one.id);
        let parent = synthesis.merged_into(one.id);
        match (one.status == Editorial::Merged, parent) {
            (true, None) => found.push(
                Diagnostic::warning("no-parent", format!("{label} is merged, and nothing says into what"))
                    .hint("bring the other journal in, or take the merge back: realist undo OPERATION"),
            ),
            (false, Some(parent)) => found.push(
                Diagnostic::warning(
                    "merged-and-standing",
                    format!("{label} was merged into {} and is {} all the same", synthesis.label(parent), one.status),
                )
                .hint("two people settled it otherwise unaware of each other: take one of the two acts back"),
            ),
            (true, Some(_)) if is_edited_since(project, one) => found.push(
                Diagnostic::warning("edited-when-merged", format!("{label} was changed after it was merged"))
                    .hint(format!("see what changed: realist hypothesis show {label} --history"))
                    .hint("what is to hold goes into the statement that speaks for it"),
            ),
            (false, None) => found.extend(said_anew_twice(project, synthesis, one)),
            _ => {}
        }
    }
    let feeding = synthesis.links_of_kind(LinkKind::Feeds).filter_map(|link| {
        let from = synthesis.hypotheses.get(&link.from)?;
        matches!(from.status, Editorial::Rejected | Editorial::Parked).then_some((link, from))
    });
    for (link, from) in feeding {
        let (label, to) = (synthesis.label(from.id), synthesis.label(link.to));
        let said = format!("{label} is {} and still lends its evidence to {to}", from.status);
        let hint = format!("if it should not: realist link remove {} --why \"...\"", synthesis.label(link.id));
        found.push(Diagnostic::note("feeds-all-the-same", said).hint(hint));
    }
    Ok(found)
}

/// Two people refined or split it unaware of each other: each act superseded it, and made statements of its own.
fn said_anew_twice(project: &Project, synthesis: &Synthesis, one: &Hypothesis) -> Option<Diagnostic> {
    if one.status != Editorial::Superseded {
        return None;
    }
    let state = project.state();
    let entity = state.entity(one.id)?;
    let superseded = |write: &&crate::history::Write| {
        write.fields().get("status").is_some_and(|status| status == Editorial::Superseded.word())
    };
    let acts: Vec<_> = entity.active_writes().filter(superseded).map(|write| write.op.clone()).collect();
    if acts.len() < 2 {
        return None;
    }
    let made_by = |op: Id| {
        let lineage = synthesis
            .links
            .values()
            .filter(|link| link.to == one.id && matches!(link.kind, LinkKind::Refines | LinkKind::SplitFrom));
        let made = lineage.filter(|link| super::made_by(project, link.id).is_some_and(|note| note.id() == op));
        let mut heirs: Vec<Id> = made.map(|link| link.from).collect();
        heirs.sort_by_key(|id| (synthesis.labels.get(id).cloned(), *id));
        heirs.into_iter().map(|id| synthesis.label(id)).collect::<Vec<_>>().join(" and ")
    };
    let acts: Vec<_> = acts.iter().filter_map(|op| state.note(op.id)).collect();
    let said = acts.iter().map(|note| format!("{} by {}", made_by(note.id()), note.by)).collect::<Vec<_>>();
    let back = acts.iter().map(|note| format!("realist undo {} ({})", note.short(), note.by)).collect::<Vec<_>>();
    let label = synthesis.label(one.id);
    let found = format!("{label} was said anew by people unaware of each other: as {}", said.join(", and as "));
    Some(
        Diagnostic::warning("said-anew-twice", found).hint(format!("take one of the two back: {}", back.join(", or "))),
    )
}

/// Its sentence or a part was set later than its standing.
fn is_edited_since(project: &Project, one: &Hypothesis) -> bool {
    let Some(entity) = project.state().entity(one.id) else { return false };
    let mut merged = false;
    for write in entity.active_writes() {
        let fields = write.fields();
        if fields.get("status").is_some_and(|status| status == Editorial::Merged.word()) {
            merged = true;
        } else if merged && fields.keys().any(|field| field == "statement" || field.starts_with("part:")) {
            return true;
        }
    }
    false
}
