//! `realist join`

use super::shared::counted;
use crate::act::join::{self as act, Leave};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Your tag: two to five letters, such as your initials.
    tag: String,
    /// The tag is in use here, and it is yours: this is another device.
    #[arg(long)]
    mine: bool,
    /// Put it in place of the tag your configuration has.
    #[arg(long)]
    replace: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let leave = Leave { mine: arguments.mine, replace: arguments.replace };
    let joined = act::join(&project, &arguments.tag.to_lowercase(), leave)?;
    let dry = context.surroundings.rehearsal;
    let (would, tail) = if dry { ("would sign", " (dry run: nothing was written)") } else { ("sign", "") };
    let sentence = format!("you {would} as {} from now on; kept in {}{tail}", joined.tag, joined.config.display());
    context.ui.answer(
        &sentence,
        &json!({ "coder": joined.tag, "config": joined.config.display().to_string(), "stream": joined.stream, "others": joined.others, "dry_run": dry }),
    );
    match &joined.stream {
        Some(file) => context.ui.say(&format!("this device goes on writing journal/{file}")),
        None => context.ui.say("your first act begins a journal file of your own; nobody else writes to it"),
    }
    let others: Vec<String> =
        joined.others.iter().map(|(tag, streams)| format!("{tag} ({})", counted(*streams, "stream"))).collect();
    if !others.is_empty() {
        context.ui.say(&format!("also writing here: {}", others.join(", ")));
    }
    if let Some(other) = &joined.overruled {
        context.ui.say(&format!("this terminal still says {other}: --coder and REALIST_CODER come before the configuration"));
    }
    Ok(Exit::Done)
}
