//! Votes for options: each member chooses one of several, or ticks as many as fit.

use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub option: String,
    /// Members who chose it.
    pub n: usize,
    /// Share of the members asked.
    pub share: f64,
    /// The share reaches the threshold.
    pub agreed: bool,
}

/// Counts members by option, most chosen first, else in the order the options came; `asked` is how many
/// members could choose, and a member who chooses an option twice counts once.
///
/// Worked: 20 of 23 members for one option, with a threshold of two thirds: 87.0 %, agreed.
pub fn choices<'v>(
    offered: &[&'v str],
    votes: impl IntoIterator<Item = (&'v str, &'v str)>,
    asked: usize,
    threshold: f64,
) -> Vec<Choice> {
    let votes: BTreeSet<(&str, &str)> = votes.into_iter().collect();
    let count = |option: &&str| {
        let n = votes.iter().filter(|(_, chosen)| chosen == option).count();
        let share = if asked == 0 { 0.0 } else { n as f64 / asked as f64 };
        Choice { option: (*option).to_owned(), n, share, agreed: asked > 0 && share >= threshold - 1e-9 }
    };
    let mut choices: Vec<Choice> = offered.iter().map(count).collect();
    choices.sort_by_key(|choice| std::cmp::Reverse(choice.n));
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_count_once_and_options_nobody_chose_are_shown() {
        let votes = [("m1", "a"), ("m2", "b"), ("m1", "a"), ("m1", "b"), ("m3", "b")];
        let counted = choices(&["a", "b", "c"], votes, 4, 0.66);
        let shown: Vec<(&str, usize, f64, bool)> =
            counted.iter().map(|one| (one.option.as_str(), one.n, one.share, one.agreed)).collect();
        assert_eq!(shown, [("b", 3, 0.75, true), ("a", 1, 0.25, false), ("c", 0, 0.0, false)]);
        assert!(!choices(&["a"], [], 0, 0.0)[0].agreed, "nobody asked, nothing agreed");
    }
}
