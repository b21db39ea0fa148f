//! Stability: what became of answers between two rounds.
//!
//! Parametric criteria suit panels of thirty and more; for smaller ones the change of the histogram and
//! the exact Wilcoxon test are the ones to read (Kalaian and Shah, Practical Assessment, Research and
//! Evaluation 2012;17(5)).

use super::{Scale, Vote};
use crate::stats::agreement::{Metric, Ratings, Weights, agreement};
use crate::stats::order::{mean, standard_deviation};
use crate::stats::wilcoxon::{SignedRanks, signed_ranks};
use crate::stats::{Defined, undefined};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq)]
pub struct Since {
    /// Half the sum of the differences between the two histograms, as shares of each round's votes. Scheibe, Skutsch
    /// and Schofer 1975; stable under .15.
    pub change: f64,
    /// Members who voted in both rounds, and how many of them moved.
    pub both: usize,
    pub moved: usize,
    pub wilcoxon: Defined<SignedRanks>,
    /// Cohen's kappa of the three regions, member by member.
    pub kappa: Defined,
    /// Change of the coefficient of variation.
    pub cv_change: Defined,
}

/// Compares an item's votes with those of the round before.
///
/// Worked: 8 9 7 9, 6 7 3 8, 2 4, 5 6 then 8 9 8 9, 7 7 5 8, 3 5, 7 7: change 33.33 %, 7 of 12 moved, p .015625, kappa
/// .4, coefficient of variation down by .1137.
pub fn since(before: &[Vote], now: &[Vote], scale: Scale) -> Since {
    let earlier: BTreeMap<&str, f64> = before.iter().map(|vote| (vote.member, vote.rating)).collect();
    let pairs: Vec<(&str, f64, f64)> =
        now.iter().filter_map(|vote| Some((vote.member, *earlier.get(vote.member)?, vote.rating))).collect();
    let differences: Vec<f64> = pairs.iter().map(|(_, before, now)| now - before).collect();
    let cv = |votes: &[Vote]| {
        let ratings: Vec<f64> = votes.iter().map(|vote| vote.rating).collect();
        let mean = mean(&ratings).filter(|mean| *mean > 0.0)?;
        Some(standard_deviation(&ratings)? / mean)
    };
    Since {
        change: change(before, now),
        both: pairs.len(),
        moved: differences.iter().filter(|difference| difference.abs() > 1e-9).count(),
        wilcoxon: signed_ranks(&differences),
        kappa: kappa(&pairs, scale),
        cv_change: match (cv(before), cv(now)) {
            (Some(before), Some(now)) => Ok(now - before),
            _ => undefined("one of the rounds has no spread"),
        },
    }
}

fn change(before: &[Vote], now: &[Vote]) -> f64 {
    let mut differences: BTreeMap<u64, f64> = BTreeMap::new();
    for (votes, sign) in [(before, -1.0), (now, 1.0)] {
        for vote in votes {
            *differences.entry((vote.rating + 0.0).to_bits()).or_default() += sign / votes.len() as f64;
        }
    }
    differences.into_values().map(f64::abs).sum::<f64>() / 2.0
}

fn kappa(pairs: &[(&str, f64, f64)], scale: Scale) -> Defined {
    let word = |rating| match scale.region(rating) {
        -1 => "low",
        1 => "high",
        _ => "middle",
    };
    let rows = pairs
        .iter()
        .flat_map(|(member, before, now)| [(*member, "before", word(*before)), (*member, "now", word(*now))]);
    let ratings = match Ratings::of(rows) {
        Ok(ratings) => ratings,
        Err(twice) => return undefined(format!("{} voted twice", twice.unit)),
    };
    let kappa = agreement(&ratings, &[Metric::CohenKappa], Weights::Identity, None);
    kappa
        .into_iter()
        .next()
        .map_or_else(|| undefined("nobody voted in both rounds"), |one| one.coefficient.map(|one| one.value))
}
