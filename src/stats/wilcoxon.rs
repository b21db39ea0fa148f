//! Wilcoxon's signed-rank test, exact: did the same people move between two rounds?

use super::order::midranks;
use super::{Defined, undefined};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SignedRanks {
    /// Pairs that differ; the others say nothing.
    pub n: usize,
    /// Sum of the ranks of what rose, and of what fell.
    pub plus: f64,
    pub minus: f64,
    /// Two-sided.
    pub p: f64,
}

/// More pairs than this are not counted out.
const MOST: usize = 500;

/// Zeros are dropped, equal differences share their middle rank; p is the share of the `2ⁿ` ways to sign the
/// ranks that have a `min(W₊, W₋)` no greater than what was seen. All ways are counted, at any number of pairs up
/// to 500 (by the distribution of the sum, built up rank by rank).
///
/// Wilcoxon, Biometrics Bulletin 1945;1:80-83; Hollander and Wolfe, Nonparametric Statistical Methods, 3.1. Worked:
/// their nine depression scores before and after: W₊ 40, p .0390625.
pub fn signed_ranks(differences: &[f64]) -> Defined<SignedRanks> {
    let differences: Vec<f64> = differences.iter().copied().filter(|difference| difference.abs() > 1e-9).collect();
    let n = differences.len();
    match n {
        0 => return undefined("nobody's answer changed"),
        1..=MOST => {}
        _ => return undefined(format!("more than {MOST} pairs differ")),
    }
    let sizes: Vec<f64> = differences.iter().map(|difference| difference.abs()).collect();
    let ranks = midranks(&sizes);
    let sum = |rises: bool| {
        ranks.iter().zip(&differences).filter(|(_, d)| (**d > 0.0) == rises).map(|(rank, _)| rank).sum::<f64>()
    };
    let (plus, minus) = (sum(true), sum(false));
    Ok(SignedRanks { n, plus, minus, p: two_sided(&ranks, plus.min(minus)) })
}

/// Twice a rank is a whole number, so sums of ranks are counted in halves.
fn two_sided(ranks: &[f64], least: f64) -> f64 {
    let halves: Vec<usize> = ranks.iter().map(|rank| in_halves(*rank)).collect();
    let all: usize = halves.iter().sum();
    let mut ways = vec![0.0_f64; all + 1];
    ways[0] = 1.0;
    let mut reach = 0;
    for step in halves {
        reach += step;
        for sum in (0..=reach).rev() {
            let without = if sum >= step { ways[sum - step] } else { 0.0 };
            ways[sum] = f64::midpoint(ways[sum], without);
        }
    }
    let least = in_halves(least);
    let at_least_as_far = |sum: &usize| (*sum).min(all - *sum) <= least;
    (0..=all).filter(at_least_as_far).map(|sum| ways[sum]).sum::<f64>().min(1.0)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // ranks are positive and few
fn in_halves(rank: f64) -> usize {
    (2.0 * rank).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;
    use proptest::prelude::*;

    #[test]
    #[allow(clippy::approx_constant)] // a depression score of 3.14
    fn hollander_and_wolfe() {
        let before = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
        let after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29];
        let differences: Vec<f64> = before.iter().zip(after).map(|(before, after)| before - after).collect();
        let test = signed_ranks(&differences).unwrap();
        assert_eq!((test.n, test.plus, test.minus), (9, 40.0, 5.0));
        close(test.p, 0.039_062_5, 1e-12);
    }

    #[test]
    fn oracle_d1() {
        let test = signed_ranks(&[0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 2.0, 0.0, 1.0, 1.0, 2.0, 1.0]).unwrap();
        assert_eq!((test.n, test.plus, test.minus), (7, 28.0, 0.0));
        close(test.p, 0.015_625, 1e-12);
    }

    #[test]
    fn what_does_not_exist_says_why() {
        assert_eq!(signed_ranks(&[0.0, 0.0]).unwrap_err().0, "nobody's answer changed");
        assert!(signed_ranks(&vec![1.0; 501]).is_err());
        close(signed_ranks(&[1.0; 25]).unwrap().p, 2.0_f64.powi(-24), 1e-20);
    }

    proptest! {
        #[test]
        fn it_is_the_count_over_all_signs(differences in proptest::collection::vec(-4..=4_i8, 1..9)) {
            let differences: Vec<f64> = differences.into_iter().filter(|d| *d != 0).map(f64::from).collect();
            prop_assume!(!differences.is_empty());
            let sizes: Vec<f64> = differences.iter().map(|d| d.abs()).collect();
            let ranks = midranks(&sizes);
            let total: f64 = ranks.iter().sum();
            let test = signed_ranks(&differences).unwrap();
            let signs = 0..1_u32 << ranks.len();
            let far = signs.clone().filter(|signs| {
                let plus: f64 = ranks.iter().enumerate().filter(|(at, _)| signs >> at & 1 == 1).map(|(_, rank)| rank).sum();
                plus.min(total - plus) <= test.plus.min(test.minus) + 1e-9
            });
            prop_assert!((test.p - far.count() as f64 / f64::from(1_u32 << ranks.len())).abs() < 1e-12);
        }
    }
}
