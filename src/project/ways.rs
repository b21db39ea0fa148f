//! Where the words of one text version stand in another, letter for letter: found while both can be read,
//! and kept in the journal once one of them has to be destroyed.

use super::{Project, Shard};
use crate::cut::Way;
use crate::diagnostic::Result;
use crate::document::{Document, Header, Unit};
use crate::manuscript::Manuscript;
use crate::text::Span;
use crate::text::carry::Carrier;
use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;

impl Project {
    /// The way from a version of a document to a text of it; `None` where the version cannot be read here. What one
    /// speaker said never stands for what another did.
    pub(super) fn way(&self, document: &Document, version: &str, to: &dyn Manuscript) -> Result<Option<Way>> {
        let Some(former) = self.frozen(document, version)? else { return Ok(None) };
        let is_table = former.is_table() || to.is_table();
        if is_table { in_rows(&former, to) } else { in_prose(&former.shards[0], to) }.map(Some)
    }

    /// The way from a version of a document to the text in force; `None` where either cannot be read here.
    pub fn way_on(&self, document: &Document, version: &str) -> Result<Option<Way>> {
        let Some(target) = self.frozen(document, &document.version)? else { return Ok(None) };
        self.way(document, version, &target)
    }

    /// All shards of a version; `None` where any of them is not on this computer.
    pub(super) fn frozen(&self, document: &Document, version: &str) -> Result<Option<Frozen>> {
        let count = document.versions.get(version).map_or(0, |one| one.shards);
        let shards = (0..count).map(|number| self.read_shard(document, version, number));
        let shards = shards.collect::<Result<Option<Vec<Shard>>>>()?;
        Ok(shards.filter(|shards| !shards.is_empty()).map(|shards| Frozen { shards }))
    }
}

fn in_prose(former: &Shard, to: &dyn Manuscript) -> Result<Way> {
    let mut stretches = Vec::new();
    to.each_shard(&mut |text, units| {
        let speaker = |units: &[Unit], span: Span| {
            let at = units.partition_point(|unit| unit.span.end() <= span.start());
            units.get(at).filter(|unit| unit.span.start() <= span.start()).map(|unit| unit.speaker)
        };
        let fits = |old, new| speaker(&former.units, old) == speaker(units, new);
        stretches = Carrier::new(&former.text, text).same(fits);
        Ok(ControlFlow::Break(()))
    })?;
    Ok(Way::of(stretches))
}

/// Rows that say the same, of one speaker and study; of several such the first stands for the first.
fn in_rows(former: &Frozen, to: &dyn Manuscript) -> Result<Way> {
    let mut places: BTreeMap<[u8; 32], VecDeque<usize>> = BTreeMap::new();
    to.each_shard(&mut |text, units| {
        for unit in units {
            places.entry(print(text, unit)).or_default().push_back(unit.n);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let mut stretches: Vec<[usize; 3]> = Vec::new();
    for (shard, unit) in former.units() {
        let Some(row) = places.get_mut(&print(&shard.text, unit)).and_then(VecDeque::pop_front) else { continue };
        match stretches.last_mut().filter(|[from, to, length]| (from + length, to + length) == (unit.n, row)) {
            Some([.., length]) => *length += 1,
            None => stretches.push([unit.n, row, 1]),
        }
    }
    Ok(Way::of(stretches))
}

fn print(text: &str, unit: &Unit) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for index in [unit.speaker, unit.study] {
        hasher.update(&index.map_or(u64::MAX, |index| index as u64).to_le_bytes());
    }
    *hasher.update(unit.span.of(text).unwrap_or_default().as_bytes()).finalize().as_bytes()
}

/// A text version that can be read here, as what it was frozen from.
pub(super) struct Frozen {
    /// At least one.
    shards: Vec<Shard>,
}

impl Frozen {
    /// All units with the shard they stand in.
    pub fn units(&self) -> impl Iterator<Item = (&Shard, &Unit)> {
        self.shards.iter().flat_map(|shard| shard.units.iter().map(move |unit| (shard, unit)))
    }
}

impl Manuscript for Frozen {
    /// Not asked: a version has no format of its own.
    fn format(&self) -> &'static str {
        "frozen"
    }

    fn header(&self) -> &Header {
        &self.shards[0].header
    }

    fn each_shard(&self, see: &mut crate::manuscript::See) -> Result<()> {
        for shard in &self.shards {
            if see(&shard.text, &shard.units)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn is_table(&self) -> bool {
        self.shards.first().is_some_and(Shard::is_table)
    }

    fn names_every_study(&self) -> bool {
        self.shards.iter().flat_map(|shard| &shard.units).all(|unit| unit.study.is_some())
    }
}
