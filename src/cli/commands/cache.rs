//! `realist cache`

use super::shared::{counted, in_words};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Remove the search index and salvaged journal tails of this folder. REALIST_CACHE_DIR says where
    /// caches lie.
    Clear {
        /// Those of other copies of this project on this computer as well.
        #[arg(long)]
        all: bool,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let Command::Clear { all } = arguments.command;
    let freed = project.clear_cache(all)?;
    let dry = context.surroundings.rehearsal;
    let (verb, tail) = if dry { ("would remove", " (dry run)") } else { ("removed", "") };
    context.ui.answer(
        &format!("{verb} {} ({}){tail}; the index is built again when next needed", counted(freed.files, "file"), in_words(freed.bytes)),
        &json!({ "files": freed.files, "bytes": freed.bytes, "dry_run": dry }),
    );
    Ok(Exit::Done)
}
