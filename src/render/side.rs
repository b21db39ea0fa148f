//! Which way a paper lies, the same in every format that is printed.

use crate::report::Block;
use crate::table::{Cell, Table};

/// Columns from which a paper of tables is set on the side of the page, one less where rows are long.
const MANY: usize = 7;
/// Letters of a long row.
const LONG: usize = 500;

/// Whether a paper is set on the side of the page: it is one of wide tables. One with passages to read stays upright.
pub fn lies_on_its_side(blocks: &[Block]) -> bool {
    let asks = |one: &Block| match one {
        Block::Table { table, .. } => {
            let columns = table.columns.len();
            columns >= MANY || (columns + 1 == MANY && letters(table) >= LONG * table.rows.len().max(1))
        }
        Block::Figure(figure) => figure.table.columns.len() >= MANY,
        _ => false,
    };
    let reads = blocks.iter().any(|one| matches!(one, Block::Facing(_) | Block::Sides(_) | Block::Quote(_)));
    !reads && blocks.iter().any(asks)
}

/// Of all cells together.
fn letters(table: &Table) -> usize {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) | Cell::Undefined(text) => text.chars().count(),
        _ => 0,
    };
    table.rows.iter().flatten().map(text).sum()
}
