//! Codebooks as TOML: what lies in a project's `codebooks/`, or is written like it.

use super::{Read, noted};
use crate::codebook::{Outline, Outlined, Parent};
use crate::diagnostic::{Diagnostic, Result, fault};

/// Fault `bad-toml`.
pub fn read(text: &str) -> Result<Read> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        fault("bad-toml", error.message().to_owned())
            .at(super::at(line))
            .hint("mend the line and take the file in again")
    })?;
    let mut lines =
        text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with("[[code]]")).map(|(at, _)| at + 1);
    let mut notes = Vec::new();
    let codes =
        table.get("code").and_then(toml::Value::as_array).into_iter().flatten().filter_map(toml::Value::as_table);
    let entries = codes.filter_map(|code| entry(code, lines.next().unwrap_or(1), &mut notes)).collect();
    Ok(Read { outline: Outline { entries }, invalid: Vec::new(), notes })
}

fn entry(code: &toml::Table, line: usize, notes: &mut Vec<Diagnostic>) -> Option<Outlined> {
    let text = |key: &str| code.get(key).and_then(toml::Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let Some(name) = text("name") else {
        notes.push(noted(line, "a code without a name was left out"));
        return None;
    };
    let mut entry = Outlined::new(line, name);
    entry.id = text("id").and_then(|id| id.parse().ok());
    entry.parent = text("parent").map(|above| Parent::Named(above.to_owned()));
    for what in entry.say_all(code) {
        notes.push(noted(line, format!("left out: {what}")));
    }
    Some(entry)
}
