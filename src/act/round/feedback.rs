//! Sheets that go back to members between rounds, one for each.

use super::ballot::Made;
use super::results::work;
use crate::act::panel;
use crate::consensus::{Cast, DRAWS};
use crate::diagnostic::Result;
use crate::participant::Audience;
use crate::project::Project;
use crate::render::Renderer;
use crate::report::round::{Own, feedback};

/// A sheet in each format for every member who has a seat and is still of the panel; who did not answer is told what
/// the others said. Small groups are pooled. Faults: `not-open`, `round-open`.
pub fn make(project: &Project, typed: &str, renderers: &[&'static dyn Renderer]) -> Result<Vec<Made>> {
    let worked = work(project, typed, Audience::Meeting, DRAWS)?;
    let round = &worked.count.round;
    let label = project.label(round.id);
    let sitting = worked.sitting(project);
    let members = panel::members(project, round.panel);
    let mut made = Vec::new();
    for seat in members.iter().filter(|one| one.is_here() && round.roll().iter().any(|seat| seat.member == one.id)) {
        // The sheet goes to whoever answered for the seat.
        let deputy = round.deputy_of(seat.id).and_then(|id| members.iter().find(|one| one.id == id));
        let member = deputy.unwrap_or(seat);
        let cast: Option<&Cast> = worked.count.casts.iter().find(|cast| cast.token == member.token);
        let report = feedback(&sitting, &Own { token: &member.token, cast, casts: &worked.count.casts });
        for renderer in renderers {
            let name = format!("{label}-{}-feedback.{}", member.token, renderer.extension());
            made.push(Made { name, bytes: renderer.render(&report)? });
        }
    }
    Ok(made)
}
