//! A report as it is read in large print: a table of many columns becomes a list, and what stood side by side
//! stands one after the other. How large the letters are is the renderer's business.

use super::NONE_FOUND;
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

/// A paragraph a row, under what heads it. Cells that say nothing are left out; those in which nothing was found are
/// named together.
fn listed(caption: &str, table: &Table) -> Vec<Block> {
    let strong = |text: String| Block::Paragraph(vec![Run::Strong(text)]);
    let mut blocks = vec![strong(caption.to_owned())];
    for row in &table.rows {
        if let Some(heading) = Table::heads(row) {
            blocks.push(strong(heading.to_owned()));
            continue;
        }
        let mut cells = row.iter().zip(&table.columns);
        let head = cells.next().map(|(head, column)| stopped(&column.title, &head.show(column.decimals)));
        let said = cells.filter(|(cell, _)| **cell != Cell::Empty);
        let (none, some): (Vec<_>, Vec<_>) = said.partition(|(cell, _)| cell.show(0) == NONE_FOUND);
        let mut runs = vec![Run::Strong(head.unwrap_or_default())];
        runs.extend(some.iter().map(|(cell, column)| Run::plain(stopped(&column.title, &cell.show(column.decimals)))));
        if !none.is_empty() {
            let titles: Vec<&str> = none.iter().map(|(_, column)| column.title.as_str()).collect();
            runs.extend([Run::Gap(NONE_FOUND.to_owned()), Run::plain(format!(": {}.", titles.join(", ")))]);
        }
        blocks.push(Block::Paragraph(runs));
    }
    blocks
}

/// `Minutes: 45. `, with one stop at its end.
fn stopped(title: &str, text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{title}: {text}{stop} ")
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
