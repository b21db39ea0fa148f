//! **lending**: evidence seen through a statement was looked at for it, and no passage speaks on both sides.
//!
//! What was judged for an earlier wording or for another statement is somebody's to confirm; a passage that
//! speaks for a statement on one link and against it on another is somebody's to settle. Both are only
//! noted: no rule decides them.

use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::project::Project;
use crate::synthesis::{Bearings, Judged, Synthesis};
use crate::text::words::counted;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let bearings = Bearings::of(synthesis);
    let mut found = Vec::new();
    for one in synthesis.living_hypotheses() {
        let label = synthesis.label(one.id);
        let open = |judged: Judged| {
            let on = bearings.on(one.id).into_iter();
            on.filter(|bearing| bearing.judged == judged && !synthesis.is_gone(bearing.link)).count()
        };
        let kinds = [(Judged::EarlierWording, "judged against an earlier wording"), (Judged::Inherited, "inherited")];
        let said: Vec<String> = kinds
            .into_iter()
            .map(|(judged, what)| (open(judged), what))
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{} {what}", counted(count, "link")))
            .collect();
        if !said.is_empty() {
            found.push(
                Diagnostic::note("to-confirm", format!("{label}: {}", said.join(", ")))
                    .hint(format!("see them: realist evidence confirm --list {label}")),
            );
        }
        for clash in bearings.clashes(one.id) {
            let labels = |ids: &[Id]| ids.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(", ");
            let said = format!(
                "{label}: {} for it ({}) and against it ({})",
                if clash.is_same { "one passage speaks" } else { "passages that overlap speak" },
                labels(&clash.r#for),
                labels(&clash.against)
            );
            found.push(
                Diagnostic::note("clash", said)
                    .hint("read it again, and correct one: realist evidence edit E1.gj --stance ..."),
            );
        }
    }
    Ok(found)
}
