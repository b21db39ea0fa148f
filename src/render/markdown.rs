//! Markdown: CommonMark with tables. Every character of the text that could be taken for markup is
//! escaped.

use super::prose::{Part, parts};
use super::{Renderer, one_line, visible};
use crate::diagnostic::Result;
use crate::report::{Block, Quote, Report, Run, Side};
use crate::table::Table;

pub struct Markdown;

impl Renderer for Markdown {
    fn key(&self) -> &'static str {
        "md"
    }

    fn extension(&self) -> &'static str {
        "md"
    }

    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        let mut parts = vec![format!("# {}", line(&report.title)), format!("*{}*", line(&report.subtitle))];
        parts.extend(report.blocks.iter().map(block));
        let mut text = parts.join("\n\n");
        text.push('\n');
        Ok(text.into_bytes())
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, text, .. } => format!("{} {}", "#".repeat(usize::from(*level).min(6)), line(text)),
        Block::Paragraph(content) => prose(content),
        Block::List { ordered, items } => list(*ordered, items),
        Block::Quote(one) => quote(one),
        Block::Table { caption, table } | Block::Heat { caption, table, .. } => {
            format!("**{}**\n\n{}", line(caption), grid(table))
        }
        Block::Figure(figure) if !figure.has_table() => format!("**{}**", line(&figure.title)),
        Block::Figure(figure) => format!("**{}**\n\n{}", line(&figure.title), grid(&figure.table)),
        Block::Pairs(pairs) => pairs
            .iter()
            .map(|(term, content)| format!("- **{}**: {}", line(term), runs(content)))
            .collect::<Vec<_>>()
            .join("\n"),
        Block::Facing(sides) => sides_in_turn(sides.as_slice()),
        Block::Sides(sides) => sides_in_turn(sides),
        Block::Note { text, .. } => format!("> **Note.** {}", line(text)),
        Block::PageBreak => "---".to_owned(),
    }
}

fn prose(content: &[Run]) -> String {
    let set = |part: Part| match part {
        Part::Paragraph(content) => runs(&content),
        Part::Points(items) => list(false, &items),
    };
    parts(content).into_iter().map(set).collect::<Vec<_>>().join("\n\n")
}

fn sides_in_turn(sides: &[Side]) -> String {
    sides.iter().map(side).collect::<Vec<_>>().join("\n\n")
}

fn side(side: &Side) -> String {
    let mut parts = vec![format!("**{}**", line(&side.title))];
    parts.extend(side.blocks.iter().map(block));
    parts.join("\n\n")
}

fn list(ordered: bool, items: &[Vec<Run>]) -> String {
    let item = |(at, content): (usize, &Vec<Run>)| {
        let mark = if ordered { format!("{}.", at + 1) } else { "-".to_owned() };
        format!("{mark} {}", runs(content))
    };
    items.iter().enumerate().map(item).collect::<Vec<_>>().join("\n")
}

fn quote(quote: &Quote) -> String {
    let words: Vec<String> =
        visible(&quote.text).lines().map(str::trim).filter(|line| !line.is_empty()).map(line).collect();
    let who = line(&quote.attribution);
    format!("> {}\n>\n> \u{2014} {who}", words.join("\\\n> "))
}

fn runs(runs: &[Run]) -> String {
    let mut text = String::new();
    for run in runs {
        let escaped = escape(&one_line(run.text()), text.is_empty());
        let lead = if run.text().starts_with(char::is_whitespace) { " " } else { "" };
        let tail = if run.text().ends_with(char::is_whitespace) { " " } else { "" };
        let set = match run {
            Run::Plain(_) | Run::Quotation(_) => escaped,
            Run::Strong(_) | Run::Gap(_) => format!("**{escaped}**"),
            Run::Emphasis(_) => format!("*{escaped}*"),
            Run::Small(_) if text.is_empty() => escaped,
            Run::Small(_) => format!("\\\n  {escaped}"),
        };
        text.push_str(lead);
        text.push_str(&set);
        text.push_str(tail);
    }
    text.trim().to_owned()
}

/// Any table as a Markdown table.
pub fn table(table: &Table) -> String {
    let mut text = grid(table);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn grid(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![
        row(table.columns.iter().map(|column| inline(&column.title)).collect()),
        row(table.columns.iter().map(|_| "---".to_owned()).collect()),
    ];
    for cells in &table.rows {
        let shown = cells.iter().zip(&table.columns).map(|(cell, column)| {
            visible(&cell.show(column.decimals)).lines().map(inline).collect::<Vec<_>>().join("<br>")
        });
        lines.push(row(shown.collect()));
    }
    lines.join("\n")
}

/// One line, escaped, as it may stand at the start of a block.
fn line(text: &str) -> String {
    escape(&one_line(text), true)
}

/// One line, escaped, as it may stand within a line.
fn inline(text: &str) -> String {
    escape(&one_line(text), false)
}

/// Escapes markup anywhere and, at the start of a block, what would open a heading or a list.
fn escape(text: &str, at_start: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    if !at_start {
        return out;
    }
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let ordered = digits > 0 && out[digits..].starts_with(['.', ')']);
    if ordered {
        out.insert(digits, '\\');
    } else if out.starts_with(['#', '+', '-', '=']) {
        out.insert(0, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_becomes_markup() {
        assert_eq!(line("# a *b* <i>"), "\\# a \\*b\\* &lt;i&gt;");
        assert_eq!(line("1. one"), "1\\. one");
        assert_eq!(line("a | b"), "a \\| b");
        assert_eq!(line("[x](javascript:y)"), "\\[x\\](javascript:y)");
    }

    proptest::proptest! {
        #[test]
        fn no_text_whatever_opens_a_tag_a_cell_or_a_line(text in ".*") {
            let shown = inline(&text);
            proptest::prop_assert!(!shown.contains(['<', '\n']));
            let bare = shown.replace("\\\\", "").replace("\\|", "");
            proptest::prop_assert!(!bare.contains('|'), "{}", shown);
        }
    }

    #[test]
    fn emphasis_keeps_its_spaces_outside() {
        let set = runs(&[Run::Strong("H1 ".to_owned()), Run::plain("says - so")]);
        assert_eq!(set, "**H1** says - so");
    }

    #[test]
    fn a_quote_of_several_lines_stays_one_quote() {
        let one = Quote {
            text: "a\n\n- b".to_owned(),
            attribution: "x".to_owned(),
            voice: crate::document::Voice::Author,
            withheld: false,
        };
        assert_eq!(quote(&one), "> a\\\n> \\- b\n>\n> \u{2014} x");
    }
}
