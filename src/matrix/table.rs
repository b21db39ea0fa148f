//! A matrix as one rectangle, for reading and for spreadsheets, cell by cell, and for machines.

use super::{Cell, Coefficient, Heading, Kind, Matrix, Shown};
use crate::table::{self, Column, Table};
use serde_json::{Value, json as object};

/// Rows by columns with each row's total, for reading: what nobody has read stands with the number it stands beside. With
/// the column totals, where they can be added up, below.
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

/// The same for programs that reckon with it: every cell one number, and what nobody has read in a column of its own behind
/// each that has any.
pub fn sheet(matrix: &Matrix, shown: Shown) -> Table {
    let noted = table(matrix, shown);
    let mut columns = Vec::new();
    for (at, column) in noted.columns.iter().enumerate() {
        columns.push(column.clone());
        if has_unread(&noted, at) {
            columns.push(Column::new(&format!("{} unread", column.key), &format!("{} unread", column.title)));
        }
    }
    let mut sheet = Table::new(columns);
    for cells in &noted.rows {
        let mut row = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            let (number, unread) = match cell {
                table::Cell::Noted { number, beside, .. } => (table::Cell::Whole(*number), table::Cell::Whole(*beside)),
                other => (other.clone(), table::Cell::Whole(0)),
            };
            row.push(number);
            row.extend(has_unread(&noted, at).then_some(unread));
        }
        sheet.push(row);
    }
    sheet
}

fn has_unread(table: &Table, column: usize) -> bool {
    table.rows.iter().any(|row| matches!(row.get(column), Some(table::Cell::Noted { .. })))
}

/// A row a cell that counts anything, with the queries that list what it counts.
pub fn cells(matrix: &Matrix) -> Table {
    let mut all = Table::with(&[
        ("code", "Code"),
        ("column", "Column"),
        ("quotations", "Quotations"),
        ("unread", "Unread beside them"),
        ("together", "Together"),
        ("query", "Query that lists the quotations"),
        ("with_unread", "With the unread"),
    ]);
    for (row, cells) in matrix.rows.iter().zip(&matrix.cells) {
        for (column, cell) in matrix.columns.iter().zip(cells) {
            if cell.quotations == 0 && cell.unread == 0 {
                continue;
            }
            all.push(vec![
                row.name.as_str().into(),
                column.name.as_str().into(),
                cell.quotations.into(),
                cell.unread.into(),
                cell.together.into(),
                cell.query.clone().into(),
                cell.with_unread.clone().into(),
            ]);
        }
    }
    let mut unused = Vec::new();
    if matrix.unread == 0 {
        unused.extend(["unread", "with_unread"]);
    }
    if matches!(matrix.kind, Kind::Facet(_)) {
        unused.push("together");
    }
    all.drop_columns(&unused);
    all
}

/// `12`, or `12 +3 unread`.
fn count(read: usize, unread: usize) -> table::Cell {
    if unread == 0 {
        return read.into();
    }
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    table::Cell::Noted { number: whole(read), beside: whole(unread), of: "unread" }
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
