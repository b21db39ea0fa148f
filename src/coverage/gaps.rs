//! What is missing from needs, drivers and their ties, each gap by itself.

use super::{Doubt, Grid, Tied};
use crate::id::Id;
use crate::need::Need;
use crate::synthesis::Synthesis;
use crate::theory::Component;

/// One tie, and what its explanation lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap<'s, T> {
    pub row: &'s T,
    pub component: &'s Component,
    /// A statement of which this is told, and the doubt; none where no statement was named.
    pub about: Option<(Id, Doubt)>,
}

impl<T: Tied> Gap<'_, T> {
    /// `W1.gj and K2.gj Coaching: nothing explains how yet`.
    pub fn in_words(&self, synthesis: &Synthesis) -> String {
        let (row, component) = (synthesis.label(self.row.id()), synthesis.label(self.component.id));
        let ends = format!("{row} and {component} {}", self.component.name);
        match self.about {
            None => format!("{ends}: nothing explains how yet"),
            Some((statement, doubt)) => format!("{ends}, {}: {}", synthesis.label(statement), doubt.title()),
        }
    }
}

impl<'s, T: Tied> Grid<'s, T> {
    /// Ties that nothing explains, and doubts about the statements that do, row by row.
    pub fn gaps(&self) -> Vec<Gap<'s, T>> {
        let mut gaps = Vec::new();
        for (row, component, cell) in self.ties() {
            if cell.reasons.is_empty() {
                gaps.push(Gap { row, component, about: None });
            }
            for reason in &cell.reasons {
                let about = reason.doubts.iter().map(|doubt| Some((reason.statement.id, *doubt)));
                gaps.extend(about.map(|about| Gap { row, component, about }));
            }
        }
        gaps
    }
}

crate::vocabulary! {
    /// What the figure of a need lacks.
    pub enum Lack "lack of a need's figure" {
        Source "source",
        Date "date",
    }
}

/// What the figure of a need lacks; nothing where it has no figure. A source that is not here is none.
pub fn lacks(synthesis: &Synthesis, need: &Need) -> Vec<Lack> {
    if need.value.is_none() {
        return Vec::new();
    }
    let has_source = need.source.is_some_and(|source| synthesis.sources.contains_key(&source));
    let lacks = [(!has_source, Lack::Source), (need.date.is_none(), Lack::Date)];
    lacks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, lack)| lack).collect()
}

/// `its figure has no source and no date`; nothing where it lacks neither.
pub fn lacks_in_words(synthesis: &Synthesis, need: &Need) -> Option<String> {
    let lacks: Vec<&str> = lacks(synthesis, need).into_iter().map(Lack::word).collect();
    (!lacks.is_empty()).then(|| format!("its figure has no {}", lacks.join(" and no ")))
}
