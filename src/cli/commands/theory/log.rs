//! `realist theory log`

use super::diff::{edits, reasons};
use crate::act::programme::compare::{Comparison, Told};
use crate::act::programme::{self as act, Moment};
use crate::cli::Context;
use crate::cli::commands::shared::excerpt;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::table::{Cell, Table};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Also what changed in evidence or standing alone.
    #[arg(long)]
    all: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let mut steps: Vec<Comparison> = Vec::new();
    let mut before: Option<Moment> = None;
    let frozen = act::versions(&project).into_iter().map(|version| Ok(Moment::of(&project, version)));
    for moment in frozen.chain([Moment::now(&project)]) {
        let moment = moment?;
        if let Some(before) = &before {
            steps.push(act::compare::compare(&project, before, &moment));
        }
        before = Some(moment);
    }
    if steps.is_empty() {
        context.ui.say("no version of the theory was frozen yet: realist theory freeze IPT");
        return Ok(Exit::Done);
    }
    let told = |change: &&Told| arguments.all || change.is_for_log();
    let mut table = Table::with(&[
        ("from", "From"),
        ("to", "To"),
        ("move", "Move"),
        ("id", "What"),
        ("sentence", "It says"),
        ("change", "Change"),
        ("evidence", "Evidence"),
        ("decision", "Decision"),
        ("why", "Why"),
        ("by", "By"),
        ("at", "When"),
    ]);
    for step in &steps {
        for change in step.changes.iter().filter(told) {
            table.push(row(step, change));
        }
    }
    let json: Vec<Value> = steps
        .iter()
        .map(|step| json!({ "from": step.from, "to": step.to, "changes": step.changes.iter().filter(told).collect::<Vec<_>>() }))
        .collect();
    context.ui.list(&table, &json!(json));
    Ok(Exit::Done)
}

fn row(step: &Comparison, change: &Told) -> Vec<Cell> {
    let why = reasons(change);
    let last = change.acts.last();
    vec![
        step.from.name.as_str().into(),
        step.to.name.as_str().into(),
        change.moved.map_or(Cell::Empty, |moved| moved.word().into()),
        change.id.as_str().into(),
        excerpt(&change.what, 80).into(),
        edits(change).join("; ").into(),
        change.evidence.len().into(),
        change.decision.as_deref().map_or(Cell::Empty, Cell::from),
        why.join("; ").into(),
        last.map_or(Cell::Empty, |act| act.by.as_str().into()),
        last.map_or(Cell::Empty, |act| act.at.get(..10).unwrap_or(&act.at).into()),
    ]
}
