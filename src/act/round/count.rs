//! The ballots of a closed round, read back to be counted.

use super::collect::picks;
use super::find;
use crate::act::panel;
use crate::check::rounds::opened_again;
use crate::consensus::{Cast, Seats};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::project::Project;
use crate::round::{Round, Stage, Terms, Way};
use crate::sealed::Sealed;
use crate::vote::Answers;

/// A closed round with what was answered.
#[derive(Debug, Clone)]
pub struct Count {
    pub round: Round,
    pub casts: Vec<Cast>,
    pub seats: Seats,
    /// What a reader must know of it.
    pub notes: Vec<Diagnostic>,
}

/// Reads a round's ballots, once it is closed. Faults: `not-open`, `round-open`: nothing is shown of what others
/// said before all have.
pub fn count(project: &Project, typed: &str) -> Result<Count> {
    let round = find(project, typed)?;
    let id = project.label(round.id);
    match round.stage() {
        Stage::Closed => Ok(of(project, round)),
        Stage::Open => Err(fault("round-open", format!("{id} is open: what was answered is shown when it is closed"))
            .hint(format!("who has answered: realist round show {id}"))
            .hint(format!("to close it: realist round close {id}"))),
        Stage::Planned => {
            Err(fault("not-open", format!("{id} was not opened yet")).hint(format!("realist round open {id}")))
        }
    }
}

/// The same of a round that is known to be closed.
pub fn of(project: &Project, round: Round) -> Count {
    let members = panel::members(project, round.panel);
    let mut seats = Seats::default();
    for seat in round.roll() {
        *seats.invited.entry(seat.group.clone()).or_default() += 1;
    }
    let (mut casts, mut missing) = (Vec::new(), 0);
    for one in round.closed.iter().flat_map(|closed| &closed.counted) {
        let member = members.iter().find(|member| member.id == one.member);
        let held = project.unseal(&Sealed { sealed: one.answers.clone() });
        let answers = held.and_then(|value| serde_json::from_value::<Answers>(value).ok());
        match (member, answers, round.seat(one.member)) {
            (Some(member), Some(answers), Some(seat)) => {
                casts.push(Cast { token: member.token.clone(), group: seat.group.clone(), answers });
            }
            _ if member.and_then(|member| member.left.as_ref()).is_some_and(|left| left.with_ballots) => {
                seats.destroyed += 1;
            }
            _ => missing += 1,
        }
    }
    casts.sort_by(|a, b| a.token.cmp(&b.token));
    let id = project.label(round.id);
    let mut notes = Vec::new();
    if missing > 0 {
        let said = format!("{missing} of the ballots that count are not on this computer");
        notes.push(Diagnostic::warning("ballots-missing", said).hint("let the sync client finish, or merge again"));
    }
    if seats.destroyed > 0 {
        let said = format!("{id}: {} of the ballots were destroyed when their members withdrew", seats.destroyed);
        notes.push(Diagnostic::note("ballots-destroyed", said));
    }
    if round.was_changed_after_opening() {
        let said = format!("somebody changed the rule or wording of {id} unaware that it was open; that has no effect");
        notes.push(Diagnostic::warning("changed-after-opening", said));
    }
    notes.extend(opened_again(project, &round));
    notes.extend(odd_points(&id, round.terms(), &casts));
    Count { round, casts, seats, notes }
}

/// Of points: ballots that do not give K, K - 1, ... 1 lower the share of all points that any item can have.
fn odd_points(id: &str, terms: &Terms, casts: &[Cast]) -> Option<Diagnostic> {
    if terms.way != Way::Ngt {
        return None;
    }
    let picks = picks(terms);
    let given = |cast: &Cast| cast.answers.answers.values().filter_map(|answer| answer.said.number()).count();
    let odd = casts.iter().map(given).filter(|n| *n > 0 && *n < picks as usize).count();
    let said = format!(
        "{id}: {odd} of the ballots do not give each of 1 to {picks} points once; they are counted as they are"
    );
    (odd > 0).then(|| Diagnostic::warning("odd-ballot", said))
}
