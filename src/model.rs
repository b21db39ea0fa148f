//! Models of care that are set beside each other: what a model is, what its sources say of one feature (a cell), what
//! they report of one outcome, and which statements explain why a feature matters.
//!
//! A feature is a code and so is an outcome; their definitions, merging and retiring are the codebook's business. The
//! passages behind a cell are codings of its feature, so that corrections, withdrawals and consent reach them.

use crate::id::Id;
use crate::passage::Quotation;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// Along which line services are joined, as the field uses the words.
    pub enum Axis "axis of integration" {
        /// Peer services at one level.
        Horizontal "horizontal",
        /// Across primary, secondary and tertiary care.
        Vertical "vertical",
        Both "both",
    }
}

crate::vocabulary! {
    /// Whom a model is for. Some sources call this horizontal and vertical too: it is kept apart from [`Axis`].
    pub enum Reach "reach of a model" {
        WholePopulation "whole_population",
        Targeted "targeted",
        Both "both",
    }
}

crate::vocabulary! {
    /// What a model's sources say of a feature (method reference 5.1).
    pub enum Value "value of a cell" {
        Present "present",
        /// Some of it, or in some places.
        Partial "partial",
        /// A source says that it is not there.
        Absent "absent",
        /// Sources say different things.
        Contested "contested",
        /// They are silent. Silence is not absence.
        NotReported "not_reported",
    }
}

impl Value {
    /// `not reported`.
    pub fn title(self) -> &'static str {
        match self {
            Value::NotReported => "not reported",
            other => other.word(),
        }
    }

    pub fn is_reported(self) -> bool {
        self != Value::NotReported
    }
}

crate::vocabulary! {
    /// Which way an outcome went, as a source reports it.
    pub enum Direction "direction of an outcome" {
        Up "up",
        Down "down",
        /// A source says that nothing changed.
        None "none",
        Mixed "mixed",
        NotReported "not_reported",
    }
}

impl Direction {
    /// `no change`.
    pub fn title(self) -> &'static str {
        match self {
            Direction::None => "no change",
            Direction::NotReported => "not reported",
            other => other.word(),
        }
    }
}

/// A model of care: one that others describe, or the team's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub name: String,
    #[serde(default)]
    pub description: Option<String>,
    /// Where it is described. On disk each is a field of its own, `source:<id>`, so that two people may add some.
    #[serde(skip)]
    pub sources: BTreeSet<Id>,
    #[serde(default)]
    pub integration_axis: Option<Axis>,
    #[serde(default)]
    pub reach: Option<Reach>,
    /// How its source speaks of its integration, in the source's own words.
    #[serde(default)]
    pub words: Option<String>,
    /// Whose words they are, as far as somebody said; else they may be anybody's among its sources.
    #[serde(default)]
    pub words_source: Option<Id>,
    /// The model the team develops.
    #[serde(default)]
    pub ours: bool,
    /// Of its steps a person uses one at a time. Not so unless somebody says so.
    #[serde(default)]
    pub exclusive: bool,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub author: Option<String>,
}

/// What a model's sources say of a feature. Where there is no cell, nobody has judged it: it counts as not reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub model: Id,
    /// A code.
    pub feature: Id,
    pub value: Value,
    /// Codings of the feature. On disk each is a field of its own, `passage:<id>`.
    #[serde(skip)]
    pub passages: BTreeSet<Id>,
    #[serde(default)]
    pub note: Option<String>,
    /// Tag of who set the value.
    pub by: String,
}

impl Cell {
    /// One model and one feature have one cell, on however many machines.
    pub fn id_of(model: Id, feature: Id) -> Id {
        Id::derived([b"model cell".as_slice(), model.as_bytes(), feature.as_bytes()])
    }
}

/// One result that a model's sources report of an outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub model: Id,
    /// A code; its kind is its topmost heading.
    pub outcome: Id,
    pub direction: Direction,
    #[serde(default)]
    pub measure: Option<String>,
    /// What it was measured against.
    #[serde(default)]
    pub comparator: Option<String>,
    /// Codings of the outcome. On disk each is a field of its own, `passage:<id>`.
    #[serde(skip)]
    pub passages: BTreeSet<Id>,
    #[serde(default)]
    pub note: Option<String>,
    pub by: String,
}

/// Why a feature matters: the statements that somebody says explain it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub code: Id,
    /// By statement. On disk each is a field of its own, `because:<id>`.
    #[serde(skip)]
    pub because: BTreeMap<Id, Because>,
}

impl Feature {
    /// One code has one, on however many machines.
    pub fn id_of(code: Id) -> Id {
        Id::derived([b"feature".as_slice(), code.as_bytes()])
    }
}

/// How a statement explains a feature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    pub why: String,
    /// Tag of the coder.
    pub by: String,
}

/// All that is held of models.
#[derive(Debug, Clone, Default)]
pub struct Models {
    pub models: BTreeMap<Id, Model>,
    pub cells: BTreeMap<Id, Cell>,
    pub outcomes: BTreeMap<Id, Outcome>,
    pub features: BTreeMap<Id, Feature>,
    /// The words behind the codings that cells and outcomes rest on, read back and checked.
    pub quotations: BTreeMap<Id, Quotation>,
}

impl Models {
    /// The codings that cells and outcomes rest on.
    pub fn passages(&self) -> BTreeSet<Id> {
        let cells = self.cells.values().flat_map(|cell| &cell.passages);
        cells.chain(self.outcomes.values().flat_map(|one| &one.passages)).copied().collect()
    }
}
