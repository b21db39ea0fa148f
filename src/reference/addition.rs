//! What a later record of a citation says beyond an earlier one: an abstract, keywords, a review tool's
//! decisions. It is added, never put in the place of what is there.
//!
//! Additions are kept one by one and taken up in the order of their names, so what comes of several does
//! not depend on which was made first.

use super::{Reference, WorkKind, folded};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Fields as in [`Reference`]; those of the citation are the same in both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Addition {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<WorkKind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub journal_short: Option<String>,
    #[serde(default, rename = "abstract", skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issn: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Vec<String>>,
}

/// Where a second value of a field that holds one goes.
const KIND: &str = "kind of work";
const SHORT: &str = "short journal";
const ABSTRACT: &str = "abstract";
const LANGUAGE: &str = "language";

impl Addition {
    /// What `later` says and `held` does not; `None` where that is nothing.
    pub fn of(held: &Reference, later: &Reference) -> Option<Self> {
        let other_of = |name: &str| held.other.get(name).map_or(&[][..], Vec::as_slice);
        let single = |name: &str, known: Option<&String>, said: Option<&String>| {
            let is_known = |said: &&String| known.into_iter().chain(other_of(name)).any(|one| is_same(one, said));
            said.filter(|said| !is_known(said)).cloned()
        };
        let list = |known: &[String], said: &[String]| -> Vec<String> {
            said.iter().filter(|said| !known.iter().any(|one| is_same(one, said))).cloned().collect()
        };
        let others = later.other.iter().filter_map(|(name, said)| {
            let fresh = list(other_of(name), said);
            (!fresh.is_empty()).then(|| (name.clone(), fresh))
        });
        let is_kind_known = later.kind == WorkKind::Other
            || later.kind == held.kind
            || other_of(KIND).iter().any(|one| one == later.kind.word());
        let addition = Addition {
            kind: (!is_kind_known).then_some(later.kind),
            journal_short: single(
                SHORT,
                held.journal_short.as_ref().or(held.journal.as_ref()),
                later.journal_short.as_ref(),
            ),
            summary: single(ABSTRACT, held.summary.as_ref(), later.summary.as_ref()),
            language: single(LANGUAGE, held.language.as_ref(), later.language.as_ref()),
            issn: list(&held.issn, &later.issn),
            keywords: list(&held.keywords, &later.keywords),
            urls: list(&held.urls, &later.urls),
            other: others.collect(),
        };
        (addition != Addition::default()).then_some(addition)
    }

    /// What it is kept under: the same for the same additions, wherever they are made.
    pub fn key(&self) -> String {
        let written = serde_json::to_vec(self).unwrap_or_else(|_| unreachable!("an addition is JSON"));
        blake3::hash(&written).to_hex()[..16].to_owned()
    }

    /// Names of the fields that `held` lacked, and of those that hold another value there already.
    pub fn names(&self, held: &Reference) -> (Vec<&str>, Vec<&str>) {
        let mut beside = Vec::new();
        let mut new: Vec<&str> = Vec::new();
        let singles = [
            (KIND, self.kind.is_some(), held.kind != WorkKind::Other),
            (SHORT, self.journal_short.is_some(), held.journal_short.is_some()),
            (ABSTRACT, self.summary.is_some(), held.summary.is_some()),
            (LANGUAGE, self.language.is_some(), held.language.is_some()),
        ];
        for (name, _, is_held) in singles.into_iter().filter(|(_, is_said, _)| *is_said) {
            let names = if is_held { &mut beside } else { &mut new };
            names.push(name);
        }
        for (name, list) in [("issn", &self.issn), ("keywords", &self.keywords), ("url", &self.urls)] {
            new.extend((!list.is_empty()).then_some(name));
        }
        for name in self.other.keys() {
            let names = if held.other.contains_key(name) { &mut beside } else { &mut new };
            names.push(name);
        }
        (new, beside)
    }
}

impl Reference {
    /// Takes an addition up: what was absent is filled in, what differs is kept beside under a name of its own.
    pub fn take_up(&mut self, addition: Addition) {
        let Addition { kind, journal_short, summary, language, issn, keywords, urls, other } = addition;
        match kind {
            Some(kind) if self.kind == WorkKind::Other => self.kind = kind,
            Some(kind) if self.kind != kind => self.keep_beside(KIND, kind.word().to_owned()),
            _ => {}
        }
        for (name, field, said) in [
            (SHORT, &mut self.journal_short, journal_short),
            (ABSTRACT, &mut self.summary, summary),
            (LANGUAGE, &mut self.language, language),
        ] {
            let Some(said) = said else { continue };
            match field {
                None => *field = Some(said),
                Some(held) if is_same(held, &said) => {}
                Some(_) => add(self.other.entry(name.to_owned()).or_default(), said),
            }
        }
        for (list, said) in [(&mut self.issn, issn), (&mut self.keywords, keywords), (&mut self.urls, urls)] {
            for said in said {
                add(list, said);
            }
        }
        for (name, said) in other {
            for said in said {
                self.keep_beside(&name, said);
            }
        }
    }

    fn keep_beside(&mut self, name: &str, said: String) {
        add(self.other.entry(name.to_owned()).or_default(), said);
    }
}

fn add(list: &mut Vec<String>, said: String) {
    if !list.iter().any(|one| is_same(one, &said)) {
        list.push(said);
    }
}

/// The same but for case, accents and punctuation; what has neither letters nor digits, byte for byte.
fn is_same(one: &str, other: &str) -> bool {
    one == other || {
        let one = folded(one);
        !one.is_empty() && one == folded(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain() -> Reference {
        let mut one = Reference::new(WorkKind::Article);
        one.title = Some("On ships".to_owned());
        one.doi = Some("10.1000/ships".to_owned());
        one
    }

    fn full(summary: &str, keywords: &[&str], decision: &str) -> Reference {
        let mut one = plain();
        one.summary = (!summary.is_empty()).then(|| summary.to_owned());
        one.keywords = keywords.iter().map(|word| (*word).to_owned()).collect();
        if !decision.is_empty() {
            one.other.insert("rayyan decision".to_owned(), vec![decision.to_owned()]);
        }
        one
    }

    #[test]
    fn what_was_absent_is_filled_in_and_what_differs_stands_beside() {
        let mut held = full("Lanterns were seen.", &["sea"], "");
        let later = full("Lanterns were seen, often.", &["Sea", "light"], "Included by 1");
        let addition = Addition::of(&held, &later).unwrap();
        assert_eq!(addition.names(&held), (vec!["keywords", "rayyan decision"], vec!["abstract"]));
        held.take_up(addition);
        assert_eq!(held.summary.as_deref(), Some("Lanterns were seen."));
        assert_eq!(held.keywords, ["sea", "light"]);
        assert_eq!(held.other["abstract"], ["Lanterns were seen, often."]);
        assert_eq!(held.other["rayyan decision"], ["Included by 1"]);
        assert_eq!(Addition::of(&held, &later), None, "again it adds nothing");
    }

    fn any_reference() -> impl Strategy<Value = Reference> {
        let kinds = prop::sample::select(vec![WorkKind::Article, WorkKind::Other, WorkKind::Book]);
        let keywords = prop::collection::vec("[abC]{1,2}", 0..3);
        let decision = prop::option::of("[ab]");
        (kinds, "[ab]{0,1}", keywords, decision).prop_map(|(kind, summary, keywords, decision)| {
            let keywords: Vec<&str> = keywords.iter().map(String::as_str).collect();
            Reference { kind, ..full(&summary, &keywords, decision.as_deref().unwrap_or_default()) }
        })
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_a_second_time_nothing_is_added(first in any_reference(), second in any_reference()) {
            let mut held = first.clone();
            if let Some(addition) = Addition::of(&held, &second) {
                held.take_up(addition);
            }
            prop_assert_eq!(Addition::of(&held, &first), None);
            prop_assert_eq!(Addition::of(&held, &second), None);
            prop_assert_eq!(held.identity(), first.identity());
            if first.kind != WorkKind::Other {
                prop_assert_eq!(held.kind, first.kind);
            }
        }
    }
}
