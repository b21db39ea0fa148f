//! What several commands do alike: confirming a write, reading rows from a file or standard input.

use super::columns;
use super::delimited::{self, heading};
use crate::act::anchor::Spot;
use crate::act::pass::Layers;
use crate::cli::Context;
use crate::diagnostic::{Fault, Place, Result, fault};
use crate::passage::Carried;
use crate::project::{Done, Project};
use crate::query::{Query, small_operators};
pub use crate::text::words::counted;
use crate::text::words::on_one_line;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read;

/// The sentence after a write: what, and as whom. Printed after the operation is safe.
pub fn confirm<T>(context: &Context, done: &Done<T>, sentence: &str, mut json: Value) {
    if let Some(object) = json.as_object_mut() {
        object.insert("by".to_owned(), json!(done.by));
        if done.rehearsal {
            object.insert("dry_run".to_owned(), json!(true));
        }
    }
    let unchanged = match (done.rehearsal, done.operation) {
        (true, _) => " (dry run: nothing was written)",
        (false, None) => " (nothing changed)",
        (false, Some(_)) => "",
    };
    context.ui.answer(&format!("{sentence} as {}{unchanged}", done.by), &json);
    done.afterwards.iter().for_each(|diagnostic| context.ui.diagnostic(diagnostic));
}

/// What is said of one thing, a line each; what nobody said has none.
pub fn told_of(context: &Context, said: impl IntoIterator<Item = (&'static str, Option<String>)>) {
    for (word, said) in said {
        if let Some(said) = said {
            context.ui.text(&format!("{word:<10} {said}"));
        }
    }
}

/// What an answer could not take in: documents whose text is elsewhere, codings that stand on no text in force.
pub fn left_out(context: &Context, missing: usize, astray: usize) {
    if missing > 0 {
        context.ui.say(&format!("the text of {} is not on this computer", counted(missing, "document")));
    }
    if astray > 0 {
        let astray = counted(astray, "coding");
        context.ui.say(&format!("{astray} left out: not on the text in force (realist document verify)"));
    }
}

/// What counts where a blind pass was settled, for an answer about codings where no layer was named.
pub fn layers_said(context: &Context, project: &Project, query: Option<&Query>) {
    let (given_way, consensus) = Layers::of(project).numbers();
    if given_way > 0 && !query.is_some_and(Query::names_layer) {
        let own = counted(given_way, "coding");
        context.ui.say(&format!(
            "{own} that coders settled in a pass stand as the {consensus} they settled on (layer:coders asks for theirs)"
        ));
    }
}

/// Operators that were typed in small letters, and so stand for words.
pub fn small_operators_said(context: &Context, typed: &str) {
    for (typed, operator) in small_operators(typed) {
        context.ui.say(&format!("'{typed}' is read as a word; the operator is written in capitals: {operator}"));
    }
}

/// What was typed behind `--where`.
pub fn where_typed(context: &Context, project: &Project, typed: &str) -> Result<Query> {
    small_operators_said(context, typed);
    crate::act::query::read(project, typed)
}

/// Reads a file, or standard input for `-`.
pub fn read_input(path: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin()
            .read_to_end(&mut bytes)
            .map_err(|error| fault("io", format!("cannot read standard input: {error}")))?;
    } else {
        let place = std::path::Path::new(path);
        bytes = std::fs::read(place).map_err(|error| Fault::io("read", place, &error))?;
    }
    Ok(crate::import::decode(&bytes)?.text.into_owned())
}

/// A row of a CSV or JSON Lines input, by column.
pub type Row = BTreeMap<String, String>;

/// Reads rows from CSV (comma, semicolon or tab) with a heading line, or from JSON Lines; each has no
/// other columns than these.
pub fn rows(text: &str, name: &str, columns: &[&str]) -> Result<Vec<Row>> {
    let first = text.trim_start().chars().next();
    let rows = if first == Some('{') { json_rows(text, name) } else { csv_rows(text, name) }?;
    rows.iter().try_for_each(|row| columns::check(row, columns, name))?;
    Ok(rows)
}

/// A word of a closed list, as an option; the parser of options prints what is near it and the list.
pub fn word<T: std::str::FromStr<Err = Fault>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|fault: Fault| in_lines(&fault))
}

/// A year, as an option.
pub fn year(text: &str) -> Result<i32, String> {
    text.trim()
        .parse()
        .map_err(|_| in_lines(&fault("bad-year", format!("'{text}' is no year")).hint("write it as 2014")))
}

/// A score, as an option or in a cell.
pub fn score(text: &str) -> Result<u8> {
    let score = text.trim().parse().ok().filter(|score| *score <= 3);
    score.ok_or_else(|| fault("bad-score", format!("'{text}' is no score")).hint("0 none, 1 low, 2 moderate, 3 high"))
}

/// A rating, as an option or in a cell.
pub fn rating(text: &str) -> Result<f64> {
    text.trim().parse().map_err(|_| {
        let refused = fault("bad-rating", format!("'{text}' is no rating"));
        let has_comma = text.contains(',') && text.trim().replace(',', ".").parse::<f64>().is_ok();
        let refused = if has_comma { refused.hint("write the decimal with a point: 0.5") } else { refused };
        refused.hint("a rating is 0, 0.5 or 1")
    })
}

/// A fault as the parser of options takes it.
pub fn in_lines(fault: &Fault) -> String {
    let hints = fault.0.hints.iter().map(|hint| format!("\nhint: {hint}"));
    fault.0.message.clone() + &hints.collect::<String>()
}

fn json_rows(text: &str, name: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let object: serde_json::Map<String, Value> = serde_json::from_str(line).map_err(|error| {
            fault("bad-row", format!("this is not a JSON object: {error}"))
                .at(Place { file: Some(name.to_owned()), line: Some(number + 1), ..Place::default() })
                .hint("JSON Lines has one object on each line")
        })?;
        let text = |value: Value| match value {
            Value::String(text) => text,
            Value::Null => String::new(),
            other => other.to_string(),
        };
        rows.push(object.into_iter().map(|(key, value)| (heading(&key), text(value))).collect());
    }
    Ok(rows)
}

fn csv_rows(text: &str, name: &str) -> Result<Vec<Row>> {
    let mut reader = delimited::reader(text);
    let headings = delimited::headings(&mut reader, name)?;
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| delimited::refused(&error, name))?;
            Ok(headings.iter().cloned().zip(record.iter().map(str::to_owned)).collect())
        })
        .collect()
}

/// A column that must hold something.
pub fn required<'r>(row: &'r Row, column: &str, number: usize) -> Result<&'r str> {
    optional(row, column).ok_or_else(|| {
        let columns: Vec<&str> = row.keys().map(String::as_str).collect();
        fault("missing-column", format!("row {number} has nothing in the column '{column}'"))
            .hint(format!("columns found: {}", columns.join(", ")))
    })
}

/// A column that may be empty or absent.
pub fn optional<'r>(row: &'r Row, column: &str) -> Option<&'r str> {
    row.get(column).map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// The place a row names: `passage`, or `document` with `quote` or `units`.
pub fn spot(row: &Row, number: usize) -> Result<Spot> {
    let place = match optional(row, "passage") {
        Some(passage) => passage,
        None => required(row, "document", number)?,
    };
    Spot::parse(place, optional(row, "units"), optional(row, "quote"))
}

/// Words of a passage, with a mark where a correction of the document left it open.
pub fn marked(carried: Option<Carried>, words: &str) -> String {
    match carried {
        None => words.to_owned(),
        Some(carried) => format!("[{}] {words}", carried.title()),
    }
}

/// The start of a text on one line, for tables.
pub fn excerpt(text: &str, letters: usize) -> String {
    let line = on_one_line(text);
    if line.chars().count() <= letters {
        return line;
    }
    let cut: String = line.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", cut.trim_end())
}

/// `512 bytes`, `1.5 MB`.
pub fn in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::strand::SourceKind;

    #[test]
    fn a_mistyped_option_says_what_was_meant() {
        let refused = word::<SourceKind>("interveiw").unwrap_err();
        assert!(refused.contains("\nhint: did you mean interview?"), "{refused}");
        assert!(refused.contains("focus_group"), "{refused}");
        assert_eq!(word::<SourceKind>("focus group"), Ok(SourceKind::FocusGroup));
        assert!(year("abc").unwrap_err().contains("hint: write it as 2014"));
    }

    #[test]
    fn a_decimal_comma_is_pointed_out() {
        assert_eq!(rating("0,5").unwrap_err().0.hints[0], "write the decimal with a point: 0.5");
        assert_eq!(rating("high").unwrap_err().0.hints, ["a rating is 0, 0.5 or 1"]);
        assert_eq!(score("4").unwrap_err().0.code, "bad-score");
    }

    #[test]
    fn headings_are_read_in_any_dress() {
        let read = rows("Document; Code\nD1.gj;hope\n", "x.csv", columns::CODE).unwrap();
        assert_eq!(required(&read[0], "code", 1).unwrap(), "hope");
        assert_eq!(rows("{\"Memmo\": 1}", "x.jsonl", columns::CODE).unwrap_err().0.code, "unknown-column");
    }
}
