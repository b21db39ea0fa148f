//! **circles**: no link runs in a circle that must not be one, and none from a statement to itself.
//!
//! Of `merged_into` and `feeds` together, `refines`, `contains`, `split_from` and `duplicate_of` none may lead
//! back to where it began. The acts refuse such a link; two sites that knew nothing of each other can
//! bring one together all the same. Until it is settled no statement counts its own evidence twice.

use crate::diagnostic::{Diagnostic, Result};
use crate::link::rules::{self, Broken};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let links = synthesis.links.values();
    let broken = rules::to_itself(links.clone()).into_iter().chain(rules::forbidden_circles(links));
    Ok(broken.filter_map(|one| said(synthesis, &one)).collect())
}

fn said(synthesis: &Synthesis, broken: &Broken) -> Option<Diagnostic> {
    match broken {
        Broken::Circle(kind, circle) => {
            let way: Vec<String> = circle.iter().chain(circle.first()).map(|id| synthesis.label(*id)).collect();
            let among = circle.first().map(|id| synthesis.label(*id)).unwrap_or_default();
            let found = Diagnostic::warning("circle", format!("{kind} runs in a circle: {}", way.join(" → ")));
            Some(found.hint(format!("see them: realist link list --of {among}")).hint(
                "take one link away (realist link remove L1.gj), or take a merge back (realist undo OPERATION)",
            ))
        }
        Broken::ToItself(kind, id) => {
            let label = synthesis.label(*id);
            let found = Diagnostic::warning("to-itself", format!("{label} is linked to itself by {kind}"));
            Some(found.hint(format!("take the link away: realist link list --of {label}")))
        }
        Broken::MergedTwice(..) | Broken::RivalsMerged(..) | Broken::NotFromOutcome(_) => None,
    }
}
