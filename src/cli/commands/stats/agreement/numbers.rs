//! The coefficients in a table, with the rules they rest on.

use super::Arguments;
use super::analysis::Analysis;
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::commands::stats::output::{self, Answer, warn};
use crate::stats::agreement::{Metric, Outcome};
use crate::table::{Cell, Table};

pub fn table(shown: &[(&String, Analysis)], by: Option<&str>) -> Table {
    let mut columns = vec![("name", "Statistic"), ("value", "Value"), ("ci_low", "95 % from"), ("ci_high", "to")];
    columns.extend([("observed", "Observed"), ("expected", "By chance")]);
    let has_pairs = shown.iter().any(|(_, analysis)| !analysis.pairs.is_empty());
    let is_several = has_pairs || by.is_some();
    columns.splice(0..0, is_several.then_some(("n", "N")));
    columns.splice(0..0, has_pairs.then_some(("coders", "Coders")));
    columns.splice(0..0, by.map(|by| (by, by)));
    let mut table = output::table(&columns, 6);
    for (group, analysis) in shown {
        for (coders, units, outcomes) in analysis.results() {
            let coders = coders.map_or_else(|| "all".to_owned(), |pair| pair.join(", "));
            for outcome in outcomes {
                let mut row: Vec<Cell> = by.map(|_| group.as_str().into()).into_iter().collect();
                row.extend(has_pairs.then(|| coders.as_str().into()));
                row.extend(is_several.then(|| units.into()));
                row.extend(cells(outcome));
                table.push(row);
            }
        }
    }
    table
}

fn cells(outcome: &Outcome) -> [Cell; 6] {
    let name = outcome.metric.word().into();
    match &outcome.coefficient {
        Err(why) => [name, Cell::Undefined(why.0.clone()), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
        Ok(one) => [
            name,
            one.value.into(),
            outcome.interval.map(|one| one.low).into(),
            outcome.interval.map(|one| one.high).into(),
            one.observed.into(),
            one.expected.into(),
        ],
    }
}

pub fn rules(answer: &mut Answer, shown: &[(&String, Analysis)], in_groups: bool, arguments: &Arguments) {
    for (group, analysis) in shown {
        let whose = if in_groups { format!("{group}: ") } else { String::new() };
        let (units, coders) = (analysis.ratings.units().len(), analysis.ratings.coders().len());
        answer.note(format!(
            "{whose}N: {} with a value, {}, {} categories{}",
            counted(units, "unit"),
            counted(coders, "coder"),
            analysis.ratings.categories().len(),
            if arguments.file.is_some() && arguments.categories.is_empty() {
                " (those that occur)"
            } else {
                " (as given)"
            },
        ));
    }
    answer.note("Observed and by chance are agreement; for Krippendorff's alpha disagreement.");
    if shown.iter().any(|(_, one)| one.outcomes.iter().any(|outcome| outcome.metric == Metric::GwetAc2)) {
        answer.note(format!("gwet_ac2 with {} weights.", arguments.weights));
    }
    if shown.iter().any(|(_, analysis)| !analysis.pairs.is_empty()) {
        answer.note("A pair counts the units that both have coded; N is how many these are.");
    }
    if let Some((_, analysis)) = shown.iter().find(|(_, analysis)| analysis.resamples().is_some()) {
        let how = if analysis.is_exact() { "every".to_owned() } else { format!("seed {},", arguments.seed) };
        answer.note(format!(
            "95 %: percentile bootstrap over units, {how} {} resamples, inverse of the distribution function.",
            analysis.resamples().unwrap_or_default()
        ));
    }
}

/// Intervals that rest on little: one line each for what is the same of many.
pub fn cautions(context: &Context, shown: &[(&String, Analysis)]) {
    let results = || shown.iter().flat_map(|(_, analysis)| analysis.results());
    let has_interval = |outcomes: &[Outcome]| outcomes.iter().any(|outcome| outcome.interval.is_some());
    let few = results().filter(|(_, units, outcomes)| *units < 20 && has_interval(outcomes));
    let few: Vec<usize> = few.map(|(_, units, _)| units).collect();
    if let Some(least) = few.iter().min() {
        let of_how_many = if few.len() > 1 { format!(" ({} groups or pairs have fewer than 20)", few.len()) } else { String::new() };
        warn(context, "few-units", format!("an interval from {} says little{of_how_many}", counted(*least, "unit")));
    }
    let intervals = results().flat_map(|(_, _, outcomes)| outcomes);
    let shares = intervals.filter_map(|outcome| Some((outcome.metric, outcome.interval?))).map(|(metric, interval)| {
        (metric, 100.0 * interval.dropped / interval.resamples)
    });
    let mut shares: Vec<(Metric, f64)> = shares.filter(|(_, share)| *share > 5.0).collect();
    shares.sort_by(|a, b| b.1.total_cmp(&a.1));
    match shares.as_slice() {
        [] => {}
        [(metric, share)] => {
            let what = format!("{metric}: undefined in {share:.1} % of the resamples, which were dropped");
            warn(context, "dropped-resamples", what);
        }
        [(worst, share), ..] => warn(
            context,
            "dropped-resamples",
            format!(
                "{} intervals leave out more than 5 % of the resamples (at most {share:.1} %, {worst}): the coefficient does \
                 not exist there, as where all units say the same; such an interval is too narrow; each number is in \
                 --format json as `dropped`",
                shares.len()
            ),
        ),
    }
}
