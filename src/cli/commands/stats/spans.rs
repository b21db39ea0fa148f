//! `realist stats spans`

use super::output::{Answer, Object, cell, table, warn};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::spans::{Continuum, Covering, Unit, Unitizing, unitizing};
use crate::stats::spans1995::{Unitizing1995, unitizing_1995};
use crate::table::Cell;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns coder, start, end, value (- for standard input). A span begins at start and stops before
    /// end. A row with a coder alone is a coder who marked nothing.
    #[arg(value_name = "FILE")]
    file: String,
    /// Length of the text, in the units of start and end.
    #[arg(long, value_name = "L")]
    length: f64,
    /// Where the text begins.
    #[arg(long, default_value_t = 0.0, value_name = "AT", allow_negative_numbers = true)]
    from: f64,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let (continuum, values) = read(&sheet, &arguments, context)?;
    let family = unitizing(&continuum);
    let older = unitizing_1995(&continuum);
    let alone: Vec<Unitizing> = (0..values.len()).map(|value| unitizing(&continuum.only(value))).collect();
    let mut answer = Answer::default();
    answer.heading("Agreement on spans (2016): a prompt for discussion, not a gate");
    answer.numbers(numbers(&family, &alone, &older, &values));
    answer.note(format!(
        "N: {}, {}, length {}.",
        counted(continuum.coders, "coder"),
        counted(continuum.units.len(), "span"),
        continuum.length
    ));
    answer.note("u: boundaries and values. bar_u: marked or not. cu: values, where spans meet. ku: one value, where spans meet.");
    answer.note(
        "u alone: the value by itself, as for codes that may lie over each other. alpha_1995: the older definition.",
    );
    answer.note("No interval: one text has no units to resample.");
    answer.show(context, &as_json(&continuum, &family, &alone, &older, &values));
    if let Some((one, other)) = continuum.overlap() {
        let message = format!(
            "spans of one coder overlap ([{}, {}) and [{}, {})): only what takes each value by itself exists",
            one.start, one.end, other.start, other.end
        );
        warn(context, "overlapping-spans", message);
    }
    Ok(Exit::Done)
}

fn read(sheet: &Sheet, arguments: &Arguments, context: &Context) -> Result<(Continuum, Vec<String>)> {
    let [coder, start, end] = ["coder", "start", "end"].map(|name| sheet.needed(name));
    let (coder, start, end) = (coder?, start?, end?);
    let value = sheet.column("value");
    sheet.note_unread(&["coder", "start", "end", "value"], context);
    let mut coders: InOrder<()> = InOrder::default();
    let mut values: InOrder<()> = InOrder::default();
    let mut units = Vec::new();
    let until = arguments.from + arguments.length;
    if !(arguments.length > 0.0 && until.is_finite()) {
        return Err(sheet
            .fault("bad-length", "--length is a number above 0")
            .hint("give the length of the text the spans lie in"));
    }
    sheet.each(|line| {
        let coder = coders.place(line.word(coder)?);
        if line.text(start).is_none() && line.text(end).is_none() {
            return Ok(());
        }
        let (start, end) = (line.some_real(start)?, line.some_real(end)?);
        if !(arguments.from <= start && start < end && end <= until) {
            return Err(line
                .fault("bad-span", format!("[{start}, {end}) is no span of [{}, {until})", arguments.from))
                .hint("a span ends after it starts, and lies within --length"));
        }
        let value = values.place(value.map_or(Ok("marked"), |value| line.word(value))?);
        units.push(Unit { coder, start, end, value });
        Ok(())
    })?;
    let values: Vec<String> = values.names().into_iter().map(str::to_owned).collect();
    let (start, length, coders) = (arguments.from, arguments.length, coders.entries().len());
    Ok((Continuum { start, length, coders, values: values.len(), units }, values))
}

fn numbers(family: &Unitizing, alone: &[Unitizing], older: &Unitizing1995, values: &[String]) -> crate::table::Table {
    let mut numbers =
        table(&[("name", "Statistic"), ("value", "Value"), ("alpha", "Alpha"), ("coverage", "Coverage")], 6);
    let mut push =
        |name: &str, value: Cell, alpha: Cell, coverage: Cell| numbers.push(vec![name.into(), value, alpha, coverage]);
    push("u_alpha", Cell::Empty, cell(&family.u), Cell::Empty);
    push("bar_u_alpha", Cell::Empty, cell(&family.bar_u), Cell::Empty);
    push("cu_alpha", Cell::Empty, cell(&family.cu.alpha), cell(&family.cu.coverage));
    for (value, one) in values.iter().zip(&family.ku) {
        push("ku_alpha", value.as_str().into(), cell(&one.alpha), cell(&one.coverage));
    }
    for (value, one) in values.iter().zip(alone) {
        push("u_alpha alone", value.as_str().into(), cell(&one.u), Cell::Empty);
    }
    push("alpha_1995", Cell::Empty, cell(&older.alpha), Cell::Empty);
    for (value, one) in values.iter().zip(&older.values) {
        push("alpha_1995", value.as_str().into(), cell(one), Cell::Empty);
    }
    numbers
}

fn as_json(
    continuum: &Continuum,
    family: &Unitizing,
    alone: &[Unitizing],
    older: &Unitizing1995,
    values: &[String],
) -> Value {
    let covering = |value: &String, one: &Covering| {
        Object::default()
            .with("value", value.clone())
            .defined("alpha", &one.alpha)
            .defined("coverage", &one.coverage)
            .finish()
    };
    let single = |value: &String, alpha: &crate::stats::Defined| {
        Object::default().with("value", value.clone()).defined("alpha", alpha).finish()
    };
    Object::default()
        .defined("u_alpha", &family.u)
        .defined("bar_u_alpha", &family.bar_u)
        .defined("cu_alpha", &family.cu.alpha)
        .with("ku_alpha", values.iter().zip(&family.ku).map(|(value, one)| covering(value, one)).collect::<Vec<_>>())
        .defined("cu_coverage", &family.cu.coverage)
        .with("u_alpha_alone", values.iter().zip(alone).map(|(value, one)| single(value, &one.u)).collect::<Vec<_>>())
        .defined("alpha_1995", &older.alpha)
        .with(
            "values_1995",
            values.iter().zip(&older.values).map(|(value, one)| single(value, one)).collect::<Vec<_>>(),
        )
        .with("definition", "2016")
        .with("n_coders", continuum.coders)
        .with("n_spans", continuum.units.len())
        .with("length", json!(continuum.length))
        .with("note", "a prompt for discussion, not a gate")
        .finish()
}
