//! Carrying a place in a former text over to the corrected one: *exact*, *near*, or not at all.
//!
//! A piece is a word of UAX 29 or another sign; spaces, capitals and the shapes of quotation marks, dashes
//! and dots do not tell pieces apart ([`super::quote`]). The whole texts are aligned piece by piece
//! ([`super::align`]), so that a piece of the new text stands for at most one of the former. Where it is
//! known who says what, a speaker's words are first set against the same speaker's; only what is left then
//! may have gone to another.
//!
//! - **Exact**: all pieces, one for one, and said by the same speakers. It is the place that the alignment gives; else the only such
//!   place that does not stand for the same words elsewhere; of several, the one whose surroundings agree
//!   most, if it is one.
//! - **Near**: pieces that the alignment gives, in the same order, together with what stands between
//!   them; at least three quarters of the words on both sides agree: `2 · agreeing ≥ ¾ · (former + new)`.
//! - Everything else is an orphan: it is left to a person.

use super::Span;
use super::align::Alignment;
use super::quote::Folded;
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// How sure a carried place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The same words.
    Exact,
    /// Words that differ a little.
    Near,
}

/// Pieces of surroundings compared on either side.
const AROUND: usize = 32;

/// A text cut into pieces.
#[derive(Debug)]
struct Pieces {
    /// Equal where the words and the speaker are.
    numbers: Vec<u32>,
    /// Equal where the words are.
    words: Vec<u32>,
    spans: Vec<Span>,
}

/// Who says each stretch of a text: stretches in order, apart from each other; what stands between them, and
/// what is given to `None`, is nobody's.
pub type Voices = [(Span, Option<usize>)];

/// Two texts set against each other, for many places.
#[derive(Debug)]
pub struct Carrier<'t> {
    texts: (&'t str, &'t str),
    old: Pieces,
    new: Pieces,
    alignment: Alignment,
    /// Whether a piece, by number, is a word.
    is_word: Vec<bool>,
    /// Where a piece, by number, stands in the former and in the new text.
    places: Vec<Places>,
}

/// Places in the former and in the new text.
type Places = (Vec<u32>, Vec<u32>);

impl<'t> Carrier<'t> {
    /// Reads both texts once; each is to be smaller than 4 GiB.
    pub fn new(old: &'t str, new: &'t str) -> Self {
        Self::spoken((old, &[]), (new, &[]))
    }

    /// The same for two conversations; a number stands for the same speaker in both.
    pub fn spoken((old, old_voices): (&'t str, &Voices), (new, new_voices): (&'t str, &Voices)) -> Self {
        let folded = (Folded::of(old), Folded::of(new));
        let mut known = Known::default();
        let mut is_word = Vec::new();
        let pieces = (
            cut(&folded.0, old_voices, &mut known, &mut is_word),
            cut(&folded.1, new_voices, &mut known, &mut is_word),
        );
        let mut alignment = Alignment::of(&pieces.0.numbers, &pieces.1.numbers);
        if !(old_voices.is_empty() && new_voices.is_empty()) {
            alignment.drop_lone(|at| !is_word[pieces.0.numbers[at] as usize]);
            alignment.go_on(&pieces.0.words, &pieces.1.words);
        }
        let mut places = vec![(Vec::new(), Vec::new()); is_word.len()];
        for (at, number) in (0..).zip(&pieces.0.numbers) {
            places[*number as usize].0.push(at);
        }
        for (at, number) in (0..).zip(&pieces.1.numbers) {
            places[*number as usize].1.push(at);
        }
        Carrier { texts: (old, new), old: pieces.0, new: pieces.1, alignment, is_word, places }
    }

    /// Where the spans of one passage, in order, stand in the new text: all of them or `None`; as sure as
    /// the least sure of them.
    pub fn carry_all(&self, spans: &[Span]) -> Option<(Vec<Span>, Sureness)> {
        let carried = spans.iter().map(|span| self.carry(*span)).collect::<Option<Vec<(Span, Sureness)>>>()?;
        let sureness = carried.iter().map(|(_, sureness)| *sureness).max()?;
        let spans: Vec<Span> = carried.into_iter().map(|(span, _)| span).collect();
        let in_order = spans.windows(2).all(|pair| pair[0].end() <= pair[1].start());
        in_order.then_some((spans, sureness))
    }

    /// Stretches that are the same in both texts, byte for byte: former start, start now and length, in the former
    /// order. `fits` says of two equal pieces whether one may stand for the other.
    pub fn same(&self, fits: impl Fn(Span, Span) -> bool) -> Vec<[usize; 3]> {
        let bytes = |old: Span, new: Span| old.of(self.texts.0) == new.of(self.texts.1);
        let mut same: Vec<[usize; 3]> = Vec::new();
        let mut last: Option<(usize, usize)> = None;
        for (at, place) in self.alignment.to.iter().enumerate() {
            let Some(place) = *place else { continue };
            let (old, new) = (self.old.spans[at], self.new.spans[place]);
            if !bytes(old, new) || !fits(old, new) {
                continue;
            }
            let follows = last.is_some_and(|(before, stood)| (before + 1, stood + 1) == (at, place));
            match same.last_mut().filter(|_| follows) {
                Some([from, to, length])
                    if self.texts.0.get(*from + *length..old.start())
                        == self.texts.1.get(*to + *length..new.start()) =>
                {
                    *length = old.end() - *from;
                }
                _ => same.push([old.start(), new.start(), old.len()]),
            }
            last = Some((at, place));
        }
        same
    }

    /// Where the words at `span` of the former text stand in the new one.
    pub fn carry(&self, span: Span) -> Option<(Span, Sureness)> {
        let from = self.old.spans.partition_point(|piece| piece.end() <= span.start());
        let to = self.old.spans.partition_point(|piece| piece.start() < span.end());
        let length = to.checked_sub(from).filter(|length| *length > 0)?;
        if let Some(place) = self.exact(from, length) {
            return Some(self.trimmed(span, from, place, length));
        }
        if let Some(place) = self.alignment.whole(from, length) {
            return Some((self.trimmed(span, from, place, length).0, Sureness::Near));
        }
        let (first, last) = self.near(from, length)?;
        Some((self.new.spans[first].join(self.new.spans[last]), Sureness::Near))
    }

    fn exact(&self, from: usize, length: usize) -> Option<usize> {
        let wanted = &self.old.numbers[from..from + length];
        let given = self.alignment.whole(from, length);
        if let Some(place) = given.filter(|place| &self.new.numbers[*place..place + length] == wanted) {
            return Some(place);
        }
        let mut free = self.all(wanted, |places| &places.1, &self.new.numbers);
        free.retain(|place| self.alignment.whole_back(*place, length).is_none());
        let mut rivals = self.all(wanted, |places| &places.0, &self.old.numbers);
        rivals.retain(|place| *place != from && self.alignment.whole(*place, length).is_none());
        if let ([only], []) = (free.as_slice(), rivals.as_slice()) {
            return Some(*only);
        }
        let most = free.iter().map(|place| self.around(from, *place, length)).max().filter(|most| *most > 0)?;
        let mut best = free.iter().filter(|place| self.around(from, **place, length) == most);
        let place = *best.next().filter(|_| best.next().is_none())?;
        rivals.iter().all(|rival| self.around(*rival, place, length) < most).then_some(place)
    }

    /// All places of some pieces in one of the texts.
    fn all(&self, wanted: &[u32], side: fn(&Places) -> &Vec<u32>, text: &[u32]) -> Vec<usize> {
        let places = |number: &u32| side(&self.places[*number as usize]);
        let Some((back, rarest)) = wanted.iter().enumerate().min_by_key(|(_, number)| places(number).len()) else {
            return Vec::new();
        };
        let starts = places(rarest).iter().filter_map(|at| (*at as usize).checked_sub(back));
        starts.filter(|start| text.get(*start..start + wanted.len()) == Some(wanted)).collect()
    }

    /// Pieces before and after that agree without a break.
    fn around(&self, old: usize, new: usize, length: usize) -> usize {
        let before = self.old.numbers[..old].iter().rev().zip(self.new.numbers[..new].iter().rev());
        let after = self.old.numbers[old + length..].iter().zip(&self.new.numbers[new + length..]);
        let agree = |pair: &(&u32, &u32)| pair.0 == pair.1;
        before.take(AROUND).take_while(agree).count() + after.take(AROUND).take_while(agree).count()
    }

    /// First and last piece of the near place.
    fn near(&self, from: usize, length: usize) -> Option<(usize, usize)> {
        let partners: Vec<(usize, usize)> =
            (from..from + length).filter_map(|at| Some((at, self.alignment.to[at]?))).collect();
        // Two thirds more words than there were is the most that the bound allows.
        let most = length * 2 / 3 + 1;
        let goes_on = |(old, new): (usize, usize), (next_old, next_new): (usize, usize)| {
            next_new > new && next_new - new <= next_old - old + most
        };
        let together = partners.chunk_by(|one, next| goes_on(*one, *next));
        let chain = together.reduce(|best, chain| if chain.len() > best.len() { chain } else { best })?;
        let (first, last) = (*chain.first()?, *chain.last()?);
        let start = first.1 - self.replaced_before(first, from);
        let end = last.1 + self.replaced_after(last, from + length - 1);
        let is_word = |number: &u32| self.is_word[*number as usize];
        let words = |numbers: &[u32]| numbers.iter().filter(|number| is_word(number)).count();
        let former = words(&self.old.numbers[from..from + length]);
        let later = words(&self.new.numbers[start..=end]);
        let agreeing = chain.iter().filter(|(at, _)| is_word(&self.old.numbers[*at])).count();
        (agreeing > 0 && 8 * agreeing >= 3 * (former + later)).then_some((start, end))
    }

    /// Pieces before the first partner that take the place of pieces of the passage.
    fn replaced_before(&self, (old, new): (usize, usize), from: usize) -> usize {
        let gap_old = self.alignment.to[..old].iter().rev().take_while(|partner| partner.is_none()).count();
        let alone = self.alignment.from[..new].iter().rev().take_while(|partner| partner.is_none()).count();
        let line = (0..alone).take_while(|step| !self.breaks(new - step - 1)).count();
        if alone <= gap_old { line.min(old - from) } else { 0 }
    }

    /// The same after the last one.
    fn replaced_after(&self, (old, new): (usize, usize), last: usize) -> usize {
        let gap_old = self.alignment.to[old + 1..].iter().take_while(|partner| partner.is_none()).count();
        let alone = self.alignment.from[new + 1..].iter().take_while(|partner| partner.is_none()).count();
        let line = (0..alone).take_while(|step| !self.breaks(new + step)).count();
        if alone <= gap_old { line.min(last - old) } else { 0 }
    }

    /// A line ends between a piece of the new text and the next.
    fn breaks(&self, at: usize) -> bool {
        let (one, next) = (self.new.spans[at], self.new.spans[at + 1]);
        self.texts.1.get(one.end()..next.start()).is_some_and(|between| between.contains('\n'))
    }

    /// A passage may begin or end within a word: so it does in the new text, where the word is letter for
    /// letter the same. Else it takes in the whole word, and is near.
    fn trimmed(&self, span: Span, from: usize, place: usize, length: usize) -> (Span, Sureness) {
        let (first, last) = (from + length - 1, place + length - 1);
        let (old_start, old_end) = (self.old.spans[from], self.old.spans[first]);
        let (new_start, new_end) = (self.new.spans[place], self.new.spans[last]);
        let cut = (span.start().saturating_sub(old_start.start()), old_end.end().saturating_sub(span.end()));
        let same = |old: Span, new: Span| old.of(self.texts.0) == new.of(self.texts.1);
        let whole = new_start.join(new_end);
        if cut == (0, 0) {
            return (whole, Sureness::Exact);
        }
        let holds = (cut.0 == 0 || same(old_start, new_start)) && (cut.1 == 0 || same(old_end, new_end));
        match Span::new(whole.start() + cut.0, whole.end() - cut.1).filter(|_| holds) {
            Some(span) => (span, Sureness::Exact),
            None => (whole, Sureness::Near),
        }
    }
}

/// Numbers given so far: to a piece, and to a piece as one speaker says it.
#[derive(Default)]
struct Known<'f> {
    words: HashMap<&'f str, u32>,
    said: HashMap<(u32, Option<usize>), u32>,
}

/// Cuts a text; equal pieces of all texts get the same numbers.
fn cut<'f>(folded: &'f Folded, voices: &Voices, known: &mut Known<'f>, is_word: &mut Vec<bool>) -> Pieces {
    let mut pieces = Pieces { numbers: Vec::new(), words: Vec::new(), spans: Vec::new() };
    let mut voices = voices.iter().peekable();
    for (at, piece) in folded.letters().split_word_bound_indices() {
        if piece.trim().is_empty() {
            continue;
        }
        let Some(span) = folded.origin(at, at + piece.len()) else { continue };
        while voices.next_if(|(voice, _)| voice.end() <= span.start()).is_some() {}
        let voice = voices.peek().filter(|(voice, _)| voice.start() <= span.start()).and_then(|(_, who)| *who);
        let next = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let fresh = next(known.words.len());
        let word = *known.words.entry(piece).or_insert(fresh);
        let fresh = next(is_word.len());
        let number = *known.said.entry((word, voice)).or_insert(fresh);
        if number == fresh {
            is_word.push(piece.chars().any(char::is_alphanumeric));
        }
        pieces.numbers.push(number);
        pieces.words.push(word);
        pieces.spans.push(span);
    }
    pieces
}

#[cfg(test)]
mod tests;
