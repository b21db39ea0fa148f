//! `realist theory diff`

use crate::act::programme::Moment;
use crate::act::programme::compare::{self as act, Comparison, Field, Told};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::table::{Cell, Table};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Name or label of a version, a date, or `now`.
    from: String,
    /// The same; `now` unless said.
    #[arg(default_value = "now")]
    to: String,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let [from, to] = [&arguments.from, &arguments.to].map(|typed| Moment::find(&project, typed));
    let compared = act::compare(&project, &from?, &to?);
    if compared.changes.is_empty() && context.ui.is_for_reading() {
        context.ui.say(&format!("{} and {} say the same", compared.from.name, compared.to.name));
        return Ok(Exit::Done);
    }
    context.ui.list(&table(&compared), &json!(compared));
    let moves = compared.changes.iter().filter(|change| change.moved.is_some()).count();
    let rest = compared.changes.len() - moves;
    let rest = if rest == 0 { String::new() } else { format!("; {rest} in evidence, links carried over or standing alone") };
    let (from, to) = (&compared.from.name, &compared.to.name);
    context.ui.say(&format!("{} from {from} to {to}{rest}", counted(compared.changes.len(), "change")));
    if !compared.to.decisions.is_empty() {
        context.ui.say(&format!("{to} rests on {}", compared.to.decisions.join(", ")));
    }
    Ok(Exit::Done)
}

/// One row a change.
fn table(compared: &Comparison) -> Table {
    let columns = [
        ("move", "Move"),
        ("id", "What"),
        ("sentence", "It says"),
        ("change", "Change"),
        ("on", "On"),
        ("why", "Why"),
        ("by", "By"),
    ];
    let mut table = Table::with(&columns);
    for change in &compared.changes {
        let why = reasons(change);
        let mut by: Vec<&str> = change.acts.iter().map(|act| act.by.as_str()).collect();
        by.sort_unstable();
        by.dedup();
        table.push(vec![
            change.moved.map_or(Cell::Empty, |moved| moved.word().into()),
            change.id.as_str().into(),
            excerpt(&change.what, 80).into(),
            edits(change).join("; ").into(),
            on(change).into(),
            why.join("; ").into(),
            by.join(" ").into(),
        ]);
    }
    table
}

/// Each reason once, in the order they were given.
pub(super) fn reasons(change: &Told) -> Vec<&str> {
    let mut why: Vec<&str> = Vec::new();
    for reason in change.acts.iter().filter_map(|act| act.why.as_deref()) {
        if !why.contains(&reason) {
            why.push(reason);
        }
    }
    why
}

/// What became of the fields, in words.
pub(super) fn edits(change: &Told) -> Vec<String> {
    use crate::programme::diff::Presence;
    if let Some(other) = &change.carried {
        let way = if change.presence == Presence::Removed { "to" } else { "from" };
        return vec![format!("carried over {way} {other}")];
    }
    match change.presence {
        Presence::Added if change.kind != "hypothesis" => vec!["new".to_owned()],
        Presence::Removed => vec!["gone".to_owned()],
        Presence::Added => {
            let status = change.fields.iter().find(|field| field.field == "status");
            let status = status.and_then(|field| field.after.as_ref()?.as_str()).unwrap_or("active");
            vec![if status == "active" { "new".to_owned() } else { status.to_owned() }]
        }
        Presence::Changed => change.fields.iter().filter_map(|field| edit(change, field)).collect(),
    }
}

fn edit(change: &Told, field: &Field) -> Option<String> {
    let status = change.fields.iter().find(|one| one.field == "status");
    let set_aside = status.and_then(|one| one.after.as_ref()).is_some_and(|after| after != "active");
    // Of a statement that is no longer listed only that is told.
    if set_aside && !matches!(field.field.as_str(), "status" | "into") {
        return None;
    }
    let name = field.field.strip_prefix("part:").unwrap_or(&field.field).replace('_', " ");
    let side = |value: &Option<Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), said);
    Some(format!("{name}: {} → {}", side(&field.before), side(&field.after)))
}

fn said(value: &Value) -> String {
    const LONGEST: usize = 100;
    match value {
        Value::String(text) => excerpt(text, LONGEST),
        Value::Object(fields) => {
            // Of a part its words first, then what is said of it.
            let words = fields.get("text").and_then(Value::as_str).map(|text| excerpt(text, LONGEST));
            let of_part = words.is_some();
            let more = fields.iter().filter(|(name, _)| !of_part || !matches!(name.as_str(), "text" | "kind"));
            words.into_iter().chain(more.map(|(_, value)| said(value))).collect::<Vec<_>>().join(", ")
        }
        Value::Array(values) => values.iter().map(said).collect::<Vec<_>>().join(", "),
        plain => plain.to_string(),
    }
}

/// Evidence and decision it rests on.
fn on(change: &Told) -> String {
    const MOST: usize = 6;
    let mut named: Vec<&str> = change.decision.iter().chain(change.evidence.iter().take(MOST)).map(String::as_str).collect();
    let more = change.evidence.len().saturating_sub(MOST);
    let rest = format!("and {more} more");
    if more > 0 {
        named.push(&rest);
    }
    named.join(" ")
}
