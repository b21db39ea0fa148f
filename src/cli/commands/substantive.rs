//! `realist substantive`

use super::shared::confirm;
use crate::act::substantive::{self as act, Entry};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::link::LinkKind;
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
    /// Bring a theory in; then: realist link add H3.gj informed_by ST1.gj.
    Add {
        name: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change what is said of a theory.
    Edit {
        /// Name or label.
        theory: String,
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// All theories, with the statements they inform.
    List,
    /// Remove a theory that informs nothing.
    Remove {
        theory: String,
        #[arg(long)]
        why: String,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// As it is to be cited.
    #[arg(long)]
    citation: Option<String>,
    /// The source it was taken from, where the project holds it.
    #[arg(long, value_name = "S1.gj")]
    source: Option<String>,
    /// What it says that bears on the matter.
    #[arg(long)]
    claim: Option<String>,
}

impl Fields {
    fn entry(self, name: Option<String>) -> Entry {
        Entry { name, citation: self.citation, source: self.source, claim: self.claim }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::List => {
            let synthesis = project.synthesis(Depth::Facts)?;
            let mut table = Table::with(&[
                ("id", "Id"),
                ("name", "Theory"),
                ("claim", "Claim"),
                ("citation", "Citation"),
                ("source", "Source"),
                ("informs", "Informs"),
            ]);
            let mut theories: Vec<_> = synthesis.substantive_theories.values().collect();
            theories.sort_by_key(|one| synthesis.labels.get(&one.id));
            for one in theories {
                let informs: Vec<String> =
                    synthesis.linked_to(one.id, LinkKind::InformedBy).map(|id| synthesis.label(id)).collect();
                table.push(vec![
                    synthesis.label(one.id).into(),
                    one.name.as_str().into(),
                    one.claim.clone().into(),
                    one.citation.clone().into(),
                    one.source.map(|id| synthesis.label(id)).into(),
                    informs.join(", ").into(),
                ]);
            }
            context.ui.list(&table, &table.to_json());
            return Ok(Exit::negative_if(table.is_empty()));
        }
        Command::Add { name, fields } => (act::add(&mut project, &fields.entry(Some(name)))?, "added"),
        Command::Edit { theory, name, fields } => (act::edit(&mut project, &theory, &fields.entry(name))?, "changed"),
        Command::Remove { theory, why } => (act::remove(&mut project, &theory, &why)?, "removed"),
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}
