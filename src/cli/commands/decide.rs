//! `realist decide`

use super::shared::{confirm, word};
use crate::act::decide::{self as act, Wish};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::decision::{Body, Method, Outcome};
use crate::diagnostic::{Result, fault};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// agreed, agreed_with_dissent, not_agreed, rejected, defer_to_test or out_of_scope.
    #[arg(value_parser = word::<Outcome>)]
    outcome: Outcome,
    /// Who decided: team, stakeholders or not_stated.
    #[arg(long, value_parser = word::<Body>)]
    body: Body,
    /// How: discussion unless said.
    #[arg(long, default_value = "discussion", value_parser = word::<Method>)]
    method: Method,
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
    };
    let done = act::decide(&mut project, &wish)?;
    confirm(context, &done, &format!("recorded {}", done.answer.id), json!({ "id": done.answer.id }));
    done.answer.notes.iter().for_each(|note| context.ui.diagnostic(note));
    Ok(Exit::Done)
}
