//! Roles that were given to labels nobody has: a slip that would otherwise go unseen.

use crate::diagnostic::{Diagnostic, suggestions};
use crate::document::{Role, Speaker};
use crate::text::words::fold;
use std::collections::BTreeSet;

/// What to say of `given` where none of the speakers of all files has its label.
pub fn unheard<'s>(given: &[(String, Role)], speakers: impl Iterator<Item = &'s Speaker>) -> Vec<Diagnostic> {
    let labels: BTreeSet<&str> = speakers.map(|speaker| speaker.label.as_str()).collect();
    let is_unheard = |label: &str| !labels.iter().any(|one| fold(one) == fold(label));
    let unheard = given.iter().map(|(label, _)| label.as_str()).filter(|label| is_unheard(label));
    let say = |label| {
        Diagnostic::warning("unheard-role", format!("nobody called '{label}' speaks in any of the files"))
            .hints(suggestions(label, labels.iter().copied()))
    };
    unheard.map(say).collect()
}
