//! Decisions, and the versions of the theory that rest on them.

use super::maker::{Maker, filled, list, owned, sentences};
use crate::act::programme::freeze;
use crate::act::{action, decide};
use crate::decision::Method;
use crate::diagnostic::{Result, fault};

impl Maker<'_> {
    pub(super) fn decisions(&mut self) -> Result<()> {
        for row in self.rows("decisions")? {
            let round = self.named(&row, "round")?;
            let method = filled(&row, "method").map(str::parse).transpose()?;
            let effects = sentences(&row, "effects");
            let wish = decide::Wish {
                outcome: filled(&row, "outcome").unwrap_or("agreed").parse()?,
                body: filled(&row, "body").unwrap_or("not_stated").parse()?,
                method: method.or(round.is_none().then_some(Method::NotStated)),
                date: owned(&row, "date"),
                text: owned(&row, "text"),
                uncertainty: self.named(&row, "uncertainty")?,
                option: owned(&row, "option"),
                components: self.labels_of(&list(&row, "component"))?,
                hypotheses: self.labels_of(&list(&row, "hypotheses"))?,
                present: Vec::new(),
                dissent: Vec::new(),
                round,
                meeting: None,
                items: Vec::new(),
                effects: effects.iter().map(|effect| self.with_labels(effect)).collect(),
                actions: sentences(&row, "actions").iter().map(|typed| action::read(typed)).collect::<Result<_>>()?,
            };
            let label = decide::decide(&mut self.open("gj")?, &wish)?.answer.id;
            self.keep(&row, label);
        }
        Ok(())
    }

    /// Freezes the version of that row of the table.
    pub(super) fn freeze(&mut self, row: usize) -> Result<()> {
        let rows = self.rows("theory")?;
        let row = rows.get(row).ok_or_else(|| fault("bad-example", "theory.csv lacks a row"))?;
        self.later(filled(row, "at"))?;
        let wish = freeze::Wish {
            name: owned(row, "name").unwrap_or_default(),
            narrative: owned(row, "narrative"),
            why: owned(row, "why"),
            decisions: Vec::new(),
        };
        freeze::freeze(&mut self.open("gj")?, &wish)?;
        Ok(())
    }
}
