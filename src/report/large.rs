//! A report as it is read in large print: a table of many columns becomes a list, and what stood side by side
//! stands one after the other. How large the letters are is the renderer's business.

use super::NONE_FOUND;
use super::block::{Block, Report, Run};
use crate::picture::Figure;
use crate::table::{Cell, Table};

/// Columns that fit beside each other in large print.
const COLUMNS: usize = 3;

pub fn unfolded(report: &Report) -> Report {
    Report { blocks: report.blocks.iter().flat_map(unfold).collect(), ..report.clone() }
}

fn unfold(block: &Block) -> Vec<Block> {
    match block {
        Block::Table { caption, table } if table.columns.len() > COLUMNS => listed(caption, table),
        Block::Figure(figure) if figure.has_table() => in_words(figure),
        Block::Facing(sides) => vec![Block::Sides(sides.to_vec())],
        other => vec![other.clone()],
    }
}

/// A drawing would have letters too small to read: its words stand as a list, steps beside each other one after the other.
fn in_words(figure: &Figure) -> Vec<Block> {
    let said = Block::paragraph(figure.description.clone());
    let told = if figure.stairs().is_some() {
        let title = Block::Paragraph(vec![Run::Strong(figure.title.clone())]);
        std::iter::once(title).chain(by_column(&figure.table)).collect()
    } else {
        listed(&figure.title, &figure.table)
    };
    let (title, told) = told.split_at(1);
    title.iter().cloned().chain([said]).chain(told.iter().cloned()).collect()
}

/// Pairs for each column, under what heads it; the first column names them.
fn by_column(table: &Table) -> Vec<Block> {
    let told = |at: usize| {
        let head = Block::Paragraph(vec![Run::Strong(table.columns[at].title.clone())]);
        let said = table.rows.iter().filter(|row| row[at] != Cell::Empty);
        let pairs = said.map(|row| (row[0].show(0), vec![Run::plain(row[at].show(table.columns[at].decimals))]));
        [head, Block::Pairs(pairs.collect())]
    };
    (1..table.columns.len()).flat_map(told).collect()
}

/// A list a row, under what heads it: a line a column. Cells that say nothing are left out; those in which nothing was found
/// are named together.
fn listed(caption: &str, table: &Table) -> Vec<Block> {
    let strong = |text: String| Block::Paragraph(vec![Run::Strong(text)]);
    let mut blocks = vec![strong(caption.to_owned())];
    for row in &table.rows {
        if let Some(heading) = Table::heads(row) {
            blocks.push(strong(heading.to_owned()));
            continue;
        }
        let mut cells = row.iter().zip(&table.columns);
        let head = cells.next().map(|(head, column)| titled(&column.title, &head.show(column.decimals)));
        let said = cells.filter(|(cell, _)| **cell != Cell::Empty);
        let (none, some): (Vec<_>, Vec<_>) = said.partition(|(cell, _)| cell.show(0) == NONE_FOUND);
        blocks.push(strong(head.unwrap_or_default()));
        let mut items: Vec<Vec<Run>> =
            some.iter().map(|(cell, column)| line(&column.title, &cell.show(column.decimals))).collect();
        if !none.is_empty() {
            let titles: Vec<&str> = none.iter().map(|(_, column)| column.title.as_str()).collect();
            items.push(vec![Run::Gap(NONE_FOUND.to_owned()), Run::plain(format!(": {}.", titles.join(", ")))]);
        }
        blocks.extend((!items.is_empty()).then_some(Block::List { ordered: false, items }));
    }
    blocks
}

/// `Focus groups: For: 3 (3); Against: 1 (1).` on one line, whatever stood in several.
fn line(title: &str, said: &str) -> Vec<Run> {
    let parts: Vec<&str> = said.lines().map(str::trim).filter(|part| !part.is_empty()).collect();
    let together = match parts.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        many => many.iter().map(|part| part.trim_end_matches(';')).collect::<Vec<_>>().join("; "),
    };
    let is_said = together.contains(char::is_alphabetic) && !together.ends_with(['.', '?', '!']);
    let stop = if is_said { "." } else { "" };
    vec![Run::Strong(titled(title, "")), Run::plain(format!("{together}{stop}"))]
}

/// `Minutes: 45`; a title that is cut short has a stop of its own.
fn titled(title: &str, text: &str) -> String {
    if title.ends_with('.') { format!("{title} {text}") } else { format!("{title}: {text}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participant::Audience;
    use crate::report::{Brief, REPORTS, sample};
    use crate::table::Column;

    #[test]
    fn amounts_by_kind_of_source_are_a_list_with_a_line_each() {
        let mut table =
            Table::new(["View", "Interviews", "Groups", "All"].map(|title| Column::new(title, title)).to_vec());
        table.push(["Lead view", "For: 3 (3)\nAgainst: 1 (1)", NONE_FOUND, "For: 3 (3)"].map(Cell::from).to_vec());
        let blocks = listed("Evidence", &table);
        let Some(Block::List { items, .. }) = blocks.last() else { panic!("{blocks:?}") };
        let said: Vec<String> = items.iter().map(|item| item.iter().map(Run::text).collect()).collect();
        assert_eq!(said, ["Interviews: For: 3 (3); Against: 1 (1).", "All: For: 3 (3).", "none found: Groups."]);
    }

    #[test]
    fn numbers_boxes_and_headings_of_rows_have_no_full_stop() {
        let columns = ["No.", "What", "Minutes", "Cannot judge", "Rate"].map(|title| Column::new(title, title));
        let mut table = Table::new(columns.to_vec());
        table.push(["K1.gj", "Break", "10", "\u{2610}", "1\u{a0}2\u{a0}3"].map(Cell::from).to_vec());
        let text = listed("Agenda", &table).iter().map(Block::text).collect::<Vec<_>>().join("\n");
        assert_eq!(text, "Agenda\nNo. K1.gj\nWhat: Break.\nMinutes: 10\nCannot judge: \u{2610}\nRate: 1\u{a0}2\u{a0}3");
    }

    #[test]
    fn no_wide_table_is_left_and_no_word_is_lost() {
        for kind in REPORTS {
            let report = (kind.make)(&sample::synthesis(), &Brief::new(Audience::Team));
            let large = unfolded(&report);
            let wide = |block: &Block| matches!(block, Block::Table { table, .. } if table.columns.len() > COLUMNS);
            let small = |block: &Block| matches!(block, Block::Figure(figure) if figure.has_table());
            let unread = |block: &Block| wide(block) || small(block) || matches!(block, Block::Facing(_));
            assert!(!large.blocks.iter().any(unread), "{}", kind.key);
            let text = large.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
            for line in report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n").lines().map(str::trim) {
                assert!(text.contains(line), "{}: {line}", kind.key);
            }
        }
    }
}
