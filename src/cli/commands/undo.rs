//! `realist undo`

use super::shared::confirm;
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Operation as `realist log` shows it; your own last act unless given.
    operation: Option<String>,
    /// Take back as well what rests on it.
    #[arg(long)]
    cascade: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let done = act::undo::undo(&mut project, arguments.operation.as_deref(), arguments.cascade)?;
    confirm(context, &done, &format!("took back: {}", done.answer.acts.join("; ")), json!({ "undone": done.answer.acts }));
    Ok(Exit::Done)
}
