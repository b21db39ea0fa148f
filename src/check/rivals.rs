//! **rivals**: no two statements are rivals and one at once, nor lend each other their evidence.
//!
//! Rivals explain the same otherwise; what was merged speaks with one voice, and what feeds another speaks for it too.
//! Two sites can bring both about.

use crate::diagnostic::{Diagnostic, Result};
use crate::link::rules::{self, Broken};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let links = synthesis.links.values();
    let broken = rules::rivals_merged(links.clone()).into_iter().chain(rules::rivals_fed(links));
    Ok(broken.filter_map(|one| said(synthesis, &one)).collect())
}

fn said(synthesis: &Synthesis, broken: &Broken) -> Option<Diagnostic> {
    let label = |id: &crate::id::Id| synthesis.label(*id);
    let (code, said, of, other) = match broken {
        Broken::RivalsMerged(one, other) => {
            let said = format!("{} and {} are rivals, and one statement speaks for both", label(one), label(other));
            ("rivals-merged", said, label(one), "the merge (realist undo OPERATION)")
        }
        Broken::RivalFed(lender, to) => {
            let said = format!("{} lends its evidence to {}, and the two are rivals", label(lender), label(to));
            ("rival-fed", said, label(lender), "the lending (realist link remove L1.gj)")
        }
        _ => return None,
    };
    Some(
        Diagnostic::warning(code, said).hint(format!("take the rivalry away (realist link list --of {of}) or {other}")),
    )
}
