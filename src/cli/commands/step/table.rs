//! A pathway in a table: csv or JSON Lines with a row a step, or toml with a `[[step]]` each. Several things in one cell
//! stand apart by semicolons or lines.

use crate::act::step::Entry;
use crate::act::step::pathway::Row;
use crate::cli::commands::columns;
use crate::cli::commands::delimited::heading;
use crate::cli::commands::shared::{self, read_input};
use crate::diagnostic::{Fault, Result, fault};
use crate::pathway::Way;
use std::collections::BTreeMap;
use std::path::Path;

/// What stands in each column: of some one thing, of [`LISTS`] any number.
type Cells = BTreeMap<String, Vec<String>>;

/// Columns that hold several things.
const LISTS: [&str; 6] = ["interventions", "providers", "leaving", "up", "down", "out"];

/// Faults: `no-rows`, `bad-toml`, `bad-rank`, and those of reading tables.
pub fn read(file: &str) -> Result<Vec<Row>> {
    let text = read_input(file)?;
    let is_toml = Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    let rows = if is_toml { of_toml(&text, file)? } else { of_table(&text, file)? };
    if rows.is_empty() {
        let refused = fault("no-rows", format!("{file} has no step"));
        return Err(refused.hint(format!("columns: {}", columns::STEPS.join(", "))));
    }
    (1..).zip(rows).map(|(number, row)| step(row).map_err(|fault| fault.in_row(number))).collect()
}

fn step(mut row: Cells) -> Result<Row> {
    let mut list = |column: &str| row.remove(column).unwrap_or_default();
    let moves = Way::ALL.iter().map(|way| (*way, list(way.word())));
    let moves: Vec<(Way, String)> =
        moves.flat_map(|(way, all)| all.into_iter().map(move |to| (way, to)).collect::<Vec<_>>()).collect();
    let (interventions, providers, leaving) = (list("interventions"), list("providers"), list("leaving"));
    let mut text = |column: &str| list(column).into_iter().next();
    let rank = text("rank").map(|typed| {
        let rank = typed.parse().ok().filter(|rank| *rank > 0_u32);
        rank.ok_or_else(|| fault("bad-rank", format!("'{typed}' is no rank")).hint("ranks are 1, 2, 3 and so on"))
    });
    let entry = Entry {
        name: text("name"),
        rank: rank.transpose()?,
        intensity: text("intensity"),
        reach: text("reach"),
        setting: text("setting"),
        in_primary_care: text("in_primary_care"),
        interventions,
        providers,
        recovery_element: text("recovery_element"),
        entry: text("entry"),
        review_interval: text("review_interval"),
        claim: text("claim"),
        ..Entry::default()
    };
    Ok(Row { entry, leaving, moves })
}

/// What stands in a cell of a column.
fn split(column: &str, cell: &str) -> Vec<String> {
    let parts: Vec<&str> = if LISTS.contains(&column) { cell.split([';', '\n']).collect() } else { vec![cell] };
    parts.into_iter().map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}

fn of_table(text: &str, file: &str) -> Result<Vec<Cells>> {
    let rows = shared::rows(text, file, columns::STEPS)?.into_iter();
    Ok(rows.map(|row| row.into_iter().map(|(column, cell)| (column.clone(), split(&column, &cell))).collect()).collect())
}

/// `[[step]]` after `[[step]]`; a move is `"Talking therapies: no better"` or `{ to = "...", when = "..." }`.
fn of_toml(text: &str, file: &str) -> Result<Vec<Cells>> {
    let table: toml::Table = toml::from_str(text).map_err(|error| broken(file, error.message()))?;
    if let Some(strange) = table.keys().find(|key| *key != "step") {
        return Err(broken(file, &format!("nobody reads '{strange}'")));
    }
    let steps = table.get("step").and_then(toml::Value::as_array).map_or(&[][..], Vec::as_slice);
    steps.iter().map(|step| toml_step(step, file)).collect()
}

fn toml_step(step: &toml::Value, file: &str) -> Result<Cells> {
    let step = step.as_table().ok_or_else(|| broken(file, "a step is no list of keys"))?;
    let mut cells = Cells::new();
    for (key, value) in step {
        let column = heading(key);
        let said = match value {
            toml::Value::Array(items) => items.iter().map(said).collect::<Option<Vec<_>>>(),
            one => said(one).map(|one| split(&column, &one)),
        };
        let said = said.filter(|said| said.len() < 2 || LISTS.contains(&column.as_str()));
        let said = said.ok_or_else(|| broken(file, &format!("'{key}' cannot be read")))?;
        cells.insert(column, said);
    }
    columns::check(&cells.keys().map(|key| (key.clone(), String::new())).collect(), columns::STEPS, file)?;
    Ok(cells)
}

/// One thing in words; `None`: it is none.
fn said(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Table(one) => {
            let to = one.get("to").or_else(|| one.get("place"))?.as_str()?;
            Some(one.get("when").and_then(toml::Value::as_str).map_or_else(|| to.to_owned(), |when| format!("{to}: {when}")))
        }
        _ => None,
    }
}

fn broken(file: &str, what: &str) -> Fault {
    fault("bad-toml", what).in_file(file).hint("write [[step]] above each step, and below it name = \"...\"")
}
