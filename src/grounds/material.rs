//! What decisions and statements say towards the wording of a recommendation: for whom, in which circumstances, and what
//! speaks against it. It is gathered anew whenever it is shown and is never stored: people word a recommendation.

use super::{Ground, Grounds};
use crate::decision::Decision;
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::uncertainty::{Uncertainty, UncertaintyStatus};
use std::collections::{BTreeMap, BTreeSet};

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
    /// A statement that explains it otherwise than these, and what that is worth.
    Rival { of: Vec<Id>, rival: Ground },
    /// To be settled, or put off until it is tested.
    Open(Id),
}

impl<'s> Grounds<'_, 's> {
    /// What these decisions and statements say, in their order, each thing once.
    pub fn material(&self, basis: &[Ground]) -> Material {
        let mut material = Material::default();
        for id in basis.iter().map(|ground| ground.of) {
            if let Some(decision) = self.decision(id) {
                self.of_a_decision(decision, &mut material);
            }
        }
        let statements = self.statements_behind(basis);
        for one in &statements {
            self.of_a_statement(one, &mut material);
        }
        self.rivals(&statements, &mut material);
        material
    }

    /// Statements that are named, and those that decisions are about: what the evidence says of what was agreed on is told
    /// with the agreement.
    fn statements_behind(&self, basis: &[Ground]) -> Vec<&'s Hypothesis> {
        let synthesis = self.synthesis();
        let mut found: Vec<&Hypothesis> = Vec::new();
        let decided = |id| self.decision(id).map(|one| self.statements_of(one)).unwrap_or_default();
        for id in basis.iter().flat_map(|ground| std::iter::once(ground.of).chain(decided(ground.of))) {
            let statement = synthesis.hypotheses.get(&id);
            let is_fresh = |one: &&Hypothesis| one.status.is_living() && found.iter().all(|held| held.id != one.id);
            found.extend(statement.filter(is_fresh));
        }
        found
    }

    /// Living rivals of these, each pair told once.
    fn rivals(&self, statements: &[&Hypothesis], material: &mut Material) {
        let synthesis = self.synthesis();
        let mut told: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for one in statements {
            for rival in synthesis.rivals_of(one.id) {
                let is_living = synthesis.hypotheses.get(&rival).is_some_and(|rival| rival.status.is_living());
                let is_told = told.get(&one.id).is_some_and(|of| of.contains(&rival));
                if is_living && !is_told {
                    told.entry(rival).or_default().push(one.id);
                }
            }
        }
        for (rival, of) in told {
            material.doubt(Doubt::Rival { of, rival: self.of(rival) });
        }
    }

    fn of_a_decision(&self, decision: &Decision, material: &mut Material) {
        let components: BTreeSet<Id> = decision.components.iter().copied().collect();
        let is_on = |one: &Uncertainty| {
            decision.uncertainty == Some(one.id) || one.component.is_some_and(|id| components.contains(&id))
        };
        self.open(is_on).for_each(|id| material.doubt(Doubt::Open(id)));
    }

    fn of_a_statement(&self, statement: &Hypothesis, material: &mut Material) {
        let said = |kind| statement.parts_of(kind).map(|part| Said { of: statement.id, text: part.text.clone() });
        said(PartKind::Actor).for_each(|said| push(&mut material.for_whom, said));
        said(PartKind::Context).for_each(|said| push(&mut material.context, said));
        self.against(statement, material);
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
