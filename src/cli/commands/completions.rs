//! `realist completions`

use crate::cli::ui::Exit;
use crate::cli::{Context, definition};
use crate::diagnostic::Result;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Shell to complete in.
    shell: clap_complete::Shell,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut definition(), "realist", &mut script);
    context.ui.exact(&String::from_utf8_lossy(&script));
    Ok(Exit::Done)
}
