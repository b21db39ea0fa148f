//! A query made ready for this index: terms looked up, facts asked for, weights reckoned.

use super::extent::Belongs;
use super::segment::{Form, Segment};
use super::terms::{self, Stems};
use super::{Index, Trouble};
use crate::query::{Facts, Query, Word};
use crate::text::words;
use tantivy::Term;
use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;

pub enum Plan {
    All,
    /// Units that hold any of some terms, weighed as if the terms were one word.
    Any(Terms, Weight),
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

/// Some terms of one form, by segment.
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
                let terms = self.word(word)?;
                self.any(terms)?
            }
            Query::Phrase(phrase) => {
                let words = phrase.iter().map(|text| Word { text: text.clone(), exact: true }).collect::<Vec<_>>();
                self.together(&words, Places::Following)?
            }
            Query::Near { words, gap } => self.together(words, Places::Near(*gap))?,
            Query::Prefix(word) => {
                let start = words::fold(word);
                self.any(self.terms(|segment| segment.terms_from(&start))?)?
            }
            Query::Fuzzy { word, distance } => {
                let near = near(&words::fold(word), *distance);
                self.any(self.terms(|segment| segment.terms_near(near.automaton()?))?)?
            }
            Query::Field(field, value) => Plan::Belongs(Belongs::new(&self.facts.extent(*field, value)?, self.index)),
            Query::Not(inner) => Plan::Not(Box::new(self.plan(inner)?)),
            Query::And(parts) => Plan::And(self.plans(parts)?),
            Query::Or(parts) => Plan::Or(self.plans(parts)?),
        })
    }

    fn plans(&mut self, parts: &[Query]) -> Result<Vec<Plan>, Trouble> {
        parts.iter().map(|part| self.plan(part)).collect()
    }

    fn terms(&self, find: impl Fn(&Segment) -> Result<Vec<TermInfo>, Trouble>) -> Result<Terms, Trouble> {
        let found = self.index.segments.iter().map(find).collect::<Result<_, _>>()?;
        Ok(Terms { form: Form::Exact, found })
    }

    fn word(&mut self, word: &Word) -> Result<Terms, Trouble> {
        let exact = terms::exact(&word.text);
        let (form, term) =
            if word.exact { (Form::Exact, exact) } else { (Form::Stem, self.stems.stem(&exact).to_owned()) };
        let terms = self.terms(|segment| Ok(segment.term(form, &term)?.into_iter().collect()))?;
        Ok(Terms { form, ..terms })
    }

    fn any(&self, terms: Terms) -> Result<Plan, Trouble> {
        let mut holders = 0;
        for (segment, found) in self.index.segments.iter().zip(&terms.found) {
            holders += match found.as_slice() {
                [] => 0,
                [one] => segment.holders(terms.form, one)?,
                many => super::matching::times(segment, terms.form, many)?.len() as u64,
            };
        }
        Ok(Plan::Any(terms, Weight::new(holders, self.units)))
    }

    fn together(&mut self, words: &[Word], places: Places) -> Result<Plan, Trouble> {
        let (mut slots, mut rareness) = (Vec::new(), 0.0);
        for word in words {
            let terms = self.word(word)?;
            let Plan::Any(terms, weight) = self.any(terms)? else { continue };
            rareness += weight.rareness;
            slots.push(terms);
        }
        Ok(Plan::Together { slots, places, weight: Weight { rareness } })
    }
}

/// The words that [`is_close`] takes, as an automaton that walks the dictionary without reading all of it.
fn near(word: &str, distance: usize) -> FuzzyTermQuery {
    // The automaton looks only at the word; the field is a matter of form.
    let word = Term::from_field_text(Field::from_field_id(0), word);
    FuzzyTermQuery::new(word, u8::try_from(distance).unwrap_or(u8::MAX), true)
}

/// At most `distance` letters put in, left out, changed, or swapped with the next.
pub fn is_close(word: &str, term: &str, distance: usize) -> bool {
    word.len().abs_diff(term.len()) <= 4 * distance && strsim::osa_distance(word, term) <= distance
}
