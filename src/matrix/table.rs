//! A matrix as one rectangle, for the terminal and for spreadsheets, and for machines.

use super::{Cell, Coefficient, Heading, Kind, Matrix, Shown};
use crate::table::{self, Column, Table};
use serde_json::{Value, json as object};

/// Rows by columns with each row's total; columns are keyed by their name. With the column totals, where they can be
/// added up, below.
pub fn table(matrix: &Matrix, shown: Shown) -> Table {
    let mut columns = vec![Column::new("code", "Code"), Column::new("quotations", "All")];
    columns.extend(matrix.columns.iter().map(|one| Column::new(&one.name, &one.name)));
    let mut table = Table::new(columns);
    for (heading, cells) in matrix.rows.iter().zip(&matrix.cells) {
        let mut row = vec![heading.name.as_str().into(), heading.quotations.into()];
        row.extend(cells.iter().map(|cell| number(cell, shown)));
        table.push(row);
    }
    if matches!(matrix.kind, Kind::Facet(_)) && !matrix.rows.is_empty() {
        let mut row = vec!["(all)".into(), matrix.total.into()];
        row.extend(matrix.columns.iter().map(|one| one.quotations.into()));
        table.push(row);
    }
    table
}

fn number(cell: &Cell, shown: Shown) -> table::Cell {
    match shown {
        Shown::Quotations => cell.quotations.into(),
        Shown::Together => cell.together.into(),
        Shown::C => match &cell.coefficient {
            Some(Coefficient { value: Ok(value), .. }) => (*value).into(),
            Some(Coefficient { value: Err(why), .. }) => table::Cell::Undefined((*why).to_owned()),
            None => table::Cell::Empty,
        },
    }
}

/// All numbers of a matrix: `{"matrix","scope","where","total","coders","codes","columns","cells"}`.
pub fn json(matrix: &Matrix) -> Value {
    let (name, scope) = match &matrix.kind {
        Kind::Overlap => ("codes", None),
        Kind::Place(scope) => ("codes", Some(*scope)),
        Kind::Facet(facet) => (facet.as_str(), None),
    };
    let heading = |one: &Heading| object!({ "name": one.name, "id": one.label, "quotations": one.quotations, "query": one.query });
    let cells =
        matrix.rows.iter().zip(&matrix.cells).flat_map(|(row, cells)| {
            matrix.columns.iter().zip(cells).map(|(column, cell)| cell_json(row, column, cell))
        });
    object!({
        "matrix": name,
        "scope": scope,
        "where": matrix.only,
        "with_children": matrix.with_children,
        "total": matrix.total,
        "coders": matrix.coders,
        "codes": matrix.rows.iter().map(heading).collect::<Vec<_>>(),
        "columns": matrix.columns.iter().map(heading).collect::<Vec<_>>(),
        "cells": cells.collect::<Vec<_>>(),
    })
}

fn cell_json(row: &Heading, column: &Heading, cell: &Cell) -> Value {
    let mut value = object!({
        "code": row.name, "column": column.name, "quotations": cell.quotations, "query": cell.query,
    });
    if let (Some(together), Some(cell_value)) = (cell.together, value.as_object_mut()) {
        cell_value.insert("together".to_owned(), together.into());
        let coefficient = cell.coefficient.as_ref();
        cell_value.insert("c".to_owned(), object!(coefficient.and_then(|one| one.value.as_ref().ok())));
        cell_value.insert("undefined".to_owned(), object!(coefficient.and_then(|one| one.value.as_ref().err())));
        cell_value.insert("uneven".to_owned(), object!(coefficient.map(|one| one.is_uneven)));
    }
    value
}
