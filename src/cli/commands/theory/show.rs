//! `realist theory show`

use crate::act::programme::Moment;
use crate::act::programme::show::{self as act, Statement, Told};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Exit;
use crate::decision::Consensus;
use crate::diagnostic::Result;
use crate::hypothesis::{Test, Tested};
use crate::report::standings::agreement;
use crate::table::{Cell, Table};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Name or label of a version, a date, or `now`.
    #[arg(default_value = "now")]
    moment: String,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    shown(&Moment::find(&project, &arguments.moment)?, context)
}

pub(super) fn shown(moment: &Moment, context: &Context) -> Result<Exit> {
    let told = act::tell(moment);
    if !context.ui.is_for_reading() {
        context.ui.list(&table(&told), &json!(told));
        return Ok(Exit::Done);
    }
    heading(&told, context);
    for component in &told.components {
        context.ui.heading(&format!("{} {}: {}", component.id, component.name, component.settled_in_words()));
        if let Some(description) = &component.description {
            context.ui.text(description);
        }
        statements(&component.statements, context);
    }
    if !told.without_component.is_empty() {
        context.ui.heading("Statements of no component");
        statements(&told.without_component, context);
    }
    let listed = told.components.iter().map(|one| one.statements.len()).sum::<usize>() + told.without_component.len();
    let aside = told.set_aside.len();
    let aside = if aside == 0 { String::new() } else { format!("; {aside} set aside (merged, superseded, rejected, parked)") };
    context.ui.say(&format!("{}{aside}", counted(listed, "active statement")));
    Ok(Exit::Done)
}

/// The statements of one component, for reading.
fn statements(statements: &[Statement], context: &Context) {
    if statements.is_empty() {
        context.ui.text("no active statement");
        return;
    }
    let mut table = Table::with(&[("id", "Statement"), ("sentence", "It says"), ("standing", "Standing")]);
    for one in statements {
        let agreed = one.consensus.map(|consensus| agreement(consensus).to_owned());
        let tested = one.tested.map(|test| Tested { test, result: one.test_result.clone() }.in_words());
        let standing: Vec<String> = [evidential(one)].into_iter().chain(agreed).chain(tested).collect();
        table.push(vec![one.id.as_str().into(), one.sentence.as_str().into(), standing.join("; ").into()]);
    }
    context.ui.list(&table, &json!(statements));
}

fn evidential(statement: &Statement) -> String {
    let standing = statement.evidential.as_deref().unwrap_or("none").replace('_', " ");
    format!("{standing} ({} for, {} against)", statement.sources_for, statement.sources_against)
}

fn heading(told: &Told, context: &Context) {
    let date = told.date.as_deref().filter(|_| told.version.is_some()).map_or_else(String::new, |date| format!(", frozen {date}"));
    context.ui.heading(&format!("Programme theory: {}{date}, hash {}", told.name, &told.hash[..12]));
    if let Some(narrative) = &told.narrative {
        context.ui.text(narrative);
    }
}

fn table(told: &Told) -> Table {
    let mut table = Table::with(&[
        ("component", "Component"),
        ("settled", "Settled"),
        ("id", "Statement"),
        ("sentence", "It says"),
        ("evidential", "Evidence"),
        ("sources_for", "For"),
        ("sources_against", "Against"),
        ("consensus", "Consensus"),
        ("tested", "Tested"),
        ("test_result", "Result of the test"),
    ]);
    for component in &told.components {
        let named = format!("{} {}", component.id, component.name);
        if component.statements.is_empty() {
            table.push(row(&named, &component.settled_in_words(), None));
        }
        for statement in &component.statements {
            table.push(row(&named, &component.settled_in_words(), Some(statement)));
        }
    }
    for statement in &told.without_component {
        table.push(row("none", "", Some(statement)));
    }
    table
}

fn row(component: &str, settled: &str, statement: Option<&Statement>) -> Vec<Cell> {
    let of = |get: fn(&Statement) -> Option<String>| statement.and_then(get).map_or(Cell::Empty, Cell::from);
    vec![
        component.into(),
        settled.into(),
        of(|one| Some(one.id.clone())),
        of(|one| Some(one.sentence.clone())),
        of(|one| one.evidential.clone()),
        statement.map_or(Cell::Empty, |one| Cell::from(usize::try_from(one.sources_for).unwrap_or(usize::MAX))),
        statement.map_or(Cell::Empty, |one| Cell::from(usize::try_from(one.sources_against).unwrap_or(usize::MAX))),
        of(|one| Some(one.consensus.unwrap_or(Consensus::Untested).word().to_owned())),
        of(|one| Some(one.tested.unwrap_or(Test::NotTested).word().to_owned())),
        of(|one| one.test_result.clone()),
    ]
}
