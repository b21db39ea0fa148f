//! `realist next`

use crate::act::next::{self, Facts, Step};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::project::{Depth, Project};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {}

pub fn run(_: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let steps = steps(&project)?;
    if context.ui.is_json() {
        context.ui.json(&json!(steps));
    } else {
        for step in &steps {
            context.ui.text(&shown(step));
        }
    }
    Ok(Exit::Done)
}

pub(super) fn steps(project: &Project) -> Result<Vec<Step>> {
    Ok(next::next(&project.synthesis(Depth::Facts)?, &Facts::of(project)?))
}

/// What and why on one line, the command to paste below it.
pub(super) fn shown(step: &Step) -> String {
    format!("next: {} ({})\n  {}", step.what, step.why, step.command)
}
