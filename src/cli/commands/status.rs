//! `realist status`

use super::shared::counted;
use crate::cli::Context;
use crate::act::board::{Board, Coder, board};
use crate::act::pass::Layers;
use crate::act::places;
use crate::act::tally::Component;
use crate::cli::ui::{Exit, Format};
use crate::decision::Consensus;
use crate::diagnostic::Result;
use crate::evidence::Evidential;
use crate::id::Kind;
use crate::project::Project;
use crate::render;
use crate::table::{Cell, Table};
use serde_json::json;

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
    let board = board(project)?;
    let ui = &context.ui;
    let table = counts(project, &board, if ui.format() == Format::Table { in_words } else { str::to_owned });
    if ui.is_json() {
        let mut json = json!(board);
        json["counts"] = table.to_json();
        json["title"] = json!(project.settings().title);
        ui.json(&json);
        return Ok(());
    }
    heading(context, &project.settings().title);
    if ui.format() != Format::Table {
        ui.list(&table, &table.to_json());
        return Ok(());
    }
    for row in &table.rows {
        let [what, n, note] = row.as_slice() else { continue };
        hung(context, &format!("{:<14}{:>5}  ", what.show(0), n.show(0)), &note.show(0));
    }
    sections(context, &board);
    Ok(())
}

/// A text behind its mark, in as many lines as it takes, those after the first set in.
fn hung(context: &Context, mark: &str, text: &str) {
    let lines = render::terminal::hang(mark, text, width(context));
    // Of an empty text nothing is left but its mark.
    let lines = if text.is_empty() { mark } else { &lines };
    lines.lines().for_each(|one| context.ui.text(one.trim_end()));
}

fn heading(context: &Context, text: &str) {
    let lines = render::terminal::wrap(text, width(context));
    context.ui.heading(&lines);
}

/// Columns of an ordinary screen, and the most that is still easily read.
const WIDTH: u16 = 80;
const WIDEST: u16 = 120;

/// As wide as the screen, within reason.
fn width(context: &Context) -> u16 {
    context.ui.width_or(WIDTH).min(WIDEST)
}

/// The numbers of a project, in rows; `say` has words of closed lists as they are to stand there.
fn counts(project: &Project, board: &Board, say: fn(&str) -> String) -> Table {
    let tally = &board.tally;
    let count = |kind| project.state().count(kind);
    let mut table = Table::with(&[("what", "What"), ("n", "N"), ("note", "Note")]);
    let mut row = |what: &str, n: usize, note: String| {
        table.push(vec![what.into(), n.into(), if note.is_empty() { Cell::Empty } else { note.into() }]);
    };
    let strands: Vec<String> = board.strands.iter().map(|(title, n)| format!("{title} {n}")).collect();
    row("sources", tally.sources, strands.join(", "));
    row("documents", count(Kind::Document), String::new());
    row("participants", count(Kind::Participant), String::new());
    row("codes", count(Kind::Code), String::new());
    let (judgements, codings) = (Layers::of(project).judgements(project), count(Kind::Coding));
    let unread = (judgements.unread > 0).then(|| format!("{} unread beside them (realist code list --unread)", judgements.unread));
    let layers = (judgements.listed() != codings).then(|| format!("each judgement once; {codings} with every coder's own"));
    row("codings", judgements.confirmed, unread.into_iter().chain(layers).collect::<Vec<_>>().join("; "));
    row("memos", count(Kind::Memo), String::new());
    let standings = tally.standings.iter().map(|(word, n)| format!("{n} {}", say(word.word())));
    let tested = (tally.tested > 0).then(|| format!("{} tested", tally.tested));
    let aside = (tally.set_aside > 0).then(|| format!("{} set aside (merged, superseded, parked or rejected)", tally.set_aside));
    row("hypotheses", count(Kind::Hypothesis), standings.chain(tested).chain(aside).collect::<Vec<_>>().join(", "));
    let links = count(Kind::Evidence);
    row("evidence", links, format!("{} of {links} appraised", tally.appraised));
    row("components", count(Kind::Component), String::new());
    let (needs, drivers) = (count(Kind::Need), count(Kind::Policy));
    if needs + drivers > 0 {
        row("needs", needs, format!("beside {}", counted(drivers, "policy driver")));
    }
    if count(Kind::Search) > 0 {
        row("searches", count(Kind::Search), String::new());
    }
    row("uncertainties", count(Kind::Uncertainty), format!("{} open", tally.open.len()));
    row("decisions", count(Kind::Decision), String::new());
    table
}

/// Words of closed lists, as people read them.
fn in_words(text: &str) -> String {
    text.replace('_', " ")
}

/// Entries of a section; the rest is counted.
const SHOWN: usize = 6;

fn sections(context: &Context, board: &Board) {
    section(context, "Coding", &board.coders, |one| (format!("{:<14}", one.coder), coding(one, board.documents)));
    let standing = |one: &Component| in_words(one.consensus.word());
    let components = most_in_need(&board.components);
    let widest = components.iter().take(SHOWN).map(|one| standing(one).len()).max().unwrap_or(0);
    section(context, &components_title(&board.components), &components, |one| {
        let statements: Vec<String> = one.standings.iter().map(|(word, n)| format!("{n} {}", in_words(word.word()))).collect();
        let statements = if statements.is_empty() { "no statements".to_owned() } else { statements.join(", ") };
        (format!("{:<6} {:<widest$}  ", one.id, standing(one)), format!("{}: {statements}", one.name))
    });
    section(context, "Open uncertainties, in order", &board.uncertainties, |one| {
        let priority = one.priority.map_or_else(|| "   -".to_owned(), |score| format!("{score:.2}"));
        let set = if one.set_by_people { "set" } else { "   " };
        (format!("{:>2}  {:<7} {priority} {set} ", one.place, one.id), one.text.clone())
    });
    let Some(ahead) = &board.meeting else { return };
    let day = ahead.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
    let title = format!("Next meeting: {} {}{day}", ahead.id, ahead.title);
    if ahead.blockers.is_empty() && !ahead.in_part {
        heading(context, &title);
        return context.ui.text("  ready");
    }
    section(context, &title, &ahead.blockers, |one| ("- ".to_owned(), one.what.clone()));
    hung(context, "  ", &format!("what mends it: realist meeting ready {}", ahead.id));
}

/// `12 codings in 3 of 8 documents (38%); 40 of 96 units given (42%); done with 1 of 2 given (50%)`
fn coding(one: &Coder, documents: usize) -> String {
    let hidden = if one.hidden { ", and what an open pass hides" } else { "" };
    let documents = format!("{} of {}{}", one.documents, counted(documents, "document"), share(one.documents, documents));
    let mut said = vec![format!("{} in {documents}{hidden}", counted(one.codings, "coding"))];
    let units = one.units_coded.zip(one.units_given);
    said.extend(units.map(|(coded, given)| format!("coded {coded} of {} given{}", counted(given, "unit"), share(coded, given))));
    if one.given > 0 {
        said.push(format!("done with {} of {} given{}", one.done, one.given, share(one.done, one.given)));
    }
    said.join("; ")
}

/// ` (38%)`; nothing of nothing. All is only what is whole.
fn share(some: usize, all: usize) -> String {
    let whole = |percent: usize| if some < all { percent.min(99) } else { percent };
    (some * 200 + all).checked_div(2 * all).map_or_else(String::new, |percent| format!(" ({}%)", whole(percent)))
}

/// How many have each standing, since not all of them may be shown.
fn components_title(components: &[Component]) -> String {
    let of = |standing: Consensus| components.iter().filter(|one| one.consensus == standing).count();
    let counts = Consensus::ALL.iter().map(|standing| (standing, of(*standing))).filter(|(_, n)| *n > 0);
    let counts: Vec<String> = counts.map(|(standing, n)| format!("{n} {}", in_words(standing.word()))).collect();
    format!("Components by agreement ({}), and statements by evidence", counts.join(", "))
}

/// In their order; where not all are shown, those with dissent come first, then those with contested statements.
fn most_in_need(components: &[Component]) -> Vec<&Component> {
    let mut all: Vec<&Component> = components.iter().collect();
    if all.len() > SHOWN {
        let is_contested = |one: &Component| one.standings.iter().any(|(word, _)| *word == Evidential::Contested);
        all.sort_by_key(|one| (one.consensus != Consensus::AgreedWithDissent, !is_contested(one)));
    }
    all
}

/// What stands before an entry, and its text.
fn section<T>(context: &Context, title: &str, items: &[T], say: impl Fn(&T) -> (String, String)) {
    if items.is_empty() {
        return;
    }
    heading(context, title);
    for one in items.iter().take(SHOWN) {
        let (mark, text) = say(one);
        hung(context, &format!("  {mark}"), &text);
    }
    if items.len() > SHOWN {
        hung(context, "  ", &format!("and {} more", items.len() - SHOWN));
    }
}
