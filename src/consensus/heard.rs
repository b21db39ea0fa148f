//! Votes told from what is none.

use crate::round::Way;
use crate::vote::{Answers, Said};
use std::collections::BTreeMap;

/// A ballot that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Cast {
    pub token: String,
    /// Key of the group whose seat it is.
    pub group: String,
    pub answers: Answers,
}

/// What was said to one item. The valid votes are n; nobody else stands in a denominator.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heard<'c> {
    /// Every ballot that counts.
    pub all: Vec<&'c Cast>,
    pub valid: Vec<(&'c Cast, Said)>,
    pub abstained: usize,
    pub cannot_judge: usize,
    pub late: usize,
    pub absent: usize,
    /// Invited, and nothing was heard of them on this item.
    pub silent: usize,
    /// People at the table for it, by group: valid votes, abstentions and those who cannot judge.
    pub there: BTreeMap<&'c str, usize>,
}

impl<'c> Heard<'c> {
    pub fn of(casts: &'c [Cast], way: Way, item: &str, invited: usize) -> Self {
        let mut heard = Heard { all: casts.iter().collect(), ..Heard::default() };
        for cast in casts {
            let said = match cast.answers.answers.get(item) {
                Some(answer) => answer.said.clone(),
                // Who gave points to others gave this none.
                None if way == Way::Ngt && has_numbers(&cast.answers) => Said::Number(0.0),
                None => continue,
            };
            match &said {
                Said::Number(_) | Said::Choice(_) => {}
                Said::Abstain => heard.abstained += 1,
                Said::CannotJudge => heard.cannot_judge += 1,
                Said::Late => heard.late += 1,
                Said::Absent => heard.absent += 1,
            }
            if said.is_there() {
                *heard.there.entry(cast.group.as_str()).or_default() += 1;
            }
            if matches!(said, Said::Number(_) | Said::Choice(_)) {
                heard.valid.push((cast, said));
            }
        }
        let spoken = heard.valid.len() + heard.abstained + heard.cannot_judge + heard.late + heard.absent;
        heard.silent = invited.saturating_sub(spoken);
        heard
    }

    /// Valid votes by group; every group of the seats is listed.
    pub fn sizes(&self, groups: impl IntoIterator<Item = &'c String>) -> BTreeMap<String, usize> {
        let mut sizes: BTreeMap<String, usize> = groups.into_iter().map(|group| (group.clone(), 0)).collect();
        for (cast, _) in &self.valid {
            *sizes.entry(cast.group.clone()).or_default() += 1;
        }
        sizes
    }
}

fn has_numbers(answers: &Answers) -> bool {
    answers.answers.values().any(|answer| answer.said.number().is_some())
}
