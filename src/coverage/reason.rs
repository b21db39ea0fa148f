//! What explains a tie: the statements named with it as they stand today, and what tells against leaning on each.

use crate::compare::explain::Standings;
use crate::evidence::Evidential;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::need::Tie;
use crate::synthesis::{Bearings, Speakers, Synthesis};
use std::collections::{BTreeMap, BTreeSet};

/// A statement that somebody said explains a tie.
#[derive(Debug, Clone)]
pub struct Reason<'s> {
    /// The one that speaks for it, where it was merged.
    pub statement: &'s Hypothesis,
    /// Statements that say it anew, where it was superseded.
    pub heirs: Vec<Id>,
    pub standings: Standings,
    /// In the order of the list of doubts.
    pub doubts: BTreeSet<Doubt>,
}

impl Reason<'_> {
    pub fn stands(&self) -> bool {
        !self.doubts.contains(&Doubt::NotStanding)
    }

    fn is_disputed(&self) -> bool {
        self.doubts.contains(&Doubt::Contested) || self.doubts.contains(&Doubt::CounterEvidenceOnly)
    }
}

crate::vocabulary! {
    /// What tells against leaning on a statement.
    pub enum Doubt "doubt about what explains a tie" {
        /// It was rejected, parked or superseded.
        NotStanding "not_standing",
        /// It is of another component than the one that is tied, or of none.
        OtherComponent "other_component",
        Contested "contested",
        CounterEvidenceOnly "counter_evidence_only",
        NoEvidence "no_evidence",
    }
}

impl Doubt {
    /// After the statement: `its evidence is contested`.
    pub fn title(self) -> &'static str {
        match self {
            Doubt::NotStanding => "it no longer stands",
            Doubt::OtherComponent => "it is not a statement of this component",
            Doubt::Contested => "its evidence is contested",
            Doubt::CounterEvidenceOnly => "all its evidence speaks against it",
            Doubt::NoEvidence => "there is no evidence for it yet",
        }
    }
}

crate::vocabulary! {
    /// What a tie rests on.
    pub enum Footing "footing of a tie" {
        Explained "explained",
        /// By statements each of which is contested, or has evidence against it only.
        Disputed "disputed",
        /// By no statement that stands.
        Unexplained "unexplained",
    }
}

impl Footing {
    pub(super) fn of(reasons: &[Reason]) -> Self {
        let mut standing = reasons.iter().filter(|reason| reason.stands()).peekable();
        if standing.peek().is_none() {
            Footing::Unexplained
        } else if standing.all(Reason::is_disputed) {
            Footing::Disputed
        } else {
            Footing::Explained
        }
    }
}

/// Looks statements up, each once.
pub(super) struct Reasons<'s> {
    synthesis: &'s Synthesis,
    bearings: Bearings<'s>,
    speakers: Speakers,
    standings: BTreeMap<Id, Standings>,
}

impl<'s> Reasons<'s> {
    pub fn of(synthesis: &'s Synthesis) -> Self {
        Reasons {
            synthesis,
            bearings: Bearings::of(synthesis),
            speakers: synthesis.speakers(),
            standings: BTreeMap::new(),
        }
    }

    /// The statements behind a tie to a component, in the order of their labels; what is not here is left to `check`.
    pub fn behind(&mut self, component: Id, tie: &Tie) -> Vec<Reason<'s>> {
        let synthesis = self.synthesis;
        let speaking: BTreeSet<Id> = tie.because.iter().map(|id| self.speakers.of(*id)).collect();
        let mut held: Vec<&Hypothesis> = speaking.iter().filter_map(|id| synthesis.hypotheses.get(id)).collect();
        held.sort_by_cached_key(|one| (synthesis.labels.get(&one.id).cloned(), one.id));
        held.into_iter().map(|one| self.reason(component, one)).collect()
    }

    fn reason(&mut self, component: Id, statement: &'s Hypothesis) -> Reason<'s> {
        let bearings = &self.bearings;
        let standings = *self.standings.entry(statement.id).or_insert_with(|| Standings::of(bearings, statement));
        let doubts = [
            (!statement.status.is_living(), Doubt::NotStanding),
            (statement.component != Some(component), Doubt::OtherComponent),
            (standings.evidence == Evidential::Contested, Doubt::Contested),
            (standings.evidence == Evidential::RefutedOnly, Doubt::CounterEvidenceOnly),
            (standings.evidence == Evidential::None, Doubt::NoEvidence),
        ];
        Reason {
            statement,
            heirs: self.synthesis.heirs(statement.id, &self.speakers),
            standings,
            doubts: doubts.into_iter().filter(|(is_so, _)| *is_so).map(|(_, doubt)| doubt).collect(),
        }
    }
}
