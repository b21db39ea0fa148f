//! `realist codebook show`: one code and its history.

use super::list::one;
use crate::act::codebook::look::{self, Change, Example};
use crate::act::resolve;
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::passage::Wholeness;
use crate::project::Project;
use serde_json::json;

/// What is told of a code, in this order.
const KEYS: [&str; 11] = [
    "kind", "colour", "definition", "include", "exclude", "source", "question", "aliases", "sets", "merged_into",
    "split_into",
];

pub fn show(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let id = resolve::code_entry(project, typed)?;
    let tree = look::tree(project);
    let placed = tree.iter().find(|one| one.code.id == id);
    let placed = placed.ok_or_else(|| fault("unreadable-record", format!("{typed} cannot be read")).hint("run `realist check`"))?;
    let code = &placed.code;
    let examples = look::examples(project, code)?;
    let history = look::history(project, id);
    let by_coder = look::by_coder(project, id);
    if context.ui.is_json() {
        let mut json = one(project, placed);
        json["by_coder"] = by_coder.iter().map(|(tag, held)| (tag.clone(), held.confirmed)).collect();
        json["shown"] = examples
            .iter()
            .map(|one| json!({ "id": one.label, "passage": one.passage, "text": one.words, "state": one.state }))
            .collect();
        json["history"] = history.iter().map(change_json).collect();
        context.ui.json(&json);
        return Ok(Exit::Done);
    }
    let ui = &context.ui;
    ui.heading(&format!("{}  {}", project.label(id), placed.path));
    let fields = one(project, placed);
    for key in KEYS {
        let text = in_line(&fields[key]);
        if !text.is_empty() {
            ui.text(&format!("{:<12} {}", key.replace('_', " "), text.replace('\n', "\n             ")));
        }
    }
    for (word, set) in [("heading", code.heading), ("retired", code.retired)] {
        if set {
            ui.text(&format!("{word:<12} yes"));
        }
    }
    let coders: Vec<String> = by_coder.iter().map(|(tag, held)| format!("{tag} {held}")).collect();
    let coders = if coders.is_empty() { String::new() } else { format!(" ({})", coders.join(", ")) };
    ui.text(&format!("{:<12} {}{coders}, with those below {}", "codings", placed.own, placed.all));
    for example in &examples {
        ui.text(&format!("{:<12} {}", "example", shown(example)));
    }
    ui.heading("History");
    for change in &history {
        ui.text(&told(change));
    }
    ui.say(&counted(history.len(), "change"));
    Ok(Exit::Done)
}

fn in_line(value: &serde_json::Value) -> String {
    crate::codebook::Field::texts(value).join("; ")
}

fn shown(example: &Example) -> String {
    let words = match example.state {
        Wholeness::Whole => format!("“{}”", excerpt(&example.words, 200)),
        Wholeness::Purged => "(purged)".to_owned(),
        Wholeness::Stale => "(the text there has changed)".to_owned(),
        Wholeness::Missing => "(not on this computer)".to_owned(),
    };
    format!("{} {}: {words}", example.label, example.passage)
}

/// A change in one line: when, who, what, and which fields.
fn told(change: &Change) -> String {
    let Change { time, by, act, operation, set } = change;
    let fields: Vec<String> = set.iter().map(|(field, before, after)| {
        let before = if before.is_empty() { String::new() } else { format!("{} -> ", excerpt(before, 40)) };
        format!("{field}: {before}{}", excerpt(after, 60))
    }).collect();
    let who = if by.is_empty() { "(not journalled yet)".to_owned() } else { format!("{time} {by} ({operation})") };
    format!("{who} {act}: {}", fields.join("; "))
}

fn change_json(change: &Change) -> serde_json::Value {
    let set = change.set.iter().map(|(field, before, after)| json!({ "field": field, "before": before, "after": after }));
    json!({
        "time": change.time, "by": change.by, "act": change.act, "operation": change.operation,
        "set": set.collect::<Vec<_>>(),
    })
}
