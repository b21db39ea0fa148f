//! Needs or drivers against components: a sign, a pattern and a colour for what each tie rests on.

use super::key;
use crate::coverage::{Cell, Footing, Grid};
use crate::need::{Need, Policy, Stance};
use crate::picture::figure::{Grid as Marks, Margins, Mark};
use crate::picture::{Figure, Item, Look, Shape};
use crate::report::block::{count_of, sentence_case};
use crate::report::needs::tables;
use crate::report::needs::told::Told;
use crate::synthesis::Synthesis;
use crate::table::{Cell as Text, Column, Table};
use std::collections::BTreeMap;

/// What can be drawn by component.
pub trait Marked: Told {
    /// Stem of its files.
    const FIGURE: &'static str;
    const CALLED: &'static str;
    const SHOWS: &'static str;
    /// What an empty cell says.
    const BLANK: &'static str;
    /// In the order they are told.
    const MARKS: &'static [Mark];

    fn mark(tie: &Cell) -> Mark;
}

impl Marked for Need {
    const FIGURE: &'static str = "need-coverage";
    const CALLED: &'static str = "needs by component";
    const SHOWS: &'static str = "what explains how a component would meet a need";
    const BLANK: &'static str = "nobody said that it would";
    const MARKS: &'static [Mark] = &[Mark::Explained, Mark::Disputed, Mark::Unexplained];

    fn mark(tie: &Cell) -> Mark {
        match tie.footing() {
            Footing::Explained => Mark::Explained,
            Footing::Disputed => Mark::Disputed,
            Footing::Unexplained => Mark::Unexplained,
        }
    }
}

impl Marked for Policy {
    const FIGURE: &'static str = "policy-trace";
    const CALLED: &'static str = "policy drivers by component";
    const SHOWS: &'static str = "how a component stands to what a driver requires";
    const BLANK: &'static str = "nobody said how it stands";
    const MARKS: &'static [Mark] = &[Mark::InConflict, Mark::Aligned];

    fn mark(tie: &Cell) -> Mark {
        match tie.stance {
            Some(Stance::ConflictsWith) => Mark::InConflict,
            _ => Mark::Aligned,
        }
    }
}

pub fn coverage<T: Marked>(synthesis: &Synthesis, grid: &Grid<T>) -> Figure {
    let item = |at: usize| Item {
        key: key("row", at),
        heading: synthesis.label(grid.rows[at].id()),
        words: grid.rows[at].name().to_owned(),
        remark: grid.of_row(at).in_words(),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    };
    let columns = grid.components.iter().enumerate().map(|(at, component)| {
        let label = synthesis.label(component.id);
        (label.clone(), format!("{label} {}: {}", component.name, grid.of_component(at).in_words()))
    });
    let named = grid.components.iter().map(|one| format!("{} {}", synthesis.label(one.id), one.name));
    let told = (0..grid.rows.len()).map(|at| of_row(grid, at)).collect();
    let marks = grid.cells.iter().map(|line| line.iter().map(|tie| tie.as_ref().map(T::mark)).collect()).collect();
    Figure {
        key: T::FIGURE.to_owned(),
        title: format!("{}: {}", synthesis.settings.title, T::CALLED),
        description: format!(
            "{} by {}. Each cell says {}.",
            count_of(grid.rows.len(), T::NOUN),
            count_of(grid.components.len(), "component"),
            T::SHOWS
        ),
        items: (0..grid.rows.len()).map(item).collect(),
        arrows: Vec::new(),
        shape: Shape::Grid(Marks {
            columns: columns.collect(),
            marks,
            headings: BTreeMap::new(),
            margins: Some(Margins { title: T::TIED.to_owned(), rows: told, columns: Vec::new() }),
            blank: Some(T::BLANK.to_owned()),
        }),
        notes: named.chain([format!("Ties: {}.", grid.everything().in_words())]).collect(),
        table: in_words(synthesis, grid),
    }
}

/// How many of its ties are explained; `unmet` where there is none.
fn of_row<T: Marked>(grid: &Grid<T>, at: usize) -> String {
    match grid.of_row(at) {
        count if count.ties == 0 => T::UNTIED.to_owned(),
        count => count.in_words(),
    }
}

/// The same in words, as narrow as a page however many components there are: which of them stand under which mark.
fn in_words<T: Marked>(synthesis: &Synthesis, grid: &Grid<T>) -> Table {
    let mut columns = vec![Column::new(T::KEY, T::TITLE)];
    columns
        .extend(T::MARKS.iter().map(|mark| Column::new(&mark.title().replace(' ', "_"), &sentence_case(mark.title()))));
    columns.push(Column::new("ties", T::TIED));
    let mut table = Table::new(columns);
    for (at, (row, line)) in grid.rows.iter().zip(&grid.cells).enumerate() {
        let mut cells = vec![tables::named(synthesis, *row).into()];
        cells.extend(T::MARKS.iter().map(|mark| {
            let tied = grid.components.iter().zip(line);
            let under = tied.filter(|(_, tie)| tie.as_ref().map(T::mark) == Some(*mark));
            let under = under.map(|(one, _)| format!("{} {}", synthesis.label(one.id), one.name));
            Text::text(under.collect::<Vec<_>>().join("\n"))
        }));
        cells.push(of_row(grid, at).into());
        table.push(cells);
    }
    table
}
