//! What commands about chains show alike.

use crate::act::chain::{Step, Way};
use crate::chain::trace::{Bounds, Stopped};
use crate::cli::Context;
use crate::table::{Cell, Table};
use std::collections::BTreeSet;

pub fn bounds(steps: u8, limit: usize) -> Bounds {
    Bounds { longest: usize::from(steps), most: limit }
}

/// Labels or names, up to eight.
pub fn listed(names: &[String]) -> String {
    const MOST: usize = 8;
    let shown = names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => "nobody".to_owned(),
        n if n > MOST => format!("{shown} and {} more", n - MOST),
        _ => shown,
    }
}

/// One row a way.
pub fn ways(ways: &[Way], links: &[Step]) -> Table {
    let mut table = Table::with(&[
        ("steps", "Steps"),
        ("chain", "Chain"),
        ("statements", "Statements"),
        ("weakest", "Weakest link (sources)"),
        ("contested", "Links contested"),
        ("told_whole_by", "Told whole by"),
    ]);
    for way in ways {
        let steps: Vec<&Step> = way.links.iter().map(|link| &links[*link]).collect();
        let statements: BTreeSet<&str> = steps.iter().flat_map(|step| step.statements.iter().map(String::as_str)).collect();
        table.push(vec![
            steps.len().into(),
            way.factors.join(" → ").into(),
            statements.into_iter().collect::<Vec<_>>().join(" ").into(),
            steps.iter().map(|step| step.sources.len()).min().map_or(Cell::Empty, Cell::from),
            steps.iter().filter(|step| !step.against.is_empty()).count().into(),
            way.sources.join(" ").into(),
        ]);
    }
    table
}

/// Says what a list may lack.
pub fn unlisted(context: &Context, stopped: Option<Stopped>, longest: usize) {
    let said = match stopped {
        None => return,
        Some(Stopped::Length) => format!("chains of more than {longest} steps were not looked for (--steps)"),
        Some(Stopped::Number) => "there are more; the shortest are shown (--limit)".to_owned(),
        Some(Stopped::Patience) => {
            "there are too many ways to try them all; the list is what was found until then (--steps fewer)".to_owned()
        }
    };
    context.ui.say(&said);
}
