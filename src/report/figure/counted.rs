//! Bars of counts, a bar a model in the order of the models: directions of results, and how much is reported.

use super::key;
use crate::compare::{Matrix, Results};
use crate::model::{Direction, Model};
use crate::picture::figure::Bars;
use crate::picture::{Figure, Item, Look, Shape};
use crate::report::block::{count_of, sentence_case};
use crate::report::comparison::{outcomes, tables};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};

/// How often each direction is reported of each model.
pub fn directions(synthesis: &Synthesis, results: &Results) -> Figure {
    let table = outcomes::directions(synthesis, results);
    let numbers = |row: &Vec<Cell>| row.iter().filter_map(number).collect::<Vec<_>>();
    let counts: Vec<Vec<usize>> = table.rows.iter().map(numbers).collect();
    let kinds = outcomes::DIRECTIONS.iter().map(|one| (sentence_case(one.title()), look(*one))).collect();
    let told = counts.iter().map(|counts| count_of(counts.iter().sum(), "result")).collect();
    Figure {
        key: "compare-directions".to_owned(),
        title: "Results by direction".to_owned(),
        description: "How many results of each model go in each direction, as its sources report them.".to_owned(),
        items: items(synthesis, &results.models, &table),
        arrows: Vec::new(),
        shape: Shape::Bars(Bars { kinds, counts, told }),
        notes: vec![
            "Models stand in their order, not by merit. Up and down are of what is measured: more need not be better."
                .to_owned(),
            "Counts of results say nothing of how large or how sure an effect is.".to_owned(),
        ],
        table,
    }
}

/// How much of each model is reported.
pub fn not_reported(synthesis: &Synthesis, matrix: &Matrix) -> Figure {
    let table = tables::not_reported(synthesis, matrix);
    let shares: Vec<_> = (0..matrix.models.len()).map(|at| matrix.of_model(at)).collect();
    let kinds = vec![("Reported".to_owned(), Look::Supported), ("Not reported".to_owned(), Look::None)];
    Figure {
        key: "compare-not-reported".to_owned(),
        title: "Features not reported, by model".to_owned(),
        description: "How many features a model's sources speak of, and of how many they are silent.".to_owned(),
        items: items(synthesis, &matrix.models, &table),
        arrows: Vec::new(),
        shape: Shape::Bars(Bars {
            kinds,
            counts: shares.iter().map(|one| vec![one.of - one.not_reported, one.not_reported]).collect(),
            told: shares.iter().map(|one| format!("not reported: {}", one.in_words())).collect(),
        }),
        notes: Vec::new(),
        table,
    }
}

/// An item a model; what its row of the table says stands beside it when one points at it.
fn items(synthesis: &Synthesis, models: &[&Model], table: &Table) -> Vec<Item> {
    let said = |row: &Vec<Cell>| {
        let cells = row.iter().zip(&table.columns).skip(1);
        cells.map(|(cell, column)| format!("{} {}", column.title, cell.show(0))).collect::<Vec<_>>().join(", ")
    };
    let item = |(at, (one, row)): (usize, (&&Model, &Vec<Cell>))| Item {
        key: key("row", at),
        heading: String::new(),
        words: tables::model(synthesis, one),
        remark: said(row),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    };
    models.iter().zip(&table.rows).enumerate().map(item).collect()
}

fn number(cell: &Cell) -> Option<usize> {
    match cell {
        Cell::Whole(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

/// None of these is a judgement: up is not better.
fn look(direction: Direction) -> Look {
    match direction {
        Direction::Up => Look::Resource,
        Direction::Down => Look::Context,
        Direction::Mixed => Look::Contested,
        Direction::None | Direction::NotReported => Look::None,
    }
}
