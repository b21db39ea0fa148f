//! OpenDocument spreadsheets: the words a cell shows, whatever value lies behind them. Which sheet is
//! read, `workbook` settles. Repeated cells and rows are written out only where they hold something.

use super::archive::Archive;
use super::completeness::{Loss, Tally, letters, letters_within};
use super::workbook::{self, Book, Grid, Tab};
use super::xml::{self, Listener, Step, attribute};
use super::{Imported, Importer, Request, foreign};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::text::words::counted;
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

pub struct OpenSheet;

impl Importer for OpenSheet {
    fn key(&self) -> &'static str {
        "ods"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ods"]
    }

    fn has_sheets(&self) -> bool {
        true
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let mut book = open(request)?;
        let comments = book.comments;
        let mut imported = workbook::read(self.key(), &mut book, request)?;
        if comments > 0 {
            let message = format!("left out: {} on cells", counted(comments, "comment"));
            imported.warnings.push(Diagnostic::warning("comments-dropped", message));
        }
        Ok(imported)
    }
}

/// Faults: `wrong-format`, `damaged-file`, `unsafe-file`.
pub fn open(request: &Request) -> Result<OpenBook> {
    if !request.bytes.starts_with(b"PK") {
        return Err(foreign::binary(request.bytes).unwrap_or_else(|| {
            fault("wrong-format", "this is no OpenDocument spreadsheet (ods)")
                .hint("open it in a spreadsheet program and save it as .ods")
        }));
    }
    let mut archive = Archive::within(request.bytes, &request.limits)?;
    if archive.text("META-INF/manifest.xml").is_ok_and(|parts| parts.contains("encryption-data")) {
        return Err(fault("wrong-format", "the spreadsheet is locked with a password")
            .hint("save it without one and import that"));
    }
    content(&archive.text("content.xml")?, request.limits.depth)
}

pub struct OpenBook {
    tabs: Vec<Tab>,
    grids: Vec<Grid>,
    comments: usize,
    container: usize,
    tally: Tally,
    /// Letters and digits of each sheet as read.
    letters: Vec<usize>,
}

impl Book for OpenBook {
    fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    fn grid(&mut self, tab: usize) -> Result<Grid> {
        Ok(std::mem::take(&mut self.grids[tab]))
    }

    fn weight(&mut self, tab: usize) -> Result<(usize, Tally)> {
        let mut tally = self.tally.clone();
        tally.lose_many(Loss::Sheet, self.letters.iter().sum::<usize>() - self.letters[tab]);
        Ok((self.container, tally))
    }
}

fn content(xml: &str, deepest: u64) -> Result<OpenBook> {
    let mut walker = Walker::default();
    xml::walk_within(deepest, xml, &mut walker)?;
    let Walker { tabs, grids, comments, tally, letters, fault, .. } = walker;
    let container = letters_within(xml, "office:body", &[]);
    fault.map_or(Ok(OpenBook { tabs, grids, comments, container, tally, letters }), Err)
}

/// What is open around the place the walker is at.
#[derive(Default)]
struct Walker {
    style: Option<String>,
    hidden_styles: BTreeSet<String>,
    tabs: Vec<Tab>,
    grids: Vec<Grid>,
    row: u32,
    row_repeats: u32,
    /// Cells of the row so far: column, times, words.
    cells: Vec<(u32, u32, String)>,
    column: u32,
    column_repeats: u32,
    /// Words of the cell that is open.
    cell: Option<String>,
    in_paragraph: bool,
    comments: usize,
    /// Within the body: all else is styles.
    in_body: bool,
    /// What words passed over are lost as.
    loss: Option<Loss>,
    tally: Tally,
    /// Letters and digits of each sheet.
    letters: Vec<usize>,
    /// Why no more is taken in.
    fault: Option<Fault>,
}

impl Walker {
    fn open_table(&mut self, element: &BytesStart) {
        let name = attribute(element, "name").unwrap_or_else(|| format!("{}", self.tabs.len() + 1));
        let style = attribute(element, "style-name");
        self.tabs.push(Tab { name, is_hidden: style.is_some_and(|style| self.hidden_styles.contains(&style)) });
        self.grids.push(Grid::default());
        self.letters.push(0);
        self.row = 0;
    }

    fn close_row(&mut self) -> Result<()> {
        let cells = std::mem::take(&mut self.cells);
        if let Some(grid) = self.grids.last_mut().filter(|_| !cells.is_empty()) {
            for (_, times, words) in &cells {
                let again = (*times as usize).saturating_mul(self.row_repeats as usize) - 1;
                grid.tally.make_many(letters(words).saturating_mul(again));
            }
            for row in self.row..self.row.saturating_add(self.row_repeats) {
                for (column, times, words) in &cells {
                    for column in *column..column.saturating_add(*times) {
                        grid.put(row, column, words)?;
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.row_repeats);
        Ok(())
    }

    fn over(&mut self, loss: Loss) -> Step {
        self.loss = Some(loss);
        Step::Over
    }

    fn words(&mut self, words: &str) {
        if self.in_paragraph
            && let Some(cell) = &mut self.cell
        {
            cell.push_str(words);
        }
    }
}

impl Listener for Walker {
    fn start(&mut self, element: &BytesStart) -> Step {
        match element.name().as_ref() {
            "style:style" => self.style = attribute(element, "name"),
            "style:table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden_styles.extend(self.style.clone());
            }
            "table:table" if self.cell.is_none() => self.open_table(element),
            "table:table-row" => {
                self.row_repeats = repeats(element, "number-rows-repeated");
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.column_repeats = repeats(element, "number-columns-repeated");
                self.cell = Some(String::new());
            }
            "text:p" | "text:h" => {
                self.in_paragraph = true;
                if self.cell.as_ref().is_some_and(|cell| !cell.is_empty()) {
                    self.words("\n");
                }
            }
            "text:s" => {
                let count = attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.words(&" ".repeat(count.min(1000)));
            }
            "text:tab" => self.words("\t"),
            "text:line-break" => self.words("\n"),
            "office:annotation" => {
                self.comments += 1;
                return self.over(Loss::Note);
            }
            "table:tracked-changes" => return self.over(Loss::Deleted),
            "table:table" | "draw:frame" | "table:shapes" => return self.over(Loss::Drawing),
            "office:body" => self.in_body = true,
            _ => {}
        }
        Step::Into
    }

    fn end(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => self.in_paragraph = false,
            "office:body" => self.in_body = false,
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(words) = self.cell.take().filter(|words| !words.trim().is_empty()) {
                    self.cells.push((self.column, self.column_repeats, words));
                }
                self.column = self.column.saturating_add(self.column_repeats);
            }
            "table:table-row" if self.fault.is_none() => self.fault = self.close_row().err(),
            _ => {}
        }
    }

    /// What stands in a paragraph; its own line breaks mean nothing.
    fn text(&mut self, text: &str) {
        if self.in_paragraph && self.cell.is_some() {
            self.letters.last_mut().into_iter().for_each(|count| *count += letters(text));
        } else if self.in_body {
            self.tally.lose(Loss::Stray, text);
        }
        self.words(&text.replace(['\n', '\r'], " "));
    }

    fn passed(&mut self, words: &str) {
        self.loss.into_iter().for_each(|loss| self.tally.lose(loss, words));
    }
}

fn repeats(element: &BytesStart, name: &str) -> u32 {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}
