//! What an uncertainty is between: a leading statement, those that rival it, and others that bear on
//! the matter without taking either side.

use super::ELSEWHERE;
use crate::evidence::{Evidence, Stance};
use crate::id::Id;
use crate::synthesis::Synthesis;
use crate::uncertainty::Uncertainty;
use serde::Serialize;

/// The statements of one uncertainty by the part they play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    pub lead: Option<Id>,
    /// Rivals of the lead.
    pub rivals: Vec<Id>,
    /// Tied to the uncertainty, and neither the lead nor a rival of it.
    pub also: Vec<Id>,
    /// People listed the statements; else they are those of the component.
    pub listed: bool,
}

/// The part a statement plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Lead,
    Rival,
    Also,
}

/// Which side of the contest a passage takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stand {
    For,
    Against,
    /// It speaks for a rival, which need not exclude the lead view.
    Rival,
    /// It contradicts a view in other circumstances: it may say where that view works differently.
    Elsewhere,
}

impl Contest {
    /// The first statement listed with the uncertainty leads, and its living rivals stand against
    /// it, listed or not; where none is listed, the living statements of its component serve. For one that
    /// was merged stands the statement that speaks for it.
    pub fn of(synthesis: &Synthesis, uncertainty: &Uncertainty) -> Self {
        let mut ids = synthesis.speakers().of_all(&uncertainty.hypotheses);
        ids.retain(|id| synthesis.hypotheses.contains_key(id));
        let listed = !ids.is_empty();
        if let (false, Some(component)) = (listed, uncertainty.component) {
            ids = super::cmo::living(synthesis, Some(component));
        }
        let Some(lead) = ids.first().copied() else {
            return Contest { lead: None, rivals: Vec::new(), also: Vec::new(), listed };
        };
        let rivals_of_lead = synthesis.rivals_of(lead);
        let (mut rivals, also): (Vec<Id>, Vec<Id>) =
            ids.iter().skip(1).copied().partition(|id| rivals_of_lead.contains(id));
        let mut unlisted: Vec<Id> = synthesis
            .living_hypotheses()
            .map(|one| one.id)
            .filter(|id| rivals_of_lead.contains(id) && !ids.contains(id))
            .collect();
        super::cmo::in_label_order(synthesis, &mut unlisted);
        rivals.extend(unlisted);
        Contest { lead: Some(lead), rivals, also, listed }
    }

    /// The lead and its rivals.
    pub fn views(&self) -> Vec<Id> {
        self.lead.iter().chain(&self.rivals).copied().collect()
    }

    /// Every statement tied to the uncertainty, views first.
    pub fn all(&self) -> Vec<Id> {
        self.lead.iter().chain(&self.rivals).chain(&self.also).copied().collect()
    }

    pub fn role(&self, id: Id) -> Role {
        if self.lead == Some(id) {
            Role::Lead
        } else if self.rivals.contains(&id) {
            Role::Rival
        } else {
            Role::Also
        }
    }

    /// Which side a passage that bears on a statement speaks for. What refines or is unclear takes none, nor does what speaks
    /// against a rival: rivals may both be wrong.
    pub fn side(&self, on: Id, link: &Evidence) -> Option<Stand> {
        match (self.role(on), link.stance) {
            (Role::Also, _) | (_, Stance::Refines | Stance::Ambiguous) | (Role::Rival, Stance::Refutes) => None,
            _ if link.is_from_elsewhere() => Some(Stand::Elsewhere),
            (Role::Lead, Stance::Supports) => Some(Stand::For),
            (Role::Lead, Stance::Refutes) => Some(Stand::Against),
            (Role::Rival, Stance::Supports) => Some(Stand::Rival),
        }
    }
}

impl Stand {
    /// As it heads a column.
    pub fn title(self) -> &'static str {
        match self {
            Stand::For => "For the lead view",
            Stand::Against => "Against the lead view",
            Stand::Rival => "For a rival view",
            Stand::Elsewhere => ELSEWHERE,
        }
    }
}

impl Role {
    /// `Lead view`, as it stands before the label of a statement.
    pub fn title(self) -> &'static str {
        match self {
            Role::Lead => "Lead view",
            Role::Rival => "Rival view",
            Role::Also => "Also",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::report::sample::{self, id};

    #[test]
    fn a_statement_that_is_no_rival_of_the_lead_takes_no_side() {
        let mut synthesis = sample::synthesis();
        let (lead, rival, other) = (id(Kind::Hypothesis, 1), id(Kind::Hypothesis, 2), id(Kind::Hypothesis, 3));
        let one = synthesis.uncertainties.get_mut(&id(Kind::Uncertainty, 1)).unwrap();
        one.hypotheses = vec![lead, other];
        let one = synthesis.uncertainties[&id(Kind::Uncertainty, 1)].clone();
        let contest = Contest::of(&synthesis, &one);
        assert_eq!(
            (contest.lead, contest.rivals.clone(), contest.also.clone()),
            (Some(lead), vec![rival], vec![other])
        );
        let mut one = synthesis.evidence[&id(Kind::Evidence, 6)].clone();
        let mut link = |hypothesis, stance| {
            one.stance = stance;
            contest.side(hypothesis, &one)
        };
        assert_eq!(link(lead, Stance::Supports), Some(Stand::For));
        assert_eq!(link(rival, Stance::Supports), Some(Stand::Rival));
        assert_eq!(link(rival, Stance::Refutes), None, "both may be wrong");
        assert_eq!(link(other, Stance::Supports), None);
        assert_eq!(link(lead, Stance::Refines), None);
        let elsewhere = &synthesis.evidence[&id(Kind::Evidence, 7)];
        assert_eq!(contest.side(lead, elsewhere), Some(Stand::Elsewhere));
    }
}
