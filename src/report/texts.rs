//! Every text that a report or a figure holds, with the place a person would look for it at. One walk serves whoever
//! looks for something in them and whoever changes it.

use super::{Block, Report, Run, Side};
use crate::picture::{Figure, Shape};
use crate::table::{Cell, Table};
use serde_json::Value;

/// Is handed each text in turn, and what tells its place.
pub type See<'s> = dyn FnMut(&mut String, &dyn Fn() -> String) + 's;

/// How the place of a text begins that says once more, for csv or for machines, what stands in the report itself.
const ONCE_MORE: [&str; 2] = ["the table for csv", "the data at"];

/// Whether a place is of such a text.
pub fn is_once_more(place: &str) -> bool {
    ONCE_MORE.iter().any(|begin| place.starts_with(begin))
}

/// Something that is about to be written and holds texts.
pub trait Texts {
    fn visit(&mut self, see: &mut See);
}

impl Texts for Report {
    fn visit(&mut self, see: &mut See) {
        see(&mut self.title, &|| "the title".to_owned());
        see(&mut self.subtitle, &|| "the line below the title".to_owned());
        Walk { under: String::new(), see }.blocks(&mut self.blocks);
        table(&mut self.sheet, ONCE_MORE[0], see);
        data(&mut self.data, &mut Vec::new(), see);
    }
}

impl Texts for Figure {
    fn visit(&mut self, see: &mut See) {
        see(&mut self.title, &|| "the title".to_owned());
        see(&mut self.description, &|| "the description".to_owned());
        for (at, item) in self.items.iter_mut().enumerate() {
            let place = || format!("box {}", at + 1);
            for text in [&mut item.heading, &mut item.words, &mut item.remark] {
                see(text, &place);
            }
            item.inside.iter_mut().for_each(|one| see(&mut one.words, &place));
        }
        for (at, arrow) in self.arrows.iter_mut().enumerate() {
            see(&mut arrow.remark, &|| format!("arrow {}", at + 1));
        }
        if let Shape::Grid(grid) = &mut self.shape {
            for (short, long) in &mut grid.columns {
                see(short, &|| "the heading of a column".to_owned());
                see(long, &|| "the heading of a column".to_owned());
            }
            grid.headings.values_mut().for_each(|one| see(one, &|| "a heading of rows".to_owned()));
            grid.blank.iter_mut().for_each(|one| see(one, &|| "the legend".to_owned()));
            if let Some(margins) = &mut grid.margins {
                let told = margins.rows.iter_mut().chain(&mut margins.columns).chain([&mut margins.title]);
                told.for_each(|one| see(one, &|| "what is told at the margin".to_owned()));
            }
        }
        if let Shape::Bars(bars) = &mut self.shape {
            let told = bars.kinds.iter_mut().map(|(title, _)| title).chain(&mut bars.told);
            told.for_each(|one| see(one, &|| "what is told of a bar".to_owned()));
        }
        self.notes.iter_mut().for_each(|note| see(note, &|| "a note".to_owned()));
        table(&mut self.table, "its table", see);
    }
}

struct Walk<'w, 's> {
    /// The heading last met.
    under: String,
    see: &'w mut See<'s>,
}

impl Walk<'_, '_> {
    fn text(&mut self, text: &mut String, what: &str) {
        let under = &self.under;
        (self.see)(text, &|| if under.is_empty() { what.to_owned() } else { format!("{what} under “{under}”") });
    }

    fn runs(&mut self, runs: &mut [Run], what: &str) {
        for run in runs {
            self.text(run.text_mut(), what);
        }
    }

    fn table(&mut self, caption: &mut String, one: &mut Table) {
        self.text(caption, "the caption of a table");
        table(one, &format!("the table “{caption}”"), self.see);
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } => {
                    (self.see)(text, &|| "a heading".to_owned());
                    self.under.clone_from(text);
                }
                Block::Paragraph(runs) => self.runs(runs, "a paragraph"),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.runs(item, "a list")),
                Block::Quote(quote) => {
                    self.text(&mut quote.text, "a quotation");
                    self.text(&mut quote.attribution, "who is quoted");
                }
                Block::Table { caption, table: one } => self.table(caption, one),
                Block::Heat { caption, table: one, cells } => {
                    self.table(caption, one);
                    table(cells, &format!("the queries of the table “{caption}”"), self.see);
                }
                Block::Pairs(pairs) => {
                    for (term, runs) in pairs {
                        self.text(term, "a term");
                        self.runs(runs, &format!("“{term}”"));
                    }
                }
                Block::Figure(figure) => figure.visit(self.see),
                Block::Facing(sides) => self.sides(sides.as_mut_slice()),
                Block::Sides(sides) => self.sides(sides),
                Block::Note { text, .. } => self.text(text, "a note"),
                Block::PageBreak => {}
            }
        }
    }

    fn sides(&mut self, sides: &mut [Side]) {
        for side in sides {
            self.text(&mut side.title, "the title of a side");
            self.blocks(&mut side.blocks);
        }
    }
}

fn table(table: &mut Table, name: &str, see: &mut See) {
    for column in &mut table.columns {
        see(&mut column.title, &|| format!("{name}, a heading"));
    }
    for (number, row) in table.rows.iter_mut().enumerate() {
        for (cell, column) in row.iter_mut().zip(&table.columns) {
            let (Cell::Text(text) | Cell::Heading(text) | Cell::Undefined(text)) = cell else { continue };
            see(text, &|| format!("{name}, row {}, column “{}”", number + 1, column.title));
        }
    }
}

fn data(value: &mut Value, path: &mut Vec<String>, see: &mut See) {
    match value {
        Value::String(text) => see(text, &|| format!("{} {}", ONCE_MORE[1], path.join("/"))),
        Value::Array(items) => {
            for (at, item) in items.iter_mut().enumerate() {
                path.push(at.to_string());
                data(item, path, see);
                path.pop();
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                path.push(key.clone());
                data(value, path, see);
                path.pop();
            }
        }
        _ => {}
    }
}
