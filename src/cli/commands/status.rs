//! `realist status`

use super::shared::counted;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::act::places;
use crate::project::{Depth, Project};
use crate::table::{Cell, Table};
use crate::uncertainty::UncertaintyStatus;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// List every place on this computer that holds participants' words, with sizes.
    #[arg(long = "where")]
    places: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    if arguments.places { list_places(&project, context) } else { show(&project, context)? }
    Ok(Exit::Done)
}

fn list_places(project: &Project, context: &Context) {
    let mut table =
        Table::with(&[("what", "What"), ("files", "Files"), ("bytes", "Bytes"), ("path", "Path"), ("note", "Note")]);
    for room in places::places(project) {
        table.push(vec![
            room.what.into(),
            room.size.files.into(),
            Cell::Whole(i64::try_from(room.size.bytes).unwrap_or(i64::MAX)),
            room.path.display().to_string().into(),
            room.note.into(),
        ]);
    }
    context.ui.list(&table, &table.to_json());
    context.ui.say(places::OUT_OF_SIGHT);
    context.ui.say("REALIST_CACHE_DIR says where caches lie");
}

/// How things stand.
pub(super) fn show(project: &Project, context: &Context) -> Result<()> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let standings = synthesis.standings();
    let of = |word: crate::evidence::Evidential| standings.values().filter(|one| one.standing == word).count();
    let mut strands: Vec<&str> = synthesis.sources.values().map(|source| source.strand.as_str()).collect();
    strands.sort_unstable();
    strands.dedup();
    let mut counting: Vec<_> = synthesis.sources.keys().map(|id| synthesis.counts_as(*id)).collect();
    counting.sort_unstable();
    counting.dedup();
    let open = synthesis
        .uncertainties
        .values()
        .filter(|one| matches!(one.status, UncertaintyStatus::Open | UncertaintyStatus::Scheduled))
        .count();
    let appraised = synthesis.evidence.values().filter(|link| link.is_appraised()).count();
    let mut table = Table::with(&[("what", "What"), ("n", "N"), ("note", "Note")]);
    let mut row = |what: &str, n: usize, note: String| {
        table.push(vec![what.into(), n.into(), if note.is_empty() { Cell::Empty } else { note.into() }]);
    };
    row("sources", counting.len(), format!("in {}", counted(strands.len(), "strand")));
    row("documents", synthesis.documents.len(), String::new());
    row("participants", synthesis.participants.len(), String::new());
    row("codes", synthesis.codes.len(), String::new());
    row("codings", synthesis.codings.len(), String::new());
    row("hypotheses", synthesis.hypotheses.len(), {
        let words = crate::evidence::Evidential::ALL;
        let counts = words.iter().filter(|word| of(**word) > 0).map(|word| format!("{} {word}", of(*word)));
        counts.collect::<Vec<_>>().join(", ")
    });
    row("evidence", synthesis.evidence.len(), format!("{appraised} of {} appraised", synthesis.evidence.len()));
    row("components", synthesis.components.len(), String::new());
    row("uncertainties", synthesis.uncertainties.len(), format!("{open} open"));
    row("decisions", synthesis.decisions.len(), String::new());
    context.ui.heading(&synthesis.settings.title);
    context.ui.list(&table, &table.to_json());
    Ok(())
}
