//! **codebooks**: the codebook files say what the journal says.
//!
//! Neither an edit by hand nor a file that lags behind is a fault: the next command that writes
//! journals the one and rewrites the other. A file that cannot be read is named by the rule *journal*.

use super::Looked;
use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(project: &Project, synthesis: &Synthesis, looked: &mut Looked) -> Result<()> {
    looked.counts = vec![(synthesis.codes.len(), "code"), (synthesis.components.len(), "component")];
    for edit in project.hand_edits() {
        let fields: Vec<&str> = edit.fields.keys().map(String::as_str).collect();
        looked.diagnostics.push(
            Diagnostic::note(
                "hand-edit",
                format!("{} was edited by hand: {}", project.label(edit.id), fields.join(", ")),
            )
            .in_file("codebooks")
            .hint("nothing to do: the next command that writes journals it"),
        );
    }
    for lag in project.codebook_lags() {
        let label = project.label(lag.id);
        let message = if lag.fields.is_empty() {
            format!("{label} is in no codebook file")
        } else {
            format!("{label} lags behind the journal: {}", lag.fields.join(", "))
        };
        looked.diagnostics.push(
            Diagnostic::note("codebook-lags", message)
                .in_file("codebooks")
                .hint("nothing to do: the next command that writes brings the file in step"),
        );
    }
    Ok(())
}
