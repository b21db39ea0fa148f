//! Agreement on spans: Krippendorff's unitizing alphas as defined in 2016.
//!
//! Krippendorff, Mathet, Bouvry and Widlöcher, Quality and Quantity 2016;50:2347-2364; Krippendorff, Content
//! Analysis, 4th ed., 12.6. Each coder cuts the continuum `[0, L)` into units with a value and the gaps
//! between them. With `l_ck` the length on which values `c` and `k` meet, over ordered pairs of `m` coders and
//! divided by `m - 1` (gaps are value 0), `l = mL`, `q_c` the sum of the squared lengths of units with value
//! `c` and `q_0` the length of the gaps, not squared:
//!
//! - chance expects `e_ck = l (l_c l_k - [c=k] q_c) / (l² - Σq)`;
//! - **u-alpha** `1 - (l - Σ l_cc) / (l - Σ e_cc)`: boundaries and values at once;
//! - **|u-alpha** `1 - (l_0 - l_00) / (e_0 - e_00)`: marked against not marked;
//! - **cu-alpha**: values alone, where units of two coders meet;
//! - **(k)u-alpha**: one value against the others, where units meet.
//!
//! The definition of 1995 and 2004 is another one: [`super::spans1995`].

use super::{Defined, undefined};

/// A unit a coder marked: half-open, `start < end`, with the place of its value in a list of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    pub coder: usize,
    pub start: f64,
    pub end: f64,
    pub value: usize,
}

/// What coders marked on a stretch of text or time.
#[derive(Debug, Clone, PartialEq)]
pub struct Continuum {
    pub start: f64,
    pub length: f64,
    pub coders: usize,
    /// How many values there are.
    pub values: usize,
    pub units: Vec<Unit>,
}

/// A coefficient and the share of what it could speak of that it does speak of.
#[derive(Debug, Clone, PartialEq)]
pub struct Covering {
    pub alpha: Defined,
    /// Share of the whole continuum (cu-alpha) or of the value's own length ((k)u-alpha).
    pub coverage: Defined,
}

/// The family of 2016.
#[derive(Debug, Clone, PartialEq)]
pub struct Unitizing {
    pub u: Defined,
    /// `|u`
    pub bar_u: Defined,
    pub cu: Covering,
    /// `(k)u`, value by value.
    pub ku: Vec<Covering>,
}

/// A stretch of one coder: a unit of value `v` as `v + 1`, or a gap as 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    pub start: f64,
    pub end: f64,
    pub value: usize,
}

impl Segment {
    pub fn length(&self) -> f64 {
        self.end - self.start
    }
}

impl Continuum {
    /// The first two units of one coder that overlap, where any do.
    pub fn overlap(&self) -> Option<(Unit, Unit)> {
        let mut units = self.units.clone();
        units.sort_by(|a, b| a.coder.cmp(&b.coder).then(a.start.total_cmp(&b.start)));
        let clash = units.windows(2).find(|pair| pair[0].coder == pair[1].coder && pair[1].start < pair[0].end)?;
        Some((clash[0], clash[1]))
    }

    /// The units of one value alone: with several values on the same words, each is a question of its own.
    #[must_use]
    pub fn only(&self, value: usize) -> Continuum {
        let units = self.units.iter().filter(|unit| unit.value == value).map(|unit| Unit { value: 0, ..*unit });
        Continuum { values: 1, units: units.collect(), ..*self }
    }

    /// Units and gaps of a coder, from start to end.
    pub(super) fn segments(&self, coder: usize) -> Vec<Segment> {
        let mut units: Vec<Unit> = self.units.iter().filter(|unit| unit.coder == coder).copied().collect();
        units.sort_by(|a, b| a.start.total_cmp(&b.start));
        let mut at = self.start;
        let mut segments = Vec::with_capacity(2 * units.len() + 1);
        for unit in units {
            if unit.start > at {
                segments.push(Segment { start: at, end: unit.start, value: 0 });
            }
            segments.push(Segment { start: unit.start, end: unit.end, value: unit.value + 1 });
            at = unit.end;
        }
        if at < self.start + self.length {
            segments.push(Segment { start: at, end: self.start + self.length, value: 0 });
        }
        segments
    }
}

/// Computes all four.
///
/// Worked: length 100, one coder C[0,10) M[20,30) O[40,60), the other C[2,12) M[20,28) C[45,60) M[70,80):
/// u .415704, |u .580541, cu .367865 at a coverage of .31.
pub fn unitizing(continuum: &Continuum) -> Unitizing {
    Unitizing::of(Meetings::of(continuum).and_then(|meetings| meetings.alphas()), continuum.values)
}

impl Unitizing {
    /// Where the whole family does not exist, each of it for that reason.
    pub(super) fn of(family: Defined<Self>, values: usize) -> Self {
        family.unwrap_or_else(|why| {
            let covering = Covering { alpha: Err(why.clone()), coverage: Err(why.clone()) };
            Unitizing { u: Err(why.clone()), bar_u: Err(why), cu: covering.clone(), ku: vec![covering; values] }
        })
    }
}

/// Sums over all ordered pairs of coders. Those of several texts are added up: no unit runs from one into the next.
#[derive(Debug, Clone)]
pub(super) struct Meetings {
    /// `l_ck`, gaps first.
    meets: Vec<Vec<f64>>,
    /// `q_c`, gaps first.
    squares: Vec<f64>,
    /// `z_c / (m - 1)`, with `z_c` the squares of the length on which a unit meets any unit of another coder; gaps
    /// first (0).
    met_squares: Vec<f64>,
}

impl Meetings {
    pub fn nothing(values: usize) -> Self {
        let size = values + 1;
        Meetings { meets: vec![vec![0.0; size]; size], squares: vec![0.0; size], met_squares: vec![0.0; size] }
    }

    /// Adds another text's sums, so many times.
    pub fn add(&mut self, other: &Meetings, times: u32) {
        let times = f64::from(times);
        let add = |mine: &mut Vec<f64>, theirs: &Vec<f64>| {
            mine.iter_mut().zip(theirs).for_each(|(mine, theirs)| *mine += times * theirs);
        };
        self.meets.iter_mut().zip(&other.meets).for_each(|(mine, theirs)| add(mine, theirs));
        add(&mut self.squares, &other.squares);
        add(&mut self.met_squares, &other.met_squares);
    }

    pub fn of(continuum: &Continuum) -> Defined<Self> {
        if continuum.coders < 2 {
            return undefined("it takes two coders");
        }
        if continuum.overlap().is_some() {
            return undefined("units of one coder overlap");
        }
        let others = continuum.coders as f64 - 1.0;
        let mut meetings = Meetings::nothing(continuum.values);
        let all: Vec<Vec<Segment>> = (0..continuum.coders).map(|coder| continuum.segments(coder)).collect();
        for segment in all.iter().flatten() {
            let length = segment.length();
            meetings.squares[segment.value] += if segment.value == 0 { length } else { length * length };
        }
        for (one, mine) in all.iter().enumerate() {
            for (other, theirs) in all.iter().enumerate() {
                if one != other {
                    meetings.meet(mine, theirs, others);
                }
            }
        }
        Ok(meetings)
    }

    /// Walks two coders' segments side by side. The length a unit shares with the other's units is summed
    /// before it is squared.
    fn meet(&mut self, mine: &[Segment], theirs: &[Segment], others: f64) {
        let mut first = 0;
        for segment in mine {
            let mut met = 0.0;
            while first < theirs.len() && theirs[first].end <= segment.start {
                first += 1;
            }
            for other in theirs[first..].iter().take_while(|other| other.start < segment.end) {
                let shared = segment.end.min(other.end) - segment.start.max(other.start);
                self.meets[segment.value][other.value] += shared / others;
                if other.value != 0 {
                    met += shared;
                }
            }
            if segment.value != 0 {
                self.met_squares[segment.value] += met * met / others;
            }
        }
    }

    pub fn alphas(&self) -> Defined<Unitizing> {
        let size = self.meets.len();
        let lengths: Vec<f64> = self.meets.iter().map(|row| row.iter().sum()).collect();
        if lengths[1..].iter().all(|length| *length <= 0.0) {
            return undefined("nobody marked anything");
        }
        let whole: f64 = lengths.iter().sum();
        let spread = whole * whole - self.squares.iter().sum::<f64>();
        let expected = |c: usize, k: usize| {
            whole * (lengths[c] * lengths[k] - if c == k { self.squares[c] } else { 0.0 }) / spread
        };
        let same: f64 = (0..size).map(|c| self.meets[c][c]).sum();
        let by_chance: f64 = (0..size).map(|c| expected(c, c)).sum();
        let gaps_by_chance: f64 = (1..size).map(|k| expected(0, k)).sum();
        let (cu, ku) = self.where_units_meet(&lengths, whole);
        Ok(Unitizing {
            u: one_less(whole - same, whole - by_chance, "all is one unit or one gap"),
            bar_u: one_less(lengths[0] - self.meets[0][0], gaps_by_chance, "nothing, or everything, is marked"),
            cu,
            ku,
        })
    }

    fn where_units_meet(&self, lengths: &[f64], whole: f64) -> (Covering, Vec<Covering>) {
        let size = self.meets.len();
        let met: Vec<f64> = (0..size).map(|c| if c == 0 { 0.0 } else { lengths[c] - self.meets[c][0] }).collect();
        let all: f64 = met.iter().sum();
        if all <= 0.0 {
            let nowhere = || undefined("units of two coders meet nowhere");
            let coverage = |length: f64| if length > 0.0 { Ok(0.0) } else { nowhere() };
            let ku = (1..size).map(|k| Covering { alpha: nowhere(), coverage: coverage(lengths[k]) });
            return (Covering { alpha: nowhere(), coverage: coverage(whole) }, ku.collect());
        }
        let spread = all - self.met_squares.iter().sum::<f64>() / all;
        let expected = |c: usize, k: usize| (met[c] * met[k] - if c == k { self.met_squares[c] } else { 0.0 }) / spread;
        let same: f64 = (1..size).map(|c| self.meets[c][c]).sum();
        let by_chance: f64 = (1..size).map(|c| expected(c, c)).sum();
        let cu = one_less(all - same, all - by_chance, "where units meet there is only one value");
        let ku = (1..size).map(|k| {
            let elsewhere: f64 = (1..size).filter(|c| *c != k).map(|c| expected(k, c)).sum();
            let in_all = elsewhere + expected(k, k);
            let alpha = if met[k] > 0.0 {
                one_less(
                    (in_all / met[k]) * (met[k] - self.meets[k][k]),
                    elsewhere,
                    "where units meet there is only this value",
                )
            } else {
                undefined("no unit of this value meets a unit of another coder")
            };
            let coverage = if lengths[k] > 0.0 { Ok(met[k] / lengths[k]) } else { undefined("nobody used this value") };
            Covering { alpha, coverage }
        });
        (Covering { alpha: cu, coverage: Ok(all / whole) }, ku.collect())
    }
}

fn one_less(observed: f64, expected: f64, otherwise: &str) -> Defined {
    // A difference of sums of lengths: what is left of rounding is no disagreement.
    if expected.is_finite() && expected > 1e-9 { Ok(1.0 - observed / expected) } else { undefined(otherwise) }
}

#[cfg(test)]
pub(super) mod tests;
