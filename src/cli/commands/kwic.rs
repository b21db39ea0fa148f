//! Keyword in context: one line a match, the match in the middle.

use super::paper;
use super::shared::counted;
use crate::act::search::{Answer, Found};
use crate::cli::Context;
use crate::cli::ui::Format;
use crate::diagnostic::Result;
use crate::project::Project;
use crate::query::Query;
use crate::report::listing;
use crate::table::Table;
use crate::text::Span;
use crate::text::words::on_one_line;
use serde_json::{Value, json};

/// Letters before and behind a match where nothing else bounds them.
const MARGIN: usize = 60;

/// Prints the matches of the passages found, or writes them to a file.
pub fn show(context: &Context, project: &Project, query: &Query, answer: &Answer, out: Option<&str>) -> Result<()> {
    if out.is_none() && context.ui.format() == Format::Table {
        let margin = usize::from((context.ui.width().saturating_sub(30) / 2).max(20));
        for found in &answer.found {
            for mark in &found.marks {
                let (before, word, after) = around(found, *mark, margin);
                context.ui.text(&format!("{:<12} {before:>margin$} ‹{word}› {after}", found.passage));
            }
        }
        return Ok(());
    }
    let mut table = Table::with(&[
        ("passage", "Passage"),
        ("speaker", "Speaker"),
        ("before", "Before"),
        ("match", "Match"),
        ("after", "After"),
    ]);
    for found in &answer.found {
        for mark in &found.marks {
            let (before, word, after) = around(found, *mark, MARGIN);
            let speaker = found.speaker.clone().into();
            table.push(vec![found.passage.as_str().into(), speaker, before.into(), word.into(), after.into()]);
        }
    }
    let lines: Value = table.to_json();
    let json = json!({ "query": query.to_string(), "total": answer.total, "lines": lines });
    match out {
        None => context.ui.list(&table, &json),
        Some(file) => {
            let rule = format!("{query}: the matches of {}", counted(answer.found.len(), "passage"));
            paper::put_and_say(
                context,
                project,
                &listing::make("kwic", "Keyword in context", &rule, table, json),
                file,
            )?;
        }
    }
    Ok(())
}

/// What stands before a match, the match, and what stands behind it, each on one line.
fn around(found: &Found, mark: Span, margin: usize) -> (String, String, String) {
    let text = &found.text;
    let before = on_one_line(&text[back(text, mark.start(), margin)..mark.start()]);
    let after = on_one_line(&text[mark.end()..ahead(text, mark.end(), margin)]);
    (before, on_one_line(&text[mark.range()]), after)
}

/// So many letters back from a place, or where the text begins.
pub fn back(text: &str, from: usize, letters: usize) -> usize {
    text[..from].char_indices().rev().take(letters).last().map_or(from, |(at, _)| at)
}

/// So many letters on from a place, or where the text ends.
pub fn ahead(text: &str, from: usize, letters: usize) -> usize {
    text[from..].char_indices().nth(letters).map_or(text.len(), |(at, _)| from + at)
}
