//! `realist pass`

mod reconcile;
mod table;
mod walk;

use super::shared::{confirm, counted};
use crate::act::pass::{self as act, Look};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Let coders code documents without seeing each other's codings.
    Open {
        /// What the pass is called.
        name: String,
        #[arg(value_name = "D1.gj")]
        documents: Vec<String>,
        /// Tags of the coders, two or more.
        #[arg(long, value_name = "TAG,TAG", value_delimiter = ',', required = true)]
        coders: Vec<String>,
        /// The documents that were given to this coder (see `realist assign`).
        #[arg(long, value_name = "TAG")]
        assigned_to: Option<String>,
        /// Compare this code only; may be repeated.
        #[arg(long = "code", value_name = "CODE")]
        codes: Vec<String>,
    },
    /// All passes.
    List,
    /// One pass: its documents, and who is done.
    Show {
        #[arg(value_name = "BP1.gj")]
        pass: String,
    },
    /// Say that you have coded to the end; --reopen takes it back.
    Done {
        #[arg(value_name = "BP1.gj")]
        pass: String,
        #[arg(long)]
        reopen: bool,
    },
    /// End a pass: from then on everybody sees everything.
    Close {
        #[arg(value_name = "BP1.gj")]
        pass: String,
        /// Close it though somebody has not said that they are done, for this reason.
        #[arg(long, value_name = "REASON")]
        even_so: Option<String>,
    },
    /// Compare a closed pass passage by passage, and write down what its coders settle on.
    Reconcile(reconcile::Arguments),
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Open { name, documents, coders, assigned_to, codes } => {
            let wish = act::Wish { name, coders, documents, assigned_to, codes };
            let done = act::open(&mut project, &wish)?;
            let id = &done.answer;
            confirm(context, &done, &format!("opened {id} '{}'", wish.name.trim()), json!({ "id": id }));
            if !done.rehearsal {
                context.ui.say(&format!("each codes, then says so: realist pass done {id}"));
            }
        }
        Command::Reconcile(arguments) => return reconcile::run(arguments, context, &mut project),
        Command::List => return list(context, &project),
        Command::Show { pass } => show(context, &act::look(&project, &pass)?),
        Command::Done { pass, reopen } => {
            let done = act::done(&mut project, &pass, !reopen)?;
            let (id, waiting) = &done.answer;
            let what = if reopen { "not done after all" } else { "done" };
            confirm(context, &done, &format!("{id}: {what}"), json!({ "id": id, "waiting_for": waiting }));
            context.ui.say(&match waiting.as_slice() {
                [] => format!("all are done: realist pass close {id}"),
                some => format!("still coding: {}", some.join(", ")),
            });
        }
        Command::Close { pass, even_so } => {
            let done = act::close(&mut project, &pass, even_so.as_deref())?;
            let id = &done.answer;
            confirm(context, &done, &format!("closed {id}"), json!({ "id": id }));
            if !done.rehearsal {
                context.ui.say(&format!("compare first: realist stats agreement --pass {id}"));
                context.ui.say(&format!("then settle what differs: realist pass reconcile {id}"));
            }
        }
    }
    Ok(Exit::Done)
}

fn list(context: &Context, project: &Project) -> Result<Exit> {
    let all = act::looks(project)?;
    if all.is_empty() && !context.ui.is_json() {
        return Err(fault("no-passes", "no pass was opened yet")
            .hint("realist pass open 'round 1' D1.gj --coders gj,bk"));
    }
    let columns =
        [("id", "Id"), ("name", "Name"), ("state", "State"), ("coders", "Coders"), ("documents", "Documents")];
    let mut table = Table::with(&columns);
    for one in &all {
        table.push(vec![
            one.id.as_str().into(),
            one.name.as_str().into(),
            one.state.into(),
            one.coders.iter().map(|coder| coder.tag.as_str()).collect::<Vec<_>>().join(", ").into(),
            one.documents.len().into(),
        ]);
    }
    context.ui.list(&table, &json!(all));
    Ok(Exit::negative_if(all.is_empty()))
}

fn show(context: &Context, pass: &Look) {
    let mut table = Table::with(&[("coder", "Coder"), ("state", "State"), ("codings", "Codings")]);
    for one in &pass.coders {
        let state = if one.done { "done" } else { "coding" };
        table.push(vec![one.tag.as_str().into(), state.into(), one.codings.into()]);
    }
    context.ui.heading(&format!("{} {} ({})", pass.id, pass.name, pass.state));
    context.ui.list(&table, &json!(pass));
    context.ui.say(&format!("{}: {}", counted(pass.documents.len(), "document"), pass.documents.join(", ")));
    if !pass.codes.is_empty() {
        context.ui.say(&format!("compared: {}", pass.codes.join(", ")));
    }
    if let Some(reason) = &pass.even_so {
        context.ui.say(&format!("closed before all were done: {reason}"));
    }
}
