//! The words that a query points at, and where they stand to each other: the same for a text that is read
//! (`highlight`) and for the postings of the index (`places`, `plan`).

use super::close::Close;
use super::segment::{Form, Segment};
use super::terms::{self, Stems};
use super::{Index, Trouble, positions};
use crate::language::Language;
use crate::query::{Query, Word};
use crate::text::{Span, words};
use tantivy::postings::TermInfo;

/// One word, as it is looked for.
pub enum Slot {
    Word(Word),
    /// Every word that begins so; case-folded.
    Prefix(String),
    /// Every word so many letters away; case-folded.
    Close(String, usize),
}

/// How several words stand.
#[derive(Debug, Clone, Copy)]
pub enum Places {
    Following,
    Near(usize),
}

/// Words that match together.
pub struct Sought {
    pub slots: Vec<Slot>,
    pub places: Places,
}

/// A slot's terms, by segment: a word as it is written, or its stem in each language of the index. A unit is in
/// one language, so it holds at most one of these; of a beginning it may hold many.
pub struct Terms {
    pub form: Form,
    pub found: Vec<Vec<TermInfo>>,
}

/// A run of words of one unit: its first, counted from 0 over all words of the unit's speech, and their number.
pub type Run = (u32, u32);

/// What a query points at, part by part. What is under NOT is never pointed at, and of a relation only its left side.
pub fn sought(query: &Query) -> Vec<Sought> {
    let mut all = Vec::new();
    collect(query, &mut all);
    all
}

fn collect(query: &Query, all: &mut Vec<Sought>) {
    match query {
        Query::Related { left: inner, .. } | Query::Only(inner) => collect(inner, all),
        Query::And(parts) | Query::Or(parts) | Query::AtLeast(_, parts) => {
            for part in parts {
                collect(part, all);
            }
        }
        _ => all.extend(Sought::of(query)),
    }
}

/// Whether a word is meant, as it is written and by its stem.
type Test<'s> = Box<dyn Fn(&str, &str) -> bool + 's>;

impl Slot {
    /// Its terms in an index.
    pub(super) fn terms(&self, index: &Index, stems: &mut Stems) -> Result<Terms, Trouble> {
        let in_each = |look: &dyn Fn(&Segment) -> Result<Vec<TermInfo>, Trouble>| {
            index.segments.iter().map(look).collect::<Result<Vec<_>, Trouble>>()
        };
        let form = if matches!(self, Slot::Word(Word { exact: false, .. })) { Form::Stem } else { Form::Exact };
        let found = match self {
            Slot::Word(word) => {
                let exact = terms::exact(&word.text);
                let terms: Vec<String> = match form {
                    Form::Exact => vec![exact],
                    Form::Stem => index.languages.iter().map(|one| stems.stem(&exact, *one).to_owned()).collect(),
                };
                in_each(&|segment| {
                    let found = terms.iter().map(|term| segment.term(form, term));
                    Ok(found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
                })
            }
            Slot::Prefix(start) => in_each(&|segment| segment.terms_from(start)),
            Slot::Close(word, distance) => {
                let close = Close::new(word, *distance).in_dictionary();
                in_each(&|segment| segment.terms_near(close.automaton()?))
            }
        };
        Ok(Terms { form, found: found? })
    }

    /// Where it stands among the words of a unit, each given as written ([`terms::exact`]) and as its stem.
    pub fn standing<'w>(
        &self,
        words: impl Iterator<Item = (&'w str, &'w str)>,
        language: Language,
        stems: &mut Stems,
    ) -> Vec<u32> {
        let is_meant: Test<'_> = match self {
            Slot::Word(word) => {
                let sought = terms::exact(&word.text);
                if word.exact {
                    Box::new(move |exact, _| exact == sought)
                } else {
                    let sought = stems.stem(&sought, language).to_owned();
                    Box::new(move |_, stem| stem == sought)
                }
            }
            Slot::Prefix(start) => Box::new(move |exact, _| exact.starts_with(start.as_str())),
            Slot::Close(word, distance) => {
                let close = Close::new(word, *distance);
                Box::new(move |exact, _| close.holds(exact))
            }
        };
        (0..).zip(words).filter(|(_, (exact, stem))| is_meant(exact, stem)).map(|(at, _)| at).collect()
    }
}

impl Sought {
    /// `None` of a query that is more than words that match together.
    pub fn of(query: &Query) -> Option<Self> {
        let alone = |slot| Some(Sought { slots: vec![slot], places: Places::Following });
        match query {
            Query::Word(word) => alone(Slot::Word(word.clone())),
            Query::Phrase(phrase) => {
                let slots = phrase.iter().map(|text| Slot::Word(Word { text: text.clone(), exact: true })).collect();
                Some(Sought { slots, places: Places::Following })
            }
            Query::Near { words, gap } => {
                let slots = words.iter().cloned().map(Slot::Word).collect();
                Some(Sought { slots, places: Places::Near(*gap) })
            }
            Query::Prefix(start) => alone(Slot::Prefix(words::fold(start))),
            Query::Fuzzy { word, distance } => alone(Slot::Close(words::fold(word), *distance)),
            _ => None,
        }
    }

    /// The runs of words that match, where this is where each slot stands in a unit, ascending.
    pub fn runs(&self, standing: &[Vec<u32>]) -> Vec<Run> {
        match self.places {
            Places::Following => {
                let length = u32::try_from(standing.len()).unwrap_or(u32::MAX);
                positions::phrase(standing).into_iter().map(|first| (first, length)).collect()
            }
            Places::Near(gap) => positions::near(standing, gap).into_iter().flatten().map(|at| (at, 1)).collect(),
        }
    }
}

/// Runs of words as stretches of their text, ascending, none overlapping. Words next to each other that match one phrase
/// are one span, unless speech is interrupted between them.
///
/// `word` says where a word of the unit stands, `is_interrupted` whether something that is no speech stands before it.
/// `None` where there is no such word.
pub fn spans(
    runs: &[Run],
    word: impl Fn(u32) -> Option<Span>,
    is_interrupted: impl Fn(u32) -> bool,
) -> Option<Vec<Span>> {
    let mut parts = Vec::with_capacity(runs.len());
    for (first, length) in runs {
        let mut part = word(*first)?;
        for at in first + 1..first + length {
            let next = word(at)?;
            if is_interrupted(at) {
                parts.push(std::mem::replace(&mut part, next));
            } else {
                part = part.join(next);
            }
        }
        parts.push(part);
    }
    parts.sort_unstable();
    let mut spans: Vec<Span> = Vec::with_capacity(parts.len());
    for part in parts {
        match spans.last_mut() {
            Some(last) if last.overlaps(part) => *last = last.join(part),
            _ => spans.push(part),
        }
    }
    Some(spans)
}
