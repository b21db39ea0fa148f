//! What there is to see of one set of ratings, and its JSON.

use super::{Arguments, Which};
use crate::cli::commands::shared::counted;
use crate::cli::commands::stats::output::Answer;
use crate::report::disagreements::NOTE;
use crate::stats::agreement::{Metric, Outcome, Ratings, Split, Weights, agreement, contingency, splits};
use crate::stats::chance::Draws;
use crate::table::{Cell, Column, Table};
use serde_json::{Value, json};

/// A contingency table wider than this is no help.
const WIDEST: usize = 20;

/// Two coders by themselves, on the units that both have coded.
pub struct Pair {
    pub coders: [String; 2],
    pub units: usize,
    pub outcomes: Vec<Outcome>,
}

/// Everything there is to say of one set of ratings.
pub struct Analysis<'r> {
    pub ratings: &'r Ratings,
    pub outcomes: Vec<Outcome>,
    splits: Vec<Split>,
    pub pairs: Vec<Pair>,
    weights: Weights,
    draws: Option<Draws>,
    most_shown: usize,
}

impl<'r> Analysis<'r> {
    pub fn of(ratings: &'r Ratings, arguments: &Arguments) -> Self {
        let metrics = arguments.metric.iter().flat_map(|which| match which {
            Which::All => Metric::ALL.to_vec(),
            Which::One(metric) => vec![*metric],
        });
        let metrics: Vec<Metric> = metrics.collect();
        let draws = (!arguments.no_ci).then_some(Draws { number: arguments.bootstrap, seed: arguments.seed });
        let n = ratings.coders().len();
        let every_pair = (0..n).flat_map(|one| (one + 1..n).map(move |other| (one, other)));
        let pair = |(one, other)| {
            let both = ratings.pair(one, other);
            let outcomes = agreement(&both, &metrics, arguments.weights, draws);
            let coders = [one, other].map(|coder: usize| ratings.coders()[coder].clone());
            Pair { coders, units: both.units().len(), outcomes }
        };
        Analysis {
            ratings,
            splits: splits(ratings),
            outcomes: agreement(ratings, &metrics, arguments.weights, draws),
            pairs: if arguments.pairs { every_pair.map(pair).collect() } else { Vec::new() },
            weights: arguments.weights,
            draws,
            most_shown: arguments.disagreements,
        }
    }

    /// The tables to talk about, before any coefficient.
    pub fn before(&self, answer: &mut Answer) {
        let q = self.ratings.categories().len();
        let two = self.ratings.coders().len() == 2;
        answer.heading(if two {
            format!("{} (rows) against {} (columns), units", self.ratings.coders()[0], self.ratings.coders()[1])
        } else {
            "Which categories meet on a unit: pairs of values, each unit weighing as many as it has values".to_owned()
        });
        if q > WIDEST {
            answer.note(format!("{q} categories: too many for a table"));
        } else if q > 0 {
            answer.aside(self.contingency());
        }
        let differ = self.splits.len();
        let number = counted(differ, "unit");
        answer.heading(match (differ, differ > self.most_shown) {
            (0, _) => "Coders differ on no unit".to_owned(),
            (_, false) => format!("Coders differ on {number}, the most divided first"),
            (_, true) => {
                format!("Coders differ on {number}; the {} most divided (--disagreements shows more)", self.most_shown)
            }
        });
        if differ > 0 && self.most_shown > 0 {
            answer.aside(self.disagreements());
        }
    }

    fn contingency(&self) -> Table {
        let labels = self.ratings.categories().labels();
        let mut columns = vec![Column::new("category", "")];
        columns.extend(labels.iter().map(|label| Column::new(label, label).decimals(2)));
        let mut table = Table::new(columns);
        let counted = contingency(self.ratings);
        for (label, cells) in labels.iter().zip(&counted.cells) {
            let shown = cells.iter().map(|cell| {
                #[allow(clippy::cast_possible_truncation)] // a count of units
                if counted.two_coders { Cell::Whole(*cell as i64) } else { Cell::Real(*cell) }
            });
            table.push(std::iter::once(label.as_str().into()).chain(shown).collect());
        }
        table
    }

    fn disagreements(&self) -> Table {
        let mut columns = vec![Column::new("unit", "Unit")];
        columns.extend(self.ratings.coders().iter().map(|coder| Column::new(coder, coder)));
        let mut table = Table::new(columns);
        for split in self.splits.iter().take(self.most_shown) {
            let mut row = vec![Cell::Empty; self.ratings.coders().len() + 1];
            row[0] = self.ratings.units()[split.unit].as_str().into();
            for (coder, category) in self.ratings.values(split.unit) {
                row[*coder as usize + 1] = self.ratings.categories().labels()[*category as usize].as_str().into();
            }
            table.push(row);
        }
        table
    }

    pub fn json(&self) -> Value {
        let ratings = self.ratings;
        let shown = self.splits.iter().take(self.most_shown).map(|split| {
            let values = ratings.values(split.unit).iter().map(|(coder, category)| {
                let value = &ratings.categories().labels()[*category as usize];
                (ratings.coders()[*coder as usize].clone(), json!(value))
            });
            json!({ "unit": ratings.units()[split.unit], "values": values.collect::<serde_json::Map<_, _>>() })
        });
        let cells = (ratings.categories().len() <= WIDEST).then(|| contingency(ratings).cells);
        let pairs = self.pairs.iter().map(|pair| {
            json!({
                "coders": pair.coders,
                "n_units": pair.units,
                "metrics": pair.outcomes.iter().map(metric).collect::<Vec<_>>(),
            })
        });
        json!({
            "n_units": ratings.units().len(),
            "n_coders": ratings.coders().len(),
            "metrics": self.outcomes.iter().map(metric).collect::<Vec<_>>(),
            "pairs": pairs.collect::<Vec<_>>(),
            "coders": ratings.coders(),
            "categories": ratings.categories().labels(),
            "contingency": cells,
            "disagreements": { "n": self.splits.len(), "shown": shown.collect::<Vec<_>>() },
            "weights": self.weights,
            "bootstrap": self.draws.map(|draws| json!({
                "seed": draws.seed,
                "resamples": self.resamples().unwrap_or_else(|| f64::from(draws.number)),
                "exact": self.is_exact(),
                "resampled": "units",
                "interval": "2.5 and 97.5 percentiles, inverse of the distribution function",
            })),
            "note": NOTE,
        })
    }

    /// All coders together (no names), then each pair: with the units that count and what came of them.
    pub fn results(&self) -> impl Iterator<Item = (Option<&[String; 2]>, usize, &[Outcome])> {
        let pairs = self.pairs.iter().map(|pair| (Some(&pair.coders), pair.units, &pair.outcomes[..]));
        std::iter::once((None, self.ratings.units().len(), &self.outcomes[..])).chain(pairs)
    }

    pub fn resamples(&self) -> Option<f64> {
        self.outcomes.iter().find_map(|outcome| Some(outcome.interval?.resamples))
    }

    pub fn is_exact(&self) -> bool {
        self.outcomes.iter().any(|outcome| outcome.interval.is_some_and(|interval| interval.exact))
    }
}

fn metric(outcome: &Outcome) -> Value {
    let coefficient = outcome.coefficient.as_ref().ok();
    let interval = outcome.interval;
    json!({
        "name": outcome.metric,
        "value": coefficient.map(|one| one.value),
        "observed": coefficient.map(|one| one.observed),
        "expected": coefficient.and_then(|one| one.expected),
        "ci_low": interval.map(|one| one.low),
        "ci_high": interval.map(|one| one.high),
        "undefined": outcome.coefficient.as_ref().err(),
        "dropped": interval.map(|one| one.dropped),
    })
}
