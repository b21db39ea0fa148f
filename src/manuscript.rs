//! A text version before it is frozen, handed over a shard at a time: all of an interview at once, a
//! long table in stretches, so that nobody need hold the whole of it.

use crate::diagnostic::{Fault, Result, fault};
use crate::document::{Draft, Header, SHARD_ROWS, Unit, UnitKind};
use crate::text::Span;
use std::ops::ControlFlow;

/// Sees one shard: its text, and its units with spans counted from the start of that text. `Break` asks
/// for no more.
pub type See<'s> = dyn FnMut(&str, &[Unit]) -> Result<ControlFlow<()>> + 's;

pub trait Manuscript {
    /// As [`Draft::format`].
    fn format(&self) -> &'static str;

    fn header(&self) -> &Header;

    /// Hands over all shards in order, the same ones each time.
    fn each_shard(&self, see: &mut See) -> Result<()>;

    /// It is a table: only tables are cut into shards.
    fn is_table(&self) -> bool;

    /// Every unit names a study.
    fn names_every_study(&self) -> bool;

    /// Number of shards.
    fn shards(&self) -> usize {
        if self.is_table() { self.header().units.div_ceil(SHARD_ROWS).max(1) } else { 1 }
    }
}

impl Manuscript for Draft {
    fn format(&self) -> &'static str {
        self.format
    }

    fn header(&self) -> &Header {
        &self.header
    }

    fn each_shard(&self, see: &mut See) -> Result<()> {
        if self.shards() == 1 {
            return see(&self.text, &self.units).map(drop);
        }
        for units in self.units.chunks(SHARD_ROWS) {
            let (Some(first), Some(last)) = (units.first(), units.last()) else { continue };
            let start = first.span.start();
            let text = self.text.get(start..last.span.end()).ok_or_else(|| unfit("a shard cuts a character"))?;
            let units = units.iter().map(|unit| moved(unit, start)).collect::<Result<Vec<Unit>>>()?;
            if see(text, &units)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn is_table(&self) -> bool {
        self.units.first().is_some_and(|unit| unit.kind == UnitKind::Row)
    }

    fn names_every_study(&self) -> bool {
        self.units.iter().all(|unit| unit.study.is_some())
    }
}

/// An importer made units that do not fit its text.
pub fn unfit(what: &str) -> Fault {
    fault("importer-fault", format!("the reader of this format made units that do not fit its text: {what}"))
}

fn moved(unit: &Unit, by: usize) -> Result<Unit> {
    let back = |span: Span| {
        let start = span.start().checked_sub(by);
        start.and_then(|start| Span::new(start, span.end() - by)).ok_or_else(|| unfit("a unit before its shard"))
    };
    let mut unit = unit.clone();
    unit.span = back(unit.span)?;
    for segment in &mut unit.speech {
        segment.span = back(segment.span)?;
    }
    Ok(unit)
}
