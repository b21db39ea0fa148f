//! Graphviz DOT.

use crate::picture::draw::{Dashes, dashes};
use crate::picture::figure::{Arrow, Figure, Item};
use crate::picture::stairs;
use crate::render::one_line;
use std::fmt::Write;

pub fn write(figure: &Figure) -> String {
    let rise = figure.shape.direction();
    let mut dot = format!("digraph \"{}\" {{\n  rankdir={rise};\n  node [shape=box];\n", quoted(&figure.title));
    for Item { key, heading, words, remark, look, inside, .. } in &figure.items {
        let inside = inside.iter().map(|one| &one.words);
        let lines = [heading, words, remark].into_iter().chain(inside).filter(|text| !text.is_empty());
        let label = lines.map(|line| quoted(line)).collect::<Vec<_>>().join("\\n");
        let _ = writeln!(dot, "  \"{key}\" [label=\"{label}\", class=\"{}\"];", look.key());
    }
    for (at, arrow) in figure.arrows.iter().enumerate() {
        let Arrow { from, to, weight, remark, .. } = arrow;
        let ends = format!("\"{}\" -> \"{}\"", figure.items[*from].key, figure.items[*to].key);
        let moving = figure.stairs().and_then(|stairs| stairs.moves.get(at));
        if let (Some(going), Some(moving)) = (figure.going(at), moving) {
            let style = style(stairs::dashes(*moving));
            let _ = writeln!(dot, "  {ends} [label=\"{}\", style={style}];", quoted(&going));
            continue;
        }
        let style = style(dashes(arrow));
        let _ = writeln!(
            dot,
            "  {ends} [penwidth={}, style={style}, weight={weight}, tooltip=\"{}\"];",
            1 + (*weight).min(7),
            quoted(remark)
        );
    }
    dot + "}\n"
}

fn style(dashes: Dashes) -> &'static str {
    match dashes {
        Dashes::Solid => "solid",
        Dashes::Dashed => "dashed",
        Dashes::Dotted => "dotted",
    }
}

fn quoted(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}
