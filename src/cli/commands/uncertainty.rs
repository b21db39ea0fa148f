//! `realist uncertainty`

use super::columns;
use super::shared::{in_lines, rating, confirm, counted, excerpt, optional, read_input, required, rows, word};
use crate::act::round::rated::rated;
use crate::act::uncertainty::{self as act, Entry, RatingRow};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::project::Depth;
use crate::table::Table;
use crate::uncertainty::{Consideration, Criterion, UncertaintyStatus};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Uncertainties with the proposed order and its parts.
    List,
    /// Add what a meeting must settle: one answerable sentence.
    Add {
        text: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change an uncertainty.
    Edit {
        #[arg(value_name = "U1.gj")]
        uncertainty: String,
        #[arg(long)]
        text: Option<String>,
        /// open, scheduled, decided, deferred or withdrawn.
        #[arg(long, value_parser = word::<UncertaintyStatus>)]
        status: Option<UncertaintyStatus>,
        #[command(flatten)]
        fields: Fields,
    },
    /// Set the order of the agenda, first to last.
    Order {
        #[arg(required = true, value_name = "U1.gj")]
        uncertainties: Vec<String>,
    },
    /// Put down what people judged of one thing they weighed, in their words, for `realist report question-frame`. Nothing is
    /// worked out from it.
    Weigh {
        #[arg(value_name = "U1.gj")]
        uncertainty: String,
        /// problem, effects, certainty, values, resources, equity, acceptability or feasibility.
        #[arg(value_parser = word::<Consideration>)]
        consideration: Consideration,
        /// "probably less fair to people without a telephone"
        judgement: String,
        #[arg(long)]
        why: String,
        /// What else was weighed, beside the evidence.
        #[arg(long)]
        also: Option<String>,
    },
    /// Record a stakeholder's rating, or many from CSV.
    Rate {
        #[arg(value_name = "U1.gj", required_unless_present = "from")]
        uncertainty: Option<String>,
        /// importance, urgency or answerability.
        #[arg(long, required_unless_present = "from", value_parser = word::<Criterion>)]
        criterion: Option<Criterion>,
        #[arg(long, required_unless_present = "from")]
        group: Option<String>,
        /// Pseudonymous token, such as su1. Never a name.
        #[arg(long, required_unless_present = "from")]
        rater: Option<String>,
        /// 0, 0.5 or 1.
        #[arg(long, required_unless_present = "from", value_parser = |text: &str| rating(text).map_err(|fault| in_lines(&fault)))]
        value: Option<f64>,
        /// CSV with the columns uncertainty, criterion, group, rater, value (- for standard input).
        #[arg(long, value_name = "FILE")]
        from: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// Two or three plain sentences for readers who were not there.
    #[arg(long)]
    plain: Option<String>,
    /// What in the manual or the training waits on it.
    #[arg(long)]
    why: Option<String>,
    /// What is not known.
    #[arg(long)]
    unknown: Option<String>,
    #[arg(long)]
    component: Option<String>,
    /// A statement it is about, rivals included; may be repeated.
    #[arg(long = "hypothesis", value_name = "H1.gj")]
    hypotheses: Vec<String>,
    /// "A: what is done | what the manual would say | what it needs | for whom it may not work"; may be repeated.
    #[arg(long = "option", value_name = "OPTION")]
    options: Vec<String>,
    #[arg(long)]
    minutes: Option<u32>,
    #[arg(long)]
    introduced_by: Option<String>,
}

fn entry(text: Option<String>, status: Option<UncertaintyStatus>, fields: Fields) -> Entry {
    let Fields { plain, why, unknown, component, hypotheses, options, minutes, introduced_by } = fields;
    Entry { text, plain, why, unknown, component, hypotheses, options, status, place: None, minutes, introduced_by }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List => return list(context, &project),
        Command::Add { text, fields } => {
            let done = act::add(&mut project, &entry(Some(text), None, fields))?;
            confirm(context, &done, &format!("added {}", done.answer), json!({ "id": done.answer }));
        }
        Command::Edit { uncertainty, text, status, fields } => {
            let done = act::edit(&mut project, &uncertainty, &entry(text, status, fields))?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
        }
        Command::Order { uncertainties } => {
            let done = act::order(&mut project, &uncertainties)?;
            confirm(context, &done, &format!("agenda: {}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
        Command::Weigh { uncertainty, consideration, judgement, why, also } => {
            let done = act::weigh(&mut project, &uncertainty, consideration, (&judgement, &why, also.as_deref()))?;
            let said = format!("{}: {}, {judgement}", done.answer, consideration.title().to_lowercase());
            confirm(context, &done, &said, json!({ "id": done.answer, "consideration": consideration }));
        }
        Command::Rate { uncertainty, criterion, group, rater, value, from } => {
            let rows = match (from, uncertainty, criterion, group, rater, value) {
                (Some(file), ..) => ratings(&read_input(&file)?, &file)?,
                (None, Some(uncertainty), Some(criterion), Some(group), Some(rater), Some(value)) => {
                    vec![RatingRow { uncertainty, criterion, group, rater, value }]
                }
                _ => return Err(fault("incomplete-rating", "a rating names uncertainty, criterion, group, rater and value")),
            };
            let done = act::rate(&mut project, &rows)?;
            confirm(context, &done, &format!("recorded {}", counted(done.answer, "rating")), json!({ "recorded": done.answer }));
        }
    }
    Ok(Exit::Done)
}

fn ratings(text: &str, name: &str) -> Result<Vec<RatingRow>> {
    rows(text, name, columns::RATING)?
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let at = |fault: crate::diagnostic::Fault| fault.in_file(format!("{name}, row {}", number + 1));
            let rater = optional(row, "rater").ok_or_else(|| {
                at(fault("no-rater", "a rating needs a rater").hint(
                    "add a column rater with a token for each person, such as su1: without it ratings would overwrite each other",
                ))
            })?;
            Ok(RatingRow {
                uncertainty: required(row, "uncertainty", number + 1)?.to_owned(),
                criterion: required(row, "criterion", number + 1)?.parse()?,
                group: required(row, "group", number + 1)?.to_owned(),
                rater: rater.to_owned(),
                value: rating(required(row, "value", number + 1)?).map_err(at)?,
            })
        })
        .collect()
}

fn list(context: &Context, project: &crate::project::Project) -> Result<Exit> {
    let mut synthesis = project.synthesis(Depth::Quotations)?;
    synthesis.rated = rated(project, Audience::Team)?;
    let priorities = crate::frame::priorities(&synthesis);
    let mut table = Table::with(&[
        ("id", "Id"),
        ("text", "Uncertainty"),
        ("status", "Status"),
        ("place", "Place set by people"),
        ("score", "Priority"),
        ("missing", "Criteria missing"),
        ("ratings", "Ratings"),
    ]);
    table.columns[4].decimals = 4;
    let mut uncertainties: Vec<_> = synthesis.uncertainties.values().collect();
    let rank = |id| priorities.iter().position(|one| one.uncertainty == id).unwrap_or(usize::MAX);
    uncertainties.sort_by_key(|one| (rank(one.id), synthesis.labels.get(&one.id).cloned()));
    for one in uncertainties {
        let priority = priorities.iter().find(|priority| priority.uncertainty == one.id);
        table.push(vec![
            synthesis.label(one.id).into(),
            excerpt(&one.text, 70).into(),
            one.status.word().into(),
            one.place.map(|place| place as usize).into(),
            priority.and_then(|priority| priority.priority.score).into(),
            priority.map(|priority| priority.priority.missing.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")).into(),
            one.ratings.len().into(),
        ]);
    }
    context.ui.list(&table, &table.to_json());
    Ok(Exit::Done)
}
