//! The codings of one document.

use crate::id::Id;
use crate::passage::Anchor;
use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Codings of a document and the stretches they stand on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// In id order.
    pub codings: Vec<Coded>,
    /// Ascending.
    pub stretches: Vec<Stretch>,
}

/// A coding without its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coded {
    pub id: Id,
    /// These three are places in the lists of [`super::Codings`].
    pub code: u32,
    pub coder: u32,
    /// Text version that its anchor names.
    pub version: u32,
    /// When it was made, as `20260314`; 0 where nothing says so.
    pub(super) day: u32,
    /// A search made it, and nobody has read it yet.
    pub is_unread: bool,
    /// It was settled in a blind pass.
    pub is_settled: bool,
}

/// A half-open stretch of bytes that a coding stands on, in the version that its anchor names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stretch {
    /// Row of a table, from 1, in which bytes count from the row's start; 1 in all other texts.
    pub row: u32,
    pub start: u32,
    pub end: u32,
    /// Place of its coding in the sheet.
    pub of: u32,
}

/// The rest of an anchor: what it takes to find its words in another text version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    row: Option<usize>,
    spans: Vec<Span>,
    hashes: Vec<String>,
}

pub(super) fn ordinal(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Coded {
    pub(super) fn day_number(day: Option<Date>) -> u32 {
        let number = |day: Date| {
            let year = u32::try_from(day.year()).ok()?;
            Some(year * 10_000 + u32::try_from(day.month()).ok()? * 100 + u32::try_from(day.day()).ok()?)
        };
        day.and_then(number).unwrap_or(0)
    }

    /// The day on which it was made.
    pub fn day(&self) -> Option<Date> {
        let part = |number: u32| i8::try_from(number % 100).ok();
        Date::new(i16::try_from(self.day / 10_000).ok()?, part(self.day / 100)?, part(self.day)?).ok()
    }
}

impl Stretch {
    /// The stretches of an anchor, of the coding at this place.
    pub fn all(anchor: &Anchor, of: u32) -> impl Iterator<Item = Stretch> {
        let row = ordinal(anchor.row.unwrap_or(1).max(1));
        anchor.spans.iter().map(move |span| Stretch { row, start: ordinal(span.start()), end: ordinal(span.end()), of })
    }
}

impl Standing {
    pub fn of(anchor: Anchor) -> Self {
        Standing { row: anchor.row, spans: anchor.spans, hashes: anchor.hashes }
    }

    pub fn into_anchor(self, document: Id, version: String) -> Anchor {
        Anchor { document, version, row: self.row, spans: self.spans, hashes: self.hashes }
    }
}

impl Sheet {
    /// This sheet without the codings that are hidden, and with those of a newer one.
    #[must_use]
    pub fn under(self, hidden: &HashSet<Id>, newer: Option<&Sheet>) -> Sheet {
        let nothing = Sheet::default();
        let newer = newer.unwrap_or(&nothing);
        let stays = |coding: &Coded| hidden.is_empty() || !hidden.contains(&coding.id);
        if newer.codings.is_empty() && self.codings.iter().all(stays) {
            return self;
        }
        let of_each = [&self, newer].into_iter().zip([false, true]);
        let mut order: Vec<(Id, bool, usize)> = of_each
            .flat_map(|(sheet, is_newer)| {
                let kept = sheet.codings.iter().enumerate().filter(move |(_, one)| is_newer || stays(one));
                kept.map(move |(at, one)| (one.id, is_newer, at))
            })
            .collect();
        order.sort_unstable();
        // Where each coding stands now; those hidden stand nowhere.
        let mut places = [vec![None; self.codings.len()], vec![None; newer.codings.len()]];
        for (place, (_, is_newer, at)) in order.iter().enumerate() {
            places[usize::from(*is_newer)][*at] = Some(ordinal(place));
        }
        let codings =
            order.iter().map(|(_, is_newer, at)| if *is_newer { newer.codings[*at] } else { self.codings[*at] });
        let moved = |sheet: &Sheet, places: &[Option<u32>]| -> Vec<Stretch> {
            let stretches = sheet.stretches.iter();
            stretches.filter_map(|one| Some(Stretch { of: places[one.of as usize]?, ..*one })).collect()
        };
        let mut stretches = moved(&self, &places[0]);
        stretches.extend(moved(newer, &places[1]));
        stretches.sort_unstable();
        Sheet { codings: codings.collect(), stretches }
    }
}
