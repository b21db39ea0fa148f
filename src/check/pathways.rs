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
        let of = |verdict| checked.iter().filter(move |one| one.verdict == verdict).map(|one| one.rule.key);
        let (failed, open): (Vec<&str>, Vec<&str>) = (of(Verdict::Failed).collect(), of(Verdict::ToLookAt).collect());
        let label = synthesis.label(pathway.model.id);
        let fails = format!("fails {} of {} checks: {}", failed.len(), checked.len(), failed.join(", "));
        let waits = format!("has a rule to be looked at: {}", open.join(", "));
        let said = [(&failed, fails), (&open, waits)].into_iter().filter(|(keys, _)| !keys.is_empty());
        let said: Vec<String> = said.map(|(_, said)| said).collect();
        let note = || {
            Diagnostic::note("pathway-check", format!("the pathway of {label} {}", said.join("; ")))
                .hint(format!("realist step check --model {label}"))
        };
        (!said.is_empty()).then(note)
    });
    Ok(told.collect())
}
