//! Two statements, slot by slot.

use super::{Reading, Words};
use crate::hypothesis::PartKind;
use serde::Serialize;
use std::borrow::Cow;

/// A slot of a configuration goes by the kind of its parts.
pub type Slot = PartKind;

crate::vocabulary! {
    /// What came of a slot.
    pub enum Verdict "verdict on a slot" {
        /// Both name it, in like words.
        Alike "alike",
        /// Both name it, in other words.
        Different "different",
        OnlyFirst "only_first",
        OnlySecond "only_second",
        Neither "neither",
    }
}

impl Verdict {
    /// Whether the first, and the second, name the slot.
    pub fn names(self) -> (bool, bool) {
        (
            matches!(self, Verdict::Alike | Verdict::Different | Verdict::OnlyFirst),
            matches!(self, Verdict::Alike | Verdict::Different | Verdict::OnlySecond),
        )
    }
}

/// One slot of two statements.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Compared {
    pub slot: Slot,
    pub verdict: Verdict,
    /// Where both name it.
    pub similarity: Option<f64>,
}

/// Dice's coefficient: `2 |A ∩ B| / (|A| + |B|)`. Two parts without a word are alike.
pub fn dice(one: &Words, other: &Words) -> f64 {
    let all = one.len() + other.len();
    if all == 0 { 1.0 } else { 2.0 * one.intersection(other).count() as f64 / all as f64 }
}

/// Every slot at stake between two statements; none where one of them has no parts.
pub fn compared(one: &Reading, other: &Reading, alike: f64) -> Vec<Compared> {
    if one.parts.is_empty() || other.parts.is_empty() {
        return Vec::new();
    }
    let compare = |slot: Slot| match (words(one, other, slot), words(other, one, slot)) {
        (Some(first), Some(second)) => {
            let similarity = dice(&first, &second);
            let verdict = if similarity >= alike { Verdict::Alike } else { Verdict::Different };
            Compared { slot, verdict, similarity: Some(similarity) }
        }
        (Some(_), None) => Compared { slot, verdict: Verdict::OnlyFirst, similarity: None },
        (None, Some(_)) => Compared { slot, verdict: Verdict::OnlySecond, similarity: None },
        (None, None) => Compared { slot, verdict: Verdict::Neither, similarity: None },
    };
    at_stake(one, other).map(compare).collect()
}

/// How alike two statements are, in [0, 1].
pub fn similarity(one: &Reading, other: &Reading) -> f64 {
    let named: Vec<f64> = compared(one, other, 1.0)
        .into_iter()
        .filter(|slot| slot.verdict != Verdict::Neither)
        .map(|slot| slot.similarity.unwrap_or(0.0))
        .collect();
    if named.is_empty() { dice(&one.whole, &other.whole) } else { named.iter().sum::<f64>() / named.len() as f64 }
}

/// Resource and reasoning where neither has an unsplit mechanism, else the mechanism.
fn at_stake(one: &Reading, other: &Reading) -> impl Iterator<Item = Slot> {
    let split = is_split(one, other);
    PartKind::ALL.iter().copied().filter(move |slot| match slot {
        PartKind::Resource | PartKind::Reasoning => split,
        PartKind::Mechanism => !split,
        _ => true,
    })
}

fn is_split(one: &Reading, other: &Reading) -> bool {
    ![one, other].iter().any(|reading| reading.parts.contains_key(&PartKind::Mechanism))
}

/// The words of a slot, where the statement names it.
fn words<'r>(of: &'r Reading, beside: &Reading, slot: Slot) -> Option<Cow<'r, Words>> {
    if slot != PartKind::Mechanism || is_split(of, beside) {
        return of.parts.get(&slot).map(Cow::Borrowed);
    }
    let kinds = [PartKind::Resource, PartKind::Reasoning, PartKind::Mechanism];
    let parts: Vec<&Words> = kinds.iter().filter_map(|kind| of.parts.get(kind)).collect();
    (!parts.is_empty()).then(|| Cow::Owned(parts.into_iter().flatten().cloned().collect()))
}
