//! `realist component`

use super::shared::{confirm, excerpt};
use crate::act::component::{self as act, Entry};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::Depth;
use crate::table::{Cell, Table};
use crate::tidier::Tidier;
use serde_json::json;
use std::collections::BTreeMap;

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
        /// A TIDieR item that it answers, by number or word, with a text or by its description: `who=TEXT`, `4`. May be
        /// repeated.
        #[arg(long, value_name = "ITEM[=TEXT]")]
        tidier: Vec<String>,
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
        /// A TIDieR item that it answers, by number or word, with a text or by its description: `who=TEXT`, `4`. May be
        /// repeated.
        #[arg(long, value_name = "ITEM[=TEXT]")]
        tidier: Vec<String>,
        /// A TIDieR item that it does not answer any more.
        #[arg(long, value_name = "ITEM")]
        no_tidier: Vec<String>,
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
                ("tidier", "TIDieR"),
                ("description", "Description"),
            ]);
            for one in synthesis.components_in_order() {
                let hypotheses = synthesis.living_hypotheses().filter(|held| held.component == Some(one.id)).count();
                table.push(vec![
                    synthesis.label(one.id).into(),
                    one.name.as_str().into(),
                    hypotheses.into(),
                    synthesis.consensus(one.id).word().into(),
                    numbers(one.tidier.keys()),
                    one.description.as_deref().map(|text| excerpt(text, 80)).into(),
                ]);
            }
            context.ui.list(&table, &table.to_json());
            return Ok(Exit::Done);
        }
        Command::Add { name, description, order, tidier } => {
            let tidier = said(&tidier)?;
            let entry = Entry { name: Some(name), description, order, tidier, ..Entry::default() };
            (act::add(&mut project, &entry)?, "added")
        }
        Command::Edit { component, name, description, order, retire, tidier, no_tidier } => {
            let (tidier, no_tidier) = (said(&tidier)?, no_tidier.iter().map(|one| Tidier::read(one)).collect::<Result<_>>()?);
            let entry = Entry { name, description, order, retired: retire.then_some(true), tidier, no_tidier };
            (act::edit(&mut project, &component, &entry)?, "changed")
        }
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}

/// `who=TEXT`, or `4` alone: the description says it.
fn said(typed: &[String]) -> Result<BTreeMap<Tidier, Option<String>>> {
    let one = |typed: &String| match typed.split_once('=') {
        Some((item, text)) if !text.trim().is_empty() => Ok((Tidier::read(item)?, Some(text.to_owned()))),
        Some((item, _)) => {
            let item = Tidier::read(item)?;
            Err(fault("no-text", format!("nothing is said of '{item}'"))
                .hint(format!("--tidier {item} alone: the description says it"))
                .hint(format!("--no-tidier {item}: it is not answered any more")))
        }
        None => Ok((Tidier::read(typed)?, None)),
    };
    typed.iter().map(one).collect()
}

/// `4, 5, 8`
fn numbers<'t>(items: impl Iterator<Item = &'t Tidier>) -> Cell {
    let numbers: Vec<String> = items.map(|item| item.number().to_string()).collect();
    if numbers.is_empty() { Cell::Empty } else { numbers.join(", ").into() }
}
