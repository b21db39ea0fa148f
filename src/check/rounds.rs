//! **rounds**: every vote that counts was asked for, once, by a rule fixed beforehand.
//!
//! Acts refuse what must not be; what two people did unaware of each other is named here, and what follows from it:
//! a rule changed after opening has no effect, a ballot that came after the closing does not count.

use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::panel::Member;
use crate::project::Project;
use crate::round::{Round, Stage};
use crate::synthesis::Synthesis;
use crate::vote::Ballot;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = same_tokens(synthesis);
    let mut ballots: BTreeMap<Id, Vec<Ballot>> = BTreeMap::new();
    for ballot in project.state().all::<Ballot>() {
        ballots.entry(ballot.round).or_default().push(ballot);
    }
    for round in synthesis.rounds.values() {
        let of_round = ballots.remove(&round.id).unwrap_or_default();
        let seen = Seen { synthesis, round, ballots: &of_round };
        found.extend(seen.changed());
        found.extend(of_round.iter().filter_map(|ballot| seen.ballot(ballot)));
        found.extend(seen.taken_back());
        found.extend(opened_again(project, round));
    }
    Ok(found)
}

/// A closing was taken back, or the opening of a round that holds ballots: an older version of this program allowed it, and
/// who did may have seen what it came to.
pub fn opened_again(project: &Project, round: &Round) -> Vec<Diagnostic> {
    let Some(entity) = project.state().entity(round.id) else { return Vec::new() };
    let label = project.label(round.id);
    let is_answered = !project.state().about::<Ballot>(round.id).is_empty();
    let closings = entity.taken_back("closed").into_iter().map(|one| ("closing", one));
    let openings = entity.taken_back("opened").into_iter().filter(|_| is_answered).map(|one| ("opening", one));
    let tell = |(what, one): (&str, Value)| {
        let said = |field: &str| one[field].as_str().unwrap_or("somebody").to_owned();
        let message = format!("the {what} of {label} by {} on {} was taken back", said("by"), said("on"));
        Diagnostic::warning("opened-again", message)
            .hint("votes or the rule may have changed after figures were seen: say so wherever it is reported")
            .hint("who did, and when: realist log")
    };
    closings.chain(openings).map(tell).collect()
}

/// Two people added a member unaware of each other: two people would vote under one token.
fn same_tokens(synthesis: &Synthesis) -> Vec<Diagnostic> {
    let mut by_token: BTreeMap<(Id, &str), Vec<&Member>> = BTreeMap::new();
    for one in synthesis.members.values() {
        by_token.entry((one.panel, one.token.as_str())).or_default().push(one);
    }
    let twice = by_token.into_values().filter(|held| held.len() > 1);
    let tell = |held: Vec<&Member>| {
        let labels: Vec<String> = held.iter().map(|one| synthesis.label(one.id)).collect();
        let (panel, token) = (synthesis.label(held[0].panel), &held[0].token);
        Diagnostic::warning("same-token", format!("{} are both called {token} in {panel}", labels.join(" and "))).hint(
            format!(
                "let one of them go, by label, and add them anew: realist panel member withdraw {panel} {}",
                labels[1]
            ),
        )
    };
    twice.map(tell).collect()
}

struct Seen<'s> {
    synthesis: &'s Synthesis,
    round: &'s Round,
    ballots: &'s [Ballot],
}

impl Seen<'_> {
    fn label(&self) -> String {
        self.synthesis.label(self.round.id)
    }

    fn token(&self, member: Id) -> String {
        self.synthesis.members.get(&member).map_or_else(|| self.synthesis.label(member), |one| one.token.clone())
    }

    fn changed(&self) -> Option<Diagnostic> {
        let label = self.label();
        self.round.was_changed_after_opening().then(|| {
            let said =
                format!("rule, scale or wording of {label} was changed by somebody who did not know that it was open");
            Diagnostic::warning("changed-after-opening", said)
                .hint("it has no effect: what was fixed at the opening counts")
                .hint(format!("a change is a round of its own: realist round amend {label} --why \"...\""))
        })
    }

    fn ballot(&self, ballot: &Ballot) -> Option<Diagnostic> {
        let (label, token) = (self.label(), self.token(ballot.member));
        let ask_again =
            format!("it does not count; ask again in a round of its own: realist round add --after {label}");
        if self.round.stage() == Stage::Planned {
            let said = format!("{label} is not open, and holds a ballot of {token}");
            return Some(Diagnostic::warning("vote-before-opening", said).hint(format!("realist round open {label}")));
        }
        let Some(seat) = self.round.seat(ballot.member) else {
            return Some(
                Diagnostic::warning("stranger-vote", format!("{token} was not asked in {label}")).hint(ask_again),
            );
        };
        if seat.member != ballot.member && self.ballots.iter().any(|other| other.member == seat.member) {
            let own = self.token(seat.member);
            let said = format!("{label}: {own} answered, and so did {token} in their place; their own ballot counts");
            return Some(Diagnostic::warning("seat-twice", said));
        }
        let closed = self.round.closed.as_ref()?;
        let counts = closed.counted.iter().any(|one| one.ballot == ballot.id && one.answers == ballot.answers.sealed);
        (!counts).then(|| {
            let said =
                format!("{label}: a ballot of {token} was taken in by somebody who did not know that it was closed");
            Diagnostic::warning("after-closing", said).hint(ask_again)
        })
    }

    /// What counts was taken back since: it counts all the same.
    fn taken_back(&self) -> Vec<Diagnostic> {
        let destroyed = |member: &Id| {
            let held = self.synthesis.members.get(member).and_then(|one| one.left.as_ref());
            held.is_some_and(|left| left.with_ballots)
        };
        let counted = self.round.closed.iter().flat_map(|closed| &closed.counted);
        let gone =
            counted.filter(|one| !self.ballots.iter().any(|ballot| ballot.id == one.ballot) && !destroyed(&one.member));
        gone.map(|one| {
            let said = format!(
                "{}: the ballot of {} was taken back after it was closed",
                self.label(),
                self.token(one.member)
            );
            Diagnostic::warning("vote-taken-back", said).hint(
                "it counts as it did at the closing; to leave it out, ask anew in a round of its own: realist round amend",
            )
        })
        .collect()
    }
}
