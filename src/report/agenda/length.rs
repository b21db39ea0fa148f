//! How long a briefing is when it is printed, as far as can be told without printing it: every measure is in tenths of a point of
//! type of 9.6 points on A4, a little larger than that of the papers, and somewhat generous, so that only what clearly runs over is said to.

use crate::report::block::{Block, Run, Side};
use crate::table::Table;

/// What two pages hold by these measures: three briefings of known length were held against Chromium.
const TWO_PAGES: usize = 16_800;
const LINE: usize = 115;
/// Letters of a line of text, of a quotation, of one that stands beside another, and of all cells of a row.
const LETTERS: usize = 108;
const QUOTED: usize = 118;
const FACING: usize = 56;
const ROW: usize = 118;

/// Lines by which blocks are too long for two pages; 0 where they fit.
pub fn lines_over(blocks: &[Block]) -> usize {
    blocks.iter().map(height).sum::<usize>().saturating_sub(TWO_PAGES).div_ceil(LINE)
}

fn height(block: &Block) -> usize {
    match block {
        Block::Heading { level: 2, .. } => 280,
        Block::Heading { .. } => 180,
        Block::PageBreak => 0,
        Block::List { items, .. } => items.iter().map(|item| lines(&Run::together(item), LETTERS - 4) * LINE).sum(),
        Block::Facing(sides) => sides.iter().map(|one| side(one, FACING)).max().unwrap_or(0) + 60,
        Block::Sides(sides) => sides.iter().map(|one| side(one, QUOTED)).sum::<usize>() + 60,
        Block::Table { table, .. } => grid(table),
        other => lines(&other.text(), LETTERS) * LINE + 20,
    }
}

fn side(side: &Side, letters: usize) -> usize {
    let one = |block: &Block| match block {
        Block::Quote(quote) => lines(&quote.text, letters) * 112 + 145,
        other => lines(&other.text(), letters) * 112,
    };
    140 + side.blocks.iter().map(one).sum::<usize>()
}

/// Columns are as wide as their longest word, and share the rest by what they would like.
fn grid(table: &Table) -> usize {
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    let cells = table.rows.iter().map(|row| row.iter().map(|cell| cell.show(0)).collect::<Vec<_>>());
    let rows: Vec<Vec<String>> = std::iter::once(titles).chain(cells).collect();
    let longest = |at: usize, parted: fn(&str) -> Vec<&str>| {
        let pieces = rows.iter().filter_map(|row| row.get(at)).flat_map(|text| parted(text));
        pieces.map(|piece| piece.chars().count()).max().unwrap_or(0) + 2
    };
    let columns = 0..table.columns.len();
    let least: Vec<usize> = columns.clone().map(|at| longest(at, |text| text.split_whitespace().collect())).collect();
    let wish: Vec<usize> = columns.map(|at| longest(at, |text| text.lines().collect())).collect();
    let spare = ROW.saturating_sub(least.iter().sum());
    let wanted: usize = wish.iter().zip(&least).map(|(wish, least)| wish - least).sum();
    let share = |wish: usize, least: usize| spare * (wish - least) / wanted.max(1);
    let widths: Vec<usize> = wish.iter().zip(&least).map(|(wish, least)| least - 2 + share(*wish, *least)).collect();
    let of_row =
        |row: &Vec<String>| row.iter().zip(&widths).map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
    220 + rows.iter().map(|row| of_row(row) * 100 + 40).sum::<usize>()
}

fn lines(text: &str, letters: usize) -> usize {
    text.lines().map(|line| line.chars().count().div_ceil(letters.max(1)).max(1)).sum::<usize>().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::Cell;

    #[test]
    fn what_fills_two_pages_fits_and_what_fills_three_does_not() {
        let words = Block::paragraph("So it is said. ".repeat(72));
        assert_eq!(height(&words), 10 * LINE + 20);
        assert_eq!(lines_over(&vec![words.clone(); 13]), 0);
        assert_eq!(lines_over(&vec![words; 20]), 58);
    }

    #[test]
    fn a_narrow_column_makes_a_high_row() {
        let mut table = Table::with(&[("key", "Option"), ("what", "What"), ("needs", "What it needs")]);
        table.push(["A", "Short", "Short"].map(Cell::from).to_vec());
        let low = grid(&table);
        table.push(vec![Cell::from("B"), Cell::text("many words ".repeat(40)), Cell::text("as many ".repeat(55))]);
        assert!(grid(&table) > low + 8 * 100, "{}", grid(&table) - low);
    }
}
