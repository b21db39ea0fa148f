//! `realist assign`

use super::shared::{confirm, counted, word};
use crate::act::assign::{self as act, Sample, Stratum};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Give documents to a coder.
    Add {
        #[arg(required = true, value_name = "D1.gj")]
        documents: Vec<String>,
        /// Tag of the coder.
        #[arg(long, value_name = "TAG")]
        to: String,
    },
    /// Draw documents by chance for a second coder, evenly from each strand, kind or source.
    Sample {
        /// How many of a hundred: 20%. At least one of each.
        #[arg(value_name = "SHARE", value_parser = share)]
        share: f64,
        /// What to draw evenly from: strand, kind, source, nothing.
        #[arg(long, value_name = "WHAT", default_value = "strand", value_parser = word::<Stratum>)]
        by: Stratum,
        /// The same seed draws the same documents everywhere.
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Tag of the coder.
        #[arg(long, value_name = "TAG")]
        to: String,
    },
    /// What was given to whom, and how far it is.
    List {
        /// Of this coder alone.
        #[arg(long, value_name = "TAG")]
        to: Option<String>,
    },
    /// Say that documents are coded to the end; --reopen takes it back.
    Done {
        #[arg(required = true, value_name = "D1.gj")]
        documents: Vec<String>,
        /// Tag of the coder; else your own.
        #[arg(long, value_name = "TAG")]
        to: Option<String>,
        #[arg(long)]
        reopen: bool,
    },
    /// Take documents away from a coder; what they coded stays.
    Remove {
        #[arg(required = true, value_name = "D1.gj")]
        documents: Vec<String>,
        #[arg(long, value_name = "TAG")]
        to: String,
    },
}

/// `20%`, `20` or `12.5`.
fn share(typed: &str) -> std::result::Result<f64, String> {
    let number = typed.trim().trim_end_matches('%').trim();
    number.parse().map_err(|_| format!("'{typed}' is no share: write 20%"))
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { documents, to } => {
            let done = act::add(&mut project, &documents, &to)?;
            confirm(context, &done, &format!("{} given to {to}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
        Command::Sample { share, by, seed, to } => {
            let done = act::sample(&mut project, &Sample { percent: share, by, seed, to: to.clone() })?;
            let drawn: usize = done.answer.iter().map(|one| one.drawn.len()).sum();
            if !context.ui.is_json() {
                let mut table = Table::with(&[("stratum", "Of"), ("documents", "Documents"), ("drawn", "Drawn")]);
                for one in &done.answer {
                    table.push(vec![one.stratum.as_str().into(), one.documents.into(), one.drawn.join(", ").into()]);
                }
                context.ui.list(&table, &table.to_json());
            }
            let sentence = format!("{} given to {to}, drawn {share} % by {by} with seed {seed}", counted(drawn, "document"));
            let json = json!({ "to": to, "percent": share, "stratified": by, "seed": seed, "strata": done.answer });
            confirm(context, &done, &sentence, json);
        }
        Command::List { to } => return list(context, &project, to.as_deref()),
        Command::Done { documents, to, reopen } => {
            let own = || project.coder(true);
            let to = to.map_or_else(own, Ok)?;
            let done = act::set(&mut project, &documents, &to, Some(!reopen))?;
            let what = if reopen { "open again" } else { "done" };
            confirm(context, &done, &format!("{} {what} for {to}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
        Command::Remove { documents, to } => {
            let done = act::set(&mut project, &documents, &to, None)?;
            let sentence = format!("{} taken from {to}; what they coded stays", done.answer.join(", "));
            confirm(context, &done, &sentence, json!({ "ids": done.answer }));
        }
    }
    Ok(Exit::Done)
}

fn list(context: &Context, project: &crate::project::Project, to: Option<&str>) -> Result<Exit> {
    let all = act::progress(project, to)?;
    if all.is_empty() && !context.ui.is_json() {
        return Err(fault("nothing-assigned", "nothing was given to anybody yet")
            .hint("realist assign add D1.gj --to bk")
            .hint("realist assign sample 20% --by strand --seed 1 --to bk"));
    }
    let mut table = Table::with(&[
        ("coder", "Coder"),
        ("document", "Document"),
        ("coded", "Units coded"),
        ("units", "of"),
        ("codings", "Codings"),
        ("state", "State"),
    ]);
    for one in &all {
        table.push(vec![
            one.coder.as_str().into(),
            one.document.as_str().into(),
            one.coded.into(),
            one.units.into(),
            one.codings.into(),
            if one.done { "done" } else { "open" }.into(),
        ]);
    }
    context.ui.list(&table, &json!(all));
    let done = all.iter().filter(|one| one.done).count();
    context.ui.say(&format!("{done} of {} done", counted(all.len(), "assignment")));
    Ok(Exit::negative_if(all.is_empty()))
}
