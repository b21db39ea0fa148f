//! `realist action`

use super::shared::{confirm, excerpt};
use crate::act::action::{self as act, Wish};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::project::Project;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Note what somebody undertook to do.
    Add {
        text: String,
        /// Whoever does it: a coder's tag or a member's token, never a name.
        #[arg(long)]
        owner: String,
        /// By when.
        #[arg(long, value_name = "2026-05-01")]
        due: Option<String>,
        /// The decision it follows from.
        #[arg(long, value_name = "X1.gj")]
        decision: Option<String>,
        /// The meeting it was undertaken at.
        #[arg(long, value_name = "G1.gj")]
        meeting: Option<String>,
    },
    /// Note that an action is done.
    Done {
        #[arg(value_name = "AC1.gj")]
        action: String,
        /// What came of it.
        #[arg(long)]
        result: Option<String>,
    },
    /// Actions, those with the nearest day first.
    List {
        /// Those not done yet.
        #[arg(long)]
        open: bool,
        /// Of this tag or token.
        #[arg(long)]
        owner: Option<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::List { open, owner } => return list(context, &project, open, owner.as_deref()),
        Command::Add { text, owner, due, decision, meeting } => {
            (act::add(&mut project, &Wish { text, owner, due, decision, meeting })?, "added")
        }
        Command::Done { action, result } => (act::finish(&mut project, &action, result.as_deref())?, "done:"),
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}

fn list(context: &Context, project: &Project, open: bool, owner: Option<&str>) -> Result<Exit> {
    let all = act::list(project, open, owner);
    let mut table = Table::with(&[
        ("id", "Id"),
        ("text", "What"),
        ("owner", "Who"),
        ("due", "By when"),
        ("state", "State"),
        ("decision", "From"),
    ]);
    for one in &all {
        let state = match (&one.done, one.overdue) {
            (Some(day), _) => format!("done {day}"),
            (None, true) => "overdue".to_owned(),
            (None, false) => "open".to_owned(),
        };
        table.push(vec![
            one.id.as_str().into(),
            excerpt(&one.text, 80).into(),
            one.owner.as_str().into(),
            one.due.clone().into(),
            state.into(),
            one.decision.clone().into(),
        ]);
    }
    context.ui.list(&table, &json!(all));
    Ok(Exit::Done)
}
