//! Meetings: when and where a panel meets, what is on the agenda, who came, what was sent beforehand and what was said.
//!
//! Members are tokens here as everywhere. What somebody types of a meeting may name people or hold a way in: it lies sealed.

use crate::diagnostic::{Fault, fault};
use crate::id::Id;
use crate::sealed::Sealed;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub title: String,
    /// What it is for, in one sentence.
    #[serde(default)]
    pub purpose: Option<String>,
    /// `2026-03-14`
    #[serde(default)]
    pub date: Option<String>,
    /// `14:00`
    #[serde(default)]
    pub start: Option<String>,
    /// How long it may last.
    #[serde(default)]
    pub minutes: Option<u32>,
    #[serde(default)]
    pub panel: Option<Id>,
    /// The agenda, in order.
    #[serde(default)]
    pub items: Vec<AgendaItem>,
    #[serde(default)]
    pub author: Option<String>,
    /// On disk each is a field of its own, `practical:<which>`.
    #[serde(skip)]
    pub practical: BTreeMap<Practical, Sealed>,
    /// Whether they mean to come; on disk `replied:<member>`.
    #[serde(skip)]
    pub replied: BTreeMap<Id, Reply>,
    /// Who was there; on disk `attended:<member>`.
    #[serde(skip)]
    pub attended: BTreeMap<Id, Attendance>,
    /// What was sent, oldest first; on disk `issued:<number>.<tag>`.
    #[serde(skip)]
    pub issued: Vec<Issue>,
    /// What was recorded of each item, by its key; on disk `minuted:<key>`.
    #[serde(skip)]
    pub minuted: BTreeMap<String, Sealed>,
}

/// One thing to talk about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// `a1`, `a2`, …: never used for another item of the meeting.
    pub key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<Id>,
    /// Of what is no uncertainty: welcome, break.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// As the uncertainty has it unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// Who introduces it: a tag, a token or a group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

crate::vocabulary! {
    /// What members have to know beforehand, in the team's words.
    pub enum Practical "practical matter" {
        Place "place",
        /// How to join from elsewhere.
        Join "join",
        /// How decisions are taken, and what happens where there is no agreement.
        Deciding "deciding",
        /// What happens to what people say.
        Afterwards "afterwards",
        Payment "payment",
        /// Ramps, interpreters, breaks, formats.
        Access "access",
        /// Whom to ask for support.
        Contact "contact",
    }
}

crate::vocabulary! {
    /// What an invited member answered.
    pub enum Reply "reply" {
        Accepted "accepted",
        Declined "declined",
    }
}

/// Whether a member was there, and for how long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    pub there: bool,
    /// `14:20`, where they came late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    /// `15:30`, where they left before the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<String>,
    /// The member in whose place they were there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub r#for: Option<Id>,
}

/// Papers as they were sent once, kept for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// `1.gj`
    #[serde(skip)]
    pub key: String,
    pub on: String,
    pub by: String,
    /// Members they went to.
    pub to: Vec<Id>,
    pub papers: Vec<Paper>,
    /// The last frozen version of the theory, and twelve hexadecimal digits over the theory as it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<Id>,
    pub theory: String,
    /// Sealed: what each section of each paper said, told by twelve hexadecimal digits.
    pub sections: Sealed,
    /// Documents whose words the papers may hold, with the version of their text: when that is destroyed, the kept papers
    /// go too.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quoting: BTreeMap<Id, String>,
    /// Members whose registered dissent the papers may hold: when it is destroyed, the kept papers go too. Absent where
    /// that was not noted: then they may hold anybody's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voicing: Option<BTreeSet<Id>>,
}

/// One file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub name: String,
    /// Twelve hexadecimal digits of BLAKE3 over its bytes.
    pub hash: String,
    /// Sealed: its bytes, as base64.
    pub kept: Sealed,
}

/// What was recorded of one item: what a person wrote into the form, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Minute {
    /// Key of the item, or its number on the agenda.
    pub item: String,
    /// Points made for what was put, and against.
    pub r#for: Vec<String>,
    pub against: Vec<String>,
    pub notes: String,
    /// Outcome of the decision; empty where none was taken.
    pub outcome: String,
    /// Letter of the option chosen.
    pub option: String,
    /// What was settled, in one sentence.
    pub sentence: String,
    /// The closed round it rests on.
    pub round: String,
    /// Statements and components it settles.
    pub settles: Vec<String>,
    /// `gps: in their words`
    pub dissent: Vec<String>,
    /// `H3.gj=rejected`
    pub effects: Vec<String>,
    /// `gj 2026-05-01: revise the manual`
    pub actions: Vec<String>,
    /// New explanations that were raised.
    pub statements: Vec<String>,
}

impl Minute {
    /// Nothing was written beside the item's name.
    pub fn is_blank(&self) -> bool {
        *self == Minute { item: self.item.clone(), ..Minute::default() }
    }

    /// Another decision than an earlier form had.
    pub fn decides_otherwise(&self, earlier: &Minute) -> bool {
        let decision = |one: &Minute| {
            let Minute { outcome, option, sentence, round, settles, dissent, effects, .. } = one.clone();
            (outcome, option, sentence, round, settles, dissent, effects)
        };
        decision(self) != decision(earlier)
    }
}

impl Meeting {
    /// The item so called: by key, or by its number on the agenda from 1.
    pub fn item(&self, typed: &str) -> Option<usize> {
        let typed = typed.trim().to_lowercase();
        let by_key = self.items.iter().position(|one| one.key == typed);
        let numbered = || typed.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < self.items.len());
        by_key.or_else(numbered)
    }

    pub fn was_there(&self, member: Id) -> bool {
        self.attended.get(&member).is_some_and(|one| one.there)
    }

    /// Somebody noted who came: it was held.
    pub fn was_held(&self) -> bool {
        self.attended.values().any(|one| one.there)
    }
}

/// A time of day as it is kept: `9:05` becomes `09:05`. Fault `bad-time`.
///
/// ```
/// assert_eq!(realist::meeting::clock(" 9:05 ").unwrap(), "09:05");
/// assert!(realist::meeting::clock("25:00").is_err());
/// ```
pub fn clock(typed: &str) -> Result<String, Fault> {
    minute_of(typed.trim())
        .map(at_minute)
        .ok_or_else(|| fault("bad-time", format!("'{typed}' is no time of day")).hint("write it as 14:30"))
}

/// Minutes since midnight.
pub fn minute_of(clock: &str) -> Option<u32> {
    let (hour, minute) = clock.split_once(':')?;
    let whole = |text: &str, most: u32| {
        let digits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<u32>().ok().filter(|number| digits && *number < most)
    };
    Some(whole(hour, 24)? * 60 + whole(minute, 60).filter(|_| minute.len() == 2)?)
}

/// A time of day; past midnight it begins again.
pub fn at_minute(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_read_and_printed() {
        assert_eq!((minute_of("14:30"), at_minute(14 * 60 + 30).as_str()), (Some(870), "14:30"));
        for typed in ["14", "14:5", "24:00", "12:60", "+1:00", "a:00", "123:00"] {
            assert_eq!(clock(typed).unwrap_err().0.code, "bad-time", "{typed}");
        }
        assert_eq!(at_minute(23 * 60 + 90), "00:30");
    }

    #[test]
    fn another_decision_is_told_from_more_minutes() {
        let first = Minute { item: "a1".to_owned(), outcome: "agreed".to_owned(), ..Minute::default() };
        let more = Minute { notes: "long talk".to_owned(), ..first.clone() };
        let other = Minute { option: "B".to_owned(), ..first.clone() };
        assert!(!more.decides_otherwise(&first) && other.decides_otherwise(&first));
        assert!(Minute { item: "a2".to_owned(), ..Minute::default() }.is_blank() && !more.is_blank());
    }
}
