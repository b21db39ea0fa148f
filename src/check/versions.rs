//! **versions**: a frozen version of the theory says what it said when it was frozen.
//!
//! A version is written once. What is set in it later is kept in the journal like everything, and named here;
//! so is content that does not have the hash it was frozen under.

use crate::diagnostic::{Diagnostic, Result, Severity};
use crate::id::Kind;
use crate::programme::TheoryVersion;
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(project: &Project, _: &Synthesis) -> Result<Vec<Diagnostic>> {
    let state = project.state();
    let versions = state.all::<TheoryVersion>();
    let mut found = Vec::new();
    for version in &versions {
        let label = project.label(version.id);
        let writes = state.entity(version.id).map_or(0, |entity| entity.active_writes().count());
        if writes > 1 || !version.is_intact() {
            let message = format!("{label} ({}) is not what was frozen", version.name);
            found.push(
                Diagnostic::new(Severity::Error, "altered-version", message)
                    .hint("realist log shows who wrote to it; take that back with realist undo"),
            );
        }
        let missing = state.as_of(version.heads.values().map(String::as_str)).missing;
        if missing > 0 {
            let message = format!("{label} ({}) rests on work that was not taken in here", version.name);
            found.push(
                Diagnostic::note("version-ahead", message)
                    .hint("take it in with realist merge; the version itself is whole"),
            );
        }
    }
    let unreadable = state.of_kind(Kind::Version).count() - versions.len();
    if unreadable > 0 {
        found.push(Diagnostic::new(
            Severity::Error,
            "unreadable-version",
            format!("{unreadable} frozen versions cannot be read"),
        ));
    }
    Ok(found)
}
