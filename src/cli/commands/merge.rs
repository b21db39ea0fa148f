//! `realist merge`

use super::shared::{counted, excerpt};
use crate::act::merge::{self as act, Merged};
use crate::check;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::id::Kind;
use crate::diagnostic::{Diagnostic, Result};
use crate::project::Taken;
use crate::table::Table;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A bundle, or the folder of another copy of this project.
    #[arg(value_name = "FILE|DIR")]
    from: PathBuf,
    /// Take this key of realist.toml over from there; may be repeated. Without it settings are only shown.
    #[arg(long, value_name = "KEY")]
    take_settings: Vec<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let merged = act::merge(&mut project, &arguments.from, &arguments.take_settings)?;
    let taken = &merged.taken;
    let conflicts = if taken.conflicts.is_empty() { Vec::new() } else { check::conflicts_told(&project)? };
    context.ui.answer(&sentence(taken, conflicts.len()), &to_json(&merged, &conflicts));
    taken.afterwards.iter().for_each(|diagnostic| context.ui.diagnostic(diagnostic));
    if context.ui.is_json() {
        return Ok(Exit::Done);
    }
    context.ui.say(&format!(
        "operations: {} here before, {} there, {} on both sides, {} together",
        taken.here, taken.there, taken.shared, taken.result
    ));
    tell_oddities(&merged, context);
    tell_conflicts(&conflicts, context);
    tell_settings(&merged, context);
    Ok(Exit::Done)
}

/// `3 operations of 2 streams: 12 codings, 3 hypotheses; 2 conflicts to look at`.
fn sentence(taken: &Taken, conflicts: usize) -> String {
    let dry = if taken.rehearsal { " (dry run: nothing was written)" } else { "" };
    if taken.fresh() == 0 && taken.files == 0 {
        return format!("nothing new: everything there is here already{dry}");
    }
    let called = |kind: Kind| if kind == Kind::Evidence { "evidence link" } else { kind.word() };
    let mut what: Vec<String> = taken.things.iter().map(|(kind, n)| counted(*n, called(*kind))).collect();
    let mut add = |n: usize, phrase: String| {
        if n > 0 {
            what.push(phrase);
        }
    };
    add(taken.changed, format!("{} changed", counted(taken.changed, "thing")));
    add(taken.removed, format!("{} removed", counted(taken.removed, "thing")));
    add(taken.files, counted(taken.files, "file"));
    add(taken.veiled, format!("{} of an open pass", counted(taken.veiled, "operation")));
    let conflicts = match conflicts {
        0 => String::new(),
        n => format!("; {} to look at", counted(n, "conflict")),
    };
    let verb = if taken.rehearsal { "would take in" } else { "took in" };
    let (operations, streams) = (counted(taken.fresh(), "operation"), counted(taken.streams, "stream"));
    format!("{verb} {operations} of {streams}: {}{conflicts}{dry}", what.join(", "))
}

fn tell_oddities(merged: &Merged, context: &Context) {
    let taken = &merged.taken;
    let warn = |diagnostic: Diagnostic| context.ui.diagnostic(&diagnostic);
    if taken.gaps > 0 {
        let message = format!("{} on what is on neither side", counted(taken.gaps, "operation") + " rest");
        warn(Diagnostic::warning("missing-operation", message).hint("ask for everything: realist bundle --all"));
    }
    if taken.damaged > 0 {
        let message = format!("{} of the other side damaged and left out", counted(taken.damaged, "line"));
        warn(Diagnostic::warning("damaged-line", message).hint("ask for it once more"));
    }
    for name in &taken.differing {
        let message = "the other side has other content under this name; ours was left as it is";
        warn(Diagnostic::warning("file-differs", message).in_file(name.as_str()).hint("realist check says which one fits"));
    }
    for (name, why) in &taken.refused {
        warn(Diagnostic::warning("file-refused", format!("not taken in: {why}")).in_file(name.as_str()));
    }
    for (label, edit) in &merged.hand_edits {
        let fields = edit.fields.iter().map(|(name, value)| format!("{name} = {}", excerpt(&value.to_string(), 60)));
        let fields = fields.collect::<Vec<_>>().join(", ");
        warn(
            Diagnostic::warning("unjournalled-edit", format!("their codebook was edited by hand and not yet journalled: {label}: {fields}"))
                .hint("let them run any command that writes, such as realist codebook edit, and merge again"),
        );
    }
}

/// As many as are shown; `check` has them all.
const MOST_CONFLICTS: usize = 20;

fn tell_conflicts(told: &[Diagnostic], context: &Context) {
    told.iter().take(MOST_CONFLICTS).for_each(|one| context.ui.diagnostic(one));
    if told.len() > MOST_CONFLICTS {
        context.ui.say(&format!("and {} more: realist check", told.len() - MOST_CONFLICTS));
    }
}

fn tell_settings(merged: &Merged, context: &Context) {
    if !merged.settings_taken.is_empty() {
        context.ui.say(&format!("taken over into realist.toml: {}", merged.settings_taken.join(", ")));
    }
    if merged.settings.is_empty() {
        return;
    }
    context.ui.heading("realist.toml differs; nothing of it was merged");
    let mut table = Table::with(&[("key", "Key"), ("here", "Here"), ("there", "There")]);
    for one in &merged.settings {
        table.push(vec![one.key.as_str().into(), one.ours.clone().into(), one.theirs.clone().into()]);
    }
    context.ui.list(&table, &table.to_json());
    context.ui.say("take one over with: realist merge ... --take-settings KEY");
}

fn to_json(merged: &Merged, conflicts: &[Diagnostic]) -> serde_json::Value {
    let taken = &merged.taken;
    let things: serde_json::Map<String, serde_json::Value> =
        taken.things.iter().map(|(kind, n)| (kind.word().to_owned(), json!(n))).collect();
    json!({
        "operations": taken.fresh(), "streams": taken.streams,
        "here": taken.here, "there": taken.there, "shared": taken.shared, "result": taken.result,
        "things": things, "changed": taken.changed, "removed": taken.removed, "files": taken.files, "of_open_pass": taken.veiled,
        "differing": taken.differing,
        "refused": taken.refused.iter().map(|(file, why)| json!({"file": file, "why": why})).collect::<Vec<_>>(),
        "gaps": taken.gaps, "damaged": taken.damaged,
        "conflicts": taken.conflicts.iter().map(|(label, one)| json!({
            "id": label, "field": one.field, "kept": one.kept, "kept_by": one.kept_by,
            "other": one.other, "other_by": one.other_by,
        })).collect::<Vec<_>>(),
        "conflicts_told": conflicts.iter().map(|one| json!({ "message": one.message, "hints": one.hints })).collect::<Vec<_>>(),
        "settings": merged.settings.iter().map(|one| json!({"key": one.key, "here": one.ours, "there": one.theirs})).collect::<Vec<_>>(),
        "settings_taken": merged.settings_taken,
        "hand_edits": merged.hand_edits.iter().map(|(label, edit)| json!({"id": label, "fields": edit.fields})).collect::<Vec<_>>(),
        "dry_run": taken.rehearsal,
    })
}
