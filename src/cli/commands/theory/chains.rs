//! `realist theory chains`

use super::shown::{bounds, listed, unlisted, ways};
use crate::act::chain::{self as act, Asked, Chains, Step};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Where chains begin: a part (H12/o1), a statement (H12), a component (K3), or words of a part.
    #[arg(long, value_name = "X")]
    from: String,
    /// Where they end, named likewise.
    #[arg(long, value_name = "Y")]
    to: String,
    /// Links of a chain at most.
    #[arg(long, default_value_t = 12, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    steps: u8,
    /// Chains to list at most.
    #[arg(long, short = 'N', default_value_t = 50, value_name = "N")]
    limit: usize,
    /// Take a thing and its opposite for one: wordings that begin with ~ are the opposite of the rest.
    #[arg(long)]
    opposites: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let asked = Asked {
        from: arguments.from,
        to: arguments.to,
        bounds: bounds(arguments.steps, arguments.limit),
        opposites: arguments.opposites,
    };
    let chains = act::between(&context.open()?, &asked)?;
    let json = json!(chains);
    if context.ui.is_json() {
        context.ui.json(&json);
    } else if context.ui.format() == Format::Csv {
        context.ui.list(&ways(&chains.paths, &chains.links), &json);
    } else {
        show(context, &chains, &json);
    }
    Ok(Exit::negative_if(chains.paths.is_empty()))
}

fn show(context: &Context, chains: &Chains, json: &serde_json::Value) {
    for (side, end) in [("from", &chains.from), ("to", &chains.to)] {
        context.ui.say(&format!("{side} {}: {}", end.typed, listed(&end.factors)));
    }
    if chains.paths.is_empty() {
        context.ui.say(if chains.robustness.is_none() {
            "both ends are one thing: no chain lies between"
        } else {
            "no chain leads there: an outcome must be worded as the context or resource it becomes, or be said to lead on"
        });
        return;
    }
    context.ui.heading(&format!("Chains: {}, {} told whole by one source", chains.paths.len(), chains.threads.len()));
    context.ui.list(&ways(&chains.paths, &chains.links), json);
    unlisted(context, chains.stopped, chains.longest);
    context.ui.say("a chain that no source tells whole is stitched together: each link may hold of other people");
    if let Some(robustness) = chains.robustness {
        context.ui.heading("Robustness");
        context.ui.text(&disbelieve(chains, robustness));
        for link in &chains.cut {
            context.ui.text(&format!("  {}", weakest(&chains.links[*link])));
        }
        context.ui.say("for the team: counts who says it, not whether it is so");
    }
}

fn disbelieve(chains: &Chains, robustness: usize) -> String {
    if robustness == 0 {
        return "every chain has a link that no source tells: there is nobody to disbelieve".to_owned();
    }
    let fewer = match chains.robustness_at_least {
        Some(least) if least < robustness => format!("at most {robustness}, at least {least}"),
        _ => robustness.to_string(),
    };
    format!("sources you would have to disbelieve before no chain is left: {fewer} ({}), at", listed(&chains.disbelieve))
}

fn weakest(step: &Step) -> String {
    format!("{} → {} ({}): {}", step.from, step.to, listed(&step.statements), counted(step.sources.len(), "source"))
}
