//! **journal**: every line of the journal is whole and known.
//!
//! A damaged line is left out and everything else is used; restore the file from a backup or from a
//! colleague's copy. A stream that forks was copied or branched in git: nothing is lost by it. Two
//! things that claim one label both keep working; the later stream's shows with `~`.

use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = project.troubles().to_vec();
    let hashes: BTreeSet<&str> = project.state().notes().iter().map(|note| note.hash.as_str()).collect();
    let gaps =
        project.state().notes().iter().filter(|note| !note.prev.is_empty() && !hashes.contains(note.prev.as_str()));
    for note in gaps.filter(|note| note.stream != "overlay") {
        found.push(
            Diagnostic::warning(
                "missing-operation",
                format!("what stream {} wrote before '{}' of {} is not here", note.stream, note.act, note.time),
            )
            .hint("let the sync client finish, or ask a colleague for the journal file"),
        );
    }
    let rivals = synthesis.labels.values().filter(|label| label.rival.is_some());
    found.extend(rivals.map(|label| {
        Diagnostic::note(
            "label-twice",
            format!("{label}: another stream owns the plain label; this one keeps the longer"),
        )
    }));
    Ok(found)
}
