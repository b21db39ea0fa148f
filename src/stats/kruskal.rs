//! Kruskal and Wallis's test: do groups answer alike?

use super::chance::{self, Draws};
use super::order::{midranks, tie_sum};
use super::{Defined, undefined};
use statrs::function::gamma::checked_gamma_ur;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// Corrected for ties.
    pub h: f64,
    pub df: usize,
    /// By the chi-squared distribution: only a guide where groups are small.
    pub p: f64,
    /// By shuffling who belongs to which group.
    pub p_permutation: f64,
}

/// `H = 12 / (N(N + 1)) Σ R_g² / n_g - 3(N + 1)`, over `1 - Σ(t³ - t) / (N³ - N)`.
///
/// Kruskal and Wallis, Journal of the American Statistical Association 1952;47:583-621. Worked: service users 8 9 8 9,
/// practitioners 7 7 5 8, GPs 3 5, commissioners 7 7: H 8.672685, df 3, p .033975.
pub fn kruskal_wallis(groups: &[Vec<f64>], draws: Draws) -> Defined<KruskalWallis> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
    if groups.len() < 2 {
        return undefined("it takes two groups");
    }
    let values: Vec<f64> = groups.iter().copied().flatten().copied().collect();
    let n = values.len() as f64;
    let correction = 1.0 - tie_sum(&values) / (n.powi(3) - n);
    if correction < 1e-12 {
        return undefined("everybody gave the same answer");
    }
    let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let ranks = midranks(&values);
    let h = |ranks: &[f64]| (12.0 / (n * (n + 1.0)) * spread(ranks, &sizes) - 3.0 * (n + 1.0)) / correction;
    let seen = h(&ranks);
    let p_permutation = chance::permutation_p(draws, |rng| {
        let mut shuffled = ranks.clone();
        chance::shuffle(&mut shuffled, rng);
        h(&shuffled) >= seen - 1e-9
    });
    let df = sizes.len() - 1;
    Ok(KruskalWallis { h: seen, df, p: chi_squared_tail(seen, df)?, p_permutation })
}

/// `Σ R_g² / n_g`
fn spread(ranks: &[f64], sizes: &[usize]) -> f64 {
    let mut rest = ranks;
    let group = |size: &usize| {
        let (mine, others) = rest.split_at(*size);
        rest = others;
        mine.iter().sum::<f64>().powi(2) / *size as f64
    };
    sizes.iter().map(group).sum()
}

/// Probability of `x` or more under the chi-squared distribution.
///
/// ```
/// let p = realist::stats::kruskal::chi_squared_tail(11.0886, 4).unwrap();
/// assert!((p - 0.0256).abs() < 5e-5);
/// ```
pub fn chi_squared_tail(x: f64, df: usize) -> Defined {
    if x <= 0.0 {
        return Ok(1.0);
    }
    checked_gamma_ur(df as f64 / 2.0, x / 2.0).or_else(|_| undefined("no chi-squared distribution fits"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    const DRAWS: Draws = Draws { number: 2_000, seed: 1 };

    #[test]
    fn oracle_d1() {
        let groups = |all: [&[f64]; 4]| all.map(<[f64]>::to_vec);
        let second = groups([&[8.0, 9.0, 8.0, 9.0], &[7.0, 7.0, 5.0, 8.0], &[3.0, 5.0], &[7.0, 7.0]]);
        let test = kruskal_wallis(&second, DRAWS).unwrap();
        close(test.h, 8.672_685, 5e-7);
        close(test.p, 0.033_975, 5e-7);
        assert_eq!(test.df, 3);
        assert!((0.001..0.034).contains(&test.p_permutation), "{}", test.p_permutation);
        let first = groups([&[8.0, 9.0, 7.0, 9.0], &[6.0, 7.0, 3.0, 8.0], &[2.0, 4.0], &[5.0, 6.0]]);
        let test = kruskal_wallis(&first, DRAWS).unwrap();
        close(test.h, 7.503_989, 5e-7);
        close(test.p, 0.057_456, 5e-7);
    }

    #[test]
    fn what_does_not_exist_says_why() {
        assert!(kruskal_wallis(&[vec![1.0, 2.0], vec![]], DRAWS).unwrap_err().0.contains("two groups"));
        assert!(kruskal_wallis(&[vec![5.0], vec![5.0, 5.0]], DRAWS).unwrap_err().0.contains("same answer"));
        assert_eq!(chi_squared_tail(0.0, 3), Ok(1.0));
    }
}
