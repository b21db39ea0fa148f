//! Whether a component is settled: by a decision, and nothing about it open. The one place of the rule, for versions,
//! figures and commands alike.

use crate::decision::Consensus;
use crate::id::Id;
use crate::synthesis::Synthesis;

crate::vocabulary! {
    pub enum Settled "state of a component" {
        /// A decision says so, and nothing about it is open.
        Settled "settled",
        /// There are uncertainties to be settled, or the decision was that it is uncertain.
        Open "open",
        /// Nobody decided on it, and nobody asked.
        NotDecided "not_decided",
    }
}

impl Settled {
    pub fn of(has_open_uncertainties: bool, consensus: Option<Consensus>) -> Self {
        match (has_open_uncertainties, consensus) {
            (true, _) | (false, Some(Consensus::Uncertain)) => Settled::Open,
            (false, None | Some(Consensus::Untested)) => Settled::NotDecided,
            (false, Some(_)) => Settled::Settled,
        }
    }

    /// `agreed (DC1.gj)`, `open: U1.gj, U2.gj`, `not decided`, with the labels of the decision and of what is open.
    pub fn in_words(self, consensus: Option<Consensus>, decision: Option<&str>, open: &[String]) -> String {
        let decision = decision.map(|label| format!(" ({label})")).unwrap_or_default();
        match self {
            Settled::Settled => {
                let word = consensus.map_or("settled", Consensus::word).replace('_', " ");
                format!("{word}{decision}")
            }
            Settled::Open if open.is_empty() => format!("open: found uncertain{decision}"),
            Settled::Open => format!("open: {}", open.join(", ")),
            Settled::NotDecided => "not decided".to_owned(),
        }
    }
}

/// Uncertainties about a component that are to be settled, in the order of their ids.
pub fn open_on(synthesis: &Synthesis, component: Id) -> Vec<Id> {
    let held = synthesis.uncertainties.values();
    held.filter(|one| one.component == Some(component) && one.status.is_due()).map(|one| one.id).collect()
}

/// How a component stands in a synthesis, and that in words.
pub fn settled(synthesis: &Synthesis, component: Id) -> (Settled, String) {
    let decision = synthesis.decision_on(component);
    let consensus = decision.and_then(|one| one.outcome.consensus());
    let open = open_on(synthesis, component);
    let settled = Settled::of(!open.is_empty(), consensus);
    let decision = decision.map(|one| synthesis.label(one.id));
    let mut open: Vec<_> = open.into_iter().map(|id| (synthesis.labels.get(&id), synthesis.label(id))).collect();
    open.sort();
    let open: Vec<String> = open.into_iter().map(|(_, label)| label).collect();
    (settled, settled.in_words(consensus, decision.as_deref(), &open))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_question_outweighs_a_decision_and_one_that_found_it_uncertain_settles_nothing() {
        let of = |open: bool, consensus| Settled::of(open, consensus).word();
        assert_eq!(of(false, Some(Consensus::Agreed)), "settled");
        assert_eq!(of(true, Some(Consensus::Agreed)), "open");
        assert_eq!(of(false, Some(Consensus::Uncertain)), "open");
        assert_eq!(of(false, None), "not_decided");
        assert_eq!(of(false, Some(Consensus::Rejected)), "settled", "out of the theory for good");
        let words = Settled::Settled.in_words(Some(Consensus::AgreedWithDissent), Some("DC1.gj"), &[]);
        assert_eq!(words, "agreed with dissent (DC1.gj)");
        assert_eq!(Settled::Open.in_words(None, None, &["U1.gj".to_owned()]), "open: U1.gj");
    }
}
