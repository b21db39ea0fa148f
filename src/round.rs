//! Rounds: what a panel is asked, how it answers, and by which rule answers are judged.
//!
//! All of that is fixed when a round opens: the opening keeps a copy, and only the copy counts from then on. What
//! is to be changed afterwards is a round of its own.

use crate::diagnostic::{Fault, fault};
use crate::id::Id;
use crate::uncertainty::Choice;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

crate::vocabulary! {
    /// How members answer.
    pub enum Way "method of a round" {
        /// RAND/UCLA: ratings from 1 to 9.
        Ram "ram",
        /// Ratings on a scale, in rounds with feedback.
        Delphi "delphi",
        /// Points for the best few.
        Ngt "ngt",
        /// All items in order.
        Rank "rank",
        /// One of the options of each item.
        Percent "percent",
        /// Consent, stand aside, or object.
        Consent "consent",
        /// Talked over, not voted on.
        Discussion "discussion_only",
    }
}

/// What members say to a proposal in a consent round, in the order of the ballot.
pub const CONSENT: [&str; 3] = ["consent", "stand_aside", "object"];

/// One thing to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// `q1`, `q2`, …: never used for another item of the round or of those that amend it.
    pub key: String,
    /// As it stands on the ballot.
    pub text: String,
    /// What it is about: an uncertainty, a statement or a component.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Id>,
    /// Key of the option of that uncertainty which is rated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option: Option<String>,
    /// What can be chosen, where members choose.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What stands below it on the ballot, as it was when the round opened; `None` where it was opened before that was
    /// kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explained: Option<Explained>,
}

impl Item {
    /// What is asked, and the option of it that is rated, where it is one: `Who visits?` and `A: a named visitor`.
    pub fn parted(&self) -> (&str, Option<&str>) {
        let option = || {
            let from = self.text.rfind(&format!(" ({}: ", self.option.as_ref()?))?;
            Some((&self.text[..from], Some(self.text[from + 2..].strip_suffix(')')?)))
        };
        option().unwrap_or((&self.text, None))
    }
}

/// What an item is explained by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explained {
    /// What it is about, in plain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plain: Option<String>,
    /// What would follow from the option.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<String>,
}

/// Whole numbers from least to most; ratings up to `low` are low, from `high` high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    pub least: u32,
    pub most: u32,
    pub low: u32,
    pub high: u32,
}

impl Scale {
    pub const NINE: Scale = Scale { least: 1, most: 9, low: 3, high: 7 };

    /// From 1 to `most` with the lower and the upper third, rounded down, as low and high. Fault `bad-scale`.
    pub fn to(most: u32) -> Result<Scale, Fault> {
        if !(2..=11).contains(&most) {
            return Err(fault("bad-scale", format!("a scale from 1 to {most} cannot be put on a ballot"))
                .hint("the highest rating is from 2 to 11; 9 is usual"));
        }
        let third = (most / 3).max(1);
        Ok(Scale { least: 1, most, low: third, high: most + 1 - third })
    }
}

/// The fewest there must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Least {
    People(u32),
    /// Of those invited, from 0 to 1.
    Share(f64),
}

impl Least {
    /// Enough of so many.
    pub fn is_met(self, there: usize, of: usize) -> bool {
        match self {
            Least::People(people) => there >= people as usize,
            Least::Share(share) => of > 0 && there as f64 / of as f64 >= share - 1e-9,
        }
    }
}

impl fmt::Display for Least {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Least::People(people) => write!(f, "{people}"),
            Least::Share(share) => write!(f, "{}%", (share * 1e4).round() / 1e2),
        }
    }
}

impl FromStr for Least {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let refused = || fault("bad-quorum", format!("'{text}' is no number of people")).hint("write 8, or 60%");
        let text = text.trim();
        match text.strip_suffix('%') {
            Some(share) => {
                let share = share.trim().parse::<f64>().ok().filter(|share| (0.0..=100.0).contains(share));
                share.map(|share| Least::Share(share / 100.0)).ok_or_else(refused)
            }
            None => text.parse().map(Least::People).map_err(|_| refused()),
        }
    }
}

impl Serialize for Least {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Least {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(|fault: Fault| serde::de::Error::custom(fault.0.message))
    }
}

/// By what answers are judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// `70/15`, `classic, q7`, `percent:75`, `picks:5`: see `consensus::rule`. None for discussion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judge: Option<String>,
    /// With a group smaller than this there is no figure in which groups weigh the same.
    pub least_group: usize,
    /// Of those invited, who must be there for an item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum: Option<Least>,
    /// The same within every group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quorum_each: Option<Least>,
    /// The same within one group, where it is another than in every group.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub quorum_of: BTreeMap<String, Least>,
    /// Of those invited, who must have returned a ballot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Least>,
}

/// What is fixed before a round opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    pub way: Way,
    pub items: Vec<Item>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    pub rule: Rule,
}

impl Rule {
    /// It asks that somebody be there.
    pub fn asks_for_quorum(&self) -> bool {
        self.quorum.is_some() || self.quorum_each.is_some() || !self.quorum_of.is_empty()
    }
}

impl Terms {
    pub fn item(&self, key: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.key == key)
    }
}

/// A seat as it was when the round opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub member: Id,
    pub group: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    pub on: String,
    pub by: String,
    /// As they were then; nothing else counts from now on.
    pub terms: Terms,
    /// Who is asked.
    pub roll: Vec<Seat>,
}

/// What a round was closed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub on: String,
    pub by: String,
    /// The answers that count. What is taken in elsewhere and merged later does not.
    pub counted: Vec<Counted>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    pub ballot: Id,
    pub member: Id,
    /// Name of the sealed value.
    pub answers: String,
}

/// Somebody who answers in a member's place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// The member whose seat it is.
    pub r#for: Id,
    pub why: String,
    pub by: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Round {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub panel: Id,
    pub name: String,
    /// As they stand while it is not open; once it was opened, ask [`Round::terms()`].
    pub terms: Terms,
    /// The round before, whose answers these are compared with.
    #[serde(default)]
    pub after: Option<Id>,
    /// The round this one takes the place of, with other wording.
    #[serde(default)]
    pub amends: Option<Id>,
    /// Why it was amended.
    #[serde(default)]
    pub why: Option<String>,
    /// The meeting it is held in.
    #[serde(default)]
    pub meeting: Option<Id>,
    #[serde(default)]
    pub author: Option<String>,
    #[serde(default)]
    pub opened: Option<Opening>,
    #[serde(default)]
    pub closed: Option<Closing>,
    /// Deputies, by member; on disk each is a field of its own, `admitted:<member>`.
    #[serde(skip)]
    pub admitted: BTreeMap<Id, Admission>,
}

crate::vocabulary! {
    pub enum Stage "stage of a round" {
        Planned "planned",
        Open "open",
        Closed "closed",
    }
}

impl Round {
    pub fn stage(&self) -> Stage {
        match (&self.opened, &self.closed) {
            (_, Some(_)) => Stage::Closed,
            (Some(_), None) => Stage::Open,
            (None, None) => Stage::Planned,
        }
    }

    /// What it is about and by which rule: as fixed at its opening, else as planned.
    pub fn terms(&self) -> &Terms {
        self.opened.as_ref().map_or(&self.terms, |opened| &opened.terms)
    }

    /// Somebody changed what was fixed, unaware that it was.
    pub fn was_changed_after_opening(&self) -> bool {
        self.opened.as_ref().is_some_and(|opened| opened.terms != self.terms)
    }

    pub fn roll(&self) -> &[Seat] {
        self.opened.as_ref().map_or(&[], |opened| &opened.roll)
    }

    /// The seat somebody answers for: their own, or the one they deputise for. `None`: a stranger.
    pub fn seat(&self, member: Id) -> Option<&Seat> {
        let seat = self.admitted.get(&member).map_or(member, |admitted| admitted.r#for);
        self.roll().iter().find(|one| one.member == seat)
    }

    /// Who was admitted in a member's place.
    pub fn deputy_of(&self, member: Id) -> Option<Id> {
        self.admitted.iter().find(|(_, admitted)| admitted.r#for == member).map(|(deputy, _)| *deputy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_are_people_or_a_share() {
        for text in ["8", "60%", "66.67%"] {
            assert_eq!(text.parse::<Least>().unwrap().to_string(), text);
        }
        assert!("101%".parse::<Least>().is_err() && "all".parse::<Least>().is_err());
        let half: Least = "50%".parse().unwrap();
        assert!(half.is_met(7, 14) && !half.is_met(6, 14) && !half.is_met(0, 0));
    }

    #[test]
    fn thirds_of_a_scale() {
        assert_eq!(Scale::to(9).unwrap(), Scale::NINE);
        assert_eq!(Scale::to(5).unwrap(), Scale { least: 1, most: 5, low: 1, high: 5 });
        assert!(Scale::to(1).is_err() && Scale::to(20).is_err());
    }
}
