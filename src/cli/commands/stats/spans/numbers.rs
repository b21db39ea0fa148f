//! The coefficients in a table, with the rules they rest on.

use super::{Arguments, Shown};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::commands::stats::output::{self, Answer, cell, warn};
use crate::stats::bootstrap::Interval;
use crate::stats::spans_over::{Intervals, Over};
use crate::table::{Cell, Table};

/// One line of the table.
struct Row {
    name: &'static str,
    value: Cell,
    alpha: Cell,
    coverage: Cell,
    interval: Option<Interval>,
}

/// Codes of a project may lie over each other, so there each by itself comes first.
pub fn table(all: &[Shown], values: &[String], alone_first: bool) -> Table {
    let mut columns = vec![("name", "Statistic"), ("value", "Value"), ("alpha", "Alpha")];
    let has_intervals = all.iter().any(|one| one.intervals.is_some());
    columns.extend(has_intervals.then_some([("ci_low", "95 % from"), ("ci_high", "to")]).into_iter().flatten());
    columns.push(("coverage", "Coverage"));
    let (has_groups, has_pairs) = (all.iter().any(|one| one.group.is_some()), all.iter().any(|one| one.pair.is_some()));
    columns.splice(0..0, has_pairs.then_some([("coders", "Coders"), ("n", "Documents")]).into_iter().flatten());
    columns.splice(0..0, has_groups.then_some(("document", "Document")));
    let mut table = output::table(&columns, 6);
    for one in all {
        let mut rows = [together(one, values), alone(one, values), older(one, values)];
        if alone_first {
            rows.swap(0, 1);
        }
        for row in rows.into_iter().flatten() {
            let mut cells: Vec<Cell> = has_groups.then(|| one.group.clone().into()).into_iter().collect();
            if has_pairs {
                let coders = one.pair.as_ref().map_or_else(|| "all".to_owned(), |pair| pair.join(", "));
                cells.extend([coders.into(), one.texts.into()]);
            }
            cells.extend([row.name.into(), row.value, row.alpha]);
            let ends = [row.interval.map(|one| one.low), row.interval.map(|one| one.high)];
            cells.extend(has_intervals.then(|| ends.map(Cell::from)).into_iter().flatten());
            cells.push(row.coverage);
            table.push(cells);
        }
    }
    table
}

/// All values at once.
fn together(one: &Shown, values: &[String]) -> Vec<Row> {
    let Over { family, .. } = &one.over;
    let of = |interval: fn(&Intervals) -> Option<Interval>| one.intervals.as_ref().and_then(interval);
    let row = |name, alpha, coverage, interval| Row { name, value: Cell::Empty, alpha, coverage, interval };
    let mut rows = vec![
        row("u_alpha", cell(&family.u), Cell::Empty, of(|all| all.u)),
        row("bar_u_alpha", cell(&family.bar_u), Cell::Empty, of(|all| all.bar_u)),
        row("cu_alpha", cell(&family.cu.alpha), cell(&family.cu.coverage), of(|all| all.cu)),
    ];
    for (at, (value, ku)) in values.iter().zip(&family.ku).enumerate() {
        let interval = one.intervals.as_ref().and_then(|all| *all.ku.get(at)?);
        let (value, alpha, coverage) = (value.as_str().into(), cell(&ku.alpha), cell(&ku.coverage));
        rows.push(Row { name: "ku_alpha", value, alpha, coverage, interval });
    }
    rows
}

/// Each value by itself.
fn alone(one: &Shown, values: &[String]) -> Vec<Row> {
    let row = |(at, (value, alpha)): (usize, (&String, _))| Row {
        name: "u_alpha alone",
        value: value.as_str().into(),
        alpha: cell(alpha),
        coverage: Cell::Empty,
        interval: one.intervals.as_ref().and_then(|all| *all.alone.get(at)?),
    };
    values.iter().zip(&one.over.alone).enumerate().map(row).collect()
}

fn older(one: &Shown, values: &[String]) -> Vec<Row> {
    let older = &one.over.older;
    let row = |(value, alpha): (Cell, _)| Row {
        name: "alpha_1995",
        value,
        alpha: cell(alpha),
        coverage: Cell::Empty,
        interval: None,
    };
    let each = values.iter().map(|value| value.as_str().into()).zip(&older.values);
    std::iter::once((Cell::Empty, &older.alpha)).chain(each).map(row).collect()
}

pub fn rules(answer: &mut Answer, all: &[Shown], arguments: &Arguments) {
    let is_own = arguments.file.is_none();
    for one in all.iter().filter(|one| one.pair.is_none()) {
        let whose = one.group.as_ref().map_or_else(String::new, |group| format!("{group}: "));
        answer.note(format!(
            "{whose}N: {}, {}, {}, length {}.",
            counted(one.texts, "document"),
            counted(one.coders, "coder"),
            counted(one.spans, "span"),
            one.length
        ));
    }
    answer.note("u: boundaries and values. bar_u: marked or not. cu: values, where spans meet. ku: one value, where spans meet.");
    answer.note(
        "u alone: the value by itself, as for codes that may lie over each other. alpha_1995: the older definition.",
    );
    if all.iter().any(|one| one.pair.is_some()) {
        answer.note("A pair counts the documents that both have read.");
    }
    let interval = all.iter().find_map(|one| one.intervals.as_ref()?.any());
    answer.note(match interval {
        Some(one) => format!(
            "95 %: percentile bootstrap over documents, {} {} resamples, inverse of the distribution function.",
            if one.exact { "every".to_owned() } else { format!("seed {},", arguments.seed) },
            one.resamples
        ),
        None if all.iter().any(|one| one.texts > 1) => "No interval.".to_owned(),
        None if is_own => "No interval: one document has nothing to resample.".to_owned(),
        None => "No interval: one text has no units to resample (a column document names several).".to_owned(),
    });
}

/// Intervals that rest on little.
pub fn cautions(context: &Context, all: &[Shown]) {
    let least = all.iter().filter(|one| one.intervals.is_some()).map(|one| one.texts).min();
    if let Some(least) = least.filter(|least| *least < 20) {
        let documents = counted(least, "document");
        warn(context, "few-documents", format!("an interval from {documents} says little"));
    }
}
