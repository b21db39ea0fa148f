//! **journal**: every line of the journal is whole and known.
//!
//! A damaged line is left out and everything else is used; restore the file from a backup or from a
//! colleague's copy. A stream that forks was copied or branched in git: nothing is lost by it. Two
//! things that claim one label both keep working; the later stream's shows with `~`.

use crate::diagnostic::{Diagnostic, Result};
use crate::history::{Hash, State};
use crate::journal;
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = project.troubles().to_vec();
    let notes = project.state().notes();
    // What a blind pass hides is here all the same.
    let hashes: BTreeSet<Hash> = project.state().whole(State::notes).iter().map(|note| note.hash).collect();
    for note in notes.iter().filter(|note| note.is_journalled()) {
        for lost in note.parents().filter(|hash| !hashes.contains(hash)) {
            let header = project.streams().get(note.stream());
            let file = header.map(|header| journal::Stream { header: header.clone() }.file_name());
            found.push(
                Diagnostic::warning(
                    "missing-operation",
                    format!(
                        "'{}' by {} of {} was written after an operation ({}…) that is not here",
                        note.act,
                        note.by,
                        note.time,
                        &lost.to_string()[..8]
                    ),
                )
                .in_file(format!("journal/{}", file.unwrap_or_default()))
                .hint("let the sync client finish, or ask a colleague for the journal file"),
            );
        }
    }
    for tag in project.lost_own_writes() {
        found.push(
            Diagnostic::warning(
                "lost-writes",
                format!("the last thing {tag} wrote on this machine is no longer in the journal"),
            )
            .hint("was an older copy of the folder put back? merge the newer journal file in if you have it"),
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
