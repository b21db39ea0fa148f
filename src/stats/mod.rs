//! Statistics as pure functions: plain values in, plain values out.
//!
//! One file per family. The doc comment of each function gives the formula, its source and a worked
//! number. Nothing here knows a synthesis: `frame` gathers the values, `report` prints the results.
//! A statistic that does not exist is `None`, never 0, 1 or NaN.

pub mod order;
pub mod priority;
