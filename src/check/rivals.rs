//! **rivals**: no two statements are rivals and one at once.
//!
//! Rivals explain the same otherwise; what was merged speaks with one voice. Two sites can bring both about.

use crate::diagnostic::{Diagnostic, Result};
use crate::link::rules::{self, Broken};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let said = rules::rivals_merged(synthesis.links.values()).into_iter().filter_map(|broken| {
        let Broken::RivalsMerged(one, other) = broken else { return None };
        let (one, other) = (synthesis.label(one), synthesis.label(other));
        let said = format!("{one} and {other} are rivals, and one statement speaks for both");
        let found = Diagnostic::warning("rivals-merged", said);
        Some(found.hint(format!("take the rivalry away (realist link list --of {one}) or the merge (realist undo OPERATION)")))
    });
    Ok(said.collect())
}
