//! **waiting**: no link waits to be moved.
//!
//! What was merged is seen through the statement that speaks for it; a chain that named a part of it needs somebody to
//! say which part that is there, unless it is worded alike or the only one. What was refined or split keeps its links,
//! as it keeps its evidence, until somebody moves them. Both are only noted: no rule decides them.

use crate::diagnostic::{Diagnostic, Result};
use crate::hypothesis::{Part, PartKind};
use crate::id::Id;
use crate::link::Link;
use crate::project::Project;
use crate::synthesis::{Synthesis, Waiting};

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let waiting = synthesis.all_waiting().into_iter();
    Ok(waiting
        .map(|(link, why)| {
            let (said, hint) = told(synthesis, link, &why);
            Diagnostic::note("to-move", said).hint(hint)
        })
        .collect())
}

/// What a person is told of a link that waits: what it is, why it waits, and the command that moves it.
pub fn told(synthesis: &Synthesis, link: &Link, waiting: &Waiting) -> (String, String) {
    let label = synthesis.label(link.id);
    let says = says(synthesis, link);
    let side = |at: Id| if link.from == at { "from" } else { "to" };
    match waiting {
        Waiting::WhichPart { merged, part, parent } => {
            let (merged_label, parent_label) = (synthesis.label(*merged), synthesis.label(*parent));
            let own = synthesis.hypotheses.get(merged).and_then(|one| one.parts.iter().find(|one| one.key == *part));
            let parent = synthesis.hypotheses.get(parent);
            let fits = |one: &&Part| own.is_some_and(|own| own.kind.stands_where(one.kind));
            let first = parent.and_then(|parent| parent.parts.iter().find(fits));
            let why = format!("{label} ({says}): which part of {parent_label} is {part} of {merged_label}?");
            let flag = own.map_or(PartKind::Outcome, |own| own.kind);
            let hint = match first {
                Some(part) => format!("realist link move {label} --{} {parent_label}:{}", side(*merged), part.key),
                None => {
                    format!("realist hypothesis edit {parent_label} --{flag} \"...\", then: realist link move {label}")
                }
            };
            (why, hint)
        }
        Waiting::SaidAnew { former, heirs } => {
            let labels: Vec<String> = heirs.iter().map(|id| synthesis.label(*id)).collect();
            let why = format!(
                "{label} ({says}) hangs on {}, said anew by {}",
                synthesis.label(*former),
                labels.join(" and ")
            );
            let hint = match labels.as_slice() {
                [_] => format!("realist link move {label}, or take it away: realist link remove {label} --why \"...\""),
                _ => format!(
                    "realist link move {label} --{} {}, or take it away: realist link remove {label} --why \"...\"",
                    side(*former),
                    labels.join(" | ")
                ),
            };
            (why, hint)
        }
    }
}

/// `H3.gj leads to H7.gj`.
fn says(synthesis: &Synthesis, link: &Link) -> String {
    format!("{} {} {}", synthesis.label(link.from), link.kind.phrase(), synthesis.label(link.to))
}
