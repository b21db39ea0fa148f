//! `realist codebook split`

use crate::act::codebook::split::{self as act, Choice, Part, Wish};
use crate::cli::Context;
use crate::cli::commands::columns;
use crate::cli::commands::shared::{confirm, counted, optional, read_input, required, rows, small_operators_said};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::query::Query;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Code to split.
    code: String,
    /// Codes that take over, parted by commas; those that are not there are made below it.
    #[arg(long, value_name = "CODES", value_delimiter = ',', required = true)]
    into: Vec<String>,
    /// Which codings: CSV or JSON Lines (- for standard input) with coding and into.
    #[arg(long, value_name = "FILE", required_unless_present = "query", conflicts_with = "query")]
    from: Option<String>,
    /// Which codings: those on what a query finds, as for `realist search`.
    #[arg(long = "where", value_name = "QUERY", id = "query")]
    query: Option<String>,
    /// Make new codes beside it, not below it.
    #[arg(long)]
    beside: bool,
}

pub fn split(context: &Context, project: &mut Project, arguments: Arguments) -> Result<Exit> {
    let Arguments { code, into, from, query, beside } = arguments;
    let choice = match (from, query) {
        (Some(file), _) => Choice::Listed(listed(&file)?),
        (None, Some(query)) => {
            small_operators_said(context, &query);
            Choice::Found(Box::new(Query::parse(&query)?))
        }
        (None, None) => return Err(fault("no-choice", "which codings?").hint("--from FILE, or --where QUERY")),
    };
    let done = act::split(project, &Wish { code, into, beside, choice })?;
    let split = &done.answer;
    let told: Vec<String> = split.into.iter().map(told).collect();
    let folded = if split.folded > 0 { format!(", {} said twice", counted(split.folded, "coding")) } else { String::new() };
    let sentence = format!("split {}: {}; {} stayed{folded}", split.code, told.join(", "), counted(split.stayed, "coding"));
    let into: Vec<_> = split
        .into
        .iter()
        .map(|part| json!({ "id": part.label, "name": part.name, "new": part.is_new, "codings": part.codings }))
        .collect();
    confirm(context, &done, &sentence, json!({
        "id": split.code, "into": into, "stayed": split.stayed, "folded": split.folded,
    }));
    Ok(Exit::Done)
}

fn told(part: &Part) -> String {
    let new = if part.is_new { "new " } else { "" };
    format!("{} to {new}{} ({})", counted(part.codings, "coding"), part.label, part.name)
}

fn listed(file: &str) -> Result<Vec<(String, Option<String>)>> {
    let rows = rows(&read_input(file)?, file, columns::SPLIT)?;
    let row = |(number, row): (usize, &super::super::shared::Row)| {
        let coding = optional(row, "coding").or_else(|| optional(row, "id"));
        let coding = coding.map_or_else(|| required(row, "coding", number + 1), Ok)?;
        Ok((coding.to_owned(), optional(row, "into").map(str::to_owned)))
    };
    rows.iter().enumerate().map(row).collect()
}
