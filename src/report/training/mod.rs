//! What a training case hands out: to participants, to the facilitator, and a sheet for answers. Each is made of a struct
//! of its own; [`handout::Handout`] has no place for commentary, so that the participants' papers cannot hold any.

pub mod facilitator;
pub mod handout;
mod rows;
#[cfg(test)]
mod tests;

use super::block::{Block, Run};
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
