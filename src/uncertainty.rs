//! Uncertainties: what a meeting must settle (the method reference's Question; here the word
//! question is kept for the review question).

use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

crate::vocabulary! {
    pub enum UncertaintyStatus "status of an uncertainty" {
        Open "open",
        Scheduled "scheduled",
        Decided "decided",
        Deferred "deferred",
        Withdrawn "withdrawn",
    }
}

impl UncertaintyStatus {
    /// Still to be settled.
    pub fn is_due(self) -> bool {
        matches!(self, UncertaintyStatus::Open | UncertaintyStatus::Scheduled)
    }
}

/// What groups said of it in a round with ratings.
#[derive(Debug, Clone, PartialEq)]
pub struct Rated {
    /// Label of the round.
    pub round: String,
    /// Of each group that voted, or of groups pooled.
    pub medians: Vec<f64>,
    /// From the least to the most of the scale: 8 on 1 to 9.
    pub span: u32,
}

crate::vocabulary! {
    /// What stakeholders rate an uncertainty on, each 0, 0.5 or 1.
    pub enum Criterion "criterion" {
        Importance "importance",
        Urgency "urgency",
        Answerability "answerability",
    }
}

crate::vocabulary! {
    /// What a body weighs before it concludes, after the evidence-to-decision frameworks of GRADE (method reference 6.1).
    pub enum Consideration "consideration" {
        Problem "problem",
        Effects "effects",
        Certainty "certainty",
        Values "values",
        Resources "resources",
        Equity "equity",
        Acceptability "acceptability",
        Feasibility "feasibility",
    }
}

impl Consideration {
    /// `Good and harm`.
    pub fn title(self) -> &'static str {
        match self {
            Consideration::Problem => "Priority of the problem",
            Consideration::Effects => "Good and harm",
            Consideration::Certainty => "Certainty of the evidence",
            Consideration::Values => "What matters to people",
            Consideration::Resources => "Resources",
            Consideration::Equity => "Equity",
            Consideration::Acceptability => "Acceptability",
            Consideration::Feasibility => "Feasibility",
        }
    }

    /// What is to be judged, as a question.
    pub fn asks(self) -> &'static str {
        match self {
            Consideration::Problem => "How much hangs on this, and for whom?",
            Consideration::Effects => "What good would each option do, what harm, and for whom?",
            Consideration::Certainty => "How far can what is known be relied on?",
            Consideration::Values => "Do people set the same store by what may come of it?",
            Consideration::Resources => "What would each option cost or save, in money, time and people?",
            Consideration::Equity => "Who would gain more, who less, and who would be left out?",
            Consideration::Acceptability => "Would those concerned go along with it?",
            Consideration::Feasibility => "Can it be done and kept up where it is meant for?",
        }
    }
}

/// What people judged of one consideration, in their words. Nothing is worked out from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weighed {
    pub judgement: String,
    pub why: String,
    /// What else was weighed, beside the evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// Tag of who put it down.
    pub by: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Uncertainty {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// One sentence, answerable, in plain words.
    pub text: String,
    /// Two or three plain sentences for readers who were not there.
    #[serde(default)]
    pub plain: Option<String>,
    /// What in the manual or the training waits on it.
    #[serde(default)]
    pub why: Option<String>,
    #[serde(default)]
    pub unknown: Option<String>,
    #[serde(default)]
    pub component: Option<Id>,
    /// The statements it is between, rivals included.
    #[serde(default)]
    pub hypotheses: Vec<Id>,
    #[serde(default)]
    pub options: Vec<Choice>,
    #[serde(default = "open")]
    pub status: UncertaintyStatus,
    /// Place on the agenda, set by people; absent: the proposed order stands.
    #[serde(default)]
    pub place: Option<u32>,
    /// Minutes it is given.
    #[serde(default)]
    pub minutes: Option<u32>,
    #[serde(default)]
    pub introduced_by: Option<String>,
    /// What a reader must know of the ratings, such as that they are made up.
    #[serde(default)]
    pub ratings_note: Option<String>,
    /// On disk each is a field of its own, `rating:<criterion>:<group>:<rater>`.
    #[serde(skip)]
    pub ratings: Vec<Rating>,
    /// On disk each is a field of its own, `weighed:<consideration>`.
    #[serde(skip)]
    pub weighed: BTreeMap<Consideration, Weighed>,
}

/// One option a meeting can choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// `A`, `B`, …
    pub key: String,
    pub text: String,
    /// What the manual would say.
    #[serde(default)]
    pub consequence: Option<String>,
    /// What it takes: people, money, time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// For whom, or where, it may not work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_for: Option<String>,
}

impl Choice {
    /// As it is typed in a command, with dots for what nobody wrote: `--option "A: A short term | The manual says so | ... | ..."`.
    pub fn to_type(&self) -> String {
        let more = [&self.consequence, &self.needs, &self.not_for].map(|text| text.as_deref().unwrap_or("..."));
        let typed = format!("{}: {} | {}", self.key, self.text, more.join(" | "));
        // What a shell would take for its own within double quotes.
        format!("--option \"{}\"", typed.replace(['"', '$', '`', '\\'], "'"))
    }

    /// All that people wrote of it beside its letter.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let more = [&mut self.consequence, &mut self.needs, &mut self.not_for].into_iter().flatten();
        std::iter::once(&mut self.text).chain(more)
    }
}

/// One stakeholder's rating.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rating {
    pub criterion: Criterion,
    pub group: String,
    /// Pseudonymous token.
    pub rater: String,
    /// 0, 0.5 or 1.
    pub value: f64,
}

fn open() -> UncertaintyStatus {
    UncertaintyStatus::Open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_typed_with_all_that_stands_of_it() {
        let one = Choice { key: "A".to_owned(), text: "A \"fixed\" term".to_owned(), ..Choice::default() };
        assert_eq!(one.to_type(), "--option \"A: A 'fixed' term | ... | ... | ...\"");
        let whole = Choice { needs: Some("a room".to_owned()), consequence: Some("So".to_owned()), ..one };
        assert_eq!(whole.to_type(), "--option \"A: A 'fixed' term | So | a room | ...\"");
    }
}
