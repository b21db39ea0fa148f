//! What may be said of one part beside its words. Everything is optional, and each detail belongs to
//! some kinds of part only.

use super::PartKind;
use crate::diagnostic::{Fault, Result, fault};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

crate::vocabulary! {
    /// Where a context lies (Pawson's four Is).
    pub enum Level "level" {
        Individual "individual",
        Interpersonal "interpersonal",
        Institutional "institutional",
        Infrastructural "infrastructural",
    }
}

crate::vocabulary! {
    /// Whether a context helps a mechanism along or holds it back.
    pub enum Polarity "polarity" {
        Enabling "enabling",
        Constraining "constraining",
    }
}

crate::vocabulary! {
    /// Whether an outcome was meant to come about.
    pub enum Valence "valence" {
        Intended "intended",
        Unintended "unintended",
    }
}

crate::vocabulary! {
    /// How near an outcome lies to what was done.
    pub enum Proximity "proximity" {
        Proximal "proximal",
        Intermediate "intermediate",
        Distal "distal",
    }
}

crate::vocabulary! {
    /// Which way an outcome goes.
    pub enum Direction "direction" {
        Increase "increase",
        Decrease "decrease",
        NoChange "no_change",
    }
}

/// How far a mechanism is at work: a continuum, not a switch. A word, or hundredths of full activation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    Low,
    Mid,
    High,
    /// 0 to 100.
    Hundredths(u8),
}

impl fmt::Display for Activation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Activation::Low => f.write_str("low"),
            Activation::Mid => f.write_str("mid"),
            Activation::High => f.write_str("high"),
            Activation::Hundredths(all) => write!(f, "{}.{:02}", all / 100, all % 100),
        }
    }
}

impl FromStr for Activation {
    type Err = Fault;

    /// `low`, `mid`, `high`, or a number from 0 to 1, kept to two places.
    fn from_str(text: &str) -> Result<Self> {
        match text.trim().to_lowercase().as_str() {
            "low" => Ok(Activation::Low),
            "mid" => Ok(Activation::Mid),
            "high" => Ok(Activation::High),
            number => {
                let share = number.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
                let refused = || fault("bad-activation", format!("'{text}' is no activation"));
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
                share
                    .map(|share| Activation::Hundredths((share * 100.0).round() as u8))
                    .ok_or_else(|| refused().hint("write low, mid, high or a number from 0 to 1, such as 0.4"))
            }
        }
    }
}

impl Serialize for Activation {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Activation {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|fault: Fault| serde::de::Error::custom(&fault.0.message))
    }
}

/// The details of a part (method reference 2.1). What nobody said is not there, and is not written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Of a context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Of a context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub polarity: Option<Polarity>,
    /// Whose context, resource, reasoning or act it is; of any part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Of an outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valence: Option<Valence>,
    /// Of an outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proximity: Option<Proximity>,
    /// Of an outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// Whom an outcome befalls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub affects: Option<String>,
    /// Of a resource, reasoning or mechanism.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation: Option<Activation>,
}

crate::vocabulary! {
    /// The details by name, in the order they are shown.
    pub enum Detail "detail of a part" {
        Level "level",
        Polarity "polarity",
        Actor "actor",
        Valence "valence",
        Proximity "proximity",
        Direction "direction",
        Affects "affects",
        Activation "activation",
    }
}

impl Detail {
    /// Whether it may be said of a part of this kind.
    pub fn belongs_to(self, kind: PartKind) -> bool {
        match self {
            Detail::Level | Detail::Polarity => kind == PartKind::Context,
            Detail::Actor => true,
            Detail::Valence | Detail::Proximity | Detail::Direction | Detail::Affects => kind == PartKind::Outcome,
            Detail::Activation => matches!(kind, PartKind::Resource | PartKind::Reasoning | PartKind::Mechanism),
        }
    }
}

impl Details {
    pub fn is_empty(&self) -> bool {
        *self == Details::default()
    }

    /// What is said, by name, in order.
    pub fn said(&self) -> Vec<(Detail, String)> {
        let word = |text: Option<&'static str>| text.map(str::to_owned);
        let all = [
            (Detail::Level, word(self.level.map(Level::word))),
            (Detail::Polarity, word(self.polarity.map(Polarity::word))),
            (Detail::Actor, self.actor.clone()),
            (Detail::Valence, word(self.valence.map(Valence::word))),
            (Detail::Proximity, word(self.proximity.map(Proximity::word))),
            (Detail::Direction, word(self.direction.map(Direction::word))),
            (Detail::Affects, self.affects.clone()),
            (Detail::Activation, self.activation.map(|one| one.to_string())),
        ];
        all.into_iter().filter_map(|(detail, said)| Some((detail, said?))).collect()
    }

    /// Takes up one detail as a person says it; an empty text takes it away.
    ///
    /// # Errors
    /// The detail is none of this kind's, or the word is none of its.
    pub fn say(&mut self, kind: PartKind, detail: Detail, text: &str) -> Result<()> {
        if !detail.belongs_to(kind) {
            let own: Vec<&str> = Detail::ALL.iter().filter(|one| one.belongs_to(kind)).map(|one| one.word()).collect();
            return Err(fault("no-such-detail", format!("{detail} is not said of a part of kind {kind}"))
                .hint(format!("of it may be said: {}", own.join(", "))));
        }
        let text = text.trim();
        fn read<T: FromStr<Err = Fault>>(text: &str) -> Result<Option<T>> {
            if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
        }
        let words = (!text.is_empty()).then(|| text.to_owned());
        match detail {
            Detail::Level => self.level = read(text)?,
            Detail::Polarity => self.polarity = read(text)?,
            Detail::Actor => self.actor = words,
            Detail::Valence => self.valence = read(text)?,
            Detail::Proximity => self.proximity = read(text)?,
            Detail::Direction => self.direction = read(text)?,
            Detail::Affects => self.affects = words,
            Detail::Activation => self.activation = read(text)?,
        }
        Ok(())
    }

    /// `institutional, enabling, for GPs`: as it stands behind a part's words.
    pub fn in_words(&self) -> String {
        let tell = |(detail, said): (Detail, String)| match detail {
            Detail::Actor => format!("of {said}"),
            Detail::Affects => format!("for {said}"),
            Detail::Activation => format!("activation {said}"),
            Detail::Direction if self.direction == Some(Direction::NoChange) => "no change".to_owned(),
            _ => said,
        };
        self.said().into_iter().map(tell).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_is_said_only_where_it_belongs_and_reads_back() {
        let mut details = Details::default();
        details.say(PartKind::Context, Detail::Level, "Institutional").unwrap();
        details.say(PartKind::Context, Detail::Actor, "GPs").unwrap();
        assert_eq!(details.say(PartKind::Context, Detail::Valence, "intended").unwrap_err().0.code, "no-such-detail");
        assert_eq!(serde_json::to_string(&details).unwrap(), r#"{"level":"institutional","actor":"GPs"}"#);
        assert_eq!(details.in_words(), "institutional, of GPs");
        details.say(PartKind::Context, Detail::Level, " ").unwrap();
        assert_eq!(details.said(), [(Detail::Actor, "GPs".to_owned())]);
    }

    #[test]
    fn activation_is_a_word_or_a_share() {
        for (typed, kept) in [("mid", "mid"), ("0.4", "0.40"), ("1", "1.00"), ("0", "0.00")] {
            let read: Activation = typed.parse().unwrap();
            assert_eq!(read.to_string(), kept);
            assert_eq!(serde_json::from_value::<Activation>(kept.into()).unwrap(), read);
        }
        for typed in ["1.2", "-0.1", "much", "NaN"] {
            assert_eq!(typed.parse::<Activation>().unwrap_err().0.code, "bad-activation", "{typed}");
        }
    }
}
