//! The tables of a comparison of models, for reading and for machines. No participant's word is in them.

use crate::compare::matrix::{Row, Share};
use crate::compare::results::Reported;
use crate::compare::{Matrix, Results, likeness, pairs};
use crate::model::{Direction, Model};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use serde_json::{Map, Value as Json, json};

/// `M1.gj Collaborative care (ours)`.
pub fn model(synthesis: &Synthesis, model: &Model) -> String {
    let ours = if model.ours { " (ours)" } else { "" };
    format!("{} {}{ours}", synthesis.label(model.id), model.name)
}

pub(super) fn column(synthesis: &Synthesis, one: &Model) -> Column {
    Column::new(&synthesis.label(one.id).to_lowercase().replace(['.', '~'], "_"), &model(synthesis, one))
}

/// Features by model, with the share not reported of each; below, that of each model.
pub fn matrix(synthesis: &Synthesis, matrix: &Matrix) -> Table {
    let mut columns = vec![Column::new("feature", "Feature"), Column::new("below", "Under")];
    columns.extend(matrix.models.iter().map(|one| column(synthesis, one)));
    columns.push(Column::new("not_reported", "Not reported"));
    let mut table = Table::new(columns);
    for (at, (row, cells)) in matrix.rows.iter().zip(&matrix.cells).enumerate() {
        let mut line: Vec<Cell> = vec![row.code.name.as_str().into(), under(row).into()];
        line.extend(cells.iter().map(|cell| Cell::text(cell.title())));
        line.push(matrix.of_row(at).in_words().into());
        table.push(line);
    }
    if !matrix.rows.is_empty() {
        let mut last: Vec<Cell> = vec!["(not reported)".into(), Cell::Empty];
        last.extend((0..matrix.models.len()).map(|at| Cell::text(matrix.of_model(at).in_words())));
        last.push(matrix.everything().in_words().into());
        table.push(last);
    }
    table
}

/// The heading right above a feature, else its codebook.
fn under(row: &Row) -> String {
    let nearest = row.below.rsplit(crate::codebook::tree::BELOW).next().filter(|heading| !heading.is_empty());
    nearest.unwrap_or(&row.code.book).to_owned()
}

/// A row a cell, for programs.
pub fn cells(synthesis: &Synthesis, matrix: &Matrix) -> Table {
    let mut table = Table::with(&[
        ("model", "Model"),
        ("model_name", "Model name"),
        ("feature", "Feature"),
        ("feature_name", "Feature name"),
        ("taxonomy", "Taxonomy"),
        ("value", "Value"),
        ("judged", "Judged"),
        ("passages", "Passages"),
        ("note", "Note"),
    ]);
    for (row, line) in matrix.rows.iter().zip(&matrix.cells) {
        for (model, cell) in matrix.models.iter().zip(line) {
            table.push(vec![
                synthesis.label(model.id).into(),
                model.name.as_str().into(),
                synthesis.label(row.code.id).into(),
                row.code.name.as_str().into(),
                row.code.book.as_str().into(),
                cell.value.word().into(),
                if cell.held.is_some() { "yes" } else { "no" }.into(),
                cell.passages.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(" ").into(),
                cell.note().map(str::to_owned).into(),
            ]);
        }
    }
    table
}

/// `{"models","features","cells","not_reported":{"by_model","by_feature"}}`.
pub fn matrix_json(synthesis: &Synthesis, matrix: &Matrix) -> Json {
    let models: Vec<String> = matrix.models.iter().map(|one| synthesis.label(one.id)).collect();
    let mut cells = Vec::new();
    let (mut features, mut by_feature) = (Vec::new(), Map::new());
    for (at, (row, line)) in matrix.rows.iter().zip(&matrix.cells).enumerate() {
        let feature = synthesis.label(row.code.id);
        by_feature.insert(feature.clone(), share(matrix.of_row(at)));
        for (model, cell) in models.iter().zip(line) {
            cells.push(json!({
                "model": model, "feature": feature, "value": cell.value,
                "passages": cell.passages.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>(),
                "note": cell.note(), "judged": cell.held.is_some(), "unfounded": cell.is_unfounded(),
            }));
        }
        features.push(json!({
            "id": feature, "name": row.code.name, "taxonomy": row.code.book, "below": row.below,
            "question": row.code.question,
        }));
    }
    let shares = models.iter().enumerate().map(|(at, label)| (label.clone(), share(matrix.of_model(at))));
    let by_model: Map<String, Json> = shares.collect();
    json!({
        "models": matrix.models.iter().map(|one| model_json(synthesis, one)).collect::<Vec<_>>(),
        "features": features,
        "cells": cells,
        "not_reported": { "by_model": by_model, "by_feature": by_feature, "all": share(matrix.everything()) },
    })
}

/// A model as it is told to machines.
pub fn model_json(synthesis: &Synthesis, one: &Model) -> Json {
    json!({
        "id": synthesis.label(one.id), "name": one.name, "integration_axis": one.integration_axis, "reach": one.reach,
        "ours": one.ours, "retired": one.retired,
    })
}

fn share(share: Share) -> Json {
    json!({ "not_reported": share.not_reported, "of": share.of, "share": share.share() })
}

/// A row a model.
pub fn not_reported(synthesis: &Synthesis, matrix: &Matrix) -> Table {
    let mut table = Table::with(&[("model", "Model"), ("not_reported", "Not reported"), ("features", "Features")]);
    for (at, one) in matrix.models.iter().enumerate() {
        let Share { not_reported, of } = matrix.of_model(at);
        table.push(vec![model(synthesis, one).into(), not_reported.into(), of.into()]);
    }
    table
}

/// Outcomes by model.
pub fn outcomes(synthesis: &Synthesis, results: &Results) -> Table {
    let mut columns = vec![Column::new("outcome", "Outcome"), Column::new("kind", "Concerns")];
    columns.extend(results.models.iter().map(|one| column(synthesis, one)));
    columns.push(Column::new("not_reported", "Not reported"));
    let mut table = Table::new(columns);
    for line in &results.lines {
        let mut row: Vec<Cell> = vec![line.outcome.name.as_str().into(), line.kind.unwrap_or("no heading").into()];
        row.extend(line.results.iter().map(|results| match results.as_slice() {
            [] => Cell::Empty,
            some => Cell::text(some.iter().map(|one| result(synthesis, one)).collect::<Vec<_>>().join("\n")),
        }));
        row.push(silent(&line.results).in_words().into());
        table.push(row);
    }
    table
}

pub(super) fn silent(results: &[Vec<Reported>]) -> Share {
    Share { not_reported: results.iter().filter(|one| is_silent(one)).count(), of: results.len() }
}

pub(super) fn is_silent(told: &[Reported]) -> bool {
    told.iter().all(|result| result.held.direction == Direction::NotReported)
}

/// `up, PHQ-9, against usual care (MO1.gj)`.
pub fn result(synthesis: &Synthesis, one: &Reported) -> String {
    let held = one.held;
    let measure = held.measure.iter().cloned();
    let comparator = held.comparator.iter().map(|comparator| format!("against {comparator}"));
    let parts: Vec<String> =
        std::iter::once(held.direction.title().to_owned()).chain(measure).chain(comparator).collect();
    format!("{} ({})", parts.join(", "), synthesis.label(held.id))
}

/// `{"models","outcomes":[{"id","outcome","kind","results":[…],"not_reported"}]}`.
pub fn outcomes_json(synthesis: &Synthesis, results: &Results) -> Json {
    let outcomes = results.lines.iter().map(|line| {
        let told = results.models.iter().zip(&line.results).flat_map(|(model, told)| {
            told.iter().map(|one| {
                json!({
                    "model": synthesis.label(model.id), "id": synthesis.label(one.held.id),
                    "direction": one.held.direction, "measure": one.held.measure, "comparator": one.held.comparator,
                    "passages": one.passages.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>(),
                    "note": one.held.note,
                })
            })
        });
        json!({
            "id": synthesis.label(line.outcome.id), "outcome": line.outcome.name, "kind": line.kind,
            "results": told.collect::<Vec<_>>(), "not_reported": share(silent(&line.results)),
        })
    });
    json!({
        "models": results.models.iter().map(|one| model_json(synthesis, one)).collect::<Vec<_>>(),
        "outcomes": outcomes.collect::<Vec<_>>(),
    })
}

/// Every two models once: in the order of their labels, never of their match.
pub fn matches(synthesis: &Synthesis, matrix: &Matrix) -> Table {
    let pairs: Vec<_> = every_pair(matrix).map(|(one, other)| (one, other, likeness(matrix, one, other))).collect();
    let has_unfounded = pairs.iter().any(|(.., found)| found.unfounded > 0);
    let mut columns = vec![
        ("a", "Model"),
        ("b", "and"),
        ("equal", "Alike"),
        ("compared", "Compared"),
        ("of", "Of features"),
        ("share", "Match"),
    ];
    columns.extend(has_unfounded.then_some(("unfounded", "By an absence with no passage left")));
    let mut table = Table::with(&columns);
    for (one, other, found) in pairs {
        let mut row = vec![
            model(synthesis, matrix.models[one]).into(),
            model(synthesis, matrix.models[other]).into(),
            found.equal.into(),
            found.compared.into(),
            found.of.into(),
            found.share().map_or_else(|| Cell::Undefined("no feature is reported for both".to_owned()), Cell::from),
        ];
        row.extend(has_unfounded.then(|| Cell::from(found.unfounded)));
        table.push(row);
    }
    table
}

fn every_pair(matrix: &Matrix) -> impl Iterator<Item = (usize, usize)> {
    let models = matrix.models.len();
    (0..models).flat_map(move |one| (one + 1..models).map(move |other| (one, other)))
}

/// `{"pairs":[{"a","b","equal","compared","of","share","undefined"}],"rule"}`.
pub fn matches_json(synthesis: &Synthesis, matrix: &Matrix) -> Json {
    let pairs = every_pair(matrix).map(|(one, other)| {
        let mut pair = likeness_json(matrix, one, other);
        pair["a"] = synthesis.label(matrix.models[one].id).into();
        pair["b"] = synthesis.label(matrix.models[other].id).into();
        pair
    });
    json!({ "pairs": pairs.collect::<Vec<_>>(), "rule": pairs::RULE })
}

/// `{"equal","compared","of","share","undefined"}`.
pub fn likeness_json(matrix: &Matrix, one: usize, other: usize) -> Json {
    let found = likeness(matrix, one, other);
    let why = found.share().is_none().then_some("no feature is reported for both");
    json!({
        "equal": found.equal, "compared": found.compared, "of": found.of, "share": found.share(), "undefined": why,
        "no_passage_left": found.unfounded,
    })
}
