//! Codebooks as Markdown: a heading a code, its definition below, then a line a field.
//!
//! ```text
//! ### Trust
//!
//! Reliance on a worker's word
//!
//! - Id: 5215cc69-b628-4e02-afb9-9beeaee55808
//! - Below: Relationship
//! - Include: reasons for believing
//! ```
//!
//! Headings of the first level are the document's own. How deep a heading is does not matter: `Below` says
//! what a code stands below.

use super::{Read, noted};
use crate::codebook::{Field, Outline, Outlined, Parent, layout};
use crate::diagnostic::Diagnostic;

pub fn read(text: &str) -> Read {
    let text = text.replace("\r\n", "\n");
    let mut outline = Outline::default();
    let mut notes = Vec::new();
    let mut current: Option<(Outlined, Vec<&str>)> = None;
    for (at, line) in text.lines().enumerate() {
        match heading(line) {
            Some(name) => {
                outline.entries.extend(current.take().map(|(entry, lines)| told(entry, &lines, &mut notes)));
                current = Some((Outlined::new(at + 1, name), Vec::new()));
            }
            None => {
                if let Some((_, lines)) = &mut current {
                    lines.push(line);
                }
            }
        }
    }
    outline.entries.extend(current.map(|(entry, lines)| told(entry, &lines, &mut notes)));
    Read { outline, invalid: Vec::new(), notes }
}

/// The words of a heading of the second level or below.
fn heading(line: &str) -> Option<&str> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    ((2..=6).contains(&level) && words.starts_with(' ')).then(|| words.trim()).filter(|words| !words.is_empty())
}

fn told(mut entry: Outlined, lines: &[&str], notes: &mut Vec<Diagnostic>) -> Outlined {
    let mut rest = Vec::new();
    for line in lines {
        if let Some(id) = line.strip_prefix("- Id:").and_then(|id| id.trim().parse().ok()) {
            entry.id = Some(id);
        } else if let Some(above) = line.strip_prefix("- Below:") {
            entry.parent = Some(Parent::Named(above.trim().to_owned()));
        } else {
            rest.push(*line);
        }
    }
    let (found, others) = layout::read(rest.into_iter(), "- ");
    let definition: Vec<&str> = others.iter().map(|line| line.strip_prefix('\\').unwrap_or(line)).collect();
    for (field, text) in std::iter::once((Field::Definition, definition.join("\n"))).chain(found) {
        if let Err(what) = entry.say(field, &[text]) {
            notes.push(noted(entry.line, format!("left out: {what}")));
        }
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_codes() {
        let read = read(
            "# Our codes\n\nAgreed in March.\n\n## Bonds\n\n### Trust\n\nOne\n\\# two\n\n- Below: Bonds\n- Alias: Faith\n- Colour: red\n",
        );
        let entries = &read.outline.entries;
        assert_eq!(
            entries.iter().map(|one| (one.name.as_str(), one.line)).collect::<Vec<_>>(),
            [("Bonds", 5), ("Trust", 7)]
        );
        assert_eq!(entries[1].texts(Field::Definition), ["One\n# two"]);
        assert_eq!(entries[1].texts(Field::Aliases), ["Faith"]);
        assert_eq!(read.notes[0].message, "left out: 'red' is no colour such as #33cc99");
    }
}
