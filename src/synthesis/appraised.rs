//! What several people made of one evidence link, side by side.

use super::Synthesis;
use crate::appraisal::{Criterion, Scores};
use crate::evidence::Evidence;
use crate::id::Id;
use std::collections::BTreeMap;

/// One person's scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'s> {
    pub scores: Scores,
    pub reason: Option<&'s str>,
    /// Of the statement then.
    pub revision: &'s str,
}

/// A link with what each person made of it, by tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Appraised<'s> {
    pub link: &'s Evidence,
    pub by: BTreeMap<&'s str, Given<'s>>,
}

impl Appraised<'_> {
    /// Two people or more appraised it.
    pub fn is_double(&self) -> bool {
        self.by.len() > 1
    }

    /// How far apart the furthest two are on a criterion.
    pub fn apart(&self, criterion: Criterion) -> u8 {
        let scores = || self.by.values().map(|given| given.scores.of(criterion));
        scores().max().unwrap_or_default() - scores().min().unwrap_or_default()
    }

    /// Criteria on which they differ.
    pub fn differ(&self) -> Vec<Criterion> {
        Criterion::ALL.iter().copied().filter(|criterion| self.apart(*criterion) > 0).collect()
    }

    /// The scores that all of them gave.
    pub fn agreed(&self) -> Option<Scores> {
        let mut scores = self.by.values().map(|given| given.scores);
        let first = scores.next()?;
        scores.all(|other| other == first).then_some(first)
    }

    /// What counts is not yet what they came to: they gave scores, and the link holds none or one person's own, though
    /// they differ.
    pub fn is_open(&self) -> bool {
        match self.link.scores() {
            None => !self.by.is_empty(),
            Some(_) => self.link.settled.is_none() && self.agreed().is_none(),
        }
    }
}

impl Synthesis {
    /// Links that somebody appraised: those on which people are furthest apart first, then in label order. Scores on
    /// the link itself are one person's, unless they were settled or that person's own are kept beside it.
    pub fn appraised(&self) -> Vec<Appraised<'_>> {
        let mut kept: BTreeMap<Id, BTreeMap<&str, Given<'_>>> = BTreeMap::new();
        for one in self.appraisals.values() {
            let given = Given { scores: one.scores, reason: one.reason.as_deref(), revision: &one.revision };
            kept.entry(one.evidence).or_default().insert(&one.coder, given);
        }
        let mut appraised: Vec<Appraised<'_>> = Vec::new();
        for link in self.evidence.values() {
            let mut by = kept.remove(&link.id).unwrap_or_default();
            if let (Some(scores), None) = (link.scores(), &link.settled) {
                by.entry(link.scorer()).or_insert(Given {
                    scores,
                    reason: link.reason.as_deref(),
                    revision: &link.revision,
                });
            }
            if !by.is_empty() {
                appraised.push(Appraised { link, by });
            }
        }
        let far = |one: &Appraised<'_>| Criterion::ALL.iter().map(|criterion| one.apart(*criterion)).sum::<u8>();
        let place = |one: &Appraised<'_>| (std::cmp::Reverse(far(one)), self.labels.get(&one.link.id), one.link.id);
        appraised.sort_by(|one, other| place(one).cmp(&place(other)));
        appraised
    }
}
