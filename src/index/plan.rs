//! A query made ready for this index: terms looked up, facts asked for, weights reckoned.

use super::extent::Belongs;
use super::matching::{self, Scored};
use super::segment::{Form, Segment};
use super::terms::{self, Stems};
use super::{Index, Trouble};
use crate::query::{self, Facts, Query, Word};
use crate::text::words;
use tantivy::Term;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

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

#[derive(Debug, Clone, Copy)]
pub enum Places {
    Following,
    Near(usize),
}

/// A word, by segment: the term it is as written, or its stem in each language of the index. A unit is in
/// one language, so it holds at most one of them.
pub struct Terms {
    pub form: Form,
    pub found: Vec<Vec<TermInfo>>,
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
        Ok(match query {
            Query::All => Plan::All,
            Query::Word(word) => {
                let (term, weight) = self.word(word)?;
                Plan::Term(term, weight)
            }
            Query::Phrase(phrase) => {
                let words = phrase.iter().map(|text| Word { text: text.clone(), exact: true }).collect::<Vec<_>>();
                self.together(&words, Places::Following)?
            }
            Query::Near { words, gap } => self.together(words, Places::Near(*gap))?,
            Query::Prefix(word) => {
                let start = words::fold(word);
                self.counted(|segment| segment.terms_from(&start))?
            }
            Query::Fuzzy { word, distance } => {
                let close = Close::new(&words::fold(word), *distance).in_dictionary();
                self.counted(|segment| segment.terms_near(close.automaton()?))?
            }
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

    fn word(&mut self, word: &Word) -> Result<(Terms, Weight), Trouble> {
        let exact = terms::exact(&word.text);
        let (form, terms) = if word.exact {
            (Form::Exact, vec![exact])
        } else {
            let languages = self.index.languages.iter();
            (Form::Stem, languages.map(|language| self.stems.stem(&exact, *language).to_owned()).collect())
        };
        let (mut found, mut holders) = (Vec::new(), 0);
        for segment in &self.index.segments {
            let mut here = Vec::new();
            for term in &terms {
                here.extend(segment.term(form, term)?);
            }
            for info in &here {
                holders += segment.holders(form, info)?;
            }
            found.push(here);
        }
        Ok((Terms { form, found }, Weight::new(holders, self.units)))
    }

    fn counted(&self, terms: impl Fn(&Segment) -> Result<Vec<TermInfo>, Trouble>) -> Result<Plan, Trouble> {
        let mut counted = Vec::new();
        for segment in &self.index.segments {
            counted.push(matching::times(segment, Form::Exact, &terms(segment)?)?);
        }
        let holders: usize = counted.iter().map(Vec::len).sum();
        Ok(Plan::Counted(counted, Weight::new(holders as u64, self.units)))
    }

    fn together(&mut self, words: &[Word], places: Places) -> Result<Plan, Trouble> {
        let (mut slots, mut rareness) = (Vec::new(), 0.0);
        for word in words {
            let (term, weight) = self.word(word)?;
            rareness += weight.rareness;
            slots.push(term);
        }
        Ok(Plan::Together { slots, places, weight: Weight { rareness } })
    }
}

/// Words at most some letters away from one.
pub struct Close<'w> {
    word: &'w str,
    letters: u64,
    distance: usize,
}

impl<'w> Close<'w> {
    pub fn new(word: &'w str, distance: usize) -> Self {
        Close { word, letters: letters(word), distance }
    }

    /// At most `distance` letters put in, left out, changed, or swapped with the next. Each of these
    /// brings in and takes out at most one kind of letter, which rules out most words at a glance.
    pub fn holds(&self, term: &str) -> bool {
        let (here, most) = (letters(term), self.distance);
        (here & !self.letters).count_ones() as usize <= most
            && (self.letters & !here).count_ones() as usize <= most
            && self.word.len().abs_diff(term.len()) <= 4 * most
            && strsim::osa_distance(self.word, term) <= most
    }

    /// The same as an automaton, which walks a dictionary without reading all of it.
    fn in_dictionary(&self) -> FuzzyTermQuery {
        // The automaton looks only at the word; the field is a matter of form.
        let word = Term::from_field_text(Field::from_field_id(0), self.word);
        FuzzyTermQuery::new(word, u8::try_from(self.distance).unwrap_or(u8::MAX), true)
    }
}

/// Which letters a word has, some falling together.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 64))
}
