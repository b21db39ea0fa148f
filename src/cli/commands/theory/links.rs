//! `realist theory links`

use crate::act::chain as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only links that at least so many independent sources tell.
    #[arg(long, default_value_t = 0, value_name = "N")]
    at_least: usize,
    /// Take a thing and its opposite for one.
    #[arg(long)]
    opposites: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let links = act::links(&context.open()?, arguments.at_least, arguments.opposites)?;
    let mut table = Table::with(&[
        ("from", "From"),
        ("to", "To"),
        ("statements", "Statements"),
        ("through", "Through"),
        ("sources", "Sources"),
        ("with_mechanism", "With mechanism"),
        ("against", "Against"),
    ]);
    for link in &links {
        table.push(vec![
            link.from.as_str().into(),
            link.to.as_str().into(),
            link.statements.join(" ").into(),
            link.through.join("; ").into(),
            link.sources.len().into(),
            link.sources_with_mechanism.len().into(),
            link.against.len().into(),
        ]);
    }
    if context.ui.is_for_reading() {
        table.drop_columns(&["with_mechanism"]);
    }
    context.ui.list(&table, &json!(links));
    context.ui.say("sources that speak for both ends, or for the statement as a whole; against: those that refute either");
    Ok(Exit::Done)
}
