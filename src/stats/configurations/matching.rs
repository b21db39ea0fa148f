//! Which statement of one coder goes with which of another: the assignment problem.

use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;

/// Similarities are compared in whole billionths, so that the answer is the same on every machine.
const WHOLE: f64 = 1e9;

/// Pairs (row, column) with the largest sum of similarities there can be, each row and column once, in order of rows.
/// What has no similarity is no pair.
///
/// Kuhn 1955, Munkres 1957.
pub fn best(rows: usize, columns: usize, similarity: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    #[allow(clippy::cast_possible_truncation)] // in [0, 1] times a billion
    let weights = Matrix::from_fn(rows, columns, |(row, column)| (similarity(row, column) * WHOLE).round() as i64);
    let mut pairs: Vec<(usize, usize)> = if rows <= columns {
        kuhn_munkres(&weights).1.into_iter().enumerate().collect()
    } else {
        let rows = kuhn_munkres(&weights.transposed()).1;
        rows.into_iter().enumerate().map(|(column, row)| (row, column)).collect()
    };
    pairs.retain(|place| weights[*place] > 0);
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_sum_counts_and_not_the_nearest_one() {
        // Greedy would take .9 and be left with 0.
        let table = [[0.9, 0.8], [0.8, 0.0]];
        assert_eq!(best(2, 2, |row, column| table[row][column]), [(0, 1), (1, 0)]);
    }

    #[test]
    fn some_are_left_over() {
        assert_eq!(best(1, 3, |_, column| [0.1, 0.7, 0.3][column]), [(0, 1)]);
        assert_eq!(best(3, 1, |row, _| [0.1, 0.7, 0.3][row]), [(1, 0)]);
        assert!(best(2, 2, |_, _| 0.0).is_empty());
    }

    /// Every way to give each row a column of its own or none.
    fn naive(rows: usize, columns: usize, table: &[Vec<f64>], taken: &mut Vec<usize>) -> f64 {
        let Some(row) = rows.checked_sub(1) else { return 0.0 };
        let mut most = naive(row, columns, table, taken);
        for column in 0..columns {
            if !taken.contains(&column) {
                taken.push(column);
                most = most.max(table[row][column] + naive(row, columns, table, taken));
                taken.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn no_matching_has_a_larger_sum(table in (1..4_usize, 1..4_usize).prop_flat_map(|(rows, columns)| {
            proptest::collection::vec(proptest::collection::vec(0.0..1.0_f64, columns), rows)
        })) {
            let (rows, columns) = (table.len(), table[0].len());
            let found: f64 = best(rows, columns, |row, column| table[row][column]).iter().map(|(row, column)| table[*row][*column]).sum();
            prop_assert!((found - naive(rows, columns, &table, &mut Vec::new())).abs() < 1e-6);
        }
    }
}
