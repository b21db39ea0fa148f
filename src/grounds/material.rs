//! What decisions and statements say towards the wording of a recommendation: for whom, in which circumstances, and what
//! speaks against it. It is gathered anew whenever it is shown and is never stored: people word a recommendation.

use super::{Ground, Grounds};
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::uncertainty::{Uncertainty, UncertaintyStatus};
use std::collections::BTreeSet;

/// Towards one recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Material {
    pub for_whom: Vec<Said>,
    pub context: Vec<Said>,
    /// What would, or might, change our mind.
    pub doubts: Vec<Doubt>,
}

/// Words of a part of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub of: Id,
    pub text: String,
}

/// Something that speaks against what a recommendation rests on, or leaves it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Evidence against a statement, by links; `elsewhere`: in other circumstances than it speaks of.
    Against { statement: Id, links: Vec<Id>, sources: usize, elsewhere: bool },
    /// A statement that explains it otherwise, and what that is worth.
    Rival { of: Id, rival: Ground },
    /// To be settled, or put off until it is tested.
    Open(Id),
    /// Some dissented from a decision.
    Dissent(Id),
    /// Not all evidence is appraised: the standing may change.
    Provisional { statement: Id, appraised: usize, links: usize },
}

impl Grounds<'_, '_> {
    /// What these decisions and statements say, in their order, each thing once.
    pub fn material(&self, basis: &[Ground]) -> Material {
        let mut material = Material::default();
        for id in basis.iter().map(|ground| ground.of) {
            if self.decision(id).is_some() {
                self.of_a_decision(id, &mut material);
            } else if let Some(statement) = self.synthesis().hypotheses.get(&id) {
                self.of_a_statement(statement, &mut material);
            }
        }
        material
    }

    fn of_a_decision(&self, id: Id, material: &mut Material) {
        let synthesis = self.synthesis();
        let Some(decision) = self.decision(id) else { return };
        let voiced = synthesis.voiced.get(&id).is_some_and(|voiced| !voiced.is_empty());
        let written = synthesis.dissent.contains_key(&id);
        let kept = !decision.dissent.is_empty() || !decision.dissenting.is_empty() || !decision.registered.is_empty();
        if voiced || written || kept {
            material.doubt(Doubt::Dissent(id));
        }
        let components: BTreeSet<Id> = decision.components.iter().copied().collect();
        let is_on = |one: &Uncertainty| {
            decision.uncertainty == Some(one.id) || one.component.is_some_and(|id| components.contains(&id))
        };
        self.open(is_on).for_each(|id| material.doubt(Doubt::Open(id)));
        // What the evidence says of what was agreed on is told with the agreement.
        for statement in self.statements_of(decision).iter().filter_map(|id| synthesis.hypotheses.get(id)) {
            if statement.status.is_living() {
                self.of_a_statement(statement, material);
            }
        }
    }

    fn of_a_statement(&self, statement: &Hypothesis, material: &mut Material) {
        let said = |kind| statement.parts_of(kind).map(|part| Said { of: statement.id, text: part.text.clone() });
        said(PartKind::Actor).for_each(|said| push(&mut material.for_whom, said));
        said(PartKind::Context).for_each(|said| push(&mut material.context, said));
        self.against(statement, material);
        let standing = self.bearings.standing(statement.id);
        if standing.provisional {
            let (appraised, links) = (standing.appraised, standing.links);
            material.doubt(Doubt::Provisional { statement: statement.id, appraised, links });
        }
        let synthesis = self.synthesis();
        let is_living = |id: &Id| synthesis.hypotheses.get(id).is_some_and(|one| one.status.is_living());
        for rival in synthesis.rivals_of(statement.id).into_iter().filter(is_living) {
            material.doubt(Doubt::Rival { of: statement.id, rival: self.of(rival) });
        }
        self.open_on(statement).for_each(|id| material.doubt(Doubt::Open(id)));
    }

    /// Evidence against a statement: where it speaks of other circumstances, apart.
    fn against(&self, statement: &Hypothesis, material: &mut Material) {
        let synthesis = self.synthesis();
        let bearings = self.bearings.on(statement.id);
        let refutes = bearings.iter().map(|one| one.link).filter(|link| {
            link.stance == crate::evidence::Stance::Refutes && !link.is_irrelevant() && !synthesis.is_gone(link)
        });
        let (elsewhere, here): (Vec<_>, Vec<_>) = refutes.partition(|link| link.is_from_elsewhere());
        for (links, elsewhere) in [(here, false), (elsewhere, true)] {
            if !links.is_empty() {
                let sources: BTreeSet<Id> = links.iter().map(|link| synthesis.counts_as(link.source)).collect();
                material.doubt(Doubt::Against {
                    statement: statement.id,
                    links: links.iter().map(|link| link.id).collect(),
                    sources: sources.len(),
                    elsewhere,
                });
            }
        }
    }

    /// Uncertainties on a statement that nobody has settled: those that name it, or name none and hang on its component.
    pub(super) fn open_on(&self, statement: &Hypothesis) -> impl Iterator<Item = Id> {
        let (id, component) = (statement.id, statement.component);
        self.open(move |one| {
            let is_of_component = one.hypotheses.is_empty() && component.is_some() && one.component == component;
            one.hypotheses.contains(&id) || is_of_component
        })
    }

    fn open(&self, is_on: impl Fn(&Uncertainty) -> bool) -> impl Iterator<Item = Id> {
        use UncertaintyStatus::{Deferred, Open, Scheduled};
        let is_open = |one: &&Uncertainty| matches!(one.status, Open | Scheduled | Deferred);
        self.synthesis().uncertainties.values().filter(is_open).filter(move |one| is_on(one)).map(|one| one.id)
    }
}

impl Material {
    fn doubt(&mut self, doubt: Doubt) {
        if !self.doubts.contains(&doubt) {
            self.doubts.push(doubt);
        }
    }
}

/// Statements that were consolidated often share the words of a part.
fn push(all: &mut Vec<Said>, said: Said) {
    let wording = crate::hypothesis::wording(&said.text);
    if !all.iter().any(|held| crate::hypothesis::wording(&held.text) == wording) {
        all.push(said);
    }
}
