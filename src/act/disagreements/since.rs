//! What became of the disputed places of a pass since it was closed.

use super::words::Reader;
use crate::act::pass::{self, Item};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::pass::Settled;
use crate::project::Project;
use crate::report::disagreements::found::{Kept, Passage, Since};
use std::collections::{BTreeMap, HashMap};

/// The passages of a closed pass, each with what was settled.
pub struct Outcomes {
    passages: BTreeMap<(Id, Id), Vec<Item>>,
    /// When each was settled, by its key.
    days: HashMap<String, String>,
}

impl Outcomes {
    /// Faults: those of [`pass::find`].
    pub fn of(project: &Project, typed: &str) -> Result<Self> {
        let (pass, items) = pass::find(project, typed)?;
        let mut passages: BTreeMap<(Id, Id), Vec<Item>> = BTreeMap::new();
        for item in items {
            passages.entry((item.document, item.code)).or_default().push(item);
        }
        Ok(Outcomes { passages, days: pass::days_settled(project, &pass) })
    }

    /// The passage that holds a unit: every unit in dispute lies in one.
    pub fn passage(&self, document: Id, code: Id, unit: usize) -> Option<&Item> {
        self.passages.get(&(document, code))?.iter().find(|item| item.units.contains(&unit))
    }

    /// How it stands now. Faults of the disk.
    pub fn since(&self, project: &Project, reader: &Reader, item: &Item) -> Result<Since> {
        let settled = item.settled.as_ref();
        let kept = settled.map(|settled| kept(project, reader, settled)).transpose()?.flatten();
        Ok(Since {
            number: item.number,
            is_open: item.is_open(),
            settled: settled.cloned(),
            day: self.days.get(&item.key).cloned(),
            kept,
            rivals: item.rivals.iter().map(|one| (one.by.clone(), one.said.clone())).collect(),
        })
    }
}

/// The consensus coding.
fn kept(project: &Project, reader: &Reader, settled: &Settled) -> Result<Option<Kept>> {
    let Some(coding) = settled.coding.and_then(|id| project.state().get::<Coding>(id)) else { return Ok(None) };
    let code = project.state().get::<Code>(coding.code).map_or_else(|| project.label(coding.code), |code| code.name);
    let quotation = reader.marked(&coding.anchor)?;
    let marked = Passage { anchor: coding.anchor, quotation };
    Ok(Some(Kept { coding: project.label(coding.id), code, marked }))
}
