//! `realist stats`: published numbers through the command, data as CSV in, JSON out.

mod agreement;
mod configurations;
mod own_spans;
mod panels;
mod published;
mod spans;

use crate::desk::{Answer, Desk};
use serde_json::Value;

/// Runs a statistic on a CSV in a folder that holds no project.
fn stats(content: &str, arguments: &[&str]) -> Answer {
    let desk = Desk::bare();
    let file = desk.file("data.csv", content);
    desk.outside(&[&["stats", arguments[0], &file], &arguments[1..]].concat())
}

#[track_caller]
fn json(content: &str, arguments: &[&str]) -> Value {
    stats(content, &[arguments, &["--format", "json"]].concat()).done().json()
}

#[track_caller]
fn close(value: &Value, wanted: f64, tolerance: f64) {
    let number = value.as_f64().unwrap_or_else(|| panic!("{value} is no number"));
    assert!((number - wanted).abs() <= tolerance, "{number} is not {wanted}");
}
