//! The terminal: the same report as text of a given width. It returns the text; `cli/ui` prints it.
//! What comes from documents is stripped of control characters, so that no transcript can steer a
//! terminal.

use super::{one_line, visible};
use crate::report::{Block, Quote, Report, Run, Side};
use crate::table::{Cell, Table};
use comfy_table::presets::{NOTHING, UTF8_FULL_CONDENSED};
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width};

/// Text from anywhere, safe to show on a terminal.
pub fn plain(text: &str) -> String {
    visible(text)
}

/// The report as text, no line wider than `width` where words allow it.
pub fn show(report: &Report, width: u16) -> String {
    let title = one_line(&report.title);
    let mut parts = vec![format!("{}\n{}", wrap(&title, width), wrap(&one_line(&report.subtitle), width))];
    parts.extend(report.blocks.iter().map(|one| block(one, width)).filter(|text| !text.is_empty()));
    let mut text = parts.join("\n\n");
    text.push('\n');
    text
}

/// A table with borders, its cells wrapped to fit `width` between words. Where even the longest words
/// of its columns do not fit side by side, each row becomes a list of its own.
pub fn table(table: &Table, width: u16) -> String {
    let least: Vec<u16> = (0..table.columns.len()).map(|at| longest_word(table, at)).collect();
    let borders = 3 * least.len() + 1;
    let fits = least.iter().map(|width| usize::from(*width)).sum::<usize>() + borders <= usize::from(width);
    if fits { grid(table, width, &least) } else { records(table, width) }
}

/// What a column cannot go below without breaking a word; a very long word may be broken.
fn longest_word(table: &Table, at: usize) -> u16 {
    let decimals = table.columns[at].decimals;
    let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| visible(&cell.show(decimals)));
    let title = one_line(&table.columns[at].title);
    let longest =
        cells.chain([title]).filter_map(|text| text.split_whitespace().map(|word| word.chars().count()).max());
    u16::try_from(longest.max().unwrap_or(1).min(20)).unwrap_or(20)
}

fn grid(table: &Table, width: u16, least: &[u16]) -> String {
    let mut grid = comfy_table::Table::new();
    grid.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    grid.set_header(table.columns.iter().map(|column| one_line(&column.title)));
    for cells in &table.rows {
        let cell = |(cell, column): (&Cell, &crate::table::Column)| {
            let shown = comfy_table::Cell::new(visible(&cell.show(column.decimals)));
            let number = matches!(cell, Cell::Whole(_) | Cell::Real(_));
            if number { shown.set_alignment(CellAlignment::Right) } else { shown }
        };
        grid.add_row(cells.iter().zip(&table.columns).map(cell).collect::<Vec<_>>());
    }
    for (column, least) in grid.column_iter_mut().zip(least) {
        // A boundary counts the space on both sides of a cell.
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least + 2)));
    }
    grid.to_string()
}

/// One block a row: its heading, then a line a column that says anything.
fn records(table: &Table, width: u16) -> String {
    let titles: Vec<String> = table.columns.iter().map(|column| one_line(&column.title)).collect();
    let margin = titles.iter().map(|title| title.chars().count()).max().unwrap_or(0) + 2;
    let rows = table.rows.iter().map(|cells| {
        let shown = cells.iter().zip(&table.columns).map(|(cell, column)| one_line(&cell.show(column.decimals)));
        let lines = titles.iter().zip(shown).filter(|(_, text)| !text.is_empty());
        lines.map(|(title, text)| hang(&format!("{title:<margin$}"), &text, width)).collect::<Vec<_>>().join("\n")
    });
    rows.collect::<Vec<_>>().join("\n\n")
}

fn block(block_: &Block, width: u16) -> String {
    match block_ {
        Block::Heading { level, text, .. } => {
            let text = wrap(&one_line(text), width);
            let rule = if *level <= 2 { "=" } else { "-" };
            let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            format!("{text}\n{}", rule.repeat(longest))
        }
        Block::Paragraph(content) => wrap(&runs(content), width),
        Block::List { ordered, items } => items
            .iter()
            .enumerate()
            .map(|(at, content)| {
                let mark = if *ordered { format!("{}. ", at + 1) } else { "- ".to_owned() };
                hang(&mark, &runs(content), width)
            })
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Quote(one) => quote(one, width),
        Block::Table { caption, table: content } | Block::Heat { caption, table: content } => {
            format!("{}\n{}", wrap(&one_line(caption), width), table(content, width))
        }
        Block::Pairs(pairs) => pairs
            .iter()
            .map(|(term, content)| hang("  ", &format!("{}: {}", one_line(term), runs(content)), width))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Facing(sides) => sides_in_turn(sides.as_slice(), width),
        Block::Sides(sides) => sides_in_turn(sides, width),
        Block::Note { text, .. } => hang("  ", &one_line(text), width),
        Block::PageBreak => String::new(),
    }
}

fn sides_in_turn(sides: &[Side], width: u16) -> String {
    sides.iter().map(|one| side(one, width)).collect::<Vec<_>>().join("\n\n")
}

fn side(side: &Side, width: u16) -> String {
    let mut parts = vec![wrap(&one_line(&side.title), width)];
    parts.extend(side.blocks.iter().map(|one| block(one, width)));
    parts.join("\n")
}

fn quote(quote: &Quote, width: u16) -> String {
    let words: Vec<String> = visible(&quote.text).lines().map(|line| hang("  | ", line, width)).collect();
    format!("{}\n{}", words.join("\n"), hang("    ", &one_line(&quote.attribution), width))
}

fn runs(runs: &[Run]) -> String {
    one_line(&runs.iter().map(Run::text).collect::<String>())
}

/// Wrapped, with a mark before the first line and as much space before the others.
fn hang(mark: &str, text: &str, width: u16) -> String {
    let indent = u16::try_from(mark.chars().count()).unwrap_or(0);
    let space = " ".repeat(usize::from(indent));
    let wrapped = wrap(text, width.saturating_sub(indent).max(10));
    let lines = wrapped.lines().enumerate().map(|(at, line)| {
        let before = if at == 0 { mark } else { &space };
        format!("{before}{line}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Lines of at most `width` columns, as wide characters count.
/// A text in lines no wider than `width`, broken between words where that can be.
pub fn wrap(text: &str, width: u16) -> String {
    let mut grid = comfy_table::Table::new();
    grid.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width.max(10));
    grid.add_row([text]);
    if let Some(column) = grid.column_mut(0) {
        column.set_padding((0, 0));
    }
    grid.to_string().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_at_the_width_given() {
        let text = wrap("one two three four five six seven", 12);
        assert!(text.lines().count() > 1);
        assert!(text.lines().all(|line| line.chars().count() <= 12), "{text}");
        assert_eq!(text.split_whitespace().count(), 7);
    }

    #[test]
    fn tables_fit_and_steer_nothing() {
        let mut one = Table::with(&[("a", "A"), ("b", "B")]);
        one.push(vec!["x\u{1b}[2J".into(), "long words that have to be wrapped somewhere here".into()]);
        let text = table(&one, 30);
        assert!(!text.contains('\u{1b}'));
        assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
    }
}
