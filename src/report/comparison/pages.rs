//! The matrix as it is read: under headings, and in parts that a page has room for.

use super::tables::{column, model};
use crate::compare::Matrix;
use crate::compare::matrix::Row;
use crate::model::Model;
use crate::picture::sheets;
use crate::report::block::sentence_case;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use std::collections::BTreeMap;
use std::ops::Range;

/// What stands over the column of each model: its name where there are few and all are short, else its label, which
/// [`key`] explains.
pub fn heads(synthesis: &Synthesis, models: &[&Model]) -> Vec<String> {
    let labelled = is_keyed(models);
    models.iter().map(|one| if labelled { synthesis.label(one.id) } else { one.name.clone() }).collect()
}

/// Models, and letters of a name, that can stand over columns.
const NAMED: (usize, usize) = (3, 24);

fn is_keyed(models: &[&Model]) -> bool {
    models.len() > NAMED.0 || models.iter().any(|one| one.name.chars().count() > NAMED.1)
}

/// A line for each model whose column is headed by its label alone; empty where names head them.
pub fn key(synthesis: &Synthesis, models: &[&Model]) -> Vec<String> {
    let keyed: &[&Model] = if is_keyed(models) { models } else { &[] };
    keyed.iter().map(|one| model(synthesis, one)).collect()
}

/// A part of the matrix to be read beside others: under headings, and no wider than a page where it has few columns.
/// Shares are those of the whole.
pub fn table(synthesis: &Synthesis, matrix: &Matrix, part: &Part) -> Table {
    let keyed = heads(synthesis, &matrix.models);
    let heads = part.columns.clone().map(|at| Column::new(&column(synthesis, matrix.models[at]).key, &keyed[at]));
    let mut columns = vec![Column::new("feature", "Feature")];
    columns.extend(heads);
    columns.push(Column::new("not_reported", "Not reported"));
    let mut table = Table::new(columns);
    let headings = headings(matrix, &part.rows);
    for at in part.rows.clone() {
        if let Some(heading) = headings.get(&(at - part.rows.start)) {
            table.heading(heading);
        }
        let mut line: Vec<Cell> = vec![matrix.rows[at].code.name.as_str().into()];
        line.extend(part.columns.clone().map(|column| Cell::text(matrix.cells[at][column].title())));
        line.push(matrix.of_row(at).in_words().into());
        table.push(line);
    }
    if part.is_last && !part.rows.is_empty() {
        table.heading("All features");
        let mut last: Vec<Cell> = vec!["Not reported".into()];
        last.extend(part.columns.clone().map(|at| Cell::text(matrix.of_model(at).in_words())));
        last.push(matrix.everything().in_words().into());
        table.push(last);
    }
    table
}

/// Rows and columns of a matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    /// The last of these columns: below it stands what is not reported of each model.
    pub is_last: bool,
}

impl Part {
    pub fn whole(matrix: &Matrix) -> Self {
        Part { rows: 0..matrix.rows.len(), columns: 0..matrix.models.len(), is_last: true }
    }

    /// In parts that can be read on a page.
    pub fn pages(matrix: &Matrix) -> Vec<Self> {
        let rows = stretches(matrix.rows.len(), sheets::ROWS);
        let mut parts = Vec::new();
        for columns in stretches(matrix.models.len(), MODELS) {
            parts.extend(rows.iter().map(|rows| Part {
                rows: rows.clone(),
                columns: columns.clone(),
                is_last: rows.end == matrix.rows.len(),
            }));
        }
        parts
    }
}

/// Models on a page.
const MODELS: usize = 6;

/// As few stretches as can be, none longer than `most`.
fn stretches(all: usize, most: usize) -> Vec<Range<usize>> {
    sheets::parts(all, all.div_ceil(most))
}

/// What stands over a row and those after it, by the place of the row among these: the taxonomy and the headings in it.
pub fn headings(matrix: &Matrix, rows: &Range<usize>) -> BTreeMap<usize, String> {
    let mut headings = BTreeMap::new();
    let mut before = String::new();
    for (at, row) in matrix.rows[rows.clone()].iter().enumerate() {
        let heading = heading(row);
        if heading != before {
            headings.insert(at, heading.clone());
        }
        before = heading;
    }
    headings
}

/// `Rainbow model, Micro level`: the headings above it, else its codebook.
fn heading(row: &Row) -> String {
    match row.below.as_str() {
        "" => sentence_case(&row.code.book.replace(['-', '_'], " ")),
        below => below.replace(crate::codebook::tree::BELOW, ", "),
    }
}
