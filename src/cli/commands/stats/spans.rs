//! `realist stats spans`

use super::output::{Answer, Object, cell, table, warn};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::bootstrap::Interval;
use crate::stats::chance::Draws;
use crate::stats::spans::{Continuum, Covering, Unit, Unitizing, unitizing};
use crate::stats::spans_over::{Intervals, intervals, joined};
use crate::stats::spans1995::{Unitizing1995, unitizing_1995};
use crate::table::Cell;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns coder, start, end, value (- for standard input). A span begins at start and stops before
    /// end. A row with a coder alone is a coder who marked nothing. With a column document (and length, where documents
    /// differ in it) also an interval.
    #[arg(value_name = "FILE")]
    file: String,
    /// Length of the text, or of each document, in the units of start and end.
    #[arg(long, value_name = "L")]
    length: Option<f64>,
    /// Where the text begins.
    #[arg(long, default_value_t = 0.0, value_name = "AT", allow_negative_numbers = true)]
    from: f64,
    /// Resamples of documents behind an interval.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    bootstrap: u32,
    /// No intervals.
    #[arg(long, conflicts_with = "bootstrap")]
    no_ci: bool,
    /// Where chance starts; the same seed gives the same intervals everywhere.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What the file holds.
struct Marked {
    documents: Vec<Continuum>,
    values: Vec<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let Marked { documents, values } = read(&sheet, &arguments, context)?;
    let continuum = match documents.as_slice() {
        [one] => one.clone(),
        several => joined(several, &vec![1; several.len()]),
    };
    let draws = Draws { number: arguments.bootstrap, seed: arguments.seed };
    let intervals = if arguments.no_ci { None } else { intervals(&documents, draws) };
    let family = unitizing(&continuum);
    let older = unitizing_1995(&continuum);
    let alone: Vec<Unitizing> = (0..values.len()).map(|value| unitizing(&continuum.only(value))).collect();
    let mut answer = Answer::default();
    answer.heading("Agreement on spans (2016): a prompt for discussion, not a gate");
    answer.numbers(numbers(&family, &alone, &older, &values, intervals.as_ref()));
    answer.note(format!(
        "N: {}, {}, {}, length {}.",
        counted(documents.len(), "document"),
        counted(continuum.coders, "coder"),
        counted(continuum.units.len(), "span"),
        continuum.length
    ));
    answer.note("u: boundaries and values. bar_u: marked or not. cu: values, where spans meet. ku: one value, where spans meet.");
    answer.note(
        "u alone: the value by itself, as for codes that may lie over each other. alpha_1995: the older definition.",
    );
    answer.note(match intervals.as_ref().and_then(|all| all.u) {
        Some(one) => format!(
            "95 %: percentile bootstrap over documents, {} {} resamples, inverse of the distribution function.",
            if one.exact { "every".to_owned() } else { format!("seed {},", arguments.seed) },
            one.resamples
        ),
        None if documents.len() > 1 => "No interval.".to_owned(),
        None => "No interval: one text has no units to resample (a column document names several).".to_owned(),
    });
    let mut json = as_json(&continuum, &family, &alone, &older, &values);
    json["n_documents"] = documents.len().into();
    json["intervals"] = intervals.as_ref().map_or(Value::Null, |all| intervals_json(all, &values, arguments.seed));
    answer.show(context, &json);
    if intervals.is_some() && documents.len() < 20 {
        warn(
            context,
            "few-documents",
            format!("an interval from {} says little", counted(documents.len(), "document")),
        );
    }
    if let Some((one, other)) = continuum.overlap() {
        let message = format!(
            "spans of one coder overlap ([{}, {}) and [{}, {})): only what takes each value by itself exists",
            one.start, one.end, other.start, other.end
        );
        warn(context, "overlapping-spans", message);
    }
    Ok(Exit::Done)
}

fn read(sheet: &Sheet, arguments: &Arguments, context: &Context) -> Result<Marked> {
    let [coder, start, end] = ["coder", "start", "end"].map(|name| sheet.needed(name));
    let (coder, start, end) = (coder?, start?, end?);
    let [value, document, length] = ["value", "document", "length"].map(|name| sheet.column(name));
    sheet.note_unread(&["coder", "start", "end", "value", "document", "length"], context);
    let mut coders: InOrder<()> = InOrder::default();
    let mut values: InOrder<()> = InOrder::default();
    let mut documents: InOrder<(Option<f64>, Vec<Unit>)> = InOrder::default();
    let from = arguments.from;
    sheet.each(|line| {
        let coder = coders.place(line.word(coder)?);
        let held = documents.entry(document.map_or(Ok(""), |document| line.word(document))?);
        if let Some(length) = length.map(|length| line.real(length)).transpose()?.flatten() {
            if held.0.is_some_and(|other| other.total_cmp(&length).is_ne()) {
                return Err(line.fault("bad-length", "this document has another length further up"));
            }
            held.0 = Some(length);
        }
        if line.text(start).is_none() && line.text(end).is_none() {
            return Ok(());
        }
        let (start, end) = (line.some_real(start)?, line.some_real(end)?);
        let until = held.0.or(arguments.length).map_or(f64::INFINITY, |length| from + length);
        if !(from <= start && start < end && end <= until) {
            return Err(line
                .fault("bad-span", format!("[{start}, {end}) is no span of [{from}, {until})"))
                .hint("a span ends after it starts, and lies within --length"));
        }
        let value = values.place(value.map_or(Ok("marked"), |value| line.word(value))?);
        held.1.push(Unit { coder, start, end, value });
        Ok(())
    })?;
    let values: Vec<String> = values.names().into_iter().map(str::to_owned).collect();
    if documents.entries().is_empty() {
        documents.entry("");
    }
    let continuum = |(_, (length, units)): (String, (Option<f64>, Vec<Unit>))| {
        let length = length.or(arguments.length).filter(|length| *length > 0.0 && (from + length).is_finite());
        let length = length.ok_or_else(|| {
            sheet
                .fault("bad-length", "--length is a number above 0")
                .hint("give the length of the text the spans lie in, or each document's in a column length")
        })?;
        // A length that was said behind the spans.
        if let Some(unit) = units.iter().find(|unit| unit.end > from + length) {
            return Err(sheet
                .fault("bad-span", format!("[{}, {}) is no span of [{from}, {})", unit.start, unit.end, from + length))
                .hint("a span ends after it starts, and lies within its document"));
        }
        Ok(Continuum { start: from, length, coders: coders.entries().len(), values: values.len(), units })
    };
    let documents = documents.into_entries().into_iter().map(continuum).collect::<Result<Vec<_>>>()?;
    Ok(Marked { documents, values })
}

fn numbers(
    family: &Unitizing,
    alone: &[Unitizing],
    older: &Unitizing1995,
    values: &[String],
    intervals: Option<&Intervals>,
) -> crate::table::Table {
    let mut columns = vec![("name", "Statistic"), ("value", "Value"), ("alpha", "Alpha")];
    columns.extend(intervals.iter().flat_map(|_| [("ci_low", "95 % from"), ("ci_high", "to")]));
    columns.push(("coverage", "Coverage"));
    let mut numbers = table(&columns, 6);
    let mut push = |name: &str, value: Cell, alpha: Cell, coverage: Cell, interval: Option<Interval>| {
        let mut row = vec![name.into(), value, alpha];
        let ends = [interval.map(|one| one.low), interval.map(|one| one.high)];
        row.extend(intervals.iter().flat_map(|_| ends.map(Cell::from)));
        row.push(coverage);
        numbers.push(row);
    };
    let of = |interval: fn(&Intervals) -> Option<Interval>| intervals.and_then(interval);
    push("u_alpha", Cell::Empty, cell(&family.u), Cell::Empty, of(|all| all.u));
    push("bar_u_alpha", Cell::Empty, cell(&family.bar_u), Cell::Empty, of(|all| all.bar_u));
    push("cu_alpha", Cell::Empty, cell(&family.cu.alpha), cell(&family.cu.coverage), of(|all| all.cu));
    for (at, (value, one)) in values.iter().zip(&family.ku).enumerate() {
        let interval = intervals.and_then(|all| *all.ku.get(at)?);
        push("ku_alpha", value.as_str().into(), cell(&one.alpha), cell(&one.coverage), interval);
    }
    for (value, one) in values.iter().zip(alone) {
        push("u_alpha alone", value.as_str().into(), cell(&one.u), Cell::Empty, None);
    }
    push("alpha_1995", Cell::Empty, cell(&older.alpha), Cell::Empty, None);
    for (value, one) in values.iter().zip(&older.values) {
        push("alpha_1995", value.as_str().into(), cell(one), Cell::Empty, None);
    }
    numbers
}

fn intervals_json(all: &Intervals, values: &[String], seed: u64) -> Value {
    let one = |interval: Option<Interval>| {
        interval.map(|one| json!({ "ci_low": one.low, "ci_high": one.high, "dropped": one.dropped }))
    };
    let ku = values.iter().zip(&all.ku).map(|(value, interval)| json!({ "value": value, "interval": one(*interval) }));
    json!({
        "u_alpha": one(all.u),
        "bar_u_alpha": one(all.bar_u),
        "cu_alpha": one(all.cu),
        "ku_alpha": ku.collect::<Vec<_>>(),
        "resampled": "documents",
        "resamples": all.u.map(|one| one.resamples),
        "exact": all.u.map(|one| one.exact),
        "seed": seed,
    })
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
