//! What `realist.toml` says of a project. Edited by hand; comments survive the tool.

use crate::strand::SlotScheme;
use crate::strand::{SourceKind, Strand};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The newest on-disk format this build reads and writes (`docs/format.md`).
pub const FORMAT: u32 = 1;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// Version of the on-disk format.
    pub format: u32,
    /// Identity of the project: every stream names it.
    pub project: crate::id::Id,
    pub title: String,
    /// Review questions ("what works, for whom, ...").
    #[serde(default)]
    pub questions: Vec<String>,
    /// Which parts a configuration is made of.
    #[serde(default)]
    pub configuration: SlotScheme,
    /// Every quotation of the project is made up, and papers say so.
    #[serde(default)]
    pub synthetic: bool,
    #[serde(default, rename = "strand")]
    pub strands: Vec<Strand>,
    #[serde(default, rename = "group")]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub thresholds: Thresholds,
    #[serde(default)]
    pub priority: PriorityWeights,
    /// Terms that mean the same: `evidence list --about` finds them all by any of them, and statements are
    /// compared by them.
    #[serde(default)]
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// Parts of statements that are one thing where patterns are looked for: wordings by the name of their group.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub part_groups: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Consolidation::is_usual")]
    pub consolidation: Consolidation,
    #[serde(default, skip_serializing_if = "Attribution::is_usual")]
    pub attribution: Attribution,
    #[serde(default, skip_serializing_if = "Reporting::is_nothing")]
    pub reporting: Reporting,
    /// The style of lists of references: the name of one that comes along, or a `.csl` file in the project's folder. APA
    /// unless said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub citation_style: Option<String>,
    /// What reading a file may cost, where it differs from the tool's own: limit by name, by format or for `all`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub limits: BTreeMap<String, BTreeMap<String, u64>>,
}

/// How the team consolidates its statements.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Consolidation {
    /// The team sorts cards by hand before any proposal is shown.
    pub by_hand_first: bool,
}

impl Consolidation {
    #[allow(clippy::trivially_copy_pass_by_ref)] // as serde asks
    fn is_usual(&self) -> bool {
        *self == Consolidation::default()
    }
}

/// What reporting checklists ask for and nothing else in a project tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reporting {
    /// Who paid, and what part the funder had.
    pub funding: Option<String>,
    /// Interests of the authors.
    pub interests: Option<String>,
}

impl Reporting {
    fn is_nothing(&self) -> bool {
        *self == Reporting::default()
    }
}

/// How papers for others say who speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attribution {
    /// Headings of facesheets whose values are said beside group and kind of source, the most telling of the study first.
    pub attributes: Vec<String>,
}

impl Attribution {
    fn is_usual(&self) -> bool {
        *self == Attribution::default()
    }
}

/// A stakeholder group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub key: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Thresholds {
    /// Smallest group that papers for others show on its own.
    pub smallest_group: usize,
    /// Quotations a side in a briefing.
    pub quotations: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds { smallest_group: 3, quotations: 3 }
    }
}

/// Weights of the priority formula (method reference 6.4). Display aids, not evidence grades.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PriorityWeights {
    pub conflict: f64,
    pub thinness: f64,
    pub divergence: f64,
    pub centrality: f64,
    pub importance: f64,
    pub urgency: f64,
    pub answerability: f64,
}

impl Default for PriorityWeights {
    fn default() -> Self {
        PriorityWeights {
            conflict: 1.0,
            thinness: 1.0,
            divergence: 1.0,
            centrality: 1.0,
            importance: 1.0,
            urgency: 1.0,
            answerability: 1.0,
        }
    }
}

impl Settings {
    /// The strand a source of this kind belongs to unless it names one itself: the first declared
    /// for the kind, else the kind's own word.
    pub fn strand_of(&self, kind: SourceKind) -> String {
        self.strands
            .iter()
            .find(|strand| strand.kinds.contains(&kind))
            .map_or_else(|| kind.word().to_owned(), |strand| strand.key.clone())
    }

    /// What papers call a strand.
    pub fn strand_title(&self, key: &str) -> String {
        self.strands
            .iter()
            .find(|strand| strand.key == key)
            .map_or_else(|| key.replace('_', " "), |strand| strand.title.clone())
    }

    /// What papers call a stakeholder group.
    pub fn group_title(&self, key: &str) -> String {
        self.groups
            .iter()
            .find(|group| group.key == key)
            .map_or_else(|| key.replace('_', " "), |group| group.title.clone())
    }
}
