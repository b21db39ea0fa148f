//! `realist stats agreement`

mod analysis;
mod numbers;

use super::output::{Answer, warn};
use super::own;
use super::sheet::{InOrder, Line, Sheet};
use crate::act::agreement::{self as act, By, Codings};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, word};
use crate::cli::ui::Exit;
use crate::appraisal::Criterion;
use crate::diagnostic::{Fault, Result, fault};
use crate::project::Depth;
use crate::report::appraisal;
use crate::report::disagreements::NOTE;
use crate::stats::agreement::{Categories, Gathering, Metric, Ratings, Repeated, Weights};
use analysis::Analysis;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns unit, coder, value (- for standard input). No row, or an empty value, is a missing one.
    /// Without it the project's own codings, code by code.
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// One row a unit: unit, then a column a coder.
    #[arg(long, requires = "file")]
    wide: bool,
    /// Of the project's codes only this one; may be repeated.
    #[arg(long, value_name = "CODE", conflicts_with = "file")]
    code: Vec<String>,
    /// codings, or appraisals: relevance, richness and rigour as two or more people gave them to a passage.
    #[arg(long, default_value = "codings", value_parser = word::<Of>, conflicts_with = "file")]
    of: Of,
    /// What was coded in this blind pass, as it stood when the pass was closed.
    #[arg(long, value_name = "BP1.gj", conflicts_with = "file")]
    pass: Option<String>,
    /// percent, cohen_kappa, krippendorff_alpha_nominal, gwet_ac1, ... or all; several with commas.
    #[arg(long, value_delimiter = ',', default_value = "all", value_name = "NAME", value_parser = which)]
    metric: Vec<Which>,
    /// Every category there is, in order, with commas; without it those that occur.
    #[arg(long, value_delimiter = ',', value_name = "A,B,C")]
    categories: Vec<String>,
    /// What near misses count in gwet_ac2: identity, linear, quadratic, radical or ordinal.
    #[arg(long, default_value = "quadratic", value_parser = word::<Weights>)]
    weights: Weights,
    /// A value that stands for a missing one, such as NA; may be repeated.
    #[arg(long, value_name = "VALUE")]
    missing: Vec<String>,
    /// Everything once for each value of a further column, such as code or document; of the project's codings, by code
    /// (unless you say) or by document, over all codes compared.
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// With more than two coders: each pair by itself too, on the units that both have coded.
    #[arg(long)]
    pairs: bool,
    /// How many of the units coders differ on to show.
    #[arg(long, default_value_t = 20, value_name = "N")]
    disagreements: usize,
    /// Resamples of units behind an interval.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    bootstrap: u32,
    /// No intervals.
    #[arg(long, conflicts_with = "bootstrap")]
    no_ci: bool,
    /// Where chance starts; the same seed gives the same intervals everywhere.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

crate::vocabulary! {
    /// What of the project is compared.
    pub enum Of "thing to compare" {
        Codings "codings",
        Appraisals "appraisals",
    }
}

#[derive(Debug, Clone, Copy)]
enum Which {
    All,
    One(Metric),
}

fn which(text: &str) -> Result<Which, String> {
    if text == "all" { Ok(Which::All) } else { word(text).map(Which::One) }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut answer = Answer::default();
    let (by, groups, aside) = match (&arguments.file, arguments.of) {
        (Some(file), _) => (arguments.by.clone(), gather(&Sheet::read(file)?, &arguments, context)?, None),
        (None, Of::Codings) => {
            let groups: Vec<&str> = By::ALL.iter().map(|by| by.word()).collect();
            let by = by_of_project(&arguments, &groups, "--code, --pass, --of appraisals, --by code or document")?;
            let by = by.map_or(Ok(By::Code), str::parse)?;
            let Codings { groups, aside } = own_codings(&arguments, by, context)?;
            (Some(by.to_string()), groups, Some(aside))
        }
        (None, Of::Appraisals) => {
            by_of_project(&arguments, &["criterion"], "--of codings, --metric, --pairs; appraisals go by criterion")?;
            (Some("criterion".to_owned()), own_appraisals(&arguments, context)?, None)
        }
    };
    let mut shown = Vec::new();
    for (group, ratings) in &groups {
        let analysis = Analysis::of(ratings, &arguments);
        if let Some(by) = &by {
            answer.heading(format!("{by}: {group}"));
        }
        analysis.before(&mut answer);
        shown.push((group, analysis));
    }
    answer.heading(format!("Agreement: {NOTE}"));
    answer.numbers(numbers::table(&shown, by.as_deref()));
    numbers::rules(&mut answer, &shown, by.is_some(), &arguments);
    let json = match &by {
        None => shown.first().map_or(Value::Null, |(_, analysis)| analysis.json()),
        Some(by) => {
            let groups = shown.iter().map(|(group, analysis)| {
                let mut one = json!({ "group": group });
                if let (Value::Object(one), Value::Object(rest)) = (&mut one, analysis.json()) {
                    one.extend(rest);
                }
                one
            });
            let groups = groups.collect::<Vec<_>>();
            let answer = json!({ "by": by, "groups": groups });
            match &aside {
                None => answer,
                Some(aside) => own::with_aside(answer, aside),
            }
        }
    };
    answer.show(context, &json);
    numbers::cautions(context, &shown);
    Ok(Exit::Done)
}

/// By what the project's codings or appraisals are grouped. Faults: `not-of-project`, `unknown-group`.
fn by_of_project<'a>(arguments: &'a Arguments, groups: &[&str], instead: &str) -> Result<Option<&'a str>> {
    let given = [("--categories", !arguments.categories.is_empty()), ("--missing", !arguments.missing.is_empty())];
    own::refuse_of_file(&given, instead)?;
    let by = arguments.by.as_deref();
    match by.filter(|by| !groups.contains(by)) {
        None => Ok(by),
        Some(strange) => Err(fault("unknown-group", format!("a project's agreement is not by '{strange}'"))
            .hint(format!("groups: {}", groups.join(", ")))
            .hint("a column of a table: name the FILE as well")),
    }
}

/// What the project's coders put where.
fn own_codings(arguments: &Arguments, by: By, context: &Context) -> Result<Codings> {
    let project = context.open()?;
    let compared = own::compared(&project, &arguments.code, arguments.pass.as_ref())?;
    let found = act::ratings(&project, &compared, by)?;
    let each = match by {
        By::Code => "",
        By::Document => ", once for each code compared",
    };
    let what = format!("units: every numbered unit of {{documents}}{each}; yes where a coding touches it");
    own::told(context, &project, &found.aside, arguments.pass.as_ref(), &what);
    Ok(found)
}

/// What people made of the same links, criterion by criterion.
fn own_appraisals(arguments: &Arguments, context: &Context) -> Result<Vec<(String, Ratings)>> {
    if arguments.pass.is_some() || !arguments.code.is_empty() {
        return Err(fault("not-by-code", "appraisals are compared over all links that two people appraised")
            .hint("leave out --code and --pass"));
    }
    let project = context.open()?;
    let synthesis = project.synthesis(Depth::Facts)?;
    let appraised = synthesis.appraised();
    let double = appraised.iter().filter(|one| one.is_double()).count();
    if double == 0 {
        return Err(fault("appraised-once", "no link has been appraised by two people")
            .hint("a second person appraises, the first's scores unseen: realist --coder TAG evidence appraise --second"));
    }
    context.ui.say(&format!("units: {} that two or more people appraised, 0 none to 3 high", counted(double, "link")));
    let rate = |criterion: &Criterion| {
        let ratings = appraisal::ratings(&appraised, |id| synthesis.label(id), *criterion);
        let twice = |twice: Repeated| fault("coded-twice", format!("two links share the label {}", twice.unit));
        Ok((criterion.to_string(), ratings.map_err(twice)?))
    };
    Criterion::ALL.iter().map(rate).collect()
}

/// Reads the values, group by group where a column says which; all groups share one list of categories.
fn gather(sheet: &Sheet, arguments: &Arguments, context: &Context) -> Result<Vec<(String, Ratings)>> {
    let by = arguments.by.as_deref().map(|column| sheet.needed(column)).transpose()?;
    let mut groups: InOrder<Gathering> = InOrder::default();
    let is_missing = |value: &str| arguments.missing.iter().any(|missing| missing == value);
    let group_of = |line: &Line| by.map_or(Ok(String::new()), |by| line.word(by).map(str::to_owned));
    if arguments.wide {
        let skipped = arguments.by.as_deref().unwrap_or_default();
        let unit = sheet.needed("unit")?;
        let titles = sheet.titles()?;
        let named =
            sheet.headings().iter().zip(titles).filter(|(heading, _)| *heading != "unit" && *heading != skipped);
        let coders: Vec<_> =
            named.map(|(heading, title)| Ok((sheet.needed(heading)?, title))).collect::<Result<_>>()?;
        sheet.each(|line| {
            let gathering = groups.entry(&group_of(line)?);
            let unit = line.word(unit)?;
            for (column, coder) in &coders {
                gathering.coder(coder);
                if let Some(value) = line.text(*column).filter(|value| !is_missing(value)) {
                    gathering.add(unit, coder, value);
                }
            }
            Ok(())
        })?;
    } else {
        let [unit, coder, value] = ["unit", "coder", "value"].map(|name| sheet.needed(name));
        let (unit, coder, value) = (unit?, coder?, value?);
        sheet.note_unread(&["unit", "coder", "value", arguments.by.as_deref().unwrap_or("unit")], context);
        sheet.each(|line| {
            let gathering = groups.entry(&group_of(line)?);
            let (unit, coder) = (line.word(unit)?, line.word(coder)?);
            gathering.coder(coder);
            if let Some(value) = line.text(value).filter(|value| !is_missing(value)) {
                gathering.add(unit, coder, value);
            }
            Ok(())
        })?;
    }
    let categories = categories(sheet, &groups, &arguments.categories)?;
    if arguments.categories.is_empty() {
        doubted(&categories, context);
    }
    if groups.entries().is_empty() {
        groups.entry("");
    }
    let finish = |(group, mut gathering): (String, Gathering)| {
        if !arguments.wide {
            gathering.sort_coders();
        }
        let ratings = gathering.finish(categories.clone()).map_err(|twice| repeated(sheet, &twice))?;
        Ok((group, ratings))
    };
    groups.into_entries().into_iter().map(finish).collect()
}

fn categories(sheet: &Sheet, groups: &InOrder<Gathering>, given: &[String]) -> Result<Categories> {
    let labels = || groups.entries().iter().flat_map(|(_, gathering)| gathering.labels().iter().map(String::as_str));
    if given.is_empty() {
        return Ok(Categories::found(labels()));
    }
    let categories = Categories::given(&given.iter().map(|label| label.trim()).collect::<Vec<_>>());
    match labels().find(|label| categories.find(label).is_none()) {
        None => Ok(categories),
        Some(strange) => Err(sheet
            .fault("unknown-category", format!("the value '{strange}' is none of --categories"))
            .hint(format!("categories given: {}", given.join(", ")))
            .hint(format!("if it stands for a missing value: --missing {strange}"))),
    }
}

/// Words that other programs write where there is no value.
const NO_VALUE: [&str; 7] = ["na", "n/a", "nan", "null", "none", "missing", "."];

/// Warns of a category that looks like a missing value.
fn doubted(categories: &Categories, context: &Context) {
    let doubtful = categories.labels().iter().find(|label| NO_VALUE.contains(&label.to_lowercase().as_str()));
    if let Some(label) = doubtful {
        let what = format!("'{label}' counts as a category; where it stands for a missing value: --missing {label}");
        warn(context, "missing-as-category", what);
    }
}

fn repeated(sheet: &Sheet, twice: &Repeated) -> Fault {
    sheet
        .fault("coded-twice", format!("{} has two values for the unit {}", twice.coder, twice.unit))
        .hint("give each unit and coder one row; several codes on one unit are a file, or a --by group, each")
}
