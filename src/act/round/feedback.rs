//! Sheets that go back to members between rounds, one for each.

use super::ballot::{Made, retain_named};
use super::results::work_for_member;
use crate::act::panel;
use crate::consensus::{Cast, DRAWS};
use crate::diagnostic::Result;
use crate::panel::Member;
use crate::project::Project;
use crate::render::Renderer;
use crate::report::round::{Own, feedback};

/// A sheet in each format for every member who has a seat and is still of the panel; who did not answer is told what
/// the others said. Small groups are pooled, and so are those in which k with the member are fewer than k without. Only for those named by token, where anybody is.
///
/// Faults: `not-open`, `round-open`, `stranger`.
pub fn make(
    project: &Project,
    typed: &str,
    renderers: &[&'static dyn Renderer],
    named: &[String],
) -> Result<Vec<Made>> {
    let worked = work_for_member(project, typed, DRAWS)?;
    let round = &worked.count.round;
    let label = project.label(round.id);
    let sitting = worked.sitting(project);
    let members = panel::members(project, round.panel);
    // The sheet goes to whoever answered for the seat.
    let answering = |seat: &Member| {
        let deputy = round.deputy_of(seat.id).and_then(|id| members.iter().find(|one| one.id == id));
        deputy.unwrap_or(seat).clone()
    };
    let seats = members.iter().filter(|one| one.is_here() && round.roll().iter().any(|seat| seat.member == one.id));
    let mut asked: Vec<Member> = seats.map(answering).collect();
    retain_named(&mut asked, named, &label, |member| &member.token)?;
    let mut made = Vec::new();
    for member in &asked {
        let cast: Option<&Cast> = worked.count.casts.iter().find(|cast| cast.token == member.token);
        let report = feedback(&sitting, &Own { token: &member.token, cast, casts: &worked.count.casts });
        for renderer in renderers {
            let name = format!("{label}-{}-feedback.{}", member.token, renderer.extension());
            made.push(Made { name, bytes: renderer.render(&report)? });
        }
    }
    Ok(made)
}
