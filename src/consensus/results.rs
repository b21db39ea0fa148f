//! What a round came to, item by item.

use super::heard::Cast;
use super::pool::Pool;
use super::quorum::Lack;
use crate::round::Terms;
use crate::stats::choices::Choice;
use crate::stats::concordance::Concordance;
use crate::stats::delphi::{self, Since};
use crate::stats::kruskal::KruskalWallis;
use crate::stats::ram::Appropriateness;
use crate::stats::{Defined, ngt};
use std::collections::BTreeMap;

/// Who was asked, and who is missing for good.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seats {
    /// Seats by group.
    pub invited: BTreeMap<String, usize>,
    /// Ballots that counted and were destroyed since: their members withdrew.
    pub destroyed: usize,
}

/// The round before.
#[derive(Debug, Clone, Copy)]
pub struct Previous<'p> {
    pub terms: &'p Terms,
    pub casts: &'p [Cast],
    /// Which of its groups these readers see as one.
    pub pool: &'p Pool,
    /// Ballots of it that were destroyed since.
    pub destroyed: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    pub seats: Seats,
    /// Others see neither figures nor counts of its items: see [`ItemResult::withheld`].
    pub is_withheld: bool,
    /// Who was at the table for some item, or returned a ballot, by group.
    pub present: BTreeMap<String, usize>,
    /// Whether enough returned one; `None` where the rule does not ask.
    pub response: Option<bool>,
    pub items: Vec<ItemResult>,
    /// How far members put items in one order; where they rank or give points.
    pub concordance: Option<Defined<Concordance>>,
    /// Members whose order is complete, on whom that rests.
    pub judges: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ItemResult {
    pub key: String,
    /// Valid votes.
    pub n: usize,
    pub abstained: usize,
    pub cannot_judge: usize,
    pub late: usize,
    pub absent: usize,
    pub silent: usize,
    /// Why it is not quorate; empty where it is.
    pub lacking: Vec<Lack>,
    pub figures: Defined<Figures>,
    /// Why the verdict is not for others; `None` where it is, or where there is none.
    pub withheld: Option<&'static str>,
    /// What the rule says, quorum apart.
    pub verdict: Defined<String>,
    /// Ratings of all, by rating; only where no group is pooled.
    pub histogram: Vec<(u32, usize)>,
    pub groups: Vec<GroupFigures>,
    /// Mean over groups of their agreement.
    pub group_equal: Defined,
    pub kruskal: Defined<KruskalWallis>,
    /// Since the round before, where the item was in it.
    pub since: Option<Defined<Since>>,
    pub dissents: Vec<Registered>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Figures {
    Rated {
        item: Box<delphi::Item>,
        ram: Option<Box<Appropriateness>>,
    },
    Chosen(Vec<Choice>),
    /// Place by the mean of ranks, ties in a member's order sharing the mean of their places; equal means share the better place.
    Ranked {
        place: usize,
        mean: f64,
        median: f64,
    },
    Scored(ngt::Scored),
}

/// What a group says to an item.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupFigures {
    pub group: String,
    pub n: usize,
    /// Of ratings, ranks or points.
    pub median: Option<f64>,
    /// Share of high ratings, or of votes for what leads.
    pub agreement: Option<f64>,
    pub dissent: bool,
}

/// Dissent a member registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    pub token: String,
    pub group: String,
    pub words: String,
    pub approved: bool,
}

impl ItemResult {
    pub fn is_quorate(&self) -> bool {
        self.lacking.is_empty()
    }

    /// `not quorate`, or what the rule says; `none` where it says nothing; why it is not printed.
    pub fn outcome(&self) -> String {
        match (self.withheld, &self.verdict) {
            (Some(why), _) => format!("not printed: {why}"),
            _ if !self.is_quorate() => "not quorate".to_owned(),
            (None, Ok(verdict)) => verdict.clone(),
            (None, Err(why)) => format!("undefined ({why})"),
        }
    }

    /// Groups that dissent.
    pub fn dissenting(&self) -> impl Iterator<Item = &GroupFigures> {
        self.groups.iter().filter(|group| group.dissent)
    }

    /// The classic rule and the one by percentiles say different things.
    pub fn rules_differ(&self) -> Option<(&Appropriateness, bool)> {
        let Ok(Figures::Rated { ram: Some(ram), .. }) = &self.figures else { return None };
        let classic = *ram.disagreement_classic.as_ref().ok()?;
        (classic != ram.disagreement_ipras).then_some((ram, classic))
    }
}

impl Results {
    pub fn item(&self, key: &str) -> Option<&ItemResult> {
        self.items.iter().find(|item| item.key == key)
    }
}
