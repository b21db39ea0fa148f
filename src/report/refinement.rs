//! `report refinement`: the refinement log, from version to version of the programme theory: what a statement said, what
//! it says now, by which move, on what evidence or decision, and why.

use super::Brief;
use super::block::{Block, Report, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde::Serialize;
use serde_json::json;

/// From one moment of the theory to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// `IPT (V1.gj)`.
    pub from: String,
    pub to: String,
    pub to_date: Option<String>,
    /// Names the content of the later one.
    pub hash: String,
    /// Labels of the decisions the later one rests on.
    pub decisions: Vec<String>,
    pub changes: Vec<Change>,
    /// Changes of links and substantive theories, and of evidence alone, which have no row of their own.
    pub further: usize,
}

/// What became of one statement or component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub id: String,
    pub kind: String,
    #[serde(rename = "move")]
    pub moved: String,
    pub before: Option<String>,
    pub after: Option<String>,
    /// What differs beside the sentence: `status: active, now merged`.
    pub details: Vec<String>,
    pub evidence: Vec<String>,
    pub decision: Option<String>,
    pub why: Vec<String>,
}

impl Step {
    /// What changed, without a heading.
    pub fn blocks(&self) -> Vec<Block> {
        let date = self.to_date.as_ref().map(|date| format!(" of {date}")).unwrap_or_default();
        let further = match self.further {
            0 => String::new(),
            further => format!("; {} of links and evidence", count_of(further, "further change")),
        };
        let changes = count_of(self.changes.len(), "change");
        let are = if self.changes.len() == 1 { "There is" } else { "There are" };
        let rests = match self.decisions.as_slice() {
            [] => String::new(),
            decisions => format!(" It rests on {}.", decisions.join(", ")),
        };
        let said = format!(
            "{are} {changes} of statements and components{further}. {}{date}, hash {}.{rests}",
            self.to, self.hash
        );
        let caption = || format!("Refinement from {} to {}", self.from, self.to);
        let changed = (!self.changes.is_empty()).then(|| Block::table(caption(), table(self)));
        std::iter::once(Block::paragraph(said)).chain(changed).collect()
    }
}

const RULE: &str = "How this log came about: two versions are compared field by field. The move is proposed from what was \
written, by a fixed rule in the words of realist synthesis: juxtapose, reconcile, adjudicate, consolidate, \
situate, and add, merge, split, refine, reword, demote, reject. Why: the reasons given with the acts in between. Where \
only a test was reported there is none. A version is named by its hash: two have the same exactly when they say the same, their \
narratives apart, which are compared as words.";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let steps = &brief.refinements;
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    if steps.is_empty() {
        blocks.push(Block::to_write("no version of the theory was frozen yet"));
    }
    for (at, step) in steps.iter().enumerate() {
        blocks.push(Block::heading(2, format!("From {} to {}", step.from, step.to), format!("step-{}", at + 1)));
        blocks.extend(step.blocks());
    }
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    Report {
        key: "refinement",
        title: format!("{}: refinement log", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(steps),
        data: json!({
            "report": "refinement",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "steps": steps,
            "withheld": withheld(&press),
        }),
    }
}

fn basis(change: &Change) -> String {
    let evidence = (!change.evidence.is_empty()).then(|| change.evidence.join(", "));
    let decision = change.decision.as_ref().map(|decision| format!("decision {decision}"));
    let said: Vec<String> = evidence.into_iter().chain(decision).collect();
    if said.is_empty() { "none recorded".to_owned() } else { said.join("; ") }
}

fn table(step: &Step) -> Table {
    let mut table = Table::with(&[
        ("id", "Id"),
        ("move", "Move"),
        ("before", "Before"),
        ("after", "After"),
        ("basis", "Evidence or decision"),
        ("why", "Why"),
    ]);
    for one in &step.changes {
        let [before, after] = sides(one);
        let moved = if one.moved.is_empty() { "none" } else { one.moved.as_str() };
        table.push(vec![one.id.as_str().into(), moved.into(), before, after, basis(one).into(), why(one)]);
    }
    table
}

/// Before and after; where the sentence is the same the details say what differs.
fn sides(one: &Change) -> [Cell; 2] {
    let (before, after) = (one.before.clone().unwrap_or_else(|| "not there".to_owned()), one.after.clone());
    let same = one.before == one.after;
    let after = match after {
        _ if same && !one.details.is_empty() => one.details.join("\n"),
        Some(after) => std::iter::once(after).chain(one.details.iter().cloned()).collect::<Vec<_>>().join("\n"),
        None => std::iter::once("no longer there".to_owned())
            .chain(one.details.iter().cloned())
            .collect::<Vec<_>>()
            .join("\n"),
    };
    [before.into(), after.into()]
}

fn why(one: &Change) -> Cell {
    if one.why.is_empty() { "not stated".into() } else { one.why.join("\n").into() }
}

fn sheet(steps: &[Step]) -> Table {
    let mut table = Table::with(&[
        ("from", "From"),
        ("to", "To"),
        ("id", "Id"),
        ("kind", "Kind"),
        ("move", "Move"),
        ("before", "Before"),
        ("after", "After"),
        ("details", "What differs"),
        ("evidence", "Evidence"),
        ("decision", "Decision"),
        ("why", "Why"),
    ]);
    for step in steps {
        for one in &step.changes {
            table.push(vec![
                step.from.as_str().into(),
                step.to.as_str().into(),
                one.id.as_str().into(),
                one.kind.as_str().into(),
                one.moved.as_str().into(),
                one.before.clone().into(),
                one.after.clone().into(),
                one.details.join("\n").into(),
                one.evidence.join(", ").into(),
                one.decision.clone().into(),
                one.why.join("\n").into(),
            ]);
        }
    }
    table
}
