//! Agreement on configurations: did two coders read the same context, mechanism and outcome into one passage?
//!
//! At each place the statements of two coders are matched so that the sum of their similarities is the largest there
//! can be (`matching`), and each pair is compared slot by slot (`slots`). Similarity of two sets of words `A` and
//! `B` is Dice's `2 |A ∩ B| / (|A| + |B|)`; of two statements it is the mean over the slots that either names, 0 where
//! only one does.
//!
//! **Slots.** Intervention, strategy, actor, context and outcome; resource and reasoning where neither statement has an
//! unsplit mechanism, else one slot, mechanism, of the words of all three. Several parts of one kind are one set of words.
//! A statement without parts has no slots: two statements of which one has none are as similar as all their words.
//!
//! Whether a slot is named is chance-corrected over the pairs (Gwet's AC1, Krippendorff's nominal alpha); intervals are
//! bootstrapped over places. No published coefficient does this; the definition is ours. Worked, two coders at two
//! places: see `tests/it/stats/configurations.rs`.

mod matching;
mod slots;
mod summary;

pub use slots::{Compared, Slot, Verdict};
pub use summary::{Mean, OfSlot, Summary, summarise};

use crate::hypothesis::PartKind;
use std::collections::{BTreeMap, BTreeSet};

/// Words of a part or a statement: what of them is compared, such as stems.
pub type Words = BTreeSet<String>;

/// A coder's statement at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub place: String,
    pub coder: String,
    /// What it is called.
    pub name: String,
    pub parts: BTreeMap<PartKind, Words>,
    /// The words of everything it says.
    pub whole: Words,
}

/// Where to draw lines, both in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lines {
    /// A slot that both name is alike from this similarity.
    pub alike: f64,
    /// Statements less similar than this are no pair.
    pub least: f64,
}

impl Default for Lines {
    fn default() -> Self {
        Lines { alike: 0.5, least: 0.1 }
    }
}

/// Two statements that were matched, by their places in the list of readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The first coder by tag, and the other.
    pub readings: (usize, usize),
    pub similarity: f64,
    /// Empty where one of them has no parts.
    pub slots: Vec<Compared>,
}

/// A statement for which another coder has none at the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unmatched {
    pub reading: usize,
    /// A reading of the coder it was compared with, there.
    pub against: usize,
}

/// What came of comparing every two coders at every place where both have statements.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Places at which two coders have statements, in the order in which they first came.
    pub places: Vec<String>,
    pub coders: Vec<String>,
    /// By place and coders.
    pub pairs: Vec<Pair>,
    pub unmatched: Vec<Unmatched>,
    /// Statements at places where nobody else has any.
    pub alone: Vec<usize>,
}

/// Compares the readings of every two coders, place by place.
pub fn compare(readings: &[Reading], lines: Lines) -> Comparison {
    let mut order: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_place: Vec<(&str, BTreeMap<&str, Vec<usize>>)> = Vec::new();
    for (at, reading) in readings.iter().enumerate() {
        let place = *order.entry(&reading.place).or_insert(by_place.len());
        if place == by_place.len() {
            by_place.push((&reading.place, BTreeMap::new()));
        }
        by_place[place].1.entry(&reading.coder).or_default().push(at);
    }
    let mut found = Comparison {
        places: Vec::new(),
        coders: Vec::new(),
        pairs: Vec::new(),
        unmatched: Vec::new(),
        alone: Vec::new(),
    };
    let mut coders: BTreeSet<&str> = BTreeSet::new();
    for (place, by_coder) in by_place {
        if by_coder.len() < 2 {
            found.alone.extend(by_coder.into_values().flatten());
            continue;
        }
        found.places.push(place.to_owned());
        coders.extend(by_coder.keys());
        let ours: Vec<&Vec<usize>> = by_coder.values().collect();
        for (at, one) in ours.iter().enumerate() {
            for other in &ours[at + 1..] {
                found.add(readings, one, other, lines);
            }
        }
    }
    found.alone.sort_unstable();
    found.coders = coders.into_iter().map(str::to_owned).collect();
    found
}

impl Comparison {
    /// The statements of two coders at one place; neither list is empty.
    fn add(&mut self, readings: &[Reading], one: &[usize], other: &[usize], lines: Lines) {
        let similarity = |row: usize, column: usize| {
            let similarity = slots::similarity(&readings[one[row]], &readings[other[column]]);
            if similarity < lines.least { 0.0 } else { similarity }
        };
        let matched = matching::best(one.len(), other.len(), similarity);
        for (row, column) in &matched {
            let (first, second) = (one[*row], other[*column]);
            self.pairs.push(Pair {
                readings: (first, second),
                similarity: slots::similarity(&readings[first], &readings[second]),
                slots: slots::compared(&readings[first], &readings[second], lines.alike),
            });
        }
        let rows: BTreeSet<usize> = matched.iter().map(|(row, _)| *row).collect();
        let columns: BTreeSet<usize> = matched.iter().map(|(_, column)| *column).collect();
        let left = |of: &[usize], against: &[usize], held: &BTreeSet<usize>| {
            let left = of.iter().enumerate().filter(|(at, _)| !held.contains(at));
            left.map(|(_, reading)| Unmatched { reading: *reading, against: against[0] }).collect::<Vec<_>>()
        };
        self.unmatched.extend(left(one, other, &rows));
        self.unmatched.extend(left(other, one, &columns));
    }
}

#[cfg(test)]
mod tests;
