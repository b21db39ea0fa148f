//! Each metric from the sums over units.

use super::tally::{self, INTERVAL, NOMINAL, RATIO, Tally};
use super::{Coefficient, Metric, Ratings, Weights};
use crate::stats::{Defined, undefined};

/// With more different values than this, what compares every pair of categories is not computed.
const MOST_CATEGORIES: usize = 1_000;

pub fn compute(metric: Metric, tally: &Tally, ratings: &Ratings, weights: Weights) -> Defined<Coefficient> {
    if tally.pairable == 0.0 {
        return undefined("no unit has values of two coders");
    }
    if metric == Metric::Percent {
        let observed = tally.agreeing / tally.pairable;
        return Ok(Coefficient { value: observed, observed, expected: None });
    }
    if tally.shares.iter().filter(|share| **share > 0.0).count() < 2 {
        return undefined("only one category occurs, so chance cannot be told from agreement");
    }
    match metric {
        Metric::Percent | Metric::FleissKappa => fleiss(tally),
        Metric::CohenKappa => cohen(tally, ratings, |a, b| if a == b { 1.0 } else { 0.0 }),
        Metric::WeightedKappaLinear => weighted(tally, ratings, Weights::Linear),
        Metric::WeightedKappaQuadratic => weighted(tally, ratings, Weights::Quadratic),
        Metric::ScottPi => scott(tally, ratings),
        Metric::KrippendorffAlphaNominal => alpha(tally, tally.apart[NOMINAL], nominal_expected(tally)),
        Metric::KrippendorffAlphaOrdinal => ordinal(tally, ratings),
        Metric::KrippendorffAlphaInterval => {
            alpha(tally, tally.apart[INTERVAL], squares(&tally.values, numbers(ratings, "an interval scale")?))
        }
        Metric::KrippendorffAlphaRatio => ratio(tally, ratings),
        Metric::GwetAc1 => {
            let chance = gwet_chance(tally);
            over_chance(tally.agreeing / tally.pairable, chance)
        }
        Metric::GwetAc2 => gwet_weighted(tally, ratings, weights),
        Metric::BrennanPrediger => {
            over_chance(tally.agreeing / tally.pairable, 1.0 / ratings.categories().len() as f64)
        }
    }
}

/// `(observed - expected) / (1 - expected)`
fn over_chance(observed: f64, expected: f64) -> Defined<Coefficient> {
    if 1.0 - expected < 1e-12 {
        return undefined("chance alone would give full agreement");
    }
    Ok(Coefficient { value: (observed - expected) / (1.0 - expected), observed, expected: Some(expected) })
}

/// Fleiss 1971, Psychological Bulletin 76:378-382: expected `Σ p̄ₖ²`, with `p̄ₖ` the mean over all coded units of
/// the share of their values in `k` (as Gwet has it for gaps).
///
/// Worked: Fleiss's 30 patients by six psychiatrists, .555556 observed, .219938 expected, .430245.
fn fleiss(tally: &Tally) -> Defined<Coefficient> {
    let expected = tally.shares.iter().map(|share| (share / tally.coded).powi(2)).sum();
    over_chance(tally.agreeing / tally.pairable, expected)
}

/// Cohen 1960, Educational and Psychological Measurement 20:37-46, and 1968, Psychological Bulletin 70:213-220:
/// expected `ΣΣ w p₊ₖ p_l₊`.
///
/// Worked: rows 88 14 18 / 10 40 10 / 2 6 12: .70 observed, .41 expected, .491525.
fn cohen(tally: &Tally, ratings: &Ratings, weight: impl Fn(usize, usize) -> f64) -> Defined<Coefficient> {
    two_coders(tally, ratings)?;
    let used = |uses: &[f64]| -> Vec<(usize, f64)> {
        uses.iter().copied().enumerate().filter(|(_, times)| *times > 0.0).collect()
    };
    let (first, second) = (used(&tally.first), used(&tally.second));
    let expected = first
        .iter()
        .map(|(a, times)| times * second.iter().map(|(b, times)| times * weight(*a, *b)).sum::<f64>())
        .sum::<f64>()
        / (tally.both * tally.both);
    over_chance(tally.agreeing_of_two(weight), expected)
}

fn weighted(tally: &Tally, ratings: &Ratings, weights: Weights) -> Defined<Coefficient> {
    two_coders(tally, ratings)?;
    let positions = positions(ratings)?;
    cohen(tally, ratings, |a, b| weights.between(&positions, a, b))
}

/// Scott 1955, Public Opinion Quarterly 19:321-325: expected `Σ p̄ₖ²` of the two coders' pooled use.
///
/// Worked: rows 20 10 / 20 50: .340659.
fn scott(tally: &Tally, ratings: &Ratings) -> Defined<Coefficient> {
    two_coders(tally, ratings)?;
    let pooled = tally.first.iter().zip(&tally.second).map(|(a, b)| ((a + b) / (2.0 * tally.both)).powi(2));
    over_chance(tally.agreeing_of_two(|a, b| if a == b { 1.0 } else { 0.0 }), pooled.sum())
}

/// `Σ p̄ₖ(1 - p̄ₖ) / (q - 1)`
fn gwet_chance(tally: &Tally) -> f64 {
    let spread: f64 = tally.shares.iter().map(|share| share / tally.coded).map(|p| p * (1.0 - p)).sum();
    spread / (tally.shares.len() as f64 - 1.0)
}

/// Gwet 2008, British Journal of Mathematical and Statistical Psychology 61:29-48, with the weights of Gwet 2014,
/// Handbook of Inter-Rater Reliability: expected `ΣΣw / (q(q - 1)) · Σ p̄ₖ(1 - p̄ₖ)`.
///
/// Worked: rows 88 14 18 / 10 40 10 / 2 6 12, quadratic: .85 observed, .585 expected, .63855.
fn gwet_weighted(tally: &Tally, ratings: &Ratings, weights: Weights) -> Defined<Coefficient> {
    let positions = positions(ratings)?;
    let q = positions.len();
    let sum: f64 = (0..q).map(|a| (0..q).map(|b| weights.between(&positions, a, b)).sum::<f64>()).sum();
    over_chance(tally.agreeing_weighted / tally.pairable, gwet_chance(tally) * sum / q as f64)
}

/// Krippendorff 2011, Computing Krippendorff's alpha-reliability: `1 - D_o / D_e`, both means over pairs of values.
/// `expected` is `ΣΣ n_c n_k δ²`.
///
/// Worked: pairs 10 11 01 00 00 01 00 01 00 00: D_o .400, D_e .442, .0952.
fn alpha(tally: &Tally, apart: f64, expected: f64) -> Defined<Coefficient> {
    let n: f64 = tally.values.iter().sum();
    let (observed, expected) = (apart / n, expected / (n * (n - 1.0)));
    if expected <= 0.0 {
        return undefined("only one category occurs on units with two values or more");
    }
    Ok(Coefficient { value: 1.0 - observed / expected, observed, expected: Some(expected) })
}

fn nominal_expected(tally: &Tally) -> f64 {
    let n: f64 = tally.values.iter().sum();
    n * n - tally.values.iter().map(|times| times * times).sum::<f64>()
}

/// Differences by rank: `(Σ_{g=c..k} n_g - (n_c + n_k) / 2)²`, which is the square of the distance between the
/// middle ranks of the two categories.
fn ordinal(tally: &Tally, ratings: &Ratings) -> Defined<Coefficient> {
    if ratings.categories().positions().is_none() {
        return undefined(NO_ORDER);
    }
    let mut below = 0.0;
    let rank = |times: &f64| {
        let rank = below + times / 2.0;
        below += times;
        rank
    };
    let ranks: Vec<f64> = tally.values.iter().map(rank).collect();
    alpha(tally, tally.apart_in_rank(&ranks), squares(&tally.values, &ranks))
}

fn ratio(tally: &Tally, ratings: &Ratings) -> Defined<Coefficient> {
    let scores = numbers(ratings, "a ratio scale")?;
    if scores.iter().any(|score| *score < 0.0) {
        return undefined("a ratio scale has no values below 0");
    }
    few_enough(ratings)?;
    let expected = tally.values.iter().zip(scores).filter(|(times, _)| **times > 0.0).map(|(times, score)| {
        let others = tally.values.iter().zip(scores).map(|(times, other)| times * tally::ratio(*score, *other));
        times * others.sum::<f64>()
    });
    alpha(tally, tally.apart[RATIO], expected.sum())
}

/// `ΣΣ n_c n_k (x_c - x_k)²`, by way of the mean.
fn squares(values: &[f64], at: &[f64]) -> f64 {
    let n: f64 = values.iter().sum();
    let mean = values.iter().zip(at).map(|(times, x)| times * x).sum::<f64>() / n;
    2.0 * n * values.iter().zip(at).map(|(times, x)| times * (x - mean).powi(2)).sum::<f64>()
}

const NO_ORDER: &str = "the categories are words without an order; name them in order with --categories";

fn positions(ratings: &Ratings) -> Defined<Vec<f64>> {
    few_enough(ratings)?;
    ratings.categories().positions().map_or_else(|| undefined(NO_ORDER), Ok)
}

fn few_enough(ratings: &Ratings) -> Defined<()> {
    match ratings.categories().len() {
        0..=MOST_CATEGORIES => Ok(()),
        many => undefined(format!("{many} different values, more than {MOST_CATEGORIES} to compare pair by pair")),
    }
}

fn numbers<'r>(ratings: &'r Ratings, what: &str) -> Defined<&'r [f64]> {
    ratings
        .categories()
        .scores()
        .map_or_else(|| undefined(format!("the values are not all numbers, as {what} needs")), Ok)
}

fn two_coders(tally: &Tally, ratings: &Ratings) -> Defined<()> {
    match ratings.coders().len() {
        2 if tally.both > 0.0 => Ok(()),
        2 => undefined("no unit has values of two coders"),
        n => undefined(format!("it is for two coders, and there are {n}")),
    }
}
