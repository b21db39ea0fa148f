//! What coders disagree about, which is what a team talks about: the contingency table and the units on
//! which values differ. To be shown before any coefficient.

use super::Ratings;

/// How often categories meet: with two coders the first's (rows) with the second's (columns) on units both
/// coded; with more, every ordered pair of values of a unit, each unit weighing as many as its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Contingency {
    pub two_coders: bool,
    /// `cells[row][column]`, by category.
    pub cells: Vec<Vec<f64>>,
}

/// A unit on which values differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// Its place in [`Ratings::units`].
    pub unit: usize,
    /// Share of its pairs of values that are the same.
    pub agreement: f64,
}

/// The table of Krippendorff's coincidences, or of two coders. Worked: pairs 10 11 01 00 00 01 00 01 00 00 give
/// rows 5 3 / 1 1 (the first coder's 0 and 1).
pub fn contingency(ratings: &Ratings) -> Contingency {
    let two_coders = ratings.coders().len() == 2;
    let q = ratings.categories().len();
    let mut cells = vec![vec![0.0; q]; q];
    for unit in 0..ratings.units().len() {
        let values = ratings.values(unit);
        let share = if two_coders { 1.0 } else { 1.0 / (values.len() as f64 - 1.0) };
        for (at, (_, row)) in values.iter().enumerate() {
            for (other, (_, column)) in values.iter().enumerate() {
                if at != other && (!two_coders || at < other) {
                    cells[*row as usize][*column as usize] += share;
                }
            }
        }
    }
    Contingency { two_coders, cells }
}

/// Units on which values differ, most divided first, else in their own order.
pub fn splits(ratings: &Ratings) -> Vec<Split> {
    let mut splits: Vec<Split> = (0..ratings.units().len())
        .filter_map(|unit| {
            let values = ratings.values(unit);
            let pairs = values.len() * values.len().saturating_sub(1);
            let same = values
                .iter()
                .map(|(_, one)| values.iter().filter(|(_, other)| one == other).count() - 1)
                .sum::<usize>();
            (same < pairs).then(|| Split { unit, agreement: same as f64 / pairs as f64 })
        })
        .collect();
    splits.sort_by(|a, b| a.agreement.total_cmp(&b.agreement).then(a.unit.cmp(&b.unit)));
    splits
}
