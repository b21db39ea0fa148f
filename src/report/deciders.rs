//! Who took a decision and who dissents from it, as a reader may know them. The one place that says what a group is
//! called beside a decision: for others it has a name only where the figures of the round name it too and no fewer than
//! k of it were present.

use super::block::count_of;
use super::words::Press;
use crate::consensus::{POOLED, Pool};
use crate::decision::{Body, Decision, Outcome};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What stands where a decision does not say by whom, when or how it was taken.
pub const NOT_STATED: &str = "not stated";

/// Dissent that was there and whose words are gone.
const NO_LONGER_ON_RECORD: &str = "there was dissent; whose and why is not, or no longer, on record";

/// What a group is called that others may not know.
pub const SMALLER: &str = "a smaller group";

/// The people behind a decision.
pub struct Deciders<'d> {
    press: &'d Press<'d>,
    decision: &'d Decision,
    /// People present, by group.
    present: BTreeMap<String, usize>,
    /// They were at a meeting; else they answered a round.
    met: bool,
    pool: Pool,
}

impl<'d> Deciders<'d> {
    pub fn of(press: &'d Press, decision: &'d Decision) -> Self {
        let present: BTreeMap<String, usize> =
            decision.present.iter().map(|(group, n)| (group.clone(), *n as usize)).collect();
        let pool = pool(press, decision, &present);
        Deciders { press, decision, present, met: decision.round.is_none() || decision.meeting.is_some(), pool }
    }

    /// The same at a meeting, with the people who were there by group; `None` where nobody noted who was.
    pub fn at(self, there: Option<BTreeMap<String, usize>>) -> Self {
        let Some(mut present) = there else { return Deciders { met: self.decision.round.is_none(), ..self } };
        present.retain(|_, people| *people > 0);
        let pool = pool(self.press, self.decision, &present);
        Deciders { present, met: true, pool, ..self }
    }

    /// `stakeholders: 14 people present (Service users 6, GPs 5, smaller groups 3)`.
    pub fn told(&self) -> String {
        let body = match self.decision.body {
            Body::Team => "the team",
            Body::Stakeholders => "stakeholders",
            Body::NotStated => NOT_STATED,
        };
        if self.present.is_empty() {
            return body.to_owned();
        }
        let all = count_of(self.present.values().sum(), "person");
        let all = if self.met { format!("{all} present") } else { format!("{all} answered the ballot") };
        if self.present.keys().all(|group| self.pool.pooled.contains(group)) {
            return format!("{body}: {all}");
        }
        let title = |group: &str| match group {
            POOLED => POOLED.to_owned(),
            named => self.press.synthesis.settings.group_title(named),
        };
        let counts = self.pool.counts(&self.present);
        let groups: Vec<String> = counts.iter().map(|(group, n)| format!("{} {n}", title(group))).collect();
        format!("{body}: {all} ({})", groups.join(", "))
    }

    /// Dissent of groups is people's own words, and no consent is recorded for it; a single member's stands in words that
    /// the member approved for print. A group may also dissent by its votes alone. What reads alike is said once.
    pub fn dissent(&self) -> Vec<String> {
        let voiced = self.press.synthesis.voiced.get(&self.decision.id).map_or(&[][..], Vec::as_slice);
        let is_voiced = |group: &String| voiced.iter().any(|(other, _)| other == group);
        // A member's words are not a group's: how the group voted is told beside them.
        let voted = self.decision.by_votes.as_ref().unwrap_or(&self.decision.dissenting).iter();
        let voted = voted.filter(|group| !self.decision.dissent.contains_key(*group));
        let voted = voted.filter(|group| !is_voiced(group) || self.vote_of(group).is_some());
        let voted = voted.map(|group| match self.vote_of(group) {
            Some(vote) => format!("{}: by their votes ({vote})", self.press.synthesis.settings.group_title(group)),
            None => format!("{}: by its votes", self.group(group)),
        });
        let voiced = voiced.iter().map(|(group, words)| {
            let who = format!("a member of {}", self.group(group));
            match words {
                Some(words) => format!("{who}: \u{201c}{}\u{201d}", words.trim()),
                None => format!("{who}: [words not approved for print]"),
            }
        });
        let mut lines: Vec<String> = Vec::new();
        for line in self.of_groups().into_iter().chain(voiced).chain(voted) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        if lines.is_empty() && self.decision.outcome == Outcome::AgreedWithDissent {
            lines.push(NO_LONGER_ON_RECORD.to_owned());
        }
        lines
    }

    /// People of the group were there, and these readers see them with others as one.
    pub fn pools(&self, group: &str) -> bool {
        self.present.contains_key(group) && self.pool.pooled.contains(group)
    }

    /// A group as the reader may know it.
    fn group(&self, group: &str) -> String {
        let is_told = self.press.is_for_team() || self.present.contains_key(group) && !self.pool.pooled.contains(group);
        if is_told { self.press.synthesis.settings.group_title(group) } else { SMALLER.to_owned() }
    }

    /// How a group voted that dissents by its votes, where the figures of the round show it on its own: `median 1 against 8`.
    fn vote_of(&self, group: &str) -> Option<String> {
        let items = self.decision.snapshot.as_ref()?["items"].as_array()?;
        let mut grounds =
            items.iter().filter(|item| self.decision.items.iter().any(|key| item["item"] == key.as_str()));
        let of_item = |item: &Value| {
            let found =
                item["groups"].as_array()?.iter().find(|one| one["group"] == group && one["dissent"] == true)?;
            let medians = found["median"].as_f64().zip(item["median"].as_f64());
            let share = || found["agreement"].as_f64().map(|share| format!("{:.0}% of them in favour", share * 100.0));
            medians.map(|(theirs, all)| format!("median {theirs} against {all}")).or_else(share)
        };
        grounds.find_map(of_item)
    }

    fn of_groups(&self) -> Vec<String> {
        let words = self.press.synthesis.dissent.get(&self.decision.id);
        let spoken = words.into_iter().flat_map(BTreeMap::keys);
        let groups: BTreeSet<&String> = self.decision.dissent.keys().chain(spoken).collect();
        let line = |group: &String| {
            let who = self.group(group);
            match words.and_then(|words| words.get(group)).map(|words| self.press.unattributed(words)) {
                Some(Ok(words)) => format!("{who}: \u{201c}{}\u{201d}", words.trim()),
                Some(Err(why)) => format!("{who}: {}", why.placeholder()),
                None => format!("{who}: [words withheld: not on this computer]"),
            }
        };
        groups.into_iter().map(line).collect()
    }
}

/// Groups that others do not read of on their own.
fn pool(press: &Press, decision: &Decision, present: &BTreeMap<String, usize>) -> Pool {
    if press.is_for_team() {
        return Pool::none();
    }
    let least = press.synthesis.settings.thresholds.smallest_group;
    Pool::beside(&pooled_in_votes(decision, present), std::slice::from_ref(present), least)
}

/// Groups present that the figures kept with a decision do not show on their own.
fn pooled_in_votes(decision: &Decision, present: &BTreeMap<String, usize>) -> BTreeSet<String> {
    let Some(alone) = decision.shown_alone() else { return BTreeSet::new() };
    present.keys().filter(|group| !alone.contains(group.as_str())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consensus::{Cast, Heard, Previous, Seats, work_out};
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::record::Votes;
    use crate::report::round::{Sitting, data};
    use crate::report::sample;
    use crate::round::Terms;
    use crate::settings::Group;
    use crate::stats::chance::Draws;
    use crate::synthesis::Synthesis;
    use crate::vote::{Answer, Answers, Said};
    use proptest::prelude::*;
    use serde_json::json;

    const GROUPS: [&str; 4] = ["service users", "practitioners", "gps", "commissioners"];
    const FEW: Draws = Draws { number: 1, seed: 1 };

    /// A rating from 1 to 9 to each of two items, or one of the words that are none; for every member of every group.
    type Votes2 = Vec<Vec<[u8; 2]>>;

    fn terms() -> Terms {
        let item = |key: &str| json!({ "key": key, "text": key });
        serde_json::from_value(json!({
            "way": "delphi",
            "items": [item("q1"), item("q2")],
            "scale": { "least": 1, "most": 9, "low": 3, "high": 7 },
            "rule": { "judge": "70/15", "least_group": 2 },
        }))
        .unwrap()
    }

    fn casts(votes: &Votes2) -> Vec<Cast> {
        let said = |rating: u8| match rating {
            0 => Said::Abstain,
            10 => Said::Absent,
            other => Said::Number(f64::from(other)),
        };
        let cast = |group: usize, at: usize, two: &[u8; 2]| {
            let answer = |rating: &u8| Answer { said: said(*rating), reason: None, dissent: None };
            let answers = ["q1", "q2"].iter().zip(two).map(|(key, rating)| ((*key).to_owned(), answer(rating)));
            let answers = Answers { answers: answers.collect(), saved: None };
            Cast { token: format!("m{group}x{at}"), group: GROUPS[group].to_owned(), answers }
        };
        let of_group = |(group, members): (usize, &Vec<[u8; 2]>)| {
            members.iter().enumerate().map(|(at, two)| cast(group, at, two)).collect::<Vec<_>>()
        };
        votes.iter().enumerate().flat_map(of_group).collect()
    }

    /// A decision on the first item, as `decide` would record it, in a synthesis of its own.
    fn decided(votes: &Votes2) -> (Synthesis, Pool) {
        let (terms, casts, mut seats) = (terms(), casts(votes), Seats::default());
        for cast in &casts {
            *seats.invited.entry(cast.group.clone()).or_default() += 1;
        }
        let sizes = terms
            .items
            .iter()
            .map(|item| Heard::of(&casts, terms.way, &item.key, casts.len()).sizes(seats.invited.keys()))
            .collect::<Vec<_>>();
        let pool = Pool::of(&sizes, 3);
        let mut all = Synthesis::empty(sample::settings());
        let group = |key: &&str| Group { key: (*key).to_owned(), title: key.to_uppercase() };
        all.settings.groups = GROUPS.iter().map(group).collect();
        let before: Option<Previous> = None;
        let team = work_out(&terms, &casts, &seats, before, &Pool::none(), FEW);
        let others = work_out(&terms, &casts, &seats, before, &pool, FEW);
        let sitting = Sitting {
            settings: &all.settings,
            audience: Audience::Meeting,
            round: "R1.gj".to_owned(),
            before: None,
            name: String::new(),
            terms: &terms,
            opened: None,
            closed: None,
            results: &others,
            pool: &pool,
            draws: FEW,
        };
        let dissenting: Vec<Value> = team.items[0].dissenting().map(|one| json!(one.group)).collect();
        let id = sample::id(Kind::Decision, 9);
        let made = json!({
            "outcome": "agreed_with_dissent", "body": "stakeholders", "method": "delphi", "items": ["q1"],
            "present": team.present, "snapshot": data(&sitting), "dissenting": dissenting,
        });
        all.decisions.push(Decision { id, ..serde_json::from_value(made).unwrap() });
        // Somebody of every second group registers dissent, and every third group gives words.
        let spoken = GROUPS.iter().step_by(2).map(|group| ((*group).to_owned(), Some("Not so".to_owned())));
        all.voiced.insert(id, spoken.collect());
        let words = GROUPS.iter().step_by(3).map(|group| ((*group).to_owned(), "No".to_owned()));
        all.dissent.insert(id, words.collect());
        (all, pool)
    }

    fn rated(groups: [&[u8]; 4]) -> Votes2 {
        groups.iter().map(|ratings| ratings.iter().map(|rating| [*rating, *rating]).collect()).collect()
    }

    #[test]
    fn a_group_that_the_votes_pool_has_no_name_beside_the_decision() {
        // The practitioners dissent by their votes, and are pooled to keep two others company.
        let (all, _) = decided(&rated([&[8; 5], &[7, 5, 5, 5], &[8, 10, 10], &[9, 10]]));
        let press = Press::new(&all, Audience::Publication);
        let deciders = Deciders::of(&press, &all.decisions[0]);
        assert_eq!(deciders.told(), "stakeholders: 11 people present (SERVICE USERS 5, smaller groups 6)");
        let said = deciders.dissent();
        assert!(said.contains(&"a smaller group: by its votes".to_owned()), "{said:?}");
        assert!(said.iter().all(|line| !line.contains("PRACT") && !line.contains("GPS")), "{said:?}");
        let press = Press::new(&all, Audience::Team);
        let team = Deciders::of(&press, &all.decisions[0]).dissent().join("; ");
        assert!(team.contains("PRACTITIONERS: by its votes") && team.contains("a member of GPS"), "{team}");
    }

    #[test]
    fn a_group_that_dissents_by_its_votes_is_named_beside_the_words_of_a_member_as_its_figures_are() {
        let (all, _) = decided(&rated([&[1; 5], &[8; 9], &[8; 4], &[9; 4]]));
        let press = Press::new(&all, Audience::Meeting);
        let said = Deciders::of(&press, &all.decisions[0]).dissent();
        assert!(said.contains(&"SERVICE USERS: [words withheld: no recorded consent]".to_owned()), "{said:?}");
        let (mut all, _) = decided(&rated([&[8; 9], &[1; 5], &[8; 4], &[9; 4]]));
        let voiced = ("practitioners".to_owned(), Some("Not so".to_owned()));
        all.voiced.insert(all.decisions[0].id, vec![voiced]);
        all.dissent.clear();
        let press = Press::new(&all, Audience::Meeting);
        let said = Deciders::of(&press, &all.decisions[0]).dissent();
        assert_eq!(
            said,
            ["a member of PRACTITIONERS: \u{201c}Not so\u{201d}", "PRACTITIONERS: by their votes (median 1 against 8)"]
        );
    }

    #[test]
    fn at_a_meeting_those_count_who_were_there_whoever_answered_before() {
        let (all, _) = decided(&rated([&[8; 5], &[8; 4], &[8; 4], &[9; 4]]));
        let press = Press::new(&all, Audience::Team);
        let there = BTreeMap::from([("service users".to_owned(), 2), ("gps".to_owned(), 0)]);
        let deciders = Deciders::of(&press, &all.decisions[0]).at(Some(there));
        assert_eq!(deciders.told(), "stakeholders: 2 people present (SERVICE USERS 2)");
        let mut on_paper = all.decisions[0].clone();
        on_paper.round = Some(sample::id(Kind::Round, 1));
        assert!(Deciders::of(&press, &on_paper).told().starts_with("stakeholders: 17 people answered the ballot ("));
    }

    #[test]
    fn only_who_dissents_by_votes_is_said_to() {
        let (mut all, _) = decided(&rated([&[8; 5], &[7, 5, 5, 5], &[8, 10, 10], &[9, 10]]));
        let decision = &mut all.decisions[0];
        decision.dissenting.push("gps".to_owned());
        decision.by_votes = Some(vec!["practitioners".to_owned()]);
        all.voiced.clear();
        all.dissent.clear();
        let press = Press::new(&all, Audience::Team);
        assert_eq!(Deciders::of(&press, &all.decisions[0]).dissent(), ["PRACTITIONERS: by its votes"]);
    }

    #[test]
    fn dissent_whose_words_are_gone_is_not_said_to_be_none() {
        let (mut all, _) = decided(&rated([&[8; 5], &[8; 4], &[8; 4], &[9; 4]]));
        let decision = &mut all.decisions[0];
        (decision.outcome, decision.by_votes) = (Outcome::AgreedWithDissent, Some(Vec::new()));
        decision.dissenting.clear();
        all.voiced.clear();
        all.dissent.clear();
        let press = Press::new(&all, Audience::Meeting);
        assert_eq!(Deciders::of(&press, &all.decisions[0]).dissent(), [NO_LONGER_ON_RECORD]);
        let agreed = Decision { outcome: Outcome::Agreed, ..all.decisions[0].clone() };
        assert!(Deciders::of(&press, &agreed).dissent().is_empty());
    }

    #[test]
    fn who_was_there_and_did_not_vote_is_pooled_as_the_votes_are() {
        let (mut all, _) = decided(&rated([&[8; 5], &[8; 4], &[2, 0, 0], &[9, 10]]));
        // As somebody typed it.
        all.decisions[0].present = BTreeMap::from([("gps".to_owned(), 3), ("service users".to_owned(), 5)]);
        let press = Press::new(&all, Audience::Meeting);
        let deciders = Deciders::of(&press, &all.decisions[0]);
        assert_eq!(deciders.told(), "stakeholders: 8 people present (SERVICE USERS 5, smaller groups 3)");
        assert!(deciders.dissent().contains(&"a member of a smaller group: \u{201c}Not so\u{201d}".to_owned()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn others_read_no_name_of_a_pooled_group_and_no_number_below_k(
            votes in proptest::collection::vec(proptest::collection::vec([0..=10_u8, 0..=10_u8], 0..7), 4),
        ) {
            let (all, pool) = decided(&votes);
            let press = Press::new(&all, Audience::Meeting);
            let decision = &all.decisions[0];
            let deciders = Deciders::of(&press, decision);
            let told = deciders.told();
            let kept = Votes::of(&all, decision).unwrap();
            for text in deciders.dissent().iter().chain([&told]).chain(&kept.groups) {
                for group in &pool.pooled {
                    prop_assert!(!text.contains(&group.to_uppercase()), "{text}: {pool:?}");
                }
            }
            let numbers = told.split_once('(').map_or("", |(_, groups)| groups);
            for n in numbers.split(|sign: char| !sign.is_ascii_digit()).filter_map(|n| n.parse::<usize>().ok()) {
                prop_assert!(n >= 3, "{told}");
            }
            for item in decision.snapshot.as_ref().unwrap()["items"].as_array().unwrap() {
                for group in item["groups"].as_array().unwrap() {
                    prop_assert!(group["n"].as_u64().unwrap() >= 3, "{item}");
                }
            }
        }
    }
}
