//! `realist log`

use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::table::Table;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only the last N operations.
    #[arg(short = 'N', long, value_name = "N")]
    last: Option<usize>,
    /// Only one coder's.
    #[arg(long = "by", value_name = "TAG")]
    by: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let mut table = Table::with(&[
        ("operation", "Operation"),
        ("time", "Time"),
        ("by", "By"),
        ("act", "Act"),
        ("what", "What"),
        ("state", "State"),
    ]);
    let notes = project.state().notes();
    let wanted: Vec<_> = notes
        .iter()
        .filter(|note| note.is_journalled() && arguments.by.as_deref().is_none_or(|by| &*note.by == by))
        .collect();
    let skip = arguments.last.map_or(0, |last| wanted.len().saturating_sub(last));
    for note in &wanted[skip..] {
        let mut labels: Vec<String> = note.wrote.iter().take(3).map(|id| project.label(*id)).collect();
        labels.dedup();
        let more = note.wrote.len().saturating_sub(3);
        let mut what = labels.join(", ");
        if more > 0 {
            what = format!("{what} and {more} more");
        }
        if !note.undid.is_empty() {
            let undid = note.undid.iter().filter_map(|id| project.state().note(*id)).map(|other| other.short());
            what = format!("takes back {}", undid.collect::<Vec<_>>().join(", "));
        }
        table.push(vec![
            note.short().into(),
            (&*note.time).into(),
            (&*note.by).into(),
            (&*note.act).into(),
            what.into(),
            if note.undone { "undone" } else { "" }.into(),
        ]);
    }
    context.ui.list(&table, &table.to_json());
    Ok(Exit::Done)
}
