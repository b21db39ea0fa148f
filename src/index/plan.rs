//! A query made ready for this index: terms looked up, facts asked for, weights reckoned.

use super::extent::Belongs;
use super::matching::{self, Scored};
use super::sought::{Places, Slot, Sought, Terms};
use super::terms::Stems;
use super::{Index, Trouble};
use crate::query::{self, Facts, Query};

pub enum Plan {
    All,
    /// Units that hold a word.
    Term(Terms, Weight),
    /// Units that hold any of some terms, by segment with how often, weighed as if the terms were
    /// one word.
    Counted(Vec<Scored>, Weight),
    /// Units that hold all slots in some order of places.
    Together {
        slots: Vec<Terms>,
        places: Places,
        weight: Weight,
    },
    Belongs(Belongs),
    Not(Box<Plan>),
    And(Vec<Plan>),
    Or(Vec<Plan>),
}

/// How much a match counts: the terms' rareness, to be joined with frequency and length.
#[derive(Debug, Clone, Copy)]
pub struct Weight {
    rareness: f64,
}

impl Weight {
    /// BM25's inverse document frequency: `ln(1 + (N − n + 0.5) / (n + 0.5))`, with `n` of all `N`
    /// units holding the term.
    pub fn new(holders: u64, units: u64) -> Self {
        let (n, all) = (holders as f64, units.max(holders) as f64);
        Weight { rareness: ((all - n + 0.5) / (n + 0.5)).ln_1p() }
    }

    /// BM25 with k1 = 1.2 in ten-thousandths. Whole numbers, so that no sum depends on its order.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 2.2 * ln(2^32)
    pub fn score(self, times: u32, length: f64) -> u32 {
        let times = f64::from(times);
        (self.rareness * 2.2 * times / (times + length) * 10_000.0).round() as u32
    }
}

/// What planning needs at hand.
pub struct Planner<'i> {
    index: &'i Index,
    facts: &'i dyn Facts,
    stems: Stems,
    units: u64,
}

impl<'i> Planner<'i> {
    pub fn new(index: &'i Index, facts: &'i dyn Facts) -> Self {
        Planner { index, facts, stems: Stems::new(), units: index.units() }
    }

    pub fn plan(&mut self, query: &Query) -> Result<Plan, Trouble> {
        if let Some(sought) = Sought::of(query) {
            return self.sought(&sought);
        }
        Ok(match query {
            // Words were sought above.
            Query::All
            | Query::Word(_)
            | Query::Phrase(_)
            | Query::Near { .. }
            | Query::Prefix(_)
            | Query::Fuzzy { .. } => Plan::All,
            Query::Related { .. }
            | Query::Only(_)
            | Query::AtLeast(..)
            | Query::Field(query::Field::Coder | query::Field::Date | query::Field::Layer | query::Field::Unread, _) => {
                self.coded(query)?
            }
            Query::Field(field, value) => Plan::Belongs(Belongs::new(&self.facts.extent(*field, value)?, self.index)),
            Query::Not(inner) => Plan::Not(Box::new(self.plan(inner)?)),
            // Who coded, and when, is asked of the codings that the other parts speak of.
            Query::And(parts) if parts.iter().any(Query::is_qualifier) => {
                let (coded, rest): (Vec<Query>, Vec<Query>) = parts.iter().cloned().partition(Query::is_of_codings);
                let mut plans = self.plans(&rest)?;
                plans.push(self.coded(&Query::and(coded))?);
                Plan::And(plans)
            }
            Query::And(parts) => Plan::And(self.plans(parts)?),
            Query::Or(parts) => Plan::Or(self.plans(parts)?),
        })
    }

    fn coded(&self, query: &Query) -> Result<Plan, Trouble> {
        Ok(Plan::Belongs(Belongs::new(&self.facts.coded(query)?, self.index)))
    }

    fn plans(&mut self, parts: &[Query]) -> Result<Vec<Plan>, Trouble> {
        parts.iter().map(|part| self.plan(part)).collect()
    }

    fn sought(&mut self, sought: &Sought) -> Result<Plan, Trouble> {
        match (sought.slots.as_slice(), sought.places) {
            ([word @ Slot::Word(_)], Places::Following) => {
                let (terms, weight) = self.word(word)?;
                Ok(Plan::Term(terms, weight))
            }
            ([slot @ (Slot::Prefix(_) | Slot::Close(..))], _) => self.counted(slot),
            (slots, places) => self.together(slots, places),
        }
    }

    fn word(&mut self, slot: &Slot) -> Result<(Terms, Weight), Trouble> {
        let terms = slot.terms(self.index, &mut self.stems)?;
        let mut holders = 0;
        for (segment, found) in self.index.segments.iter().zip(&terms.found) {
            for info in found {
                holders += segment.holders(terms.form, info)?;
            }
        }
        Ok((terms, Weight::new(holders, self.units)))
    }

    fn counted(&mut self, slot: &Slot) -> Result<Plan, Trouble> {
        let terms = slot.terms(self.index, &mut self.stems)?;
        let here = self.index.segments.iter().zip(&terms.found);
        let counted: Vec<Scored> =
            here.map(|(segment, found)| matching::times(segment, terms.form, found)).collect::<Result<_, _>>()?;
        let holders: usize = counted.iter().map(Vec::len).sum();
        Ok(Plan::Counted(counted, Weight::new(holders as u64, self.units)))
    }

    fn together(&mut self, words: &[Slot], places: Places) -> Result<Plan, Trouble> {
        let (mut slots, mut rareness) = (Vec::new(), 0.0);
        for word in words {
            let (term, weight) = self.word(word)?;
            rareness += weight.rareness;
            slots.push(term);
        }
        Ok(Plan::Together { slots, places, weight: Weight { rareness } })
    }
}
