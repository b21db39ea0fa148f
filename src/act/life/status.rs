//! Editorial standing set by hand: one step at a time, each with its reason.

use crate::act::{hypothesis, resolve};
use crate::diagnostic::{Fault, Result, fault};
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::Kind;
use crate::project::{Batch, Done, Project};
use serde_json::json;

/// What was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub id: String,
    pub from: Editorial,
    pub to: Editorial,
}

/// Moves statements one step on: all of them, or none.
///
/// Faults: `merged`, `no-such-step`, `reason-needed`.
pub fn set(project: &mut Project, statements: &[String], to: Editorial, why: &str) -> Result<Done<Vec<Step>>> {
    project.write("hypothesis status", true, |batch| {
        let mut steps = Vec::new();
        for typed in statements {
            let held: Hypothesis = match to {
                Editorial::Merged => {
                    resolve::read(batch.project(), resolve::find(batch.project(), Kind::Hypothesis, typed)?)?
                }
                _ => hypothesis::open(batch.project(), typed)?,
            };
            let label = batch.project().label(held.id);
            refuse_step(batch.project(), &held, to, Some(why))?;
            batch.set(Kind::Hypothesis, held.id, &Batch::fields(json!({ "status": to, "reason": why.trim() })));
            steps.push(Step { id: label, from: held.status, to });
        }
        Ok(steps)
    })
}

/// Refuses a step that the way of a statement does not have, or that nobody gives a reason for. Where two sites set the
/// standing unaware of each other, either of the two is a step: it settles which holds.
pub(in crate::act) fn refuse_step(
    project: &Project,
    held: &Hypothesis,
    to: Editorial,
    why: Option<&str>,
) -> Result<()> {
    let (label, from) = (&project.label(held.id), held.status);
    if !from.next().contains(&to) && !is_contested(project, held, to) {
        let said = if from == to {
            format!("{label} is {from} already")
        } else {
            format!("{label} is {from}: it cannot become {to} from there")
        };
        let refused = fault("no-such-step", said);
        return Err(match to {
            Editorial::Merged => refused.hint(format!("realist hypothesis merge {label} --into H9.gj --why \"...\"")),
            _ => possible(refused, label, from),
        });
    }
    if why.is_none_or(|why| why.trim().is_empty()) {
        return Err(fault("reason-needed", format!("why does {label} become {to}?"))
            .hint(format!("realist hypothesis status {label} {to} --why \"...\"")));
    }
    Ok(())
}

/// One of two standings that were set unaware of each other. What a merge did is settled by taking it back.
fn is_contested(project: &Project, held: &Hypothesis, to: Editorial) -> bool {
    let conflicts = project.state().conflicts_of(held.id);
    let here = conflicts.iter().filter(|one| one.field == "status");
    to != Editorial::Merged && here.flat_map(|one| [&one.kept, &one.other]).any(|value| value == to.word())
}

/// Says what is possible instead.
pub(super) fn possible(refused: Fault, label: &str, from: Editorial) -> Fault {
    let words: Vec<&str> = from.next().iter().map(|one| one.word()).collect();
    match words.first() {
        Some(first) => refused
            .hint(format!("it can become: {}", words.join(", ")))
            .hint(format!("realist hypothesis status {label} {first} --why \"...\"")),
        None => refused.hint("that is where its way ends; what was done is taken back by: realist undo OPERATION"),
    }
}
