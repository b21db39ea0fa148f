//! `realist theory`: tables of the programme theory, and one file for each thing that is asked of it. A new one is
//! one file and one line in the list below.

mod at;
mod chains;
mod clashes;
mod consolidate;
mod cycles;
mod diff;
mod freeze;
mod graph;
mod links;
mod log;
mod pattern;
mod patterns;
mod robustness;
mod show;
mod shown;
mod standing;
mod versions;
mod take_in;

pub use freeze::sentence as frozen;

use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::frame;
use crate::project::Depth;
use crate::synthesis::Synthesis;
use crate::table::Table;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// Declares what is asked of the theory: plain tables, each a function of the synthesis, and the rest, each a module.
macro_rules! theory {
    (
        tables { $($(#[$about:meta])* $table:ident $made:path),+ $(,)? }
        others { $($(#[$meta:meta])* $variant:ident $module:ident),+ $(,)? }
    ) => {
        #[derive(Debug, clap::Subcommand)]
        enum Command {
            $($(#[$about])* $table,)+
            $($(#[$meta])* $variant($module::Arguments)),+
        }

        pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
            match arguments.command {
                $(Command::$table => list(context, $made),)+
                $(Command::$variant(arguments) => $module::run(arguments, context)),+
            }
        }
    };
}

theory! {
    tables {
        /// Components by standing.
        Components frame::standing_by_component,
        /// Statements of each component by kind of source.
        Kinds frame::components_by_kind,
        /// Statements of each component by strand.
        Strands frame::components_by_strand,
        /// What has no evidence, what rests on one source, which parts are bare.
        Gaps frame::gaps,
        /// What each coder did.
        Coders frame::coder_activity,
    }
    others {
        /// Each statement: supports, refines, refutes, ambiguous by distinct source; standing; coverage.
        Standing standing,
        /// Passages that speak for a statement on one link and against it on another: for people to settle.
        Clashes clashes,
        /// Chains from one thing to another: paths, those that one source tells whole, and how robust they are.
        Chains chains,
        /// Feedback: where chains come back to where they began.
        Cycles cycles,
        /// What leads to what, with the statements and sources that say so.
        Links links,
        /// How robust the chains between components are, each with each.
        Robustness robustness,
        /// Keep the programme theory as it stands under a name: a version that never changes.
        Freeze freeze,
        /// Versions that were frozen.
        Versions versions,
        /// The programme theory component by component: as it is, or as a version or a day had it.
        Show show,
        /// The programme theory as it was at a date.
        At at,
        /// What changed between two versions, by which move, on what evidence or decision.
        Diff diff,
        /// The refinement log: every change from version to version.
        Log log,
        /// Take in links coded elsewhere: a table of cause, effect and quotation.
        TakeIn take_in,
        /// Draw the theory: a map, the theory by components, one configuration, the matrix of evidence.
        Graph graph,
        /// Statements that say nearly the same, for a team to look at: proposals, cards, groups, decisions.
        Consolidate consolidate,
        /// Demi-regularities: what recurs across independent sources, and what does not fit.
        Patterns patterns,
        /// Name a demi-regularity, or log a search for what speaks against it.
        Pattern pattern,
    }
}

fn list(context: &Context, table: impl Fn(&Synthesis) -> Result<Table>) -> Result<Exit> {
    let synthesis = context.open()?.synthesis(Depth::Facts)?;
    let table = table(&synthesis)?;
    context.ui.list(&table, &table.to_json());
    context.ui.say(RULE);
    Ok(Exit::Done)
}

const RULE: &str = "counts are distinct sources (a study, an interview, a group); links judged irrelevant are left out, not appraised is not 0";
