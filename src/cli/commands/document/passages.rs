//! `realist document verify`, `carry` and `confirm`: passages of documents that were corrected.

use crate::act::carry::confirm::{self, Settled};
use crate::act::carry::verify::{self, Item, Proof, State};
use crate::act::carry::{self, Carryings, Counts, Fate, Moved};
use crate::act::anchor;
use crate::cli::Context;
use crate::cli::commands::shared::{confirm as confirmed, counted, excerpt};
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::table::Table;
use serde_json::{Value, json};

/// Says of every passage whether it still says what it said.
pub fn verify(context: &Context, project: &Project, documents: &[String]) -> Result<Exit> {
    let proofs = verify::verify(project, documents)?;
    let columns: Vec<(&str, &str)> =
        [("document", "Id"), ("versions", "Texts"), ("passages", "Passages")].into_iter().chain(STATES).collect();
    let mut table = Table::with(&columns);
    for Proof { document, versions, passages, exact, near, orphan, behind, stale, missing, purged, .. } in &proofs {
        let counts = [versions, passages, exact, near, orphan, behind, stale, missing, purged];
        let row = std::iter::once(document.as_str().into()).chain(counts.into_iter().map(|count| (*count).into()));
        table.push(row.collect());
    }
    context.ui.list(&table, &json!(proofs));
    if context.ui.format() == Format::Table {
        proofs.iter().flat_map(|proof| &proof.open).for_each(|item| show(context, item));
    }
    let open: usize = proofs.iter().map(|proof| proof.open.len()).sum();
    let all: usize = proofs.iter().map(|proof| proof.passages).sum();
    context.ui.say(&format!("{} of {} to look at", open, counted(all, "passage")));
    Ok(Exit::negative_if(proofs.iter().any(Proof::is_broken)))
}

const STATES: [(&str, &str); 7] = [
    ("exact", "Exact"),
    ("near", "Near"),
    ("orphan", "Orphan"),
    ("behind", "Behind"),
    ("stale", "Stale"),
    ("missing", "Missing"),
    ("purged", "Purged"),
];

fn show(context: &Context, item: &Item) {
    let state = match item.state {
        State::Near => "near: to be confirmed",
        State::Orphan => "orphan: no longer in the corrected text",
        State::Behind => "behind: set on a former text",
        State::Stale => "stale: the text there is not what it was",
        State::Missing => "missing: the text is not on this computer",
        State::Exact | State::Purged => item.state.word(),
    };
    context.ui.text(&format!("{}  {}  {}  {state}", item.id, item.about, item.passage));
    say_why(context, item.why.as_deref());
    match (&item.was, &item.words) {
        (Some(was), Some(words)) => compare(context, was, words),
        (_, Some(words)) => context.ui.text(&format!("    {}", excerpt(words, 160))),
        _ => {}
    }
    context.ui.text(&format!("    {}", item.command));
}

/// Carries what still stands on former texts.
pub fn carry(context: &Context, project: &mut Project, documents: &[String]) -> Result<Exit> {
    let done = carry::carry(project, documents)?;
    let mut counts = Vec::new();
    let mut all = Vec::new();
    for Carryings { document, moved } in &done.answer {
        counts.push(json!({ "document": document, "carried": Counts::of(moved), "passages": passages(project, moved) }));
        all.extend(moved);
    }
    if context.ui.format() == Format::Table {
        tell(context, project, &all);
    }
    let sentence = match all.len() {
        0 => "nothing stands on a former text that could be carried over:".to_owned(),
        many => format!("carried over {}", counted(many, "passage")),
    };
    confirmed(context, &done, &sentence, json!({ "documents": counts }));
    Ok(Exit::Done)
}

/// Confirms near places, or puts one passage on other words.
pub fn confirm(
    context: &Context,
    project: &mut Project,
    things: &[String],
    turns: Option<&str>,
    quotation: Option<&str>,
) -> Result<Exit> {
    let done = match (things, turns.or(quotation)) {
        ([thing], Some(_)) => confirm::replace(project, thing, turns, quotation)?,
        (_, None) => confirm::confirm(project, things)?,
        (_, Some(_)) => {
            return Err(fault("many-things", "other words are given for one thing at a time")
                .hint("name one link, coding or memo with --quote or --at"));
        }
    };
    if context.ui.format() == Format::Table {
        for Settled { id, passage, text, source } in &done.answer {
            let source = source.as_ref().map(|source| format!("; it now counts as {source}")).unwrap_or_default();
            context.ui.text(&format!("{id}  {passage}  {}{source}", excerpt(text, 160)));
        }
    }
    let settled: Vec<Value> = done
        .answer
        .iter()
        .map(|one| json!({ "id": one.id, "passage": one.passage, "text": one.text, "source": one.source }))
        .collect();
    confirmed(context, &done, &format!("confirmed {}", counted(settled.len(), "passage")), json!({ "confirmed": settled }));
    Ok(Exit::Done)
}

/// What became of passages, one by one, for machines.
pub fn passages(project: &Project, moved: &[Moved]) -> Vec<Value> {
    let lookup = project.lookup();
    let one = |Moved { bearer, fate, to, was, now, why }: &Moved| {
        let document = project.label(bearer.anchor.document);
        json!({
            "id": project.label(bearer.id), "about": carry::about(project, bearer), "fate": fate,
            "from": anchor::show(project, &lookup, &bearer.anchor), "to": to.as_ref().map(|to| &to.spans), "row": to.as_ref().and_then(|to| to.row),
            "was": was, "now": now, "why": why, "command": carry::mending(project, bearer.id, bearer.kind, *fate, &document),
        })
    };
    moved.iter().map(one).collect()
}

/// A line for each passage: what would become of it.
pub fn list(context: &Context, project: &Project, moved: &[Moved]) {
    let lookup = project.lookup();
    let columns = [("id", "Id"), ("about", "Of"), ("from", "Passage"), ("fate", "Would be"), ("words", "Words")];
    let mut table = Table::with(&columns);
    for Moved { bearer, fate, was, .. } in moved {
        table.push(vec![
            project.label(bearer.id).into(),
            carry::about(project, bearer).into(),
            anchor::show(project, &lookup, &bearer.anchor).into(),
            fate.word().into(),
            excerpt(was, 80).into(),
        ]);
    }
    context.ui.list(&table, &Value::Null);
}

/// The same for people: what is not exact, with the words and what to do.
pub fn tell(context: &Context, project: &Project, moved: &[&Moved]) {
    for Moved { bearer, fate, was, now, why, .. } in moved.iter().filter(|one| one.fate != Fate::Exact) {
        let document = project.label(bearer.anchor.document);
        context.ui.text(&format!("{}  {}  {fate}", project.label(bearer.id), carry::about(project, bearer)));
        say_why(context, why.as_deref());
        match now {
            Some(now) if now == was => context.ui.text(&format!("    {}", excerpt(now, 160))),
            Some(now) => compare(context, was, now),
            None => context.ui.text(&format!("    {}", excerpt(was, 160))),
        }
        context.ui.text(&format!("    {}", carry::mending(project, bearer.id, bearer.kind, *fate, &document)));
    }
}

fn say_why(context: &Context, why: Option<&str>) {
    if let Some(why) = why {
        context.ui.text(&format!("    {why}"));
    }
}

/// Two wordings, from a little before they first differ.
fn compare(context: &Context, was: &str, now: &str) {
    const BEFORE: usize = 8;
    let alike = was.split_whitespace().zip(now.split_whitespace()).take_while(|(one, other)| one == other).count();
    let skip = alike.saturating_sub(BEFORE);
    let cut = |words: &str| {
        let rest: Vec<&str> = words.split_whitespace().skip(skip).collect();
        excerpt(&format!("{}{}", if skip > 0 { "… " } else { "" }, rest.join(" ")), 160)
    };
    context.ui.text(&format!("    was  {}", cut(was)));
    context.ui.text(&format!("    now  {}", cut(now)));
}
