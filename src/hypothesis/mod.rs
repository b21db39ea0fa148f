//! Micro-hypotheses: context-mechanism-outcome configurations with typed parts.
//!
//! The team's own sentence and the parts are kept side by side; neither derives from the other. The
//! generated If-Then-Because sentence is a reading aid, and is always labelled as such.

mod details;
mod editorial;
mod tested;

pub use details::{Activation, Detail, Details, Direction, Level, Polarity, Proximity, Valence};
pub use editorial::Editorial;
pub use tested::{Test, Tested};

use crate::id::Id;
use crate::strand::SlotScheme;
use crate::text::words::{fold, on_one_line};
use serde::{Deserialize, Serialize};

crate::vocabulary! {
    /// A slot of a configuration, in the order a sentence tells them.
    pub enum PartKind "kind of part" {
        Intervention "intervention",
        Strategy "strategy",
        Actor "actor",
        Context "context",
        Resource "resource",
        Reasoning "reasoning",
        /// Not split into resource and reasoning.
        Mechanism "mechanism",
        Outcome "outcome",
    }
}

crate::vocabulary! {
    /// Form of a statement as written.
    pub enum Form "form" {
        IfThen "if_then",
        IfThenBecause "if_then_because",
        Cmo "cmo",
        Narrative "narrative",
    }
}

crate::vocabulary! {
    /// Where a statement comes from.
    pub enum Origin "origin" {
        Extracted "extracted",
        Stakeholder "stakeholder",
        Team "team",
        SubstantiveTheory "substantive_theory",
    }
}

crate::vocabulary! {
    /// How far the words go: said, or read into them.
    pub enum Inference "inference" {
        Explicit "explicit",
        Implied "implied",
        Abduced "abduced",
        Retroduced "retroduced",
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// `c1`, `m1`, `o1`, …: what an evidence link names.
    #[serde(default, skip_serializing)]
    pub key: String,
    pub kind: PartKind,
    pub text: String,
    #[serde(flatten)]
    pub details: Details,
}

impl Part {
    /// A part of which nothing more is said.
    pub fn new(key: impl Into<String>, kind: PartKind, text: impl Into<String>) -> Self {
        Part { key: key.into(), kind, text: text.into(), details: Details::default() }
    }
}

impl PartKind {
    /// Letter of a part's key.
    pub fn letter(self) -> char {
        match self {
            PartKind::Intervention => 'i',
            PartKind::Strategy => 's',
            PartKind::Actor => 'a',
            PartKind::Context => 'c',
            PartKind::Resource => 'r',
            PartKind::Reasoning => 'g',
            PartKind::Mechanism => 'm',
            PartKind::Outcome => 'o',
        }
    }

    /// What a configuration begins with: what is there or offered before the mechanism works.
    pub fn is_entry(self) -> bool {
        matches!(self, PartKind::Context | PartKind::Intervention | PartKind::Strategy | PartKind::Resource)
    }

    /// What a mechanism is made of, resources apart.
    pub fn is_mechanism(self) -> bool {
        matches!(self, PartKind::Mechanism | PartKind::Reasoning)
    }

    /// Both stand in one place of a configuration: before the mechanism, in it, behind it, or acting.
    pub fn stands_where(self, other: PartKind) -> bool {
        self == other || (self.is_entry() && other.is_entry()) || (self.is_mechanism() && other.is_mechanism())
    }
}

/// Two wordings that read alike: folded, on one line, no full stop at the end.
pub fn wording(text: &str) -> String {
    fold(on_one_line(text).trim_end_matches(['.', ' ']))
}

/// A statement as the store has it. Its evidential and consensus standing are not here: the one is
/// derived ([`crate::evidence`]), the other is set by decisions ([`crate::decision`]).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hypothesis {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// The team's own sentence; may be absent while parts tell it all.
    #[serde(default)]
    pub statement: Option<String>,
    /// On disk each part is a field of its own, `part:<key>`.
    #[serde(skip)]
    pub parts: Vec<Part>,
    #[serde(default)]
    pub component: Option<Id>,
    #[serde(default = "draft")]
    pub status: Editorial,
    #[serde(default)]
    pub form: Option<Form>,
    #[serde(default)]
    pub origin: Option<Origin>,
    #[serde(default)]
    pub inference: Option<Inference>,
    /// Tag of the coder who wrote it.
    #[serde(default)]
    pub author: String,
    #[serde(default)]
    pub memo: Option<String>,
    /// What came of putting it to the test, as people say.
    #[serde(default)]
    pub tested: Option<Tested>,
    /// A rival, as first versions wrote it; read as a link ([`crate::link::written_in`]).
    #[serde(default)]
    pub rival_of: Option<Id>,
    /// Statements its outcome leads to, likewise.
    #[serde(default)]
    pub leads_to: Vec<Id>,
}

fn draft() -> Editorial {
    Editorial::Draft
}

impl Hypothesis {
    /// Whether it was put to the test.
    pub fn test(&self) -> Test {
        self.tested.as_ref().map_or(Test::NotTested, |tested| tested.test)
    }

    pub fn parts_of(&self, kind: PartKind) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.kind == kind)
    }

    /// The part of this statement that a part of another is here: in the same place and worded alike; or, where this
    /// one speaks for the other, its only part in that place. `None`: somebody has to say which.
    pub fn counterpart(&self, part: &Part, speaks_for_it: bool) -> Option<&Part> {
        let mut there = self.parts.iter().filter(|one| one.kind.stands_where(part.kind));
        if let Some(alike) = there.clone().find(|one| wording(&one.text) == wording(&part.text)) {
            return Some(alike);
        }
        let only = there.next().filter(|_| speaks_for_it);
        only.filter(|_| there.next().is_none())
    }

    fn has(&self, kind: PartKind) -> bool {
        self.parts_of(kind).next().is_some()
    }

    /// What the slot scheme still asks for, in words; empty when the configuration is complete: at
    /// least one context, one mechanism (or resource and reasoning), one outcome, and what the
    /// scheme adds.
    pub fn missing(&self, scheme: SlotScheme) -> Vec<&'static str> {
        let mut missing = Vec::new();
        let mut need = |there: bool, what| {
            if !there {
                missing.push(what);
            }
        };
        need(self.has(PartKind::Context), "context");
        // Split in two, it is the other half that is wanting.
        let (resource, reasoning) = (self.has(PartKind::Resource), self.has(PartKind::Reasoning));
        let lacks = if reasoning {
            "resource"
        } else if resource {
            "reasoning"
        } else {
            "mechanism"
        };
        need(self.has(PartKind::Mechanism) || (resource && reasoning), lacks);
        need(self.has(PartKind::Outcome), "outcome");
        match scheme {
            SlotScheme::Cmo | SlotScheme::CmoRr => {}
            SlotScheme::Icamo => {
                need(self.has(PartKind::Intervention), "intervention");
                need(self.has(PartKind::Actor), "actor");
            }
            SlotScheme::Scmo => need(self.has(PartKind::Strategy), "strategy"),
            SlotScheme::Cimo => need(self.has(PartKind::Intervention), "intervention"),
        }
        missing
    }

    /// "If … then … because …" from the parts; `None` without an outcome. Machine-made: stays out of
    /// papers for meetings and publications.
    pub fn generated_sentence(&self) -> Option<String> {
        let list = |kinds: &[PartKind]| {
            let texts: Vec<&str> = kinds
                .iter()
                .flat_map(|kind| self.parts_of(*kind))
                .map(|part| part.text.trim().trim_end_matches('.'))
                .collect();
            (!texts.is_empty()).then(|| texts.join(" and "))
        };
        let outcome = list(&[PartKind::Outcome])?;
        let offered = list(&[PartKind::Intervention, PartKind::Strategy, PartKind::Resource]);
        let context = list(&[PartKind::Context]);
        let condition = match (offered, context) {
            (Some(offered), Some(context)) => format!("If {offered}, where {context}, then "),
            (Some(offered), None) => format!("If {offered}, then "),
            (None, Some(context)) => format!("If {context}, then "),
            (None, None) => "Then ".to_owned(),
        };
        let actor = list(&[PartKind::Actor]).map(|actor| format!("for {actor}, ")).unwrap_or_default();
        let because = list(&[PartKind::Reasoning, PartKind::Mechanism])
            .map(|reason| format!(", because {reason}"))
            .unwrap_or_default();
        Some(format!("{condition}{actor}{outcome}{because}."))
    }

    /// What to call it on a line: the team's sentence, else the generated one, else its parts.
    pub fn sentence(&self) -> String {
        self.statement
            .clone()
            .or_else(|| self.generated_sentence())
            .unwrap_or_else(|| self.parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join("; "))
    }

    /// Names the wording: twelve hexadecimal digits over sentence, parts and what is said of them. An evidence link keeps
    /// the revision it was judged against; undoing an edit brings the old revision back.
    pub fn revision(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let mut add = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        add(self.statement.as_deref().unwrap_or_default());
        for part in &self.parts {
            add(part.kind.word());
            add(&part.text);
            for (detail, said) in part.details.said() {
                add(detail.word());
                add(&said);
            }
        }
        hasher.finalize().to_hex()[..12].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hypothesis(parts: &[(PartKind, &str)]) -> Hypothesis {
        Hypothesis {
            id: crate::source::nobody(),
            statement: None,
            parts: parts.iter().map(|(kind, text)| Part::new("", *kind, *text)).collect(),
            component: None,
            status: Editorial::Draft,
            form: None,
            origin: None,
            inference: None,
            author: "gj".to_owned(),
            memo: None,
            tested: None,
            rival_of: None,
            leads_to: Vec::new(),
        }
    }

    #[test]
    fn a_configuration_is_complete_by_its_scheme() {
        use PartKind::{Context, Mechanism, Outcome, Reasoning, Resource};
        let whole = hypothesis(&[(Context, "c"), (Mechanism, "m"), (Outcome, "o")]);
        assert!(whole.missing(SlotScheme::Cmo).is_empty());
        assert_eq!(whole.missing(SlotScheme::Icamo), ["intervention", "actor"]);
        let half = hypothesis(&[(Context, "c"), (Resource, "r"), (Outcome, "o")]);
        assert_eq!(half.missing(SlotScheme::CmoRr), ["reasoning"]);
        let half = hypothesis(&[(Context, "c"), (Reasoning, "g"), (Outcome, "o")]);
        assert_eq!(half.missing(SlotScheme::Cmo), ["resource"]);
        let split = hypothesis(&[(Context, "c"), (Resource, "r"), (Reasoning, "g"), (Outcome, "o")]);
        assert!(split.missing(SlotScheme::CmoRr).is_empty());
    }

    #[test]
    fn the_generated_sentence_reads() {
        use PartKind::{Context, Outcome, Reasoning, Resource};
        let told = hypothesis(&[
            (Context, "goals are the person's own"),
            (Resource, "coaching is offered"),
            (Reasoning, "they feel ownership"),
            (Outcome, "people act on them."),
        ]);
        assert_eq!(
            told.generated_sentence().unwrap(),
            "If coaching is offered, where goals are the person's own, then people act on them, because they feel ownership."
        );
        assert_eq!(hypothesis(&[(Context, "c")]).generated_sentence(), None);
    }

    #[test]
    fn a_part_is_found_again_by_its_words_or_as_the_only_one_of_who_speaks_for_it() {
        use PartKind::{Context, Outcome, Resource};
        let mut parent = hypothesis(&[(Resource, "a named person"), (Outcome, "people come back"), (Outcome, "stay")]);
        parent.parts.iter_mut().enumerate().for_each(|(at, part)| part.key = format!("p{at}"));
        let found = |kind, text: &str, speaks: bool| {
            parent.counterpart(&Part::new("", kind, text), speaks).map(|part| part.key.as_str())
        };
        assert_eq!(found(Outcome, "People  come back.", false), Some("p1"));
        assert_eq!(found(Context, "somebody known", true), Some("p0"), "the only thing it begins with");
        assert_eq!(found(Context, "somebody known", false), None);
        assert_eq!(found(Outcome, "fewer are lost", true), None, "there are two");
    }

    #[test]
    fn rewording_changes_the_revision_and_undoing_it_brings_it_back() {
        let first = hypothesis(&[(PartKind::Context, "a")]);
        let mut second = first.clone();
        second.parts[0].text = "b".to_owned();
        assert_ne!(first.revision(), second.revision());
        second.parts[0].text = "a".to_owned();
        assert_eq!(first.revision(), second.revision());
        second.parts[0].details.polarity = Some(Polarity::Constraining);
        assert_ne!(first.revision(), second.revision());
    }
}
