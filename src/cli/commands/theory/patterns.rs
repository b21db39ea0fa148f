//! `realist theory patterns`: demi-regularities, who tells them, and their exceptions.

use crate::act::pattern::{self as act, Candidate, Look};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use crate::pattern::{PartName, Pattern, Row};
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Independent sources that must tell all of a pattern, context, mechanism and outcome; 0 for every pattern.
    #[arg(long, value_name = "K", default_value_t = act::AT_LEAST)]
    at_least: usize,
    /// All of one pattern: exceptions, for whom and where, what to search for, what was searched.
    #[arg(long, value_name = "KEY")]
    show: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    if let Some(key) = &arguments.show {
        let look = act::look(&project, 0)?;
        let wanted = key.to_lowercase();
        let fits: Vec<&Candidate> = look.found.iter().filter(|one| one.pattern.key.starts_with(&wanted)).collect();
        let [one] = fits.as_slice() else {
            return Err(fault("no-pattern", format!("'{key}' is the key of {}", counted(fits.len(), "pattern")))
                .hint("keys are in: realist theory patterns --at-least 0"));
        };
        let progress = context.ui.progress("indexing");
        let found = act::ask(&project, one, &|done, all| progress.at(done, all))?;
        drop(progress);
        if context.ui.is_json() {
            let mut json = candidate_json(&look.synthesis, one);
            for (prompt, passages) in json["prompts"].as_array_mut().into_iter().flatten().zip(&found) {
                prompt["passages"] = json!(passages);
            }
            context.ui.json(&json);
        } else {
            show(context, &look.synthesis, one, &found);
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
        "fewer": look.fewer,
        "patterns": look.found.iter().map(|one| candidate_json(&look.synthesis, one)).collect::<Vec<_>>(),
        "lost": look.lost.iter().map(|one| json!({
            "id": look.synthesis.label(one.id), "name": one.name, "pattern": one.pattern, "mechanism": one.mechanism,
            "outcome": one.outcome,
        })).collect::<Vec<_>>(),
    });
    let (shown, rest) = shown(context, look);
    context.ui.list(&table(context, look, &shown), &json);
    let named = look.found.iter().filter(|one| one.regularity.is_some()).count();
    let told = match at_least {
        0 => "in the statements".to_owned(),
        1 => "told whole by one independent source or more".to_owned(),
        least => format!("told whole by {least} independent sources or more"),
    };
    context.ui.say(&format!(
        "{} {told}, {named} named; a candidate is named with a memo and a logged search for exceptions",
        counted(look.found.len(), "pattern"),
    ));
    for said in &rest {
        context.ui.say(said);
    }
    if look.fewer > 0 {
        context.ui.say(&format!(
            "{} more that fewer sources tell whole, or that are told in parts only: --at-least 0 lists every one",
            look.fewer,
        ));
    }
    for one in &look.lost {
        context.ui.say(&format!("'{}' is not found any more: its statements were reworded, merged or parted", one.name));
    }
}

/// What is listed for reading: named ones and the candidates that most tell; what fewer than two tell whole is no candidate.
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
        let sources = if least > act::AT_LEAST { format!("{} to {least}", act::AT_LEAST) } else { least.to_string() };
        rest.push(format!(
            "{} more, told whole by {sources} sources: --format csv lists all, --at-least {} fewer",
            others.len() - room,
            least + 1
        ));
    }
    if !lone.is_empty() {
        rest.push(format!("no candidate, told whole by one source or none: {}; --format csv lists all", counted(lone.len(), "pattern")));
    }
    (shown, rest)
}

fn table(context: &Context, look: &Look, shown: &[&Candidate]) -> Table {
    let for_reading = context.ui.format() == Format::Table;
    let mut columns = vec![
        ("pattern", "Key"),
        ("context", "Context"),
        ("mechanism", "Mechanism"),
        ("outcome", "Outcome"),
        ("statements", "Statements"),
        ("told_by", "Tell all"),
        ("parts_by", "Tell parts"),
        ("denied_by", "Denied by"),
        ("exceptions", "Other outcome"),
        ("sought", "Searches"),
        ("name", "Named"),
    ];
    if !for_reading {
        columns.extend([
            ("told_by_sources", "Sources that tell all"),
            ("parts_by_sources", "Sources that tell parts"),
            ("denied_by_sources", "Sources against"),
        ]);
    }
    let mut table = Table::with(&columns);
    let short = |text: &str| if for_reading { excerpt(text, 44) } else { text.to_owned() };
    for one in shown {
        let pattern = &one.pattern;
        let mut row = vec![
            pattern.key.as_str().into(),
            pattern.context.as_ref().map(|part| short(&part.name)).into(),
            short(&pattern.mechanism.name).into(),
            short(&pattern.outcome.name).into(),
            look.synthesis.labels_of(pattern.statements.iter().copied()).join(" ").into(),
            pattern.told_by.len().into(),
            pattern.parts_by.len().into(),
            pattern.denied_by.len().into(),
            pattern.exceptions.other_outcome.len().into(),
            one.sought.len().into(),
            one.regularity.as_ref().map(|named| named.name.clone()).into(),
        ];
        if !for_reading {
            row.push(look.synthesis.labels_of(pattern.told_by.iter().copied()).join(" ").into());
            row.push(in_parts(&look.synthesis, pattern).join("; ").into());
            row.push(look.synthesis.labels_of(pattern.denied_by.iter().copied()).join(" ").into());
        }
        table.push(row);
    }
    table
}

/// `S5.gj (context, outcome)` for each source that tells parts.
fn in_parts(synthesis: &Synthesis, pattern: &Pattern) -> Vec<String> {
    let told = |label: &String| {
        let of = pattern.parts_by.iter().find(|(id, _)| synthesis.label(**id) == *label);
        let slots: Vec<&str> = of.into_iter().flat_map(|(_, slots)| slots).map(|slot| slot.word()).collect();
        format!("{label} ({})", slots.join(", "))
    };
    synthesis.labels_of(pattern.parts_by.keys().copied()).iter().map(told).collect()
}

fn show(context: &Context, synthesis: &Synthesis, one: &Candidate, found: &[usize]) {
    let pattern = &one.pattern;
    let named = one.regularity.as_ref().map_or("candidate".to_owned(), |named| format!("{}, {}", synthesis.label(named.id), named.name));
    let ui = &context.ui;
    ui.heading(&format!("{}  {named}", pattern.key));
    ui.text(&format!("context    {}", pattern.context.as_ref().map_or("not said", |part| part.name.as_str())));
    ui.text(&format!("mechanism  {}", pattern.mechanism.name));
    ui.text(&format!("outcome    {}", pattern.outcome.name));
    let few = |ids: &mut dyn Iterator<Item = Id>| synthesis.labels_of(ids).join(" ");
    ui.text(&format!("statements {}", few(&mut pattern.statements.iter().copied())));
    let sources = |number: usize, said: &str| format!("{}: {said}", counted(number, "source")).trim_end_matches(": ").to_owned();
    ui.hanging("tell all   ", &sources(pattern.told_by.len(), &few(&mut pattern.told_by.iter().copied())));
    ui.hanging("tell parts ", &sources(pattern.parts_by.len(), &in_parts(synthesis, pattern).join(", ")));
    ui.hanging("denied by  ", &sources(pattern.denied_by.len(), &few(&mut pattern.denied_by.iter().copied())));
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
    for (prompt, passages) in one.prompts.iter().zip(found) {
        let finds = if *passages == 0 { "finds none today".to_owned() } else { format!("finds {} today", counted(*passages, "passage")) };
        ui.text(&format!("  {}: {finds}\n    realist search '{}'", prompt.looks_for, prompt.query));
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

/// `service_users: told whole by 4, denied by 1, of 5 sources (80 %); 2 in parts`; a share only where it means something.
fn told(row: &Row) -> String {
    let value = row.value.as_deref().unwrap_or("not known");
    let share = row.share.map(|share| format!(" ({:.0} %)", share * 100.0)).unwrap_or_default();
    let parts = if row.parts_by > 0 { format!("; {} in parts", row.parts_by) } else { String::new() };
    let of = counted(row.sources, "source");
    format!("{value}: told whole by {}, denied by {}, of {of}{share}{parts}", row.told_by, row.denied_by)
}

fn candidate_json(synthesis: &Synthesis, one: &Candidate) -> Value {
    let pattern = &one.pattern;
    let all = |ids: &mut dyn Iterator<Item = Id>| synthesis.labels_of(ids);
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
                "by": by, "value": row.value, "told_by": row.told_by, "parts_by": row.parts_by,
                "denied_by": row.denied_by, "sources": row.sources, "share": row.share,
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
        "parts_by": pattern.parts_by.iter().map(|(id, slots)| json!({ "source": synthesis.label(*id), "of": slots })).collect::<Vec<_>>(),
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
