//! Which words are spoken most: in everything, or in what a query means.

use crate::act::retrieval::Retrieval;
use crate::act::search;
use crate::diagnostic::Result;
use crate::index::{self, Keys};
use crate::language::Language;
use crate::matrix::words::{Frequency, Tally, within};
use crate::project::Project;
use crate::query::{Query, Relation, Word};
use crate::retrieve::{Layout, Outcome, Scope, Stretch, evaluate};

/// What is counted.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Only words within what this means: quotations, or else passages.
    pub only: Option<Query>,
    /// Forms of a word apart.
    pub exact: bool,
    /// Leave out the words that say little: *the*, *and*, *you*.
    pub telling: bool,
}

#[derive(Debug, Clone)]
pub struct Words {
    /// Most frequent first, each with the query that lists its places.
    pub frequencies: Vec<(Frequency, String)>,
    /// All words counted, and those left out.
    pub total: usize,
    pub left_out: usize,
    /// Stretches they stand in: quotations or passages.
    pub stretches: usize,
    pub missing: usize,
}

/// Counts words of speech. Faults: those of the query.
pub fn words(project: &Project, sought: &Sought, progress: &dyn Fn(usize, usize)) -> Result<Words> {
    search::with_index(project, progress, |index| {
        let retrieval = Retrieval::new(project, index)?;
        let texts = retrieval.texts();
        let only = sought.only.clone().unwrap_or(Query::All);
        let Outcome { units, stretches } = evaluate(&retrieval, &only, Scope::Unit)?;
        // Words that are asked for stand for the passages that hold them, as they do in `query run`.
        let is_passages = stretches.is_none() && only.is_of_words();
        let within_what = if is_passages { Query::Not(Box::new(Query::Not(Box::new(only)))) } else { only };
        let stretches: Vec<Stretch> =
            stretches.unwrap_or_else(|| units.into_iter().map(|unit| texts.stretch_of(unit)).collect());
        let mut counting = Counting::new(sought);
        for here in stretches.chunk_by(|one, next| one.text == next.text) {
            let text = here[0].text;
            let Some((shard, base)) = retrieval.shard_of(text)? else { continue };
            let document = texts.document_of(text);
            for ((start, end), unit) in within(texts, &retrieval.words(text)?, here) {
                let word = shard.text.get(base + start as usize..base + end as usize).unwrap_or_default();
                let language = retrieval.place_of(unit).0.language;
                counting.add(word, unit, document, language);
            }
        }
        let (total, left_out) = (counting.tally.words, counting.left_out);
        let listed = |one: Frequency| {
            let word = Query::Word(Word { text: one.word().to_owned(), exact: sought.exact });
            let query = Query::Related {
                left: Box::new(word),
                relation: Relation::Within,
                negated: false,
                right: Box::new(within_what.clone()),
            };
            (one, query.to_string())
        };
        let frequencies = counting.tally.frequencies().into_iter().map(listed).collect();
        Ok(Words { frequencies, total, left_out, stretches: stretches.len(), missing: retrieval.missing })
    })
}

struct Counting {
    tally: Tally,
    left_out: usize,
    keys: Keys,
    /// Whether words that say little are left out.
    telling: bool,
}

impl Counting {
    fn new(sought: &Sought) -> Self {
        let keys = if sought.exact { Keys::of_forms() } else { Keys::of_stems() };
        Counting { tally: Tally::default(), left_out: 0, keys, telling: sought.telling }
    }

    fn add(&mut self, word: &str, unit: u32, document: u32, language: Language) {
        let form = index::exact(word);
        let key = self.keys.key(&form, language);
        if self.telling && self.keys.says_little(&key, language) {
            self.left_out += 1;
        } else {
            self.tally.add(&key, &form, unit, document);
        }
    }
}
