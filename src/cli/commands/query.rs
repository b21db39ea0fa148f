//! `realist query`

use super::shared::{confirm, excerpt, layers_said, left_out, small_operators_said, word};
use crate::act::found::{self, On};
use crate::act::query::{self as act, Answer, Asked, Counts, Facet, Quoted};
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::query::Query;
use crate::retrieve::{Scope, pictures, pictures_of};
use crate::saved::SavedQuery;
use crate::table::{Cell, Table};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Quotations that a query over codings means.
    Run {
        /// As for `search`, and code:a WITHIN code:b, OVERLAPS, ENCLOSES, TOUCHES, SAME, PRECEDES/5, FOLLOWS/turn,
        /// NEAR/2min, ONLY code:a, ATLEAST/2(code:a code:b word), coder:, date:, saved:
        #[arg(value_name = "QUERY", required = true)]
        query: Vec<String>,
        /// Within what AND, NOT and ATLEAST compare: unit (turn, paragraph, row), document or source.
        #[arg(long, value_name = "SCOPE", default_value = "unit", value_parser = word::<Scope>)]
        scope: Scope,
        /// Of a relation, only the part that both sides share.
        #[arg(long)]
        shared: bool,
        /// Quotations to show.
        #[arg(long, short = 'N', default_value_t = 20, value_name = "N")]
        limit: usize,
        /// Show every quotation.
        #[arg(long, conflicts_with = "limit")]
        all: bool,
        /// Count them by code, coder, document, source, kind, strand, speaker or group, or by what facesheets say of who speaks:
        /// attr:age.
        #[arg(long, value_name = "FACET", value_parser = word::<Facet>)]
        count: Option<Facet>,
        /// Put this code on every quotation found, marked unread until somebody confirms it; look first with
        /// --dry-run, and undo takes all of it back. May be repeated.
        #[arg(long, value_name = "CODE", conflicts_with_all = ["count", "shared"])]
        code_as: Vec<String>,
    },
    /// How a query is read, with a picture of each operator in it; of every operator where none is given.
    Explain {
        #[arg(value_name = "QUERY")]
        query: Vec<String>,
    },
    /// Keep a query under a name; `saved:NAME` stands for it in others.
    Save {
        name: String,
        #[arg(value_name = "QUERY", required = true)]
        query: Vec<String>,
    },
    /// Saved queries.
    List,
    /// Forget saved queries.
    Remove {
        #[arg(required = true)]
        names: Vec<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    match arguments.command {
        Command::Run { query, scope, shared, limit, all, count, code_as } => {
            let mut project = context.open()?;
            let typed = query.join(" ");
            small_operators_said(context, &typed);
            let query = act::read(&project, &typed)?;
            let limit = if all { usize::MAX } else { limit };
            layers_said(context, &project, Some(&query));
            let asked = Asked { query, scope, shared, limit };
            let progress = context.ui.progress("indexing");
            let tell = |done, all| progress.at(done, all);
            if !code_as.is_empty() {
                let spots = found::places(&project, &asked.query, scope, On::Quotations, &tell)?;
                return super::code::found(context, &mut project, spots, &code_as);
            }
            match count {
                Some(facet) => show_counts(context, &asked, &facet, act::counts(&project, &asked, &facet, &tell)?),
                None => show(context, &asked.query.to_string(), scope, &act::run(&project, &asked, &tell)?),
            }
        }
        Command::Explain { query } => explain(context, &query.join(" ")),
        Command::Save { name, query } => {
            let mut project = context.open()?;
            let typed = query.join(" ");
            small_operators_said(context, &typed);
            let done = act::save(&mut project, &name, &typed)?;
            confirm(context, &done, &format!("saved {} as {}", name.trim(), done.answer), json!({ "id": done.answer }));
            Ok(Exit::Done)
        }
        Command::List => list(context),
        Command::Remove { names } => {
            let done = act::remove(&mut context.open()?, &names)?;
            confirm(context, &done, &format!("forgot {}", done.answer.join(", ")), json!({ "names": done.answer }));
            Ok(Exit::Done)
        }
    }
}

/// Quotations, and what was asked.
pub fn show(context: &Context, query: &str, scope: Scope, answer: &Answer) -> Result<Exit> {
    let json = json!({
        "query": query,
        "scope": scope,
        "total": answer.total.confirmed,
        "unread": answer.total.unread,
        "quotations": answer.quotations.iter().map(quoted_json).collect::<Vec<_>>(),
    });
    if context.ui.is_json() {
        context.ui.json(&json);
    } else {
        context.ui.list(&table(context, &answer.quotations), &json);
    }
    let shown = answer.quotations.len();
    let more = if shown < answer.total.listed() { format!(", {shown} shown (--all shows every one)") } else { String::new() };
    let total = answer.total.said("quotation");
    context.ui.say(&format!("{query}, compared by {scope}: {total}{more}"));
    left_out(context, answer.missing, answer.astray);
    Ok(Exit::negative_if(answer.total.listed() == 0))
}

fn quoted_json(one: &Quoted) -> Value {
    let with: Vec<Value> = one
        .with
        .iter()
        .map(|with| json!({ "coding": with.coding, "code": with.code, "coder": with.coder, "text": with.text }))
        .collect();
    json!({
        "coding": one.coding, "code": one.code, "coder": one.coder, "document": one.document, "passage": one.passage,
        "speaker": one.speaker, "source": one.source, "start": one.span.0, "end": one.span.1,
        "start_char": one.chars.0, "end_char": one.chars.1, "text": one.text, "unread": one.is_unread, "with": with,
    })
}

fn table(context: &Context, quotations: &[Quoted]) -> Table {
    let mut table = Table::with(&[
        ("passage", "Passage"),
        ("speaker", "Speaker"),
        ("code", "Code"),
        ("coder", "Coder"),
        ("text", "Words"),
        ("unread", "Unread"),
        ("with", "With"),
    ]);
    let whole = context.ui.format() != Format::Table;
    for one in quotations {
        let with: Vec<String> = one.with.iter().map(|with| {
            let words = excerpt(&with.text, 40);
            match (&with.code, &with.coder) {
                (Some(code), Some(coder)) => format!("{code} ({coder}) “{words}”"),
                _ => format!("“{words}”"),
            }
        }).collect();
        table.push(vec![
            one.passage.as_str().into(),
            one.speaker.clone().into(),
            one.code.clone().into(),
            one.coder.clone().into(),
            if whole { one.text.clone() } else { excerpt(&one.text, 140) }.into(),
            if one.is_unread { "yes".into() } else { Cell::Empty },
            with.join("; ").into(),
        ]);
    }
    if !quotations.iter().any(|one| one.is_unread) {
        table.drop_columns(&["unread"]);
    }
    table
}

fn show_counts(context: &Context, asked: &Asked, facet: &Facet, counts: Counts) -> Result<Exit> {
    let Counts { rows, total, missing, astray } = counts;
    let mut table =
        Table::with(&[(facet.word(), facet.word()), ("quotations", "Quotations"), ("unread", "Unread beside")]);
    for one in rows {
        table.push(vec![one.name.into(), one.count.confirmed.into(), one.count.unread.into()]);
    }
    let query = asked.query.to_string();
    let json =
        json!({ "query": query, "scope": asked.scope, "total": total.confirmed, "unread": total.unread, "counts": table.to_json() });
    if total.unread == 0 && context.ui.format() == Format::Table {
        table.drop_columns(&["unread"]);
    }
    context.ui.list(&table, &json);
    context.ui.say(&format!("{query}, compared by {}: {}", asked.scope, total.said("quotation")));
    left_out(context, missing, astray);
    Ok(Exit::negative_if(total.listed() == 0))
}

fn explain(context: &Context, typed: &str) -> Result<Exit> {
    if typed.trim().is_empty() {
        context.ui.text(&pictures()?);
        return Ok(Exit::Done);
    }
    small_operators_said(context, typed);
    let query = Query::parse(typed)?;
    let query = context.open().map_or(Ok(query.clone()), |project| act::put_in(&project, query))?;
    let drawn = pictures_of(&query)?;
    if context.ui.is_json() {
        context.ui.json(&json!({ "query": query.to_string(), "tree": query.explain(), "pictures": drawn }));
        return Ok(Exit::Done);
    }
    context.ui.text(&format!("{query}\n\n{}", query.explain()));
    for picture in &drawn {
        context.ui.text(&format!("\n{picture}"));
    }
    Ok(Exit::Done)
}

fn list(context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let mut table = Table::with(&[("id", "Id"), ("name", "Name"), ("query", "Query"), ("author", "By")]);
    for one in project.state().all::<SavedQuery>() {
        table.push(vec![project.label(one.id).into(), one.name.into(), one.query.into(), one.author.into()]);
    }
    if table.is_empty() && !context.ui.is_json() {
        return Err(fault("no-queries", "no query was saved yet").hint("realist query save hopeful 'code:hope OR hope*'"));
    }
    context.ui.list(&table, &table.to_json());
    Ok(Exit::Done)
}
