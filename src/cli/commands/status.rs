//! `realist status`

use super::shared::counted;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::act::pass::Layers;
use crate::act::{places, tally};
use crate::id::Kind;
use crate::project::Project;
use crate::table::{Cell, Table};

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
    let tally = tally::tally(project)?;
    let count = |kind| project.state().count(kind);
    let mut table = Table::with(&[("what", "What"), ("n", "N"), ("note", "Note")]);
    let mut row = |what: &str, n: usize, note: String| {
        table.push(vec![what.into(), n.into(), if note.is_empty() { Cell::Empty } else { note.into() }]);
    };
    row("sources", tally.sources, format!("in {}", counted(tally.strands, "strand")));
    row("documents", count(Kind::Document), String::new());
    row("participants", count(Kind::Participant), String::new());
    row("codes", count(Kind::Code), String::new());
    let (judgements, codings) = (Layers::of(project).judgements(project), count(Kind::Coding));
    let unread = (judgements.unread > 0).then(|| format!("{} unread beside them (realist code list --unread)", judgements.unread));
    let layers = (judgements.listed() != codings).then(|| format!("each judgement once; {codings} with every coder's own"));
    row("codings", judgements.confirmed, unread.into_iter().chain(layers).collect::<Vec<_>>().join("; "));
    row("memos", count(Kind::Memo), String::new());
    let standings = tally.standings.iter().map(|(word, n)| format!("{n} {word}"));
    let tested = (tally.tested > 0).then(|| format!("{} tested", tally.tested));
    row("hypotheses", count(Kind::Hypothesis), standings.chain(tested).collect::<Vec<_>>().join(", "));
    let links = count(Kind::Evidence);
    row("evidence", links, format!("{} of {links} appraised", tally.appraised));
    row("components", count(Kind::Component), String::new());
    row("uncertainties", count(Kind::Uncertainty), format!("{} open", tally.open_uncertainties));
    row("decisions", count(Kind::Decision), String::new());
    context.ui.heading(&project.settings().title);
    context.ui.list(&table, &table.to_json());
    Ok(())
}
