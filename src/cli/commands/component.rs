//! `realist component`

use super::shared::{confirm, excerpt};
use crate::act::component::{self as act, Entry};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::project::Depth;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Components in the order papers print them.
    List,
    /// Add a component.
    Add {
        name: String,
        #[arg(long)]
        description: Option<String>,
        /// Where it stands in papers.
        #[arg(long)]
        order: Option<u32>,
    },
    /// Change a component.
    Edit {
        /// Name or label.
        component: String,
        #[arg(long)]
        name: Option<String>,
        #[arg(long)]
        description: Option<String>,
        #[arg(long)]
        order: Option<u32>,
        /// Keep it, but leave it out of papers.
        #[arg(long)]
        retire: bool,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::List => {
            let synthesis = project.synthesis(Depth::Facts)?;
            let mut table = Table::with(&[
                ("id", "Id"),
                ("name", "Component"),
                ("hypotheses", "Statements"),
                ("consensus", "Consensus"),
                ("description", "Description"),
            ]);
            for one in synthesis.components_in_order() {
                let hypotheses = synthesis.living_hypotheses().filter(|held| held.component == Some(one.id)).count();
                table.push(vec![
                    synthesis.label(one.id).into(),
                    one.name.as_str().into(),
                    hypotheses.into(),
                    synthesis.consensus(one.id).word().into(),
                    one.description.as_deref().map(|text| excerpt(text, 80)).into(),
                ]);
            }
            context.ui.list(&table, &table.to_json());
            return Ok(Exit::Done);
        }
        Command::Add { name, description, order } => {
            (act::add(&mut project, &Entry { name: Some(name), description, order, retired: None })?, "added")
        }
        Command::Edit { component, name, description, order, retire } => {
            let entry = Entry { name, description, order, retired: retire.then_some(true) };
            (act::edit(&mut project, &component, &entry)?, "changed")
        }
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}
