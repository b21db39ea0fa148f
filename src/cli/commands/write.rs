//! `realist write`

use super::shared::{confirm, counted, excerpt, read_input};
use crate::act::anchor::Spot;
use crate::act::claim::Written;
use crate::act::write as act;
use crate::cli::ui::Exit;
use crate::cli::{Context, editor};
use crate::diagnostic::Result;
use crate::disk;
use serde_json::json;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Document, or a place in it: D7.gj, D7.gj/14, D7.gj/14..17
    #[arg(value_name = "D7.gj")]
    place: String,
    /// Turns: t14..17
    #[arg(value_name = "TURNS")]
    range: Option<String>,
    /// Words of the passage; "first words ... last words" is enough.
    #[arg(long, value_name = "WORDS")]
    quote: Option<String>,
    /// Begin with this form, such as one that was kept after an error.
    #[arg(long, value_name = "FILE")]
    from: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let spot = Spot::parse(&arguments.place, arguments.range.as_deref(), arguments.quote.as_deref())?;
    project.coder(true)?;
    let empty = act::form(&project, &spot)?;
    let form = arguments.from.as_deref().map(read_input).transpose()?.unwrap_or(empty);
    let done = editor::fill_in(&mut project, form, |project, text| act::save(project, &spot, text))?;
    let Some(done) = done else {
        context.ui.say("the form came back empty: nothing was written");
        context.ui.say("if your editor opens a window and does not wait for it, say so: EDITOR=\"code --wait\"");
        return Ok(Exit::Negative);
    };
    let sentence = match done.answer.as_slice() {
        [one] => told(one),
        many => format!("{}: {}", counted(many.len(), "claim"), many.iter().map(told).collect::<Vec<_>>().join("; ")),
    };
    confirm(context, &done, &sentence, json!({ "written": done.answer.iter().map(one_json).collect::<Vec<_>>() }));
    for one in done.answer.iter().filter(|one| one.new && !one.missing.is_empty()) {
        context.ui.say(&format!("{} is still a draft: no {} yet", one.hypothesis, one.missing.join(", no ")));
    }
    if let Some(file) = arguments.from.filter(|_| !done.rehearsal)
        && Path::new(&file).starts_with(project.forms_folder())
    {
        disk::remove(Path::new(&file))?;
    }
    Ok(Exit::Done)
}

fn told(one: &Written) -> String {
    let verb = if one.new { "added" } else { "tied" };
    format!("{verb} {} ({} {} it, {}) “{}”", one.hypothesis, one.evidence, one.stance, one.passage, excerpt(&one.sentence, 60))
}

pub(super) fn one_json(one: &Written) -> serde_json::Value {
    json!({
        "hypothesis": one.hypothesis, "new": one.new, "evidence": one.evidence, "stance": one.stance,
        "passage": one.passage, "missing": one.missing,
    })
}
