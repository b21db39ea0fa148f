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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participant::Audience;
    use crate::render::Renderer;
    use crate::render::html::Html;
    use crate::report::sample;
    use crate::report::{Brief, find};

    #[test]
    fn wide_tables_lie_on_their_side_in_html_as_in_word() {
        let page = |name: &str| {
            let report = (find(name).unwrap().make)(&sample::synthesis(), &Brief::new(Audience::Team));
            let page = String::from_utf8(Html.render(&report).unwrap()).unwrap();
            (lies_on_its_side(&report.blocks), page.contains("<body class=\"") && page.contains(" sideways\">"))
        };
        assert_eq!(page("cmo"), (true, true));
        assert_eq!(page("evidence"), (false, false));
    }
}
