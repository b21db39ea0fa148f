//! The worked examples: made by the tool's own acts from the material in `examples/`, with clock and chance fixed, so
//! that they come out the same byte for byte wherever they are made. An example is a set of tables (`partners`,
//! `integrated_model`) and the order in which the acts are done; every other file here does one kind of act from its
//! table.
//!
//! Every quotation in them is synthetic.

mod coded;
mod maker;
mod material;
mod meeting;
mod models;
mod needs;
mod panel;
mod pathway;
mod recommendations;
mod searches;
mod settled;
mod statements;
mod uncertainties;

/// A table of an example: its stem and its text.
macro_rules! table {
    ($folder:literal, $name:literal) => {
        ($name, include_str!(concat!("../../../examples/", $folder, "/", $name, ".csv")))
    };
}

/// A document of an example: its name and its bytes.
macro_rules! source {
    ($folder:literal, $name:literal) => {
        ($name, include_bytes!(concat!("../../../examples/", $folder, "/sources/", $name)).as_slice())
    };
}

mod integrated_model;
mod partners;

use crate::diagnostic::{Fault, Result, fault};
use crate::project::{Project, Surroundings};
use crate::strand::SourceKind;
use maker::Maker;
use std::collections::BTreeMap;
use std::path::Path;

/// An example: its settings, its tables and its documents.
struct Example {
    settings: &'static str,
    /// CSV tables by stem.
    tables: &'static [(&'static str, &'static str)],
    /// The record of its meeting, in the form of `meeting record`.
    record: &'static str,
    /// Training cases by key, in the form in which people write them.
    trainings: &'static [(&'static str, &'static str)],
    /// What is said of ratings that nobody gave.
    ratings_note: &'static str,
    /// Who imports what, as which kind.
    documents: &'static [(&'static str, SourceKind, &'static [File])],
    /// As it is in the end, then as it was before.
    stages: &'static [Stage],
}

/// An example as it was at a time.
struct Stage {
    name: &'static str,
    /// The report to look at first.
    paper: &'static str,
    make: fn(&mut Maker<'_>) -> Result<()>,
}

/// Name and content.
type File = (&'static str, &'static [u8]);

/// The first is the one that is written where none is named.
static EXAMPLES: &[Example] = &[partners::EXAMPLE, integrated_model::EXAMPLE];

fn stages() -> impl Iterator<Item = (&'static Example, &'static Stage)> {
    EXAMPLES.iter().flat_map(|example| example.stages.iter().map(move |stage| (example, stage)))
}

/// Names of the examples there are.
pub fn names() -> Vec<&'static str> {
    stages().map(|(_, stage)| stage.name).collect()
}

/// The paper to look at first: what was decided, what is to be, or how models compare.
pub fn first_paper(name: &str) -> Option<&'static str> {
    stages().find(|(_, stage)| stage.name == name).map(|(_, stage)| stage.paper)
}

/// Writes the example of that name into `folder`; returns the number of operations in its journal.
///
/// Faults: `unknown-example`, and those of making a project there.
pub fn write(folder: &Path, name: &str) -> Result<usize> {
    let (example, stage) = stages().find(|(_, stage)| stage.name == name).ok_or_else(|| {
        fault("unknown-example", format!("there is no example '{name}'"))
            .hint(format!("examples: {}", names().join(", ")))
    })?;
    let scratch = tempfile::tempdir().map_err(|error| Fault::io("make a folder in", &std::env::temp_dir(), &error))?;
    let in_the_end = example.stages.first().map_or(name, |last| last.name);
    let surroundings = Surroundings {
        now: Some(START),
        seed: Some(format!("example {in_the_end}")),
        ..Surroundings::within(scratch.path(), None)
    };
    Project::create_with(folder, example.settings, &surroundings)?;
    let mut maker = Maker { example, folder, scratch: scratch.path(), surroundings, labels: BTreeMap::new() };
    (stage.make)(&mut maker)?;
    let project = maker.open("gj")?;
    Ok(project.state().operations())
}

/// 12 January 2026, nine in the morning.
const START: jiff::Timestamp = jiff::Timestamp::constant(1_768_208_400, 0);
