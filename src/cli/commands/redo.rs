//! `realist redo`

use super::shared::confirm;
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let done = act::undo::redo(&mut project)?;
    confirm(context, &done, &format!("brought back: {}", done.answer.acts.join("; ")), json!({ "redone": done.answer.acts }));
    Ok(Exit::Done)
}
