//! Merging statements into one that speaks for all of them: a new one with a sentence of its own, or one
//! that is there. The merged ones stay as they were and are seen through it, with their evidence.

use super::{living, reason};
use crate::act::hypothesis::{self, Entry};
use crate::act::relate::{self, Net};
use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::{Id, Kind};
use crate::link::{Link, LinkKind};
use crate::project::{Batch, Done, Project};
use crate::uncertainty::Uncertainty;
use serde_json::json;

/// Into what.
#[derive(Debug, Clone)]
pub enum Into {
    /// Label of a statement that is there.
    Existing(String),
    /// A new one: at least a sentence.
    New(Box<Entry>),
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub id: Id,
    pub parent: String,
    pub is_new: bool,
    /// The statements merged into it.
    pub children: Vec<String>,
    /// Labels of the links made.
    pub links: Vec<String>,
    /// Links and uncertainties that name a merged statement. The parent stands there in its place, where a link
    /// names a part at the part that is its own there; whether that holds is for somebody to look at: `L2.gj: H3.gj
    /// is a rival of H8.gj`.
    pub loose: Vec<String>,
}

/// Merges statements. A new parent takes the component they share, and stands no further on than the
/// least of them: draft, screened or active.
///
/// Faults: `too-few`, `not-living`, `merged`, `reason-needed`, and those of making a link.
pub fn merge(project: &mut Project, children: &[String], into: &Into, why: &str) -> Result<Done<Merged>> {
    project.write("hypothesis merge", true, |batch| unite(batch, children, into, why))
}

/// The same as a part of a larger act.
pub(in crate::act) fn unite(batch: &mut Batch<'_>, children: &[String], into: &Into, why: &str) -> Result<Merged> {
    let why = reason(why)?;
    let mut held: Vec<Hypothesis> = Vec::new();
    for typed in children {
        let child = living(batch.project(), typed)?;
        if held.iter().all(|other| other.id != child.id) {
            held.push(child);
        }
    }
    let mut net = Some(Net::of(batch.project()));
    let (parent, label, is_new): (Hypothesis, String, bool) = match into {
        Into::Existing(typed) => {
            let parent = living(batch.project(), typed)?;
            let label = batch.project().label(parent.id);
            (parent, label, false)
        }
        Into::New(entry) => {
            if held.len() < 2 {
                return Err(fault("too-few", "a merge takes two statements or more")
                    .hint("one alone is merged into one that is there: --into H9.gj")
                    .hint("or said more closely: realist hypothesis refine H3.gj --statement \"...\" --why \"...\""));
            }
            let made = hypothesis::create(batch, &mut net, &parent_of(batch.project(), &held, entry))?;
            (made.statement, made.label, true)
        }
    };
    let mut net = net.unwrap_or_else(|| Net::of(batch.project()));
    let mut links = Vec::new();
    for child in &held {
        links.push(net.lay(batch, relate::bare(child.id, LinkKind::MergedInto, parent.id, Some(why)))?);
    }
    for child in &held {
        let fields = Batch::fields(json!({ "status": Editorial::Merged, "reason": why }));
        batch.set(Kind::Hypothesis, child.id, &fields);
    }
    let project = batch.project();
    let loose = loose_ends(project, &parent, &held);
    let children = held.iter().map(|one| project.label(one.id)).collect();
    Ok(Merged { id: parent.id, parent: label, is_new, children, links, loose })
}

fn parent_of(project: &Project, children: &[Hypothesis], entry: &Entry) -> Entry {
    let shared = children[0].component.filter(|id| children.iter().all(|one| one.component == Some(*id)));
    let least = children.iter().map(|one| one.status).min();
    Entry {
        component: entry.component.clone().or_else(|| shared.map(|id| project.label(id))),
        status: entry.status.or(least),
        ..entry.clone()
    }
}

/// Links and uncertainties that name a merged statement.
fn loose_ends(project: &Project, parent: &Hypothesis, merged: &[Hypothesis]) -> Vec<String> {
    let mut loose = Vec::new();
    let is_inside = |id: Id| id == parent.id || merged.iter().any(|one| one.id == id);
    for held in merged {
        let id = held.id;
        let label = project.label(id);
        let links = project.state().about::<Link>(id);
        for link in links.iter().filter(|link| matches!(link.kind, LinkKind::LeadsTo | LinkKind::RivalOf)) {
            if !link.other_end(id).is_some_and(is_inside) {
                let (from, to) = (project.label(link.from), project.label(link.to));
                let part = if link.from == id { &link.from_part } else { &link.to_part };
                let own = part.as_ref().and_then(|key| held.parts.iter().find(|part| part.key == *key));
                let is_lost = own.is_some_and(|part| parent.counterpart(part, true).is_none());
                let lost = if is_lost { "; nobody said at which part: see realist link list --waiting" } else { "" };
                loose.push(format!("{}: {from} {} {to}{lost}", project.label(link.id), link.kind.phrase()));
            }
        }
        for one in project.state().about::<Uncertainty>(id) {
            if one.hypotheses.contains(&id) {
                loose.push(format!("{} names {label}", project.label(one.id)));
            }
        }
    }
    loose
}
