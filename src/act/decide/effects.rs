//! What a decision does to statements and components, in the same step.

use crate::act::{hypothesis, life, resolve};
use crate::decision::{Changed, Effect};
use crate::diagnostic::{Result, fault};
use crate::hypothesis::Editorial;
use crate::id::{Id, Kind, Label};
use crate::project::{Batch, Project};
use crate::theory::Component;
use serde_json::json;

/// Reads `H3.gj=rejected`, `H3.gj=If …, then …`, `K2.gj=what it is now`.
///
/// Faults: `bad-effect`, `unknown-id`, `no-such-step`.
pub fn read(project: &Project, typed: &str) -> Result<Effect> {
    let bad = || {
        fault("bad-effect", format!("'{typed}' is no effect"))
            .hint("a statement's standing or wording: --effect H3.gj=rejected, --effect 'H3.gj=If ..., then ...'")
            .hint("a component's description: --effect 'K2.gj=...'")
    };
    let (of, to) = typed.split_once('=').ok_or_else(bad)?;
    let (of, to) = (of.trim(), to.trim());
    if to.is_empty() {
        return Err(bad());
    }
    if of.parse::<Label>().is_ok_and(|label| label.kind == Kind::Hypothesis) {
        let held = hypothesis::open(project, of)?;
        return match to.parse::<Editorial>() {
            Ok(status) => {
                life::status::refuse_step(project, &held, status, Some("decided"))?;
                Ok(Effect { of: held.id, field: Changed::Status, to: status.word().to_owned() })
            }
            Err(_) => Ok(Effect { of: held.id, field: Changed::Statement, to: to.to_owned() }),
        };
    }
    Ok(Effect { of: resolve::component(project, of)?, field: Changed::Description, to: to.to_owned() })
}

/// Applies effects; gives what changed, in words.
pub fn apply(batch: &mut Batch<'_>, effects: &[Effect], decision: &str) -> Vec<String> {
    let mut told = Vec::new();
    for one in effects {
        let label = batch.project().label(one.of);
        let (kind, fields) = match one.field {
            Changed::Status => {
                (Kind::Hypothesis, json!({ "status": one.to, "reason": format!("decided: {decision}") }))
            }
            Changed::Statement => {
                (Kind::Hypothesis, json!({ "statement": one.to, "reason": format!("decided: {decision}") }))
            }
            Changed::Description => (Kind::Component, json!({ "description": one.to })),
        };
        batch.set(kind, one.of, &Batch::fields(fields));
        told.push(match one.field {
            Changed::Status => format!("{label} is {}", one.to),
            Changed::Statement => format!("{label} is reworded"),
            Changed::Description => format!("{label} is described anew"),
        });
    }
    told
}

/// Statements and components that effects change.
pub fn changed(project: &Project, effects: &[Effect]) -> (Vec<Id>, Vec<Id>) {
    let is_component = |one: &&Effect| project.state().get::<Component>(one.of).is_some();
    let (components, statements): (Vec<&Effect>, Vec<&Effect>) = effects.iter().partition(is_component);
    let ids = |of: Vec<&Effect>| of.into_iter().map(|one| one.of).collect();
    (ids(components), ids(statements))
}
