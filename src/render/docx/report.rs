//! A report as a Word document.

use super::package::archive;
use super::{Block as Part, Face, Grid, Inline, Paper, Paragraph, Style, write};
use crate::diagnostic::Result;
use crate::render::side::lies_on_its_side;
use crate::render::{Print, Renderer};
use crate::report::large::unfolded;
use crate::report::{Block, Quote, Report, Run, Side};
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
        Ok(write(&paper(report)))
    }

    fn render_large(&self, report: &Report) -> Option<Result<Vec<u8>>> {
        Some(Ok(archive(&paper(&unfolded(report)), Print::Large)))
    }
}

fn paper(report: &Report) -> Paper {
    let mut paper = Paper {
        title: report.title.clone(),
        footer: report.title.clone(),
        is_wide: lies_on_its_side(&report.blocks),
        ..Paper::default()
    };
    paper.blocks.push(Part::Paragraph(Paragraph::plain(Style::Title, &report.title)));
    paper.blocks.push(Part::Paragraph(Paragraph::plain(Style::Subtitle, &report.subtitle)));
    report.blocks.iter().for_each(|block| set(&mut paper.blocks, block));
    paper
}

fn set(parts: &mut Vec<Part>, block: &Block) {
    match block {
        Block::Table { caption, table } | Block::Heat { caption, table, .. } => {
            parts.push(Part::Paragraph(Paragraph::plain(Style::Caption, caption)));
            parts.push(Part::Table(grid(table)));
        }
        Block::Figure(figure) => {
            parts.push(Part::Paragraph(Paragraph::plain(Style::Caption, &figure.title)));
            parts.push(Part::Table(grid(&figure.table)));
        }
        // Side by side, each half of the page.
        Block::Facing(sides) => {
            let cells = sides.iter().map(|side| paragraphs(&side.blocks)).collect();
            let head = Some(sides.iter().map(|side| side.title.clone()).collect());
            parts.push(Part::Table(Grid { head, rows: vec![cells] }));
        }
        Block::Sides(sides) => {
            for Side { title, blocks } in sides {
                let content = vec![Inline::Text(title.clone(), Face::Strong)];
                parts.push(Part::Paragraph(Paragraph { style: Style::Body, content }));
                for block in blocks {
                    set(parts, block);
                }
            }
        }
        Block::PageBreak => parts.push(Part::PageBreak),
        other => parts.extend(lines(other).into_iter().map(Part::Paragraph)),
    }
}

/// Blocks that stand in a cell: what is a table of its own there is set line by line.
fn paragraphs(blocks: &[Block]) -> Vec<Paragraph> {
    blocks.iter().flat_map(lines).collect()
}

fn lines(block: &Block) -> Vec<Paragraph> {
    match block {
        Block::Heading { level, text, .. } => vec![Paragraph::plain(Style::Heading(level.saturating_sub(1)), text)],
        Block::Paragraph(content) => vec![Paragraph { style: Style::Body, content: runs(content) }],
        Block::List { ordered, items } => {
            let mark = |nth: usize| if *ordered { format!("{}.", nth + 1) } else { "•".to_owned() };
            items.iter().enumerate().map(|(nth, item)| point(mark(nth), item)).collect()
        }
        Block::Quote(quote) => quoted(quote),
        Block::Table { caption, table } | Block::Heat { caption, table, .. } => rows(caption, table),
        Block::Figure(figure) => rows(&figure.title, &figure.table),
        Block::Pairs(pairs) => {
            let pair = |(term, content): &(String, Vec<Run>)| {
                let mut line = vec![Inline::Text(format!("{term}: "), Face::Strong)];
                line.extend(runs(content));
                Paragraph { style: Style::Body, content: line }
            };
            pairs.iter().map(pair).collect()
        }
        Block::Facing(sides) => sides.iter().flat_map(|side| paragraphs(&side.blocks)).collect(),
        Block::Sides(sides) => sides.iter().flat_map(|side| paragraphs(&side.blocks)).collect(),
        Block::Note { text, .. } => vec![Paragraph::plain(Style::Note, text)],
        Block::PageBreak => Vec::new(),
    }
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
    let face = |run: &Run| match run {
        Run::Plain(_) => Face::Plain,
        Run::Strong(_) => Face::Strong,
        Run::Emphasis(_) | Run::Quotation(_) => Face::Emphasis,
        Run::Gap(_) => Face::Faint,
    };
    runs.iter().map(|run| Inline::Text(run.text().to_owned(), face(run))).collect()
}

fn grid(table: &Table) -> Grid {
    let cell = |(at, (cell, column)): (usize, (&Cell, &Column))| {
        let face = if at == 0 { Face::Strong } else { Face::Plain };
        vec![Paragraph { style: Style::Cell, content: vec![Inline::Text(cell.show(column.decimals), face)] }]
    };
    let row = |row: &Vec<Cell>| row.iter().zip(&table.columns).enumerate().map(cell).collect();
    Grid {
        head: Some(table.columns.iter().map(|column| column.title.clone()).collect()),
        rows: table.rows.iter().map(row).collect(),
    }
}
