//! `realist evidence confirm`

use crate::act::life::confirm as act;
use crate::act::resolve;
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::evidence::Evidence;
use crate::id::Kind;
use crate::project::Project;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[arg(value_name = "E1.gj", conflicts_with_all = ["all", "list"])]
    evidence: Vec<String>,
    /// The statement they hold for; needed where a statement was split or refined.
    #[arg(long = "for", value_name = "H12.gj", conflicts_with_all = ["all", "list"])]
    hypothesis: Option<String>,
    /// The part of that statement they bear on.
    #[arg(long, conflicts_with_all = ["all", "list"])]
    part: Option<String>,
    /// Confirm everything that is open on this statement.
    #[arg(long, value_name = "H12.gj")]
    all: Option<String>,
    /// Only show what is open on this statement.
    #[arg(long, value_name = "H12.gj", conflicts_with = "all")]
    list: Option<String>,
}

pub fn run(arguments: &Arguments, context: &Context, project: &mut Project) -> Result<Exit> {
    if let Some(typed) = arguments.list.as_ref().or(arguments.all.as_ref()) {
        let found = list(context, project, typed, arguments.list.is_some())?;
        if arguments.list.is_some() || !found {
            return Ok(Exit::negative_if(!found));
        }
    }
    let done = match &arguments.all {
        Some(hypothesis) => act::confirm_all(project, hypothesis)?,
        None if arguments.evidence.is_empty() => {
            return Err(fault("no-link", "which links?")
                .hint("realist evidence confirm E12.gj, or all of a statement: --all H9.gj")
                .hint("what is open on a statement: realist evidence confirm --list H9.gj"));
        }
        None => {
            let (on, part) = (arguments.hypothesis.as_deref(), arguments.part.as_deref());
            act::confirm(project, &arguments.evidence, on, part)?
        }
    };
    let said: Vec<String> =
        done.answer.iter().map(|one| format!("{} for {}", one.evidence, one.hypothesis)).collect();
    let rows: Vec<_> = done
        .answer
        .iter()
        .map(|one| json!({ "id": one.evidence, "hypothesis": one.hypothesis, "was": one.was, "new": one.is_new }))
        .collect();
    confirm(context, &done, &format!("confirmed {}", said.join(", ")), json!({ "confirmed": rows }));
    Ok(Exit::Done)
}

/// Shows what is open; `true` where something is. JSON of it is the answer only where nothing else follows.
fn list(context: &Context, project: &Project, typed: &str, is_answer: bool) -> Result<bool> {
    let id = resolve::find(project, Kind::Hypothesis, typed)?;
    let open = act::open(project, id)?;
    let lookup = project.lookup();
    let mut table = Table::with(&[
        ("id", "Id"),
        ("from", "Judged for"),
        ("stance", "Stance"),
        ("open", "Open"),
        ("text", "Words"),
    ]);
    for one in &open {
        let link: Evidence = resolve::read(project, one.evidence)?;
        let quotation = project.quotation(&lookup, &link.anchor)?;
        let why = if one.from_former { Some("of a former statement") } else { one.judged.note() };
        table.push(vec![
            project.label(link.id).into(),
            project.label(link.hypothesis).into(),
            link.stance.word().into(),
            why.into(),
            excerpt(&quotation.marked(), if context.ui.is_for_reading() { 90 } else { usize::MAX }).into(),
        ]);
    }
    if is_answer || context.ui.is_for_reading() {
        context.ui.list(&table, &table.to_json());
    }
    context.ui.say(&format!("{} open on {}", counted(open.len(), "link"), project.label(id)));
    Ok(!open.is_empty())
}
