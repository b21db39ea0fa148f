//! A report as it is read in large print: a table of many columns becomes a list, and what stood side by side
//! stands one after the other. How large the letters are is the renderer's business.

use super::block::{Block, Report, Run};
use crate::table::{Cell, Table};

/// Columns that fit beside each other in large print.
const COLUMNS: usize = 3;

pub fn unfolded(report: &Report) -> Report {
    Report { blocks: report.blocks.iter().flat_map(unfold).collect(), ..report.clone() }
}

fn unfold(block: &Block) -> Vec<Block> {
    match block {
        Block::Table { caption, table } if table.columns.len() > COLUMNS => listed(caption, table),
        Block::Facing(sides) => vec![Block::Sides(sides.to_vec())],
        other => vec![other.clone()],
    }
}

/// One list a row, under what heads the row; cells that say nothing are left out.
fn listed(caption: &str, table: &Table) -> Vec<Block> {
    let strong = |text: String| Block::Paragraph(vec![Run::Strong(text)]);
    let mut blocks = vec![strong(caption.to_owned())];
    for row in &table.rows {
        let mut cells = row.iter().zip(&table.columns);
        if let Some((head, column)) = cells.next() {
            blocks.push(strong(format!("{}: {}", column.title, head.show(column.decimals))));
        }
        let said = cells.filter(|(cell, _)| **cell != Cell::Empty);
        let pairs = said.map(|(cell, column)| (column.title.clone(), vec![Run::plain(cell.show(column.decimals))]));
        blocks.push(Block::Pairs(pairs.collect()));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participant::Audience;
    use crate::report::{Brief, REPORTS, sample};

    #[test]
    fn no_wide_table_is_left_and_no_word_is_lost() {
        for kind in REPORTS {
            let report = (kind.make)(&sample::synthesis(), &Brief::new(Audience::Team));
            let large = unfolded(&report);
            let wide = |block: &Block| matches!(block, Block::Table { table, .. } if table.columns.len() > COLUMNS);
            assert!(!large.blocks.iter().any(|block| wide(block) || matches!(block, Block::Facing(_))), "{}", kind.key);
            let text = large.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
            for line in report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n").lines() {
                assert!(text.contains(line), "{}: {line}", kind.key);
            }
        }
    }
}
