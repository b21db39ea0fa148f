//! Order statistics: median and quantiles of a list of numbers.

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
    if !(0.0..=1.0).contains(&p) || values.iter().any(|value| value.is_nan()) {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let h = last as f64 * p;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 <= h <= last
    let below = h.floor() as usize;
    let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
    let share = h - h.floor();
    Some(if share > 0.0 { low + share * (high - low) } else { low })
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
