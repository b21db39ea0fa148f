//! Percentile bootstrap over units.
//!
//! Units (items, passages, documents) are drawn with replacement and the statistic is computed anew.
//! Where there are so few units that every resample can be visited, all of them are, and no chance is
//! left. A resample in which the statistic does not exist is dropped and counted.
//!
//! Units that look alike to the statistic are of one *kind*: a resample is how many units of each kind
//! it holds, so that 100,000 units cost no more than their kinds do.

use super::chance::{self, Draws};
use rand::distr::{Distribution, Uniform};
use serde::Serialize;

/// All resamples are visited where there are no more than this: up to seven units.
const ENUMERATED: f64 = 1e6;

/// The interval of one statistic: the 2.5 % and 97.5 % quantiles of its resampled values, read by the
/// inverse of the distribution function (the smallest value with at least that share at or below it).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
    pub median: f64,
    pub mean: f64,
    /// Resamples made, or all there are.
    pub resamples: f64,
    /// Resamples in which the statistic did not exist.
    pub dropped: f64,
    /// Every resample was visited.
    pub exact: bool,
}

/// Units by kind, as a resample sees them.
#[derive(Debug, Clone)]
pub struct Kinds<'k> {
    /// The kind of each unit.
    pub of_unit: &'k [u32],
    /// How many kinds there are.
    pub number: usize,
}

/// Intervals of several statistics at once. `statistics` gets how many units of each kind a resample
/// holds and answers every statistic, `None` where it does not exist; `None` in the result where it
/// existed in no resample, or there are no units.
///
/// Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. Worked: two coders on five
/// units CC CM MM OO MM, Krippendorff's alpha: of 3,125 resamples 34 have no alpha; over the others the
/// interval is -.125 to 1, the median .689655.
pub fn intervals(
    kinds: &Kinds,
    draws: Draws,
    statistics: impl Fn(&[u32]) -> Vec<Option<f64>> + Sync,
) -> Vec<Option<Interval>> {
    let units = kinds.of_unit.len();
    let all = (units as f64).powi(i32::try_from(units).unwrap_or(i32::MAX));
    let exact = all <= ENUMERATED;
    let resampled: Vec<(f64, Vec<Option<f64>>)> = if units == 0 {
        Vec::new()
    } else if exact {
        enumerate(kinds, &statistics)
    } else {
        sample(kinds, draws, &statistics)
    };
    let width = resampled.first().map_or(0, |(_, values)| values.len());
    (0..width)
        .map(|at| {
            let mut values: Vec<(f64, f64)> =
                resampled.iter().filter_map(|(weight, values)| Some((values[at]?, *weight))).collect();
            values.sort_by(|a, b| a.0.total_cmp(&b.0));
            let kept: f64 = values.iter().map(|(_, weight)| weight).sum();
            let resamples: f64 = resampled.iter().map(|(weight, _)| weight).sum();
            Some(Interval {
                low: quantile(&values, 0.025 * kept)?,
                high: quantile(&values, 0.975 * kept)?,
                median: quantile(&values, 0.5 * kept)?,
                mean: values.iter().map(|(value, weight)| value * weight).sum::<f64>() / kept,
                resamples,
                dropped: resamples - kept,
                exact,
            })
        })
        .collect()
}

/// The first value at which the weights add up to `wanted`.
fn quantile(sorted: &[(f64, f64)], wanted: f64) -> Option<f64> {
    let mut sum = 0.0;
    let reached = sorted.iter().find(|(_, weight)| {
        sum += weight;
        sum >= wanted - 1e-9
    });
    reached.or(sorted.last()).map(|(value, _)| *value)
}

fn sample(
    kinds: &Kinds,
    draws: Draws,
    statistics: &(impl Fn(&[u32]) -> Vec<Option<f64>> + Sync),
) -> Vec<(f64, Vec<Option<f64>>)> {
    let units = u32::try_from(kinds.of_unit.len()).unwrap_or(u32::MAX);
    let Ok(unit) = Uniform::new(0, units) else { return Vec::new() };
    chance::draw(draws, |rng| {
        let mut counts = vec![0; kinds.number];
        for _ in 0..units {
            counts[kinds.of_unit[unit.sample(rng) as usize] as usize] += 1;
        }
        (1.0, statistics(&counts))
    })
}

/// Every way to hold `n` units drawn from `n`, weighted by how many resamples come to it:
/// `n! / Π cᵢ!`, where unit `i` is held `cᵢ` times.
fn enumerate(kinds: &Kinds, statistics: &impl Fn(&[u32]) -> Vec<Option<f64>>) -> Vec<(f64, Vec<Option<f64>>)> {
    let units = kinds.of_unit.len();
    let mut found = Vec::new();
    let mut held = vec![0_u32; units];
    visit(&mut held, 0, u32::try_from(units).unwrap_or(u32::MAX), &mut |held| {
        let mut counts = vec![0; kinds.number];
        for (kind, times) in kinds.of_unit.iter().zip(held) {
            counts[*kind as usize] += times;
        }
        let ways = held.iter().fold(factorial(units), |ways, times| ways / factorial(*times as usize));
        found.push((ways, statistics(&counts)));
    });
    found
}

fn visit(held: &mut [u32], at: usize, left: u32, then: &mut impl FnMut(&[u32])) {
    if at + 1 == held.len() {
        held[at] = left;
        then(held);
        return;
    }
    for times in 0..=left {
        held[at] = times;
        visit(held, at + 1, left - times, then);
    }
}

fn factorial(n: usize) -> f64 {
    (2..=n).map(|k| k as f64).product()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    const DRAWS: Draws = Draws { number: 500, seed: 1 };

    /// The share of units of kind 1 among those drawn.
    fn share(counts: &[u32]) -> Vec<Option<f64>> {
        vec![Some(f64::from(counts[1]) / f64::from(counts[0] + counts[1])), None]
    }

    #[test]
    fn few_units_are_enumerated() {
        let kinds = Kinds { of_unit: &[0, 1], number: 2 };
        let [Some(one), None] = intervals(&kinds, DRAWS, share)[..] else { panic!() };
        assert_eq!((one.resamples, one.dropped, one.exact), (4.0, 0.0, true));
        assert_eq!((one.low, one.median, one.mean, one.high), (0.0, 0.5, 0.5, 1.0));
    }

    #[test]
    fn many_units_are_drawn_from_the_seed() {
        let of_unit: Vec<u32> = (0..40).map(|unit| unit % 2).collect();
        let kinds = Kinds { of_unit: &of_unit, number: 2 };
        let interval = |seed| intervals(&kinds, Draws { number: 500, seed }, share)[0].unwrap();
        assert_eq!(interval(1), interval(1));
        assert_ne!(interval(1), interval(2));
        assert!(!interval(1).exact);
        close(interval(1).resamples, 500.0, 1e-12);
        // Written down once: a library that drew otherwise would move every interval.
        close(interval(1).mean, 0.498_95, 1e-12);
        // A binomial of 40 and a half: .35 to .65 holds 95 %.
        assert!((interval(1).low - 0.35).abs() <= 0.05 && (interval(1).high - 0.65).abs() <= 0.05);
    }

    #[test]
    fn no_units_have_no_interval() {
        assert!(intervals(&Kinds { of_unit: &[], number: 0 }, DRAWS, share).is_empty());
    }
}
