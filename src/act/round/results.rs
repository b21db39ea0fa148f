//! What a closed round came to, for the team or for others.

use super::count::{self, Count, count};
use crate::consensus::{Cast, Heard, Pool, Previous, Results, work_out};
use crate::diagnostic::Result;
use crate::id::Id;
use crate::participant::Audience;
use crate::project::Project;
use crate::report::Report;
use crate::report::round::{Sitting, make};
use crate::round::{Item, Round, Stage, Terms};
use crate::stats::chance::Draws;
use std::collections::{BTreeMap, BTreeSet};

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
    worked(project, typed, (audience, 0), draws)
}

/// The same for a sheet that goes to a member: who takes their own answer from a group is left with k others.
pub fn work_for_member(project: &Project, typed: &str, draws: Draws) -> Result<Worked> {
    worked(project, typed, (Audience::Meeting, 1), draws)
}

fn worked(project: &Project, typed: &str, (audience, own): (Audience, usize), draws: Draws) -> Result<Worked> {
    let count = count(project, typed)?;
    let before = before(project, &count.round)?;
    let pool = |count: &Count| match audience {
        Audience::Team => Pool::none(),
        _ => pool(project, count, own),
    };
    let (pool, pool_before) = (pool(&count), before.as_ref().map(pool).unwrap_or_default());
    let previous = before.as_ref().map(|one| Previous {
        terms: one.round.terms(),
        casts: &one.casts,
        pool: &pool_before,
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

/// What earlier rounds pool stays pooled, where they asked the same: two papers laid side by side are told apart by nothing else.
/// `own`: answers that a reader knows already.
fn pool(project: &Project, count: &Count, own: usize) -> Pool {
    let least = project.settings().thresholds.smallest_group;
    let mut already = BTreeSet::new();
    let mut rounds: Vec<_> =
        earlier(project, &count.round).into_iter().map(|round| sizes(&count::of(project, round))).collect();
    rounds.push(sizes(count));
    // From the first on; what a sheet joins beyond the papers stays joined in later sheets.
    for sizes in &rounds {
        already = Pool::beside(&already, sizes, least).pooled;
        if own > 0 {
            already = Pool::beside(&already, sizes, least + own).pooled;
        }
    }
    Pool { pooled: already, least: least + own }
}

/// Closed rounds in the order in which they were closed.
pub fn closed(project: &Project) -> Vec<Round> {
    let mut rounds: Vec<Round> = project.state().in_order::<Round>();
    rounds.retain(|one| one.stage() == Stage::Closed);
    rounds.sort_by_key(|one| one.closed.as_ref().map(|closed| closed.on.clone()));
    rounds
}

/// Closed rounds before this one that it follows, was amended from, or shares a question with, the first first.
fn earlier(project: &Project, round: &Round) -> Vec<Round> {
    let before: Vec<Round> = closed(project).into_iter().take_while(|one| one.id != round.id).collect();
    let mut kin = vec![round.clone()];
    for one in before.into_iter().rev() {
        if kin.iter().any(|later| follows(later, &one)) {
            kin.push(one);
        }
    }
    kin.into_iter().skip(1).rev().collect()
}

/// It was planned after the other, takes its place, or asks the same panel something that the other asked.
fn follows(later: &Round, earlier: &Round) -> bool {
    let asks = |round: &Round| -> BTreeSet<(Option<Id>, String)> {
        let item = |item: &Item| match item.about {
            Some(about) => (Some(about), item.option.clone().unwrap_or_default()),
            None => (None, item.text.clone()),
        };
        round.terms().items.iter().map(item).collect()
    };
    [later.after, later.amends].contains(&Some(earlier.id))
        || later.panel == earlier.panel && !asks(later).is_disjoint(&asks(earlier))
}

/// Valid votes by group, an item each.
fn sizes(count: &Count) -> Vec<BTreeMap<String, usize>> {
    let terms: &Terms = count.round.terms();
    let casts: &[Cast] = &count.casts;
    let all = count.seats.invited.values().sum();
    let heard = terms.items.iter().map(|item| Heard::of(casts, terms.way, &item.key, all));
    heard.map(|one| one.sizes(count.seats.invited.keys())).collect()
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
