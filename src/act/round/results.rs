//! What a closed round came to, for the team or for others.

use super::count::{Count, count};
use crate::consensus::{Cast, Heard, Pool, Previous, Results, work_out};
use crate::diagnostic::Result;
use crate::participant::Audience;
use crate::project::Project;
use crate::report::Report;
use crate::report::round::{Sitting, make};
use crate::round::{Round, Stage, Terms};
use crate::stats::chance::Draws;

/// A round worked out, with what it was worked out from.
#[derive(Debug)]
pub struct Worked {
    pub count: Count,
    pub results: Results,
    pub pool: Pool,
    pub audience: Audience,
    pub draws: Draws,
    /// The round before, where it was closed.
    before: Option<String>,
}

/// Works a closed round out. Faults: `not-open`, `round-open`.
pub fn work(project: &Project, typed: &str, audience: Audience, draws: Draws) -> Result<Worked> {
    let count = count(project, typed)?;
    let before = before(project, &count.round)?;
    let pool = match audience {
        Audience::Team => Pool::none(),
        _ => pool(&count, project.settings().thresholds.smallest_group),
    };
    let previous = before.as_ref().map(|one| Previous {
        terms: one.round.terms(),
        casts: &one.casts,
        destroyed: one.seats.destroyed,
    });
    let results = work_out(count.round.terms(), &count.casts, &count.seats, previous, &pool, draws);
    let before = before.map(|one| project.label(one.round.id));
    Ok(Worked { count, results, pool, audience, draws, before })
}

/// The last round before it that was closed.
fn before(project: &Project, round: &Round) -> Result<Option<Count>> {
    let held = round.after.and_then(|id| project.state().get::<Round>(id));
    held.filter(|one| one.stage() == Stage::Closed).map(|one| count(project, &one.id.to_string())).transpose()
}

fn pool(count: &Count, least: usize) -> Pool {
    let terms: &Terms = count.round.terms();
    let casts: &[Cast] = &count.casts;
    let all = count.seats.invited.values().sum();
    let sizes: Vec<_> = terms
        .items
        .iter()
        .map(|item| Heard::of(casts, terms.way, &item.key, all).sizes(count.seats.invited.keys()))
        .collect();
    Pool::of(&sizes, least)
}

impl Worked {
    pub fn sitting<'s>(&'s self, project: &'s Project) -> Sitting<'s> {
        let round = &self.count.round;
        Sitting {
            settings: project.settings(),
            audience: self.audience,
            round: project.label(round.id),
            before: self.before.clone(),
            name: round.name.clone(),
            terms: round.terms(),
            opened: round.opened.as_ref().map(|one| one.on.clone()),
            closed: round.closed.as_ref().map(|one| one.on.clone()),
            results: &self.results,
            pool: &self.pool,
            draws: self.draws,
        }
    }

    pub fn report(&self, project: &Project) -> Report {
        make(&self.sitting(project))
    }
}
