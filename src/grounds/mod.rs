//! What a recommendation may rest on (method reference 5.4): the worth of each decision and statement it cites, worked out
//! anew whenever it is asked. The one place of the rule, for writing, checking, drafting and papers alike. `draft` finds
//! what could be recommended and what is blocked, `material` what statements and decisions say towards a wording, `shaken`
//! what fell since or is still lacking.

mod draft;
mod material;
mod shaken;
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
use serde::Serialize;
use std::collections::BTreeMap;

/// Printed wherever grounds are told.
pub const RULE: &str = "A recommendation rests on a decision that people agreed on and that still stands, or on a statement \
that two or more sources support and none contradicts. Either is enough, and neither stands for the other: agreement is not \
evidence. What is contested, or rests on too little, may be named beside these and is then said to be so; alone it carries \
nothing. A ground is provisional where part of what a decision agreed on fell since, where people did not agree on a statement or \
put it off, where it is a draft, or where nobody has appraised a passage of a source that counts for it. Nothing here tells how strong a recommendation is.";

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
        /// It is carried, and of all that carries it something fell since or is still lacking.
        Provisional "provisional",
        /// Nothing that carries, and something contested.
        OnlyContested "only_contested",
        /// Nothing that carries, nor anything contested.
        None "none",
    }
}

impl Footing {
    /// Something carries it.
    pub fn is_carried(self) -> bool {
        matches!(self, Footing::Firm | Footing::Provisional)
    }

    /// What every reader is told; nothing where it is firm.
    pub fn warning(self) -> Option<&'static str> {
        match self {
            Footing::Firm => None,
            Footing::Provisional => Some(
                "Provisional: what this rests on is not whole, or not all of it was looked at with care. What is lacking stands \
                 beside each ground.",
            ),
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
    /// Of what carries: what of it fell since, or what people made of it that did not agree.
    pub shaken: Vec<String>,
    /// Of what carries: what is still to be done before it does so without more.
    pub pending: Vec<String>,
}

impl Ground {
    fn of(of: Id, worth: Worth, why: impl Into<String>) -> Self {
        Ground { of, worth, why: why.into(), shaken: Vec::new(), pending: Vec::new() }
    }

    /// It carries, and something fell since or is lacking.
    pub fn is_provisional(&self) -> bool {
        !self.shaken.is_empty() || !self.pending.is_empty()
    }

    /// What fell and what is lacking.
    pub fn reservations(&self) -> impl Iterator<Item = &str> {
        self.shaken.iter().chain(&self.pending).map(String::as_str)
    }

    /// Why it is worth what it is, with all that is to be said against that.
    pub fn in_full(&self) -> String {
        std::iter::once(self.why.as_str()).chain(self.reservations()).collect::<Vec<_>>().join("; ")
    }
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
        match (self.decision(id), self.synthesis().hypotheses.get(&id)) {
            (Some(decision), _) => self.of_decision(decision),
            (None, Some(statement)) => self.of_statement(statement),
            (None, None) => Ground::of(id, Worth::Fallen, "not here any more"),
        }
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

    fn of_decision(&self, decision: &Decision) -> Ground {
        let of = |worth, why: String| Ground::of(decision.id, worth, why);
        let said = decision.outcome.word().replace('_', " ");
        if !matches!(decision.outcome, Outcome::Agreed | Outcome::AgreedWithDissent) {
            let why = match decision.outcome {
                Outcome::DeferToTest => "people put it off until it is tested".to_owned(),
                _ => said,
            };
            return of(Worth::Insufficient, why);
        }
        let synthesis = self.synthesis();
        if let Some(last) = self.superseded_by(decision) {
            return of(Worth::Fallen, format!("superseded by {}", synthesis.label(last.id)));
        }
        if let Some(asked) = decision.uncertainty.and_then(|id| synthesis.uncertainties.get(&id))
            && asked.status.is_due()
        {
            return of(Worth::Fallen, format!("the question it settled, {}, is open again", synthesis.label(asked.id)));
        }
        let fallen = self.fallen_of(decision);
        let shaken: Vec<String> = fallen.iter().map(|(_, why)| why.clone()).collect();
        let is_all_fallen = !fallen.is_empty() && named(decision).all(|id| fallen.iter().any(|(of, _)| *of == id));
        if is_all_fallen {
            return of(Worth::Fallen, shaken.join("; "));
        }
        Ground { shaken, ..of(Worth::Agreed, said) }
    }

    /// The later decision that takes the place of one: on its question, or the last on all that it names.
    fn superseded_by(&self, decision: &Decision) -> Option<&'s Decision> {
        let asked = decision.uncertainty.and_then(|id| self.synthesis().decided_anew(decision, id));
        let all = || named(decision).map(|id| self.synthesis().decided_anew(decision, id)).collect::<Option<Vec<_>>>();
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

    fn of_statement(&self, statement: &Hypothesis) -> Ground {
        let of = |worth, why: String| Ground::of(statement.id, worth, why);
        let synthesis = self.synthesis();
        if !statement.status.is_living() {
            let speaker = self.speakers.of(statement.id);
            let why = match statement.status {
                Editorial::Merged if speaker != statement.id => format!("merged into {}", synthesis.label(speaker)),
                other => other.word().to_owned(),
            };
            return of(Worth::Fallen, why);
        }
        if synthesis.consensus(statement.id) == Consensus::Rejected {
            let by = synthesis.decision_on(statement.id).map(|one| format!(" ({})", synthesis.label(one.id)));
            return of(Worth::Fallen, format!("people rejected it{}", by.unwrap_or_default()));
        }
        let standing = self.bearings.standing(statement.id);
        let why = in_words(&standing, statement.origin);
        match standing.standing {
            Evidential::Supported => {
                let shaken = self.doubted(statement).into_iter().collect();
                Ground { shaken, pending: self.pending(statement), ..of(Worth::Supported, why) }
            }
            Evidential::Contested => of(Worth::Contested, why),
            Evidential::None | Evidential::SingleSource => of(Worth::Insufficient, why),
            Evidential::RefutedOnly => of(Worth::Fallen, why),
        }
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

/// `supported: 3 sources for, 0 against`; of what carries nothing, that not all of it is appraised.
fn in_words(standing: &Standing, origin: Option<Origin>) -> String {
    let unread = standing.provisional && standing.standing != Evidential::Supported;
    let unread = if unread { "; not all of it appraised" } else { "" };
    match standing.standing {
        Evidential::None if origin == Some(Origin::Stakeholder) => {
            "an idea of stakeholders, with no evidence linked yet".to_owned()
        }
        Evidential::None => "no evidence".to_owned(),
        Evidential::SingleSource => format!("a single source{unread}"),
        word => format!(
            "{}: {} for, {} against{unread}",
            word.word().replace('_', " "),
            counted(standing.r#for, "source"),
            standing.against
        ),
    }
}

/// How something stands on these grounds.
pub fn footing(grounds: &[Ground]) -> Footing {
    if grounds.iter().any(|one| one.worth.carries() && !one.is_provisional()) {
        Footing::Firm
    } else if grounds.iter().any(|one| one.worth.carries()) {
        Footing::Provisional
    } else if grounds.iter().any(|one| one.worth == Worth::Contested) {
        Footing::OnlyContested
    } else {
        Footing::None
    }
}
