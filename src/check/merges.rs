//! **merges**: a merged statement has one parent that speaks for it, and stands as it was.
//!
//! Two sites that merge one statement into different ones bring two parents together: its evidence then shows
//! through both. A statement edited where its merge was not yet known says something its parent's author
//! has not read.

use crate::diagnostic::{Diagnostic, Result};
use crate::hypothesis::{Editorial, Hypothesis};
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
            found.push(Diagnostic::warning("merged-twice", said).hint(
                "take one of the merges back (realist undo OPERATION), or let the statement feed one of the two",
            ));
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
