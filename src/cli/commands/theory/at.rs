//! `realist theory at`

use crate::act::programme::Moment;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// 2026-03-14 (the end of that day, UTC) or 2026-03-14T12:00:00Z.
    date: String,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    super::show::shown(&Moment::at(&project, &arguments.date)?, context)?;
    context.ui.say("by what is stamped so or earlier, as the journal has it today");
    Ok(Exit::Done)
}
