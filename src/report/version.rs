//! On which state of the theory a paper rests: the last frozen version, and whether the theory is still what was frozen.

use super::block::day_in_words;
use serde::Serialize;

/// Digits of a hash that papers print.
pub const DIGITS: usize = 12;

/// A theory as the caller found it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    pub frozen: Option<Frozen>,
    /// The first digits of the hash over the theory as it stands.
    pub now: String,
}

/// The last version that was frozen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frozen {
    pub id: String,
    pub name: String,
    pub date: String,
    pub hash: String,
}

impl Version {
    /// `version v1 (V1.gj), hash 3f2a…, frozen on 25 February 2026`.
    pub fn in_words(&self) -> String {
        match &self.frozen {
            Some(one) if one.hash == self.now => {
                format!("version {} ({}), hash {}, frozen on {}", one.name, one.id, one.hash, day_in_words(&one.date))
            }
            Some(one) => format!(
                "not frozen since version {} ({}) of {}: as it stands its hash is {}",
                one.name,
                one.id,
                day_in_words(&one.date),
                self.now
            ),
            None => format!("not frozen yet: as it stands its hash is {}", self.now),
        }
    }

    /// `version v1`: what a paper needs where another page has the whole.
    pub fn in_short(&self) -> String {
        match &self.frozen {
            Some(one) if one.hash == self.now => format!("version {}", one.name),
            Some(one) => format!("version {}, changed since", one.name),
            None => "not frozen yet".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theory_that_moved_on_is_not_called_by_its_version() {
        let frozen = Frozen {
            id: "V1.gj".to_owned(),
            name: "v1".to_owned(),
            date: "2026-02-25".to_owned(),
            hash: "abc".to_owned(),
        };
        let said = |frozen, now: &str| Version { frozen, now: now.to_owned() }.in_words();
        assert_eq!(said(Some(frozen.clone()), "abc"), "version v1 (V1.gj), hash abc, frozen on 25 February 2026");
        assert_eq!(
            said(Some(frozen), "def"),
            "not frozen since version v1 (V1.gj) of 25 February 2026: as it stands its hash is def"
        );
        assert_eq!(said(None, "def"), "not frozen yet: as it stands its hash is def");
    }
}
