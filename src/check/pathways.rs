//! **pathways**: what is laid out as a pathway passes its seven checks.
//!
//! Only noted, one line a pathway: a pathway that is being written fails some of them for a long while.

use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::stepped::{self, Verdict};
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let told = stepped::all(synthesis).into_iter().filter_map(|pathway| {
        let checked = stepped::check(&pathway);
        let failed: Vec<&str> =
            checked.iter().filter(|one| one.verdict == Verdict::Failed).map(|one| one.rule.key).collect();
        let label = synthesis.label(pathway.model.id);
        let said =
            format!("the pathway of {label} fails {} of {} checks: {}", failed.len(), checked.len(), failed.join(", "));
        let note = || Diagnostic::note("pathway-check", said).hint(format!("realist step check --model {label}"));
        (!failed.is_empty()).then(note)
    });
    Ok(told.collect())
}
