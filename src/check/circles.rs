//! **circles**: no link runs in a circle that must not be one, and none from a statement to itself.
//!
//! Of `merged_into` and `feeds` together, `refines`, `contains`, `split_from` and `duplicate_of` none may lead
//! back to where it began. The acts refuse such a link; two sites that knew nothing of each other can
//! bring one together all the same. Until it is settled no statement counts its own evidence twice.

use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::link::rules::{self, Broken};
use crate::link::{Link, LinkKind};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let links = synthesis.links.values();
    let broken = rules::to_itself(links.clone()).into_iter().chain(rules::forbidden_circles(links));
    Ok(broken.filter_map(|one| said(project, synthesis, &one)).collect())
}

/// The links that make a circle, of any kind that must not run in one.
fn links_of<'s>(synthesis: &'s Synthesis, circle: &[Id]) -> Vec<&'s Link> {
    let steps = circle.iter().zip(circle.iter().cycle().skip(1));
    let between = |(from, to): (&Id, &Id)| {
        let (from, to) = (*from, *to);
        synthesis.links.values().filter(move |link| link.kind.is_acyclic() && (link.from, link.to) == (from, to))
    };
    steps.flat_map(between).collect()
}

fn said(project: &Project, synthesis: &Synthesis, broken: &Broken) -> Option<Diagnostic> {
    match broken {
        Broken::Circle(kind, circle) => {
            let way: Vec<String> = circle.iter().chain(circle.first()).map(|id| synthesis.label(*id)).collect();
            let found = Diagnostic::warning("circle", format!("{kind} runs in a circle: {}", way.join(" → ")));
            let (merges, others): (Vec<&Link>, Vec<&Link>) =
                links_of(synthesis, circle).into_iter().partition(|link| link.kind == LinkKind::MergedInto);
            let others: Vec<String> = others.iter().map(|link| synthesis.label(link.id)).collect();
            Some(match (others.first(), merges.first()) {
                (Some(one), _) => found
                    .hint(format!("its links that can be taken away: {}", others.join(", ")))
                    .hint(format!("take one away: realist link remove {one} --why \"...\"")),
                (None, Some(merge)) => {
                    let operation = super::made_by(project, merge.id).map(|note| note.short()).unwrap_or_default();
                    let (from, to) = (synthesis.label(merge.from), synthesis.label(merge.to));
                    found.hint(format!("take a merge back, as that of {from} into {to}: realist undo {operation}"))
                }
                (None, None) => found,
            })
        }
        Broken::ToItself(kind, id) => {
            let label = synthesis.label(*id);
            let found = Diagnostic::warning("to-itself", format!("{label} is linked to itself by {kind}"));
            Some(found.hint(format!("take the link away: realist link list --of {label}")))
        }
        Broken::MergedTwice(..) | Broken::RivalsMerged(..) | Broken::RivalFed(..) | Broken::NotFromOutcome(_) => None,
    }
}
