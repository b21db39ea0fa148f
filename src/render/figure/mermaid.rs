//! Mermaid flowchart.

use crate::picture::figure::{Arrow, Figure, Item};
use crate::render::one_line;
use std::fmt::Write;

pub fn write(figure: &Figure) -> String {
    let mut mermaid = format!(
        "---\ntitle: \"{}\"\n---\nflowchart {}\n",
        one_line(&figure.title).replace('\\', "\\\\").replace('"', "\\\""),
        figure.shape.direction()
    );
    for (at, Item { heading, words, remark, inside, .. }) in figure.items.iter().enumerate() {
        let inside = inside.iter().map(|one| &one.words);
        let lines = [heading, words, remark].into_iter().chain(inside).filter(|text| !text.is_empty());
        let label = lines.map(|line| quoted(line)).collect::<Vec<_>>().join("<br>");
        let _ = writeln!(mermaid, "  n{at}[\"{label}\"]");
    }
    for (at, Arrow { from, to, weight, is_contested, .. }) in figure.arrows.iter().enumerate() {
        if let Some(going) = figure.going(at) {
            let _ = writeln!(mermaid, "  n{from} -->|\"{}\"| n{to}", quoted(&going));
            continue;
        }
        let line = if *is_contested || *weight == 0 { "-.->" } else { "-->" };
        let said = if *weight == 1 { "1 source".to_owned() } else { format!("{weight} sources") };
        let _ = writeln!(mermaid, "  n{from} {line}|\"{said}\"| n{to}");
    }
    mermaid
}

/// Mermaid knows no escapes but entities, written with a # sign.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for letter in one_line(text).chars() {
        match letter {
            '"' | '#' | '<' | '>' | '&' | '`' | '[' | ']' | '{' | '}' | '|' | ';' => {
                let _ = write!(quoted, "#{};", u32::from(letter));
            }
            _ => quoted.push(letter),
        }
    }
    quoted
}
