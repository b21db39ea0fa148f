//! How a shard's text is laid out, without its words: units, words and line breaks by their places.

use super::kept::OfShard;
use super::texts::Shard;
use crate::document::Segment;
use crate::text::words;
use serde::{Deserialize, Serialize};

/// The units of a shard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Laid {
    /// Each unit is a row, and so a text of its own.
    pub is_table: bool,
    pub units: Vec<LaidUnit>,
}

/// A unit by its places, in bytes of the shard.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LaidUnit {
    pub start: u32,
    pub end: u32,
    /// From the first letter of speech to the last.
    pub speech: (u32, u32),
    /// Seconds.
    pub time: Option<f64>,
    /// Index into the document's studies.
    pub study: Option<u32>,
    /// Index into its speakers.
    pub speaker: Option<u32>,
}

/// The words of speech of a shard, and its line breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    length: u32,
    /// Ascending.
    breaks: Vec<u32>,
    /// By unit, each as the step to it from the end of the one before, and its length.
    words: Vec<Vec<(u32, u32)>>,
    /// Where speech goes on after something that is none: unit, and number of the word there. Ascending.
    seams: Vec<(u32, u32)>,
}

fn ordinal(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl OfShard for Laid {
    const NAME: &'static str = "units.2";

    fn of(shard: &Shard) -> Self {
        let unit = |unit: &crate::document::Unit| {
            let speech = unit.speech_span();
            LaidUnit {
                start: ordinal(unit.span.start()),
                end: ordinal(unit.span.end()),
                speech: (ordinal(speech.start()), ordinal(speech.end())),
                time: unit.time,
                study: unit.study.map(ordinal),
                speaker: unit.speaker.map(ordinal),
            }
        };
        Laid { is_table: shard.is_table(), units: shard.units.iter().map(unit).collect() }
    }
}

impl OfShard for Spoken {
    const NAME: &'static str = "words.2";

    fn of(shard: &Shard) -> Self {
        let of_unit = |unit: &crate::document::Unit| {
            let segments = unit.speech.iter();
            let words = segments.flat_map(|segment| {
                let words = words::words(segment.span.of(&shard.text).unwrap_or_default());
                words.map(|(word, _)| (segment.span.start() + word.start(), segment.span.start() + word.end()))
            });
            let mut last = 0;
            let step = |(start, end)| {
                let (start, end) = (ordinal(start), ordinal(end));
                // Where segments do not stand in order the step goes once round.
                (start.wrapping_sub(std::mem::replace(&mut last, end)), end - start)
            };
            words.map(step).collect()
        };
        let seams_of = |(at, unit): (usize, &crate::document::Unit)| {
            let count = |segment: &Segment| words::words(segment.span.of(&shard.text).unwrap_or_default()).count();
            let others = unit.speech.split_last().map_or(&[][..], |(_, others)| others).iter();
            let behind = others.scan(0, move |words, segment| {
                *words += count(segment);
                Some((ordinal(at), ordinal(*words)))
            });
            behind.collect::<Vec<_>>()
        };
        let breaks = memchr::memchr_iter(b'\n', shard.text.as_bytes()).map(ordinal);
        Spoken {
            length: ordinal(shard.text.len()),
            breaks: breaks.collect(),
            words: shard.units.iter().map(of_unit).collect(),
            seams: shard.units.iter().enumerate().flat_map(seams_of).collect(),
        }
    }
}

impl Spoken {
    /// The words of some units, numbered in the shard from 0, by their places counted from `base`; ascending.
    pub fn words(&self, units: std::ops::Range<usize>, base: u32) -> Vec<(u32, u32)> {
        let units = self.words.get(units).unwrap_or_default();
        let mut all = Vec::with_capacity(units.iter().map(Vec::len).sum());
        for unit in units {
            let mut last = 0_u32;
            for (step, length) in unit {
                let start = last.wrapping_add(*step);
                last = start + length;
                all.push((start - base, last - base));
            }
        }
        all
    }

    /// Whether something that is no speech stands before a word of a unit, both numbered from 0.
    pub fn is_interrupted(&self, unit: u32, word: u32) -> bool {
        self.seams.binary_search(&(unit, word)).is_ok()
    }

    /// The stretch without a line break that holds a place, no further back than `base`: places in the shard.
    pub fn paragraph(&self, place: u32, base: u32) -> (u32, u32) {
        let next = self.breaks.partition_point(|at| *at < place);
        let start = next.checked_sub(1).map_or(0, |before| self.breaks[before] + 1);
        (start.max(base), self.breaks.get(next).copied().unwrap_or(self.length))
    }
}
