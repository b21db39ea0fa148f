//! Rounds on the screen.

use crate::act::round::{self as act, Look, Who};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::round::Item;
use crate::table::{Cell, Table};
use serde_json::json;

pub fn list(context: &Context, project: &Project) -> Result<Exit> {
    let all = act::looks(project);
    if all.is_empty() && !context.ui.is_json() {
        return Err(fault("no-rounds", "no round was planned yet")
            .hint("realist round add N1.gj --method delphi --item U1.gj"));
    }
    let mut table = Table::with(&[
        ("id", "Id"),
        ("name", "Name"),
        ("panel", "Panel"),
        ("method", "Method"),
        ("items", "Items"),
        ("stage", "Stage"),
        ("answered", "Answered"),
    ]);
    for one in &all {
        let answered = format!("{} of {}", one.answered(), one.seats.len());
        table.push(vec![
            one.id.as_str().into(),
            one.name.as_str().into(),
            one.panel.as_str().into(),
            one.terms.way.word().into(),
            one.terms.items.len().into(),
            one.stage.word().into(),
            if one.seats.is_empty() { Cell::Empty } else { answered.into() },
        ]);
    }
    context.ui.list(&table, &json!(all));
    Ok(Exit::negative_if(all.is_empty()))
}

pub fn show(context: &Context, round: &Look) {
    let ui = &context.ui;
    let mut table = Table::with(&[("item", "Item"), ("text", "Asked"), ("choices", "To choose from")]);
    for item in &round.terms.items {
        let choices: Vec<String> = item.choices.iter().map(|one| format!("{}: {}", one.key, one.text)).collect();
        table.push(vec![
            item.key.as_str().into(),
            asked(item).into(),
            if choices.is_empty() { Cell::Empty } else { choices.join("; ").into() },
        ]);
    }
    ui.heading(&format!("{} {} ({})", round.id, round.name, round.stage));
    ui.list(&table, &json!(round));
    for line in lines(round) {
        ui.say(&line);
    }
}

/// The option first, where one is rated: items of one question differ in it alone.
fn asked(item: &Item) -> String {
    match item.parted() {
        (question, Some(option)) => format!("{}\n({})", excerpt(option, 120), excerpt(question, 60)),
        (whole, None) => excerpt(whole, 120),
    }
}

fn lines(round: &Look) -> Vec<String> {
    let terms = &round.terms;
    let mut lines = vec![format!("panel {}, method {}", round.panel, terms.way)];
    if let Some(judge) = &terms.rule.judge {
        lines.push(format!("rule: {judge}"));
    }
    if let Some(scale) = terms.scale {
        let (least, most, low, high) = (scale.least, scale.most, scale.low, scale.high);
        lines.push(format!("scale: {least} to {most}; up to {low} is low, from {high} high"));
    }
    let rule = &terms.rule;
    let mut quorum: Vec<String> = rule.quorum.iter().map(|least| format!("{least} overall")).collect();
    quorum.extend(rule.quorum_each.iter().map(|least| format!("{least} of each group")));
    quorum.extend(rule.quorum_of.iter().map(|(group, least)| format!("{least} of {group}")));
    lines.push(format!("quorum: {}", if quorum.is_empty() { "none".to_owned() } else { quorum.join(", ") }));
    lines.extend(rule.response.map(|least| format!("response asked for: {least}")));
    lines.extend(round.after.iter().map(|id| format!("compared with {id}")));
    if let (Some(former), why) = (&round.amends, round.why.as_deref().unwrap_or_default()) {
        lines.push(format!("in the place of {former}: {why}"));
    }
    lines.extend(round.opened.iter().map(|day| format!("opened {day}")));
    lines.extend(round.closed.iter().map(|day| format!("closed {day}")));
    if !round.seats.is_empty() {
        let tokens = |wanted: fn(&Who) -> bool| {
            let of = round.seats.iter().filter(|one| wanted(one));
            let named = of.map(|one| match (&one.deputy, one.left) {
                (Some(deputy), _) => format!("{} ({deputy} for them)", one.token),
                (None, true) => format!("{} (left)", one.token),
                _ => one.token.clone(),
            });
            named.collect::<Vec<_>>().join(", ")
        };
        let (answered, seats) = (round.answered(), counted(round.seats.len(), "seat"));
        lines.push(format!("answered ({answered} of {seats}): {}", tokens(|one| one.answered && !one.absent)));
        if round.seats.iter().any(|one| one.absent) {
            lines.push(format!("not there: {}", tokens(|one| one.absent)));
        }
        lines.push(format!("not answered: {}", tokens(|one| !one.answered)));
    }
    if !round.after_closing.is_empty() {
        lines.push(format!(
            "taken in elsewhere before that was known to be closed, and not counted: {}",
            round.after_closing.join(", ")
        ));
    }
    lines
}
