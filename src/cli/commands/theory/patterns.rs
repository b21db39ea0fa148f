//! `realist theory patterns` and `realist theory pattern`: demi-regularities, their exceptions, and the log of what was
//! looked for against them.

use crate::act::pattern::{self as act, Candidate, Look, Search, labels};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, excerpt};
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use crate::pattern::{PartName, Row};
use crate::synthesis::Synthesis;
use crate::table::{Column, Table};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Independent sources that must tell of a pattern.
    #[arg(long, value_name = "K", default_value_t = act::AT_LEAST)]
    at_least: usize,
    /// All of one pattern: exceptions, for whom and where, what to search for, what was searched.
    #[arg(long, value_name = "KEY")]
    show: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    if let Some(key) = &arguments.show {
        let look = act::look(&project, 1)?;
        let wanted = key.to_lowercase();
        let fits: Vec<&Candidate> = look.found.iter().filter(|one| one.pattern.key.starts_with(&wanted)).collect();
        let [one] = fits.as_slice() else {
            return Err(fault("no-pattern", format!("'{key}' is the key of {}", counted(fits.len(), "pattern")))
                .hint("keys are in: realist theory patterns --at-least 1"));
        };
        if context.ui.is_json() {
            context.ui.json(&candidate_json(&look.synthesis, one));
        } else {
            show(context, &look.synthesis, one);
        }
        return Ok(Exit::Done);
    }
    let look = act::look(&project, arguments.at_least)?;
    list(context, &look, arguments.at_least);
    Ok(Exit::Done)
}

fn list(context: &Context, look: &Look, at_least: usize) {
    let json = json!({
        "at_least": at_least,
        "patterns": look.found.iter().map(|one| candidate_json(&look.synthesis, one)).collect::<Vec<_>>(),
        "lost": look.lost.iter().map(|one| json!({
            "id": look.synthesis.label(one.id), "name": one.name, "pattern": one.pattern, "mechanism": one.mechanism,
            "outcome": one.outcome,
        })).collect::<Vec<_>>(),
    });
    let (shown, rest) = shown(context, look);
    context.ui.list(&table(context, look, &shown), &json);
    let named = look.found.iter().filter(|one| one.regularity.is_some()).count();
    let sources = if at_least == 1 { "one independent source".to_owned() } else { format!("{at_least} independent sources") };
    context.ui.say(&format!(
        "{} told by {sources} or more, {named} named; a candidate is named with a memo and a logged search for exceptions",
        counted(look.found.len(), "pattern"),
    ));
    for said in &rest {
        context.ui.say(said);
    }
    for one in &look.lost {
        context.ui.say(&format!("'{}' is not found any more: its statements were reworded, merged or parted", one.name));
    }
}

/// What is listed for reading: named ones and the candidates that most tell of; what rests on one source is no candidate.
/// The rest is counted. For programs nothing is left out.
fn shown<'l>(context: &Context, look: &'l Look) -> (Vec<&'l Candidate>, Vec<String>) {
    const MOST: usize = 20;
    if context.ui.format() != Format::Table {
        return (look.found.iter().collect(), Vec::new());
    }
    let (worth, lone): (Vec<&Candidate>, Vec<&Candidate>) =
        look.found.iter().partition(|one| one.regularity.is_some() || one.pattern.told_by.len() >= act::AT_LEAST);
    let (mut shown, others): (Vec<&Candidate>, Vec<&Candidate>) =
        worth.into_iter().partition(|one| one.regularity.is_some());
    let room = MOST.saturating_sub(shown.len());
    shown.extend(others.iter().take(room));
    let mut rest = Vec::new();
    if others.len() > room {
        let least = others.get(room).map_or(0, |one| one.pattern.told_by.len());
        rest.push(format!(
            "{} more, told by {least} sources or fewer: --format csv lists all, --at-least {} fewer",
            others.len() - room,
            least + 1
        ));
    }
    if !lone.is_empty() {
        rest.push(format!("no candidate, resting on one source: {}; --format csv lists all", counted(lone.len(), "pattern")));
    }
    (shown, rest)
}

fn table(context: &Context, look: &Look, shown: &[&Candidate]) -> Table {
    let mut table = Table::new(vec![
        Column::new("pattern", "Key"),
        Column::new("context", "Context"),
        Column::new("mechanism", "Mechanism"),
        Column::new("outcome", "Outcome"),
        Column::new("statements", "Statements"),
        Column::new("told_by", "Told by"),
        Column::new("denied_by", "Denied by"),
        Column::new("exceptions", "Other outcome"),
        Column::new("sought", "Searches"),
        Column::new("name", "Named"),
    ]);
    let short = |text: &str| if context.ui.format() == Format::Table { excerpt(text, 44) } else { text.to_owned() };
    for one in shown {
        let pattern = &one.pattern;
        table.push(vec![
            pattern.key.as_str().into(),
            pattern.context.as_ref().map(|part| short(&part.name)).into(),
            short(&pattern.mechanism.name).into(),
            short(&pattern.outcome.name).into(),
            labels(&look.synthesis, pattern.statements.iter().copied()).join(" ").into(),
            pattern.told_by.len().into(),
            pattern.denied_by.len().into(),
            pattern.exceptions.other_outcome.len().into(),
            one.sought.len().into(),
            one.regularity.as_ref().map(|named| named.name.clone()).into(),
        ]);
    }
    table
}

fn show(context: &Context, synthesis: &Synthesis, one: &Candidate) {
    let pattern = &one.pattern;
    let named = one.regularity.as_ref().map_or("candidate".to_owned(), |named| format!("{}, {}", synthesis.label(named.id), named.name));
    let ui = &context.ui;
    ui.heading(&format!("{}  {named}", pattern.key));
    ui.text(&format!("context    {}", pattern.context.as_ref().map_or("not said", |part| part.name.as_str())));
    ui.text(&format!("mechanism  {}", pattern.mechanism.name));
    ui.text(&format!("outcome    {}", pattern.outcome.name));
    let few = |ids: &mut dyn Iterator<Item = Id>| labels(synthesis, ids).join(" ");
    ui.text(&format!("statements {}", few(&mut pattern.statements.iter().copied())));
    ui.text(&format!("told by    {}: {}", counted(pattern.told_by.len(), "source"), few(&mut pattern.told_by.iter().copied())));
    ui.text(&format!("denied by  {}: {}", counted(pattern.denied_by.len(), "source"), few(&mut pattern.denied_by.iter().copied())));
    ui.heading("Exceptions");
    for refuting in &pattern.exceptions.refuting {
        let where_said = refuting.circumstances.map_or("unknown", |one| one.word());
        let what = match where_said {
            "same" => "deviant case",
            "different" => "perhaps a condition",
            _ => "to be settled",
        };
        ui.text(&format!(
            "  {} of {} refutes {}, circumstances {where_said}: {what}",
            synthesis.label(refuting.link), synthesis.label(refuting.source), synthesis.label(refuting.statement),
        ));
    }
    for id in &pattern.exceptions.other_outcome {
        let how = if pattern.exceptions.contrary.contains(id) { "the contrary" } else { "another outcome" };
        ui.text(&format!("  {} has the same context and mechanism, and {how}", synthesis.label(*id)));
    }
    for id in &pattern.exceptions.rivals {
        ui.text(&format!("  {} is a declared rival", synthesis.label(*id)));
    }
    if pattern.exceptions == crate::pattern::Exceptions::default() {
        ui.text("  none found: that is no proof that there are none");
    }
    for contrast in &pattern.contrasts {
        ui.heading(&format!("By {}", contrast.by));
        contrast.rows.iter().for_each(|row| ui.text(&format!("  {}", told(row))));
    }
    ui.heading("To look for");
    for prompt in &one.prompts {
        ui.text(&format!("  {}\n    realist search '{}'", prompt.looks_for, prompt.query));
    }
    ui.heading("Searched");
    for sought in &one.sought {
        let query = sought.query.as_deref().map(|query| format!("  {query}")).unwrap_or_default();
        let passages = sought.passages.map(|number| format!(" ({})", counted(number, "passage"))).unwrap_or_default();
        ui.text(&format!("  {} {}{query}{passages}: {}", sought.date, sought.author, sought.found));
    }
    if one.sought.is_empty() {
        ui.text("  not yet");
    }
}

/// `service_users: told by 4, denied by 1, of 5 sources (80 %)`; a share only where it means something.
fn told(row: &Row) -> String {
    let value = row.value.as_deref().unwrap_or("not known");
    let share = row.share.map(|share| format!(" ({:.0} %)", share * 100.0)).unwrap_or_default();
    format!("{value}: told by {}, denied by {}, of {}{share}", row.told_by, row.denied_by, counted(row.sources, "source"))
}

fn candidate_json(synthesis: &Synthesis, one: &Candidate) -> Value {
    let pattern = &one.pattern;
    let all = |ids: &mut dyn Iterator<Item = Id>| labels(synthesis, ids);
    let part = |part: &PartName| {
        let parts: Vec<String> = part.parts.iter().map(|(id, key)| format!("{}:{key}", synthesis.label(*id))).collect();
        json!({ "name": part.name, "parts": parts })
    };
    let refuting: Vec<Value> = pattern
        .exceptions
        .refuting
        .iter()
        .map(|one| {
            json!({
                "evidence": synthesis.label(one.link), "source": synthesis.label(one.source),
                "statement": synthesis.label(one.statement), "circumstances": one.circumstances,
            })
        })
        .collect();
    let contrasts: Vec<Value> = pattern
        .contrasts
        .iter()
        .flat_map(|contrast| contrast.rows.iter().map(move |row| (contrast.by, row)))
        .map(|(by, row)| {
            json!({
                "by": by, "value": row.value, "told_by": row.told_by, "denied_by": row.denied_by, "sources": row.sources,
                "share": row.share,
            })
        })
        .collect();
    json!({
        "pattern": pattern.key,
        "context": pattern.context.as_ref().map(part),
        "mechanism": part(&pattern.mechanism),
        "outcome": part(&pattern.outcome),
        "statements": all(&mut pattern.statements.iter().copied()),
        "told_by": all(&mut pattern.told_by.iter().copied()),
        "denied_by": all(&mut pattern.denied_by.iter().copied()),
        "exceptions": {
            "refuting": refuting,
            "other_outcome": all(&mut pattern.exceptions.other_outcome.iter().copied()),
            "contrary": all(&mut pattern.exceptions.contrary.iter().copied()),
            "rivals": all(&mut pattern.exceptions.rivals.iter().copied()),
        },
        "contrasts": contrasts,
        "prompts": one.prompts.iter().map(|prompt| json!({ "looks_for": prompt.looks_for, "query": prompt.query.to_string() })).collect::<Vec<_>>(),
        "sought": one.sought.iter().map(|sought| json!({
            "id": synthesis.label(sought.id), "query": sought.query, "passages": sought.passages, "found": sought.found,
            "date": sought.date, "by": sought.author,
        })).collect::<Vec<_>>(),
        "named": one.regularity.as_ref().map(|named| json!({
            "id": synthesis.label(named.id), "name": named.name, "memo": named.memo, "by": named.author,
        })),
    })
}

/// `realist theory pattern`
#[derive(Debug, clap::Args)]
pub struct One {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Name a pattern: it needs a memo, and a logged search for what speaks against it.
    Name {
        #[arg(value_name = "KEY")]
        pattern: String,
        name: String,
        /// Why it is a demi-regularity.
        #[arg(long)]
        memo: Option<String>,
    },
    /// Log a search for what speaks against a pattern.
    Sought {
        #[arg(value_name = "KEY")]
        pattern: String,
        /// The query, asked now: how many passages it finds is logged too.
        #[arg(long)]
        query: Option<String>,
        /// What was found; "none" is an answer.
        #[arg(long)]
        found: String,
        /// When, as 2026-03-14; today unless said.
        #[arg(long)]
        date: Option<String>,
    },
}

pub fn one(arguments: One, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Name { pattern, name, memo } => {
            let done = act::name(&mut project, &pattern, &name, &memo.unwrap_or_default())?;
            confirm(context, &done, &format!("named {} '{}'", done.answer, name.trim()), json!({ "id": done.answer }));
        }
        Command::Sought { pattern, query, found, date } => {
            let progress = context.ui.progress("indexing");
            let search = Search { pattern, query, found, date };
            let done = act::sought(&mut project, &search, &|done, all| progress.at(done, all))?;
            let (id, passages) = &done.answer;
            let found = passages.map(|number| format!(", {} found by the query", counted(number, "passage"))).unwrap_or_default();
            confirm(context, &done, &format!("logged {id}{found}"), json!({ "id": id, "passages": passages }));
        }
    }
    Ok(Exit::Done)
}
