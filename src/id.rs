//! Identity and labels.
//!
//! A thing *is* its [`Id`] (a UUID): every reference on disk uses it. A [`Label`] (`H12.gj`) is what
//! people say aloud; two streams that never met may claim one, and `history` settles who keeps it.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// A UUIDv7 (made by a person's act) or a UUIDv8 (derived from content, so that two machines that
/// take in the same bytes name the same thing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// A UUIDv7 of this millisecond and these random bytes; clock and chance are passed in.
    pub fn new(unix_millis: u64, random: [u8; 10]) -> Self {
        Id(uuid::Builder::from_unix_timestamp_millis(unix_millis, &random).into_uuid())
    }

    /// A UUIDv8 that depends only on `parts`.
    pub fn derived<'p>(parts: impl IntoIterator<Item = &'p [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new_derive_key("realist derived id v1");
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        Id(Uuid::new_v8(bytes))
    }

    /// The day in which it was made, in universal time: `2026-03-14`. Of an id that follows from content, no day at all.
    pub fn day(self) -> String {
        let millis =
            self.0.get_timestamp().map(|at| i64::try_from(at.to_unix().0).unwrap_or(i64::MAX).saturating_mul(1000));
        let at = millis.and_then(|millis| jiff::Timestamp::from_millisecond(millis).ok());
        at.map(|at| at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
    }

    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Id(Uuid::from_bytes(bytes))
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Id)
    }
}

/// What a label can stand for. One line a kind: the word on disk, the prefix in a label.
macro_rules! kinds {
    ($($variant:ident $word:literal $prefix:literal),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $(#[serde(rename = $word)] $variant),+ }

        impl Kind {
            pub const ALL: &'static [Kind] = &[$(Kind::$variant),+];

            /// The word on disk and in messages.
            pub fn word(self) -> &'static str {
                match self { $(Kind::$variant => $word),+ }
            }

            /// The letters before the number in a label.
            pub fn prefix(self) -> &'static str {
                match self { $(Kind::$variant => $prefix),+ }
            }
        }
    };
}

kinds! {
    Source "source" "S",
    Document "document" "D",
    Participant "participant" "P",
    Code "code" "C",
    Coding "coding" "CD",
    Hypothesis "hypothesis" "H",
    Evidence "evidence" "E",
    Link "link" "L",
    Component "component" "K",
    Version "theory version" "V",
    Uncertainty "uncertainty" "U",
    Panel "panel" "N",
    Member "panel member" "B",
    Round "round" "R",
    Meeting "meeting" "G",
    Decision "decision" "X",
    Recommendation "recommendation" "RC",
    Model "model" "M",
    Feature "feature" "F",
    Need "need" "W",
    Policy "policy driver" "Y",
    Step "step" "Z",
    Training "training case" "T",
    Memo "memo" "A",
    Query "saved query" "SQ",
    SubstantiveTheory "substantive theory" "ST",
    Pass "pass" "BP",
    Grouping "grouping" "GR",
    Regularity "demi-regularity" "DR",
    Sought "search for exceptions" "SX",
    Ballot "ballot" "O",
    Action "action" "AC",
    Appraisal "appraisal" "AP",
    Worksheet "CERQual worksheet" "CQ",
    Identifier "identifier" "I",
    Permit "permit" "IP",
    ModelCell "cell of a model" "MC",
    ModelOutcome "outcome of a model" "MO",
    Search "search" "SE",
    Flow "flow of records" "FL",
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// `H12.gj`, or `H12.gj~k7` where another stream owns the plain form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Label {
    pub kind: Kind,
    pub number: u32,
    /// The coder's tag, `[a-z]{2,5}`.
    pub tag: String,
    /// Set only where two streams claim one label.
    pub rival: Option<String>,
}

impl Label {
    pub fn new(kind: Kind, number: u32, tag: impl Into<String>) -> Self {
        Label { kind, number, tag: tag.into(), rival: None }
    }
}

/// Labels sort as people count: by kind, number, then tag.
impl Ord for Label {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.kind, self.number, &self.tag, &self.rival).cmp(&(other.kind, other.number, &other.tag, &other.rival))
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}.{}", self.kind.prefix(), self.number, self.tag)?;
        match &self.rival {
            Some(rival) => write!(f, "~{rival}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Label {
    type Err = ();

    /// Letters may be typed in either case.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (head, tag) = text.split_once('.').ok_or(())?;
        let digits = head.find(|c: char| c.is_ascii_digit()).ok_or(())?;
        let (prefix, number) = head.split_at(digits);
        let kind = *Kind::ALL.iter().find(|kind| kind.prefix().eq_ignore_ascii_case(prefix)).ok_or(())?;
        let (tag, rival) = match tag.split_once('~') {
            Some((tag, rival)) => (tag, Some(rival.to_ascii_lowercase())),
            None => (tag, None),
        };
        let tag = tag.to_ascii_lowercase();
        if !is_tag(&tag) {
            return Err(());
        }
        Ok(Label { kind, number: number.parse().map_err(|_| ())?, tag, rival })
    }
}

impl Serialize for Label {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom(format!("'{text}' is not a label such as H12.gj")))
    }
}

/// A coder's tag: two to five lower-case letters, and no device name of Windows.
pub fn is_tag(tag: &str) -> bool {
    (2..=5).contains(&tag.len())
        && tag.bytes().all(|b| b.is_ascii_lowercase())
        && !["con", "prn", "aux", "nul"].contains(&tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_parse_and_print_alike() {
        for text in ["H12.gj", "RC3.abc", "CD1.gj~k7", "X1.team"] {
            assert_eq!(text.parse::<Label>().unwrap().to_string(), text);
        }
        assert_eq!("h12.GJ".parse::<Label>().unwrap().to_string(), "H12.gj");
        for text in ["H.gj", "Q1.gj", "H1", "H1.g", "H1.con", "H1.toolong"] {
            assert!(text.parse::<Label>().is_err(), "{text}");
        }
    }

    #[test]
    fn prefixes_are_distinct() {
        let mut seen: Vec<&str> = Kind::ALL.iter().map(|kind| kind.prefix()).collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), Kind::ALL.len());
    }

    #[test]
    fn derived_ids_depend_on_where_the_parts_divide() {
        let id = |parts: &[&str]| Id::derived(parts.iter().map(|part| part.as_bytes()));
        assert_eq!(id(&["a", "b"]), id(&["a", "b"]));
        assert_ne!(id(&["ab", ""]), id(&["a", "b"]));
    }
}
