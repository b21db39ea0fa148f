//! Whether enough people were there: overall, and within each group.

use crate::round::{Least, Rule};
use serde::Serialize;
use std::collections::BTreeMap;

/// Too few were there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lack {
    /// Of which group; `None`: overall.
    pub group: Option<String>,
    pub there: usize,
    pub invited: usize,
    /// What the rule asks for.
    pub least: Least,
}

/// What keeps an item from being quorate; nothing where it is.
pub fn lacking(rule: &Rule, invited: &BTreeMap<String, usize>, there: &BTreeMap<&str, usize>) -> Vec<Lack> {
    let (here, all) = (there.values().sum(), invited.values().sum());
    let overall = rule.quorum.map(|least| Lack { group: None, there: here, invited: all, least });
    let of_groups = invited.iter().filter_map(|(group, seats)| {
        let least = rule.quorum_of.get(group).copied().or(rule.quorum_each)?;
        let there = there.get(group.as_str()).copied().unwrap_or(0);
        Some(Lack { group: Some(group.clone()), there, invited: *seats, least })
    });
    overall.into_iter().chain(of_groups).filter(|one| !one.least.is_met(one.there, one.invited)).collect()
}

/// Whether enough of those invited returned a ballot; `None` where the rule does not ask.
pub fn response_is_met(rule: &Rule, returned: usize, invited: usize) -> Option<bool> {
    rule.response.map(|least| least.is_met(returned, invited))
}
