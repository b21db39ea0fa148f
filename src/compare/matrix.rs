//! Features by models.

use super::{models, standing};
use crate::codebook::{Code, Tree};
use crate::id::Id;
use crate::model::{self, Model, Value};
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

/// Which part of everything; nothing named: every model in use, and every codebook of which some feature has a value.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Codebooks that are taxonomies of features, by file stem.
    pub taxonomies: BTreeSet<String>,
    pub models: Vec<Id>,
}

/// A feature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'s> {
    pub code: &'s Code,
    /// The headings above it, from the top; may be empty.
    pub below: String,
}

/// What is said of one feature of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'s> {
    pub value: Value,
    /// The record behind it; none where nobody has judged it.
    pub held: Option<&'s model::Cell>,
    /// Codings that can still be pointed at.
    pub passages: Vec<Id>,
}

impl Cell<'_> {
    const SILENT: Cell<'static> = Cell { value: Value::NotReported, held: None, passages: Vec::new() };

    pub fn note(&self) -> Option<&str> {
        self.held.and_then(|held| held.note.as_deref())
    }

    /// It says absent, and no passage that says so is left.
    pub fn is_unfounded(&self) -> bool {
        self.value == Value::Absent && self.passages.is_empty()
    }

    /// `absent (no passage left)`.
    pub fn title(&self) -> String {
        let left = if self.is_unfounded() { " (no passage left)" } else { "" };
        format!("{}{left}", self.value.title())
    }
}

/// How many of so many are not reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    pub not_reported: usize,
    pub of: usize,
}

impl Share {
    /// `3 of 8 (38 %)`; `0 of 0` has no share.
    pub fn in_words(self) -> String {
        let Share { not_reported, of } = self;
        if of == 0 {
            return "0 of 0".to_owned();
        }
        format!("{not_reported} of {of} ({:.0} %)", 100.0 * not_reported as f64 / of as f64)
    }

    /// From 0 to 1; nothing where there is nothing to count.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.not_reported as f64 / self.of as f64)
    }
}

/// Features by models.
#[derive(Debug, Clone)]
pub struct Matrix<'s> {
    pub models: Vec<&'s Model>,
    pub rows: Vec<Row<'s>>,
    /// By row, then by model.
    pub cells: Vec<Vec<Cell<'s>>>,
}

impl<'s> Matrix<'s> {
    pub fn of(synthesis: &'s Synthesis, asked: &Asked) -> Self {
        let tree = Tree::new(synthesis.codes.values());
        let models = models(synthesis, &asked.models);
        let held = held(synthesis, &tree, &models);
        let rows = rows(&tree, &taxonomies(synthesis, asked, &held));
        let cell = |row: &Row, model: &&Model| {
            let Some(held) = held.get(&(row.code.id, model.id)) else { return Cell::SILENT };
            let passages = standing(synthesis, &tree, row.code.id, &held.passages).iter().map(|one| one.id).collect();
            Cell { value: held.value, held: Some(held), passages }
        };
        let cells = rows.iter().map(|row| models.iter().map(|model| cell(row, model)).collect()).collect();
        Matrix { models, rows, cells }
    }

    /// How much of a model is not reported.
    pub fn of_model(&self, at: usize) -> Share {
        share(self.cells.iter().map(|row| &row[at]))
    }

    /// Of how many models a feature is not reported.
    pub fn of_row(&self, at: usize) -> Share {
        share(self.cells[at].iter())
    }

    pub fn everything(&self) -> Share {
        share(self.cells.iter().flatten())
    }
}

fn share<'c>(cells: impl Iterator<Item = &'c Cell<'c>>) -> Share {
    let (mut not_reported, mut of) = (0, 0);
    for cell in cells {
        of += 1;
        not_reported += usize::from(!cell.value.is_reported());
    }
    Share { not_reported, of }
}

/// The cells of these models by feature and model. Where a feature was merged into one that has a cell of its own, that
/// one's counts; of several merged ones the first by id.
fn held<'s>(synthesis: &'s Synthesis, tree: &Tree, models: &[&Model]) -> BTreeMap<(Id, Id), &'s model::Cell> {
    let wanted: BTreeSet<Id> = models.iter().map(|one| one.id).collect();
    let mut held: BTreeMap<(Id, Id), &model::Cell> = BTreeMap::new();
    for cell in synthesis.models.cells.values().filter(|cell| wanted.contains(&cell.model)) {
        let feature = tree.stands_for(cell.feature);
        let there = held.entry((feature, cell.model)).or_insert(cell);
        if cell.feature == feature {
            *there = cell;
        }
    }
    held
}

/// The codebooks asked for, else those of which some feature has a value.
fn taxonomies(synthesis: &Synthesis, asked: &Asked, held: &BTreeMap<(Id, Id), &model::Cell>) -> BTreeSet<String> {
    if !asked.taxonomies.is_empty() {
        return asked.taxonomies.clone();
    }
    let codes = held.keys().filter_map(|(feature, _)| synthesis.codes.get(feature));
    codes.map(|code| code.book.clone()).collect()
}

/// Codes of these books that can be features: in use, and no headings.
fn rows<'s>(tree: &Tree<'s>, books: &BTreeSet<String>) -> Vec<Row<'s>> {
    let mut rows: Vec<Row> = Vec::new();
    for (_, code) in tree.in_order() {
        if books.contains(&code.book) && !code.heading && !code.retired && code.merged_into.is_none() {
            let below = tree.parent(code.id).map(|parent| tree.path(parent)).unwrap_or_default();
            rows.push(Row { code, below });
        }
    }
    rows.sort_by(|a, b| a.code.book.cmp(&b.code.book));
    rows
}
