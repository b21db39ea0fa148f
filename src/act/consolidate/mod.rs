//! The consolidation workbench: what a team does between hundreds of statements and the few that say it all.
//!
//! [`look`] proposes, [`own`] takes the team's own groups, [`cards`] prints statements for the table, [`ruling`]
//! reads what was decided. Nothing is merged that nobody decided.

pub mod cards;
pub mod own;
pub mod ruling;

use super::resolve;
use crate::consolidate::{self, Asked, Proposal, Relation};
use crate::diagnostic::{Result, fault};
use crate::grouping::{Grouping, Verdict};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::language::Language;
use crate::link::LinkKind;
use crate::project::{Batch, Depth, Done, Project};
use crate::synthesis::Synthesis;
use serde_json::json;
use std::collections::BTreeSet;

/// Pairs of a component shown below the proposals.
const NEAREST: usize = 5;

/// What is to be proposed.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// 0 to 1; [`consolidate::LEAST`] where nothing is said.
    pub least: Option<f64>,
    /// Only statements of this component, by name or label.
    pub component: Option<String>,
    /// Only proposals of these kinds; all where none is named.
    pub only: Vec<Relation>,
}

/// Proposals, and what they were made of.
#[derive(Debug)]
pub struct Look {
    pub synthesis: Synthesis,
    pub proposals: Vec<Proposal>,
    /// By component, pairs that are nearest to each other without being proposed.
    pub nearest: Vec<consolidate::Near>,
    /// Statements compared.
    pub compared: usize,
    pub language: Language,
    pub least: f64,
    /// Pairs that somebody settled: refused, accepted, linked.
    pub settled: usize,
}

/// Proposals over the living statements. Faults: `bad-likeness`, `by-hand-first`.
pub fn look(project: &Project, wish: &Wish) -> Result<Look> {
    let least = wish.least.unwrap_or(consolidate::LEAST);
    if !(0.0..=1.0).contains(&least) {
        return Err(
            fault("bad-likeness", format!("{least} is no likeness")).hint("it goes from 0 to 1, as in --least 0.3")
        );
    }
    refuse_before_hands(project)?;
    let component = wish.component.as_deref().map(|typed| resolve::component(project, typed)).transpose()?;
    let synthesis = project.synthesis(Depth::Facts)?;
    let fits = |one: &&Hypothesis| component.is_none() || one.component == component;
    let statements: Vec<&Hypothesis> = synthesis.living_hypotheses().filter(fits).collect();
    let language = consolidate::language_of(&statements);
    let apart = settled(project, &synthesis);
    let asked = Asked { language, synonyms: &synthesis.settings.synonyms, apart: &apart, least };
    let mut proposals = consolidate::proposals(&statements, &asked);
    let mut nearest = consolidate::nearest(&statements, &asked, &proposals, NEAREST);
    let components: Vec<Id> = synthesis.components_in_order().iter().map(|one| one.id).collect();
    nearest.sort_by_cached_key(|near| components.iter().position(|id| *id == near.component));
    proposals.retain(|one| wish.only.is_empty() || wish.only.contains(&one.relation));
    let (compared, settled) = (statements.len(), apart.len());
    Ok(Look { synthesis, proposals, nearest, compared, language, least, settled })
}

/// Pairs that are not to be proposed: what somebody ruled on and nobody reworded since, and what is linked.
fn settled(project: &Project, synthesis: &Synthesis) -> BTreeSet<(Id, Id)> {
    let ruled = project.state().all::<Grouping>().into_iter();
    let ruled = ruled.filter(|one| matches!(one.verdict, Verdict::Refused | Verdict::Accepted));
    let mut apart: BTreeSet<(Id, Id)> = ruled.flat_map(|one| one.pairs_as_worded(&synthesis.hypotheses)).collect();
    let links = synthesis.links.values().filter(|link| !matches!(link.kind, LinkKind::LeadsTo | LinkKind::InformedBy));
    let speakers = synthesis.speakers();
    let ends = links.map(|link| (speakers.of(link.from), speakers.of(link.to)));
    apart.extend(ends.map(|(one, other)| (one.min(other), one.max(other))));
    apart
}

/// A team that sorts by hand first sees no proposal before its own groups are in, or somebody took
/// responsibility for looking.
fn refuse_before_hands(project: &Project) -> Result<()> {
    let is_open = !project.settings().consolidation.by_hand_first
        || project.state().all::<Grouping>().iter().any(|one| matches!(one.verdict, Verdict::Sorted | Verdict::Looked));
    if is_open {
        return Ok(());
    }
    Err(fault("by-hand-first", "your team sorts its statements by hand before it sees a proposal (realist.toml)")
        .hint("print cards: realist theory consolidate --to html --out cards.html")
        .hint("enter the groups: realist theory consolidate --groups groups.csv")
        .hint("look all the same, which is recorded: realist theory consolidate --look"))
}

/// Records that proposals are looked at before the team has sorted by itself. Nothing where that makes no
/// difference any more.
pub fn look_first(project: &mut Project) -> Result<Done<bool>> {
    project.write("theory consolidate --look", true, |batch| {
        let is_needed = refuse_before_hands(batch.project()).is_err();
        if is_needed {
            let fields = Batch::fields(json!({ "verdict": Verdict::Looked, "author": batch.coder() }));
            batch.create(Kind::Grouping, &fields);
        }
        Ok(is_needed)
    })
}

/// What was said of groups, by label; looks apart.
pub fn ruled(project: &Project, verdict: Verdict) -> Vec<Grouping> {
    let mut all = project.state().all::<Grouping>();
    all.retain(|one| one.verdict == verdict);
    all.sort_by_key(|one| (project.state().label_of(one.id), one.id));
    all
}

/// Takes back what was said of a group: it may be proposed again. Returns its label.
pub fn take_back(project: &mut Project, typed: &str) -> Result<Done<String>> {
    project.write("theory consolidate --take-back", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Grouping, typed)?;
        let label = batch.project().label(id);
        batch.remove(Kind::Grouping, id, "taken back");
        Ok(label)
    })
}

#[cfg(test)]
mod tests;
