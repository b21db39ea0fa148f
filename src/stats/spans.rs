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
    match Meetings::of(continuum) {
        Ok(meetings) => meetings.alphas(),
        Err(why) => {
            let covering = Covering { alpha: Err(why.clone()), coverage: Err(why.clone()) };
            Unitizing {
                u: Err(why.clone()),
                bar_u: Err(why),
                cu: covering.clone(),
                ku: vec![covering; continuum.values],
            }
        }
    }
}

/// Sums over all ordered pairs of coders.
struct Meetings {
    coders: f64,
    /// `l_ck`, gaps first.
    meets: Vec<Vec<f64>>,
    /// `q_c`, gaps first.
    squares: Vec<f64>,
    /// `z_c`: squares of the length on which a unit meets any unit of another coder, gaps first (0).
    met_squares: Vec<f64>,
}

impl Meetings {
    fn of(continuum: &Continuum) -> Defined<Self> {
        if continuum.coders < 2 {
            return undefined("it takes two coders");
        }
        if continuum.units.is_empty() {
            return undefined("nobody marked anything");
        }
        if continuum.overlap().is_some() {
            return undefined("units of one coder overlap");
        }
        let size = continuum.values + 1;
        let mut meetings = Meetings {
            coders: continuum.coders as f64,
            meets: vec![vec![0.0; size]; size],
            squares: vec![0.0; size],
            met_squares: vec![0.0; size],
        };
        let all: Vec<Vec<Segment>> = (0..continuum.coders).map(|coder| continuum.segments(coder)).collect();
        for segment in all.iter().flatten() {
            let length = segment.length();
            meetings.squares[segment.value] += if segment.value == 0 { length } else { length * length };
        }
        for (one, mine) in all.iter().enumerate() {
            for (other, theirs) in all.iter().enumerate() {
                if one != other {
                    meetings.meet(mine, theirs);
                }
            }
        }
        Ok(meetings)
    }

    /// Walks two coders' segments side by side. The length a unit shares with the other's units is summed
    /// before it is squared.
    fn meet(&mut self, mine: &[Segment], theirs: &[Segment]) {
        let mut first = 0;
        for segment in mine {
            let mut met = 0.0;
            while first < theirs.len() && theirs[first].end <= segment.start {
                first += 1;
            }
            for other in theirs[first..].iter().take_while(|other| other.start < segment.end) {
                let shared = segment.end.min(other.end) - segment.start.max(other.start);
                self.meets[segment.value][other.value] += shared / (self.coders - 1.0);
                if other.value != 0 {
                    met += shared;
                }
            }
            if segment.value != 0 {
                self.met_squares[segment.value] += met * met;
            }
        }
    }

    fn alphas(&self) -> Unitizing {
        let size = self.meets.len();
        let lengths: Vec<f64> = self.meets.iter().map(|row| row.iter().sum()).collect();
        let whole: f64 = lengths.iter().sum();
        let spread = whole * whole - self.squares.iter().sum::<f64>();
        let expected = |c: usize, k: usize| {
            whole * (lengths[c] * lengths[k] - if c == k { self.squares[c] } else { 0.0 }) / spread
        };
        let same: f64 = (0..size).map(|c| self.meets[c][c]).sum();
        let by_chance: f64 = (0..size).map(|c| expected(c, c)).sum();
        let gaps_by_chance: f64 = (1..size).map(|k| expected(0, k)).sum();
        let (cu, ku) = self.where_units_meet(&lengths, whole);
        Unitizing {
            u: one_less(whole - same, whole - by_chance, "all is one unit or one gap"),
            bar_u: one_less(lengths[0] - self.meets[0][0], gaps_by_chance, "nothing, or everything, is marked"),
            cu,
            ku,
        }
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
        let others = self.coders - 1.0;
        let spread = all - self.met_squares.iter().sum::<f64>() / (all * others);
        let expected =
            |c: usize, k: usize| (met[c] * met[k] - if c == k { self.met_squares[c] / others } else { 0.0 }) / spread;
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
pub(super) mod tests {
    use super::*;
    use crate::stats::close;
    use proptest::prelude::*;

    pub(in crate::stats) fn continuum(
        start: f64,
        length: f64,
        values: usize,
        coders: &[&[(f64, f64, usize)]],
    ) -> Continuum {
        let units = coders.iter().enumerate().flat_map(|(coder, units)| {
            units.iter().map(move |(start, end, value)| Unit { coder, start: *start, end: *end, value: *value })
        });
        Continuum { start, length, coders: coders.len(), values, units: units.collect() }
    }

    fn is(value: &Defined, wanted: f64) {
        close(*value.as_ref().unwrap(), wanted, 5.001e-7);
    }

    #[test]
    fn oracle_u1() {
        let (c, m, o) = (0, 1, 2);
        let one = &[(0.0, 10.0, c), (20.0, 30.0, m), (40.0, 60.0, o)];
        let other = &[(2.0, 12.0, c), (20.0, 28.0, m), (45.0, 60.0, c), (70.0, 80.0, m)];
        let alphas = unitizing(&continuum(0.0, 100.0, 3, &[one, other]));
        is(&alphas.u, 0.415_704);
        is(&alphas.bar_u, 0.580_541);
        is(&alphas.cu.alpha, 0.367_865);
        is(&alphas.cu.coverage, 0.31);
        for (k, (alpha, coverage)) in [(0.209_996, 0.885_714), (1.0, 0.571_429), (0.0, 0.75)].into_iter().enumerate() {
            is(&alphas.ku[k].alpha, alpha);
            is(&alphas.ku[k].coverage, coverage);
        }
    }

    #[test]
    fn oracle_u2_sums_within_a_coder_before_squaring() {
        let alex = &[(2.0, 5.0, 0), (9.0, 11.0, 0), (12.0, 20.0, 1)];
        let alphas = unitizing(&continuum(
            0.0,
            20.0,
            2,
            &[alex, &[(2.0, 5.0, 0), (7.0, 15.0, 1)], &[(2.0, 5.0, 0), (10.0, 15.0, 1)]],
        ));
        is(&alphas.u, 0.473_913);
        is(&alphas.bar_u, 0.432_812);
        is(&alphas.cu.alpha, 0.778_882);
        is(&alphas.cu.coverage, 0.383_333);
        is(&alphas.ku[0].alpha, 0.769_252);
        is(&alphas.ku[1].alpha, 0.786_971);
    }

    #[test]
    fn oracles_u3_to_u5() {
        let one_code = continuum(
            0.0,
            56.0,
            1,
            &[&[(3.0, 15.0, 0), (22.0, 53.0, 0)], &[(3.0, 10.0, 0), (22.0, 53.0, 0)], &[(22.0, 46.0, 0)]],
        );
        let alphas = unitizing(&one_code);
        is(&alphas.u, 0.564_545);
        is(&alphas.bar_u, 0.564_545);
        assert!(alphas.cu.alpha.unwrap_err().0.contains("only one value"));
        let same: &[(f64, f64, usize)] = &[(0.0, 3.0, 0), (5.0, 9.0, 1)];
        let alike = unitizing(&continuum(0.0, 10.0, 2, &[same, same]));
        for alpha in [&alike.u, &alike.bar_u, &alike.cu.alpha, &alike.ku[0].alpha, &alike.ku[1].alpha] {
            is(alpha, 1.0);
        }
        let row_a = continuum(0.0, 24.0, 1, &[&[(2.0, 10.0, 0), (14.0, 20.0, 0)], &[(4.0, 8.0, 0), (15.0, 17.0, 0)]]);
        is(&unitizing(&row_a).u, 0.358_333);
    }

    #[test]
    fn what_does_not_exist_says_why() {
        let why = |continuum: &Continuum| unitizing(continuum).u.unwrap_err().0;
        assert_eq!(why(&continuum(0.0, 9.0, 1, &[&[(0.0, 1.0, 0)]])), "it takes two coders");
        assert_eq!(why(&continuum(0.0, 9.0, 1, &[&[], &[]])), "nobody marked anything");
        let twice = continuum(0.0, 9.0, 2, &[&[(0.0, 3.0, 0), (2.0, 5.0, 1)], &[(0.0, 3.0, 0)]]);
        assert_eq!(why(&twice), "units of one coder overlap");
        assert!(unitizing(&twice.only(0)).u.is_ok(), "each value by itself");
        assert!(why(&continuum(0.0, 9.0, 1, &[&[(0.0, 9.0, 0)], &[(0.0, 9.0, 0)]])).contains("one unit"));
        let apart = unitizing(&continuum(0.0, 9.0, 1, &[&[(0.0, 1.0, 0)], &[(5.0, 6.0, 0)]]));
        assert!(apart.u.unwrap() < 0.0);
        assert!(apart.cu.alpha.unwrap_err().0.contains("meet nowhere"));
    }

    proptest! {
        /// Scale and place of the continuum do not matter, nor which coder comes first.
        #[test]
        fn measured_in_other_units_it_is_the_same(cuts in proptest::collection::btree_set(1..60_u8, 4..10), shift in 0..50_u8) {
            let cuts: Vec<f64> = cuts.into_iter().map(f64::from).collect();
            let units = |first: usize, scale: f64| -> Vec<(f64, f64, usize)> {
                let place = |at: f64| f64::from(shift) * (scale - 1.0) + at * scale;
                cuts[first..].chunks_exact(2).enumerate().map(|(n, cut)| (place(cut[0]), place(cut[1]), n % 2)).collect()
            };
            let plain = unitizing(&continuum(0.0, 60.0, 2, &[&units(0, 1.0), &units(1, 1.0)]));
            let turned = unitizing(&continuum(f64::from(shift), 120.0, 2, &[&units(1, 2.0), &units(0, 2.0)]));
            // Gaps are not squared in q, so a finer scale moves u a little, and cu not at all.
            match (plain.cu.alpha, turned.cu.alpha) {
                (Ok(one), Ok(other)) => prop_assert!((one - other).abs() < 1e-9),
                (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
            }
        }
    }
}
