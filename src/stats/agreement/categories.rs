//! The categories units are put into: their order, their numbers, and the weights between them.

/// Categories in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Categories {
    labels: Vec<String>,
    /// Where every label is a number.
    scores: Option<Vec<f64>>,
    /// Somebody said the order, or the labels are numbers.
    ordered: bool,
}

crate::vocabulary! {
    /// What agreement between two categories counts, from 1 for the same to 0 for the furthest apart. With
    /// `d` the distance between two and `D` the greatest there is:
    pub enum Weights "weighting" {
        /// 0 unless they are the same.
        Identity "identity",
        /// `1 - d / D`
        Linear "linear",
        /// `1 - (d / D)²`
        Quadratic "quadratic",
        /// `1 - √(d / D)`
        Radical "radical",
        /// `1 - C(s + 1, 2) / C(q, 2)`, `s` the number of steps between them, of `q` categories.
        Ordinal "ordinal",
    }
}

impl Categories {
    /// Those that occur: by number where all are numbers, else by the alphabet, which is no order.
    pub fn found<'l>(labels: impl IntoIterator<Item = &'l str>) -> Self {
        let mut labels: Vec<&str> = labels.into_iter().collect();
        labels.sort_unstable();
        labels.dedup();
        if let Some(mut scored) = labels.iter().map(|label| Some((number(label)?, *label))).collect::<Option<Vec<_>>>()
        {
            scored.sort_by(|a, b| a.0.total_cmp(&b.0));
            scored.dedup_by(|a, b| a.0.total_cmp(&b.0).is_eq());
            labels = scored.into_iter().map(|(_, label)| label).collect();
            return Categories { ordered: true, ..Categories::given(&labels) };
        }
        Categories { ordered: false, ..Categories::given(&labels) }
    }

    /// Those somebody names, in order; they count even where none occurs.
    pub fn given(labels: &[&str]) -> Self {
        let scores = labels.iter().map(|label| number(label)).collect();
        Categories { labels: labels.iter().map(|label| (*label).to_owned()).collect(), scores, ordered: true }
    }

    pub fn len(&self) -> usize {
        self.labels.len()
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// The category a value names: `2.0` is `2` where the categories are numbers.
    pub fn find(&self, value: &str) -> Option<usize> {
        match (&self.scores, number(value)) {
            (Some(scores), Some(value)) => scores.iter().position(|score| score.total_cmp(&value).is_eq()),
            _ => self.labels.iter().position(|label| label == value),
        }
    }

    /// The numbers the categories are; `None` where one is a word.
    pub fn scores(&self) -> Option<&[f64]> {
        self.scores.as_deref()
    }

    /// Where the categories lie on a line: at their numbers where these rise, else one step apart. `None`
    /// where they have no order.
    pub fn positions(&self) -> Option<Vec<f64>> {
        let rises = |scores: &&[f64]| scores.windows(2).all(|pair| pair[0] < pair[1]);
        match self.scores().filter(rises) {
            Some(scores) => Some(scores.to_vec()),
            None => self.ordered.then(|| (0..self.labels.len()).map(|at| at as f64).collect()),
        }
    }
}

/// `-0` is 0, and what is no finite number is a word.
fn number(label: &str) -> Option<f64> {
    label.trim().parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number + 0.0)
}

impl Weights {
    /// The weight between the categories `a` and `b` of those at `positions`.
    pub fn between(self, positions: &[f64], a: usize, b: usize) -> f64 {
        if a == b {
            return 1.0;
        }
        let greatest = positions.last().copied().unwrap_or(0.0) - positions.first().copied().unwrap_or(0.0);
        let distance = (positions[a] - positions[b]).abs() / greatest;
        let steps = a.abs_diff(b) as f64;
        let pairs = |n: f64| n * (n - 1.0) / 2.0;
        match self {
            Weights::Identity => 0.0,
            Weights::Linear => 1.0 - distance,
            Weights::Quadratic => 1.0 - distance * distance,
            Weights::Radical => 1.0 - distance.sqrt(),
            Weights::Ordinal => 1.0 - pairs(steps + 1.0) / pairs(positions.len() as f64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    #[test]
    fn numbers_stand_in_their_order_and_words_in_none() {
        let numbers = Categories::found(["10", "9", "2.0", "2"]);
        assert_eq!(numbers.labels(), ["2", "9", "10"]);
        assert_eq!(numbers.positions(), Some(vec![2.0, 9.0, 10.0]));
        assert_eq!((numbers.find("2.00"), numbers.find("3")), (Some(0), None));
        let words = Categories::found(["low", "high"]);
        assert_eq!((words.positions(), words.scores()), (None, None));
        assert_eq!(Categories::given(&["low", "mid", "high"]).positions(), Some(vec![0.0, 1.0, 2.0]));
        assert_eq!(Categories::given(&["3", "1"]).positions(), Some(vec![0.0, 1.0]));
    }

    #[test]
    fn weights_fall_with_distance() {
        let positions = [1.0, 2.0, 3.0, 5.0];
        let between = |weights: Weights| weights.between(&positions, 0, 2);
        close(between(Weights::Identity), 0.0, 1e-12);
        close(between(Weights::Linear), 0.5, 1e-12);
        close(between(Weights::Quadratic), 0.75, 1e-12);
        close(between(Weights::Ordinal), 0.5, 1e-12);
        close(between(Weights::Radical), 1.0 - 0.5_f64.sqrt(), 1e-12);
        for weights in Weights::ALL {
            assert_eq!((weights.between(&positions, 1, 1), weights.between(&positions, 3, 0)), (1.0, 0.0));
        }
    }
}
