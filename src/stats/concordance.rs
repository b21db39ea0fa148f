//! Kendall's W: how far judges put items in the same order.

use super::chance::{self, Draws};
use super::kruskal::chi_squared_tail;
use super::order::{midranks, tie_sum};
use super::{Defined, undefined};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Concordance {
    /// Corrected for ties.
    pub w: f64,
    pub w_uncorrected: f64,
    /// `m(n - 1)W`; its distribution is a guide from about eight items.
    pub chi2: f64,
    pub df: usize,
    pub p: f64,
    /// By shuffling each judge's ranks.
    pub p_permutation: f64,
    /// Sum of squared deviations of the rank sums.
    pub s: f64,
}

/// `ranks[judge][item]`, in ranks or in any numbers that order items; equal ones share their middle rank.
///
/// `S = Σ (R_i - m(n + 1) / 2)²`, `W = 12 S / (m²(n³ - n) - m Σ(t³ - t))`. Kendall and Babington Smith, Annals of
/// Mathematical Statistics 1939;10:275-287; Siegel and Castellan, Nonparametric Statistics, 9.6. Worked: ranks 1 6 3 2 5 4,
/// 1 5 6 4 2 3 and 6 3 2 5 4 1: S 25.5, W .161905.
pub fn concordance(ranks: &[Vec<f64>], draws: Draws) -> Defined<Concordance> {
    let (m, n) = (ranks.len() as f64, ranks.first().map_or(0, Vec::len));
    if ranks.len() < 2 || n < 2 {
        return undefined("it takes two judges and two items");
    }
    if ranks.iter().any(|judge| judge.len() != n) {
        return undefined("every judge has to rank every item");
    }
    let items = n as f64;
    let ties: f64 = ranks.iter().map(|judge| tie_sum(judge)).sum();
    let ranks: Vec<Vec<f64>> = ranks.iter().map(|judge| midranks(judge)).collect();
    let room = m * m * (items.powi(3) - items);
    if room - m * ties < 1e-9 {
        return undefined("no judge puts one item before another");
    }
    let s = deviation(&ranks);
    let w = 12.0 * s / (room - m * ties);
    let chi2 = m * (items - 1.0) * w;
    let p_permutation = chance::permutation_p(draws, |rng| {
        let mut shuffled = ranks.clone();
        for judge in &mut shuffled {
            chance::shuffle(judge, rng);
        }
        deviation(&shuffled) >= s - 1e-9
    });
    Ok(Concordance {
        w,
        w_uncorrected: 12.0 * s / room,
        chi2,
        df: n - 1,
        p: chi_squared_tail(chi2, n - 1)?,
        p_permutation,
        s,
    })
}

fn deviation(ranks: &[Vec<f64>]) -> f64 {
    let items = ranks.first().map_or(0, Vec::len);
    let middle = ranks.len() as f64 * (items as f64 + 1.0) / 2.0;
    (0..items).map(|item| (ranks.iter().map(|judge| judge[item]).sum::<f64>() - middle).powi(2)).sum()
}

/// In words, after Schmidt 1997, Decision Sciences 28:763-774.
///
/// ```
/// use realist::stats::concordance::strength;
/// assert_eq!((strength(0.69), strength(0.0625)), ("moderate", "very weak"));
/// ```
pub fn strength(w: f64) -> &'static str {
    match w {
        w if w >= 0.9 => "unusually strong",
        w if w >= 0.7 => "strong",
        w if w >= 0.5 => "moderate",
        w if w >= 0.3 => "weak",
        _ => "very weak",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    const DRAWS: Draws = Draws { number: 1_000, seed: 1 };

    fn of(ranks: &[&[f64]]) -> Concordance {
        concordance(&ranks.iter().map(|judge| judge.to_vec()).collect::<Vec<_>>(), DRAWS).unwrap()
    }

    #[test]
    fn oracles_w1_and_w2() {
        let w1 = of(&[&[1.0, 3.0, 2.0], &[1.0, 2.0, 3.0], &[2.0, 3.0, 1.0], &[3.0, 1.0, 2.0]]);
        close(w1.s, 2.0, 1e-12);
        close(w1.w, 0.0625, 1e-12);
        let w2 =
            of(&[&[1.0, 6.0, 3.0, 2.0, 5.0, 4.0], &[1.0, 5.0, 6.0, 4.0, 2.0, 3.0], &[6.0, 3.0, 2.0, 5.0, 4.0, 1.0]]);
        close(w2.s, 25.5, 1e-12);
        close(w2.w, 0.161_905, 5e-7);
    }

    #[test]
    fn oracle_w3_with_ties() {
        let w3 = of(&[
            &[1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0],
            &[2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5],
            &[2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0],
        ]);
        close(w3.s, 591.0, 1e-9);
        close(w3.w_uncorrected, 0.795_960, 5e-7);
        close(w3.w, 0.827_731, 5e-7);
        close(w3.chi2, 22.3487, 5e-5);
        assert!(w3.p_permutation < 0.01);
    }

    #[test]
    fn oracle_w4() {
        let w4 = of(&[
            &[1.0, 2.0, 3.0, 4.0, 5.0],
            &[2.0, 1.0, 4.0, 3.0, 5.0],
            &[3.0, 1.0, 4.5, 2.0, 4.5],
            &[1.0, 3.0, 2.0, 4.0, 5.0],
        ]);
        close(w4.s, 109.5, 1e-9);
        close(w4.w, 0.693_038, 5e-7);
        close(w4.w_uncorrected, 0.684_375, 5e-7);
        close(w4.chi2, 11.0886, 5e-5);
        close(w4.p, 0.0256, 5e-5);
        assert_eq!((w4.df, strength(w4.w)), (4, "moderate"));
    }

    #[test]
    fn what_does_not_exist_says_why() {
        let why = |ranks: &[Vec<f64>]| concordance(ranks, DRAWS).unwrap_err().0;
        assert!(why(&[vec![1.0, 2.0]]).contains("two judges"));
        assert!(why(&[vec![1.0, 2.0], vec![1.0]]).contains("every item"));
        assert!(why(&[vec![1.0, 1.0], vec![2.0, 2.0]]).contains("no judge"));
    }
}
