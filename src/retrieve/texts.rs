//! How the texts are laid out in units.

use super::{Scope, Stretch};

/// A numbered unit of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// All of it, in bytes of its text.
    pub start: u32,
    pub end: u32,
    /// Its speech or prose.
    pub speech: (u32, u32),
    /// Seconds.
    pub time: Option<f64>,
    /// Ordinal of its source.
    pub source: u32,
    /// Who speaks, by place among the speakers of its document.
    pub speaker: Option<u32>,
}

/// All texts with their units, both numbered from 0.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    /// Ordinal of each text's first unit, and the number of units behind the last.
    first: Vec<u32>,
    /// Ordinal of each text's document.
    documents: Vec<u32>,
    units: Vec<Unit>,
    /// The time of each unit, that of the last one before it that bears one where it bears none itself.
    times: Vec<Option<f64>>,
    /// Whether a text's times never fall.
    steady: Vec<bool>,
    /// Ordinal of each unit's text.
    text_of: Vec<u32>,
}

impl Texts {
    /// Adds a text; its units in order, none overlapping. Gives the text's ordinal.
    pub fn push(&mut self, document: u32, units: impl IntoIterator<Item = Unit>) -> u32 {
        if self.first.is_empty() {
            self.first.push(0);
        }
        let text = u32::try_from(self.documents.len()).unwrap_or(u32::MAX);
        let mut time: Option<f64> = None;
        let mut steady = true;
        for unit in units {
            steady &= !matches!((time, unit.time), (Some(before), Some(now)) if now < before);
            time = unit.time.or(time);
            self.times.push(time);
            self.units.push(unit);
            self.text_of.push(text);
        }
        self.documents.push(document);
        self.steady.push(steady);
        self.first.push(self.count());
        text
    }

    /// How many units there are.
    pub fn count(&self) -> u32 {
        u32::try_from(self.units.len()).unwrap_or(u32::MAX)
    }

    pub fn unit(&self, unit: u32) -> &Unit {
        &self.units[unit as usize]
    }

    /// Ordinal of a unit's text.
    pub fn text_of(&self, unit: u32) -> u32 {
        self.text_of[unit as usize]
    }

    /// Ordinal of a text's document.
    pub fn document_of(&self, text: u32) -> u32 {
        self.documents[text as usize]
    }

    /// Ordinals of a text's units.
    pub fn units_of(&self, text: u32) -> std::ops::Range<u32> {
        self.first[text as usize]..self.first[text as usize + 1]
    }

    /// Ordinals of the units that a stretch touches.
    pub fn touched(&self, stretch: &Stretch) -> std::ops::Range<u32> {
        let all = self.units_of(stretch.text);
        let units = &self.units[all.start as usize..all.end as usize];
        let first = units.partition_point(|unit| unit.end <= stretch.start);
        let after = units.partition_point(|unit| unit.start < stretch.end);
        let ordinal = |at: usize| all.start + u32::try_from(at).unwrap_or(u32::MAX);
        ordinal(first)..ordinal(after.max(first))
    }

    /// Ordinals of the units that any of these touches, in order. The stretches are in order.
    pub fn touched_by_any(&self, stretches: &[Stretch]) -> Vec<u32> {
        let mut touched = Vec::new();
        // The first unit that no stretch before has touched or passed by.
        let mut next = 0;
        for one in stretches {
            let all = self.units_of(one.text);
            next = next.max(all.start);
            while next < all.end && self.units[next as usize].end <= one.start {
                next += 1;
            }
            while next < all.end && self.units[next as usize].start < one.end {
                touched.push(next);
                next += 1;
            }
        }
        touched
    }

    /// Whether a stretch touches any unit.
    pub fn is_touched(&self, stretch: &Stretch) -> bool {
        let all = self.units_of(stretch.text);
        let units = &self.units[all.start as usize..all.end as usize];
        let first = units.partition_point(|unit| unit.end <= stretch.start);
        units.get(first).is_some_and(|unit| unit.start < stretch.end)
    }

    /// The one unit that encloses a stretch.
    pub fn enclosing(&self, stretch: &Stretch) -> Option<u32> {
        let touched = self.touched(stretch);
        let unit = self.unit(touched.clone().next()?);
        let is_inside = touched.len() == 1 && unit.start <= stretch.start && stretch.end <= unit.end;
        is_inside.then_some(touched.start)
    }

    /// Seconds at which the unit bears a time in which a stretch begins, or the last one before it that does.
    pub fn time(&self, stretch: &Stretch) -> Option<f64> {
        self.times[self.touched(stretch).next()? as usize]
    }

    /// Times of a text never fall.
    pub fn is_steady(&self, text: u32) -> bool {
        self.steady[text as usize]
    }

    /// A unit as a stretch: its speech.
    pub fn stretch_of(&self, unit: u32) -> Stretch {
        let (start, end) = self.unit(unit).speech;
        Stretch { text: self.text_of(unit), start, end, coding: super::UNCODED }
    }

    /// The group of a scope that a unit belongs to.
    pub fn group(&self, scope: Scope, unit: u32) -> u32 {
        match scope {
            Scope::Unit => unit,
            Scope::Document => self.documents[self.text_of(unit) as usize],
            Scope::Source => self.unit(unit).source,
        }
    }

    /// One more than the largest group.
    pub fn groups(&self, scope: Scope) -> usize {
        let most = match scope {
            Scope::Unit => return self.units.len(),
            Scope::Document => self.documents.iter().max().copied(),
            Scope::Source => self.units.iter().map(|unit| unit.source).max(),
        };
        most.map_or(0, |most| most as usize + 1)
    }
}
