//! A statement as it is compared: what it says of the circumstances, of what is offered, of the reasoning and
//! of the outcome, and all of it together.

use super::lexicon::{Lexicon, Said, Term};
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;

crate::vocabulary! {
    /// What of two statements is held against each other.
    pub enum Aspect "aspect" {
        /// Context, and for whom.
        Context "context",
        /// Intervention, strategy, resource.
        Offered "offered",
        /// Reasoning, or a mechanism not split.
        Reasoning "reasoning",
        Outcome "outcome",
    }
}

impl Aspect {
    /// Where a part belongs.
    pub fn of(kind: PartKind) -> Self {
        match kind {
            PartKind::Context | PartKind::Actor => Aspect::Context,
            PartKind::Intervention | PartKind::Strategy | PartKind::Resource => Aspect::Offered,
            PartKind::Reasoning | PartKind::Mechanism => Aspect::Reasoning,
            PartKind::Outcome => Aspect::Outcome,
        }
    }
}

/// What a statement says.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: Id,
    /// By [`Aspect`]; empty where the statement does not say.
    pub aspects: [Said; 4],
    /// Sentence and parts together.
    pub whole: Vec<Term>,
}

impl Account {
    pub fn of(statement: &Hypothesis, lexicon: &mut Lexicon) -> Self {
        let sentence = statement.statement.as_deref().unwrap_or_default();
        let mut texts: [Vec<&str>; 4] = Default::default();
        for part in &statement.parts {
            texts[Aspect::of(part.kind) as usize].push(&part.text);
        }
        if statement.parts.is_empty() {
            for (aspect, text) in told(sentence) {
                texts[aspect as usize].push(text);
            }
        }
        let aspects = texts.map(|texts| lexicon.read(&texts.join("; ")));
        let mut whole = lexicon.read(sentence).terms;
        whole.extend(aspects.iter().flat_map(|said| &said.terms));
        whole.sort_unstable();
        whole.dedup();
        Account { id: statement.id, aspects, whole }
    }

    pub fn said(&self, aspect: Aspect) -> &Said {
        &self.aspects[aspect as usize]
    }
}

/// `If …, then …, because …`, taken apart; nothing where a sentence is not of that form.
fn told(sentence: &str) -> Vec<(Aspect, &str)> {
    let lower = sentence.to_ascii_lowercase();
    let Some(start) = lower.trim_start().starts_with("if ").then(|| sentence.len() - sentence.trim_start().len() + 3)
    else {
        return Vec::new();
    };
    let Some(then) = lower.find(", then ") else { return Vec::new() };
    let because = lower[then..].find("because ").map(|at| then + at);
    let reasoning = because.map(|at| (Aspect::Reasoning, &sentence[at + "because ".len()..]));
    let outcome = (Aspect::Outcome, &sentence[then + ", then ".len()..because.unwrap_or(sentence.len())]);
    if start > then {
        return Vec::new();
    }
    [(Aspect::Offered, &sentence[start..then]), outcome].into_iter().chain(reasoning).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_of_the_usual_form_is_taken_apart() {
        let sentence = " If someone rings, then people answer, because they are expected.";
        let parts = told(sentence);
        assert_eq!(
            parts,
            [
                (Aspect::Offered, "someone rings"),
                (Aspect::Outcome, "people answer, "),
                (Aspect::Reasoning, "they are expected.")
            ]
        );
        assert_eq!(told("If É, then É").len(), 2);
        for other in ["People answer when rung", "If only", "because, then if ", ""] {
            assert!(told(other).is_empty(), "{other}");
        }
    }
}
