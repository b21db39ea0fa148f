//! Where one gets to from a step, and what counts as primary care.

use super::Pathway;
use crate::id::Id;
use crate::pathway::{Exit, Step, alike};
use std::collections::BTreeSet;

/// Steps that one move leads to; moves to steps that are not in use lead nowhere.
pub fn next<'s>(pathway: &Pathway<'s>, step: &Step) -> Vec<&'s Step> {
    step.up.keys().chain(step.down.keys()).filter_map(|id| pathway.get(*id)).collect()
}

/// Steps that any number of moves leads to; the step itself only where moves lead back to it.
pub fn from(pathway: &Pathway, step: &Step) -> BTreeSet<Id> {
    let mut reached = BTreeSet::new();
    let mut waiting = next(pathway, step);
    while let Some(one) = waiting.pop() {
        if reached.insert(one.id) {
            waiting.extend(next(pathway, one));
        }
    }
    reached
}

/// How primary care is called in ordinary words.
const PRIMARY_CARE: &[&str] = &[
    "primary care",
    "primary health care",
    "primary healthcare",
    "primary care team",
    "primary care centre",
    "primary care center",
    "primary care clinic",
    "primary care practice",
    "primary care services",
    "general practice",
    "general practitioner",
    "general practitioners",
    "gp",
    "gps",
    "gp practice",
    "gp practices",
    "gp surgery",
    "gp surgeries",
    "gp clinic",
    "doctor s surgery",
    "family practice",
    "family doctor",
    "family medicine",
    "family physician",
];

/// Words that may stand before that.
const BEFORE: [&str; 14] =
    ["the", "a", "an", "in", "at", "to", "back", "return", "returns", "one", "s", "own", "local", "their"];

/// These words name primary care: all of them, or one item of the list that they are. What only mentions it does not.
///
/// ```
/// use realist::stepped::reach::is_primary_care;
/// assert!(is_primary_care("GP surgery (Primary Care)") && is_primary_care("the GP practice") && is_primary_care("home; general practice"));
/// assert!(!is_primary_care("hospital, on referral from primary care") && !is_primary_care("anywhere but primary care"));
/// ```
pub fn is_primary_care(place: &str) -> bool {
    let items = place
        .split([',', ';', '/', '(', ')', '\n'])
        .flat_map(|item| item.split(" and "))
        .flat_map(|item| item.split(" or "));
    items.map(alike).any(|item| {
        let words: Vec<&str> = item.split(' ').skip_while(|word| BEFORE.contains(word)).collect();
        PRIMARY_CARE.contains(&words.join(" ").as_str())
    })
}

/// The step is given in primary care: as somebody said, else by the words of its setting.
pub fn is_in_primary_care(step: &Step) -> bool {
    step.in_primary_care.unwrap_or_else(|| step.setting.as_deref().is_some_and(is_primary_care))
}

/// A move out leads to primary care, in the same way.
pub fn leads_to_primary_care(exit: &Exit) -> bool {
    exit.in_primary_care.unwrap_or_else(|| is_primary_care(&exit.place))
}

/// Whoever is on it is in primary care, or one move away from it.
pub fn is_near_primary_care(pathway: &Pathway, step: &Step) -> bool {
    is_in_primary_care(step)
        || step.out.values().any(leads_to_primary_care)
        || next(pathway, step).into_iter().any(is_in_primary_care)
}

/// Some step below it can be reached.
pub fn leads_down(pathway: &Pathway, step: &Step) -> bool {
    let mut reached = BTreeSet::new();
    let mut waiting = next(pathway, step);
    while let Some(one) = waiting.pop() {
        if one.rank < step.rank {
            return true;
        }
        if reached.insert(one.id) {
            waiting.extend(next(pathway, one));
        }
    }
    false
}
