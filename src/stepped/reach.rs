//! Where one gets to from a step, and what counts as primary care.

use super::Pathway;
use crate::id::Id;
use crate::pathway::Step;
use crate::text::words::{fold, words};
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

/// Words before which `primary care` says that something is not there.
const NOT: [&str; 8] = ["not", "no", "non", "outside", "beyond", "without", "leaving", "except"];

/// These words name primary care: both words stand in them, side by side, and none before them takes that back.
///
/// ```
/// use realist::stepped::reach::is_primary_care;
/// assert!(is_primary_care("GP surgery (Primary Care)"));
/// assert!(!is_primary_care("outside primary care") && !is_primary_care("secondary care"));
/// ```
pub fn is_primary_care(place: &str) -> bool {
    let folded: Vec<String> = words(place).map(|(_, word)| fold(word)).collect();
    let is_taken_back = |at: usize| at.checked_sub(1).is_some_and(|before| NOT.contains(&folded[before].as_str()));
    (1..folded.len()).any(|at| folded[at - 1] == "primary" && folded[at] == "care" && !is_taken_back(at - 1))
}

/// The step is given in primary care.
pub fn is_in_primary_care(step: &Step) -> bool {
    step.setting.as_deref().is_some_and(is_primary_care)
}

/// Whoever is on it is in primary care, or one move away from it.
pub fn is_near_primary_care(pathway: &Pathway, step: &Step) -> bool {
    is_in_primary_care(step)
        || step.out.values().any(|exit| is_primary_care(&exit.place))
        || next(pathway, step).into_iter().any(is_in_primary_care)
}

/// Some step below it can be reached.
pub fn leads_down(pathway: &Pathway, step: &Step) -> bool {
    from(pathway, step).into_iter().filter_map(|id| pathway.get(id)).any(|one| one.rank < step.rank)
}
