//! `realist theory robustness`

use crate::act::chain as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::table::{Cell, Table};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_: Arguments, context: &Context) -> Result<Exit> {
    let pairs = act::between_components(&context.open()?)?;
    let mut table = Table::with(&[
        ("from", "From"),
        ("to", "To"),
        ("handovers", "Statements that hand over directly"),
        ("robustness", "Sources to disbelieve"),
        ("disbelieve", "Who"),
    ]);
    for pair in &pairs {
        let robustness = match (pair.robustness_at_least, pair.robustness) {
            (_, None) => Cell::Undefined("both ends are one".to_owned()),
            (Some(least), Some(most)) if least < most => format!("{least} to {most}").into(),
            (_, Some(robustness)) => robustness.into(),
        };
        table.push(vec![
            pair.from.as_str().into(),
            pair.to.as_str().into(),
            pair.handovers.into(),
            robustness,
            pair.disbelieve.join(" ").into(),
        ]);
    }
    context.ui.list(&table, &json!(pairs));
    context.ui.say("from what comes out of the one to what comes out of the other: the fewest sources you would have to disbelieve before no chain is left; pairs without a chain are left out");
    Ok(Exit::Done)
}
