//! Needs of the place and policy, and which components answer them.

use super::maker::{Maker, Row, filled, list, owned};
use crate::act::need::{self, policy, tie};
use crate::diagnostic::Result;

impl Maker<'_> {
    pub(super) fn needs(&mut self) -> Result<()> {
        let rows = self.rows("needs")?;
        let entry = |row: &Row| {
            Ok(need::Entry {
                statement: owned(row, "statement"),
                population: owned(row, "population"),
                measure: owned(row, "measure"),
                value: owned(row, "value"),
                source: self.named(row, "document")?,
                date: owned(row, "date"),
                place: owned(row, "place"),
            })
        };
        let entries = rows.iter().map(entry).collect::<Result<Vec<_>>>()?;
        let labels = need::add(&mut self.open("gj")?, &entries, &numbers(&rows))?.answer;
        rows.iter().zip(labels).for_each(|(row, label)| self.keep(row, label));
        let (rows, wishes) = self.ties("met", "need")?;
        tie::meet(&mut self.open("gj")?, &wishes, &rows)?;
        Ok(())
    }

    pub(super) fn policies(&mut self) -> Result<()> {
        let rows = self.rows("policies")?;
        let entry = |row: &Row| {
            Ok(policy::Entry {
                name: owned(row, "name"),
                level: filled(row, "level").map(str::parse).transpose()?,
                citation: None,
                requirement: owned(row, "requirement"),
                source: self.named(row, "document")?,
                date: owned(row, "date"),
            })
        };
        let entries = rows.iter().map(entry).collect::<Result<Vec<_>>>()?;
        let labels = policy::add(&mut self.open("mb")?, &entries, &numbers(&rows))?.answer;
        rows.iter().zip(labels).for_each(|(row, label)| self.keep(row, label));
        let (rows, wishes) = self.ties("stances", "driver")?;
        tie::position(&mut self.open("mb")?, &wishes, &rows)?;
        Ok(())
    }

    /// What ties components to needs or to drivers, with the numbers of the rows.
    fn ties(&self, table: &str, of: &str) -> Result<(Vec<usize>, Vec<tie::Wish>)> {
        let rows = self.rows(table)?;
        let wish = |row: &Row| {
            Ok(tie::Wish {
                of: self.label(filled(row, of).unwrap_or_default())?,
                component: self.label(filled(row, "component").unwrap_or_default())?,
                stance: filled(row, "stance").map(str::parse).transpose()?,
                because: self.labels_of(&list(row, "because"))?,
                without: Vec::new(),
                how: owned(row, "how"),
            })
        };
        Ok((numbers(&rows), rows.iter().map(wish).collect::<Result<_>>()?))
    }
}

fn numbers(rows: &[Row]) -> Vec<usize> {
    (1..=rows.len()).collect()
}
