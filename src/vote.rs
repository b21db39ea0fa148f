//! What a member answered in a round. Sealed as a whole: the journal says who answered, never what.

use crate::id::Id;
use crate::sealed::Sealed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A member's ballot; its id follows from round and member, so that each has one wherever it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub round: Id,
    pub member: Id,
    /// Sealed [`Answers`]. Earlier ones stay in the journal.
    pub answers: Sealed,
}

impl Ballot {
    pub fn id_of(round: Id, member: Id) -> Id {
        Id::derived([&b"ballot"[..], round.as_bytes(), member.as_bytes()])
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answers {
    /// By key of the item; what is left blank is not there.
    pub answers: BTreeMap<String, Answer>,
    /// When the member saved the file, where it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<String>,
}

/// What a member says to one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    pub said: Said,
    /// Why, or what would change their mind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dissent: Option<Dissent>,
}

/// Only the first two are valid votes. The others are told apart and never counted as disagreement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// A rating, a rank, or points.
    Number(f64),
    /// Key of a choice.
    Choice(String),
    /// Was there, and would not vote.
    Abstain,
    /// Was there, and does not know enough.
    CannotJudge,
    /// Came when this had been voted on.
    Late,
    Absent,
}

/// What cannot be gone along with, registered by the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dissent {
    pub words: String,
    /// They agreed to these words being printed.
    pub approved: bool,
}

impl Said {
    pub fn number(&self) -> Option<f64> {
        if let Said::Number(number) = self { Some(*number) } else { None }
    }

    /// Whoever says this is at the table.
    pub fn is_there(&self) -> bool {
        !matches!(self, Said::Late | Said::Absent)
    }

    /// Words of the four that are no votes; `None` for any other text.
    pub fn word_for_none(text: &str) -> Option<Said> {
        let folded = text.trim().to_lowercase().replace(['_', '-', '\u{2019}', '\''], " ");
        match folded.as_str() {
            "abstain" | "abstained" => Some(Said::Abstain),
            "cannot judge" | "can t judge" | "don t know" => Some(Said::CannotJudge),
            "late" => Some(Said::Late),
            "absent" => Some(Said::Absent),
            _ => None,
        }
    }
}

impl Answers {
    /// With a later row's answers in the place of those it gives; what it leaves blank stays.
    #[must_use]
    pub fn with(mut self, later: Answers) -> Self {
        self.answers.extend(later.answers);
        self.saved = later.saved.or(self.saved);
        self
    }

    /// A later ballot in the place of the whole of it: what that leaves blank is not answered any more.
    #[must_use]
    pub fn replaced_by(self, later: Answers) -> Self {
        Answers { saved: later.saved.or(self.saved), ..later }
    }

    /// When the file was saved; `None` where no clock time can be read.
    pub fn moment(&self) -> Option<jiff::Timestamp> {
        self.saved.as_ref().and_then(|text| text.trim().parse().ok())
    }

    /// Nothing is answered: it was cleared.
    pub fn is_blank(&self) -> bool {
        self.answers.is_empty()
    }

    /// All that it says is that nobody came.
    pub fn is_absence(&self) -> bool {
        !self.is_blank() && !self.is_there()
    }

    /// At the table for some item.
    pub fn is_there(&self) -> bool {
        self.answers.values().any(|answer| answer.said.is_there())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_ballot_changes_what_it_answers_and_nothing_else() {
        let of = |pairs: &[(&str, Said)]| Answers {
            answers: pairs
                .iter()
                .map(|(key, said)| ((*key).to_owned(), Answer { said: said.clone(), reason: None, dissent: None }))
                .collect(),
            saved: None,
        };
        let both = of(&[("q1", Said::Number(3.0)), ("q2", Said::Abstain)]).with(of(&[("q1", Said::Number(8.0))]));
        assert_eq!(both, of(&[("q1", Said::Number(8.0)), ("q2", Said::Abstain)]));
        assert!(of(&[("q1", Said::Absent), ("q2", Said::Late)]).is_absence());
        let whole = both.replaced_by(of(&[("q2", Said::Number(2.0))]));
        assert_eq!(whole, of(&[("q2", Said::Number(2.0))]), "a saved ballot is whole");
        assert!(of(&[]).is_blank() && !of(&[]).is_absence(), "who cleared all is not absent");
    }

    #[test]
    fn clocks_are_compared_and_not_texts() {
        let at = |saved: &str| Answers { saved: Some(saved.to_owned()), ..Answers::default() }.moment();
        assert!(at("2026-11-23T09:30:00+02:00") < at("2026-11-23T08:00:00.000Z"));
        assert_eq!((at("yesterday"), at("")), (None, None));
    }

    #[test]
    fn what_is_no_vote_is_known_in_any_dress() {
        assert_eq!(Said::word_for_none(" Cannot_judge "), Some(Said::CannotJudge));
        assert_eq!(Said::word_for_none("can\u{2019}t judge"), Some(Said::CannotJudge));
        assert_eq!(Said::word_for_none("seven"), None);
    }
}
