//! What a project holds of panels, rounds, ballots and decisions that a checklist may ask for.

use super::holdings::Holdings;
use super::{Answer, held, partly, to_write};
use crate::decision::Body;
use crate::id::Id;
use crate::meeting::Practical;
use crate::report::block::count_of;
use crate::report::panels::Panels;
use std::collections::BTreeSet;

impl Holdings<'_> {
    pub(super) fn panels(&self) -> Panels<'_> {
        Panels::of(self.synthesis, self.brief)
    }

    pub fn makeup(&self, rest: &'static str) -> Answer {
        match self.panels().makeup() {
            Some(makeup) => partly(makeup.clone(), rest),
            None => to_write(rest),
        }
    }

    pub fn invitations(&self) -> Answer {
        let rest = "how members were found and asked";
        if self.panels().members().next().is_none() {
            return to_write(rest);
        }
        partly(self.invited(), rest)
    }

    /// `14 of 14 members with a day of invitation on record`.
    pub fn invited(&self) -> String {
        let (all, invited) =
            (self.panels().members().count(), self.panels().members().filter(|one| one.invited.is_some()).count());
        format!("{invited} of {} with a day of invitation on record", count_of(all, "member"))
    }

    /// Uncertainties that people were asked about: in a round that was opened, at a meeting that was held, or by a decision of
    /// stakeholders.
    pub fn put(&self) -> BTreeSet<Id> {
        let rounds = self.panels().rounds();
        let asked = rounds.iter().flat_map(|round| &round.terms().items).filter_map(|item| item.about);
        let talked = self.held().flat_map(|one| &one.agenda).filter_map(|line| line.about);
        let of_people = self.synthesis.decisions.iter().filter(|one| one.body == Body::Stakeholders);
        let decided = of_people.filter_map(|one| one.uncertainty);
        let all = asked.chain(talked).chain(decided);
        all.filter(|id| self.synthesis.uncertainties.contains_key(id)).collect()
    }

    /// What was put to people, and what waits.
    pub fn put_to_people(&self, rest: &'static str) -> Answer {
        let (put, all) = (self.put().len(), self.synthesis.uncertainties.len());
        let said = match all - put {
            0 => format!("{} put to people, with options (report agenda)", count_of(put, "uncertainty")),
            waiting => format!(
                "{put} of {} put to people, with options (report agenda); {waiting} not yet",
                count_of(all, "uncertainty")
            ),
        };
        if put == 0 { to_write(rest) } else { partly(said, rest) }
    }

    pub fn interests(&self) -> Answer {
        let rest = "interests of those who led, and how interests were dealt with";
        let (all, declared) =
            (self.panels().members().count(), self.panels().members().filter(|one| one.interests.is_some()).count());
        if all == 0 {
            return to_write(rest);
        }
        partly(format!("{declared} of {} declared interests, kept sealed", count_of(all, "member")), rest)
    }

    pub fn given_beforehand(&self) -> Answer {
        match self.papers_sent() {
            Some(sent) => partly(sent, "how the evidence was summed up in them"),
            None => to_write("how the evidence was summed up, what members were sent, and when"),
        }
    }

    /// Rounds and meetings; where there were none, how decisions say they were reached.
    pub fn steps(&self, rest: &'static str) -> Answer {
        let decided = || self.panels().decided().map(|decided| format!("decisions reached by: {decided}"));
        let meetings = self.meetings_held().map(|held| format!("meetings: {held}"));
        partly_or_open(both(self.panels().steps(), meetings).or_else(decided), rest)
    }

    pub fn presented(&self) -> Answer {
        let rest = "how items were worded, and whether members could propose some";
        let said = "ballots give a scale or choices for each item, ask for a reason, and take an abstention, “cannot judge” and \
                    registered dissent";
        partly_or_open(self.panels().scales().map(|scales| format!("{scales}; {said}")), rest)
    }

    pub fn definition(&self) -> Answer {
        partly_or_open(self.panels().rules(), "why agreement was defined so")
    }

    pub fn carried_on(&self) -> Answer {
        let rest = "whether items that reached agreement were voted on again";
        let following = self.panels().following();
        let said = (!following.is_empty()).then(|| match self.panels().changed() {
            Some(changed) => changed,
            None => format!("{} asked every item again", following.join(", ")),
        });
        partly_or_open(said, rest)
    }

    pub fn collected(&self) -> Answer {
        let votes = self.panels().votes().len();
        let said = format!(
            "{}: each member on a ballot of their own; nobody was shown what others answered before the round was closed",
            count_of(votes, "round")
        );
        let meetings = self.meetings_held().map(|held| format!("members sat together in {held}"));
        let rest =
            if meetings.is_some() { "what was said aloud before voting" } else { "whether members sat together" };
        partly_or_open(both((votes > 0).then_some(said), meetings), rest)
    }

    pub fn incentives(&self) -> Answer {
        let said = self.told_of(Practical::Payment).map(|told| format!("members are told what they are paid: {told}"));
        partly_or_open(said.map(|said| format!("{said} (report member-page)")), "incentives")
    }

    pub fn accessible(&self) -> Answer {
        let said = self.told_of(Practical::Access).map(|told| format!("members are told of access: {told}"));
        let said = said.map(|said| format!("{said} (report member-page)"));
        partly_or_open(said, "what made ballots and meetings accessible")
    }

    pub fn worked_out(&self) -> Answer {
        let rounds: Vec<String> = self
            .panels()
            .votes()
            .iter()
            .map(|round| format!("round results {}", self.panels().label(round.id)))
            .collect();
        if rounds.is_empty() {
            return to_write("how answers were brought together");
        }
        held(format!(
            "by realist {}: every figure with its rule, votes apart from what is none, groups beside the whole ({})",
            env!("CARGO_PKG_VERSION"),
            rounds.join(", ")
        ))
    }

    /// That a sheet was handed out is on no record: what follows from the record is only which round followed which.
    pub fn feedback(&self) -> Answer {
        let following = self.panels().following();
        let said = format!("followed a round that was closed: {}", following.join(", "));
        partly_or_open((!following.is_empty()).then_some(said), "what members were told between steps")
    }

    pub fn anonymity(&self) -> Answer {
        let k = self.synthesis.settings.thresholds.smallest_group;
        let said = format!(
            "members stand as tokens, answers are kept sealed, and papers for others pool groups of fewer than {k}"
        );
        partly_or_open((!self.panels().votes().is_empty()).then_some(said), "who knew who was who")
    }

    pub fn days(&self) -> Answer {
        let days = both(self.panels().days(), self.meeting_days());
        partly_or_open(days, "delays, and how long the analysis took")
    }

    pub fn departures(&self) -> Answer {
        let rest = "departures from the protocol, and why";
        let amended = self.panels().rounds().iter().filter(|round| round.amends.is_some()).count();
        let said = format!("{} amended with the reason on record", count_of(amended, "round"));
        partly_or_open((amended > 0).then_some(said), rest)
    }

    pub fn response(&self) -> Answer {
        let response = both(self.panels().response(), self.attendance());
        partly_or_open(response, "what is to be known of those who took part")
    }

    pub fn outcomes(&self) -> Answer {
        let rest = "the outcome in words";
        let results = self.panels().response().map(|_| "item by item: round results");
        let decisions = (!self.synthesis.decisions.is_empty()).then(|| {
            format!(
                "{} with what it rests on and its dissent (report record)",
                count_of(self.synthesis.decisions.len(), "decision")
            )
        });
        let said: Vec<String> = decisions.into_iter().chain(results.map(str::to_owned)).collect();
        partly_or_open((!said.is_empty()).then(|| said.join("; ")), rest)
    }

    pub fn items_changed(&self) -> Answer {
        partly_or_open(self.panels().changed(), "items that were changed or dropped, when and why")
    }
}

/// One after the other, as far as they are there.
fn both(one: Option<String>, other: Option<String>) -> Option<String> {
    let said: Vec<String> = one.into_iter().chain(other).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// What the project says, with what is left to be written; all of it, where it says nothing.
fn partly_or_open(said: Option<String>, rest: &'static str) -> Answer {
    said.map_or_else(|| to_write(rest), |said| partly(said, rest))
}
