//! `realist searching`

use super::columns;
use super::shared::{Row, confirm, counted, excerpt, optional, told_of};
use super::ties;
use crate::act::searching::{self as act, Entry};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Fault, Result, fault};
use crate::id::Id;
use crate::origin::Stream;
use crate::project::{Depth, Project};
use crate::searching::Search;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a search: what was searched, when, with which strategy, for what.
    Add {
        /// A database, a website, the references of a work, a network of people.
        #[arg(required_unless_present = "from")]
        place: Option<String>,
        #[command(flatten)]
        fields: Fields,
        /// Many at once, from CSV or JSON Lines (- for standard input): place, stream, platform, date, strategy, limits,
        /// searcher, purpose, found, scoping, records, for, against. Searches that are there already are changed where a row
        /// says otherwise; the same table again changes nothing.
        #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["place", "Fields"])]
        from: Option<String>,
    },
    /// Change what is said of a search; "" empties a field.
    Edit {
        /// Label, or what was searched.
        #[arg(value_name = "SE1.gj")]
        search: String,
        #[arg(long)]
        place: Option<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// All searches, retired ones too.
    List,
    /// One search in full.
    Show {
        #[arg(value_name = "SE1.gj")]
        search: String,
    },
    /// Keep a search, but leave it out of papers.
    Retire {
        #[arg(value_name = "SE1.gj")]
        search: String,
        /// Take it up again.
        #[arg(long)]
        back: bool,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// databases, citations, experts, grey or purposive (purposive-2 for the second round of later searches).
    #[arg(long, value_parser = stream)]
    stream: Option<Stream>,
    /// Through what it was searched, as in Ovid.
    #[arg(long)]
    platform: Option<String>,
    /// When: 2011, 2011-06 or 2011-06-30.
    #[arg(long)]
    date: Option<String>,
    /// The strategy in full, as it was run.
    #[arg(long, conflicts_with = "strategy_from")]
    strategy: Option<String>,
    /// The same from a text file (- for standard input).
    #[arg(long, value_name = "FILE.txt")]
    strategy_from: Option<String>,
    /// Years, languages, kinds of publication.
    #[arg(long)]
    limits: Option<String>,
    /// Who searched.
    #[arg(long)]
    searcher: Option<String>,
    /// Why it was made.
    #[arg(long)]
    purpose: Option<String>,
    /// What came of it, in words.
    #[arg(long)]
    found: Option<String>,
    /// Made at the outset, to see what there is: its records are not screened. --scoping=no takes it back.
    #[arg(long, value_name = "YES", num_args = 0..=1, require_equals = true, default_missing_value = "yes", value_parser = yes)]
    scoping: Option<bool>,
    /// Records found; "" where nobody counted.
    #[arg(long, allow_negative_numbers = true)]
    records: Option<String>,
    /// What it was made for: a statement, component, uncertainty or substantive theory; may be repeated.
    #[arg(long = "for", value_name = "H12.gj")]
    serves: Vec<String>,
    /// A statement or uncertainty whose exceptions it looked for; may be repeated.
    #[arg(long, value_name = "H12.gj")]
    against: Vec<String>,
    /// What it was not made for after all; may be repeated.
    #[arg(long, value_name = "H12.gj")]
    without: Vec<String>,
}

/// A stream, as an option.
pub(super) fn stream(text: &str) -> Result<Stream, String> {
    super::shared::word::<Stream>(text)
}

fn yes(text: &str) -> Result<bool, String> {
    said_yes(text).map_err(|fault| super::shared::in_lines(&fault))
}

fn said_yes(text: &str) -> Result<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        other => Err(fault("bad-answer", format!("'{other}' is neither yes nor no")).hint("write yes or no")),
    }
}

impl Fields {
    fn entry(self, place: Option<String>) -> Result<Entry> {
        let Fields { stream, platform, date, strategy, strategy_from, limits, searcher, purpose, found, .. } = self;
        let strategy = match strategy_from {
            Some(file) => Some(super::shared::read_input(&file)?),
            None => strategy,
        };
        let Fields { scoping, records, serves, against, without, .. } = self;
        Ok(Entry {
            place,
            stream,
            platform,
            date,
            strategy,
            limits,
            searcher,
            purpose,
            found,
            scoping,
            records,
            serves,
            against,
            without,
        })
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::Add { from: Some(file), .. } => return take_in(context, &mut project, &file),
        Command::Add { place, fields, from: None } => (act::add(&mut project, &fields.entry(place)?)?, "added"),
        Command::Edit { search, place, fields } => (act::edit(&mut project, &search, &fields.entry(place)?)?, "changed"),
        Command::Retire { search, back } => {
            (act::retire(&mut project, &search, !back)?, if back { "took up again" } else { "retired" })
        }
        Command::List => return list(context, &project),
        Command::Show { search } => return show(context, &project, &search),
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}

fn take_in(context: &Context, project: &mut Project, file: &str) -> Result<Exit> {
    let (entries, rows) = ties::from_table(file, columns::SEARCHES, in_table)?;
    let done = act::take_in(project, &entries, &rows)?;
    let act::Taken { added, changed, unchanged } = &done.answer;
    let said = format!(
        "added {}, changed {}, {unchanged} there already",
        counted(added.len(), "search"),
        counted(changed.len(), "search")
    );
    confirm(context, &done, &said, json!({ "ids": added, "changed": changed, "unchanged": unchanged }));
    Ok(Exit::Done)
}

fn in_table(row: &Row, number: usize) -> Result<Entry> {
    let said = |column| optional(row, column).map(str::to_owned);
    let read = || -> Result<(Option<Stream>, Option<bool>)> {
        let stream = optional(row, "stream").map(str::parse).transpose()?;
        Ok((stream, optional(row, "scoping").map(said_yes).transpose()?))
    };
    let (stream, scoping) = read().map_err(|fault: Fault| fault.in_row(number))?;
    let labels = |column| {
        let all = optional(row, column).unwrap_or_default().split([';', ',', ' ']).map(str::trim);
        all.filter(|one| !one.is_empty()).map(str::to_owned).collect()
    };
    Ok(Entry {
        place: said("place"),
        stream,
        platform: said("platform"),
        date: said("date"),
        strategy: said("strategy"),
        limits: said("limits"),
        searcher: said("searcher"),
        purpose: said("purpose"),
        found: said("found"),
        scoping,
        records: said("records"),
        serves: labels("for"),
        against: labels("against"),
        without: Vec::new(),
    })
}

fn list(context: &Context, project: &Project) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let mut table = Table::with(&[
        ("id", "Id"),
        ("place", "Searched"),
        ("stream", "Stream"),
        ("date", "Date"),
        ("records", "Records"),
        ("purpose", "Why"),
        ("for", "For"),
        ("against", "Exceptions to"),
        ("retired", "Retired"),
    ]);
    let mut json = Vec::new();
    for one in project.state().in_order::<Search>() {
        table.push(vec![
            synthesis.label(one.id).into(),
            one.place_in_full().into(),
            format!("{}{}", one.stream, if one.scoping { ", scoping" } else { "" }).into(),
            one.date.clone().into(),
            one.records.and_then(|n| usize::try_from(n).ok()).into(),
            one.purpose.as_deref().map(|purpose| excerpt(purpose, 60)).into(),
            synthesis.labels_of(one.serves.iter().copied()).join(", ").into(),
            synthesis.labels_of(one.against.iter().copied()).join(", ").into(),
            if one.retired { "yes".into() } else { Cell::Empty },
        ]);
        json.push(told(&synthesis, &one));
    }
    context.ui.list(&table, &json!(json));
    Ok(Exit::negative_if(table.is_empty()))
}

fn told(synthesis: &Synthesis, one: &Search) -> Json {
    let mut told = crate::report::searches::data(synthesis, one);
    told["retired"] = json!(one.retired);
    told["author"] = json!(one.author);
    told
}

fn show(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let one: Search = crate::act::resolve::read(project, act::find(project, typed)?)?;
    let synthesis = project.synthesis(Depth::Facts)?;
    if context.ui.is_json() {
        context.ui.json(&told(&synthesis, &one));
        return Ok(Exit::Done);
    }
    let retired = if one.retired { " (retired)" } else { "" };
    context.ui.heading(&format!("{} {}{retired}", synthesis.label(one.id), one.place_in_full()));
    let joined = |ids: &BTreeSet<Id>| Some(synthesis.labels_of(ids.iter().copied()).join(", ")).filter(|text| !text.is_empty());
    let said = [
        ("stream", Some(one.stream.title())),
        ("scoping", one.scoping.then(|| "yes: its records are not screened".to_owned())),
        ("date", one.date.clone()),
        ("limits", one.limits.clone()),
        ("searcher", one.searcher.clone()),
        ("records", one.records.map(|n| n.to_string())),
        ("why", one.purpose.clone()),
        ("for", joined(&one.serves)),
        ("exceptions", joined(&one.against)),
        ("found", one.found.clone()),
        ("strategy", one.strategy.clone()),
    ];
    told_of(context, said);
    Ok(Exit::Done)
}
