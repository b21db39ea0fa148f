//! Rows put together by person. A row that is left out joins nobody; what it refuses counts all the same.

use super::row::Said;
use crate::diagnostic::{Fault, fault};
use crate::id::Id;
use crate::participant::Audience;
use std::collections::BTreeSet;

/// Somebody, and the rows about them.
pub(super) struct One {
    /// The first row.
    pub row: usize,
    pub targets: Vec<Id>,
    /// Their entry in a column of codes for people.
    code: Option<String>,
    pub said: Said,
    /// Whose consent a row says.
    pub answered: BTreeSet<(Id, Audience)>,
}

#[derive(Default)]
pub(super) struct People(pub Vec<One>);

impl People {
    /// Adds a row; fault `row-differs` where an earlier one about the same person says something else, and then
    /// nothing of it counts.
    pub fn add(&mut self, row: usize, targets: &[Id], code: Option<String>, said: &Said) -> Result<(), Fault> {
        let is_same =
            |one: &&mut One| (code.is_some() && one.code == code) || one.targets.iter().any(|id| targets.contains(id));
        let answered = answered(targets, said);
        match self.0.iter_mut().find(is_same) {
            Some(one) => {
                one.said.take(said).map_err(|field| differs(one.row, &field))?;
                one.targets.extend(targets);
                one.answered.extend(answered);
            }
            None => self.0.push(One {
                row,
                targets: targets.to_vec(),
                code,
                said: said.clone(),
                answered: answered.collect(),
            }),
        }
        Ok(())
    }

    /// What a row refuses that is left out; whether that is anything.
    pub fn refuse(&mut self, row: usize, targets: &[Id], said: &Said) -> bool {
        let refusals = said.refusals();
        if refusals == Said::default() {
            return false;
        }
        // One by one: the row joins nobody. Consents never differ, the stricter counts.
        targets.iter().all(|id| self.add(row, &[*id], None, &refusals).is_ok())
    }
}

fn answered(targets: &[Id], said: &Said) -> impl Iterator<Item = (Id, Audience)> {
    let audiences: Vec<Audience> =
        Audience::ALL.iter().copied().filter(|audience| said.consent(*audience).is_some()).collect();
    targets.iter().flat_map(move |id| audiences.clone().into_iter().map(move |audience| (*id, audience)))
}

fn differs(first: usize, field: &str) -> Fault {
    fault("row-differs", format!("row {first} is about the same person and says something else of {field}"))
        .hint("leave one of them empty, or make them agree")
}
