//! HTML: one self-contained file that reads on a screen and prints on A4. No script, no address
//! outside the file (the content policy forbids both), all text escaped.

use super::prose::{Part, parts};
use super::side::lies_on_its_side;
use super::{Renderer, heat, visible};
use crate::diagnostic::Result;
use crate::picture::{Figure, sheets};
use crate::report::large::unfolded;
use crate::report::{Block, NoteKind, Quote, Report, Run, Side};
use crate::report::{IN_WORDS, NONE_FOUND, TO_WRITE};
use crate::table::{Cell, Table};
use std::fmt::Write;

pub struct Html;

pub(super) const STYLE: &str = include_str!("paper.css");

/// More of it, where a heat map is in the report, where it is shown on a screen, and in large print.
const HEAT_STYLE: &str = include_str!("heat.css");
const SLIDES_STYLE: &str = include_str!("slides.css");
/// A paper that lies on its side anyway.
const SLIDES: &str = "slides";
const LARGE_STYLE: &str = include_str!("large.css");

/// And where a drawing is.
pub(super) const DRAWING_STYLE: &str = include_str!("drawing.css");

impl Renderer for Html {
    fn key(&self) -> &'static str {
        "html"
    }

    fn extension(&self) -> &'static str {
        "html"
    }

    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        let class = if lies_on_its_side(&report.blocks) && report.key != SLIDES { " sideways" } else { "" };
        Ok(page(report, class, "").into_bytes())
    }

    fn render_large(&self, report: &Report) -> Option<Result<Vec<u8>>> {
        Some(Ok(page(&unfolded(report), " large-print", LARGE_STYLE).into_bytes()))
    }
}

/// The page, with a class and a style of its own.
fn page(report: &Report, class: &str, style: &str) -> String {
    let title = escape(&report.title);
    let has_heat = report.blocks.iter().any(|one| matches!(one, Block::Heat { .. }));
    let heat_style = if has_heat { HEAT_STYLE } else { "" };
    let slides_style = if report.key == SLIDES { SLIDES_STYLE } else { "" };
    let is_drawn = report.blocks.iter().any(|one| matches!(one, Block::Figure(_)));
    let drawing_style = if is_drawn { DRAWING_STYLE } else { "" };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
             img-src data:\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>\n{STYLE}{heat_style}{drawing_style}{slides_style}{style}</style>\n</head>\n<body class=\"{}{class}\">\n\
             <header>\n<h1>{title}</h1>\n<p class=\"subtitle\">{}</p>\n</header>\n",
        escape(report.key),
        escape(&report.subtitle)
    );
    page.push_str(&contents(&report.blocks));
    page.push_str("<main>\n");
    for stretch in stretches(&report.blocks) {
        set(&mut page, stretch);
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// Links to the headings of the second level, where there are several; left out in print.
fn contents(blocks: &[Block]) -> String {
    if blocks.iter().filter(|one| matches!(one, Block::Heading { level: 2, .. })).count() < 2 {
        return String::new();
    }
    let mut nav = "<nav aria-label=\"Contents\">\n<ul>\n".to_owned();
    for one in blocks {
        if let Block::Heading { level: 2, text, id } = one {
            put(&mut nav, format_args!("<li><a href=\"#{}\">{}</a></li>\n", escape(id), escape(text)));
        }
    }
    nav + "</ul>\n</nav>\n"
}

/// Quotations that are kept on one page with the heading they stand under.
const TOGETHER: usize = 6;

/// The blocks, parted before each heading and each page break.
fn stretches(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|_, next| !matches!(next, Block::Heading { .. } | Block::PageBreak))
}

/// A stretch of a few quotations is not torn apart in print.
fn set(page: &mut String, stretch: &[Block]) {
    let quotations = |one: &Block| match one {
        Block::Facing(sides) => quotations_in(sides.as_slice()),
        Block::Sides(sides) => quotations_in(sides),
        _ => 0,
    };
    let tables = stretch.iter().any(|one| matches!(one, Block::Table { .. }));
    let together = !tables && (1..=TOGETHER).contains(&stretch.iter().map(quotations).sum());
    if together {
        page.push_str("<section class=\"together\">\n");
    }
    for one in stretch {
        block(page, one);
    }
    if together {
        page.push_str("</section>\n");
    }
}

fn quotations_in(sides: &[Side]) -> usize {
    sides.iter().flat_map(|side| &side.blocks).filter(|one| matches!(one, Block::Quote(_))).count()
}

fn block(page: &mut String, one: &Block) {
    match one {
        Block::Heading { level, text, id } => {
            let level = (*level).clamp(2, 6);
            put(page, format_args!("<h{level} id=\"{}\">{}</h{level}>\n", escape(id), escape(text)));
        }
        Block::Paragraph(content) => prose(page, content),
        Block::List { ordered, items } => list(page, *ordered, items),
        Block::Quote(one) => quote(page, one),
        Block::Table { caption, table } => grid(page, caption, table),
        Block::Heat { caption, table, .. } => heat_map(page, caption, table),
        Block::Figure(figure) => drawn(page, figure),
        Block::Pairs(pairs) => {
            page.push_str("<dl>\n");
            for (term, content) in pairs {
                put(page, format_args!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(term), runs(content)));
            }
            page.push_str("</dl>\n");
        }
        Block::Facing(sides) => sides_in(page, "facing", sides.as_slice()),
        Block::Sides(sides) => sides_in(page, "sides", sides),
        Block::Note { kind, text } => {
            put(page, format_args!("<p class=\"note {}\">{}</p>\n", note_class(*kind), escape(text)));
        }
        Block::PageBreak => page.push_str("<div class=\"page-break\"></div>\n"),
    }
}

fn prose(page: &mut String, content: &[Run]) {
    for part in parts(content) {
        match part {
            Part::Paragraph(content) => put(page, format_args!("<p>{}</p>\n", runs(&content))),
            Part::Points(items) => list(page, false, &items),
        }
    }
}

/// Sheet by sheet, then the same as a table.
fn drawn(page: &mut String, figure: &Figure) {
    for sheet in sheets(figure) {
        let drawing = super::figure::drawing(&sheet);
        put(page, format_args!("<div class=\"scroll drawing\" tabindex=\"0\">\n{drawing}</div>\n"));
    }
    if figure.has_table() {
        lay_out(page, IN_WORDS, &figure.table, figure.stairs().is_some());
    }
}

fn note_class(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Notice => "notice",
        NoteKind::Rule => "rule",
        NoteKind::Withheld => "withheld",
        NoteKind::ToWrite => "to-write",
    }
}

fn list(page: &mut String, ordered: bool, items: &[Vec<Run>]) {
    let tag = if ordered { "ol" } else { "ul" };
    put(page, format_args!("<{tag}>\n"));
    for item in items {
        put(page, format_args!("<li>{}</li>\n", runs(item)));
    }
    put(page, format_args!("</{tag}>\n"));
}

fn sides_in(page: &mut String, class: &str, sides: &[Side]) {
    put(page, format_args!("<div class=\"{class}\">\n"));
    for one in sides {
        side(page, one);
    }
    page.push_str("</div>\n");
}

fn side(page: &mut String, side: &Side) {
    let title = escape(&side.title);
    put(page, format_args!("<div class=\"side\" role=\"group\" aria-label=\"{title}\">\n"));
    put(page, format_args!("<p class=\"side-title\">{title}</p>\n"));
    for one in &side.blocks {
        block(page, one);
    }
    page.push_str("</div>\n");
}

/// Only people's own words are a block quotation; summaries and field notes are set as text.
fn quote(page: &mut String, quote: &Quote) {
    let class = match (quote.withheld, quote.voice.is_quotable()) {
        (true, _) => "withheld",
        (false, true) => "words",
        (false, false) => "summary",
    };
    let tag = if class == "words" { "blockquote" } else { "div" };
    put(
        page,
        format_args!(
            "<figure class=\"{class}\"><{tag}><p>{}</p></{tag}><figcaption>{}</figcaption></figure>\n",
            with_breaks(&quote.text),
            escape(&quote.attribution)
        ),
    );
}

fn runs(runs: &[Run]) -> String {
    runs.iter()
        .map(|run| {
            let text = with_breaks(run.text());
            match run {
                Run::Plain(_) => text,
                Run::Strong(_) => format!("<strong>{text}</strong>"),
                Run::Emphasis(_) => format!("<em>{text}</em>"),
                Run::Quotation(_) => format!("<q class=\"words\">{text}</q>"),
                Run::Gap(_) => format!("<span class=\"gap\">{text}</span>"),
                Run::Small(_) => format!("<span class=\"small\">{text}</span>"),
            }
        })
        .collect()
}

/// Rows and characters of a table that is kept on one page.
const SHORT: (usize, usize) = (6, 1_200);

/// Columns from which a table is set smaller.
const WIDE: usize = 9;

/// Columns from which a table is set as a list on a narrow screen, unless it has too many rows to name the column in
/// every cell.
const STACKS: (usize, usize) = (4, 1_000);

fn stacks(table: &Table) -> bool {
    table.columns.len() >= STACKS.0 && table.rows.len() <= STACKS.1
}

fn table_class(table: &Table) -> String {
    let characters: usize = table.rows.iter().flatten().map(|cell| cell.show(2).chars().count()).sum();
    let is_short = table.rows.len() <= SHORT.0 && characters <= SHORT.1;
    let classes = [(is_short, "short"), (table.columns.len() >= WIDE, "wide"), (stacks(table), "stacks")];
    let classes: Vec<&str> = classes.iter().filter(|(is_so, _)| *is_so).map(|(_, class)| *class).collect();
    if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) }
}

/// A table by itself.
pub(super) fn table(caption: &str, table: &Table) -> String {
    let mut page = String::new();
    grid(&mut page, caption, table);
    page
}

fn grid(page: &mut String, caption: &str, table: &Table) {
    lay_out(page, caption, table, false);
}

/// A table that, where it `turns`, is a list of its columns on a narrow screen.
fn lay_out(page: &mut String, caption: &str, table: &Table, turns: bool) {
    let caption = escape(caption);
    put(page, format_args!("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\n"));
    let (class, stacks) =
        if turns { (" class=\"turns\"".to_owned(), true) } else { (table_class(table), stacks(table)) };
    put(page, format_args!("<table{class}>\n<caption>{caption}</caption>\n<thead>\n<tr>"));
    for column in &table.columns {
        put(page, format_args!("<th scope=\"col\">{}</th>", escape(&column.title)));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for cells in &table.rows {
        if let Some(heading) = Table::heads(cells) {
            let (across, heading) = (table.columns.len(), with_breaks(heading));
            put(
                page,
                format_args!("<tr class=\"part\"><th scope=\"rowgroup\" colspan=\"{across}\">{heading}</th></tr>\n"),
            );
            continue;
        }
        page.push_str("<tr>");
        for (at, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
            let shown = with_breaks(&cell.show(column.decimals));
            if at == 0 {
                put(page, format_args!("<th scope=\"row\"{}>{shown}</th>", label_class(cell)));
            } else {
                let heading = if turns { cells[0].show(0) } else { column.title.clone() };
                let title = if stacks { format!(" data-title=\"{}\"", escape(&heading)) } else { String::new() };
                put(page, format_args!("<td{}{title}>{shown}</td>", cell_class(cell)));
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

fn label_class(cell: &Cell) -> &'static str {
    match cell {
        Cell::Text(text) if is_one_word(text) => " class=\"label\"",
        Cell::Text(text) if text.len() <= KEY && text.chars().all(char::is_alphanumeric) => " class=\"key\"",
        _ => "",
    }
}

/// Letters of a key, as options have: its column needs no more room.
const KEY: usize = 3;

/// A label or a date, which is not broken at its hyphens or spaces.
fn is_one_word(text: &str) -> bool {
    let length = text.chars().count();
    (1..=ONE_WORD).contains(&length) && text.contains(|letter: char| letter.is_ascii_digit()) && !text.contains('\n')
}

/// Letters of `12 March 2024`.
const ONE_WORD: usize = 13;

/// Columns of a heat map from which its headings stand upright.
const CROWDED: usize = 6;

fn heat_map(page: &mut String, caption: &str, table: &Table) {
    let shades = heat::Shades::of(table);
    let caption = escape(caption);
    let crowded = if table.columns.len() >= CROWDED + heat::PLAIN { " crowded" } else { "" };
    page.push_str("<p class=\"shades\">Shades: ");
    for (shade, numbers) in shades.key() {
        put(page, format_args!("<span class=\"heat-{shade}\">{numbers}</span> "));
    }
    put(page, format_args!("</p>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\n"));
    put(
        page,
        format_args!("<table class=\"heat{crowded}\">\n<caption><span>{caption}</span></caption>\n<thead>\n<tr>"),
    );
    for column in &table.columns {
        put(page, format_args!("<th scope=\"col\"><span>{}</span></th>", escape(&column.title)));
    }
    page.push_str("</tr>\n</thead>\n<tbody>\n");
    for cells in &table.rows {
        let is_total = heat::is_total(cells);
        page.push_str(if is_total { "<tr class=\"total\">" } else { "<tr>" });
        for (at, (cell, column)) in cells.iter().zip(&table.columns).enumerate() {
            let shown = with_breaks(&cell.show(column.decimals));
            match shades.shade(cell).filter(|_| at >= heat::PLAIN && !is_total) {
                _ if at == 0 => put(page, format_args!("<th scope=\"row\">{shown}</th>")),
                Some(shade) => put(page, format_args!("<td class=\"number heat-{shade}\">{shown}</td>")),
                None => put(page, format_args!("<td{}>{shown}</td>", cell_class(cell))),
            }
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n</div>\n");
}

fn cell_class(cell: &Cell) -> &'static str {
    match cell {
        Cell::Whole(_) | Cell::Real(_) | Cell::Noted { .. } => " class=\"number\"",
        Cell::Undefined(_) => " class=\"gap\"",
        Cell::Text(text) if [NONE_FOUND, TO_WRITE].contains(&text.as_str()) => " class=\"gap\"",
        Cell::Text(text) if is_one_word(text) => " class=\"label\"",
        Cell::Text(_) | Cell::Heading(_) | Cell::Empty => "",
    }
}

/// Writing to a string cannot fail.
fn put(page: &mut String, text: std::fmt::Arguments) {
    let _ = page.write_fmt(text);
}

/// Escaped, with the breaks of the text kept.
fn with_breaks(text: &str) -> String {
    let lines: Vec<String> = visible(text).lines().map(escape).collect();
    lines.join("<br>")
}

/// Safe in text and between double quotation marks.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Voice;

    #[test]
    fn markup_in_a_text_is_shown_and_not_run() {
        assert_eq!(escape("<b a=\"x\">&'"), "&lt;b a=&quot;x&quot;&gt;&amp;&#39;");
        assert_eq!(with_breaks("a\n<b>"), "a<br>&lt;b&gt;");
    }

    proptest::proptest! {
        #[test]
        fn no_text_whatever_opens_a_tag_or_leaves_an_attribute(text in ".*") {
            proptest::prop_assert!(!escape(&text).contains(['<', '>', '"', '\'']));
        }
    }

    #[test]
    fn the_column_of_a_key_takes_no_more_room_than_the_key() {
        assert_eq!(
            ["A", "10", "Lead view"].map(|text| label_class(&Cell::text(text))),
            [" class=\"key\"", " class=\"label\"", ""]
        );
    }

    #[test]
    fn labels_and_dates_are_not_broken_and_words_are() {
        assert!(["H12.gj", "2026-11-23", "12 March 2024"].into_iter().all(is_one_word));
        assert!(!["", "no better", "a\n1", "every 6 to 8 weeks"].into_iter().any(is_one_word));
    }

    #[test]
    fn what_is_typed_in_lines_is_set_in_paragraphs_and_points() {
        let mut page = String::new();
        block(&mut page, &Block::paragraph("She\nwaits.\n\n- one\n- two"));
        assert_eq!(page, "<p>She waits.</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
    }

    #[test]
    fn only_a_persons_own_words_are_a_block_quotation() {
        let shown = |voice, withheld| {
            let mut page = String::new();
            let one = Quote { text: "t".to_owned(), attribution: "w".to_owned(), voice, withheld };
            quote(&mut page, &one);
            page
        };
        assert!(shown(Voice::Participant, false).contains("<blockquote>"));
        assert!(!shown(Voice::Extractor, false).contains("<blockquote>"));
        assert!(!shown(Voice::Participant, true).contains("<blockquote>"));
    }
}
