//! The pathway of the team's own model, and what explains its steps.

use super::maker::{Maker, Row, filled, list, owned};
use crate::act::step::{self, pathway};
use crate::diagnostic::Result;
use crate::pathway::Way;

impl Maker<'_> {
    pub(super) fn steps(&mut self) -> Result<()> {
        let rows: Vec<pathway::Row> = self.rows("steps")?.iter().map(step).collect();
        pathway::add(&mut self.open("gj")?, None, &rows)?;
        for row in self.rows("step-explanations")? {
            let statement = self.label(filled(&row, "hypothesis").unwrap_or_default())?;
            let said = |column: &str| filled(&row, column).unwrap_or_default();
            step::explain(&mut self.open("gj")?, said("step"), &statement, said("why"))?;
        }
        Ok(())
    }
}

fn step(row: &Row) -> pathway::Row {
    let entry = step::Entry {
        name: owned(row, "name"),
        rank: filled(row, "rank").and_then(|rank| rank.parse().ok()),
        intensity: owned(row, "intensity"),
        reach: owned(row, "reach"),
        setting: owned(row, "setting"),
        interventions: list(row, "interventions"),
        providers: list(row, "providers"),
        recovery_element: owned(row, "recovery_element"),
        entry: owned(row, "entry"),
        review_interval: owned(row, "review_interval"),
        claim: owned(row, "claim"),
        ..step::Entry::default()
    };
    let moves = Way::ALL.iter().flat_map(|way| list(row, way.word()).into_iter().map(|to| (*way, to)));
    pathway::Row { entry, leaving: Vec::new(), moves: moves.collect() }
}
