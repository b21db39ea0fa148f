//! Training cases, answers that came back from a session, and what is recommended.

use super::maker::{Maker, Row, filled, list, owned};
use crate::act::recommend;
use crate::act::training::{self, answers, form};
use crate::diagnostic::Result;

impl Maker<'_> {
    /// Cases in the form in which people write them.
    pub(super) fn trainings(&mut self) -> Result<()> {
        for (key, text) in self.example.trainings {
            let form = form::parse(&self.with_labels(text))?;
            let label = training::add(&mut self.open("gj")?, &form)?.answer;
            self.labels.insert((*key).to_owned(), label);
        }
        Ok(())
    }

    /// Answers of a session on the case of that key, from the table `answers`.
    pub(super) fn answers(&mut self, case: &str) -> Result<()> {
        let path = self.scratch.join("answers.csv");
        crate::disk::replace(&path, self.table("answers").as_bytes())?;
        let case = self.label(case)?;
        answers::take(&mut self.open("mb")?, &case, &path)?;
        Ok(())
    }

    pub(super) fn recommendations(&mut self) -> Result<()> {
        for row in self.rows("recommendations")? {
            let audience = filled(&row, "audience").unwrap_or_default().parse()?;
            let entry = self.recommendation(&row)?;
            let label = recommend::add(&mut self.open("gj")?, audience, &entry)?.answer;
            self.keep(&row, label);
        }
        Ok(())
    }

    fn recommendation(&self, row: &Row) -> Result<recommend::Entry> {
        Ok(recommend::Entry {
            action: owned(row, "action"),
            for_whom: owned(row, "for_whom"),
            context: owned(row, "context"),
            would_change: owned(row, "would_change"),
            owner: owned(row, "owner"),
            due: owned(row, "due"),
            role: owned(row, "role"),
            competency: owned(row, "competency"),
            gap: owned(row, "gap"),
            supervision: owned(row, "supervision"),
            basis: self.labels_of(&list(row, "basis"))?,
            training: self.labels_of(&list(row, "training"))?,
            needs: self.labels_of(&list(row, "needs"))?,
            without: Vec::new(),
        })
    }
}
