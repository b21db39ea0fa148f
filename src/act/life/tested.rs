//! The fourth standing: whether a statement was put to the test, and what came of it. People set it.

use crate::act::hypothesis;
use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Test, Tested};
use crate::id::Kind;
use crate::project::{Batch, Done, Project};
use serde_json::json;

/// Says that a statement was tested; returns its label.
///
/// Faults: `merged`, `no-result`.
pub fn set(project: &mut Project, statement: &str, test: Test, result: Option<&str>) -> Result<Done<String>> {
    project.write("hypothesis tested", true, |batch| {
        let held = hypothesis::open(batch.project(), statement)?;
        let label = batch.project().label(held.id);
        let result = result.map(str::trim).filter(|result| !result.is_empty()).map(str::to_owned);
        if test != Test::NotTested && result.is_none() {
            return Err(fault("no-result", format!("what came of testing {label}?"))
                .hint(format!("realist hypothesis tested {label} {test} --result \"...\"")));
        }
        batch.set(Kind::Hypothesis, held.id, &Batch::fields(json!({ "tested": Tested { test, result } })));
        Ok(label)
    })
}
