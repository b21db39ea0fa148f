//! `realist man`

use crate::cli::ui::Exit;
use crate::cli::{Context, definition};
use crate::diagnostic::{Result, did_you_mean, fault};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Command to print the page of; the whole tool's unless given.
    command: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut all = definition();
    all.build();
    let command = match &arguments.command {
        None => all,
        Some(name) => all.find_subcommand(name).cloned().ok_or_else(|| {
            let near = did_you_mean(name, all.get_subcommands().map(clap::Command::get_name));
            let fault = fault("unknown-command", format!("there is no command '{name}'"));
            near.first().into_iter().fold(fault, |fault, near| fault.hint(format!("did you mean {near}?")))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| fault("io", format!("cannot write the page: {error}")))?;
    context.ui.exact(&String::from_utf8_lossy(&page));
    Ok(Exit::Done)
}
