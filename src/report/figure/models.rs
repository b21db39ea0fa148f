//! Features against models of care: a sign, a pattern and a colour for what each model's sources say.

use super::key;
use crate::compare::Matrix;
use crate::model::Value;
use crate::picture::figure::{Grid, Mark};
use crate::picture::{Figure, Item, Look};
use crate::report::block::count_of;
use crate::report::comparison::tables;
use crate::synthesis::Synthesis;

/// Shares of single models told below the figure; those of more are in the table.
const TOLD: usize = 12;

pub fn models(synthesis: &Synthesis, matrix: &Matrix) -> Figure {
    let item = |at: usize| Item {
        key: key("row", at),
        heading: String::new(),
        words: matrix.rows[at].code.name.clone(),
        remark: format!("not reported: {}", matrix.of_row(at).in_words()),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    };
    let columns = matrix.models.iter().enumerate().map(|(at, model)| {
        let full = format!("{}; not reported: {}", tables::model(synthesis, model), matrix.of_model(at).in_words());
        (model.name.clone(), full)
    });
    let marks = matrix.cells.iter().map(|row| row.iter().map(|cell| Some(mark(cell.value))).collect()).collect();
    let mut notes = vec![format!("Not reported: {} of all. Silence is not absence.", matrix.everything().in_words())];
    if matrix.models.len() <= TOLD {
        let each = matrix.models.iter().enumerate();
        let each: Vec<String> =
            each.map(|(at, model)| format!("{}: {}", model.name, matrix.of_model(at).in_words())).collect();
        notes.push(format!("Of each model not reported: {}.", each.join("; ")));
    }
    if matrix.cells.iter().flatten().any(crate::compare::Cell::is_unfounded) {
        notes.push("Where absent has lost its passage, the table says so.".to_owned());
    }
    Figure {
        key: "compare-matrix".to_owned(),
        title: format!("{}: models of care by feature", synthesis.settings.title),
        description: format!(
            "{} of {}. Each cell is what a model's sources say of a feature.",
            count_of(matrix.rows.len(), "feature"),
            count_of(matrix.models.len(), "model")
        ),
        items: (0..matrix.rows.len()).map(item).collect(),
        arrows: Vec::new(),
        grid: Some(Grid { columns: columns.collect(), marks }),
        stairs: None,
        descent: None,
        notes,
        table: tables::matrix(synthesis, matrix),
    }
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
