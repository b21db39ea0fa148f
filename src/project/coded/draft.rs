//! From codings, one after another, to a sheet for each document.

use super::sheet::{Coded, Sheet, Standing, Stretch};
use crate::coding::Coding;
use crate::history::{Entity, Stored};
use crate::id::Id;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What sheets name by its place.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tables {
    pub codes: Vec<Id>,
    pub coders: Vec<String>,
    pub versions: Vec<String>,
}

/// Sheets by document, and where each of their codings was set.
pub type Sheets = BTreeMap<Id, (Sheet, BTreeMap<Id, Standing>)>;

/// Sheets on their way.
#[derive(Debug, Default)]
pub struct Draft {
    codes: Places<Id>,
    coders: Places<String>,
    versions: Places<String>,
    sheets: Sheets,
}

/// The day of a moment as operations bear it.
pub fn day(time: &str) -> Option<Date> {
    time.get(..10)?.parse().ok()
}

impl Draft {
    /// Sheets that name by these tables and add to them.
    pub fn beside(tables: Tables) -> Self {
        let Tables { codes, coders, versions } = tables;
        Draft {
            codes: Places::from(codes),
            coders: Places::from(coders),
            versions: Places::from(versions),
            sheets: Sheets::new(),
        }
    }

    /// Takes a coding up where it is here and can be read; they come in id order. `day_of` tells the day of an operation.
    pub fn put(&mut self, id: Id, entity: &Entity, day_of: impl FnOnce(Id) -> Option<Date>) {
        let Some(coding) = entity.is_here().then(|| Coding::read(id, entity).ok()).flatten() else { return };
        let made = entity.active_writes().next().and_then(|first| day_of(first.op.id));
        let (sheet, standings) = self.sheets.entry(coding.anchor.document).or_default();
        let of = super::sheet::ordinal(sheet.codings.len());
        sheet.stretches.extend(Stretch::all(&coding.anchor, of));
        sheet.codings.push(Coded {
            id,
            code: self.codes.of(coding.code),
            coder: self.coders.of(coding.coder),
            version: self.versions.of(coding.anchor.version.clone()),
            day: Coded::day_number(made),
            is_unread: coding.unread,
            is_settled: coding.pass.is_some(),
        });
        standings.insert(id, Standing::of(coding.anchor));
    }

    pub fn finish(mut self) -> (Sheets, Tables) {
        self.sheets.values_mut().for_each(|(sheet, _)| sheet.stretches.sort_unstable());
        let tables = Tables { codes: self.codes.all, coders: self.coders.all, versions: self.versions.all };
        (self.sheets, tables)
    }
}

/// A list in which each thing has its place.
#[derive(Debug)]
struct Places<T> {
    all: Vec<T>,
    places: BTreeMap<T, u32>,
}

impl<T> Default for Places<T> {
    fn default() -> Self {
        Places { all: Vec::new(), places: BTreeMap::new() }
    }
}

impl<T: Ord + Clone> From<Vec<T>> for Places<T> {
    fn from(all: Vec<T>) -> Self {
        let places = all.iter().cloned().zip(0..).collect();
        Places { all, places }
    }
}

impl<T: Ord + Clone> Places<T> {
    fn of(&mut self, one: T) -> u32 {
        if let Some(place) = self.places.get(&one) {
            return *place;
        }
        let place = super::sheet::ordinal(self.all.len());
        self.all.push(one.clone());
        self.places.insert(one, place);
        place
    }
}
