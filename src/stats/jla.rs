//! James Lind Alliance: patients' and clinicians' rankings joined so that a small group weighs as much as a
//! large one.
//!
//! Each group's totals are ranked by themselves, ranks are turned into positions (the last has 1), and
//! positions are added. JLA Guidebook, chapter on interim priority setting. Where groups diverge strongly,
//! take separate lists to the meeting.

use super::order::{midranks, places};

#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// Its position in each group, highest best; items with one total share the mean position.
    pub positions: Vec<f64>,
    pub sum: f64,
    /// Total over all groups, which lets the largest group decide: for comparison only.
    pub raw_total: f64,
    /// From 1; equal sums share the better place.
    pub rank: usize,
}

/// `totals[group][item]`, points given by a group; the answer is in the order of the items.
///
/// Worked: service users 34 20 26 10 5, clinicians 8 15 11 16 10: positions 5 3 4 2 1 and 1 4 3 5 2, sums 6 7 7 7 3:
/// a tie of three at the top, where raw totals would put the first item (42).
pub fn joined(totals: &[Vec<f64>]) -> Vec<Ranked> {
    let items = totals.first().map_or(0, Vec::len);
    let positions: Vec<Vec<f64>> = totals.iter().map(|group| midranks(group)).collect();
    let sums: Vec<f64> = (0..items).map(|item| positions.iter().map(|group| group[item]).sum()).collect();
    let places = places(&sums);
    (0..items)
        .map(|item| Ranked {
            positions: positions.iter().map(|group| group[item]).collect(),
            sum: sums[item],
            raw_total: totals.iter().map(|group| group[item]).sum(),
            rank: places[item],
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oracle_p2() {
        let ranked = joined(&[vec![34.0, 20.0, 26.0, 10.0, 5.0], vec![8.0, 15.0, 11.0, 16.0, 10.0]]);
        let column = |of: fn(&Ranked) -> f64| ranked.iter().map(of).collect::<Vec<_>>();
        assert_eq!(column(|one| one.positions[0]), [5.0, 3.0, 4.0, 2.0, 1.0]);
        assert_eq!(column(|one| one.positions[1]), [1.0, 4.0, 3.0, 5.0, 2.0]);
        assert_eq!(column(|one| one.sum), [6.0, 7.0, 7.0, 7.0, 3.0]);
        assert_eq!(column(|one| one.raw_total), [42.0, 35.0, 37.0, 26.0, 15.0]);
        assert_eq!(ranked.iter().map(|one| one.rank).collect::<Vec<_>>(), [4, 1, 1, 1, 5]);
    }
}
