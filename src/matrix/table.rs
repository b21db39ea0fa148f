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
        let mut row = vec![heading.name.as_str().into(), count(heading.quotations, heading.unread)];
        row.extend(cells.iter().map(|cell| number(cell, shown)));
        table.push(row);
    }
    if matches!(matrix.kind, Kind::Facet(_)) && !matrix.rows.is_empty() {
        let mut row = vec!["(all)".into(), count(matrix.total, matrix.unread)];
        row.extend(matrix.columns.iter().map(|one| count(one.quotations, one.unread)));
        table.push(row);
    }
    table
}

/// `12`, or `12 +3 unread`.
fn count(read: usize, unread: usize) -> table::Cell {
    if unread == 0 {
        return read.into();
    }
    table::Cell::Noted { number: i64::try_from(read).unwrap_or(i64::MAX), note: format!("+{unread} unread") }
}

fn number(cell: &Cell, shown: Shown) -> table::Cell {
    match shown {
        Shown::Quotations => count(cell.quotations, cell.unread),
        Shown::Together => cell.together.into(),
        Shown::C => match &cell.coefficient {
            Some(Coefficient { value: Ok(value), .. }) => (*value).into(),
            Some(Coefficient { value: Err(why), .. }) => table::Cell::Undefined((*why).to_owned()),
            None => table::Cell::Empty,
        },
    }
}

/// All numbers of a matrix: `{"matrix","scope","where","total","coders","codes","columns","cells"}`; where there are unread
/// codings, with `unread`.
pub fn json(matrix: &Matrix) -> Value {
    let (name, scope) = match &matrix.kind {
        Kind::Overlap => ("codes", None),
        Kind::Place(scope) => ("codes", Some(*scope)),
        Kind::Facet(facet) => (facet.as_str(), None),
    };
    let has_unread = matrix.unread > 0;
    let heading = |one: &Heading| {
        let mut value =
            object!({ "name": one.name, "id": one.label, "quotations": one.quotations, "query": one.query });
        if has_unread {
            value["unread"] = one.unread.into();
        }
        value
    };
    let cells = matrix.rows.iter().zip(&matrix.cells).flat_map(|(row, cells)| {
        matrix.columns.iter().zip(cells).map(move |(column, cell)| cell_json(row, column, cell, has_unread))
    });
    let mut value = object!({
        "matrix": name,
        "scope": scope,
        "where": matrix.only,
        "with_children": matrix.with_children,
        "total": matrix.total,
        "coders": matrix.coders,
        "codes": matrix.rows.iter().map(heading).collect::<Vec<_>>(),
        "columns": matrix.columns.iter().map(heading).collect::<Vec<_>>(),
        "cells": cells.collect::<Vec<_>>(),
    });
    if has_unread {
        value["unread"] = matrix.unread.into();
    }
    value
}

fn cell_json(row: &Heading, column: &Heading, cell: &Cell, has_unread: bool) -> Value {
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
    if has_unread {
        value["unread"] = cell.unread.into();
        value["with_unread"] = object!(cell.with_unread);
    }
    value
}
