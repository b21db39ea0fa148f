//! What a training case hands out: to participants, to the facilitator, and a sheet for answers. Each is made of a struct
//! of its own; [`handout::Handout`] has no place for commentary, so that the participants' papers cannot hold any.

pub mod facilitator;
pub mod handout;
mod rows;
#[cfg(test)]
mod tests;

use super::block::{Block, Run};
use crate::table::{Cell, Table};
use crate::training::Origin;

/// What everybody must know of the story.
fn origin(origin: Origin) -> Block {
    Block::notice(origin.said())
}

/// A running text, paragraph by paragraph.
fn paragraphs(text: &str) -> Vec<Block> {
    if text.trim().is_empty() {
        return vec![Block::Paragraph(vec![Run::or_to_write(None)])];
    }
    let parts = text.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    parts.map(Block::paragraph).collect()
}

/// `15 minutes`.
fn minutes(minutes: Option<u32>) -> Option<String> {
    minutes.map(|minutes| super::block::count_of(minutes as usize, "minute"))
}

/// What is said of the session in short; what nobody said is left out.
fn pairs(said: [(&str, Option<String>); 3]) -> Block {
    let said = said.into_iter().filter_map(|(term, text)| Some((term.to_owned(), vec![Run::plain(text?)])));
    Block::Pairs(said.collect())
}

/// Questions to be answered in writing: over each a line with its number, below it room as wide as the page.
fn to_fill_in(asked: &[String]) -> Vec<Block> {
    let room = if asked.len() > MANY { LITTLE } else { ROOM };
    let one = |(at, question): (usize, &String)| {
        let mut table = Table::with(&[("answer", question.as_str())]);
        table.push(vec![Cell::text(room)]);
        Block::table(format!("Question {} of {}", at + 1, asked.len()), table)
    };
    asked.iter().enumerate().map(one).collect()
}

/// Lines to write on; fewer where many questions stand on a page.
const MANY: usize = 4;
const ROOM: &str = "\u{a0}\n\u{a0}\n\u{a0}\n\u{a0}\n\u{a0}\n\u{a0}";
const LITTLE: &str = "\u{a0}\n\u{a0}\n\u{a0}\n\u{a0}";

/// What each asks themselves at the end, with room to write.
fn reflection(asked: &[String]) -> Vec<Block> {
    if asked.is_empty() {
        return vec![Block::to_write("what people ask themselves at the end")];
    }
    std::iter::once(Block::paragraph("For yourself: nobody collects it.")).chain(to_fill_in(asked)).collect()
}
