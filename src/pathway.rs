//! Stepped care: one step of the pathway of a model of care, and what moves a person from it.
//!
//! Steps and moves are as people describe them; what a pathway ought to be like is the business of `stepped`.

use crate::id::Id;
use crate::model::Because;
use crate::text::words::{fold, on_one_line};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// How much a step asks of a person and of a service.
    pub enum Intensity "intensity of a step" {
        Low "low",
        Moderate "moderate",
        High "high",
    }
}

crate::vocabulary! {
    /// Where a move leads.
    pub enum Way "way of a move" {
        /// To more care.
        Up "up",
        /// To less.
        Down "down",
        /// To a place that is no step of the pathway.
        Out "out",
    }
}

/// One step of a model's pathway (method reference 5.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// The model whose pathway it belongs to.
    pub model: Id,
    /// From 1; two steps of one rank stand beside each other.
    pub rank: u32,
    pub name: String,
    #[serde(default)]
    pub intensity: Option<Intensity>,
    /// Whom it is for.
    #[serde(default)]
    pub reach: Option<String>,
    /// Where it is given: `primary care`.
    #[serde(default)]
    pub setting: Option<String>,
    /// Somebody said whether that is in primary care; where nobody did, the words of the setting are read.
    #[serde(default)]
    pub in_primary_care: Option<bool>,
    /// What is offered, as people ordered it. On disk each is a field of its own, `intervention:<id>`, by [`id_of`].
    #[serde(skip)]
    pub interventions: Vec<String>,
    /// What it does for recovery or wellbeing.
    #[serde(default)]
    pub recovery_element: Option<String>,
    /// Roles of those who give it: `provider:<id>`, in the same way.
    #[serde(skip)]
    pub providers: Vec<String>,
    /// How one comes onto it.
    #[serde(default)]
    pub entry: Option<String>,
    /// When it is looked at whether it helps.
    #[serde(default)]
    pub review_interval: Option<String>,
    /// What is claimed of it, such as that nobody waits: a claim, until a statement that explains it has evidence.
    #[serde(default)]
    pub claim: Option<String>,
    /// Steps one must leave to enter it. On disk each is a field of its own, `leaving:<step>`.
    #[serde(skip)]
    pub leaving: BTreeSet<Id>,
    /// Somebody looked at how one comes onto it and said that no step must be left for that.
    #[serde(default)]
    pub leaves_none: bool,
    /// Moves to more care, by step. On disk each is a field of its own, `up:<step>`.
    #[serde(skip)]
    pub up: BTreeMap<Id, Move>,
    /// Moves to less, by step: `down:<step>`.
    #[serde(skip)]
    pub down: BTreeMap<Id, Move>,
    /// Moves to a place that is no step of the pathway, by [`id_of`] its name: `out:<id>`.
    #[serde(skip)]
    pub out: BTreeMap<Id, Exit>,
    /// Statements that somebody says explain it: `because:<statement>`.
    #[serde(skip)]
    pub because: BTreeMap<Id, Because>,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub author: Option<String>,
}

/// A move from one step to another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Move {
    /// What makes one move.
    #[serde(default)]
    pub when: Option<String>,
}

/// A move out of the pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exit {
    /// Where to, in words.
    pub place: String,
    #[serde(default)]
    pub when: Option<String>,
    /// Somebody said whether the place is in primary care; where nobody did, its words are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_primary_care: Option<bool>,
}

/// One of several things that people list, on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub words: String,
    /// Where it stands among them, from 1.
    pub place: u32,
}

impl Listed {
    /// The words in order.
    pub fn in_order(listed: BTreeMap<Id, Listed>) -> Vec<String> {
        let mut listed: Vec<(Id, Listed)> = listed.into_iter().collect();
        listed.sort_by(|(a, one), (b, other)| (one.place, a).cmp(&(other.place, b)));
        listed.into_iter().map(|(_, one)| one.words).collect()
    }
}

/// What is listed in words is one thing, however it is spelt and on however many machines.
pub fn id_of(words: &str) -> Id {
    Id::derived([b"listed of a step".as_slice(), folded(words).as_bytes()])
}

/// Words as they are compared: in one case, on one line.
pub fn folded(words: &str) -> String {
    fold(&on_one_line(words))
}

/// Words as they are compared where nothing hangs on how they were typed: marks and hyphens count for nothing.
pub fn alike(words: &str) -> String {
    let plain: String = fold(words).chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What people write where there is nothing to say.
const NOTHING: [&str; 8] = ["none", "no", "nil", "nothing", "n a", "na", "not applicable", "not said"];

/// It says something: more than a stroke, or that there is none.
pub fn says_something(text: &str) -> bool {
    let plain = alike(text);
    !plain.is_empty() && !NOTHING.contains(&plain.as_str())
}

impl Step {
    /// Everything that people wrote of it in words of their own.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let Step { name, reach, setting, recovery_element, entry, review_interval, claim, .. } = self;
        let single = [reach, setting, recovery_element, entry, review_interval, claim].into_iter().flatten();
        let moves = self.up.values_mut().chain(self.down.values_mut()).filter_map(|one| one.when.as_mut());
        let exits = self.out.values_mut().flat_map(|one| std::iter::once(&mut one.place).chain(one.when.as_mut()));
        let lists = self.interventions.iter_mut().chain(&mut self.providers);
        let because = self.because.values_mut().map(|one| &mut one.why);
        std::iter::once(name).chain(single).chain(lists).chain(moves).chain(exits).chain(because)
    }
}
