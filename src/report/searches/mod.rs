//! `report searches`: what was searched, when, by whom and why, with the strategies in full and the searches for exceptions
//! (method reference 3.7, table 8).

#[cfg(test)]
pub mod sample;
#[cfg(test)]
mod tests;
pub mod told;

use super::Brief;
use super::block::{Block, Report, Run, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use crate::hypothesis::Editorial;
use crate::id::Id;
use crate::screening::searches;
use crate::searching::Search;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::{Value, json};

const RULE: &str = "Searches are told as the team recorded them. A search at the outset, to see what there is, stands first in its \
stream; its records are not screened. Exceptions: evidence that what a statement expects did not follow. A search for exceptions to an \
uncertainty is one for the statements it is between.";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let all = searches(synthesis);
    let table = table(synthesis, &all);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    match told::in_short(synthesis) {
        Some(short) => {
            blocks.push(Block::paragraph(short));
            blocks.push(Block::heading(2, "Searches", "searches"));
            let mut shown = table.clone();
            shown.drop_columns(&["strategy", "found"]);
            blocks.push(Block::table("Searches", shown));
            blocks.extend(strategies(synthesis, &all));
            blocks.extend(exceptions(synthesis, &all));
        }
        None => blocks.push(Block::to_write("where was searched, when, by whom, for what, and the strategies in full")),
    }
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    Report {
        key: "searches",
        title: format!("{}: searches", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "searches",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "searches": all.iter().map(|one| data(synthesis, one)).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
        sheet: table,
    }
}

fn table(synthesis: &Synthesis, all: &[&Search]) -> Table {
    let mut table = Table::with(&[
        ("search", "Search"),
        ("stream", "Stream"),
        ("date", "Date"),
        ("searcher", "By"),
        ("limits", "Limits"),
        ("records", "Records"),
        ("purpose", "Why"),
        ("for", "For"),
        ("against", "Exceptions to"),
        ("strategy", "Strategy"),
        ("found", "What came of it"),
    ]);
    for one in all {
        let scoping = if one.scoping { ", at the outset" } else { "" };
        table.push(vec![
            named(synthesis, one).into(),
            format!("{}{scoping}", one.stream.title()).into(),
            one.date.clone().into(),
            one.searcher.clone().into(),
            one.limits.clone().into(),
            one.records.and_then(|n| usize::try_from(n).ok()).into(),
            one.purpose.clone().into(),
            synthesis.labels_of(one.serves.iter().copied()).join(", ").into(),
            synthesis.labels_of(one.against.iter().copied()).join(", ").into(),
            one.strategy.clone().into(),
            one.found.clone().into(),
        ]);
    }
    table.rows.iter_mut().flatten().for_each(|cell| {
        if matches!(cell, Cell::Text(text) if text.is_empty()) {
            *cell = Cell::Empty;
        }
    });
    table
}

fn named(synthesis: &Synthesis, one: &Search) -> String {
    format!("{} {}", synthesis.label(one.id), one.place_in_full())
}

/// Each strategy as it was run; a line of it is a point of a list. Those nobody wrote down are named.
fn strategies(synthesis: &Synthesis, all: &[&Search]) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "Strategies in full", "strategies")];
    for one in all {
        let Some(strategy) = &one.strategy else { continue };
        let date = one.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
        blocks.push(Block::heading(
            3,
            format!("{}{date}", named(synthesis, one)),
            format!("strategy-{}", synthesis.label(one.id)),
        ));
        blocks.push(laid_out(strategy));
    }
    let without: Vec<String> =
        all.iter().filter(|one| one.strategy.is_none()).map(|one| named(synthesis, one)).collect();
    if !without.is_empty() {
        blocks.push(Block::to_write(&format!("the strategies of {}", without.join("; "))));
    }
    blocks
}

/// One line as it stands; of several each is a point, numbered where the lines are.
fn laid_out(strategy: &str) -> Block {
    let lines: Vec<&str> = strategy.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if let [only] = lines.as_slice() {
        return Block::paragraph(*only);
    }
    let numbered: Option<Vec<&str>> = lines.iter().zip(1..).map(|(line, number)| unnumbered(line, number)).collect();
    let is_numbered = numbered.is_some();
    let items = numbered.unwrap_or(lines).into_iter().map(|line| vec![Run::plain(line)]);
    Block::list(is_numbered, items.collect())
}

/// `depression` of `3. depression`, `#3 depression` or `3 depression`.
fn unnumbered(line: &str, number: usize) -> Option<&str> {
    let rest = line.trim_start_matches('#').strip_prefix(&number.to_string())?;
    let text = rest.trim_start_matches(['.', ')', ':']).trim_start();
    (text.len() < rest.len() && !text.is_empty()).then_some(text)
}

/// It looked for exceptions to the statement, or to an uncertainty it is of.
fn tries(synthesis: &Synthesis, search: &Search, statement: Id) -> bool {
    let of_it = |id: &Id| synthesis.uncertainties.get(id).is_some_and(|one| one.hypotheses.contains(&statement));
    search.against.contains(&statement) || search.against.iter().any(of_it)
}

fn exceptions(synthesis: &Synthesis, all: &[&Search]) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "Searches for exceptions", "exceptions")];
    let items: Vec<Vec<Run>> = all
        .iter()
        .filter(|one| !one.against.is_empty())
        .map(|one| {
            let date = one.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
            let to = synthesis.labels_of(one.against.iter().copied()).join(", ");
            let found = one.found.as_deref().map(str::trim).filter(|found| !found.is_empty());
            vec![
                Run::Strong(named(synthesis, one)),
                Run::plain(format!("{date}; exceptions to {to}. ")),
                found.map_or_else(|| Run::Gap("What came of it: not recorded".to_owned()), Run::plain),
            ]
        })
        .collect();
    blocks.push(Block::list(false, items));
    let active: Vec<Id> =
        synthesis.hypotheses.values().filter(|one| one.status == Editorial::Active).map(|one| one.id).collect();
    if !active.is_empty() {
        let sought = active.iter().filter(|id| all.iter().any(|one| tries(synthesis, one, **id))).count();
        blocks.push(Block::paragraph(format!(
            "Of {}, a search for exceptions is recorded of {sought}.",
            count_of(active.len(), "active statement")
        )));
    }
    blocks
}

/// One search for machines.
pub fn data(synthesis: &Synthesis, one: &Search) -> Value {
    json!({
        "id": synthesis.label(one.id),
        "place": one.place,
        "platform": one.platform,
        "stream": one.stream,
        "scoping": one.scoping,
        "date": one.date,
        "searcher": one.searcher,
        "limits": one.limits,
        "records": one.records,
        "purpose": one.purpose,
        "for": synthesis.labels_of(one.serves.iter().copied()),
        "against": synthesis.labels_of(one.against.iter().copied()),
        "strategy": one.strategy,
        "found": one.found,
    })
}
