//! `realist model cell`, `cells`, `outcome`: what is said of a model, and the words it rests on.

use crate::act::anchor::Spot;
use crate::act::model::Behind;
use crate::act::model::cell::{self, Judged};
use crate::act::model::outcome;
use crate::cli::Context;
use crate::cli::commands::columns;
use crate::cli::commands::shared::{Row, confirm, counted, optional, read_input, required, rows, word};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::model::{Direction, Value};
use crate::project::Project;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct CellArguments {
    #[arg(value_name = "M1.gj")]
    model: String,
    /// Name or label of a code.
    feature: String,
    /// absent needs words that say so; where the sources are silent it is not_reported.
    #[arg(value_parser = word::<Value>)]
    value: Value,
    #[command(flatten)]
    behind: Words,
    /// A coding that is no longer to stand behind it; may be repeated.
    #[arg(long = "without", value_name = "CD7.gj")]
    without: Vec<String>,
    #[arg(long)]
    note: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct OutcomeArguments {
    #[arg(value_name = "M1.gj")]
    model: String,
    /// Name or label of a code; the heading at the top of it says whom it concerns.
    outcome: String,
    /// Which way it went, as the source says.
    #[arg(value_parser = word::<Direction>)]
    direction: Direction,
    /// What it was measured by.
    #[arg(long)]
    measure: Option<String>,
    /// What it was measured against.
    #[arg(long)]
    comparator: Option<String>,
    #[command(flatten)]
    behind: Words,
    #[arg(long)]
    note: Option<String>,
}

/// The words something rests on.
#[derive(Debug, clap::Args)]
struct Words {
    /// Document, or a place in it: D3.gj, D3.gj/12, D3.gj/12..15
    #[arg(long = "at", value_name = "D3.gj")]
    at: Option<String>,
    /// Words that say so; "first words ... last words" is enough. They are coded with the feature.
    #[arg(long, value_name = "WORDS", requires = "at")]
    quote: Option<String>,
    /// A coding that is there; may be repeated.
    #[arg(long = "coding", value_name = "CD7.gj")]
    codings: Vec<String>,
}

impl Words {
    fn behind(self) -> Result<Behind> {
        let spot = self.at.map(|place| Spot::parse(&place, None, self.quote.as_deref())).transpose()?;
        Ok(Behind { spot, codings: self.codings })
    }
}

pub fn cell(context: &Context, project: &mut Project, arguments: CellArguments) -> Result<Exit> {
    let CellArguments { model, feature, value, behind, without, note } = arguments;
    let wish = cell::Wish { model, feature, value, behind: behind.behind()?, without, note };
    let done = cell::judge(project, &[wish], &[1])?;
    let Some(one) = done.answer.first() else { return Ok(Exit::Done) };
    let resting = match one.passages.as_slice() {
        [] => "no passage".to_owned(),
        some => some.join(", "),
    };
    let said = format!("{}, {}: {} ({resting})", one.model, one.feature, value.title());
    confirm(context, &done, &said, json_of(one));
    sources_said(context, &done.answer);
    Ok(Exit::Done)
}

fn json_of(one: &Judged) -> serde_json::Value {
    json!({
        "model": one.model, "feature": one.feature, "value": one.value, "passages": one.passages,
        "sources_added": one.sources,
    })
}

fn sources_said(context: &Context, judged: &[Judged]) {
    for one in judged.iter().filter(|one| !one.sources.is_empty()) {
        added_said(context, &one.model, &one.sources);
    }
}

fn added_said(context: &Context, model: &str, sources: &[String]) {
    context.ui.say(&format!("{} now among the sources of {model}: these words are theirs", sources.join(", ")));
}

pub fn cells(context: &Context, project: &mut Project, file: &str) -> Result<Exit> {
    let rows = rows(&read_input(file)?, file, columns::CELLS)?;
    if rows.is_empty() {
        return Err(fault("no-rows", format!("{file} has no row")).hint("columns: model, feature, value, document, quote, note"));
    }
    let wishes = rows.iter().enumerate().map(|(at, row)| wish(row, at + 1)).collect::<Result<Vec<_>>>()?;
    let numbers: Vec<usize> = (1..=wishes.len()).collect();
    let done = cell::judge(project, &wishes, &numbers)?;
    let said = format!("set {}", counted(done.answer.len(), "cell"));
    confirm(context, &done, &said, json!({ "cells": done.answer.iter().map(json_of).collect::<Vec<_>>() }));
    sources_said(context, &done.answer);
    Ok(Exit::Done)
}

/// A row without words names none: `document` stands beside `quote` or `units`, or `passage` alone.
fn wish(row: &Row, number: usize) -> Result<cell::Wish> {
    let place = optional(row, "passage").or_else(|| optional(row, "document"));
    let spot = place.map(|place| Spot::parse(place, optional(row, "units"), optional(row, "quote"))).transpose();
    let value = required(row, "value", number)?.parse();
    let codings = optional(row, "coding").map(|codings| codings.split([';', ' ']).map(str::trim).map(str::to_owned));
    Ok(cell::Wish {
        model: required(row, "model", number)?.to_owned(),
        feature: required(row, "feature", number)?.to_owned(),
        value: value.map_err(|fault: crate::diagnostic::Fault| fault.in_row(number))?,
        behind: Behind { spot: spot.map_err(|fault| fault.in_row(number))?, codings: codings.into_iter().flatten().filter(|one| !one.is_empty()).collect() },
        without: Vec::new(),
        note: optional(row, "note").map(str::to_owned),
    })
}

pub fn outcome(context: &Context, project: &mut Project, arguments: OutcomeArguments) -> Result<Exit> {
    let OutcomeArguments { model, outcome, direction, measure, comparator, behind, note } = arguments;
    let wish = outcome::Wish { model, outcome, direction, measure, comparator, behind: behind.behind()?, note };
    let done = outcome::add(project, &wish)?;
    let kept = &done.answer;
    let said = format!("{}: {}, {} {}", kept.id, wish.model, wish.outcome, direction.title());
    let json = json!({ "id": kept.id, "passages": kept.passages, "sources_added": kept.sources });
    confirm(context, &done, &said, json);
    if !kept.sources.is_empty() {
        added_said(context, &wish.model, &kept.sources);
    }
    Ok(Exit::Done)
}
