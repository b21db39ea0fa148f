//! The pathway of a model of care as a paper: drawn, step by step, checked, and with the statements that explain each step.

pub mod explained;
pub mod tables;
#[cfg(test)]
mod tests;

use super::Brief;
use super::block::{Block, Report, count_of};
use super::comparison::tables::{model, model_json};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::figure;
use super::tally::STANDING_RULE;
use super::words::Press;
use crate::pathway::Step;
use crate::stepped::{self, Checked, Pathway, Verdict, check};
use crate::synthesis::{Bearings, Synthesis};
use crate::table::Table;
use serde_json::{Value as Json, json};

/// Printed with every list of checks.
pub const RULE: &str = "How to read the checks. They ask whether a pathway is laid out as stepped care of this kind means to \
be; they are drawn from what one of the sources of this work says of its model, and are no published standard. A pathway \
that passes them has not been shown to help anybody. Where there was nothing to look at, a check is not passed.";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let bearings = Bearings::of(synthesis);
    let pathways = stepped::all(synthesis);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    if pathways.is_empty() {
        blocks.push(Block::to_write("the steps of the pathway"));
    }
    for one in &pathways {
        blocks.extend(section(&press, &bearings, one));
    }
    if !pathways.is_empty() {
        blocks.push(Block::rule(RULE));
        blocks.push(Block::rule(STANDING_RULE));
    }
    blocks.extend(closing(&press));
    let steps: Vec<&Step> = pathways.iter().flat_map(|one| one.steps.iter().copied()).collect();
    Report {
        key: "pathway",
        title: format!("{}: the pathway", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: tables::steps(synthesis, &steps),
        data: json!({
            "report": "pathway",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rules": [RULE, STANDING_RULE],
            "pathways": pathways.iter().map(|one| pathway_json(&press, &bearings, one)).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
    }
}

fn section(press: &Press, bearings: &Bearings, pathway: &Pathway) -> Vec<Block> {
    let label = press.synthesis.label(pathway.model.id);
    let checked = check(pathway);
    let use_of_steps =
        if pathway.model.exclusive { "A person uses one at a time." } else { "A person may use several at once." };
    let steps = count_of(pathway.steps.len(), "step");
    let mut blocks = vec![
        Block::heading(2, model(press.synthesis, pathway.model), format!("pathway-{label}")),
        Block::paragraph(format!("{steps}. {use_of_steps} {}", in_words(&checked))),
    ];
    blocks.extend(drawn(pathway, &label));
    blocks.extend([
        Block::heading(3, "Checks", format!("checks-{label}")),
        Block::table("Checks of the pathway", tables::checks_on_paper(&checked)),
        Block::heading(3, "What explains each step", format!("explained-{label}")),
    ]);
    for step in &pathway.steps {
        let label = press.synthesis.label(step.id);
        blocks.push(Block::heading(4, format!("{}. {} ({label})", step.rank, step.name), format!("step-{label}")));
        blocks.extend(explained::blocks(press, bearings, step));
    }
    blocks
}

/// The figure with what is said of every step: beside each other as its table, or one after the other.
fn drawn(pathway: &Pathway, label: &str) -> Vec<Block> {
    let mut figure = figure::pathway_on_paper(pathway);
    let beside = tables::side_by_side(pathway);
    let mut blocks = Vec::new();
    if beside.is_none() {
        blocks.push(Block::heading(3, "Step by step", format!("steps-{label}")));
        blocks.extend(tables::in_turn(pathway, 4));
    }
    figure.table = beside.unwrap_or_else(|| Table::new(Vec::new()));
    blocks.insert(0, Block::Figure(Box::new(figure)));
    blocks
}

/// `Of 7 checks 5 passed; failed: S2, S7.`
pub fn in_words(checked: &[Checked]) -> String {
    let of = |verdict: Verdict| checked.iter().filter(move |one| one.verdict == verdict);
    let keys = |verdict: Verdict| of(verdict).map(|one| one.rule.key).collect::<Vec<_>>().join(", ");
    let mut parts = vec![format!("Of {} {} passed", count_of(checked.len(), "check"), of(Verdict::Passed).count())];
    for verdict in [Verdict::Failed, Verdict::ToLookAt, Verdict::NothingToLookAt] {
        if of(verdict).next().is_some() {
            parts.push(format!("{}: {}", verdict.title(), keys(verdict)));
        }
    }
    format!("{}.", parts.join("; "))
}

fn pathway_json(press: &Press, bearings: &Bearings, pathway: &Pathway) -> Json {
    let synthesis = press.synthesis;
    let mut model = model_json(synthesis, pathway.model);
    model["exclusive"] = json!(pathway.model.exclusive);
    let step = |step: &&Step| {
        let mut told = tables::step_json(synthesis, step);
        told["because"] = explained::json(press, bearings, step);
        told
    };
    json!({
        "model": model,
        "steps": pathway.steps.iter().map(step).collect::<Vec<_>>(),
        "checks": tables::checks_json(synthesis, &check(pathway)),
    })
}
