//! Where words of a file that came back stand in the document: by the number of their turn and the words
//! themselves, exact first, then near, and never on other words.

use crate::act::memo::margin::to_speech;
use crate::project::Shard;
use crate::text::carry::{Carrier, Sureness};
use crate::text::{Span, quote};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// A place in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Of the shard's text.
    pub span: Span,
    pub sureness: Sureness,
}

/// A returned text over its document.
pub struct Ground<'r> {
    shard: &'r Shard,
    returned: &'r str,
    blocks: Vec<Block>,
    whole: OnceCell<Carrier<'r>>,
}

/// A numbered stretch of the returned text, its number left out.
struct Block {
    n: usize,
    span: Span,
}

/// How the words of a turn changed while they were away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Numbers of turns whose words are no longer what they were.
    pub reworded: Vec<usize>,
    /// Numbers of turns that are gone from the file.
    pub missing: Vec<usize>,
}

impl<'r> Ground<'r> {
    /// `is_numbered`: the file was made of the text version in force, and its numbers are those of its units.
    pub fn of(shard: &'r Shard, returned: &'r str, is_numbered: bool) -> Self {
        let blocks =
            if is_numbered { blocks(returned, shard.units.last().map_or(0, |unit| unit.n)) } else { Vec::new() };
        Ground { shard, returned, blocks, whole: OnceCell::new() }
    }

    /// Where the words at a span of the returned text stand; `None` where they do not.
    pub fn place(&self, span: Span) -> Option<Place> {
        if self.returned == self.shard.text {
            return Some(Place { span: to_speech(&self.shard.units, span), sureness: Sureness::Exact });
        }
        self.by_number(span).or_else(|| self.by_words(span))
    }

    /// Turn by turn; all of them or none.
    fn by_number(&self, span: Span) -> Option<Place> {
        let mut touched = self.blocks.iter().filter(|block| block.span.overlaps(span)).peekable();
        touched.peek()?;
        let places: Option<Vec<Place>> = touched.map(|block| self.in_block(block, span)).collect();
        places?
            .into_iter()
            .reduce(|one, next| Place { span: one.span.join(next.span), sureness: one.sureness.max(next.sureness) })
    }

    /// The part of a span that lies in a block. A label alone stands for the whole turn.
    fn in_block(&self, block: &Block, span: Span) -> Option<Place> {
        let unit = self.shard.unit(block.n)?;
        let speech = unit.speech_span();
        let words = speech.of(&self.shard.text)?;
        let body = Body::of(self.returned, block.span, words);
        let whole = Place { span: speech, sureness: Sureness::Exact };
        if span.end() <= body.span.start() {
            return (body.holds != Holds::Other).then_some(whole);
        }
        let part = Span::new(span.start().max(body.span.start()), span.end().min(body.span.end()))?;
        if part == body.span && body.holds != Holds::Other {
            return Some(whole);
        }
        let within = Span::new(part.start() - body.span.start(), part.end() - body.span.start())?;
        let (found, sureness) = Carrier::new(body.span.of(self.returned)?, words).carry(within)?;
        let span = Span::new(found.start() + speech.start(), found.end() + speech.start())?;
        Some(Place { span, sureness })
    }

    fn by_words(&self, span: Span) -> Option<Place> {
        let carrier = self.whole.get_or_init(|| Carrier::new(self.returned, &self.shard.text));
        let (span, sureness) = carrier.carry(span)?;
        Some(Place { span: to_speech(&self.shard.units, span), sureness })
    }

    /// What happened to the turns; nothing is said of a file that is not numbered.
    pub fn changes(&self) -> Changes {
        let mut changes = Changes::default();
        if self.blocks.is_empty() {
            return changes;
        }
        let numbered: BTreeSet<usize> = self.blocks.iter().map(|block| block.n).collect();
        for unit in &self.shard.units {
            let words = unit.speech_span().of(&self.shard.text).unwrap_or_default();
            if words.trim().is_empty() {
                continue;
            }
            if !numbered.contains(&unit.n) {
                changes.missing.push(unit.n);
                continue;
            }
            let mut own = self.blocks.iter().filter(|block| block.n == unit.n);
            if !own.any(|block| Body::of(self.returned, block.span, words).holds == Holds::Same) {
                changes.reworded.push(unit.n);
            }
        }
        changes
    }
}

/// What a block holds behind speaker and time.
struct Body {
    span: Span,
    holds: Holds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The words of the turn and nothing else.
    Same,
    /// The words of the turn, with more after them: somebody's own, or a turn that lost its number.
    More,
    Other,
}

impl Body {
    fn of(returned: &str, block: Span, words: &str) -> Self {
        let text = block.of(returned).unwrap_or_default();
        let moved = |span: Span| Span::new(span.start() + block.start(), span.end() + block.start()).unwrap_or(block);
        let found = quote::find(text, words);
        let is_last = |span: &Span| !text[span.end()..].contains(char::is_alphanumeric);
        let spans = if found.elided { Vec::new() } else { found.spans };
        if let Some(span) = spans.iter().rfind(|span| is_last(span)) {
            return Body { span: moved(*span), holds: Holds::Same };
        }
        if let Some(span) = spans.first() {
            return Body { span: moved(*span), holds: Holds::More };
        }
        let from = text.find(": ").map_or(0, |at| at + 2);
        Body { span: Span::new(from, text.len()).map_or(block, moved), holds: Holds::Other }
    }
}

/// Cuts a text before each line that begins with a number in brackets.
fn blocks(text: &str, last: usize) -> Vec<Block> {
    let mut starts: Vec<(usize, usize, usize)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if let Some((n, length)) = number(line).filter(|(n, _)| (1..=last).contains(n)) {
            starts.push((at, at + length, n));
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]);
    let cut = |((_, from, n), end): (&(usize, usize, usize), usize)| {
        let stretch = text.get(*from..end)?;
        let start = from + (stretch.len() - stretch.trim_start().len());
        Some(Block { n: *n, span: Span::new(start, from + stretch.trim_end().len())? })
    };
    starts.iter().zip(ends).filter_map(cut).collect()
}

/// `[12]` at the start of a line, and its length.
fn number(line: &str) -> Option<(usize, usize)> {
    let inner = line.trim_start().strip_prefix('[')?;
    let (digits, rest) = inner.split_once(']')?;
    Some((digits.trim().parse().ok()?, line.len() - rest.len()))
}
