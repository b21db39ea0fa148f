//! What has happened to a ground that still carries, or carries no more: things a decision agreed on that fell since, and
//! what is lacking to a statement that sources support.

use super::{Grounds, named};
use crate::decision::{Consensus, Decision, Outcome};
use crate::evidence::Stance;
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::Id;
use crate::text::words::counted;
use std::collections::BTreeMap;

impl Grounds<'_, '_> {
    /// The things a decision agreed on that people decided anew or gave up since, each with that in words.
    pub(super) fn fallen_of(&self, decision: &Decision) -> Vec<(Id, String)> {
        named(decision).filter_map(|id| Some((id, self.fell(decision, id)?))).collect()
    }

    fn fell(&self, decision: &Decision, id: Id) -> Option<String> {
        let synthesis = self.synthesis();
        let label = synthesis.label(id);
        if let Some(last) = self.synthesis().decided_anew(decision, id) {
            return Some(format!("{} decided anew on {label}", synthesis.label(last.id)));
        }
        // What the decision itself gave up, it still says.
        let is_agreed = |one| matches!(one, Consensus::Agreed | Consensus::AgreedWithDissent);
        decision.consensus_on(id).filter(|one| is_agreed(*one))?;
        if synthesis.components.get(&id).is_some_and(|one| one.retired) {
            return Some(format!("{label} was given up since"));
        }
        let statement = synthesis.hypotheses.get(&self.speakers.of(id))?;
        (!statement.status.is_living()).then(|| format!("{label} is {} by now", statement.status))
    }

    /// What people made of a statement that sources support, where they did not agree with it.
    pub(super) fn doubted(&self, statement: &Hypothesis) -> Option<String> {
        let decision = self.synthesis().decision_on(statement.id)?;
        let label = self.synthesis().label(decision.id);
        match (decision.consensus_on(statement.id)?, decision.outcome) {
            (Consensus::Uncertain, Outcome::DeferToTest) => {
                Some(format!("people put it off until it is tested ({label})"))
            }
            (Consensus::Uncertain, _) => Some(format!("people did not agree on it ({label})")),
            _ => None,
        }
    }

    /// What is still to be done to a statement before it carries without more: it is a draft, or sources are counted for
    /// it of which nobody has appraised a passage.
    pub(super) fn pending(&self, statement: &Hypothesis) -> Vec<String> {
        let draft = matches!(statement.status, Editorial::Draft | Editorial::Screened);
        let draft = draft.then(|| "a draft, which nobody has taken up".to_owned());
        let unread = self.unappraised(statement.id);
        let unread = (unread.0 > 0).then(|| format!("not appraised: {} of {}", unread.0, counted(unread.1, "source")));
        draft.into_iter().chain(unread).collect()
    }

    /// Of the sources that count for a statement, those without one appraised passage, and all.
    fn unappraised(&self, statement: Id) -> (usize, usize) {
        let synthesis = self.synthesis();
        let mut sources: BTreeMap<Id, bool> = BTreeMap::new();
        for link in self.bearings.on(statement).iter().map(|one| one.link) {
            let is_for = matches!(link.stance, Stance::Supports | Stance::Refines);
            if is_for && !link.is_irrelevant() && !synthesis.is_gone(link) {
                *sources.entry(synthesis.counts_as(link.source)).or_default() |= link.is_appraised();
            }
        }
        (sources.values().filter(|appraised| !**appraised).count(), sources.len())
    }
}
