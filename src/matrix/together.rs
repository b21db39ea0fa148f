//! How often codes meet: quotations that overlap, or places that hold both.
//!
//! The c-coefficient is `n12 / (n1 + n2 - n12)`: the share of places with either code that have both (the Jaccard
//! index; ATLAS.ti prints it beside its co-occurrence table). Worked: 3 places hold both, 5 the one, 4 the other:
//! 3 / (5 + 4 - 3) = 0.5. Counted in places it lies in 0..1. Counted in overlapping quotations it need not, since one
//! quotation may overlap many: where it would leave 0..1 it is undefined.

use super::Grid;
use super::grid::Rows;
use crate::retrieve::{Ground, Scope, Stretch};

/// A code more than so many times as frequent as the other makes c hard to read.
pub const UNEVEN: usize = 5;

/// How closely two codes go together.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// In 0..1, or why there is none.
    pub value: Result<f64, &'static str>,
    /// One code is more than [`UNEVEN`] times as frequent.
    pub is_uneven: bool,
}

/// How often the codes of rows meet, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Together {
    /// Quotations of each row.
    pub quotations: Vec<usize>,
    /// What c holds the meetings against: quotations, or places that hold the row.
    pub held: Vec<usize>,
    /// Quotations of the row that meet some of the column.
    pub meeting: Grid,
    /// Pairs of quotations, or places; symmetric.
    pub together: Grid,
}

impl Together {
    /// c of two rows; `None` of a row with itself.
    pub fn coefficient(&self, row: usize, column: usize) -> Option<Coefficient> {
        if row == column {
            return None;
        }
        let (one, other, both) = (self.held[row], self.held[column], self.together.at(row, column));
        let (least, most) = (one.min(other), one.max(other));
        let value = match (one + other).checked_sub(both) {
            Some(0) if both == 0 => Err("neither code occurs"),
            Some(either) if both <= either => Ok(both as f64 / either as f64),
            _ => Err("more pairs than quotations"),
        };
        Some(Coefficient { value, is_uneven: most > UNEVEN * least })
    }
}

/// Which rows a stretch met, as bits.
struct Met {
    words: usize,
    bits: Vec<u64>,
}

impl Met {
    fn new(stretches: usize, rows: usize) -> Self {
        let words = rows.div_ceil(64);
        Met { words, bits: vec![0; stretches * words] }
    }

    fn set(&mut self, stretch: usize, row: usize) {
        self.bits[stretch * self.words + row / 64] |= 1 << (row % 64);
    }

    fn rows(&self, stretch: usize) -> impl Iterator<Item = usize> {
        let words = &self.bits[stretch * self.words..(stretch + 1) * self.words];
        words.iter().enumerate().flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
                left &= left - 1;
                Some(at * 64 + bit)
            })
        })
    }
}

/// Rows by quotations that have a letter in common. `stretches` ascending, all of codings; a coding never meets itself.
pub fn overlapping(ground: &dyn Ground, stretches: &[Stretch], rows: &Rows) -> Together {
    let of = |one: &Stretch| rows.of(ground.code_of(one.coding));
    let mut quotations = vec![0; rows.count()];
    for row in stretches.iter().flat_map(of) {
        quotations[*row] += 1;
    }
    let mut meeting = Grid::new(rows.count(), rows.count());
    let mut ordered = Grid::new(rows.count(), rows.count());
    // Pairs of which both sides belong to both rows: ordered, they would count twice.
    let mut mutual = Grid::new(rows.count(), rows.count());
    for text in stretches.chunk_by(|one, next| one.text == next.text) {
        let mut met = Met::new(text.len(), rows.count());
        for (at, one) in text.iter().enumerate() {
            let behind = text[at + 1..].iter().enumerate().take_while(|(_, other)| other.start < one.end);
            for (further, other) in behind.filter(|(_, other)| other.coding != one.coding) {
                for row in of(one) {
                    for column in of(other) {
                        ordered.add(*row, *column);
                        met.set(at, *column);
                        met.set(at + 1 + further, *row);
                    }
                }
                let common = || of(one).iter().filter(|row| of(other).contains(row));
                common().for_each(|row| common().for_each(|column| mutual.add(*row, *column)));
            }
        }
        for (at, one) in text.iter().enumerate() {
            for column in met.rows(at) {
                for row in of(one) {
                    meeting.add(*row, column);
                }
            }
        }
    }
    let mut together = Grid::new(rows.count(), rows.count());
    for row in 0..rows.count() {
        for column in 0..rows.count() {
            let both = ordered.at(row, column) + ordered.at(column, row) - mutual.at(row, column);
            together.set(row, column, both);
        }
    }
    Together { held: quotations.clone(), quotations, meeting, together }
}

/// Rows by places of a scope that hold both. Only places that are `inside` count, by ordinal of the group.
pub fn in_places(ground: &dyn Ground, stretches: &[Stretch], rows: &Rows, scope: Scope, inside: &[bool]) -> Together {
    let texts = ground.texts();
    let places = |one: &Stretch| {
        let mut places: Vec<u32> = texts.touched(one).map(|unit| texts.group(scope, unit)).collect();
        places.sort_unstable();
        places.dedup();
        places.retain(|place| inside[*place as usize]);
        places
    };
    let mut holds: Vec<(u32, u32)> = Vec::new();
    for one in stretches {
        for place in places(one) {
            let of_code = rows.of(ground.code_of(one.coding)).iter();
            holds.extend(of_code.map(|row| (place, u32::try_from(*row).unwrap_or(u32::MAX))));
        }
    }
    holds.sort_unstable();
    holds.dedup();
    let mut held = vec![0; rows.count()];
    let mut together = Grid::new(rows.count(), rows.count());
    // Where the rows of each place stand in `holds`.
    let mut first = vec![0..0; inside.len()];
    let mut at = 0;
    for place in holds.chunk_by(|one, next| one.0 == next.0) {
        first[place[0].0 as usize] = at..at + place.len();
        at += place.len();
        for (_, row) in place {
            held[*row as usize] += 1;
            for (_, column) in place {
                together.add(*row as usize, *column as usize);
            }
        }
    }
    let mut quotations = vec![0; rows.count()];
    let mut meeting = Grid::new(rows.count(), rows.count());
    for one in stretches {
        let places = places(one);
        let mut columns: Vec<u32> =
            places.iter().flat_map(|place| &holds[first[*place as usize].clone()]).map(|(_, row)| *row).collect();
        if places.len() > 1 {
            columns.sort_unstable();
            columns.dedup();
        }
        for row in rows.of(ground.code_of(one.coding)) {
            quotations[*row] += 1;
            for column in &columns {
                meeting.add(*row, *column as usize);
            }
        }
    }
    Together { quotations, held, meeting, together }
}
