//! `realist matrix words`

use super::paper;
use super::shared::{counted, where_typed};
use crate::act::matrix::{self as act, Sought, Words};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::report::listing;
use crate::table::{Column, Table};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Choice {
    /// Only words within what this means: quotations (code:trust), or passages (kind:interview).
    #[arg(long = "where", value_name = "QUERY")]
    only: Option<String>,
    /// Words to show.
    #[arg(long, value_name = "N", default_value_t = 50, conflicts_with = "all")]
    top: usize,
    /// Show every word.
    #[arg(long)]
    all: bool,
    /// Tell the forms of a word apart: trust, trusted, trusting.
    #[arg(long)]
    exact: bool,
    /// Leave out words that say little: the, and, you.
    #[arg(long)]
    telling: bool,
    /// Write the list to this file; its ending says the format: xlsx, csv, html, docx, md, json.
    #[arg(long, value_name = "FILE")]
    out: Option<String>,
}

pub fn run(choice: &Choice, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let only = choice.only.as_deref().map(|typed| where_typed(context, &project, typed)).transpose()?;
    let what = only.as_ref().map_or_else(|| "*".to_owned(), ToString::to_string);
    let progress = context.ui.progress("indexing");
    let sought = Sought { only, exact: choice.exact, telling: choice.telling };
    let words = act::words(&project, &sought, &|done, all| progress.at(done, all))?;
    let shown = if choice.all { usize::MAX } else { choice.top };
    let mut table = table(&words, shown);
    let json = json!({
        "where": what,
        "total": words.total,
        "left_out": words.left_out,
        "distinct": words.frequencies.len(),
        "words": table.to_json(),
    });
    if let Some(file) = &choice.out {
        let rule = format!("{what}: {} in all", counted(words.total, "word"));
        let listing = listing::make("words", "Words by how often they are spoken", &rule, table, json);
        paper::put_and_say(context, &project, &listing, file)?;
        return Ok(Exit::negative_if(words.total == 0));
    }
    if context.ui.is_for_reading() {
        table.drop_columns(&["query"]);
    }
    context.ui.list(&table, &json);
    let forms = if choice.exact {
        "each form of a word apart"
    } else {
        "all forms of a word together, by the rules of its language"
    };
    let left_out =
        if choice.telling { format!("; {} left out", counted(words.left_out, "common word")) } else { String::new() };
    let of = counted(words.frequencies.len(), "different word");
    context.ui.say(&format!("{what}: {} in all, {of}, {forms}{left_out}", counted(words.total, "word")));
    if let Some((_, query)) = words.frequencies.first() {
        context.ui.say(&format!("its places: realist query run '{query}', or realist search WORD --kwic"));
    }
    super::shared::left_out(context, words.missing, 0);
    Ok(Exit::negative_if(words.total == 0))
}

fn table(words: &Words, shown: usize) -> Table {
    let mut table = Table::new(vec![
        Column::new("word", "Word"),
        Column::new("count", "Count"),
        Column::new("per_10000", "Per 10,000").decimals(1),
        Column::new("passages", "Passages"),
        Column::new("documents", "Documents"),
        Column::new("forms", "Forms"),
        Column::new("query", "Query"),
    ]);
    for (one, query) in words.frequencies.iter().take(shown) {
        let forms: Vec<String> = one.forms.iter().map(|(form, count)| format!("{form} {count}")).collect();
        table.push(vec![
            one.word().into(),
            one.count.into(),
            (one.count as f64 * 10_000.0 / (words.total + words.left_out) as f64).into(),
            one.passages.into(),
            one.documents.into(),
            forms.join(", ").into(),
            query.as_str().into(),
        ]);
    }
    table
}
