//! `realist theory pattern`: naming a demi-regularity, and the log of what was looked for against it.

use crate::act::pattern::{self as act, Search};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted};
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Name a pattern: it needs a memo, and a logged search for what speaks against it.
    Name {
        #[arg(value_name = "KEY")]
        pattern: String,
        name: String,
        /// Why it is a demi-regularity.
        #[arg(long)]
        memo: Option<String>,
    },
    /// Log a search for what speaks against a pattern.
    Sought {
        #[arg(value_name = "KEY")]
        pattern: String,
        /// The query, asked now: how many passages it finds is logged too.
        #[arg(long)]
        query: Option<String>,
        /// What was found; "none" is an answer.
        #[arg(long)]
        found: String,
        /// When, as 2026-03-14; today unless said.
        #[arg(long)]
        date: Option<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Name { pattern, name, memo } => {
            let done = act::name(&mut project, &pattern, &name, &memo.unwrap_or_default())?;
            confirm(context, &done, &format!("named {} '{}'", done.answer, name.trim()), json!({ "id": done.answer }));
        }
        Command::Sought { pattern, query, found, date } => {
            let progress = context.ui.progress("indexing");
            let search = Search { pattern, query, found, date };
            let done = act::sought(&mut project, &search, &|done, all| progress.at(done, all))?;
            let (id, passages) = &done.answer;
            let found = passages.map(|number| format!(", {} found by the query", counted(number, "passage"))).unwrap_or_default();
            confirm(context, &done, &format!("logged {id}{found}"), json!({ "id": id, "passages": passages }));
        }
    }
    Ok(Exit::Done)
}
