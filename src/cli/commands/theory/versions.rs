//! `realist theory versions`

use crate::act::programme as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::id::Kind;
use crate::table::{Cell, Table};

#[derive(Debug, clap::Args)]
pub struct Arguments {}

#[allow(clippy::needless_pass_by_value)] // commands share one shape
pub fn run(Arguments {}: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let versions = act::versions(&project);
    let mut table = Table::with(&[
        ("id", "Version"),
        ("name", "Name"),
        ("date", "Frozen"),
        ("by", "By"),
        ("statements", "Statements"),
        ("components", "Components"),
        ("parent", "After"),
        ("decisions", "Rests on"),
        ("hash", "Hash"),
        ("whole_hash", "Hash with the narrative"),
        ("why", "Why"),
    ]);
    for version in &versions {
        let listed = version.programme.listed().count();
        table.push(vec![
            project.label(version.id).into(),
            version.name.as_str().into(),
            version.date.as_str().into(),
            version.author.as_str().into(),
            listed.into(),
            version.programme.of_kind(Kind::Component).count().into(),
            version.parent.map_or(Cell::Empty, |parent| project.label(parent).into()),
            version.decisions.iter().map(|id| project.label(*id)).collect::<Vec<_>>().join(" ").into(),
            version.hash.as_str().into(),
            version.whole_hash().into(),
            version.why.as_deref().map_or(Cell::Empty, Cell::from),
        ]);
    }
    let json = table.to_json();
    if context.ui.is_for_reading() {
        table.drop_columns(&["hash", "whole_hash"]);
        if versions.is_empty() {
            context.ui.say("no version of the theory was frozen yet: realist theory freeze IPT");
            return Ok(Exit::Done);
        }
    }
    context.ui.list(&table, &json);
    Ok(Exit::Done)
}
