//! Rounds as people look at them: what is asked, by which rule, who has answered. Never what.

use super::{collect, find};
use crate::act::panel;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::project::Project;
use crate::round::{Round, Stage, Terms};
use crate::vote::Ballot;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Look {
    pub id: String,
    pub panel: String,
    pub name: String,
    pub stage: Stage,
    pub terms: Terms,
    pub after: Option<String>,
    pub amends: Option<String>,
    pub why: Option<String>,
    pub opened: Option<String>,
    pub closed: Option<String>,
    /// Seats, and who sits on them.
    pub seats: Vec<Who>,
    /// Tokens of those whose ballots came after the closing, from elsewhere, and do not count.
    pub after_closing: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Who {
    pub token: String,
    pub group: String,
    /// Who answers in their place.
    pub deputy: Option<String>,
    /// A ballot of theirs is here, or was counted.
    pub answered: bool,
    /// The ballot says no more than that they were not there.
    pub absent: bool,
    pub left: bool,
}

impl Who {
    /// They said more than that they were not there.
    pub fn has_answered(&self) -> bool {
        self.answered && !self.absent
    }
}

impl Look {
    pub fn answered(&self) -> usize {
        self.seats.iter().filter(|one| one.has_answered()).count()
    }
}

/// One round. Fault `unknown-id`.
pub fn look(project: &Project, typed: &str) -> Result<Look> {
    find(project, typed).map(|round| of(project, round))
}

/// All rounds, in the order people count them.
pub fn looks(project: &Project) -> Vec<Look> {
    project.state().in_order::<Round>().into_iter().map(|round| of(project, round)).collect()
}

fn of(project: &Project, round: Round) -> Look {
    let members = panel::members(project, round.panel);
    let token =
        |id: Id| members.iter().find(|one| one.id == id).map_or_else(|| project.label(id), |one| one.token.clone());
    let ballots = collect::ballots(project, round.id);
    let uncounted = |ballot: &&Ballot| {
        let counted = round.closed.iter().flat_map(|closed| &closed.counted);
        round.closed.is_some()
            && !counted.into_iter().any(|one| one.ballot == ballot.id && one.answers == ballot.answers.sealed)
    };
    Look {
        id: project.label(round.id),
        panel: project.label(round.panel),
        stage: round.stage(),
        seats: seats(project, &round),
        after_closing: ballots.iter().filter(uncounted).map(|one| token(one.member)).collect(),
        terms: round.terms().clone(),
        after: round.after.map(|id| project.label(id)),
        amends: round.amends.map(|id| project.label(id)),
        opened: round.opened.as_ref().map(|one| one.on.clone()),
        closed: round.closed.as_ref().map(|one| one.on.clone()),
        name: round.name,
        why: round.why,
    }
}

/// Seats of a round that was opened, and whether they answered; never what.
pub fn seats(project: &Project, round: &Round) -> Vec<Who> {
    let members = panel::members(project, round.panel);
    let token =
        |id: Id| members.iter().find(|one| one.id == id).map_or_else(|| project.label(id), |one| one.token.clone());
    let ballots = collect::ballots(project, round.id);
    let answered = |seat: Id| match &round.closed {
        Some(closed) => closed.counted.iter().any(|one| round.seat(one.member).is_some_and(|held| held.member == seat)),
        None => ballots.iter().any(|one| round.seat(one.member).is_some_and(|held| held.member == seat)),
    };
    let not_there = collect::not_there(project, round);
    let seats = round.roll().iter().map(|seat| Who {
        token: token(seat.member),
        group: seat.group.clone(),
        deputy: round.deputy_of(seat.member).map(token),
        answered: answered(seat.member),
        absent: not_there.contains(&seat.member),
        left: members.iter().any(|one| one.id == seat.member && !one.is_here()),
    });
    seats.collect()
}
