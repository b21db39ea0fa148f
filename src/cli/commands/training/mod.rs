//! `realist training`

mod hand;
mod shown;

use super::shared::{confirm, counted, word};
use crate::act::output;
use crate::act::training::pack::For;
use crate::act::training::{self as act, answers, form};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::project::Project;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write a form for a new case into a file, to be filled in with an editor.
    New {
        #[arg(value_name = "FILE.toml")]
        file: PathBuf,
        /// Fill it in from this statement or decision: a stage for each context and each turn; may be repeated.
        #[arg(long = "from", value_name = "H12.gj|X3.gj")]
        from: Vec<String>,
    },
    /// Take in a case that was written in a form.
    Add {
        #[arg(value_name = "FILE.toml")]
        file: PathBuf,
    },
    /// Let a case say what a form says.
    Edit {
        #[arg(value_name = "T1.gj")]
        training: String,
        /// The form, as `realist training show T1.gj --out FILE` wrote it.
        #[arg(long = "from", value_name = "FILE.toml")]
        from: PathBuf,
    },
    /// All cases, retired ones too.
    List,
    /// One case with its stages, commentary included; or its form, to be changed.
    Show {
        #[arg(value_name = "T1.gj")]
        training: String,
        /// Print it as the form that add and edit take.
        #[arg(long)]
        toml: bool,
        /// Write that form into this file.
        #[arg(long, value_name = "FILE.toml")]
        out: Option<PathBuf>,
    },
    /// Keep a case, but count it no longer.
    Retire {
        #[arg(value_name = "T1.gj")]
        training: String,
        /// Take it up again.
        #[arg(long)]
        back: bool,
    },
    /// What is to be mended before a case is handed out: words of transcripts, names, consent, gaps, times.
    Check {
        #[arg(value_name = "T1.gj")]
        training: String,
    },
    /// What is handed out: to participants without commentary, to the facilitator with all of it.
    Pack {
        #[arg(value_name = "T1.gj")]
        training: String,
        /// participants or facilitator.
        #[arg(long = "for", value_name = "WHOM", value_parser = word::<For>)]
        reader: For,
        /// Only this stage, to be handed out by itself: its number, or its key.
        #[arg(long, value_name = "N")]
        stage: Option<String>,
        #[command(flatten)]
        handing: hand::Handing,
    },
    /// A sheet for answers: html or docx to write on, csv or xlsx to type into.
    Sheet {
        #[arg(value_name = "T1.gj")]
        training: String,
        #[command(flatten)]
        handing: hand::Handing,
    },
    /// Take answers in as draft statements of stakeholders, from csv or xlsx: all rows, or none.
    Answers {
        #[arg(value_name = "T1.gj")]
        training: String,
        #[arg(value_name = "FILE.csv|FILE.xlsx")]
        file: PathBuf,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::New { file, from } => return new(context, &project, &file, &from),
        Command::Add { file } => (act::add(&mut project, &form::read(&file)?)?, "added"),
        Command::Edit { training, from } => (act::edit(&mut project, &training, &form::read(&from)?)?, "changed"),
        Command::Retire { training, back } => {
            (act::retire(&mut project, &training, !back)?, if back { "took up again" } else { "retired" })
        }
        Command::List => return shown::list(context, &project),
        Command::Show { training, toml, out } => return shown::show(context, &project, &training, toml, out.as_deref()),
        Command::Check { training } => return shown::check(context, &project, &training),
        Command::Pack { training, reader, stage, handing } => {
            return hand::pack(context, &project, &training, reader, stage.as_deref(), &handing);
        }
        Command::Sheet { training, handing } => return hand::sheet(context, &project, &training, &handing),
        Command::Answers { training, file } => return take(context, &mut project, &training, &file),
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    if verb == "added" && !done.rehearsal {
        context.ui.say(&format!("before it is handed out: realist training check {}", done.answer));
    }
    Ok(Exit::Done)
}

fn new(context: &Context, project: &Project, file: &Path, from: &[String]) -> Result<Exit> {
    let text = form::print(&act::draft(project, from)?);
    write(context, project, file, text)?;
    context.ui.say(&format!("fill it in, then: realist training add {}", file.display()));
    Ok(Exit::Done)
}

/// Writes a form; one that is there may be filled in, and is not written over.
fn write(context: &Context, project: &Project, file: &Path, text: String) -> Result<()> {
    let name = file.display().to_string();
    if crate::disk::holds_else(file, text.as_bytes()) {
        return Err(fault("file-exists", format!("{name} is there, and may be filled in"))
            .hint("name another file, or put that one away"));
    }
    output::file(project, Audience::Team, file, text.into_bytes())?;
    let said = if context.surroundings.rehearsal { "dry run: nothing was written".to_owned() } else { format!("wrote {name}") };
    context.ui.answer(&said, &json!({ "file": name }));
    Ok(())
}

fn take(context: &Context, project: &mut Project, training: &str, file: &Path) -> Result<Exit> {
    let done = answers::take(project, training, file)?;
    let taken = &done.answer;
    let drafts = match taken.statements.as_slice() {
        [] => "no new draft statement".to_owned(),
        [one] => format!("draft statement {one}"),
        many => format!("draft statements {}", many.join(", ")),
    };
    let mut sentence = format!("took {drafts} from {}", taken.id);
    for (number, what) in [(taken.known, "in already"), (taken.blank, "with nothing answered")] {
        if number > 0 {
            sentence = format!("{sentence}; {} {what}", counted(number, "row"));
        }
    }
    confirm(context, &done, &sentence, json!(taken));
    Ok(Exit::negative_if(taken.statements.is_empty()))
}
