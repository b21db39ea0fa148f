//! Where coders differ on spans: the stretches of a text that some marked with a value and others did not.

use super::spans_over::Text;
use std::collections::BTreeSet;

/// A stretch on which coders differ, with the values of each; half-open, in the units of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Differing {
    pub start: f64,
    pub end: f64,
    /// By coder, in the order of the text's coders: places of the values that they put there, none where they marked nothing.
    pub values: Vec<BTreeSet<usize>>,
}

impl Differing {
    pub fn length(&self) -> f64 {
        self.end - self.start
    }
}

/// Cut where any coder begins or ends a span; neighbours on which everybody says the same as before are one stretch. Ascending.
///
/// Worked: length 100, one coder C[0,10) and M[20,30), the other C[2,12): they differ on [0,2), [10,12) and [20,30), and agree on [2,10).
pub fn differing(text: &Text) -> Vec<Differing> {
    let continuum = &text.continuum;
    let mut cuts: Vec<f64> = continuum.units.iter().flat_map(|unit| [unit.start, unit.end]).collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    // By cut, which units begin and which end there.
    let mut changes: Vec<(f64, usize, bool)> = Vec::with_capacity(2 * continuum.units.len());
    for (at, unit) in continuum.units.iter().enumerate() {
        changes.extend([(unit.start, at, true), (unit.end, at, false)]);
    }
    changes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut open, mut next) = (BTreeSet::new(), 0);
    let mut found: Vec<Differing> = Vec::new();
    for pair in cuts.windows(2) {
        let (start, end) = (pair[0], pair[1]);
        while let Some((at, unit, begins)) = changes.get(next).filter(|change| change.0 <= start) {
            debug_assert!(*at <= start);
            if *begins {
                open.insert(*unit)
            } else {
                open.remove(unit)
            };
            next += 1;
        }
        let mut values = vec![BTreeSet::new(); continuum.coders];
        for unit in &open {
            let unit = &continuum.units[*unit];
            values[unit.coder].insert(unit.value);
        }
        if values.windows(2).all(|two| two[0] == two[1]) {
            continue;
        }
        match found.last_mut().filter(|last| last.end.total_cmp(&start).is_eq() && last.values == values) {
            Some(last) => last.end = end,
            None => found.push(Differing { start, end, values }),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::spans::{Continuum, Unit};
    use rand::{RngExt, SeedableRng};
    use rand_chacha::ChaCha8Rng;

    fn text(coders: usize, units: Vec<Unit>) -> Text {
        let continuum = Continuum { start: 0.0, length: 100.0, coders, values: 3, units };
        Text { name: String::new(), coders: (0..coders).map(|coder| coder.to_string()).collect(), continuum }
    }

    fn unit(coder: usize, start: u32, end: u32, value: usize) -> Unit {
        Unit { coder, start: start.into(), end: end.into(), value }
    }

    #[test]
    fn the_worked_number() {
        let text = text(2, vec![unit(0, 0, 10, 0), unit(0, 20, 30, 1), unit(1, 2, 12, 0)]);
        let found: Vec<(f64, f64)> = differing(&text).iter().map(|one| (one.start, one.end)).collect();
        assert_eq!(found, [(0.0, 2.0), (10.0, 12.0), (20.0, 30.0)]);
    }

    /// Letter by letter: values that overlap and touch included.
    #[test]
    fn they_are_the_letters_on_which_coders_differ() {
        let mut chance = ChaCha8Rng::seed_from_u64(3);
        let mut told = 0;
        for _ in 0..200 {
            let coders = chance.random_range(1..4);
            let units = (0..chance.random_range(0..12)).map(|_| {
                let start = chance.random_range(0..95);
                unit(
                    chance.random_range(0..coders),
                    start,
                    start + chance.random_range(1..6),
                    chance.random_range(0..3),
                )
            });
            let text = text(coders, units.collect());
            let found = differing(&text);
            assert!(found.windows(2).all(|two| two[0].end <= two[1].start));
            for at in 0..100 {
                let middle = f64::from(at) + 0.5;
                let of = |coder: usize| -> BTreeSet<usize> {
                    let units = text.continuum.units.iter().filter(|unit| unit.coder == coder);
                    units.filter(|unit| unit.start < middle && middle < unit.end).map(|unit| unit.value).collect()
                };
                let values: Vec<BTreeSet<usize>> = (0..coders).map(of).collect();
                let differ = values.iter().any(|one| *one != values[0]);
                let held = found.iter().find(|one| one.start < middle && middle < one.end);
                assert_eq!(held.map(|one| &one.values), differ.then_some(&values));
                told += usize::from(differ);
            }
        }
        assert!(told > 1_000, "{told}");
    }
}
