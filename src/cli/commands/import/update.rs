//! `realist import --update`

use super::gathered;
use crate::act::import as plain;
use crate::act::update::{self as act, Summary, Updated, Wanted};
use crate::cli::Context;
use crate::cli::commands::document::passages;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::Result;
use crate::project::Project;
use crate::table::Table;
use serde_json::{Value, json};

/// Takes corrected files in; `document` is empty where each file is for the document of its name.
pub fn run(context: &Context, import: plain::Wanted, document: &str) -> Result<Exit> {
    let mut project = context.open()?;
    let document = Some(document.trim().to_owned()).filter(|label| !label.is_empty());
    let progress = context.ui.progress("importing");
    let done = act::update(&mut project, &Wanted { import, document }, &|at, all| progress.at(at, all))?;
    let summary = &done.answer;
    if context.ui.is_json() {
        context.ui.json(&json(&project, summary, &done.by, done.rehearsal));
    } else {
        show(context, &project, summary, done.rehearsal);
    }
    if done.rehearsal {
        context.ui.say("dry run: nothing was written");
    }
    done.afterwards.iter().for_each(|diagnostic| context.ui.diagnostic(diagnostic));
    Ok(Exit::negative_if(!summary.failed.is_empty()))
}

fn json(project: &Project, summary: &Summary, by: &str, rehearsal: bool) -> Value {
    let mut json = json!(summary);
    for (updated, json) in summary.updated.iter().zip(json["updated"].as_array_mut().into_iter().flatten()) {
        json["passages"] = json!(passages::passages(project, &updated.moved));
    }
    json["by"] = json!(by);
    if rehearsal {
        json["dry_run"] = json!(true);
    }
    json
}

fn show(context: &Context, project: &Project, summary: &Summary, rehearsal: bool) {
    let mut table = Table::with(&[
        ("id", "Id"),
        ("path", "File"),
        ("version", "Text"),
        ("turns", "Turns"),
        ("words", "Words"),
        ("exact", "Exact"),
        ("near", "Near"),
        ("orphan", "Orphan"),
        ("left", "Left"),
        ("result", "Result"),
    ]);
    for Updated { id, path, version, same_text, turns, words, carried, .. } in &summary.updated {
        let result = if *same_text { "same text" } else { "corrected" };
        table.push(vec![
            id.as_str().into(),
            path.as_str().into(),
            (*version).into(),
            (*turns).into(),
            (*words).into(),
            carried.exact.into(),
            carried.near.into(),
            carried.orphan.into(),
            (carried.stale + carried.missing).into(),
            result.into(),
        ]);
    }
    let others = summary.unchanged.iter().map(|file| (file.id.as_str(), file.path.as_str(), "unchanged"));
    for (id, path, result) in others.chain(summary.failed.iter().map(|file| ("", file.path.as_str(), "failed"))) {
        table.push([id, path, "", "", "", "", "", "", "", result].into_iter().map(Into::into).collect());
    }
    context.ui.list(&table, &Value::Null);
    if context.ui.format() == Format::Table {
        for updated in &summary.updated {
            if rehearsal {
                passages::list(context, project, &updated.moved);
            }
            passages::tell(context, project, &updated.moved.iter().collect::<Vec<_>>());
        }
    }
    let said = summary.updated.iter().map(|file| (file.path.as_str(), file.diagnostics.as_slice()));
    for diagnostic in gathered(said) {
        context.ui.diagnostic(&diagnostic);
    }
    for file in &summary.failed {
        context.ui.fault(&file.fault.clone().in_file(file.path.clone()));
    }
    let (corrected, unchanged, failed) = (summary.updated.len(), summary.unchanged.len(), summary.failed.len());
    let open = summary.updated.iter().any(|file| file.carried.total() > file.carried.exact);
    let open = if open { "; see what is open: realist document verify" } else { "" };
    context.ui.say(&format!("{corrected} corrected, {unchanged} unchanged, {failed} failed{open}"));
}
