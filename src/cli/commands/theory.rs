//! `realist theory`

use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::frame;
use crate::project::Depth;
use crate::synthesis::Synthesis;
use crate::table::Table;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which table.
    #[arg(value_enum)]
    table: Which,
    /// All columns of `standing`; CSV and JSON always have them.
    #[arg(long)]
    wide: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Which {
    /// Each statement: supports, refines, refutes, ambiguous by distinct source; standing; coverage.
    Standing,
    /// Components by standing.
    Components,
    /// Statements of each component by kind of source.
    Kinds,
    /// Statements of each component by strand.
    Strands,
    /// What has no evidence, what rests on one source, which parts are bare.
    Gaps,
    /// Passages that speak for a statement on one link and against it on another: for people to settle.
    Clashes,
    /// What each coder did.
    Coders,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let depth = if matches!(arguments.table, Which::Clashes) { Depth::Quotations } else { Depth::Facts };
    let synthesis: Synthesis = context.open()?.synthesis(depth)?;
    let table: Table = match arguments.table {
        Which::Standing if context.ui.is_for_reading() && !arguments.wide => frame::for_and_against_in_short(&synthesis),
        Which::Standing => frame::for_and_against(&synthesis),
        Which::Components => frame::standing_by_component(&synthesis),
        Which::Kinds => frame::components_by_kind(&synthesis),
        Which::Strands => frame::components_by_strand(&synthesis),
        Which::Gaps => frame::gaps(&synthesis),
        Which::Clashes => Ok(frame::clashes(&synthesis)),
        Which::Coders => frame::coder_activity(&synthesis),
    }?;
    context.ui.list(&table, &table.to_json());
    context.ui.say("counts are distinct sources (a study, an interview, a group); links judged irrelevant are left out, not appraised is not 0");
    Ok(Exit::Done)
}
