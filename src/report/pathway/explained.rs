//! What explains a step: the statements somebody tied to it, each with its three standings. What is claimed of a step
//! without one stays a claim, and is said to.

use crate::hypothesis::Hypothesis;
use crate::model::Because;
use crate::pathway::Step;
use crate::report::block::{Block, Run};
use crate::report::cerqual::finding;
use crate::report::standings::Standings;
use crate::report::words::Press;
use crate::synthesis::Bearings;
use serde_json::{Value as Json, json};

/// A statement that is said to explain a step.
pub struct Explaining<'s> {
    pub statement: &'s Hypothesis,
    pub because: &'s Because,
    pub standings: Standings,
}

impl Explaining<'_> {
    /// Said of one that was merged, superseded, rejected or parked.
    pub fn no_longer(&self) -> Option<String> {
        let status = self.statement.status;
        (!status.is_living()).then(|| format!("stands no longer: {}", status.word().replace('_', " ")))
    }
}

/// In the order of their labels.
pub fn explaining<'s>(bearings: &Bearings<'s>, step: &'s Step) -> Vec<Explaining<'s>> {
    let synthesis = bearings.synthesis();
    let tied = step.because.iter().filter_map(|(id, because)| Some((synthesis.hypotheses.get(id)?, because)));
    let mut all: Vec<Explaining> = tied
        .map(|(statement, because)| Explaining { statement, because, standings: Standings::of(bearings, statement) })
        .collect();
    all.sort_by_cached_key(|one| (synthesis.labels.get(&one.statement.id).cloned(), one.statement.id));
    all
}

/// Some statement that still stands explains it.
pub fn is_explained(all: &[Explaining]) -> bool {
    all.iter().any(|one| one.no_longer().is_none())
}

/// What is said of a claim that nothing explains.
pub const UNEXPLAINED: &str = "no statement explains it: it is a claim and no more";

/// A step's claim and what explains it.
pub(super) fn blocks(press: &Press, bearings: &Bearings, step: &Step) -> Vec<Block> {
    let all = explaining(bearings, step);
    let mut blocks = Vec::new();
    if let Some(claim) = &step.claim {
        let mut runs = vec![Run::Strong("Claimed: ".to_owned()), Run::plain(format!("{claim} "))];
        if !is_explained(&all) {
            runs.push(Run::Gap(format!("[{UNEXPLAINED}]")));
        }
        blocks.push(Block::Paragraph(runs));
    }
    if all.is_empty() && step.claim.is_none() {
        blocks.push(Block::none_of("Statements that explain it"));
    }
    for one in &all {
        let label = press.synthesis.label(one.statement.id);
        let mut runs = vec![Run::Strong(format!("{label} ")), Run::plain(finding(press, one.statement))];
        runs.extend(one.no_longer().map(|said| Run::Gap(format!(" [{said}]"))));
        blocks.push(Block::Paragraph(runs));
        let mut pairs = vec![("How it explains the step".to_owned(), vec![Run::plain(one.because.why.clone())])];
        pairs.extend(one.standings.pairs_with_sources());
        blocks.push(Block::Pairs(pairs));
    }
    blocks
}

/// The same for machines: `[{"hypothesis","statement","why","by","living","standings"}]`.
pub fn json(press: &Press, bearings: &Bearings, step: &Step) -> Json {
    let one = |one: Explaining| {
        json!({
            "hypothesis": press.synthesis.label(one.statement.id), "statement": finding(press, one.statement),
            "why": one.because.why, "by": one.because.by, "living": one.no_longer().is_none(),
            "standings": one.standings,
        })
    };
    explaining(bearings, step).into_iter().map(one).collect()
}
