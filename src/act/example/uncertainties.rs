//! What is to be settled, and made-up ratings of how much it matters.

use super::maker::{Maker, Row, filled, list, owned, sentences};
use crate::act::{resolve, uncertainty};
use crate::diagnostic::Result;
use crate::history::Fields;
use crate::id::Kind;
use crate::project::{Batch, Project};
use serde_json::json;

impl Maker<'_> {
    pub(super) fn uncertainties(&mut self) -> Result<()> {
        for row in self.rows("uncertainties")? {
            self.uncertainty(&row)?;
        }
        let mut ratings = Vec::new();
        for row in self.rows("ratings")? {
            ratings.push(uncertainty::RatingRow {
                uncertainty: self.label(filled(&row, "uncertainty").unwrap_or_default())?,
                criterion: filled(&row, "criterion").unwrap_or_default().parse()?,
                group: owned(&row, "group").unwrap_or_default(),
                rater: owned(&row, "rater").unwrap_or_default(),
                value: filled(&row, "value").and_then(|value| value.parse().ok()).unwrap_or(f64::NAN),
            });
        }
        let mut project = self.open("gj")?;
        uncertainty::rate(&mut project, &ratings)?;
        self.note_that_ratings_are_made_up(&mut project)
    }

    pub(super) fn uncertainty(&mut self, row: &Row) -> Result<()> {
        let entry = uncertainty::Entry {
            text: owned(row, "text"),
            plain: owned(row, "plain"),
            why: owned(row, "why"),
            unknown: owned(row, "unknown"),
            component: self.named(row, "component")?,
            hypotheses: self.labels_of(&list(row, "hypotheses"))?,
            options: sentences(row, "options"),
            status: None,
            place: None,
            minutes: filled(row, "minutes").and_then(|minutes| minutes.parse().ok()),
            introduced_by: owned(row, "introduced_by"),
        };
        let label = uncertainty::add(&mut self.open("gj")?, &entry)?.answer;
        self.keep(row, label);
        Ok(())
    }

    /// Ratings in an example are invented, and the record itself says so.
    fn note_that_ratings_are_made_up(&self, project: &mut Project) -> Result<()> {
        let keys: Vec<String> = self.rows("uncertainties")?.iter().filter_map(|row| owned(row, "key")).collect();
        let note = self.example.ratings_note;
        project.write("uncertainty edit", true, |batch| {
            for label in self.labels_of(&keys)? {
                let id = resolve::find(batch.project(), Kind::Uncertainty, &label)?;
                let fields: Fields = Batch::fields(json!({ "ratings_note": note }));
                batch.set(Kind::Uncertainty, id, &fields);
            }
            Ok(())
        })?;
        Ok(())
    }
}
