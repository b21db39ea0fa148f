//! `realist theory freeze`

use crate::act::programme::freeze::{self as act, Frozen, Wish};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, read_input};
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What the team calls it: IPT, v1, "after the second meeting".
    name: String,
    /// What the version says as a whole, in a sentence or a page.
    #[arg(long, conflicts_with = "narrative_from")]
    narrative: Option<String>,
    /// The same from a text file; - for standard input.
    #[arg(long, value_name = "FILE")]
    narrative_from: Option<String>,
    /// Why now.
    #[arg(long)]
    why: Option<String>,
    /// A decision it rests on; may be repeated. Those taken since the version before unless said.
    #[arg(long = "from-decision", value_name = "X1.gj")]
    decisions: Vec<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let read = arguments.narrative_from.as_deref().map(read_input).transpose()?;
    let narrative = arguments.narrative.or(read).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let wish = Wish { name: arguments.name, narrative, why: arguments.why, decisions: arguments.decisions };
    let done = act::freeze(&mut project, &wish)?;
    let frozen = &done.answer;
    let json = json!({
        "id": frozen.label,
        "name": frozen.name,
        "hash": frozen.hash,
        "whole_hash": frozen.whole_hash,
        "statements": frozen.statements,
        "components": frozen.components,
        "parent": frozen.parent,
        "decisions": frozen.decisions,
    });
    confirm(context, &done, &sentence(frozen), json);
    frozen.notes.iter().for_each(|note| context.ui.diagnostic(note));
    Ok(Exit::Done)
}

/// What was frozen, in a sentence.
pub fn sentence(frozen: &Frozen) -> String {
    let holds = format!("{} in {}", counted(frozen.statements, "active statement"), counted(frozen.components, "component"));
    let rests = match frozen.decisions.as_slice() {
        [] => String::new(),
        decisions => format!("; rests on {}", decisions.join(", ")),
    };
    format!("froze {} as {}: {holds}, hash {}{rests}", frozen.name, frozen.label, &frozen.hash[..12])
}
