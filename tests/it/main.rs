//! The promises of the tool, tried through the command people type.
//!
//! One binary, one module a promise. Each test sits at a [`desk`]: a folder, a person's tag, a cache
//! and a state of its own. What one function can get wrong is tested beside that function in `src/`;
//! here is only what needs the whole.

// Tests read the environment, write files and print; the doors of clippy.toml are for the library.
#![allow(
    clippy::assigning_clones,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::needless_pass_by_value
)]

mod data;
mod desk;
mod story;
mod streams;

mod assign;
mod blind;
mod attributes;
mod codebook;
mod colleague;
mod compare;
mod consolidate;
mod copied;
mod corrected;
mod crash;
mod deep;
mod disagreements;
mod example;
mod exchange;
mod extract;
mod faults;
mod format;
mod formats;
mod identifiers;
mod import;
mod invariants;
mod library;
mod life;
mod limits;
mod line_ends;
mod matrix;
mod meetings;
mod mixed;
mod needs;
mod next_theory;
mod paper;
mod passes;
mod pathway;
mod settling;
mod people;
mod purge;
mod query;
mod questions;
mod rounds;
mod recommend;
mod reports;
mod rows;
mod search;
mod searching;
mod sheet;
mod standings;
mod stats;
mod status;
mod talk;
mod chains;
mod figure;
mod theory;
mod tidy;
mod training;
mod undo;
mod union;
mod versions;
#[cfg(unix)]
mod write;
