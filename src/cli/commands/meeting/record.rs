//! `realist meeting record`

use super::put;
use crate::act::meeting::{self as act, record};
use crate::cli::commands::shared::{confirm, counted};
use crate::cli::ui::Exit;
use crate::cli::{Context, editor};
use crate::diagnostic::Result;
use crate::disk;
use crate::project::{Done, Project};
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Record {
    #[arg(value_name = "G1.gj")]
    meeting: String,
    /// Write the form into this file, to be filled in: toml, csv or xlsx.
    #[arg(long, value_name = "FILE", conflicts_with = "from")]
    make: Option<PathBuf>,
    /// Take a form in that was filled in: toml, csv, xlsx or ods.
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
}

pub fn run(context: &Context, project: &mut Project, wanted: Record) -> Result<Exit> {
    let meeting = act::find(project, &wanted.meeting)?;
    if let Some(file) = &wanted.make {
        put(context, project, file, record::form(project, &meeting, file)?)?;
        return Ok(Exit::Done);
    }
    let done = match &wanted.from {
        Some(file) => Some(record::take(project, &wanted.meeting, file)?),
        None => {
            project.coder(true)?;
            let form = record::print(project, &meeting);
            editor::fill_in(project, form, |project, text| record::save(project, &wanted.meeting, text))?
        }
    };
    let Some(done) = done else {
        context.ui.say("the form came back empty: nothing was written");
        return Ok(Exit::Negative);
    };
    tell(context, &done);
    if let Some(file) = wanted.from.filter(|file| !done.rehearsal && file.starts_with(project.forms_folder())) {
        disk::remove(&file)?;
    }
    Ok(Exit::Done)
}

fn tell(context: &Context, done: &Done<record::Taken>) {
    let taken = &done.answer;
    let decisions: Vec<String> = taken.decisions.iter().map(|one| format!("{} ({})", one.id, one.outcome)).collect();
    let mut said = vec![format!("{} of {}", counted(taken.minuted.len(), "item"), taken.id)];
    for (labels, what) in [(&decisions, "decisions"), (&taken.actions, "actions"), (&taken.statements, "draft statements")] {
        if !labels.is_empty() {
            said.push(format!("{what} {}", labels.join(", ")));
        }
    }
    let ids: Vec<&str> = taken.decisions.iter().map(|one| one.id.as_str()).collect();
    let json = json!({
        "id": taken.id, "items": taken.minuted, "decisions": ids, "actions": taken.actions, "statements": taken.statements,
    });
    confirm(context, done, &format!("recorded {}", said.join("; ")), json);
    for one in taken.decisions.iter().flat_map(|one| &one.changed) {
        context.ui.say(one);
    }
    for note in &taken.notes {
        context.ui.diagnostic(note);
    }
}
