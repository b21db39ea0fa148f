//! What a recommendation may rest on (method reference 5.4): the worth of each decision and statement it cites, worked out
//! anew whenever it is asked. The one place of the rule, for writing, checking, drafting and papers alike. `draft` finds
//! what could be recommended and what is blocked, `material` what statements and decisions say towards a wording.

mod draft;
mod material;
#[cfg(test)]
mod tests;

pub use draft::{Blocked, Draft, Skeleton};
pub use material::{Doubt, Material, Said};

use crate::decision::{Consensus, Decision, Outcome};
use crate::evidence::{Evidential, Standing};
use crate::hypothesis::{Editorial, Hypothesis, Origin};
use crate::id::Id;
use crate::recommendation::Recommendation;
use crate::synthesis::{Bearings, Speakers, Synthesis};
use crate::text::words::counted;
use crate::uncertainty::UncertaintyStatus;
use serde::Serialize;
use std::collections::BTreeMap;

/// Printed wherever grounds are told.
pub const RULE: &str = "A recommendation rests on a decision that people agreed on and that still stands, or on a statement \
that two or more sources support and none contradicts. Either is enough, and neither stands for the other: agreement is not \
evidence. What is contested, or rests on too little, may be named beside these and is then said to be so; alone it carries \
nothing. Nothing here tells how strong a recommendation is.";

crate::vocabulary! {
    /// What a decision or statement is worth as a ground.
    pub enum Worth "worth of a ground" {
        /// A decision that was agreed on and still stands.
        Agreed "agreed",
        /// A statement with two sources or more for it and none against.
        Supported "supported",
        /// A statement with sources on both sides.
        Contested "contested",
        /// Too little yet, or nothing that was agreed on.
        Insufficient "insufficient",
        /// It stood once and does not stand now, or was never here.
        Fallen "fallen",
    }
}

impl Worth {
    /// A recommendation may rest on it alone.
    pub fn carries(self) -> bool {
        matches!(self, Worth::Agreed | Worth::Supported)
    }
}

crate::vocabulary! {
    /// How a recommendation stands on all that it cites.
    pub enum Footing "footing of a recommendation" {
        Firm "firm",
        /// Nothing that carries, and something contested.
        OnlyContested "only_contested",
        /// Nothing that carries, nor anything contested.
        None "none",
    }
}

impl Footing {
    /// What every reader is told; nothing where it is firm.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Footing::Firm => None,
            Footing::OnlyContested => Some(
                "Contested: this rests on contested statements alone. Some sources contradict what it follows from.",
            ),
            Footing::None => Some(
                "No ground left: what this rested on does not carry it now. It is to be looked at again before anybody \
                 acts on it.",
            ),
        }
    }
}

/// One decision or statement, and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ground {
    #[serde(skip)]
    pub of: Id,
    pub worth: Worth,
    /// `contested: 3 sources for, 1 against`, `superseded by X4.gj`.
    pub why: String,
}

/// Works grounds out over one synthesis.
pub struct Grounds<'b, 's> {
    bearings: &'b Bearings<'s>,
    decisions: BTreeMap<Id, &'s Decision>,
    speakers: Speakers,
}

impl<'b, 's> Grounds<'b, 's> {
    pub fn new(bearings: &'b Bearings<'s>) -> Self {
        let synthesis = bearings.synthesis();
        let decisions = synthesis.decisions.iter().map(|one| (one.id, one)).collect();
        Grounds { bearings, decisions, speakers: synthesis.speakers() }
    }

    fn synthesis(&self) -> &'s Synthesis {
        self.bearings.synthesis()
    }

    pub fn decision(&self, id: Id) -> Option<&'s Decision> {
        self.decisions.get(&id).copied()
    }

    /// What a thing is worth as a ground.
    pub fn of(&self, id: Id) -> Ground {
        let (worth, why) = match (self.decision(id), self.synthesis().hypotheses.get(&id)) {
            (Some(decision), _) => self.of_decision(decision),
            (None, Some(statement)) => self.of_statement(statement),
            (None, None) => (Worth::Fallen, "not here any more".to_owned()),
        };
        Ground { of: id, worth, why }
    }

    /// All that a recommendation cites: what carries it first, decisions before statements, by label.
    pub fn behind(&self, one: &Recommendation) -> Vec<Ground> {
        self.all(one.basis.iter().copied())
    }

    fn all(&self, ids: impl Iterator<Item = Id>) -> Vec<Ground> {
        let mut grounds: Vec<Ground> = ids.map(|id| self.of(id)).collect();
        let labels = &self.synthesis().labels;
        grounds.sort_by_key(|one| (one.worth, !self.decisions.contains_key(&one.of), labels.get(&one.of), one.of));
        grounds
    }

    fn of_decision(&self, decision: &Decision) -> (Worth, String) {
        let said = decision.outcome.word().replace('_', " ");
        if !matches!(decision.outcome, Outcome::Agreed | Outcome::AgreedWithDissent) {
            let why = match decision.outcome {
                Outcome::DeferToTest => "people put it off until it is tested".to_owned(),
                _ => said,
            };
            return (Worth::Insufficient, why);
        }
        let synthesis = self.synthesis();
        if let Some(last) = self.superseded_by(decision) {
            return (Worth::Fallen, format!("superseded by {}", synthesis.label(last.id)));
        }
        if let Some(asked) = decision.uncertainty.and_then(|id| synthesis.uncertainties.get(&id))
            && matches!(asked.status, UncertaintyStatus::Open | UncertaintyStatus::Scheduled)
        {
            return (Worth::Fallen, format!("the question it settled, {}, is open again", synthesis.label(asked.id)));
        }
        let anew = named(decision).filter_map(|id| Some((id, self.decided_anew(decision, id)?)));
        let partly =
            anew.map(|(of, last)| format!("; {} decided anew on {}", synthesis.label(last.id), synthesis.label(of)));
        (Worth::Agreed, said + &partly.collect::<String>())
    }

    /// The later decision that settled one of the things a decision is about.
    fn decided_anew(&self, decision: &Decision, of: Id) -> Option<&'s Decision> {
        self.synthesis().decision_on(of).filter(|last| last.id != decision.id)
    }

    /// The later decision that takes the place of one: on its question, or the last on all that it names.
    fn superseded_by(&self, decision: &Decision) -> Option<&'s Decision> {
        let asked = decision.uncertainty.and_then(|id| self.decided_anew(decision, id));
        let all = || named(decision).map(|id| self.decided_anew(decision, id)).collect::<Option<Vec<_>>>();
        asked.or_else(|| all()?.pop())
    }

    /// Statements that a decision names, or that its question is between; for one that was merged, the one that speaks for it.
    fn statements_of(&self, decision: &Decision) -> Vec<Id> {
        let asked = decision.uncertainty.and_then(|id| self.synthesis().uncertainties.get(&id));
        let between = asked.iter().flat_map(|one| &one.hypotheses);
        let named: Vec<Id> = decision.hypotheses.iter().chain(between).copied().collect();
        self.speakers.of_all(&named)
    }

    /// The same that still stand, and the living statements that hang on its components.
    pub fn statements_about(&self, decision: &Decision) -> Vec<Id> {
        let hypotheses = &self.synthesis().hypotheses;
        let mut ids = self.statements_of(decision);
        ids.retain(|id| hypotheses.get(id).is_some_and(|one| one.status.is_living()));
        let hangs_on_one = |one: &&Hypothesis| one.component.is_some_and(|id| decision.components.contains(&id));
        for one in self.synthesis().living_hypotheses().filter(hangs_on_one) {
            if !ids.contains(&one.id) {
                ids.push(one.id);
            }
        }
        ids
    }

    fn of_statement(&self, statement: &Hypothesis) -> (Worth, String) {
        let synthesis = self.synthesis();
        if !statement.status.is_living() {
            let speaker = self.speakers.of(statement.id);
            let why = match statement.status {
                Editorial::Merged if speaker != statement.id => format!("merged into {}", synthesis.label(speaker)),
                other => other.word().to_owned(),
            };
            return (Worth::Fallen, why);
        }
        if synthesis.consensus(statement.id) == Consensus::Rejected {
            let by = synthesis.decision_on(statement.id).map(|one| format!(" ({})", synthesis.label(one.id)));
            return (Worth::Fallen, format!("people rejected it{}", by.unwrap_or_default()));
        }
        let standing = self.bearings.standing(statement.id);
        let worth = match standing.standing {
            Evidential::Supported => Worth::Supported,
            Evidential::Contested => Worth::Contested,
            Evidential::None | Evidential::SingleSource => Worth::Insufficient,
            Evidential::RefutedOnly => Worth::Fallen,
        };
        (worth, in_words(&standing, statement.origin))
    }
}

/// The components and statements that a decision names.
fn named(decision: &Decision) -> impl Iterator<Item = Id> {
    decision.components.iter().chain(&decision.hypotheses).copied()
}

/// A decision that only gives things up: agreed on, and nothing to begin a recommendation with.
fn gives_up(decision: &Decision) -> bool {
    let is_given_up = |id| matches!(decision.consensus_on(id), Some(Consensus::Rejected | Consensus::Untested));
    named(decision).next().is_some() && named(decision).all(is_given_up)
}

/// `supported: 3 sources for, 0 against; provisional`.
fn in_words(standing: &Standing, origin: Option<Origin>) -> String {
    let provisional = if standing.provisional { "; provisional, not all of it appraised" } else { "" };
    match standing.standing {
        Evidential::None if origin == Some(Origin::Stakeholder) => {
            "an idea of stakeholders, with no evidence linked yet".to_owned()
        }
        Evidential::None => "no evidence".to_owned(),
        Evidential::SingleSource => format!("a single source{provisional}"),
        word => format!(
            "{}: {} for, {} against{provisional}",
            word.word().replace('_', " "),
            counted(standing.r#for, "source"),
            standing.against
        ),
    }
}

/// How something stands on these grounds.
pub fn footing(grounds: &[Ground]) -> Footing {
    if grounds.iter().any(|one| one.worth.carries()) {
        Footing::Firm
    } else if grounds.iter().any(|one| one.worth == Worth::Contested) {
        Footing::OnlyContested
    } else {
        Footing::None
    }
}
