//! Two models: how far they are alike, and where they differ.

use super::matrix::Matrix;
use crate::model::Value;

/// How far two models say the same, over the features reported for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Likeness {
    pub equal: usize,
    /// Features reported for both.
    pub compared: usize,
    /// All features.
    pub of: usize,
    /// Features among those compared that one of the two is said to lack, where no passage that says so is left.
    pub unfounded: usize,
}

impl Likeness {
    /// From 0 to 1; nothing where no feature is reported for both.
    pub fn share(self) -> Option<f64> {
        (self.compared > 0).then(|| self.equal as f64 / self.compared as f64)
    }

    /// `4 of 5 alike (80 %), over 5 of 12 features`.
    pub fn in_words(self) -> String {
        let Likeness { equal, compared, of, unfounded } = self;
        let left = match unfounded {
            0 => String::new(),
            n => format!("; {n} of these by an absence with no passage left"),
        };
        match self.share() {
            Some(share) => {
                format!("{equal} of {compared} alike ({:.0} %), over {compared} of {of} features{left}", 100.0 * share)
            }
            None => format!("undefined: no feature is reported for both, of {of}"),
        }
    }
}

/// Printed with every likeness.
pub const RULE: &str = "Match: of the features reported for both models, the share with the same value. It says nothing \
of features that one of them does not report, and nothing of which model is better.";

/// The likeness of the models in these two columns.
pub fn likeness(matrix: &Matrix, one: usize, other: usize) -> Likeness {
    let mut likeness = Likeness { equal: 0, compared: 0, of: matrix.rows.len(), unfounded: 0 };
    for cells in &matrix.cells {
        let (a, b) = (cells[one].value, cells[other].value);
        if a.is_reported() && b.is_reported() {
            likeness.compared += 1;
            likeness.equal += usize::from(a == b);
            likeness.unfounded += usize::from(cells[one].is_unfounded() || cells[other].is_unfounded());
        }
    }
    likeness
}

/// A feature reported for both with different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Differing {
    pub row: usize,
    pub values: [Value; 2],
}

/// Where two models differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    pub differing: Vec<Differing>,
    /// Rows reported for one of them alone: they cannot be compared.
    pub one_sided: Vec<Differing>,
    /// Features reported for neither.
    pub silent: usize,
}

/// The difference of the models in these two columns.
pub fn difference(matrix: &Matrix, one: usize, other: usize) -> Difference {
    let mut difference = Difference::default();
    for (row, cells) in matrix.cells.iter().enumerate() {
        let values = [cells[one].value, cells[other].value];
        match values.map(Value::is_reported) {
            [true, true] if values[0] != values[1] => difference.differing.push(Differing { row, values }),
            [true, true] => {}
            [false, false] => difference.silent += 1,
            _ => difference.one_sided.push(Differing { row, values }),
        }
    }
    difference
}
