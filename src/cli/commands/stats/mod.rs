//! `realist stats`: each subcommand reads a CSV, calls one family of `crate::stats`, and prints numbers
//! with the rule they rest on. Without a file, agreement and saturation are of the project's own codings.

mod agreement;
mod chnri;
mod choices;
mod concordance;
mod configurations;
mod delphi;
mod jla;
mod ngt;
mod output;
mod own;
mod priority;
mod ram;
mod saturation;
mod sheet;
mod spans;

use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::chance::Draws;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// How far coders agree on units: unit, coder, value.
    Agreement(agreement::Arguments),
    /// How far coders read the same context, mechanism and outcome: coder, place, hypothesis, part, text.
    Configurations(configurations::Arguments),
    /// How far coders agree on spans of a text: coder, start, end, value; without a file on the project's own codings.
    Spans(spans::Arguments),
    /// How much is still new: interview, new_themes (or interview, theme).
    Saturation(saturation::Arguments),
    /// RAND/UCLA appropriateness: item, member, group, rating.
    Ram(ram::Arguments),
    /// Delphi rounds: round, item, member, group, rating.
    Delphi(delphi::Arguments),
    /// Votes for options: item, member, option.
    Choices(choices::Arguments),
    /// Nominal group technique: item, member, points.
    Ngt(ngt::Arguments),
    /// Kendall's W: judge, item, rank.
    Concordance(concordance::Arguments),
    /// Which uncertainty first, from its criteria: item, conflict, thinness, divergence, centrality, importance,
    /// urgency, answerability.
    Priority(priority::Arguments),
    /// James Lind Alliance: groups' rankings joined: item, group, score.
    Jla(jla::Arguments),
    /// CHNRI: item, scorer, criterion, score.
    Chnri(chnri::Arguments),
}

/// How often chance is called, and from where it starts.
#[derive(Debug, Clone, Copy, clap::Args)]
struct Chance {
    /// Shuffles behind a permutation p.
    #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
    permutations: u32,
    /// Where chance starts; the same seed gives the same numbers everywhere.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Chance {
    fn draws(self) -> Draws {
        Draws { number: self.permutations, seed: self.seed }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    match arguments.command {
        Command::Agreement(arguments) => agreement::run(arguments, context),
        Command::Configurations(arguments) => configurations::run(arguments, context),
        Command::Spans(arguments) => spans::run(arguments, context),
        Command::Saturation(arguments) => saturation::run(arguments, context),
        Command::Ram(arguments) => ram::run(arguments, context),
        Command::Delphi(arguments) => delphi::run(arguments, context),
        Command::Choices(arguments) => choices::run(arguments, context),
        Command::Ngt(arguments) => ngt::run(arguments, context),
        Command::Concordance(arguments) => concordance::run(arguments, context),
        Command::Priority(arguments) => priority::run(arguments, context),
        Command::Jla(arguments) => jla::run(arguments, context),
        Command::Chnri(arguments) => chnri::run(arguments, context),
    }
}
