//! The theory so far: the components as a picture, and the same as a short table, with how many statements stand how. One page.

use crate::picture::Figure;
use crate::report::block::Block;
use crate::report::figure::{self, View, Zoom};
use crate::report::version::Version;
use crate::report::words::Press;
use crate::table::Table;

/// Components beyond which a drawing does not fit on one page.
const DRAWN: usize = 16;

pub fn section(press: &Press, version: Option<&Version>) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "The theory so far", "theory")];
    blocks.extend(version.map(|one| Block::paragraph(format!("The theory is {}.", one.in_words()))));
    if press.synthesis.components_in_order().is_empty() {
        blocks.push(Block::none_of("Components"));
        return blocks;
    }
    let view = View { zoom: Some(Zoom::Component), ..View::default() };
    let mut drawn = figure::theory(press.synthesis, &view);
    drawn.table = in_short(&drawn);
    "The parts of the help, and what the sources say of them".clone_into(&mut drawn.title);
    let words =
        "Beside each part of the help stands how many statements say what it does, and what the sources say of them.";
    blocks.push(Block::paragraph(words));
    blocks.push(if drawn.items.len() > DRAWN {
        Block::table(drawn.title, drawn.table)
    } else {
        Block::Figure(Box::new(drawn))
    });
    blocks
}

/// A row a component.
fn in_short(drawn: &Figure) -> Table {
    let mut table = Table::with(&[
        ("component", "Component"),
        ("settled", "Settled or open"),
        ("statements", "Statements, by what the sources say"),
    ]);
    for item in &drawn.items {
        let inside: Vec<&str> = item.inside.iter().map(|one| one.words.as_str()).collect();
        table.push(vec![item.heading.as_str().into(), item.remark.as_str().into(), inside.join("; ").into()]);
    }
    table
}
