//! Random ground for tests: a made-up corpus with codings, and what it answers.

use super::naive::{World, named};
use super::{Ground, Layout, Stretch, Texts, UNCODED, Unit};
use crate::diagnostic::Result;
use crate::query::{Query, Value};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::rc::Rc;

/// A made-up corpus: letters are words, `#` stands for labels, line breaks part paragraphs.
pub(crate) struct Made {
    texts: Texts,
    letters: Vec<String>,
    pub(super) codings: Vec<Stretch>,
    /// By ordinal of the coding.
    pub(super) codes: Vec<u32>,
    coders: Vec<u32>,
}

pub(crate) const CODES: u32 = 5;

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap()
}

impl Made {
    pub(crate) fn new(seed: u64, texts: u32, codings: u32) -> Made {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut made = Made {
            texts: Texts::default(),
            letters: Vec::new(),
            codings: Vec::new(),
            codes: Vec::new(),
            coders: Vec::new(),
        };
        for text in 0..texts {
            let mut letters = String::new();
            let mut units = Vec::new();
            let mut clock = 0.0;
            for _ in 0..chance.random_range(1..8) {
                let start = letters.len();
                letters.push_str("## ");
                let speech = letters.len();
                for _ in 0..chance.random_range(1..9) {
                    letters.push(char::from(chance.random_range(b'a'..b'e')));
                    letters.push(if chance.random_bool(0.2) { '\n' } else { ' ' });
                }
                letters.pop();
                clock += if chance.random_bool(0.1) { -20.0 } else { f64::from(chance.random_range(0_u32..40)) };
                units.push(Unit {
                    start: whole(start),
                    end: whole(letters.len()),
                    speech: (whole(speech), whole(letters.len())),
                    time: chance.random_bool(0.7).then_some(clock),
                    source: text / 2,
                    speaker: None,
                });
                letters.push('\n');
            }
            // Two texts are rows of one document now and then.
            made.texts.push(text / 3, units);
            made.letters.push(letters);
        }
        for coding in 0..codings {
            let text = chance.random_range(0..texts);
            let length = whole(made.letters[text as usize].len());
            for _ in 0..chance.random_range(1..3) {
                let start = chance.random_range(0..length);
                let end = chance.random_range(start + 1..=length.min(start + 12));
                let stretch = Stretch { text, start, end, coding };
                // As everywhere: a coding stands on words of some unit.
                if !made.texts.touched(&stretch).is_empty() {
                    made.codings.push(stretch);
                }
            }
            made.codes.push(chance.random_range(0..CODES));
            made.coders.push(chance.random_range(0..3));
        }
        made.codings.sort_unstable();
        made.codings.dedup();
        made
    }

    fn family(value: &Value) -> Vec<u32> {
        match value {
            Value::Text(text) if text == "*" => (0..CODES).collect(),
            Value::Text(text) if text == "a" => vec![0, 1],
            Value::Text(text) => vec![u32::from(text.as_bytes()[0] - b'a')],
            _ => vec![],
        }
    }
}

impl Layout for Made {
    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn words(&self, text: u32) -> Result<Rc<[(u32, u32)]>> {
        let letters = self.letters[text as usize].as_bytes();
        Ok((0..whole(letters.len()))
            .filter(|at| letters[*at as usize].is_ascii_lowercase())
            .map(|at| (at, at + 1))
            .collect())
    }

    fn paragraph(&self, text: u32, at: u32) -> Result<(u32, u32)> {
        let letters = &self.letters[text as usize];
        let start = letters[..at as usize].rfind('\n').map_or(0, |at| at + 1);
        let end = letters[at as usize..].find('\n').map_or(letters.len(), |end| at as usize + end);
        Ok((whole(start), whole(end)))
    }
}

impl Ground for Made {
    fn matching(&self, query: &Query) -> Result<Vec<u32>> {
        Ok((0..self.texts.count()).filter(|unit| self.meets(query, *unit)).collect())
    }

    fn meant(&self, query: &Query, units: &[u32]) -> Result<Vec<Stretch>> {
        let (mut all, words) = (Vec::new(), named(query));
        for unit in units {
            let text = self.texts.text_of(*unit);
            let speech = self.texts.unit(*unit).speech;
            for (start, end) in self.words(text)?.iter().filter(|(start, end)| speech.0 <= *start && *end <= speech.1) {
                let word = &self.letters[text as usize][*start as usize..*end as usize];
                if words.contains(word) {
                    all.push(Stretch { text, start: *start, end: *end, coding: UNCODED });
                }
            }
        }
        Ok(all)
    }

    fn codes(&self, value: &Value) -> Result<Vec<u32>> {
        Ok(Made::family(value))
    }

    fn codings(&self) -> &[Stretch] {
        &self.codings
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.codes[coding as usize]
    }

    fn fits(&self, query: &Query) -> Result<Box<dyn Fn(u32) -> bool + '_>> {
        let query = query.clone();
        Ok(Box::new(move |coding| self.passes(&query, coding)))
    }
}

impl World for Made {
    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn letters(&self, text: u32) -> &str {
        &self.letters[text as usize]
    }

    fn codings(&self) -> &[Stretch] {
        &self.codings
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.codes[coding as usize]
    }

    fn family(&self, value: &Value) -> Vec<u32> {
        Made::family(value)
    }

    fn meets(&self, query: &Query, unit: u32) -> bool {
        match query {
            Query::All => true,
            Query::Word(word) => self.speech(unit).split_whitespace().any(|one| one == word.text),
            _ => unit.is_multiple_of(3),
        }
    }

    fn passes(&self, query: &Query, coding: u32) -> bool {
        let Query::Field(_, Value::Text(coder)) = query else { unreachable!("qualifiers are coders here") };
        self.coders[coding as usize] == u32::from(coder.as_bytes()[0] - b'a')
    }
}
