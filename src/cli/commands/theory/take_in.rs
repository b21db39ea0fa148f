//! `realist theory take-in`

use crate::act::causal::{self as act, Columns, Found};
use crate::cli::Context;
use crate::cli::commands::delimited;
use crate::cli::commands::shared::{confirm, counted, read_input};
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::Result;
use crate::table::{Cell, Table};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV of links, a row a claim: a cause, an effect, the words that say so; - for standard input.
    file: String,
    /// Documents in which the words stand; all unless said. May be repeated.
    #[arg(long = "in", value_name = "DOCUMENT")]
    documents: Vec<String>,
    /// Column of the cause, where its heading does not say so.
    #[arg(long, value_name = "COLUMN")]
    cause: Option<String>,
    /// Column of the effect.
    #[arg(long, value_name = "COLUMN")]
    effect: Option<String>,
    /// Column of the quotation.
    #[arg(long, value_name = "COLUMN")]
    quote: Option<String>,
    /// Column of who says it: a label, a title, or as the table of passages names its studies.
    #[arg(long, value_name = "COLUMN")]
    source: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let text = read_input(&arguments.file)?;
    let mut reader = delimited::reader(&text);
    let refused = |error: csv::Error| delimited::refused(&error, &arguments.file);
    let headings: Vec<String> = reader.headers().map_err(refused)?.iter().map(str::to_owned).collect();
    let mut cells = Vec::new();
    for record in reader.records() {
        cells.push(record.map_err(refused)?.iter().map(str::to_owned).collect());
    }
    let columns = Columns {
        cause: arguments.cause.clone(),
        effect: arguments.effect.clone(),
        quote: arguments.quote.clone(),
        source: arguments.source.clone(),
    };
    let rows = act::rows(&headings, &cells, &columns)?;
    let done = act::take_in(&mut context.open()?, &rows, &arguments.documents)?;
    let taken = &done.answer;
    let [exact, near, absent] = [Found::Exact, Found::Near, Found::Absent].map(|found| taken.count(found));
    if context.ui.format() == Format::Table && exact < taken.rows.len() {
        context.ui.list(&to_look_at(taken), &json!(taken.rows));
    }
    let sentence = format!(
        "{}: {} and {} added; quotations: {exact} exact, {near} near, {absent} absent",
        counted(taken.rows.len(), "claim"),
        counted(taken.statements, "statement"),
        counted(taken.links, "link"),
    );
    let mut answer = json!(taken);
    answer["exact"] = json!(exact);
    answer["near"] = json!(near);
    answer["absent"] = json!(absent);
    confirm(context, &done, &sentence, answer);
    if near > 0 {
        context.ui.say("near: edited or put together; read them and settle each: realist document confirm E1.gj");
    }
    Ok(Exit::negative_if(absent > 0))
}

/// Rows that are not there word for word.
fn to_look_at(taken: &act::TakenIn) -> Table {
    let mut table = Table::with(&[
        ("row", "Row"),
        ("found", "Found"),
        ("share", "Words found"),
        ("place", "Place"),
        ("evidence", "Link"),
        ("statement", "Statement"),
    ]);
    for row in taken.rows.iter().filter(|row| row.found != Found::Exact) {
        table.push(vec![
            row.row.into(),
            row.found.word().into(),
            row.share.map_or(Cell::Empty, |share| format!("{:.0} %", share * 100.0).into()),
            row.place.clone().into(),
            row.evidence.clone().into(),
            row.statement.as_str().into(),
        ]);
    }
    table
}
