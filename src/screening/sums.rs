//! Whether the counts of a stream add up: each box is the one before less what was left out, and reasons add up to what was
//! left out. What was not said is not taken for nothing.

use crate::origin::Stream;
use crate::searching::{Flow, Stage};
use serde::Serialize;

/// Counts that do not add up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    pub stream: Stream,
    /// The box that does not come out.
    pub at: Stage,
    pub went_in: u64,
    pub accounted: u64,
    /// What it is accounted for by, in words with its number.
    pub by: Vec<(String, u64)>,
}

impl Gap {
    /// `Counts of databases and registers do not add up: 412 screened on title and abstract, 398 accounted for (…)`
    pub fn in_words(&self) -> String {
        let by: Vec<String> = self.by.iter().map(|(what, n)| format!("{n} {what}")).collect();
        let (stream, at) = (self.stream.title().to_lowercase(), self.at.title().to_lowercase());
        format!(
            "Counts of {stream} do not add up: {} {at}, {} accounted for ({})",
            self.went_in,
            self.accounted,
            by.join(", ")
        )
    }
}

/// The last box that was counted, what left since, and whether all that left was counted.
type Open = (Stage, u64, Vec<(Stage, u64)>, bool);

/// Everything that does not add up in a stream, in the order of the flow.
pub fn gaps(flow: &Flow) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    for [from, left, to] in Stage::STEPS {
        if let Some(n) = flow.count(from) {
            open = Some((from, n, Vec::new(), true));
        }
        let Some((at, went_in, parts, is_whole)) = open.as_mut() else { continue };
        match flow.count(left) {
            Some(n) => parts.push((left, n)),
            None if flow.skips(left) => {}
            None => *is_whole = false,
        }
        let arrived = flow.count(to);
        let by = || parts.iter().copied().chain(arrived.map(|n| (to, n)));
        let accounted: u64 = by().map(|(_, n)| n).sum();
        let is_short = arrived.is_some() && *is_whole && accounted < *went_in;
        if is_short || accounted > *went_in {
            let by = by().map(|(stage, n)| (stage.title().to_lowercase(), n)).collect();
            found.push(Gap { stream: flow.stream, at: *at, went_in: *went_in, accounted, by });
            open = None;
        }
    }
    found.extend(Stage::REASONED.iter().filter_map(|stage| at_reasons(flow, *stage)));
    found
}

fn at_reasons(flow: &Flow, stage: Stage) -> Option<Gap> {
    let (went_in, accounted) = (*flow.counts.get(&stage)?, flow.by_reason(stage)?);
    let reasons = flow.reasons.get(&stage).into_iter().flatten();
    let by = reasons.map(|(_, one)| (one.reason.clone(), one.n)).collect();
    (went_in != accounted).then_some(Gap { stream: flow.stream, at: stage, went_in, accounted, by })
}
