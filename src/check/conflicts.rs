//! **conflicts**: no field was set by two people unaware of each other.
//!
//! The later in order stands, the other is kept and shown. Set the field again to settle it.

use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let conflicts = project.state().conflicts();
    Ok(conflicts
        .into_iter()
        .map(|one| {
            let label = synthesis.label(one.id);
            Diagnostic::warning(
                "conflict",
                format!(
                    "{label}: {} was set by two people unaware of each other: {} ({}) stands, {} ({}) does not",
                    one.field, one.kept, one.kept_by, one.other, one.other_by
                ),
            )
            .hint(format!("set {} of {label} again to settle it", one.field))
        })
        .collect())
}
