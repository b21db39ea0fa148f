//! **codebook**: codes stand in a tree, and nobody codes with what was merged away.
//!
//! Two people may each move a code below the other's, or one may go on coding with a code that the other
//! merged. Neither loses anything; somebody has to say how it is meant.

use crate::codebook::Tree;
use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::project::Project;
use crate::synthesis::Synthesis;
use crate::text::words::counted;
use std::collections::BTreeMap;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let tree = Tree::new(synthesis.codes.values());
    let mut found: Vec<Diagnostic> = tree
        .circles()
        .iter()
        .map(|id| {
            let label = synthesis.label(*id);
            Diagnostic::warning("code-circle", format!("{label} stands below itself, by way of its parents"))
                .hint(format!("it is shown at the top; put it where it belongs: realist codebook move {label} --top"))
        })
        .collect();
    let mut left: BTreeMap<(Id, Id), usize> = BTreeMap::new();
    for coding in synthesis.codings.values() {
        let heir = tree.stands_for(coding.code);
        if heir != coding.code {
            *left.entry((coding.code, heir)).or_default() += 1;
        }
    }
    found.extend(left.into_iter().map(|((code, heir), count)| {
        let (code, heir) = (synthesis.label(code), synthesis.label(heir));
        Diagnostic::note("merged-code", format!("{} on {code}, which was merged into {heir}", counted(count, "coding")))
            .hint(format!("carry them over as well: realist codebook merge {code} --into {heir}"))
    }));
    Ok(found)
}
