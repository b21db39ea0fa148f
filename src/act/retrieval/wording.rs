//! Words and line breaks of texts by their places: what it takes to say how far apart two stretches lie.

use super::{Retrieval, ordinal};
use crate::diagnostic::Result;
use crate::index::{self, Place, Run};
use crate::project::{Kept, Spoken};
use crate::retrieve::{Layout, Stretch, UNCODED};
use crate::text::Span;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Where texts lie in the shards of their documents, and what was lately asked of them: relations go through texts one
/// after another.
#[derive(Default)]
pub(super) struct Wording {
    shards: Vec<ShardAt>,
    /// By text, where it begins in its shard.
    bases: Vec<u32>,
    kept: OnceCell<Kept<Spoken>>,
    shard: RefCell<Option<(usize, Rc<Spoken>)>>,
    words: RefCell<Lately>,
}

type Words = Rc<[(u32, u32)]>;

/// Words of texts lately asked for: where there are very many, not of all.
#[derive(Default)]
struct Lately {
    texts: BTreeMap<u32, Words>,
    words: usize,
}

/// 128 MB.
const MOST_WORDS: usize = 16 << 20;

/// A shard of a document.
struct ShardAt {
    /// Ordinal of its first unit.
    first: u32,
    document: u32,
    number: usize,
}

impl Wording {
    /// The next shard, of the document with this ordinal.
    pub fn shard(&mut self, first: u32, document: u32, number: usize) {
        self.shards.push(ShardAt { first, document, number });
    }

    /// Where the next text begins in the shard.
    pub fn base(&mut self, base: u32) {
        self.bases.push(base);
    }

    /// What is kept of the shard that holds a text, and which of the shard's units are the text's.
    fn spoken(&self, retrieval: &Retrieval<'_>, text: u32) -> Result<Option<(Rc<Spoken>, Range<usize>)>> {
        let units = retrieval.texts().units_of(text);
        // A shard without units begins where the next one does.
        let Some(at) = self.shards.partition_point(|shard| shard.first <= units.start).checked_sub(1) else {
            return Ok(None);
        };
        let place = &self.shards[at];
        let within = (units.start - place.first) as usize..(units.end - place.first) as usize;
        if let Some((held, spoken)) = &*self.shard.borrow()
            && *held == at
        {
            return Ok(Some((Rc::clone(spoken), within)));
        }
        if self.kept.get().is_none() {
            let _ = self.kept.set(retrieval.project.kept::<Spoken>(&retrieval.documents)?);
        }
        let Some(kept) = self.kept.get() else { return Ok(None) };
        let document = &retrieval.documents[place.document as usize];
        let Some(spoken) = retrieval.project.kept_of(kept, document, place.number)?.map(Rc::new) else {
            return Ok(None);
        };
        *self.shard.borrow_mut() = Some((at, Rc::clone(&spoken)));
        Ok(Some((spoken, within)))
    }

    /// Words of speech of a text, as half-open stretches of bytes, ascending.
    pub fn words(&self, retrieval: &Retrieval<'_>, text: u32) -> Result<Words> {
        if let Some(words) = self.words.borrow().texts.get(&text) {
            return Ok(Rc::clone(words));
        }
        let base = self.bases.get(text as usize).copied().unwrap_or_default();
        let spoken = self.spoken(retrieval, text)?;
        let words: Words = spoken.map_or_else(Vec::new, |(spoken, units)| spoken.words(units, base)).into();
        let mut lately = self.words.borrow_mut();
        if lately.words + words.len() > MOST_WORDS {
            *lately = Lately::default();
        }
        lately.words += words.len();
        lately.texts.insert(text, Rc::clone(&words));
        Ok(words)
    }

    /// Where words stand that the index names by their places, ascending. Fault `index-damaged`.
    pub fn stretches(&self, retrieval: &Retrieval<'_>, places: &[Place]) -> Result<Vec<Stretch>> {
        let texts = retrieval.texts();
        let mut all = Vec::with_capacity(places.len());
        for here in places.chunk_by(|one, next| one.unit == next.unit) {
            let unit = here[0].unit;
            let text = texts.text_of(unit);
            // A text that is no longer there since the ground was read.
            let Some((spoken, units)) = self.spoken(retrieval, text)? else { continue };
            let base = self.bases.get(text as usize).copied().unwrap_or_default();
            let at = units.start + (unit - texts.units_of(text).start) as usize;
            let words = spoken.words(at..at + 1, base);
            let runs: Vec<Run> = here.iter().map(|place| place.run).collect();
            let word = |word: u32| {
                let (start, end) = words.get(word as usize)?;
                Span::new(*start as usize, *end as usize)
            };
            let found = index::spans(&runs, word, |word| spoken.is_interrupted(ordinal(at), word));
            let found = found.ok_or_else(index::damaged)?;
            let coding = UNCODED;
            all.extend(found.into_iter().map(|span| Stretch {
                text,
                start: ordinal(span.start()),
                end: ordinal(span.end()),
                coding,
            }));
        }
        all.sort_unstable();
        Ok(all)
    }

    /// The stretch without a line break that holds a place of a text.
    pub fn paragraph(&self, retrieval: &Retrieval<'_>, text: u32, at: u32) -> Result<(u32, u32)> {
        let base = self.bases.get(text as usize).copied().unwrap_or_default();
        Ok(self.spoken(retrieval, text)?.map_or((at, at), |(spoken, _)| {
            let (start, end) = spoken.paragraph(base + at, base);
            (start - base, end - base)
        }))
    }
}
