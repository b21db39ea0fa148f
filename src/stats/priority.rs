//! Which uncertainty first: a weighted mean of seven criteria, with all its parts.
//!
//! No published formula for realist uncertainties is known; this is the project's own (method
//! reference 6.4, after CHNRI, JLA and GRADE EtD), a display aid and no evidence grade. People
//! accept or change the order it proposes. A criterion that is not known is left out of sum and
//! weights and named; it is never taken as 0.

use crate::settings::PriorityWeights;
use serde::Serialize;
use std::collections::BTreeMap;

/// The seven criteria of one uncertainty, each in `[0, 1]` or not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Criteria {
    pub conflict: Option<f64>,
    pub thinness: Option<f64>,
    pub divergence: Option<f64>,
    pub centrality: Option<f64>,
    pub importance: Option<f64>,
    pub urgency: Option<f64>,
    pub answerability: Option<f64>,
}

/// How many criteria there are.
pub const CRITERIA: usize = 7;

const NAMES: [(&str, &str); CRITERIA] = [
    ("conflict", "conflict in the evidence"),
    ("thinness", "thinness of the evidence"),
    ("divergence", "divergence between groups"),
    ("centrality", "centrality in the theory"),
    ("importance", "importance to stakeholders"),
    ("urgency", "urgency to stakeholders"),
    ("answerability", "answerable in a meeting"),
];

/// One criterion as it went into a priority.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Stable key: `conflict`.
    pub key: &'static str,
    /// For people.
    pub name: &'static str,
    /// In `[0, 1]`; absent: missing, and left out.
    pub value: Option<f64>,
    pub weight: f64,
    /// Why it is missing, or what it rests on.
    pub note: Option<String>,
}

/// A priority and everything it is made of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Priority {
    /// `None` where no criterion with a weight is known.
    pub score: Option<f64>,
    /// All seven, in the order of the formula.
    pub parts: Vec<Part>,
    /// Names of the criteria left out.
    pub missing: Vec<&'static str>,
}

/// Where an uncertainty stands among the others, and how firmly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rank {
    /// From 1; those with equal scores share the better rank; `None` without a score.
    pub rank: Option<usize>,
    /// Best and worst rank with all criteria and with each one left out in turn.
    pub best: usize,
    pub worst: usize,
}

impl Rank {
    /// Leaving out any one criterion does not move it. Otherwise: order not robust.
    pub fn is_robust(self) -> bool {
        self.rank.is_some() && self.best == self.worst
    }
}

/// Scores nearer than this share a rank.
const SAME: f64 = 1e-9;

/// `P = Σ wᵢxᵢ / Σ wᵢ` over the criteria that are known (method reference 6.4).
///
/// Worked: conflict .7347, thinness .25, divergence .6875, centrality .4 and three ratings of 5/6,
/// weights equal, give .6532. A weight that is not above 0 leaves its criterion out of the score.
pub fn priority(criteria: &Criteria, weights: &PriorityWeights) -> Priority {
    let (values, weights) = (values(criteria), weights_of(weights));
    let parts = (0..CRITERIA).map(|i| {
        let (key, name) = NAMES[i];
        Part { key, name, value: values[i], weight: weights[i], note: None }
    });
    let missing = (0..CRITERIA).filter(|i| values[*i].is_none()).map(|i| NAMES[i].1).collect();
    Priority { score: score(&values, &weights), parts: parts.collect(), missing }
}

/// Ranks uncertainties by priority, highest first, with the leave-one-criterion-out range of each.
///
/// The result is in the order of `all`. Where leaving out a criterion leaves no score, the
/// uncertainty stands after all that have one.
pub fn rank(all: &[Criteria], weights: &PriorityWeights) -> Vec<Rank> {
    let weights = weights_of(weights);
    let scores = |left_out: Option<usize>| -> Vec<Option<f64>> {
        all.iter()
            .map(|criteria| {
                let mut values = values(criteria);
                if let Some(i) = left_out {
                    values[i] = None;
                }
                score(&values, &weights)
            })
            .collect()
    };
    let full = scores(None);
    let mut runs = vec![places(&full)];
    runs.extend((0..CRITERIA).map(|i| places(&scores(Some(i)))));
    (0..all.len())
        .map(|i| {
            let mine = runs.iter().map(|run| run[i]);
            Rank {
                rank: full[i].map(|_| runs[0][i]),
                best: mine.clone().min().unwrap_or(1),
                worst: mine.max().unwrap_or(1),
            }
        })
        .collect()
}

/// K: `1 - |S - R| / (S + R)`, with S and R the sums of link weights for and against
/// ([`sum_of_best`]); 0 where both sums are 0.
///
/// Worked: S 1.7222, R 1.0000 gives .7347. Where there are links but none is appraised the sums do
/// not exist: the caller leaves the criterion out rather than calling this.
pub fn conflict(supports: f64, refutes: f64) -> f64 {
    let sum = supports + refutes;
    if sum > 0.0 { 1.0 - (supports - refutes).abs() / sum } else { 0.0 }
}

/// Sum of weights, the best of each source only: a source does not count more for saying it twice.
///
/// Worked: source 1 with .8333 and .2222, source 2 with .4444 gives 1.2778.
pub fn sum_of_best<S: Ord>(weights: impl IntoIterator<Item = (S, f64)>) -> f64 {
    let mut best: BTreeMap<S, f64> = BTreeMap::new();
    for (source, weight) in weights {
        let known = best.entry(source).or_insert(weight);
        *known = known.max(weight);
    }
    // Added in order of size, so that the sum does not hang on how sources are named.
    let mut weights: Vec<f64> = best.into_values().collect();
    weights.sort_by(f64::total_cmp);
    weights.into_iter().fold(0.0, |sum, weight| sum + weight)
}

/// T: `1 - (strands with a link of richness 2 or more) / (strands of the project)`.
///
/// Worked: rich evidence from 3 of 4 strands gives .25. `None` without strands.
pub fn thinness(rich: usize, strands: usize) -> Option<f64> {
    (strands > 0).then(|| 1.0 - rich.min(strands) as f64 / strands as f64)
}

/// G where groups have rated: `(highest - lowest group median) / span`, the span 8 on the scale 1 to 9.
///
/// Worked: medians 8, 6 and 2.5 on 1 to 9 give .6875. `None` with fewer than two groups.
pub fn divergence_of_votes(group_medians: &[f64], span: u32) -> Option<f64> {
    range(group_medians).filter(|_| span > 0).map(|range| range / f64::from(span))
}

/// G where nobody has voted: `(highest - lowest of (S - R) / (S + R) over groups) / 2`, each group
/// given as its `(S, R)`; a group with `S + R = 0` has said nothing and is left out.
///
/// Worked: (1.5, 0.5) and (0, 0.8) give .5 and -1, so .75. `None` with fewer than two groups.
pub fn divergence_of_evidence(groups: &[(f64, f64)]) -> Option<f64> {
    let leanings: Vec<f64> = groups.iter().filter(|(s, r)| s + r > 0.0).map(|(s, r)| (s - r) / (s + r)).collect();
    range(&leanings).map(|range| range / 2.0)
}

/// C: active statements reached by `leads_to` from the uncertainty's own, over all active ones.
///
/// Worked: 4 of 10 give .4. `None` without active statements.
pub fn centrality(reached: usize, active: usize) -> Option<f64> {
    (active > 0).then(|| reached.min(active) as f64 / active as f64)
}

/// I, U, A: the mean over groups of each group's mean rating (0, 0.5 or 1), so that a small group
/// weighs as much as a large one.
///
/// Worked: service users 1, 1, 0.5 and GPs 0.5 give (.8333 + .5) / 2 = .6667. `None` without ratings.
pub fn group_equal_mean<'g>(ratings: impl IntoIterator<Item = (&'g str, f64)>) -> Option<f64> {
    let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (group, value) in ratings {
        groups.entry(group).or_default().push(value);
    }
    let means: Vec<f64> = groups.into_values().filter_map(|values| mean(&values)).collect();
    mean(&means)
}

fn values(of: &Criteria) -> [Option<f64>; CRITERIA] {
    [of.conflict, of.thinness, of.divergence, of.centrality, of.importance, of.urgency, of.answerability]
}

fn weights_of(of: &PriorityWeights) -> [f64; CRITERIA] {
    [of.conflict, of.thinness, of.divergence, of.centrality, of.importance, of.urgency, of.answerability]
}

fn score(values: &[Option<f64>; CRITERIA], weights: &[f64; CRITERIA]) -> Option<f64> {
    let (mut sum, mut weighed) = (0.0, 0.0);
    for (value, weight) in values.iter().zip(weights) {
        if let Some(value) = value
            && *weight > 0.0
        {
            sum += weight * value;
            weighed += weight;
        }
    }
    (weighed > 0.0).then(|| sum / weighed)
}

/// 1 + how many score higher; those without a score come after all that have one.
fn places(scores: &[Option<f64>]) -> Vec<usize> {
    let better = |mine: Option<f64>, other: Option<f64>| match (mine, other) {
        (Some(mine), Some(other)) => other > mine + SAME,
        (None, Some(_)) => true,
        (_, None) => false,
    };
    scores.iter().map(|mine| 1 + scores.iter().filter(|other| better(*mine, **other)).count()).collect()
}

fn range(values: &[f64]) -> Option<f64> {
    let low = values.iter().copied().reduce(f64::min)?;
    let high = values.iter().copied().reduce(f64::max)?;
    (values.len() >= 2).then_some(high - low)
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(value: Option<f64>, wanted: f64) {
        let value = value.expect("a value");
        assert!((value - wanted).abs() < 5e-5, "{value} is not {wanted}");
    }

    fn weight(relevance: f64, richness: f64, rigour: f64) -> f64 {
        relevance / 3.0 * (richness + rigour) / 6.0
    }

    fn criteria(theory: [f64; 4], rated: [f64; 3]) -> Criteria {
        Criteria {
            conflict: Some(theory[0]),
            thinness: Some(theory[1]),
            divergence: Some(theory[2]),
            centrality: Some(theory[3]),
            importance: Some(rated[0]),
            urgency: Some(rated[1]),
            answerability: Some(rated[2]),
        }
    }

    /// Method reference 6.4, P1: endings, peer workers, groups.
    fn oracle() -> [Criteria; 3] {
        [
            criteria([0.9, 0.25, 0.5, 0.6], [1.0, 11.0 / 12.0, 2.0 / 3.0]),
            criteria([0.734_694, 0.25, 0.6875, 0.4], [5.0 / 6.0; 3]),
            criteria([0.4, 0.5, 0.25, 0.2], [0.5, 1.0 / 3.0, 5.0 / 6.0]),
        ]
    }

    #[test]
    fn oracle_p1_conflict() {
        let links = [weight(3.0, 3.0, 2.0), weight(2.0, 2.0, 2.0), weight(2.0, 1.0, 3.0)];
        for (link, wanted) in links.iter().zip([0.8333, 0.4444, 0.4444]) {
            close(Some(*link), wanted);
        }
        let against = [weight(3.0, 2.0, 2.0), weight(2.0, 2.0, 1.0)];
        let (s, r) = (sum_of_best(links.into_iter().enumerate()), sum_of_best(against.into_iter().enumerate()));
        close(Some(s), 1.7222);
        close(Some(r), 1.0);
        assert!((conflict(s, r) - 0.734_694).abs() < 5e-7);
    }

    #[test]
    fn oracle_p1_scores_and_order() {
        let weights = PriorityWeights::default();
        for (criteria, wanted) in oracle().iter().zip([0.6905, 0.6532, 0.4310]) {
            let priority = priority(criteria, &weights);
            close(priority.score, wanted);
            assert!(priority.missing.is_empty());
        }
        let ranks = rank(&oracle(), &weights);
        assert_eq!(ranks.iter().map(|one| one.rank).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
        assert!(ranks.iter().all(|one| one.is_robust()), "unchanged under every leave-one-out");
    }

    #[test]
    fn a_missing_criterion_is_left_out_and_named() {
        let weights = PriorityWeights::default();
        let mut peer = oracle()[1];
        peer.divergence = None;
        let priority = priority(&peer, &weights);
        close(priority.score, (0.734_694 + 0.25 + 0.4 + 2.5) / 6.0);
        assert_eq!(priority.missing, ["divergence between groups"]);
        assert_eq!(priority.parts[2].value, None);
    }

    #[test]
    fn nothing_known_gives_no_score_and_no_rank() {
        let nothing = Criteria::default();
        assert_eq!(priority(&nothing, &PriorityWeights::default()).score, None);
        let ranks = rank(&[nothing, oracle()[0]], &PriorityWeights::default());
        assert_eq!((ranks[0].rank, ranks[0].best), (None, 2));
        assert!(!ranks[0].is_robust());
        assert_eq!(ranks[1].rank, Some(1));
    }

    #[test]
    fn equal_scores_share_a_rank() {
        let [endings, peer, groups] = oracle();
        let ranks = rank(&[peer, endings, peer, groups], &PriorityWeights::default());
        assert_eq!(ranks.iter().map(|one| one.rank.unwrap()).collect::<Vec<_>>(), [2, 1, 2, 4]);
    }

    #[test]
    fn an_order_that_hangs_on_one_criterion_is_not_robust() {
        let first = Criteria { conflict: Some(1.0), thinness: Some(0.2), ..Criteria::default() };
        let second = Criteria { conflict: Some(0.0), thinness: Some(0.6), ..Criteria::default() };
        let ranks = rank(&[first, second], &PriorityWeights::default());
        assert_eq!((ranks[0].rank, ranks[0].best, ranks[0].worst), (Some(1), 1, 2));
        assert!(!ranks[0].is_robust() && !ranks[1].is_robust());
    }

    #[test]
    fn a_criterion_without_weight_is_shown_and_does_not_count() {
        let weights = PriorityWeights { conflict: 0.0, ..PriorityWeights::default() };
        let one = Criteria { conflict: Some(1.0), thinness: Some(0.25), ..Criteria::default() };
        let priority = priority(&one, &weights);
        assert_eq!(priority.score, Some(0.25));
        assert_eq!(priority.parts[0].value, Some(1.0));
    }

    #[test]
    fn worked_numbers_of_the_single_criteria() {
        close(Some(conflict(0.0, 0.0)), 0.0);
        close(Some(sum_of_best([(1, 0.8333), (1, 0.2222), (2, 0.4444)])), 1.2777);
        close(thinness(3, 4), 0.25);
        close(divergence_of_votes(&[8.0, 6.0, 2.5], 8), 0.6875);
        close(divergence_of_evidence(&[(1.5, 0.5), (0.0, 0.8), (0.0, 0.0)]), 0.75);
        close(centrality(4, 10), 0.4);
        close(group_equal_mean([("users", 1.0), ("gps", 0.5), ("users", 1.0), ("users", 0.5)]), 2.0 / 3.0);
        assert_eq!(divergence_of_evidence(&[(1.0, 0.0), (0.0, 0.0)]), None);
        assert_eq!(divergence_of_votes(&[5.0], 8), None);
        assert_eq!((thinness(0, 0), centrality(0, 0), group_equal_mean([])), (None, None, None));
    }

    proptest! {
        #[test]
        fn a_score_lies_between_its_criteria(known in proptest::collection::vec(proptest::option::of(0.0..=1.0_f64), 7)) {
            let all = Criteria {
                conflict: known[0], thinness: known[1], divergence: known[2], centrality: known[3],
                importance: known[4], urgency: known[5], answerability: known[6],
            };
            let priority = priority(&all, &PriorityWeights::default());
            let there: Vec<f64> = known.iter().flatten().copied().collect();
            prop_assert_eq!(priority.missing.len(), 7 - there.len());
            match priority.score {
                None => prop_assert!(there.is_empty()),
                Some(score) => prop_assert!(
                    there.iter().any(|one| *one <= score + 1e-12) && there.iter().any(|one| *one >= score - 1e-12)
                ),
            }
        }

        #[test]
        fn the_rank_lies_in_its_range(scores in proptest::collection::vec((0.0..=1.0_f64, 0.0..=1.0_f64), 1..8)) {
            let all: Vec<Criteria> = scores.iter()
                .map(|(k, t)| Criteria { conflict: Some(*k), thinness: Some(*t), ..Criteria::default() })
                .collect();
            for rank in rank(&all, &PriorityWeights::default()) {
                let at = rank.rank.unwrap();
                prop_assert!(rank.best <= at && at <= rank.worst && rank.worst <= all.len());
            }
        }
    }
}
