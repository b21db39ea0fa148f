//! `realist step`

mod check;
mod show;
mod table;

use super::figures;
use super::shared::{confirm, counted, word};
use crate::act::figure as drawn;
use crate::act::output;
use crate::act::step::{self as act, Entry, moves, pathway};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::pathway::Way;
use crate::project::Project;
use serde_json::json;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a step to a model's pathway, or a whole pathway from a table.
    Add(Box<AddArguments>),
    /// Change what is said of a step.
    Edit(Box<EditArguments>),
    /// Say where people move from a step, and what makes one move.
    Move {
        /// Label or name.
        #[arg(value_name = "Z1.gj")]
        step: String,
        /// up or down to a step of the same pathway, or out of it.
        #[arg(value_parser = word::<Way>)]
        way: Way,
        /// Label or name of a step; behind out, a place in words.
        #[arg(value_name = "Z2.gj")]
        to: String,
        /// What makes one move.
        #[arg(long, value_name = "WORDS")]
        when: Option<String>,
        /// Of a place: whether it is in primary care; read from its words unless said.
        #[arg(long, value_name = "yes|no", conflicts_with = "lift")]
        in_primary_care: Option<String>,
        /// Take the move away again.
        #[arg(long, conflicts_with = "when")]
        lift: bool,
    },
    /// Say that a statement explains a step, and how.
    Explain {
        #[arg(value_name = "Z1.gj")]
        step: String,
        #[arg(value_name = "H12.gj")]
        hypothesis: String,
        #[arg(long, required_unless_present = "lift")]
        why: Option<String>,
        /// Take that away again.
        #[arg(long, conflicts_with = "why")]
        lift: bool,
    },
    /// All steps, model by model, retired ones too.
    List {
        /// Only of this model.
        #[arg(long, value_name = "M1.gj")]
        model: Option<String>,
    },
    /// One step: what it offers, where it leads, and the standing of the statements that explain it.
    Show {
        #[arg(value_name = "Z1.gj")]
        step: String,
    },
    /// Seven checks of a pathway, with what would mend each failure.
    Check {
        /// Only of this model; every pathway unless said.
        #[arg(long, value_name = "M1.gj")]
        model: Option<String>,
    },
    /// Draw a pathway: a staircase, with what makes people move.
    Graph {
        /// Only of this model; every pathway unless said.
        #[arg(long, value_name = "M1.gj")]
        model: Option<String>,
        /// Format: svg, html (with a table beside it), dot, mermaid, graphml, csv; may be repeated. svg unless said.
        #[arg(long = "to", value_name = "FORMAT")]
        to: Vec<String>,
        /// Folder to write into; outputs/ of the project unless said.
        #[arg(long, value_name = "DIR")]
        out: Option<String>,
    },
    /// Keep a step, but leave it out of the pathway.
    Retire {
        #[arg(value_name = "Z1.gj")]
        step: String,
        /// Take it up again.
        #[arg(long)]
        back: bool,
    },
}

#[derive(Debug, clap::Args)]
struct AddArguments {
    #[arg(required_unless_present = "file")]
    name: Option<String>,
    /// Whose pathway; the model that is your own unless said.
    #[arg(long, value_name = "M1.gj")]
    model: Option<String>,
    /// All steps of a table, csv or toml (- for standard input), or none: name, rank, intensity, setting, up and so on.
    #[arg(long = "from", value_name = "FILE", conflicts_with_all = ["name", "Fields"])]
    file: Option<String>,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Debug, clap::Args)]
struct EditArguments {
    /// Label or name.
    #[arg(value_name = "Z1.gj")]
    step: String,
    #[arg(long)]
    name: Option<String>,
    /// An intervention or a provider that is to go; may be repeated.
    #[arg(long = "without", value_name = "WORDS")]
    without: Vec<String>,
    /// A step one need not leave after all; may be repeated.
    #[arg(long = "not-leaving", value_name = "Z1.gj")]
    not_leaving: Vec<String>,
    #[command(flatten)]
    fields: Fields,
}

#[derive(Debug, clap::Args)]
#[group(id = "Fields", multiple = true)]
struct Fields {
    /// From 1, the lowest; above all others unless said.
    #[arg(long, value_name = "N")]
    rank: Option<u32>,
    /// low, moderate or high.
    #[arg(long, value_name = "WORD")]
    intensity: Option<String>,
    /// Whom it is for.
    #[arg(long, value_name = "WORDS")]
    reach: Option<String>,
    /// Where it is given, such as "primary care".
    #[arg(long, value_name = "WORDS")]
    setting: Option<String>,
    /// Whether that is in primary care; read from the setting unless said.
    #[arg(long, value_name = "yes|no")]
    in_primary_care: Option<String>,
    /// Something it offers; may be repeated.
    #[arg(long = "intervention", value_name = "WORDS")]
    interventions: Vec<String>,
    /// What it does for recovery or wellbeing.
    #[arg(long = "recovery", value_name = "WORDS")]
    recovery_element: Option<String>,
    /// Role of somebody who gives it; may be repeated.
    #[arg(long = "provider", value_name = "ROLE")]
    providers: Vec<String>,
    /// How one comes onto it.
    #[arg(long, value_name = "WORDS")]
    entry: Option<String>,
    /// A step one must leave to enter it, or none; may be repeated.
    #[arg(long = "leaving", value_name = "Z1.gj")]
    leaving: Vec<String>,
    /// When it is looked at whether it helps.
    #[arg(long = "review", value_name = "WORDS")]
    review_interval: Option<String>,
    /// What is claimed of it, such as that nobody waits: a claim until a statement that explains it has evidence.
    #[arg(long, value_name = "WORDS")]
    claim: Option<String>,
}

impl Fields {
    fn entry(self, name: Option<String>) -> Entry {
        let Fields { rank, intensity, reach, setting, interventions, recovery_element, providers, entry, .. } = self;
        let Fields { in_primary_care, leaving, review_interval, claim, .. } = self;
        Entry {
            name,
            rank,
            intensity,
            reach,
            setting,
            in_primary_care,
            interventions,
            providers,
            recovery_element,
            entry,
            review_interval,
            claim,
            leaving,
            ..Entry::default()
        }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List { model } => return show::list(context, &project, model.as_deref()),
        Command::Show { step } => return show::show(context, &project, &step),
        Command::Check { model } => return check::run(context, &project, model.as_deref()),
        Command::Graph { model, to, out } => return graph(context, &project, model.as_deref(), &to, out.as_deref()),
        Command::Add(arguments) if arguments.file.is_some() => return add_all(context, &mut project, &arguments),
        Command::Move { step, way, to, when, in_primary_care, lift } => {
            let done = if lift {
                moves::lift(&mut project, &step, way, &to)?
            } else {
                moves::set(&mut project, &step, way, &to, when.as_deref(), in_primary_care.as_deref())?
            };
            let (step, to) = (&done.answer.step, &done.answer.to);
            let verb = if lift { "took away" } else { "set" };
            let json = json!({ "id": step, "way": way, "to": to, "lifted": lift });
            confirm(context, &done, &format!("{verb} the move {way} from {step}: {to}"), json);
            return Ok(Exit::Done);
        }
        Command::Explain { step, hypothesis, why, lift } => {
            let done = if lift {
                act::untie(&mut project, &step, &hypothesis)?
            } else {
                act::explain(&mut project, &step, &hypothesis, why.as_deref().unwrap_or_default())?
            };
            let (step, statement) = &done.answer;
            let said = if lift { "no longer said to explain" } else { "explains" };
            let json = json!({ "id": step, "hypothesis": statement });
            confirm(context, &done, &format!("{statement} {said} {step}"), json);
            return Ok(Exit::Done);
        }
        Command::Add(arguments) => {
            let AddArguments { name, model, fields, .. } = *arguments;
            written(context, &act::add(&mut project, model.as_deref(), &fields.entry(name))?, "added");
        }
        Command::Edit(arguments) => {
            let EditArguments { step, name, without, not_leaving, fields } = *arguments;
            let entry = Entry { without, not_leaving, ..fields.entry(name) };
            written(context, &act::edit(&mut project, &step, &entry)?, "changed");
        }
        Command::Retire { step, back } => {
            let verb = if back { "took up again" } else { "retired" };
            written(context, &act::retire(&mut project, &step, !back)?, verb);
        }
    }
    Ok(Exit::Done)
}

fn written(context: &Context, done: &crate::project::Done<String>, verb: &str) {
    confirm(context, done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
}

fn add_all(context: &Context, project: &mut Project, arguments: &AddArguments) -> Result<Exit> {
    let file = arguments.file.as_deref().unwrap_or_default();
    let rows = table::read(file)?;
    let done = pathway::add(project, arguments.model.as_deref(), &rows).map_err(|fault| fault.in_file(file))?;
    let said = format!("added {}", counted(done.answer.len(), "step"));
    confirm(context, &done, &said, json!({ "ids": done.answer }));
    Ok(Exit::Done)
}

/// Fault `nothing-to-draw`, and those of writing.
fn graph(context: &Context, project: &Project, model: Option<&str>, to: &[String], out: Option<&str>) -> Result<Exit> {
    let formats = drawn::formats(to)?;
    let synthesis = project.synthesis(crate::project::Depth::Facts)?;
    let pathways = show::asked(project, &synthesis, model)?;
    let figures: Vec<_> = pathways.iter().filter(|one| !one.steps.is_empty()).map(crate::report::figure::pathway).collect();
    if figures.is_empty() {
        return Err(fault("nothing-to-draw", "there is no step to draw yet")
            .hint("realist step add 'Self-care and courses' --intensity low --setting 'primary care'"));
    }
    let files = output::figures(project, &figures, &formats, out.map(Path::new))?;
    figures::said(context, &figures, &files);
    Ok(Exit::Done)
}
