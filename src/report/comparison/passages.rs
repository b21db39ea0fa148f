//! The words behind cells and outcomes, model by model.

use super::tables;
use crate::compare::{Matrix, Results};
use crate::id::Id;
use crate::model::Model;
use crate::report::block::{Block, Quote, Run, count_of};
use crate::report::words::Press;

/// One thing said of a model, with the codings behind it.
struct Said<'m> {
    what: String,
    note: Option<&'m str>,
    passages: &'m [Id],
}

pub(super) fn section(press: &mut Press, matrix: &Matrix, results: &Results) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (column, model) in matrix.models.iter().enumerate() {
        let mut said = of_features(matrix, column);
        said.extend(of_outcomes(press, results, model));
        said.retain(|one| !one.passages.is_empty() || one.note.is_some());
        if said.is_empty() {
            continue;
        }
        let label = press.synthesis.label(model.id);
        blocks.push(Block::heading(3, tables::model(press.synthesis, model), format!("rests-on-{label}")));
        for one in &said {
            blocks.extend(told(press, one));
        }
    }
    if !blocks.is_empty() {
        blocks.insert(0, Block::heading(2, "What it rests on", "rests-on"));
    }
    blocks
}

fn of_features<'m>(matrix: &'m Matrix, column: usize) -> Vec<Said<'m>> {
    let rows = matrix.rows.iter().zip(&matrix.cells);
    rows.map(|(row, cells)| Said {
        what: format!("{}: {}", row.code.name, cells[column].title()),
        note: cells[column].note(),
        passages: &cells[column].passages,
    })
    .collect()
}

fn of_outcomes<'m>(press: &Press, results: &'m Results, model: &Model) -> Vec<Said<'m>> {
    let Some(column) = results.models.iter().position(|one| one.id == model.id) else { return Vec::new() };
    let results = results.lines.iter().flat_map(|line| line.results[column].iter().map(move |one| (line, one)));
    results
        .map(|(line, one)| Said {
            what: {
                let label = press.is_for_team().then(|| format!(" ({})", press.synthesis.label(one.held.id)));
                format!("{}: {}{}", line.outcome.name, one.held.direction.title(), label.unwrap_or_default())
            },
            note: one.held.note.as_deref(),
            passages: &one.passages,
        })
        .collect()
}

/// As many passages as papers print of one thing; the rest are counted.
fn told(press: &mut Press, said: &Said) -> Vec<Block> {
    let note = said.note.map(|note| Run::plain(format!(". {note}")));
    let mut blocks = vec![Block::Paragraph(std::iter::once(Run::Strong(said.what.clone())).chain(note).collect())];
    let most = press.synthesis.settings.thresholds.quotations;
    let synthesis = press.synthesis;
    for id in said.passages.iter().take(most) {
        let (Some(coding), Some(words)) = (synthesis.codings.get(id), synthesis.models.quotations.get(id)) else {
            continue;
        };
        let printed = press.print_carried(&coding.anchor, words, coding.carried);
        let quote: Quote = printed.quote(&synthesis.label(*id));
        blocks.push(Block::Quote(quote));
    }
    if said.passages.len() > most {
        blocks.push(Block::paragraph(format!("and {} more", count_of(said.passages.len() - most, "passage"))));
    }
    blocks
}
