//! How much confidence a team has in one review finding, after GRADE-CERQual: four judgements, each with its
//! explanation, and an overall level that a person gives.
//!
//! The overall level is never computed, from the four or from anything else; it does not stand without all four.

use crate::hypothesis::Hypothesis;
use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::vocabulary! {
    /// What is judged (method reference 3.4).
    pub enum Aspect "aspect of CERQual" {
        /// How the studies behind the finding were done.
        Limitations "limitations",
        /// How well the finding fits the data, those that go against it included.
        Coherence "coherence",
        /// How rich and how many the data are.
        Adequacy "adequacy",
        /// How far the data come from the context the question is about.
        Relevance "relevance",
    }
}

impl Aspect {
    pub fn title(self) -> &'static str {
        match self {
            Aspect::Limitations => "Methodological limitations",
            Aspect::Coherence => "Coherence",
            Aspect::Adequacy => "Adequacy",
            Aspect::Relevance => "Relevance",
        }
    }
}

crate::vocabulary! {
    pub enum Concern "level of concern" {
        None "none_or_very_minor",
        Minor "minor",
        Moderate "moderate",
        Serious "serious",
    }
}

impl Concern {
    /// `minor concerns`.
    pub fn title(self) -> &'static str {
        match self {
            Concern::None => "no or very minor concerns",
            Concern::Minor => "minor concerns",
            Concern::Moderate => "moderate concerns",
            Concern::Serious => "serious concerns",
        }
    }
}

crate::vocabulary! {
    pub enum Confidence "level of confidence" {
        High "high",
        Moderate "moderate",
        Low "low",
        VeryLow "very_low",
    }
}

impl Confidence {
    /// `very low confidence`.
    pub fn title(self) -> &'static str {
        match self {
            Confidence::High => "high confidence",
            Confidence::Moderate => "moderate confidence",
            Confidence::Low => "low confidence",
            Confidence::VeryLow => "very low confidence",
        }
    }
}

/// What a person said, why, and of which wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged<T> {
    pub level: T,
    pub why: String,
    /// Tag of the coder.
    pub by: String,
    /// [`crate::hypothesis::Hypothesis::revision`] of the finding then.
    pub revision: String,
}

/// The worksheet of one finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worksheet {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// The finding: a statement.
    pub hypothesis: Id,
    /// On disk each is a field of its own, `judged:<aspect>`.
    #[serde(skip)]
    pub judged: BTreeMap<Aspect, Judged<Concern>>,
    #[serde(default)]
    pub overall: Option<Judged<Confidence>>,
    /// The four as they were judged when the overall level was given.
    #[serde(default)]
    pub weighed: BTreeMap<Aspect, Concern>,
}

impl Worksheet {
    /// One finding has one worksheet, on however many machines.
    pub fn id_of(hypothesis: Id) -> Id {
        Id::derived([b"cerqual".as_slice(), hypothesis.as_bytes()])
    }

    /// What nobody has judged yet.
    pub fn missing(&self) -> Vec<Aspect> {
        Aspect::ALL.iter().copied().filter(|aspect| !self.judged.contains_key(aspect)).collect()
    }

    /// How the four are judged.
    pub fn levels(&self) -> BTreeMap<Aspect, Concern> {
        self.judged.iter().map(|(aspect, judged)| (*aspect, judged.level)).collect()
    }

    /// The overall level; nothing while one of the four is missing, or is judged otherwise than when it was given.
    pub fn confidence(&self) -> Option<&Judged<Confidence>> {
        self.overall.as_ref().filter(|_| self.missing().is_empty() && self.weighed == self.levels())
    }

    /// What in it was judged for another wording than the statement's: aspects, and `overall`. The one place of the rule.
    pub fn of_earlier_wording(&self, statement: &Hypothesis) -> Vec<&'static str> {
        let judged = self.judged.iter().map(|(aspect, one)| (aspect.word(), &one.revision));
        let all = judged.chain(self.overall.as_ref().map(|one| ("overall", &one.revision)));
        let revision = statement.revision();
        all.filter(|(_, judged_for)| **judged_for != revision).map(|(what, _)| what).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_overall_level_stands_without_all_four() {
        let statement: Hypothesis = serde_json::from_value(serde_json::json!({ "statement": "If, then" })).unwrap();
        let reworded: Hypothesis = serde_json::from_value(serde_json::json!({ "statement": "If so, then" })).unwrap();
        let revision = statement.revision();
        let judged = |level| Judged { level, why: "said".to_owned(), by: "gj".to_owned(), revision: revision.clone() };
        let mut sheet = Worksheet {
            id: crate::source::nobody(),
            hypothesis: crate::source::nobody(),
            judged: Aspect::ALL.iter().map(|aspect| (*aspect, judged(Concern::Minor))).collect(),
            overall: Some(Judged {
                level: Confidence::High,
                why: "said".to_owned(),
                by: "gj".to_owned(),
                revision: revision.clone(),
            }),
            weighed: Aspect::ALL.iter().map(|aspect| (*aspect, Concern::Minor)).collect(),
        };
        assert!(sheet.confidence().is_some() && sheet.of_earlier_wording(&statement).is_empty());
        let all = ["limitations", "coherence", "adequacy", "relevance", "overall"];
        assert_eq!(sheet.of_earlier_wording(&reworded), all);
        sheet.judged.insert(Aspect::Adequacy, judged(Concern::Serious));
        assert_eq!(sheet.confidence(), None, "it was given for minor concerns");
        sheet.judged.remove(&Aspect::Adequacy);
        assert_eq!((sheet.missing(), sheet.confidence()), (vec![Aspect::Adequacy], None));
    }
}
