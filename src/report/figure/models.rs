//! Features against models of care: a sign, a pattern and a colour for what each model's sources say.

use super::key;
use crate::compare::Matrix;
use crate::compare::matrix::Share;
use crate::model::Value;
use crate::picture::figure::{Grid, Margins, Mark};
use crate::picture::{Figure, Item, Look, Shape};
use crate::report::block::count_of;
use crate::report::comparison::pages::{self, Part};
use crate::report::comparison::tables;
use crate::synthesis::Synthesis;

/// The whole, for a file of its own.
pub fn models(synthesis: &Synthesis, matrix: &Matrix) -> Figure {
    let title = format!("{}: models of care by feature", synthesis.settings.title);
    drawn(synthesis, matrix, &Part::whole(matrix), title, "compare-matrix".to_owned())
}

/// In parts that can be read on a page, for papers.
pub fn models_by_page(synthesis: &Synthesis, matrix: &Matrix) -> Vec<Figure> {
    let parts = Part::pages(matrix);
    let title = |at: usize| match parts.len() {
        1 => "Features by model".to_owned(),
        all => format!("Features by model, part {} of {all}", at + 1),
    };
    let each = parts.iter().enumerate();
    each.map(|(at, part)| drawn(synthesis, matrix, part, title(at), key("compare-matrix", at))).collect()
}

fn drawn(synthesis: &Synthesis, matrix: &Matrix, part: &Part, title: String, key: String) -> Figure {
    let Part { rows, columns, is_last } = part;
    let heads = pages::heads(synthesis, &matrix.models);
    let head = |at: usize| {
        let model = tables::model(synthesis, matrix.models[at]);
        (heads[at].clone(), format!("{model}; not reported: {}", matrix.of_model(at).in_words()))
    };
    let marks = matrix.cells[rows.clone()].iter();
    let marks = marks.map(|row| row[columns.clone()].iter().map(|cell| Some(mark(cell.value))).collect()).collect();
    let margins = Margins {
        title: NOT_REPORTED.to_owned(),
        rows: rows.clone().map(|at| count(matrix.of_row(at))).collect(),
        columns: columns.clone().filter(|_| *is_last).map(|at| count(matrix.of_model(at))).collect(),
    };
    Figure {
        key,
        title,
        description: format!(
            "{} of {}. Each cell is what a model's sources say of a feature.",
            count_of(rows.len(), "feature"),
            count_of(columns.len(), "model")
        ),
        items: rows.clone().map(|at| item(matrix, at)).collect(),
        arrows: Vec::new(),
        shape: Shape::Grid(Grid {
            columns: columns.clone().map(head).collect(),
            marks,
            headings: pages::headings(matrix, rows),
            margins: Some(margins),
            blank: None,
        }),
        notes: notes(synthesis, matrix, part),
        table: pages::table(synthesis, matrix, part),
    }
}

const NOT_REPORTED: &str = "Not reported";

fn item(matrix: &Matrix, at: usize) -> Item {
    Item {
        key: key("row", at),
        heading: String::new(),
        words: matrix.rows[at].code.name.clone(),
        remark: format!("not reported: {}", matrix.of_row(at).in_words()),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    }
}

/// `3 of 8`.
fn count(share: Share) -> String {
    format!("{} of {}", share.not_reported, share.of)
}

/// Which model each column is, a line each; what is not reported of all.
fn notes(synthesis: &Synthesis, matrix: &Matrix, part: &Part) -> Vec<String> {
    let key = pages::key(synthesis, &matrix.models);
    let mut notes: Vec<String> = key.get(part.columns.clone()).unwrap_or_default().to_vec();
    notes.push(format!("Not reported: {} of all. Silence is not absence.", matrix.everything().in_words()));
    if matrix.cells.iter().flatten().any(crate::compare::Cell::is_unfounded) {
        notes.push("Where absent has lost its passage, the table says so.".to_owned());
    }
    notes
}

fn mark(value: Value) -> Mark {
    match value {
        Value::Present => Mark::Present,
        Value::Partial => Mark::Partial,
        Value::Absent => Mark::Absent,
        Value::Contested => Mark::Contested,
        Value::NotReported => Mark::NotReported,
    }
}
