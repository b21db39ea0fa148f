//! **files**: nothing lies in `corpus/` that no document knows of.
//!
//! An import that was killed before its line was written leaves files behind; importing again takes
//! them up. What stays unknown can be deleted by hand. Temporary files of a killed write likewise.

use crate::diagnostic::{Diagnostic, Result};
use crate::id::Kind;
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

pub(super) fn look(project: &Project, _: &Synthesis) -> Result<Vec<Diagnostic>> {
    // What a blind pass hides is known all the same.
    let known: BTreeSet<String> = project.state().whole(|state| {
        let all = HAVE_FILES.iter().flat_map(|kind| state.ever(*kind));
        all.flat_map(|(id, _)| project.files_of(id)).collect()
    });
    let mut strays = Vec::new();
    for folder in ["originals", "text", "sealed"] {
        let Ok(entries) = std::fs::read_dir(project.root().join("corpus").join(folder)) else { continue };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        strays.extend(names.map(|name| format!("{folder}/{name}")).filter(|name| !known.contains(name)));
    }
    strays.sort();
    let Some(first) = strays.first() else { return Ok(Vec::new()) };
    Ok(vec![
        Diagnostic::note(
            "stray-files",
            format!("{} in corpus/ belong to no document: corpus/{first} and others", strays.len()),
        )
        .hint("an import was cut short: run it again, or delete them if nobody is importing now"),
    ])
}

const HAVE_FILES: &[Kind] = &[
    Kind::Document,
    Kind::Source,
    Kind::Participant,
    Kind::Memo,
    Kind::Evidence,
    Kind::Decision,
    Kind::Member,
    Kind::Ballot,
    Kind::Meeting,
    Kind::Training,
    Kind::Identifier,
    Kind::Permit,
];
