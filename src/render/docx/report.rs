//! A report as a Word document.

use super::package::archive;
use super::{Block as Part, Face, Grid, Inline, Paper, Paragraph, Style, write};
use crate::diagnostic::Result;
use crate::picture::{Figure, draw, sheets};
use crate::render::prose::{Part as Piece, parts as pieces};
use crate::render::side::lies_on_its_side;
use crate::render::{Print, Renderer};
use crate::report::large::unfolded;
use crate::report::{Block, IN_WORDS, NoteKind, Quote, Report, Run, Side};
use crate::table::{Cell, Column, Table};

pub struct Docx;

impl Renderer for Docx {
    fn key(&self) -> &'static str {
        "docx"
    }

    fn extension(&self) -> &'static str {
        "docx"
    }

    fn render(&self, report: &Report) -> Result<Vec<u8>> {
        Ok(write(&paper(report, Print::Usual)))
    }

    fn render_large(&self, report: &Report) -> Option<Result<Vec<u8>>> {
        Some(Ok(archive(&paper(&unfolded(report), Print::Large), Print::Large)))
    }
}

/// Reports with briefings of two pages each.
const CLOSE: &[&str] = &["agenda", "briefing"];

fn paper(report: &Report, print: Print) -> Paper {
    let mut paper = Paper {
        title: report.title.clone(),
        footer: report.title.clone(),
        is_wide: lies_on_its_side(&report.blocks),
        is_close: CLOSE.contains(&report.key),
        ..Paper::default()
    };
    paper.blocks.push(Part::Paragraph(Paragraph::plain(Style::Title, &report.title)));
    paper.blocks.push(Part::Paragraph(Paragraph::plain(Style::Subtitle, &report.subtitle)));
    report.blocks.iter().for_each(|block| set(&mut paper.blocks, block, print));
    lead_on(&mut paper.blocks);
    paper
}

fn set(parts: &mut Vec<Part>, block: &Block, print: Print) {
    match block {
        Block::Table { caption, table } | Block::Heat { caption, table, .. } => {
            parts.push(Part::Paragraph(Paragraph::plain(Style::Caption, caption)));
            parts.push(Part::Table(grid(table)));
        }
        Block::Figure(figure) => drawn(parts, figure, print),
        // Side by side, each half of the page.
        Block::Facing(sides) => {
            let cells = sides.iter().map(|side| paragraphs(&side.blocks).into_iter().map(in_cell).collect()).collect();
            let head = Some(sides.iter().map(|side| side.title.clone()).collect());
            parts.push(Part::Table(Grid { head, rows: vec![cells], is_even: true }));
        }
        Block::Sides(sides) => {
            for Side { title, blocks } in sides {
                let content = vec![Inline::Text(title.clone(), Face::Strong)];
                parts.push(Part::Paragraph(Paragraph { style: Style::Body, content }));
                for block in blocks {
                    set(parts, block, print);
                }
            }
        }
        Block::PageBreak => parts.push(Part::PageBreak),
        other => parts.extend(lines(other).into_iter().map(Part::Paragraph)),
    }
}

/// Sheet by sheet, then the same as a table. A grid too wide for a page is its table alone.
fn drawn(parts: &mut Vec<Part>, figure: &Figure, print: Print) {
    let caption = |text: &str| Part::Paragraph(Paragraph::plain(Style::Caption, text));
    if figure.grid().is_some() || print == Print::Large {
        parts.push(caption(&figure.title));
    }
    match figure.grid() {
        Some(grid) if grid.columns.len() <= super::marks::MOST && print == Print::Usual => {
            parts.push(Part::Marks(Box::new(Figure { table: Table::new(Vec::new()), ..figure.clone() })));
        }
        Some(_) => {}
        None => parts.extend(sheets(figure).iter().map(|sheet| Part::Drawing(Box::new(draw(sheet))))),
    }
    if figure.has_table() {
        if figure.grid().is_none() || print == Print::Usual {
            parts.push(caption(IN_WORDS));
        }
        parts.push(Part::Table(grid(&figure.table)));
    }
}

/// What leads to a table, a list or a quotation stands on its page.
fn lead_on(parts: &mut [Part]) {
    for at in 1..parts.len() {
        let (before, from) = parts.split_at_mut(at);
        let follows = match &from[0] {
            Part::Table(_) | Part::Marks(_) | Part::Drawing(_) => true,
            Part::Paragraph(one) => matches!(one.style, Style::Point | Style::Quote | Style::Caption),
            Part::PageBreak | Part::NewPart => false,
        };
        if let Some(Part::Paragraph(one)) = before.last_mut().filter(|_| follows)
            && one.style == Style::Body
        {
            one.style = Style::Together;
        }
    }
}

/// Blocks that stand in a cell: what is a table of its own there is set line by line.
fn paragraphs(blocks: &[Block]) -> Vec<Paragraph> {
    blocks.iter().flat_map(lines).collect()
}

/// A paragraph as it is set in a cell.
fn in_cell(one: Paragraph) -> Paragraph {
    let style = match one.style {
        Style::Quote => Style::CellQuote,
        Style::Source => Style::CellSource,
        Style::Body => Style::Cell,
        other => other,
    };
    Paragraph { style, ..one }
}

fn lines(block: &Block) -> Vec<Paragraph> {
    match block {
        Block::Heading { level, text, .. } => vec![Paragraph::plain(Style::Heading(level.saturating_sub(1)), text)],
        Block::Paragraph(content) => prose(content),
        Block::List { ordered, items } => list(*ordered, items),
        Block::Quote(quote) => quoted(quote),
        Block::Table { caption, table } | Block::Heat { caption, table, .. } => rows(caption, table),
        Block::Figure(figure) => rows(&figure.title, &figure.table),
        Block::Pairs(pairs) => {
            let pair = |(term, content): &(String, Vec<Run>)| {
                let mut line = vec![Inline::Text(format!("{term}: "), Face::Strong)];
                line.extend(runs(content));
                Paragraph { style: Style::Body, content: line }
            };
            let mut lines: Vec<Paragraph> = pairs.iter().map(pair).collect();
            // A last line is never alone on a page.
            if let [.., one, _] = lines.as_mut_slice() {
                one.style = Style::Together;
            }
            lines
        }
        Block::Facing(sides) => sides.iter().flat_map(|side| paragraphs(&side.blocks)).collect(),
        Block::Sides(sides) => sides.iter().flat_map(|side| paragraphs(&side.blocks)).collect(),
        Block::Note { kind: NoteKind::Notice, text } => vec![Paragraph::plain(Style::Notice, text)],
        Block::Note { text, .. } => vec![Paragraph::plain(Style::Note, text)],
        Block::PageBreak => Vec::new(),
    }
}

fn prose(content: &[Run]) -> Vec<Paragraph> {
    let set = |part: Piece| match part {
        Piece::Paragraph(content) => vec![Paragraph { style: Style::Body, content: runs(&content) }],
        Piece::Points(items) => list(false, &items),
    };
    pieces(content).into_iter().flat_map(set).collect()
}

fn list(ordered: bool, items: &[Vec<Run>]) -> Vec<Paragraph> {
    let mark = |nth: usize| if ordered { format!("{}.", nth + 1) } else { "•".to_owned() };
    items.iter().enumerate().map(|(nth, item)| point(mark(nth), item)).collect()
}

/// A table line by line.
fn rows(caption: &str, table: &Table) -> Vec<Paragraph> {
    let row = |row: &Vec<Cell>| {
        let cells = row.iter().zip(&table.columns).map(|(cell, column)| cell.show(column.decimals));
        Paragraph::plain(Style::Body, cells.collect::<Vec<_>>().join(" · "))
    };
    [Paragraph::plain(Style::Caption, caption)].into_iter().chain(table.rows.iter().map(row)).collect()
}

fn point(mark: String, item: &[Run]) -> Paragraph {
    let mut content = vec![Inline::Text(mark, Face::Plain), Inline::Tab];
    content.extend(runs(item));
    Paragraph { style: Style::Point, content }
}

/// Only people's own words are set as a quotation.
fn quoted(quote: &Quote) -> Vec<Paragraph> {
    let is_words = !quote.withheld && quote.voice.is_quotable();
    let style = if is_words { Style::Quote } else { Style::Body };
    vec![Paragraph::plain(style, &quote.text), Paragraph::plain(Style::Source, &quote.attribution)]
}

fn runs(runs: &[Run]) -> Vec<Inline> {
    let set = |(at, run): (usize, &Run)| match run {
        Run::Plain(text) => Inline::Text(text.clone(), Face::Plain),
        Run::Strong(text) => Inline::Text(text.clone(), Face::Strong),
        Run::Emphasis(text) | Run::Quotation(text) => Inline::Text(text.clone(), Face::Emphasis),
        Run::Gap(text) => Inline::Text(text.clone(), Face::Faint),
        Run::Small(text) => Inline::Text(format!("{}{text}", if at > 0 { "\n" } else { "" }), Face::Small),
    };
    runs.iter().enumerate().map(set).collect()
}

fn grid(table: &Table) -> Grid {
    let cell = |(at, (cell, column)): (usize, (&Cell, &Column))| {
        let face = if at == 0 { Face::Strong } else { Face::Plain };
        vec![Paragraph { style: Style::Cell, content: vec![Inline::Text(cell.show(column.decimals), face)] }]
    };
    let row = |row: &Vec<Cell>| match Table::heads(row) {
        Some(heading) => vec![vec![Paragraph::plain(Style::CellHead, heading)]],
        None => row.iter().zip(&table.columns).enumerate().map(cell).collect(),
    };
    Grid {
        head: Some(table.columns.iter().map(|column| column.title.clone()).collect()),
        rows: table.rows.iter().map(row).collect(),
        is_even: false,
    }
}
