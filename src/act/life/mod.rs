//! The life of a statement: what becomes of it after it is written. Nothing is deleted; every step says who,
//! when and why, and one undo takes it back.

pub mod confirm;
pub mod history;
pub mod merge;
pub mod split;
pub mod status;
pub mod tested;

use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Editorial, Hypothesis};
use crate::link::{Link, LinkKind};
use crate::project::Project;

/// Why a step was taken: said, or the step is refused.
fn reason(why: &str) -> Result<&str> {
    let why = why.trim();
    if why.is_empty() {
        return Err(fault("reason-needed", "say why: others will want to know").hint("add --why \"...\""));
    }
    Ok(why)
}

/// A statement that still stands.
fn living(project: &Project, typed: &str) -> Result<Hypothesis> {
    let held = super::hypothesis::open(project, typed)?;
    if !held.status.is_living() {
        let label = project.label(held.id);
        let refused = fault("not-living", format!("{label} is {} and stands no longer", held.status));
        let heirs = heirs(project, &held);
        if !heirs.is_empty() {
            return Err(refused.hint(format!("said anew by {}: use that", heirs.join(" and "))));
        }
        return Err(status::possible(refused, &label, held.status));
    }
    Ok(held)
}

/// Statements that a superseded one was refined to or split into.
fn heirs(project: &Project, former: &Hypothesis) -> Vec<String> {
    let links = project.state().about::<Link>(former.id).into_iter();
    let anew =
        links.filter(|link| link.to == former.id && matches!(link.kind, LinkKind::Refines | LinkKind::SplitFrom));
    anew.filter(|_| former.status == Editorial::Superseded).map(|link| project.label(link.from)).collect()
}

#[cfg(test)]
mod tests;
