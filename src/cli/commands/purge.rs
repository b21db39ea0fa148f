//! `realist purge`

use super::shared::{confirm, counted};
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Document whose words are to be destroyed.
    #[arg(value_name = "D1.gj")]
    document: String,
    /// Why: consent withdrawn, retention period over, ...
    #[arg(long)]
    reason: String,
    /// This cannot be undone: say that you mean it.
    #[arg(long)]
    yes: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let plan = act::purge::rehearse(&project, &arguments.document)?;
    let tell = format!(
        "{}: {}; {} and {} that will read 'purged'",
        plan.document,
        counted(plan.files, "file"),
        counted(plan.links, "evidence link"),
        counted(plan.codings, "coding")
    );
    let tell = match plan.memos {
        0 => tell,
        memos => format!("{tell}; what {} on it say", counted(memos, "memo")),
    };
    let rehearsal = context.surroundings.rehearsal;
    if rehearsal || !arguments.yes {
        context.ui.answer(&format!("would destroy {tell}"), &json!({ "document": plan.document, "files": plan.files, "links": plan.links, "codings": plan.codings, "memos": plan.memos }));
        context.ui.say("this cannot be undone; to go ahead add --yes");
        return Ok(Exit::negative_if(!rehearsal));
    }
    let done = act::purge::purge(&mut project, &arguments.document, &arguments.reason)?;
    confirm(context, &done, &format!("destroyed {tell}"), json!({ "document": plan.document, "files": plan.files }));
    if !plan.papers.is_empty() {
        context.ui.say(&format!("removed from outputs/, since they may quote it: {}; write them again with realist report", plan.papers.join(", ")));
    }
    context.ui.say("out of reach: other people's copies until they next open the project, git history, backups, versions kept by a sync service, papers already sent");
    Ok(Exit::Done)
}
