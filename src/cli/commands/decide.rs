//! `realist decide`

use super::shared::{confirm, word};
use crate::act::action;
use crate::act::decide::{self as act, Decided, Wish};
use crate::act::programme::freeze::Frozen;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::decision::{Body, Method, Outcome};
use crate::diagnostic::{Result, fault};
use crate::project::Done;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// agreed, agreed_with_dissent, not_agreed, rejected, defer_to_test or out_of_scope.
    #[arg(value_parser = word::<Outcome>)]
    outcome: Outcome,
    /// Who decided: team, stakeholders or not_stated.
    #[arg(long, value_parser = word::<Body>)]
    body: Body,
    /// How: as the round has it, else discussion, unless said.
    #[arg(long, value_parser = word::<Method>)]
    method: Option<Method>,
    /// Day of the decision: 2026-03-14.
    #[arg(long)]
    date: Option<String>,
    /// What was settled, in one sentence.
    #[arg(long)]
    text: Option<String>,
    #[arg(long, value_name = "U1.gj")]
    uncertainty: Option<String>,
    /// Letter of the option chosen.
    #[arg(long)]
    option: Option<String>,
    /// Component it settles; may be repeated.
    #[arg(long = "component", value_name = "K1.gj")]
    components: Vec<String>,
    /// Statement it settles; may be repeated.
    #[arg(long = "hypothesis", value_name = "H1.gj")]
    hypotheses: Vec<String>,
    /// People present: service_users=5; may be repeated.
    #[arg(long = "present", value_name = "GROUP=N")]
    present: Vec<String>,
    /// Dissent in the group's own words: gps="..."; may be repeated.
    #[arg(long = "dissent", value_name = "GROUP=WORDS")]
    dissent: Vec<String>,
    /// The closed round it rests on: its figures are kept, its dissent counts.
    #[arg(long, value_name = "R1.gj")]
    round: Option<String>,
    /// The meeting it was taken at: its day and who was there count unless said.
    #[arg(long, value_name = "G1.gj")]
    meeting: Option<String>,
    /// Item of that round; may be repeated. Those about what is decided unless said.
    #[arg(long = "item", value_name = "q1", requires = "round")]
    items: Vec<String>,
    /// What it changes, in the same step: H3.gj=adopt (or demote, reject, a standing), "H3.gj=If ..., then ...",
    /// "H3.gj/context=...", H3.gj/component=K2.gj, "K2.gj=what it is now", K2.gj=retired, "component=Name: what it is";
    /// may be repeated.
    #[arg(long = "effect", value_name = "WHAT=TO")]
    effects: Vec<String>,
    /// What somebody undertook: "gj 2026-05-01: revise the manual"; the day may be left out; may be repeated.
    #[arg(long = "action", value_name = "WHO DAY: WHAT")]
    actions: Vec<String>,
    /// Freeze the theory under this name afterwards, as a version that rests on this decision: a step of its own.
    #[arg(long, value_name = "NAME")]
    freeze: Option<String>,
}

fn pair(typed: &str) -> Result<(String, String)> {
    let (group, value) = typed
        .split_once('=')
        .ok_or_else(|| fault("bad-pair", format!("'{typed}' has no =")).hint("write it as service_users=5"))?;
    Ok((group.trim().to_owned(), value.trim().to_owned()))
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let present = arguments
        .present
        .iter()
        .map(|typed| {
            let (group, count) = pair(typed)?;
            let count = count.parse().map_err(|_| fault("bad-count", format!("'{count}' is no number of people")))?;
            Ok((group, count))
        })
        .collect::<Result<_>>()?;
    let wish = Wish {
        outcome: arguments.outcome,
        body: arguments.body,
        method: arguments.method,
        date: arguments.date,
        text: arguments.text,
        uncertainty: arguments.uncertainty,
        option: arguments.option,
        components: arguments.components,
        hypotheses: arguments.hypotheses,
        present,
        dissent: arguments.dissent.iter().map(|typed| pair(typed)).collect::<Result<_>>()?,
        round: arguments.round,
        meeting: arguments.meeting,
        items: arguments.items,
        effects: arguments.effects,
        actions: arguments.actions.iter().map(|typed| action::read(typed)).collect::<Result<_>>()?,
    };
    let (done, frozen) = match &arguments.freeze {
        Some(name) => act::decide_and_freeze(&mut project, &wish, name)?,
        None => (act::decide(&mut project, &wish)?, None),
    };
    tell(context, &done, frozen.as_ref());
    Ok(Exit::Done)
}

fn tell(context: &Context, done: &Done<Decided>, frozen: Option<&Frozen>) {
    let Decided { id, outcome, changed, actions, version, notes } = &done.answer;
    let json = json!({
        "id": id, "outcome": outcome, "changed": changed, "actions": actions, "since_version": version,
        "frozen": frozen.map(|one| &one.label),
    });
    confirm(context, done, &format!("recorded {id} ({outcome})"), json);
    for one in changed {
        context.ui.say(one);
    }
    if !actions.is_empty() {
        context.ui.say(&format!("actions: {}", actions.join(", ")));
    }
    match frozen {
        Some(frozen) => {
            context.ui.say(&super::theory::frozen(frozen));
            if let Some(parent) = &frozen.parent {
                context.ui.say(&format!("what changed since {parent}: realist theory diff {parent} {}", frozen.label));
            }
        }
        None if !changed.is_empty() && !done.rehearsal => {
            context.ui.say("keep the theory as it is now: realist theory freeze NAME");
            if let Some(version) = version {
                context.ui.say(&format!("what changed since {version}: realist theory diff {version} now"));
            }
        }
        None => {}
    }
    for note in notes {
        context.ui.diagnostic(note);
    }
}
