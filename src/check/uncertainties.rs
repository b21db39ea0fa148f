//! **uncertainties**: what a meeting is to settle is about some statement or component, and offers options.
//!
//! Only noted: one may be put down first and worked out later, or be meant for discussion alone.

use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = Vec::new();
    for one in synthesis.uncertainties.values().filter(|one| one.status.is_due()) {
        let label = synthesis.label(one.id);
        if one.hypotheses.is_empty() && one.component.is_none() {
            found.push(
                Diagnostic::note("about-nothing", format!("{label} ties to no statement and no component"))
                    .hint(format!("realist uncertainty edit {label} --hypothesis H1.gj")),
            );
        }
        if one.options.len() < 2 {
            found.push(
                Diagnostic::note("too-few-options", format!("{label} has fewer than two options to choose from"))
                    .hint(format!("realist uncertainty edit {label} --option \"A: ...\" --option \"B: ...\"")),
            );
        }
    }
    Ok(found)
}
