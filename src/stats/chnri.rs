//! CHNRI: ideas scored by independent scorers on criteria, 0, 0.5 or 1 each.
//!
//! Rudan and others, Journal of Global Health 2016;6:010507. A score left empty is left out.

use super::order::mean;
use super::{Defined, undefined};

#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Mean over criteria of the mean score, from 0 to 100.
    pub score: Defined,
    /// Average expert agreement: mean over criteria of the share that gave the commonest score.
    pub aea: Defined,
    pub criteria: Vec<Criterion>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Criterion {
    /// Scorers who gave a score.
    pub n: usize,
    pub mean: Option<f64>,
    /// Share of them that gave the commonest one.
    pub agreement: Option<f64>,
}

/// `scores[criterion]` are the scores of one idea; `weights` one a criterion.
///
/// Worked: 1 1 .5 1 .5 1, 1 .5 .5 1 1 1 and 1 1 1 .5 .5 1: 83.33, agreement .6667.
pub fn scored(scores: &[Vec<f64>], weights: &[f64]) -> Scored {
    let criteria: Vec<Criterion> = scores
        .iter()
        .map(|scores| Criterion { n: scores.len(), mean: mean(scores), agreement: commonest(scores) })
        .collect();
    Scored {
        score: weighted(criteria.iter().map(|one| one.mean), weights).map(|score| 100.0 * score),
        aea: weighted(criteria.iter().map(|one| one.agreement), &vec![1.0; criteria.len()]),
        criteria,
    }
}

fn weighted(values: impl Iterator<Item = Option<f64>>, weights: &[f64]) -> Defined {
    let (mut sum, mut weighed) = (0.0, 0.0);
    for (value, weight) in values.zip(weights) {
        let Some(value) = value else { return undefined("a criterion has no score") };
        sum += value * weight;
        weighed += weight;
    }
    if weighed > 0.0 { Ok(sum / weighed) } else { undefined("no criterion has a weight") }
}

fn commonest(scores: &[f64]) -> Option<f64> {
    let most = scores.iter().map(|one| scores.iter().filter(|other| (*other - one).abs() < 1e-9).count()).max()?;
    Some(most as f64 / scores.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    #[test]
    fn oracle_p3() {
        let scores = [
            vec![1.0, 1.0, 0.5, 1.0, 0.5, 1.0],
            vec![1.0, 0.5, 0.5, 1.0, 1.0, 1.0],
            vec![1.0, 1.0, 1.0, 0.5, 0.5, 1.0],
        ];
        let one = scored(&scores, &[1.0; 3]);
        close(one.score.unwrap(), 83.33, 0.005);
        close(one.aea.unwrap(), 0.6667, 5e-5);
        assert_eq!(one.criteria[0].n, 6);
    }

    #[test]
    fn weights_count_and_gaps_are_said() {
        let one = scored(&[vec![1.0], vec![0.0]], &[3.0, 1.0]);
        close(one.score.unwrap(), 75.0, 1e-9);
        assert!(scored(&[vec![1.0], vec![]], &[1.0, 1.0]).score.unwrap_err().0.contains("no score"));
        assert!(scored(&[vec![1.0]], &[0.0]).score.is_err());
    }
}
