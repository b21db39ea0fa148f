//! Keeping the words behind a link back from papers for others, with a reason: their rule then takes another quotation.
//! The link counts as before.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::evidence::Evidence;
use crate::history::Fields;
use crate::id::Kind;
use crate::project::{Done, Project};
use serde_json::{Value, json};

/// Keeps words back; without a reason, lets them be printed again. The reason is sealed: it may say who would be told.
pub fn withhold(project: &mut Project, evidence: &[String], reason: Option<&str>) -> Result<Done<Vec<String>>> {
    if reason.is_some_and(|reason| reason.trim().is_empty()) {
        return Err(fault("no-reason", "words are kept back for a reason").hint("add --reason \"...\""));
    }
    project.write("evidence withhold", true, |batch| {
        let mut labels = Vec::new();
        for typed in evidence {
            let id = resolve::find(batch.project(), Kind::Evidence, typed)?;
            let held: Evidence = resolve::read(batch.project(), id)?;
            let value = match reason {
                Some(reason) => json!(batch.seal(&json!(reason.trim()))?),
                None => Value::Null,
            };
            if reason.is_some() || held.withheld.is_some() {
                batch.set(Kind::Evidence, id, &Fields::from_iter([("withheld".to_owned(), value)]));
            }
            labels.push(batch.project().label(id));
        }
        Ok(labels)
    })
}
