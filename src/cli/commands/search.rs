//! `realist search`

use super::kwic::{self, ahead, back};
use super::shared::{counted, layers_said, left_out, small_operators_said, word};
use crate::act::found::{self, On};
use crate::act::query::{Facet, passages};
use crate::act::search::{self as act, Found};
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::index::Order;
use crate::query::Query;
use crate::retrieve::Scope;
use crate::table::Table;
use crate::text::words::on_one_line;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Words, "a phrase", =exact, prefix*, fuzzy~, "words near"~5, AND OR NOT, kind: source: strand:
    /// speaker: group: code: year: document:
    #[arg(value_name = "QUERY", num_args = 0..)]
    query: Vec<String>,
    /// All the words as one exact phrase; no quoting needed.
    #[arg(long)]
    phrase: bool,
    /// All the words within N words of each other, in any order.
    #[arg(long, value_name = "N", conflicts_with = "phrase")]
    near: Option<usize>,
    /// In document order, not best first.
    #[arg(long)]
    in_order: bool,
    /// Passages to show.
    #[arg(long, short = 'N', default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Show every passage.
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Keyword in context: one line a match.
    #[arg(long)]
    kwic: bool,
    /// With --kwic: write the lines to this file; its ending says the format: xlsx, csv, html, docx, md, json.
    #[arg(long, value_name = "FILE", requires = "kwic")]
    out: Option<String>,
    /// Count passages by kind, strand, source, document, speaker or group, by what facesheets say of who speaks
    /// (attr:age), or by the code or coder of the codings on them.
    #[arg(long, value_name = "FACET", value_parser = word::<Facet>)]
    count: Option<Facet>,
    /// Show how the query is read.
    #[arg(long)]
    explain: bool,
    /// Put this code on every passage found, marked unread until somebody confirms it; look first with
    /// --dry-run, and undo takes all of it back. May be repeated.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["count", "kwic"])]
    code_as: Vec<String>,
    /// With --code-as: code the words found, not the whole passage.
    #[arg(long, requires = "code_as")]
    words: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let typed = arguments.query.join(" ");
    if typed.trim().is_empty() {
        return Err(fault("empty-query", "search for what?").hint("realist search trust")
            .hint("realist search care partner --phrase"));
    }
    if !arguments.phrase {
        small_operators_said(context, &typed);
    }
    let query = match (arguments.phrase, arguments.near) {
        (true, _) => Query::phrase(&typed)?,
        (false, Some(gap)) => Query::parse(&typed)?.near(gap)?,
        (false, None) => Query::parse(&typed)?,
    };
    let mut project = context.open()?;
    let query = crate::act::query::put_in(&project, query)?;
    if query.is_of_codings() {
        layers_said(context, &project, Some(&query));
    }
    if arguments.explain {
        context.ui.text(&query.explain());
    }
    let progress = context.ui.progress("indexing");
    let tell = |done, all| progress.at(done, all);
    if !arguments.code_as.is_empty() {
        let on = if arguments.words { On::Words } else { On::Passages };
        let spots = found::places(&project, &query, Scope::Unit, on, &tell)?;
        return super::code::found(context, &mut project, spots, &arguments.code_as);
    }
    if let Some(facet) = &arguments.count {
        let counts = passages(&project, &query, facet, &tell)?;
        let mut table = Table::with(&[(facet.word(), facet.word()), ("hits", "Passages")]);
        for one in counts.rows {
            table.push(vec![one.name.into(), one.count.confirmed.into()]);
        }
        let json = json!({ "query": query.to_string(), "total": counts.total.confirmed, "counts": table.to_json() });
        context.ui.list(&table, &json);
        context.ui.say(&format!("{query}: {}", counted(counts.total.confirmed, "passage")));
        left_out(context, counts.missing, 0);
        return Ok(Exit::negative_if(counts.total.confirmed == 0));
    }
    let order = if arguments.in_order { Order::Document } else { Order::Ranked };
    let limit = if arguments.all { usize::MAX } else { arguments.limit };
    let answer = act::search(&project, &query, order, limit, &tell)?;
    let json = json!({
        "query": query.to_string(),
        "total": answer.total,
        "hits": answer.found.iter().map(hit_json).collect::<Vec<_>>(),
    });
    if arguments.kwic {
        kwic::show(context, &project, &query, &answer, arguments.out.as_deref())?;
    } else if context.ui.is_json() {
        context.ui.json(&json);
    } else {
        context.ui.list(&table(context, &answer.found), &json);
    }
    let shown = answer.found.len();
    let more = if shown < answer.total { format!(", {shown} shown (--all shows every one)") } else { String::new() };
    context.ui.say(&format!("{query}: {}{more}", counted(answer.total, "passage")));
    if answer.missing > 0 {
        context.ui.say(&format!("the text of {} is not on this computer", counted(answer.missing, "passage")));
    }
    Ok(Exit::negative_if(answer.total == 0))
}

fn hit_json(found: &Found) -> Value {
    json!({
        "document": found.document, "passage": found.passage, "speaker": found.speaker, "kind": found.kind,
        "source": found.source, "start": found.span.0, "end": found.span.1, "start_char": found.chars.0,
        "end_char": found.chars.1, "text": found.text, "score": found.score,
    })
}

fn table(context: &Context, found: &[Found]) -> Table {
    let mut table = Table::with(&[("passage", "Passage"), ("speaker", "Speaker"), ("kind", "Kind"), ("text", "Words")]);
    let whole = context.ui.format() != Format::Table;
    for one in found {
        let text = if whole { one.text.clone() } else { around(one, 70) };
        table.push(vec![
            one.passage.as_str().into(),
            one.speaker.clone().into(),
            one.kind.title().into(),
            text.into(),
        ]);
    }
    table
}

/// The first match with what stands around it, matches between ‹ ›.
fn around(found: &Found, margin: usize) -> String {
    let Some(first) = found.marks.first() else { return super::shared::excerpt(&found.text, margin * 3) };
    let from = back(&found.text, first.start(), margin);
    let to = ahead(&found.text, first.end(), margin * 2);
    let mut shown = String::new();
    let mut at = from;
    for mark in found.marks.iter().filter(|mark| mark.start() >= from && mark.end() <= to) {
        if mark.start() < at {
            continue;
        }
        shown.push_str(&found.text[at..mark.start()]);
        shown.push('‹');
        shown.push_str(&found.text[mark.range()]);
        shown.push('›');
        at = mark.end();
    }
    shown.push_str(&found.text[at..to]);
    let shown = on_one_line(&shown);
    let (before, after) = (if from > 0 { "…" } else { "" }, if to < found.text.len() { "…" } else { "" });
    format!("{before}{shown}{after}")
}
