//! OpenDocument spreadsheets: the words a cell shows, whatever value lies behind them. Which sheet is
//! read, `workbook` settles. Repeated cells and rows are written out only where they hold something.

use super::archive::{Archive, damaged};
use super::workbook::{self, Book, Grid, Tab};
use super::xml::letter;
use super::{Imported, Importer, Request, foreign};
use crate::diagnostic::{Diagnostic, Result, fault};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;

const DEEPEST: usize = 256;

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
        if !request.bytes.starts_with(b"PK") {
            return Err(foreign::binary(request.bytes).unwrap_or_else(|| {
                fault("wrong-format", "this is no OpenDocument spreadsheet (ods)")
                    .hint("open it in a spreadsheet program and save it as .ods")
            }));
        }
        let mut archive = Archive::open(request.bytes)?;
        if archive.text("META-INF/manifest.xml").is_ok_and(|parts| parts.contains("encryption-data")) {
            return Err(fault("wrong-format", "the spreadsheet is locked with a password")
                .hint("save it without one and import that"));
        }
        let mut book = content(&archive.text("content.xml")?)?;
        let comments = book.comments;
        let mut imported = workbook::read(self.key(), &mut book, request)?;
        if comments > 0 {
            let message = format!("{comments} comments on cells were left out");
            imported.warnings.push(Diagnostic::warning("comments-dropped", message));
        }
        Ok(imported)
    }
}

struct OpenBook {
    tabs: Vec<Tab>,
    grids: Vec<Grid>,
    comments: usize,
}

impl Book for OpenBook {
    fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    fn grid(&mut self, tab: usize) -> Result<Grid> {
        Ok(std::mem::take(&mut self.grids[tab]))
    }
}

fn content(xml: &str) -> Result<OpenBook> {
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut walker = Walker::default();
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(element) => walker.start(&element)?,
            Event::End(element) => walker.end(element.name().as_ref())?,
            Event::Text(text) => walker.text(&text.xml10_content()),
            Event::CData(text) => walker.text(&text.xml10_content()),
            Event::GeneralRef(name) => walker.words(letter(&name).encode_utf8(&mut [0; 4])),
            Event::DocType(_) => {
                return Err(fault("unsafe-file", "the file declares XML entities, which no spreadsheet needs"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if walker.depth > 0 {
        return Err(damaged(&"its text ends in the middle"));
    }
    Ok(OpenBook { tabs: walker.tabs, grids: walker.grids, comments: walker.comments })
}

/// What is open around the place the walker is at.
#[derive(Default)]
struct Walker {
    depth: usize,
    /// Depth of an element passed over with all it holds.
    skipping: Option<usize>,
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
}

impl Walker {
    fn start(&mut self, element: &BytesStart) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(fault("unsafe-file", "the file nests deeper than any spreadsheet"));
        }
        if self.skipping.is_some() {
            return Ok(());
        }
        match element.name().as_ref() {
            "style:style" => self.style = attribute(element, "style:name"),
            "style:table-properties" if attribute(element, "table:display").as_deref() == Some("false") => {
                self.hidden_styles.extend(self.style.clone());
            }
            "table:table" if self.cell.is_none() => self.open_table(element),
            "table:table-row" => {
                self.row_repeats = repeats(element, "table:number-rows-repeated");
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.column_repeats = repeats(element, "table:number-columns-repeated");
                self.cell = Some(String::new());
            }
            "text:p" | "text:h" => {
                self.in_paragraph = true;
                if self.cell.as_ref().is_some_and(|cell| !cell.is_empty()) {
                    self.words("\n");
                }
            }
            "text:s" => {
                let count = attribute(element, "text:c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.words(&" ".repeat(count.min(1000)));
            }
            "text:tab" => self.words("\t"),
            "text:line-break" => self.words("\n"),
            "office:annotation" => {
                self.comments += 1;
                self.skipping = Some(self.depth);
            }
            "table:table" | "table:tracked-changes" | "draw:frame" | "table:shapes" => {
                self.skipping = Some(self.depth);
            }
            _ => {}
        }
        Ok(())
    }

    fn open_table(&mut self, element: &BytesStart) {
        let name = attribute(element, "table:name").unwrap_or_else(|| format!("{}", self.tabs.len() + 1));
        let style = attribute(element, "table:style-name");
        self.tabs.push(Tab { name, is_hidden: style.is_some_and(|style| self.hidden_styles.contains(&style)) });
        self.grids.push(Grid::default());
        self.row = 0;
    }

    fn end(&mut self, name: &str) -> Result<()> {
        let depth = self.depth;
        self.depth = self.depth.saturating_sub(1);
        if let Some(from) = self.skipping {
            self.skipping = (from < depth).then_some(from);
            return Ok(());
        }
        match name {
            "text:p" | "text:h" => self.in_paragraph = false,
            "table:table-cell" | "table:covered-table-cell" => {
                if let Some(words) = self.cell.take().filter(|words| !words.trim().is_empty()) {
                    self.cells.push((self.column, self.column_repeats, words));
                }
                self.column = self.column.saturating_add(self.column_repeats);
            }
            "table:table-row" => self.close_row()?,
            _ => {}
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<()> {
        let cells = std::mem::take(&mut self.cells);
        if let Some(grid) = self.grids.last_mut().filter(|_| !cells.is_empty()) {
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

    fn words(&mut self, words: &str) {
        if self.skipping.is_none()
            && self.in_paragraph
            && let Some(cell) = &mut self.cell
        {
            cell.push_str(words);
        }
    }

    /// What stands in a paragraph; its own line breaks mean nothing.
    fn text(&mut self, text: &str) {
        self.words(&text.replace(['\n', '\r'], " "));
    }
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

fn repeats(element: &BytesStart, name: &str) -> u32 {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}
