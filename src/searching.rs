//! How documents were found: searches, and how many records went through each stage of screening (method reference 2.2, 3.2).
//! Counts are kept as people say them; whether they add up is told by [`crate::screening`].

use crate::diagnostic::Result;
use crate::id::Id;
use crate::origin::Stream;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};

/// One search of one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    /// What was searched: a database, a website, the references of a work, a network of people.
    pub place: String,
    pub stream: Stream,
    /// Through what it was searched, as in `Ovid`.
    #[serde(default)]
    pub platform: Option<String>,
    /// `2011`, `2011-06` or `2011-06-30`.
    #[serde(default)]
    pub date: Option<String>,
    /// In full, as it was run.
    #[serde(default)]
    pub strategy: Option<String>,
    #[serde(default)]
    pub limits: Option<String>,
    /// Who searched, in the team's words.
    #[serde(default)]
    pub searcher: Option<String>,
    /// Why it was made.
    #[serde(default)]
    pub purpose: Option<String>,
    /// What came of it, in words.
    #[serde(default)]
    pub found: Option<String>,
    /// Made at the outset, to see what there is; its records are none of the flow.
    #[serde(default)]
    pub scoping: bool,
    #[serde(default)]
    pub records: Option<u64>,
    /// Statements, components, uncertainties and substantive theories it was made for. On disk each is a field of its own,
    /// `serves:<id>`.
    #[serde(skip)]
    pub serves: BTreeSet<Id>,
    /// Statements and uncertainties whose exceptions it looked for. On disk `against:<id>`.
    #[serde(skip)]
    pub against: BTreeSet<Id>,
    #[serde(default)]
    pub retired: bool,
    #[serde(default)]
    pub author: Option<String>,
}

impl Search {
    /// `PsycINFO (Ovid)`
    pub fn place_in_full(&self) -> String {
        match &self.platform {
            Some(platform) => format!("{} ({platform})", self.place),
            None => self.place.clone(),
        }
    }

    /// What tells one search from another: place, platform, stream, date, and whether it is a scoping search.
    pub fn known_by(&self) -> (String, Option<String>, Stream, Option<String>, bool) {
        use crate::text::words::fold;
        let folded = |text: &Option<String>| text.as_deref().map(fold);
        (fold(&self.place), folded(&self.platform), self.stream, folded(&self.date), self.scoping)
    }

    /// Its records go through screening.
    pub fn is_of_flow(&self) -> bool {
        !self.retired && !self.scoping
    }
}

crate::vocabulary! {
    /// What is counted of a stream, in the order of the flow.
    pub enum Stage "stage of screening" {
        Identified "identified",
        /// Removed before screening.
        Duplicates "duplicates",
        /// On title and abstract.
        Screened "screened",
        /// Left out on title and abstract.
        ScreenedOut "screened_out",
        FullText "full_text",
        /// Left out on the full text, or because it could not be had.
        Excluded "excluded",
        Included "included",
    }
}

impl Stage {
    /// What is left out between two boxes.
    pub const STEPS: [[Stage; 3]; 3] = [
        [Stage::Identified, Stage::Duplicates, Stage::Screened],
        [Stage::Screened, Stage::ScreenedOut, Stage::FullText],
        [Stage::FullText, Stage::Excluded, Stage::Included],
    ];

    /// A stage by its word, or by its title as papers print it. Fault `unknown-word`.
    pub fn read(text: &str) -> Result<Self> {
        let titled = Stage::ALL.iter().find(|stage| stage.title().eq_ignore_ascii_case(text.trim()));
        titled.map_or_else(|| text.parse(), |stage| Ok(*stage))
    }

    /// What a stream may pass over; where it begins and ends it may not.
    pub fn may_be_skipped(self) -> bool {
        !matches!(self, Stage::Identified | Stage::Included)
    }

    /// Stages at which something is left out for a reason.
    pub const REASONED: [Stage; 2] = [Stage::ScreenedOut, Stage::Excluded];

    /// What papers print.
    pub fn title(self) -> &'static str {
        match self {
            Stage::Identified => "Identified",
            Stage::Duplicates => "Duplicates removed",
            Stage::Screened => "Screened on title and abstract",
            Stage::ScreenedOut => "Left out on title and abstract",
            Stage::FullText => "Full text assessed",
            Stage::Excluded => "Left out on full text",
            Stage::Included => "Included",
        }
    }
}

/// A reason and how many records were left out for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    pub reason: String,
    pub n: u64,
}

/// Records of one stream on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub stream: Stream,
    /// How it was screened, and by how many people.
    #[serde(default)]
    pub how: Option<String>,
    /// On disk each stage is a field of its own.
    #[serde(skip)]
    pub counts: BTreeMap<Stage, u64>,
    /// Stages its records do not go through, as those that experts named go straight to the full text. On disk the stage says
    /// [`Flow::SKIPS`] in place of a number.
    #[serde(skip)]
    pub skipped: BTreeSet<Stage>,
    /// By the stage and the id of the folded words. On disk each is a field of its own, `excluded:<id>`.
    #[serde(skip)]
    pub reasons: BTreeMap<Stage, BTreeMap<Id, Reason>>,
    #[serde(default)]
    pub author: Option<String>,
}

impl Flow {
    /// No review counts more records than this.
    pub const MOST: u64 = 1_000_000_000;

    /// What a stage says on disk that records of the stream do not go through.
    pub const SKIPS: &str = "not_applicable";

    /// One of each stream, on whatever machine it is written.
    pub fn id_of(stream: Stream) -> Id {
        Id::derived([b"flow of records".as_slice(), stream.to_string().as_bytes()])
    }

    pub fn id_of_reason(reason: &str) -> Id {
        let folded = crate::text::words::fold(&crate::text::words::on_one_line(reason));
        Id::derived([b"reason for leaving out".as_slice(), folded.as_bytes()])
    }

    /// Takes up what serde does not see: the counts and the reasons among these fields.
    pub fn take_up(&mut self, fields: &serde_json::Map<String, Json>) {
        let count = |stage: &Stage| fields.get(stage.word())?.as_u64().filter(|n| *n <= Flow::MOST);
        self.counts = Stage::ALL.iter().filter_map(|stage| Some((*stage, count(stage)?))).collect();
        let is_skipped = |stage: &&Stage| fields.get(stage.word()).and_then(Json::as_str) == Some(Flow::SKIPS);
        self.skipped = Stage::ALL.iter().filter(is_skipped).copied().collect();
        for stage in Stage::REASONED {
            let of = |(name, value): (&String, &Json)| {
                let id = name.strip_prefix(stage.word())?.strip_prefix(':')?.parse().ok()?;
                Some((id, serde_json::from_value::<Reason>(value.clone()).ok().filter(|one| one.n <= Flow::MOST)?))
            };
            self.reasons.insert(stage, fields.iter().filter_map(of).collect());
        }
    }

    /// As these fields say.
    pub fn of_fields(id: Id, fields: &serde_json::Map<String, Json>) -> Option<Flow> {
        let mut flow: Flow = serde_json::from_value(Json::Object(fields.clone())).ok()?;
        flow.id = id;
        flow.take_up(fields);
        Some(flow)
    }

    /// How many were left out at a stage, by reason; none where no reason was said.
    pub fn by_reason(&self, stage: Stage) -> Option<u64> {
        self.reasons.get(&stage).filter(|all| !all.is_empty()).map(|all| all.values().map(|one| one.n).sum())
    }

    /// A count as it was said, or where only reasons were, their sum.
    pub fn count(&self, stage: Stage) -> Option<u64> {
        self.counts.get(&stage).copied().or_else(|| self.by_reason(stage))
    }

    /// Its records do not go through the stage, and none were counted there.
    pub fn skips(&self, stage: Stage) -> bool {
        self.skipped.contains(&stage) && self.count(stage).is_none()
    }
}
