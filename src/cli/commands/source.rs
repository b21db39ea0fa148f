//! `realist source`

use super::shared::{confirm, word, year};
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::project::Depth;
use crate::strand::SourceKind;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// All sources, by strand. A source is the unit of independence.
    List,
    /// Correct what is said of a source.
    Set {
        #[arg(value_name = "S1.gj")]
        source: String,
        #[arg(long)]
        title: Option<String>,
        #[arg(long, value_parser = word::<SourceKind>)]
        kind: Option<SourceKind>,
        #[arg(long)]
        strand: Option<String>,
        #[arg(long, value_parser = year)]
        year: Option<i32>,
        /// Two reports of one study count once: count this one as that.
        #[arg(long, value_name = "S2.gj")]
        same_study: Option<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List => {
            let synthesis = project.synthesis(Depth::Headers)?;
            let mut table = Table::with(&[
                ("id", "Id"),
                ("title", "Title"),
                ("kind", "Kind"),
                ("strand", "Strand"),
                ("year", "Year"),
                ("links", "Links"),
                ("counts_as", "Counts as"),
            ]);
            let mut sources: Vec<_> = synthesis.sources.values().collect();
            sources.sort_by_key(|source| (source.strand.clone(), synthesis.labels.get(&source.id).cloned()));
            for source in sources {
                let links = synthesis.evidence.values().filter(|link| link.source == source.id).count();
                let counts_as = synthesis.counts_as(source.id);
                table.push(vec![
                    synthesis.label(source.id).into(),
                    synthesis.source_title(source.id).into(),
                    source.kind.word().into(),
                    source.strand.as_str().into(),
                    synthesis.source_year(source.id).and_then(|year| usize::try_from(year).ok()).into(),
                    links.into(),
                    (counts_as != source.id).then(|| synthesis.label(counts_as)).into(),
                ]);
            }
            context.ui.list(&table, &table.to_json());
            context.ui.say("rule: an included study, an interview or a group is one source; sources marked same-study count once");
        }
        Command::Set { source, title, kind, strand, year, same_study } => {
            let changes = act::source::Changes { title, kind, strand, year, same_study };
            let done = act::source::set(&mut project, &source, &changes)?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
        }
    }
    Ok(Exit::Done)
}
