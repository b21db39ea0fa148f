//! Graphviz DOT.

use crate::picture::draw::{Dashes, dashes};
use crate::picture::figure::{Arrow, Figure, Item};
use crate::render::one_line;
use std::fmt::Write;

pub fn write(figure: &Figure) -> String {
    let mut dot = format!("digraph \"{}\" {{\n  rankdir=LR;\n  node [shape=box];\n", quoted(&figure.title));
    for Item { key, heading, words, remark, look, inside, .. } in &figure.items {
        let inside = inside.iter().map(|one| &one.words);
        let lines = [heading, words, remark].into_iter().chain(inside).filter(|text| !text.is_empty());
        let label = lines.map(|line| quoted(line)).collect::<Vec<_>>().join("\\n");
        let _ = writeln!(dot, "  \"{key}\" [label=\"{label}\", class=\"{}\"];", look.key());
    }
    for arrow in &figure.arrows {
        let Arrow { from, to, weight, remark, .. } = arrow;
        let style = match dashes(arrow) {
            Dashes::Solid => "solid",
            Dashes::Dashed => "dashed",
            Dashes::Dotted => "dotted",
        };
        let _ = writeln!(
            dot,
            "  \"{}\" -> \"{}\" [penwidth={}, style={style}, weight={weight}, tooltip=\"{}\"];",
            figure.items[*from].key,
            figure.items[*to].key,
            1 + (*weight).min(7),
            quoted(remark)
        );
    }
    dot + "}\n"
}

fn quoted(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}
