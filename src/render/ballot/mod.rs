//! Ballots: what is asked, as a page that is filled in without a network, and as a paper form.

mod docx;
mod html;

pub use docx::docx;
pub use html::html;

use super::Print;
use crate::round::{CONSENT, Scale, Way};

/// What is asked of everybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub project: String,
    /// Label of the round.
    pub round: String,
    pub title: String,
    pub way: Way,
    /// Where items are rated.
    pub scale: Option<Scale>,
    /// How many items get points; 0 where none do.
    pub picks: u32,
    /// By when it goes back and whom to ask, as far as that is on record.
    pub back: Option<String>,
    pub print: Print,
    pub questions: Vec<Question>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub key: String,
    /// As it stands in the round.
    pub whole: String,
    /// The question and what it is about, where this is the first of several options of it that are answered one by one.
    pub above: Option<(String, Option<String>)>,
    /// What is answered: the question, or one option of it.
    pub text: String,
    /// The same for readers who were not there, and what would follow; a paragraph each.
    pub plain: Vec<String>,
    /// Key and words of what can be chosen.
    pub choices: Vec<(String, String)>,
}

/// Whose ballot it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub token: String,
    pub group: String,
    /// Proves that the ballot was made for them.
    pub mark: String,
}

/// What a member says to a proposal, in words.
pub fn consent_title(key: &str) -> &'static str {
    match key {
        one if one == CONSENT[0] => "I consent",
        one if one == CONSENT[1] => "I stand aside: I would not choose it, and do not stand in the way",
        _ => "I object",
    }
}

impl Paper {
    /// How to answer, in plain words.
    fn how(&self) -> String {
        let scale = self.scale.unwrap_or(Scale::NINE);
        match self.way {
            Way::Ram => {
                "Rate each item from 1 to 9: 1 to 3 means it is not appropriate, 4 to 6 that you are not sure or it \
                depends, 7 to 9 that it is appropriate."
                    .to_owned()
            }
            Way::Delphi => format!(
                "Rate each item from {} to {}: {} means you do not agree with it at all, {} that you fully agree with it.",
                scale.least, scale.most, scale.least, scale.most
            ),
            Way::Ngt => format!(
                "Choose the {} items that matter most to you. Give the most important one {} points, the next one fewer, \
                down to 1. Leave the others empty.",
                self.picks, self.picks
            ),
            Way::Rank => {
                "Put all items in order: 1 for the first. Items that are equal to you may have the same number."
                    .to_owned()
            }
            Way::Percent => "Choose one answer for each item.".to_owned(),
            Way::Consent => "Say for each proposal whether you can live with it.".to_owned(),
            Way::Discussion => "To be talked over.".to_owned(),
        }
    }

    /// What can be filled in at an item: the answers, least first, as they are saved and as they are read.
    fn answers(&self, question: &Question) -> Vec<(String, String)> {
        let numbers = |from: u32, to: u32| (from..=to).map(|number| (number.to_string(), number.to_string())).collect();
        match (self.way, self.scale) {
            (_, Some(scale)) => numbers(scale.least, scale.most),
            (Way::Rank, _) => numbers(1, u32::try_from(self.questions.len()).unwrap_or(u32::MAX)),
            (Way::Ngt, _) => numbers(1, self.picks),
            _ => question.choices.clone(),
        }
    }
}

/// Answers that are no votes, as they are saved and as they are read.
const NO_VOTE: [(&str, &str); 2] =
    [("cannot_judge", "I cannot judge this"), ("abstain", "I do not want to vote on this")];

impl Paper {
    /// What members are told of what becomes of their answers.
    fn promise(&self) -> String {
        let answers = match self.way {
            Way::Ram | Way::Delphi => "ratings",
            Way::Ngt => "points",
            Way::Rank => "order",
            Way::Percent => "choices",
            Way::Consent | Way::Discussion => "answers",
        };
        let [is, those] = if self.way == Way::Rank { ["is", "the orders"] } else { ["are", "those"] };
        format!(
            "You answer under a code, not your name. Nobody is shown what others answered before the round is closed. Then \
             your {answers} {is} shown together with {those} of others; small groups are never shown on their own outside the \
             team. A reason you give may be shown to other members without your code. Words of dissent are printed only if you \
             tick that they may be."
        )
    }
}

#[cfg(test)]
mod tests;
