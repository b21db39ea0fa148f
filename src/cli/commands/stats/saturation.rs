//! `realist stats saturation`

use super::Chance;
use super::output::{Answer, Object, unread_left_out, warn};
use super::sheet::{InOrder, Sheet};
use crate::act::output;
use crate::act::saturation::{self as project, coded};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::participant::Audience;
use crate::picture::chart::Chart;
use crate::project::Project;
use crate::render;
use crate::report::figure::saturation::{self as figure, Series};
use crate::stats::saturation::{InAnyOrder, Rule, Saturation, in_any_order, new_themes, saturation};
use crate::stats::{Defined, undefined};
use crate::table::{Cell, Column};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns interview, new_themes, one row an interview in the order read; or interview, theme, one row a
    /// theme; with a column kind, kind by kind (- for standard input). Without it the project's own documents in the order
    /// they were taken in, with their codes as themes.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// The project's documents kind by kind: kind.
    #[arg(long, value_name = "kind", value_parser = ["kind"], conflicts_with = "file")]
    by: Option<String>,
    /// Interviews whose themes are the yardstick.
    #[arg(long, value_name = "B")]
    base: usize,
    /// Interviews in a run.
    #[arg(long, value_name = "R")]
    run: usize,
    /// Saturation is reached at this much new information or less, in per cent.
    #[arg(long, default_value_t = 5.0, value_name = "PERCENT")]
    threshold: f64,
    /// Also draw it into this file, a panel for each kind; its ending says how: svg or html.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    chance: Chance,
}

/// Interviews of one kind: how many themes each adds, or which each has.
#[derive(Debug, Default)]
struct Interviews {
    counts: Vec<u32>,
    themes: InOrder<BTreeSet<String>>,
}

struct Read {
    kind: String,
    /// How many there are.
    interviews: usize,
    saturation: Defined<Saturation>,
    /// Only where themes are named.
    in_any_order: Option<InAnyOrder>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let (project, interviews, order) = if let Some(file) = &arguments.file {
        (None, read(&Sheet::read(file)?, context)?, "as in the file".to_owned())
    } else {
        let project = context.open()?;
        let (interviews, order) = own(context, &project, arguments.by.is_some())?;
        (Some(project), interviews, order)
    };
    let rule = Rule { base: arguments.base, run: arguments.run, threshold: arguments.threshold / 100.0 };
    let kinds: Vec<Read> =
        interviews.into_iter().map(|(kind, interviews)| judge(kind, interviews, rule, arguments.chance)).collect();
    let mut answer = Answer::default();
    let series: Vec<Series> =
        kinds.iter().map(|one| Series { kind: &one.kind, interviews: one.interviews, found: &one.saturation }).collect();
    let mut runs = figure::table(&series);
    runs.columns.push(Column::new("chart", ""));
    for row in &mut runs.rows {
        let share = if let Some(Cell::Real(percent)) = row.last() { bar(percent / 100.0).into() } else { Cell::Empty };
        row.push(share);
    }
    answer.numbers(runs);
    for one in &kinds {
        answer.note(in_words(one, &arguments));
    }
    answer.note(format!("Order of interviews: {order}."));
    answer.note("Guest, Namey and Chen 2020; the base stays what it is, runs slide by one. Never a rule for stopping by itself.");
    if let Some(file) = &arguments.out {
        draw(context, project.as_ref(), &figure::saturation(&series, rule, &order), file)?;
    }
    answer.show(context, &as_json(&kinds, &order, &arguments));
    Ok(Exit::Done)
}

/// Writes the chart; in a rehearsal nothing.
fn draw(context: &Context, project: Option<&Project>, chart: &Chart, file: &Path) -> Result<()> {
    let ending = file.extension().map_or_else(|| "svg".to_owned(), |ending| ending.to_string_lossy().to_lowercase());
    let drawn = render::figure::chart(chart, &ending)?;
    if context.surroundings.rehearsal {
        context.ui.say("dry run: nothing was written");
        return Ok(());
    }
    match project {
        Some(project) => drop(output::file(project, Audience::Team, file, drawn.into_bytes())?),
        None => output::of_no_project(file, drawn.as_bytes())?,
    }
    context.ui.say(&format!("wrote {}, for the team: the labels of documents are in it", file.display()));
    Ok(())
}

fn read(sheet: &Sheet, context: &Context) -> Result<Vec<(String, Interviews)>> {
    let interview = sheet.needed("interview")?;
    let theme = sheet.column("theme");
    let new = if theme.is_some() { None } else { Some(sheet.needed("new_themes")?) };
    let kind = sheet.column("kind");
    sheet.note_unread(&["interview", "new_themes", "theme", "kind"], context);
    let mut kinds: InOrder<Interviews> = InOrder::default();
    sheet.each(|line| {
        let name = line.word(interview)?;
        let interviews = kinds.entry(kind.map_or(Ok("all"), |kind| line.word(kind))?);
        if let Some(theme) = theme {
            let themes = interviews.themes.entry(name);
            themes.extend(line.text(theme).map(str::to_owned));
        }
        if let Some(new) = new {
            line.word(new)?;
            interviews.counts.push(line.number(new)?.unwrap_or_default());
        }
        Ok(())
    })?;
    Ok(kinds.into_entries())
}

/// The project's documents, and the order they stand in.
fn own(context: &Context, project: &Project, by_kind: bool) -> Result<(Vec<(String, Interviews)>, String)> {
    let found = coded(project, by_kind)?;
    unread_left_out(context, found.unread);
    if found.gone > 0 {
        let codings = counted(found.gone, "coding");
        warn(context, "codings-gone", format!("{codings} left out: their words were destroyed"));
    }
    if found.uncoded > 0 {
        let documents = counted(found.uncoded, "document");
        warn(
            context,
            "not-coded",
            format!("{documents} left out: nobody has coded them, so what they would add is not known"),
        );
    }
    let labels: Vec<String> = found
        .series
        .iter()
        .map(|one| {
            let labels: Vec<&str> = one.interviews.iter().map(|(label, _)| label.as_str()).collect();
            format!("{} {}", one.kind, labels.join(", "))
        })
        .collect();
    let of = |series: project::Series| {
        let mut interviews = Interviews::default();
        for (label, themes) in series.interviews {
            *interviews.themes.entry(&label) = themes;
        }
        (series.kind, interviews)
    };
    let order = format!("as documents were taken in: {}", labels.join("; "));
    Ok((found.series.into_iter().map(of).collect(), order))
}

fn judge(kind: String, interviews: Interviews, rule: Rule, chance: Chance) -> Read {
    let themes: Vec<BTreeSet<String>> =
        interviews.themes.into_entries().into_iter().map(|(_, themes)| themes).collect();
    let counts = if themes.is_empty() { interviews.counts } else { new_themes(&themes) };
    let found = if rule.threshold < 0.0 { undefined("a threshold is not below 0") } else { saturation(&counts, rule) };
    let in_any_order =
        if themes.is_empty() || found.is_err() { None } else { in_any_order(&themes, rule, chance.draws()) };
    Read { kind, interviews: counts.len(), saturation: found, in_any_order }
}

/// A bar a fiftieth of the base long for each mark.
fn bar(share: f64) -> String {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 50
    let marks = (share.clamp(0.0, 1.0) * 50.0).ceil() as usize;
    "#".repeat(marks)
}

fn in_words(one: &Read, arguments: &Arguments) -> String {
    let (kind, run, threshold) = (&one.kind, arguments.run, arguments.threshold);
    let words = match &one.saturation {
        Err(why) => format!("{kind}: undefined ({why})"),
        Ok(Saturation { base_themes, reached: Some(before), .. }) => {
            format!(
                "{kind}: {base_themes} themes in the base; saturation at {before}+{run} (new information at most {threshold} %)"
            )
        }
        Ok(Saturation { base_themes, reached: None, .. }) => {
            format!("{kind}: {base_themes} themes in the base; new information never came down to {threshold} %")
        }
    };
    let Some(any) = one.in_any_order else { return words };
    let mean = any.mean.map_or_else(String::new, |mean| format!(", after {mean:.1} on average"));
    let (orders, seed) = (arguments.chance.permutations, arguments.chance.seed);
    format!("{words}; in {:.0} % of {orders} orders by chance (seed {seed}){mean}", 100.0 * any.reached)
}

fn as_json(kinds: &[Read], order: &str, arguments: &Arguments) -> Value {
    let one = |read: &Read| {
        let found = read.saturation.as_ref().ok();
        let runs: Vec<Value> = found
            .map(|found| {
                let run = |run: &crate::stats::saturation::Run| {
                    json!({ "from": run.first, "to": run.last, "new": run.new, "share": run.share })
                };
                found.runs.iter().map(run).collect()
            })
            .unwrap_or_default();
        let reached = read.saturation.clone().and_then(|found| {
            found.reached.map_or_else(|| undefined("new information never came down to the threshold"), Ok)
        });
        Object::default()
            .with("kind", read.kind.clone())
            .with("interviews", read.interviews)
            .with("base_themes", found.map(|found| found.base_themes))
            .with("runs", runs)
            .defined("after", &reached)
            .defined("saturation", &reached.map(|before| format!("{before}+{}", arguments.run)))
            .with("any_order", read.in_any_order.map(|any| json!({ "reached": any.reached, "mean_after": any.mean })))
            .finish()
    };
    let mut answer = kinds.first().map_or_else(|| json!({}), one);
    let shared = json!({
        "base": arguments.base,
        "run": arguments.run,
        "threshold": arguments.threshold / 100.0,
        "orders": arguments.chance.permutations,
        "seed": arguments.chance.seed,
        "order": order,
    });
    if kinds.len() > 1 {
        answer = json!({ "kinds": kinds.iter().map(one).collect::<Vec<_>>() });
    }
    if let (Value::Object(answer), Value::Object(shared)) = (&mut answer, shared) {
        answer.extend(shared);
    }
    answer
}
