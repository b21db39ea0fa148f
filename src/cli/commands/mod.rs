//! One file a verb: its options, one call of an act, its output. A new command is one file, one line in
//! the list below, and a transcript test.

// Options are what they are, and commands share one shape, also those that cannot fail.
#![allow(
    clippy::large_enum_variant,
    clippy::needless_pass_by_value,
    clippy::struct_excessive_bools,
    clippy::unnecessary_wraps
)]

mod colleague;
mod columns;
mod delimited;
mod facesheet;
mod figures;
mod kwic;
mod out;
mod paper;
mod references;
mod shared;
mod ties;
mod turns;
mod words;

use super::Context;
use super::ui::{Exit, Format};
use crate::diagnostic::Result;
use crate::project::find_root;
use clap::Subcommand;

/// Declares the commands: the variant, its module, and what `--help` says of it.
macro_rules! commands {
    ($($(#[$meta:meta])* $variant:ident $module:ident),+ $(,)?) => {
        $(mod $module;)+

        #[derive(Debug, Subcommand)]
        pub(super) enum Command {
            $($(#[$meta])* $variant($module::Arguments)),+
        }

        pub(super) fn run(command: Command, context: &Context) -> Result<Exit> {
            match command {
                $(Command::$variant(arguments) => $module::run(arguments, context)),+
            }
        }
    };
}

commands! {
    /// Start a project, or write the worked example.
    Init init,
    /// Take in transcripts, documents and review tables.
    Import import,
    /// What the project holds, and what is open.
    Status status,
    /// At most three next steps, each with its reason and a command to paste.
    Next next,
    /// Take the tag that signs what you write here.
    Join join,
    /// Look at documents and correct what is said of them.
    Document document,
    /// Look at sources and correct what is said of them.
    Source source,
    /// Look at participants; set group and consent.
    Participant participant,
    /// Names, places, numbers that no file may hold: list, import, set, permit.
    Identifier identifier,
    /// Read a document by numbered turns.
    Read read,
    /// Find passages by words, phrases and fields.
    Search search,
    /// Ask over codings: what lies within, near, before what; saved queries.
    Query query,
    /// Matrices: codes by codes, by kind, group, speaker; words by frequency; heat maps.
    Matrix matrix,
    /// Codes: list, show, add, edit, rename, move, merge, split, retire; codebooks in and out.
    Codebook codebook,
    /// Code passages by quotation or by turns.
    Code code,
    /// Who is to code what: give documents to coders, draw a sample for a second coder, see how far they are.
    Assign assign,
    /// Blind passes: coders code alike documents unseen by each other; compare, and settle what differs.
    Pass pass,
    /// Memos: list, show, add, edit, remove; comments of documents among them.
    Memo memo,
    /// Micro-hypotheses: add, edit, list, show; merge, split, refine, park, reject, test.
    Hypothesis hypothesis,
    /// Links between statements: what leads to what, what rivals what, what feeds what.
    Link link,
    /// Substantive theories that inform statements.
    Substantive substantive,
    /// Evidence for and against: add, list, edit, remove.
    Evidence evidence,
    /// Confidence in a finding: four judgements with explanations, and the level a person gives.
    Cerqual cerqual,
    /// Models of care: what their sources say of features and outcomes, with the words.
    Model model,
    /// Models beside each other: matrix, outcomes, differences, matches; why a feature matters.
    Compare compare,
    /// The pathway of a model: steps, what moves people between them, seven checks, figure.
    Step step,
    /// Needs of a place: figures with sources, which component would meet each and how, coverage.
    Need need,
    /// Policy drivers: what each requires, which components are aligned with it or conflict with it.
    Policy policy,
    /// Searches for documents: where, when, with which strategy, for what, and whether exceptions were looked for.
    Searching searching,
    /// The flow of documents: records by stream and stage of screening, which must add up.
    Flow flow,
    /// Write about a passage: one form in your editor, one step to undo.
    Write write,
    /// The same through a spreadsheet.
    Sheet sheet,
    /// Training cases: stages for a small group to work through, packs to hand out, answers as draft statements.
    Training training,
    /// Components of the intervention.
    Component component,
    /// Uncertainties that a meeting must settle, and their ratings.
    Uncertainty uncertainty,
    /// Panels: members by stakeholder group under tokens, invitations, interests, withdrawal.
    Panel panel,
    /// Rounds of a panel: plan, open, hand out ballots, collect, close, results, feedback.
    Round round,
    /// Meetings: plan, agenda, who came, what blocks it, papers sent, record.
    Meeting meeting,
    /// Record a decision: the only thing that sets a consensus standing.
    Decide decide,
    /// Actions: what somebody undertook to do, by when.
    Action action,
    /// Recommendations: draft, add, word; what each rests on; roles, competencies and gaps.
    Recommend recommend,
    /// The programme theory: standings, chains, consolidation, patterns, versions, figures.
    Theory theory,
    /// Statistics of any CSV, inside a project or not: agreement, panels, rankings, saturation.
    Stats stats,
    /// Write a paper: agenda, evidence.
    Report report,
    /// Check the project: journal, anchors, references, method.
    Check check,
    /// Take in a colleague's copy of the project, or a bundle.
    Merge merge,
    /// Pack what is new for a colleague: one file to send.
    Bundle bundle,
    /// What was done, by whom, in order.
    Log log,
    /// Take back an act.
    Undo undo,
    /// Take back the last undo.
    Redo redo,
    /// Destroy a document's words for good.
    Purge purge,
    /// Remove what can be rebuilt: the search index.
    Cache cache,
    /// Print a completion script for your shell.
    Completions completions,
    /// Print a manual page.
    Man man,
    /// Read files for the process that started this one.
    #[command(name = "__extract", hide = true)]
    Extract extract,
}

/// What bare `realist` does: how things stand, then what to do; outside a project, how to begin.
pub(super) fn bare(context: &Context) -> Result<Exit> {
    if let Err(fault) = find_root(&context.folder) {
        if fault.0.code != "no-project" {
            return Err(fault);
        }
        context.ui.text("start a synthesis:      realist init my-synthesis");
        context.ui.text("look at an example:     realist init example --example");
        context.ui.text("everything else:        realist help");
        return Ok(Exit::Done);
    }
    let project = context.open()?;
    status::show(&project, context)?;
    if context.ui.format() == Format::Table {
        for step in next::steps(&project)? {
            context.ui.text(&next::shown(&step));
        }
    }
    Ok(Exit::Done)
}
