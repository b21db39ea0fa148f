//! Where records came from: the streams of a review (method reference 3.2). Own data are no stream of records: they are
//! counted from what was taken in.

use crate::diagnostic::{Fault, Result, fault};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

crate::vocabulary! {
    /// How records were looked for.
    pub enum Way "stream of records" {
        Databases "databases",
        /// References of what was found, works that cite it, and further reports of one study.
        Citations "citations",
        /// Named by experts or stakeholders.
        Experts "experts",
        /// Grey literature and policy.
        Grey "grey",
        /// Looked for later, to close a gap in the theory.
        Purposive "purposive",
    }
}

/// One stream: a way, and of later searches which round of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream {
    pub way: Way,
    /// From 1; above that of purposive searches alone: `purposive-2`.
    pub round: u32,
}

impl Stream {
    /// What papers print.
    pub fn title(self) -> String {
        let title = match self.way {
            Way::Databases => "Databases and registers",
            Way::Citations => "Citation tracking",
            Way::Experts => "Experts and stakeholders",
            Way::Grey => "Grey literature and policy",
            Way::Purposive => "Purposive searches",
        };
        if self.round > 1 { format!("{title}, round {}", self.round) } else { title.to_owned() }
    }

    /// The stream of that title.
    fn titled(text: &str) -> Option<Self> {
        let round = text.rsplit_once(' ').and_then(|(_, last)| last.parse().ok()).unwrap_or(1);
        let all = Way::ALL.iter().map(|way| Stream { way: *way, round });
        all.filter(|one| one.round == 1 || one.way == Way::Purposive).find(|one| one.title().eq_ignore_ascii_case(text))
    }
}

impl From<Way> for Stream {
    fn from(way: Way) -> Self {
        Stream { way, round: 1 }
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.round > 1 { f.pad(&format!("{}-{}", self.way, self.round)) } else { self.way.fmt(f) }
    }
}

impl FromStr for Stream {
    type Err = Fault;

    /// `databases`, `purposive`, `purposive-2`, and what papers print. Faults: `unknown-word`, `bad-stream`.
    fn from_str(text: &str) -> Result<Self> {
        let text = text.trim();
        if let Some(stream) = Stream::titled(text) {
            return Ok(stream);
        }
        let head = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &text[head.len()..];
        if digits.is_empty() {
            return Ok(Stream::from(text.parse::<Way>()?));
        }
        let way: Way = head.trim_end_matches(['-', '_', ' ']).parse()?;
        let round = digits.parse().ok().filter(|round| *round > 0 && (*round == 1 || way == Way::Purposive));
        round.map(|round| Stream { way, round }).ok_or_else(|| {
            fault("bad-stream", format!("'{text}' is no stream of records"))
                .hint("only rounds of purposive searches are numbered: purposive, purposive-2, purposive-3")
        })
    }
}

impl Serialize for Stream {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|fault: Fault| serde::de::Error::custom(fault.0.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_read_as_they_are_written() {
        for (typed, kept) in [
            ("Databases", "databases"),
            ("purposive-1", "purposive"),
            ("purposive 2", "purposive-2"),
            ("purposive_12", "purposive-12"),
            ("grey literature and policy", "grey"),
            ("Purposive searches, round 2", "purposive-2"),
        ] {
            let read: Stream = typed.parse().unwrap();
            assert_eq!(read.to_string(), kept);
            assert_eq!(serde_json::from_str::<Stream>(&serde_json::to_string(&read).unwrap()).unwrap(), read);
        }
        assert!("purposive-2".parse::<Stream>().unwrap() > "purposive".parse().unwrap());
        for (strange, code) in
            [("databases-2", "bad-stream"), ("purposive-0", "bad-stream"), ("purposive-99999999999", "bad-stream")]
        {
            assert_eq!(strange.parse::<Stream>().unwrap_err().0.code, code);
        }
        let refused = "databse".parse::<Stream>().unwrap_err();
        assert_eq!((refused.0.code, refused.0.hints[0].as_str()), ("unknown-word", "did you mean databases?"));
        assert!("2".parse::<Stream>().is_err() && "".parse::<Stream>().is_err());
    }
}
