//! Codes by something else that is said of quotations: their kind of source, speaker, coder.

use super::Grid;
use super::grid::Rows;
use crate::retrieve::{Ground, Stretch};

/// Quotations of rows by columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Across {
    /// Quotations of each row, and of each column, each once.
    pub rows: Vec<usize>,
    pub columns: Vec<usize>,
    pub cells: Grid,
}

/// Counts stretches of codings; `columns` by place of the stretch, each of its columns once, and how many columns there
/// are. A stretch of several rows or columns counts for each.
pub fn across(
    ground: &dyn Ground,
    stretches: &[Stretch],
    rows: &Rows,
    (columns, width): (&[Vec<usize>], usize),
) -> Across {
    let mut across =
        Across { rows: vec![0; rows.count()], columns: vec![0; width], cells: Grid::new(rows.count(), width) };
    for (stretch, columns) in stretches.iter().zip(columns) {
        let of_code = rows.of(ground.code_of(stretch.coding));
        for row in of_code {
            across.rows[*row] += 1;
            for column in columns {
                across.cells.add(*row, *column);
            }
        }
        for column in columns.iter().filter(|_| !of_code.is_empty()) {
            across.columns[*column] += 1;
        }
    }
    across
}
