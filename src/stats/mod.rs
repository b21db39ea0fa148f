//! Statistics as pure functions: plain values in, plain values out.
//!
//! One file per family. The doc comment of each function gives the formula, its source and a worked
//! number. Nothing here knows a synthesis: `frame` gathers the values, `report` prints the results.
//! A statistic that does not exist is `None` or an [`Undefined`] with its reason, never 0, 1 or NaN.

pub mod order;
pub mod chance;
pub mod bootstrap;
pub mod agreement;
pub mod configurations;
pub mod spans;
pub mod spans1995;
pub mod spans_differ;
pub mod spans_over;
pub mod saturation;
pub mod ram;
pub mod wilcoxon;
pub mod kruskal;
pub mod concordance;
pub mod delphi;
pub mod choices;
pub mod ngt;
pub mod jla;
pub mod chnri;
pub mod priority;

use serde::Serialize;
use std::fmt;

/// Why a statistic does not exist for these data; for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Undefined(pub String);

/// A number, or why there is none.
pub type Defined<T = f64> = Result<T, Undefined>;

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The usual way to say that a statistic does not exist.
pub fn undefined<T>(why: impl Into<String>) -> Defined<T> {
    Err(Undefined(why.into()))
}

/// Two numbers the printed digits of a source cannot tell apart.
#[cfg(test)]
#[track_caller]
fn close(value: f64, wanted: f64, tolerance: f64) {
    assert!((value - wanted).abs() <= tolerance, "{value} is not {wanted}");
}
