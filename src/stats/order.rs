//! Order statistics: median, quantiles and midranks of a list of numbers, and its mean and spread.

crate::vocabulary! {
    /// How a percentile is read off a list. The choice can turn a verdict, so it is always printed.
    pub enum Percentile "percentile convention" {
        /// Linear interpolation ([`quantile`]); Excel's `PERCENTILE.INC`, R's type 7.
        Q7 "q7",
        /// Empirical with averaging ([`quantile_sas5`]); SAS definition 5, R's type 2.
        Sas5 "sas5",
    }
}

impl Percentile {
    pub fn of(self, values: &[f64], p: f64) -> Option<f64> {
        match self {
            Percentile::Q7 => quantile(values, p),
            Percentile::Sas5 => quantile_sas5(values, p),
        }
    }
}

/// Quantile `p` by linear interpolation between order statistics: with `h = (n - 1) p` and the
/// values sorted from index 0, `x[⌊h⌋] + (h - ⌊h⌋)(x[⌊h⌋ + 1] - x[⌊h⌋])`.
///
/// Type 7 of Hyndman and Fan, The American Statistician 1996;50:361-365. `None` for an empty list,
/// for a value that is no number, and for `p` outside `[0, 1]`.
///
/// ```
/// use realist::stats::order::quantile;
/// assert_eq!(quantile(&[7.0, 1.0, 3.0, 9.0], 0.25), Some(2.5));
/// assert_eq!(quantile(&[7.0, 1.0, 3.0, 9.0], 1.0), Some(9.0));
/// assert_eq!(quantile(&[], 0.5), None);
/// ```
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let sorted = sorted(values, p)?;
    let last = sorted.len().checked_sub(1)?;
    let h = last as f64 * p;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 <= h <= last
    let below = h.floor() as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    let share = h - h.floor();
    Some(if share > 0.0 { low + share * (high - low) } else { low })
}

/// Quantile `p` of the empirical distribution, averaged where it steps: with `np` whole, the mean of
/// the `np`-th value and the next; else the value at `⌈np⌉`, counted from 1.
///
/// Definition 5 of SAS `UNIVARIATE`; type 2 of Hyndman and Fan 1996. `None` as for [`quantile`].
///
/// ```
/// use realist::stats::order::quantile_sas5;
/// let ratings = [1.0, 2.0, 3.0, 7.0, 7.0, 7.0, 8.0, 8.0, 8.0];
/// assert_eq!(quantile_sas5(&ratings, 0.3), Some(3.0));
/// assert_eq!(quantile_sas5(&[1.0, 2.0, 3.0, 4.0], 0.5), Some(2.5));
/// ```
pub fn quantile_sas5(values: &[f64], p: f64) -> Option<f64> {
    let sorted = sorted(values, p)?;
    let last = sorted.len().checked_sub(1)?;
    let np = sorted.len() as f64 * p;
    let whole = (np - np.round()).abs() < 1e-9;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 <= np <= n
    let at = if whole { np.round() as usize } else { np.ceil() as usize };
    let (low, high) = (sorted[at.saturating_sub(1).min(last)], sorted[at.min(last)]);
    Some(if whole && at > 0 {
        f64::midpoint(low, high)
    } else if whole {
        sorted[0]
    } else {
        low
    })
}

fn sorted(values: &[f64], p: f64) -> Option<Vec<f64>> {
    if !(0.0..=1.0).contains(&p) || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Some(sorted)
}

/// The middle value, or the mean of the two middle ones.
///
/// ```
/// use realist::stats::order::median;
/// assert_eq!(median(&[3.0, 1.0, 2.0]), Some(2.0));
/// assert_eq!(median(&[3.0, 1.0, 2.0, 2.0, 3.0, 3.0]), Some(2.5));
/// assert_eq!(median(&[]), None);
/// ```
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// Rank of each value from 1, smallest first; equal values share the mean of their places. Values
/// within a billionth of each other count as equal, so that differences of decimals can tie.
///
/// ```
/// use realist::stats::order::midranks;
/// assert_eq!(midranks(&[5.0, 1.0, 5.0, 7.0]), [2.5, 1.0, 2.5, 4.0]);
/// ```
pub fn midranks(values: &[f64]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    for places in ties(values) {
        let (first, last) = (places.start as f64 + 1.0, places.end as f64);
        for at in places.members {
            ranks[at] = f64::midpoint(first, last);
        }
    }
    ranks
}

/// `Σ (t³ - t)` over the groups of `t` equal values: the correction for ties in rank statistics.
pub fn tie_sum(values: &[f64]) -> f64 {
    ties(values).iter().map(|places| places.members.len() as f64).map(|t| t.powi(3) - t).sum()
}

/// Equal values: the places `start..end` they take in the order, and where they stand in the list.
struct Tie {
    start: usize,
    end: usize,
    members: Vec<usize>,
}

fn ties(values: &[f64]) -> Vec<Tie> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
    let mut ties = Vec::new();
    let mut start = 0;
    while start < order.len() {
        let end =
            (start..order.len()).find(|at| !same(values[order[*at]], values[order[start]])).unwrap_or(order.len());
        ties.push(Tie { start, end, members: order[start..end].to_vec() });
        start = end;
    }
    ties
}

/// The arithmetic mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// The sample standard deviation, over `n - 1`; `None` of fewer than two values.
///
/// ```
/// assert_eq!(realist::stats::order::standard_deviation(&[1.0, 3.0]), Some(f64::sqrt(2.0)));
/// assert_eq!(realist::stats::order::standard_deviation(&[1.0]), None);
/// ```
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}

/// Places of scores, highest first, from 1; equal scores share the better place.
///
/// ```
/// assert_eq!(realist::stats::order::places(&[3.0, 7.0, 7.0, 1.0]), [3, 1, 1, 4]);
/// ```
pub fn places(scores: &[f64]) -> Vec<usize> {
    scores.iter().map(|mine| 1 + scores.iter().filter(|other| **other > mine + 1e-9).count()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn differences_of_decimals_tie() {
        assert_eq!(midranks(&[0.3 - 0.1, 0.4 - 0.2, 0.1]), [2.5, 2.5, 1.0]);
        assert!((tie_sum(&[1.0, 2.0, 2.0, 3.0, 3.0, 3.0]) - 30.0).abs() < 1e-12);
    }

    #[test]
    fn the_two_conventions_differ_where_the_distribution_steps() {
        let ratings = [1.0, 1.0, 2.0, 3.0, 5.0, 7.0, 8.0, 9.0, 9.0];
        assert_eq!((Percentile::Sas5.of(&ratings, 0.3), Percentile::Sas5.of(&ratings, 0.7)), (Some(2.0), Some(8.0)));
        assert!((Percentile::Q7.of(&ratings, 0.3).unwrap() - 2.4).abs() < 1e-9);
        assert_eq!(quantile_sas5(&ratings, 0.0), Some(1.0));
        assert_eq!(quantile_sas5(&ratings, 1.0), Some(9.0));
        assert_eq!(quantile_sas5(&[], 0.5), None);
    }

    #[test]
    fn what_is_no_number_has_no_quantile() {
        assert_eq!(median(&[1.0, f64::NAN]), None);
        assert_eq!(quantile(&[1.0], 1.5), None);
        assert_eq!(quantile(&[1.0], f64::NAN), None);
    }

    proptest! {
        #[test]
        fn quantiles_rise_with_p_and_stay_within_the_values(
            values in proptest::collection::vec(-1e3..1e3_f64, 1..20), p in 0.0..=1.0_f64, q in 0.0..=1.0_f64,
        ) {
            let (low, high) = (quantile(&values, p.min(q)).unwrap(), quantile(&values, p.max(q)).unwrap());
            prop_assert!(low <= high + 1e-9);
            prop_assert!(quantile(&values, 0.0).unwrap() <= low && high <= quantile(&values, 1.0).unwrap());
        }
    }
}
