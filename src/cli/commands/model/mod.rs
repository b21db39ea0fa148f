//! `realist model`

mod said;
mod show;

use super::shared::{confirm, word};
use crate::act::model::{self as act, Entry};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::model::{Axis, Reach};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a model of care: one that others describe, or your own.
    Add {
        name: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change what is said of a model.
    Edit {
        /// Label or name.
        #[arg(value_name = "M1.gj")]
        model: String,
        #[arg(long)]
        name: Option<String>,
        /// A source that is no longer to be one of the model's; may be repeated.
        #[arg(long = "without", value_name = "S3.gj")]
        without: Vec<String>,
        /// It is not the team's own after all.
        #[arg(long, conflicts_with = "ours")]
        not_ours: bool,
        /// A person may use several steps of its pathway at once after all.
        #[arg(long, conflicts_with = "exclusive")]
        not_exclusive: bool,
        #[command(flatten)]
        fields: Fields,
    },
    /// All models, retired ones too.
    List,
    /// One model: what its sources say of features and outcomes, with the words.
    Show {
        #[arg(value_name = "M1.gj")]
        model: String,
    },
    /// Keep a model, but leave it out of comparisons.
    Retire {
        #[arg(value_name = "M1.gj")]
        model: String,
        /// Take it up again.
        #[arg(long)]
        back: bool,
    },
    /// Say what a model's sources say of a feature: present, partial, absent, contested, not_reported.
    Cell(said::CellArguments),
    /// Many at once, from CSV or JSON Lines (- for standard input): model, feature, value, document, quote, note.
    Cells {
        #[arg(long = "from", value_name = "FILE.csv")]
        file: String,
    },
    /// Keep a result that a model's sources report of an outcome: up, down, none, mixed, not_reported.
    Outcome(said::OutcomeArguments),
    /// Take a result of an outcome away again.
    Drop {
        #[arg(value_name = "MO1.gj")]
        result: String,
        #[arg(long)]
        why: String,
    },
    /// Features that are coded in a model's sources and have no value yet.
    Todo {
        #[arg(value_name = "M1.gj")]
        model: String,
        /// Only features of this codebook; may be repeated. Those in use unless said.
        #[arg(long = "taxonomy", value_name = "BOOK")]
        taxonomies: Vec<String>,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    #[arg(long)]
    description: Option<String>,
    /// A source where it is described, or a document; may be repeated.
    #[arg(long = "source", value_name = "S3.gj")]
    sources: Vec<String>,
    /// Along which line services are joined: horizontal (peers at one level), vertical (across levels) or both.
    #[arg(long, value_parser = word::<Axis>)]
    axis: Option<Axis>,
    /// Whom it is for: whole_population, targeted or both. Kept apart from the axis.
    #[arg(long, value_parser = word::<Reach>)]
    reach: Option<Reach>,
    /// How its source speaks of its integration, in the source's own words.
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// The source whose words these are, or a document of it: what an interview says is printed by the rules of interviews.
    #[arg(long = "words-from", value_name = "S3.gj")]
    words_from: Option<String>,
    /// It is the model the team develops.
    #[arg(long)]
    ours: bool,
    /// Of the steps of its pathway a person uses one at a time.
    #[arg(long)]
    exclusive: bool,
}

impl Fields {
    fn entry(self, name: Option<String>) -> Entry {
        let Fields { description, sources, axis, reach, words, words_from, ours, exclusive } = self;
        let (ours, exclusive) = (ours.then_some(true), exclusive.then_some(true));
        Entry { name, description, sources, axis, reach, words, words_from, ours, exclusive, ..Entry::default() }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::Add { name, fields } => (act::add(&mut project, &fields.entry(Some(name)))?, "added"),
        Command::Edit { model, name, without, not_ours, not_exclusive, fields } => {
            let entry = fields.entry(name);
            let ours = if not_ours { Some(false) } else { entry.ours };
            let exclusive = if not_exclusive { Some(false) } else { entry.exclusive };
            (act::edit(&mut project, &model, &Entry { without, ours, exclusive, ..entry })?, "changed")
        }
        Command::Retire { model, back } => {
            (act::retire(&mut project, &model, !back)?, if back { "took up again" } else { "retired" })
        }
        Command::Drop { result, why } => (act::outcome::drop(&mut project, &result, &why)?, "took away"),
        Command::List => return show::list(context, &project),
        Command::Show { model } => return show::show(context, &project, &model),
        Command::Todo { model, taxonomies } => return show::todo(context, &project, &model, &taxonomies),
        Command::Cell(arguments) => return said::cell(context, &mut project, arguments),
        Command::Cells { file } => return said::cells(context, &mut project, &file),
        Command::Outcome(arguments) => return said::outcome(context, &mut project, arguments),
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}
