//! A codebook as Markdown, to read and to print: a heading a code, its definition, then a line a field.

use crate::codebook::{Field, Outline, Outlined, layout};

pub fn render(outline: &Outline) -> String {
    let mut text = "# Codebook\n".to_owned();
    for ((entry, parent), depth) in outline.entries.iter().zip(outline.parents()).zip(depths(outline)) {
        text.push_str(&one(entry, parent.as_deref(), depth));
    }
    text
}

fn one(entry: &Outlined, parent: Option<&str>, depth: usize) -> String {
    let definition = entry.texts(Field::Definition).first().map_or(String::new(), |text| {
        let lines: Vec<String> = text.lines().map(escaped).collect();
        format!("\n{}\n", lines.join("\n"))
    });
    let mut lines: Vec<String> = entry.id.iter().map(|id| format!("- Id: {id}")).collect();
    lines.extend(parent.map(|parent| format!("- Below: {parent}")));
    lines.extend(layout::lines(&entry.said, |field| field != Field::Definition, "- "));
    let list = if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" };
    format!("\n{} {}\n{definition}\n{list}", "#".repeat((depth + 2).min(6)), entry.name)
}

/// A line that would be a heading or an item of the list says by a backslash that it is neither.
fn escaped(line: &str) -> String {
    if line.starts_with(['#', '-', '\\']) { format!("\\{line}") } else { line.to_owned() }
}

/// How deep each entry stands; an entry comes after what it stands below.
fn depths(outline: &Outline) -> Vec<usize> {
    let mut depths: Vec<usize> = Vec::with_capacity(outline.entries.len());
    for entry in &outline.entries {
        let above = match &entry.parent {
            Some(crate::codebook::Parent::Entry(at)) => depths.get(*at).map_or(0, |depth| depth + 1),
            _ => 0,
        };
        depths.push(above);
    }
    depths
}
