//! How far coders agree on units: percent agreement and twelve coefficients that allow for chance.
//!
//! With `r_ik` coders putting unit `i` into category `k`, `r_i = Σₖ r_ik` and `q` categories:
//!
//! - agreement of a unit with two or more values: `Σₖ r_ik (r_ik - 1) / (r_i (r_i - 1))`; observed
//!   agreement is its mean over those units;
//! - a coefficient is `(observed - expected) / (1 - expected)`; Krippendorff's alpha counts
//!   disagreement, `1 - observed / expected`.
//!
//! Method reference 4.4. In realist work agreement is a prompt for discussion, not a gate.

mod categories;
mod coefficients;
mod disagreement;
mod ratings;
mod tally;

pub use categories::{Categories, Weights};
pub use disagreement::{Contingency, Split, contingency, splits};
pub use ratings::{Gathering, Ratings, Repeated};

use super::Undefined;
use super::bootstrap::{self, Interval, Kinds};
use super::chance::Draws;
use tally::{Kind, Tally};

crate::vocabulary! {
    /// A statistic of agreement.
    pub enum Metric "statistic of agreement" {
        /// Observed agreement.
        Percent "percent",
        /// Cohen 1960: chance from each coder's own use of the categories.
        CohenKappa "cohen_kappa",
        /// Cohen 1968, near misses weighed by their distance.
        WeightedKappaLinear "weighted_kappa_linear",
        /// Cohen 1968, by the square of their distance.
        WeightedKappaQuadratic "weighted_kappa_quadratic",
        /// Scott 1955: chance from the two coders' pooled use.
        ScottPi "scott_pi",
        /// Fleiss 1971: the same for any number of coders.
        FleissKappa "fleiss_kappa",
        KrippendorffAlphaNominal "krippendorff_alpha_nominal",
        KrippendorffAlphaOrdinal "krippendorff_alpha_ordinal",
        KrippendorffAlphaInterval "krippendorff_alpha_interval",
        KrippendorffAlphaRatio "krippendorff_alpha_ratio",
        /// Gwet 2008: chance from how hard units are to classify.
        GwetAc1 "gwet_ac1",
        /// Gwet 2008 with weights.
        GwetAc2 "gwet_ac2",
        /// Brennan and Prediger 1981: every category as likely; Bennett's S, Randolph's free-marginal kappa.
        BrennanPrediger "brennan_prediger",
    }
}

impl Metric {}

/// A coefficient with what it is made of: agreement, or disagreement for Krippendorff's alpha.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    pub value: f64,
    pub observed: f64,
    /// `None` for percent agreement, which expects nothing.
    pub expected: Option<f64>,
}

/// What became of one metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub metric: Metric,
    pub coefficient: Result<Coefficient, Undefined>,
    /// Where one was asked for and the coefficient exists.
    pub interval: Option<Interval>,
}

/// Computes the metrics; with `draws` their bootstrap intervals too, over units.
///
/// Worked, Krippendorff 2011 (four coders, twelve units, gaps): percent .818182, nominal alpha .743421,
/// ordinal .815388, interval .849107, ratio .797403, Fleiss .76117, AC1 .77544, Brennan-Prediger .77273.
pub fn agreement(ratings: &Ratings, metrics: &[Metric], weights: Weights, draws: Option<Draws>) -> Vec<Outcome> {
    let (kinds, of_unit) = Kind::all(ratings, weights);
    let whole: Vec<u32> = kinds.iter().map(|kind| kind.units).collect();
    let compute = |counts: &[u32]| -> Vec<Result<Coefficient, Undefined>> {
        let tally = Tally::of(&kinds, counts, ratings);
        metrics.iter().map(|metric| coefficients::compute(*metric, &tally, ratings, weights)).collect()
    };
    let coefficients = compute(&whole);
    let intervals = match draws {
        Some(draws) if coefficients.iter().any(Result::is_ok) => {
            let kinds = Kinds { of_unit: &of_unit, number: kinds.len() };
            let values =
                |counts: &[u32]| compute(counts).into_iter().map(|one| one.ok().map(|one| one.value)).collect();
            bootstrap::intervals(&kinds, draws, values)
        }
        _ => vec![None; metrics.len()],
    };
    let outcomes = metrics.iter().zip(coefficients).zip(intervals);
    outcomes
        .map(|((metric, coefficient), interval)| Outcome {
            metric: *metric,
            interval: interval.filter(|_| coefficient.is_ok()),
            coefficient,
        })
        .collect()
}

#[cfg(test)]
mod tests;
