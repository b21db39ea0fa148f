//! The terminal: the same report as text of a given width. It returns the text; `cli/ui` prints it.
//! What comes from documents is stripped of control characters, so that no transcript can steer a
//! terminal.

use super::prose::{Part, parts};
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
/// of its columns do not fit side by side, columns that say nothing are left out, what is the same in every row is said
/// once above, and long names of files are broken; where that does not help, each row becomes a list of its own.
pub fn table(table: &Table, width: u16) -> String {
    if table.is_empty() {
        return "nothing to show".to_owned();
    }
    if let Some(least) = least_widths(table, width, WORD) {
        return grid(table, width, &least);
    }
    let (told_once, lean) = lean(table);
    let least = [WORD, 14, 11].into_iter().find_map(|word| least_widths(&lean, width, word));
    match least {
        Some(least) if told_once.is_empty() => grid(&lean, width, &least),
        Some(least) => format!("{}\n{}", wrap(&told_once, width), grid(&lean, width, &least)),
        None => records(table, width),
    }
}

/// Letters of a word that is kept whole where there is room.
const WORD: u16 = 20;

/// The least width of every column, in letters, if all fit side by side. Words stay whole; names of files and the
/// like only up to `word` letters.
fn least_widths(table: &Table, width: u16, word: u16) -> Option<Vec<u16>> {
    let least: Vec<u16> = (0..table.columns.len()).map(|at| longest_word(table, at, word)).collect();
    let borders = 3 * least.len() + 1;
    (least.iter().map(|width| usize::from(*width)).sum::<usize>() + borders <= usize::from(width)).then_some(least)
}

/// The table without its columns that are empty, and without those that say the same in every row, with what
/// they say: `in all rows: Format docx; Language English`. The first column stays.
fn lean(table: &Table) -> (String, Table) {
    let mut same = Vec::new();
    let mut left_out = Vec::new();
    for (at, column) in table.columns.iter().enumerate().skip(1) {
        let mut cells =
            table.rows.iter().filter_map(|row| row.get(at)).map(|cell| one_line(&cell.show(column.decimals)));
        let first = cells.next().unwrap_or_default();
        if (first.is_empty() || table.rows.len() > 1) && cells.all(|cell| cell == first) {
            left_out.push(column.key.as_str());
            if !first.is_empty() {
                same.push(format!("{} {first}", one_line(&column.title)));
            }
        }
    }
    let mut lean = table.clone();
    lean.drop_columns(&left_out);
    let told_once = if same.is_empty() { String::new() } else { format!("in all rows: {}", same.join("; ")) };
    (told_once, lean)
}

/// What a column cannot go below without breaking a word; a very long one may be broken, and what is no word of a
/// language already where it has more than `most` letters.
fn longest_word(table: &Table, at: usize, most: u16) -> u16 {
    let room = |word: &str| {
        let letters = word.chars().count();
        let is_plain = word.trim_matches(|letter: char| !letter.is_alphanumeric()).chars().all(char::is_alphabetic);
        letters.min(usize::from(if is_plain { WORD } else { most }))
    };
    let decimals = table.columns[at].decimals;
    let cells = table.rows.iter().filter_map(|row| row.get(at)).map(|cell| visible(&cell.show(decimals)));
    let title = one_line(&table.columns[at].title);
    let longest = cells.chain([title]).filter_map(|text| text.split_whitespace().map(room).max());
    u16::try_from(longest.max().unwrap_or(1)).unwrap_or(WORD).min(WORD)
}

fn grid(table: &Table, width: u16, least: &[u16]) -> String {
    let mut grid = comfy_table::Table::new();
    grid.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    grid.set_header(table.columns.iter().map(|column| one_line(&column.title)));
    for cells in &table.rows {
        let cell = |(cell, column): (&Cell, &crate::table::Column)| {
            let shown = comfy_table::Cell::new(visible(&cell.show(column.decimals)));
            let number = matches!(cell, Cell::Whole(_) | Cell::Real(_) | Cell::Noted { .. });
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
        Block::Paragraph(content) => prose(content, width),
        Block::List { ordered, items } => list(*ordered, items, width),
        Block::Quote(one) => quote(one, width),
        Block::Table { caption, table: content } | Block::Heat { caption, table: content, .. } => {
            format!("{}\n{}", wrap(&one_line(caption), width), table(content, width))
        }
        Block::Figure(figure) if !figure.has_table() => wrap(&one_line(&figure.title), width),
        Block::Figure(figure) => {
            format!("{}\n{}", wrap(&one_line(&figure.title), width), table(&figure.table, width))
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

fn prose(content: &[Run], width: u16) -> String {
    let set = |part: Part| match part {
        Part::Paragraph(content) => wrap(&runs(&content), width),
        Part::Points(items) => list(false, &items, width),
    };
    parts(content).into_iter().map(set).collect::<Vec<_>>().join("\n\n")
}

fn list(ordered: bool, items: &[Vec<Run>], width: u16) -> String {
    let item = |(at, content): (usize, &Vec<Run>)| {
        let mark = if ordered { format!("{}. ", at + 1) } else { "- ".to_owned() };
        hang(&mark, &runs(content), width)
    };
    items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
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
    one_line(&Run::together(runs))
}

/// Wrapped, with a mark before the first line and as much space before the others.
pub fn hang(mark: &str, text: &str, width: u16) -> String {
    let indent = u16::try_from(mark.chars().count()).unwrap_or(0);
    let space = " ".repeat(usize::from(indent));
    let wrapped = wrap(text, width.saturating_sub(indent).max(10));
    let lines = wrapped.lines().enumerate().map(|(at, line)| {
        let before = if at == 0 { mark } else { &space };
        format!("{before}{line}")
    });
    lines.collect::<Vec<_>>().join("\n")
}

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

    #[test]
    fn where_columns_do_not_fit_what_all_rows_say_is_said_once() {
        let mut many =
            Table::with(&[("id", "Id"), ("file", "File"), ("format", "Format"), ("note", "Note"), ("n", "N")]);
        many.push(vec!["D1.gj".into(), "Interview_with_Ana.docx".into(), "docx".into(), Cell::Empty, 12_usize.into()]);
        many.push(vec!["D2.gj".into(), "Ben.docx".into(), "docx".into(), Cell::Empty, 9_usize.into()]);
        let text = table(&many, 34);
        assert!(text.starts_with("in all rows: Format docx\n┌"), "{text}");
        assert!(!text.contains("Note"), "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 34), "{text}");
        assert!(table(&many, 60).contains("Format"), "what fits is shown whole");
        assert!(table(&many, 14).starts_with("Id      D1.gj\n"), "what does not fit at all: a list a row");
        many.rows.truncate(1);
        assert!(!table(&many, 34).starts_with("in all"), "one row has nothing in common with others");
    }

    #[test]
    fn words_are_never_broken_where_a_list_a_row_will_do() {
        let mut people = Table::with(&[("id", "Id"), ("file", "File"), ("speakers", "Speakers")]);
        people.push(vec!["D1.gj".into(), "a_long_name_of_a_file.docx".into(), "Ana (participant)".into()]);
        people.push(vec!["D2.gj".into(), "another_name_of_a_file.docx".into(), "Ben (interviewer)".into()]);
        for width in 24..80 {
            let text = table(&people, width);
            assert!(text.contains("(participant)") && text.contains("(interviewer)"), "{width}: {text}");
        }
    }

    #[test]
    fn a_table_without_rows_is_no_row_of_headings() {
        assert_eq!(table(&Table::with(&[("id", "Id")]), 80), "nothing to show");
    }
}
