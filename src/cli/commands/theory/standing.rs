//! `realist theory standing`

use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::frame;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// All columns; CSV and JSON always have them.
    #[arg(long)]
    wide: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    if context.ui.is_for_reading() && !arguments.wide {
        super::list(context, frame::for_and_against_in_short)
    } else {
        super::list(context, frame::for_and_against)
    }
}
