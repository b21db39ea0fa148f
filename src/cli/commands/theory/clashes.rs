//! `realist theory clashes`

use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::frame;
use crate::project::Depth;

#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_: Arguments, context: &Context) -> Result<Exit> {
    let table = frame::clashes(&context.open()?.synthesis(Depth::Quotations)?);
    context.ui.list(&table, &table.to_json());
    context.ui.say(super::RULE);
    Ok(Exit::Done)
}
