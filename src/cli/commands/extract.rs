//! `realist __extract`: what the tool runs in a process of its own to read foreign formats. Not for people.

use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};

#[derive(Debug, clap::Args)]
pub struct Arguments {}

/// Serves jobs from standard input until it closes.
pub fn run(_: Arguments, _: &Context) -> Result<Exit> {
    crate::extract::serve(&mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        .map(|()| Exit::Done)
        .map_err(|error| fault("broken-pipe", format!("the process that asked is gone: {error}")))
}
