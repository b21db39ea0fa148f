//! Needs and policy drivers beside the components of a programme theory, from what people tied together. Pure.
//!
//! Three rules keep it honest. A tie is a claim: what explains it are statements, and one without a statement that stands is
//! counted as unexplained. A need that no component is tied to is unmet, and a component that no need is tied to is named
//! too. Nothing is summed up to how well a programme meets its needs.
//!
//! [`reason`] tells what explains a tie and what tells against it; [`gaps`] gathers what is missing.

pub mod gaps;
pub mod reason;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use gaps::{Gap, Lack};
pub use reason::{Doubt, Footing, Reason};

use crate::id::Id;
use crate::need::{Need, Policy, Stance, Tie};
use crate::synthesis::Synthesis;
use crate::theory::Component;
use reason::Reasons;
use std::collections::BTreeMap;

/// Printed with every coverage of needs and every trace of drivers.
pub const RULE: &str = "A tie is explained where a statement that stands says how; it is disputed where sources contest every \
such statement, or speak only against it; else it is unexplained. A statement that was merged is seen as the one that speaks \
for it. Retired needs, drivers and components are left out and counted. A count says how many ties there are, never how \
well a need is met.";

/// What components can be tied to.
pub trait Tied: Sized + 'static {
    fn all(synthesis: &Synthesis) -> &BTreeMap<Id, Self>;
    fn id(&self) -> Id;
    fn is_retired(&self) -> bool;
    /// By component.
    fn ties(&self) -> impl Iterator<Item = (Id, Option<Stance>, &Tie)>;
    /// How people name it: a need by its statement.
    fn name(&self) -> &str;
}

impl Tied for Need {
    fn all(synthesis: &Synthesis) -> &BTreeMap<Id, Self> {
        &synthesis.needs
    }

    fn id(&self) -> Id {
        self.id
    }

    fn is_retired(&self) -> bool {
        self.retired
    }

    fn ties(&self) -> impl Iterator<Item = (Id, Option<Stance>, &Tie)> {
        self.met_by.iter().map(|(component, tie)| (*component, None, tie))
    }

    fn name(&self) -> &str {
        &self.statement
    }
}

impl Tied for Policy {
    fn all(synthesis: &Synthesis) -> &BTreeMap<Id, Self> {
        &synthesis.policies
    }

    fn id(&self) -> Id {
        self.id
    }

    fn is_retired(&self) -> bool {
        self.retired
    }

    fn ties(&self) -> impl Iterator<Item = (Id, Option<Stance>, &Tie)> {
        self.stances.iter().map(|(component, one)| (*component, Some(one.stance), &one.tie))
    }

    fn name(&self) -> &str {
        &self.name
    }
}

/// One tie, with what explains it.
#[derive(Debug, Clone)]
pub struct Cell<'s> {
    pub tie: &'s Tie,
    /// To a driver; a need has none.
    pub stance: Option<Stance>,
    pub reasons: Vec<Reason<'s>>,
}

impl Cell<'_> {
    pub fn footing(&self) -> Footing {
        Footing::of(&self.reasons)
    }
}

/// How many ties there are, and how many of them are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Count {
    pub ties: usize,
    pub explained: usize,
    pub disputed: usize,
    pub unexplained: usize,
}

impl Count {
    fn of<'c, 's: 'c>(cells: impl Iterator<Item = &'c Cell<'s>>) -> Self {
        let mut count = Count::default();
        for cell in cells {
            count.ties += 1;
            match cell.footing() {
                Footing::Explained => count.explained += 1,
                Footing::Disputed => count.disputed += 1,
                Footing::Unexplained => count.unexplained += 1,
            }
        }
        count
    }

    /// `2 of 3 explained, 1 disputed`; `none` where there is no tie.
    pub fn in_words(self) -> String {
        if self.ties == 0 {
            return "none".to_owned();
        }
        let disputed = if self.disputed > 0 { format!(", {} disputed", self.disputed) } else { String::new() };
        format!("{} of {} explained{disputed}", self.explained, self.ties)
    }
}

/// Needs, or drivers, by components.
#[derive(Debug, Clone)]
pub struct Grid<'s, T> {
    /// In use, in the order of their labels.
    pub rows: Vec<&'s T>,
    /// In use, in the order papers print them.
    pub components: Vec<&'s Component>,
    /// By row, then by component.
    pub cells: Vec<Vec<Option<Cell<'s>>>>,
    /// How many were left out as retired.
    pub retired: usize,
    /// Ties of rows to components that are retired or not here: row and component.
    pub astray: Vec<(&'s T, Id)>,
}

impl<'s, T: Tied> Grid<'s, T> {
    pub fn of(synthesis: &'s Synthesis) -> Self {
        let (retired, mut rows): (Vec<&T>, Vec<&T>) = T::all(synthesis).values().partition(|one| one.is_retired());
        rows.sort_by_cached_key(|one| (synthesis.labels.get(&one.id()).cloned(), one.id()));
        let components = synthesis.components_in_order();
        let place: BTreeMap<Id, usize> = components.iter().enumerate().map(|(at, one)| (one.id, at)).collect();
        let mut reasons = Reasons::of(synthesis);
        let (mut cells, mut astray) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in &rows {
            let mut line: Vec<Option<Cell>> = vec![None; components.len()];
            for (component, stance, tie) in row.ties() {
                match place.get(&component) {
                    Some(at) => line[*at] = Some(Cell { tie, stance, reasons: reasons.behind(component, tie) }),
                    None => astray.push((*row, component)),
                }
            }
            cells.push(line);
        }
        Grid { rows, components, cells, retired: retired.len(), astray }
    }

    /// Every tie, row by row.
    pub fn ties(&self) -> impl Iterator<Item = (&'s T, &'s Component, &Cell<'s>)> {
        self.rows.iter().zip(&self.cells).flat_map(|(row, line)| {
            let tied = self.components.iter().zip(line);
            tied.filter_map(move |(component, cell)| Some((*row, *component, cell.as_ref()?)))
        })
    }

    pub fn of_row(&self, at: usize) -> Count {
        Count::of(self.cells[at].iter().flatten())
    }

    pub fn of_component(&self, at: usize) -> Count {
        Count::of(self.cells.iter().filter_map(|line| line[at].as_ref()))
    }

    pub fn everything(&self) -> Count {
        Count::of(self.cells.iter().flatten().flatten())
    }

    /// Rows that no component is tied to: unmet needs, drivers that nothing answers to.
    pub fn untied(&self) -> Vec<&'s T> {
        let lines = self.rows.iter().zip(&self.cells);
        lines.filter(|(_, line)| line.iter().all(Option::is_none)).map(|(row, _)| *row).collect()
    }

    /// Rows with ties, none of which is explained.
    pub fn only_claimed(&self) -> Vec<&'s T> {
        let is_claimed = |count: Count| count.ties > 0 && count.unexplained == count.ties;
        (0..self.rows.len()).filter(|at| is_claimed(self.of_row(*at))).map(|at| self.rows[at]).collect()
    }

    /// Components that nothing is tied to.
    pub fn components_without(&self) -> Vec<&'s Component> {
        let free = |at: &usize| self.cells.iter().all(|line| line[*at].is_none());
        (0..self.components.len()).filter(free).map(|at| self.components[at]).collect()
    }
}

impl<'s> Grid<'s, Policy> {
    /// Ties of one stance, row by row.
    pub fn of_stance(&self, stance: Stance) -> impl Iterator<Item = (&'s Policy, &'s Component, &Cell<'s>)> {
        self.ties().filter(move |(.., cell)| cell.stance == Some(stance))
    }
}
