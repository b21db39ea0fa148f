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
        let robustness = pair.robustness.map_or_else(|| Cell::Undefined("both ends are one".to_owned()), Cell::from);
        table.push(vec![
            pair.from.as_str().into(),
            pair.to.as_str().into(),
            pair.handovers.into(),
            robustness,
            pair.disbelieve.join(" ").into(),
        ]);
    }
    context.ui.list(&table, &json!(pairs));
    context.ui.say("sources you would have to disbelieve before no chain is left, a source counted with each link it tells; pairs without a chain are left out");
    Ok(Exit::Done)
}
