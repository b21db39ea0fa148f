//! Sums over units, whole or resampled, from which every coefficient follows.
//!
//! Units whose values agree in number and category (with two coders: also in who gave which) are of
//! one kind; what one unit of a kind adds is worked out once.

use super::{Categories, Ratings, Weights};
use std::collections::HashMap;

/// What units of one kind hold, and what each adds to the sums.
#[derive(Debug, Clone)]
pub struct Kind {
    /// How many units there are of it.
    pub units: u32,
    /// Category and how many coders chose it, by category.
    counts: Vec<(usize, f64)>,
    /// Values in all.
    values: f64,
    /// The first coder's category and the second's, where two coders both coded it.
    pair: Option<(usize, usize)>,
    /// Share of ordered pairs of values that are the same.
    agreeing: f64,
    /// The same, near misses counting in part.
    agreeing_weighted: f64,
    /// `Σ δ² / (values - 1)` over ordered pairs of values: nominal, interval, ratio.
    apart: [f64; 3],
}

/// Sums over units.
#[derive(Debug)]
pub struct Tally<'k> {
    kinds: &'k [Kind],
    counts: &'k [u32],
    /// Units with at least one value.
    pub coded: f64,
    /// Units with at least two.
    pub pairable: f64,
    /// How often each category stands in pairable units.
    pub values: Vec<f64>,
    /// Sum over coded units of the share of its values in each category.
    pub shares: Vec<f64>,
    pub agreeing: f64,
    pub agreeing_weighted: f64,
    pub apart: [f64; 3],
    /// Units that the two coders of two both coded, and each one's use of the categories on them.
    pub both: f64,
    pub first: Vec<f64>,
    pub second: Vec<f64>,
}

/// Where `apart` holds which difference.
pub const NOMINAL: usize = 0;
pub const INTERVAL: usize = 1;
pub const RATIO: usize = 2;

/// The difference on a ratio scale, squared; two zeros do not differ.
pub fn ratio(a: f64, b: f64) -> f64 {
    if a + b == 0.0 { 0.0 } else { ((a - b) / (a + b)).powi(2) }
}

impl Kind {
    /// The kinds of all units, and the kind of each unit.
    pub fn all(ratings: &Ratings, weights: Weights) -> (Vec<Kind>, Vec<u32>) {
        let two = ratings.coders().len() == 2;
        let positions = ratings.categories().positions();
        let mut known: HashMap<Vec<(u32, u32)>, u32> = HashMap::new();
        let mut kinds: Vec<Kind> = Vec::new();
        let mut of_unit = Vec::with_capacity(ratings.units().len());
        let mut key = Vec::new();
        for unit in 0..ratings.units().len() {
            key.clear();
            key.extend_from_slice(ratings.values(unit));
            if !two {
                for (coder, _) in &mut key {
                    *coder = 0;
                }
                key.sort_unstable();
            }
            let kind = known.get(&key).copied().unwrap_or_else(|| {
                let number = u32::try_from(kinds.len()).unwrap_or(u32::MAX);
                kinds.push(Kind::of(&key, two, ratings.categories(), positions.as_deref(), weights));
                known.insert(key.clone(), number);
                number
            });
            kinds[kind as usize].units += 1;
            of_unit.push(kind);
        }
        (kinds, of_unit)
    }

    fn of(
        values: &[(u32, u32)],
        two: bool,
        categories: &Categories,
        positions: Option<&[f64]>,
        weights: Weights,
    ) -> Kind {
        let mut chosen: Vec<usize> = values.iter().map(|(_, category)| *category as usize).collect();
        let pair = (two && chosen.len() == 2).then(|| (chosen[0], chosen[1]));
        chosen.sort_unstable();
        let counts: Vec<(usize, f64)> =
            chosen.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as f64)).collect();
        let n = chosen.len() as f64;
        let mut kind = Kind {
            units: 0,
            values: n,
            pair,
            agreeing: counts.iter().map(|(_, r)| r * (r - 1.0)).sum::<f64>() / (n * (n - 1.0)),
            agreeing_weighted: 0.0,
            apart: [0.0; 3],
            counts,
        };
        if chosen.len() < 2 {
            kind.agreeing = 0.0;
            return kind;
        }
        let scores = categories.scores();
        for (a, times_a) in &kind.counts {
            for (b, times_b) in &kind.counts {
                let pairs = times_a * if a == b { times_b - 1.0 } else { *times_b };
                if let Some(positions) = positions {
                    kind.agreeing_weighted += pairs * weights.between(positions, *a, *b) / (n * (n - 1.0));
                }
                if a != b {
                    kind.apart[NOMINAL] += pairs / (n - 1.0);
                    if let Some(scores) = scores {
                        kind.apart[INTERVAL] += pairs * (scores[*a] - scores[*b]).powi(2) / (n - 1.0);
                        kind.apart[RATIO] += pairs * ratio(scores[*a], scores[*b]) / (n - 1.0);
                    }
                }
            }
        }
        kind
    }
}

impl<'k> Tally<'k> {
    /// Sums over `counts[k]` units of each kind `k`.
    pub fn of(kinds: &'k [Kind], counts: &'k [u32], ratings: &Ratings) -> Self {
        let none = vec![0.0; ratings.categories().len()];
        let mut tally = Tally {
            kinds,
            counts,
            coded: 0.0,
            pairable: 0.0,
            values: none.clone(),
            shares: none.clone(),
            agreeing: 0.0,
            agreeing_weighted: 0.0,
            apart: [0.0; 3],
            both: 0.0,
            first: none.clone(),
            second: none,
        };
        for (kind, units) in tally.kinds() {
            tally.add(kind, units);
        }
        tally
    }

    fn kinds(&self) -> impl Iterator<Item = (&'k Kind, f64)> + use<'k> {
        self.kinds
            .iter()
            .zip(self.counts)
            .filter(|(_, units)| **units > 0)
            .map(|(kind, units)| (kind, f64::from(*units)))
    }

    fn add(&mut self, kind: &Kind, units: f64) {
        if kind.values == 0.0 {
            return;
        }
        self.coded += units;
        for (category, times) in &kind.counts {
            self.shares[*category] += units * times / kind.values;
        }
        if kind.values < 2.0 {
            return;
        }
        self.pairable += units;
        self.agreeing += units * kind.agreeing;
        self.agreeing_weighted += units * kind.agreeing_weighted;
        for (category, times) in &kind.counts {
            self.values[*category] += units * times;
        }
        for (sum, apart) in self.apart.iter_mut().zip(kind.apart) {
            *sum += units * apart;
        }
        if let Some((first, second)) = kind.pair {
            self.both += units;
            self.first[first] += units;
            self.second[second] += units;
        }
    }

    /// Sum of the differences on an ordinal scale, where a category lies at the middle rank of its values.
    pub fn apart_in_rank(&self, ranks: &[f64]) -> f64 {
        self.kinds()
            .filter(|(kind, _)| kind.counts.len() > 1)
            .map(|(kind, units)| {
                let origin = ranks[kind.counts[0].0];
                let (mut sum, mut squares) = (0.0, 0.0);
                for (category, times) in &kind.counts {
                    let rank = ranks[*category] - origin;
                    sum += times * rank;
                    squares += times * rank * rank;
                }
                units * 2.0 * (kind.values * squares - sum * sum) / (kind.values - 1.0)
            })
            .sum()
    }

    /// Share of the units both of two coders coded on which `weight` says how far they agree.
    pub fn agreeing_of_two(&self, weight: impl Fn(usize, usize) -> f64) -> f64 {
        let sum: f64 = self.kinds().filter_map(|(kind, units)| kind.pair.map(|(a, b)| units * weight(a, b))).sum();
        sum / self.both
    }
}
