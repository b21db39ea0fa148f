//! `realist theory cycles`

use super::shown::{bounds, listed, unlisted, ways};
use crate::act::chain as act;
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Links of a cycle at most.
    #[arg(long, default_value_t = 12, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    steps: u8,
    /// Cycles to list at most.
    #[arg(long, short = 'N', default_value_t = 50, value_name = "N")]
    limit: usize,
    /// Take a thing and its opposite for one.
    #[arg(long)]
    opposites: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let feedback = act::feedback(&context.open()?, bounds(arguments.steps, arguments.limit), arguments.opposites)?;
    if feedback.knots.is_empty() && context.ui.format() == Format::Table {
        context.ui.say("no chain comes back to where it began");
        return Ok(Exit::Done);
    }
    context.ui.list(&ways(&feedback.cycles, &feedback.links), &json!(feedback));
    for knot in &feedback.knots {
        context.ui.say(&format!("{} that all lead to each other: {}", counted(knot.len(), "factor"), listed(knot)));
    }
    unlisted(context, feedback.stopped, feedback.longest);
    Ok(Exit::Done)
}
