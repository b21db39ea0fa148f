//! Agreement on spans as defined in 1995 and 2004, for comparison with older papers. Its numbers are not
//! those of 2016 ([`super::spans`]): always name the version.
//!
//! Krippendorff, Sociological Methodology 1995;25:47-76; Content Analysis, 2nd ed., 2004, pages 251-256. Each
//! value is a question of its own, so units of different values may overlap.

use super::spans::{Continuum, Segment};
use super::{Defined, undefined};

/// Observed and expected disagreement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disagreement {
    pub observed: f64,
    pub expected: f64,
}

/// The alpha of 1995: all values together, and value by value.
#[derive(Debug, Clone, PartialEq)]
pub struct Unitizing1995 {
    pub alpha: Defined,
    pub values: Vec<Defined>,
}

/// `1 - ΣD_o / ΣD_e` over the values.
///
/// Worked (2004, page 254), continuum [150, 450): one coder c[225,295) c[370,400) k[180,240) k[300,350), the
/// other c[220,300) c[355,375) c[400,420), k the same: c .7286, k 1, all .8587 (.8591 in print, where the
/// disagreements were rounded to four places first).
pub fn unitizing_1995(continuum: &Continuum) -> Unitizing1995 {
    let each: Vec<Defined<Disagreement>> =
        (0..continuum.values).map(|value| disagreement(&continuum.only(value))).collect();
    let all = each.iter().cloned().collect::<Defined<Vec<_>>>().map(|each| Disagreement {
        observed: each.iter().map(|one| one.observed).sum(),
        expected: each.iter().map(|one| one.expected).sum(),
    });
    let alpha = |one: Disagreement| {
        if one.expected > 0.0 { Ok(1.0 - one.observed / one.expected) } else { undefined("nobody marked anything") }
    };
    Unitizing1995 { alpha: all.and_then(alpha), values: each.into_iter().map(|one| one.and_then(alpha)).collect() }
}

fn disagreement(continuum: &Continuum) -> Defined<Disagreement> {
    if continuum.coders < 2 {
        return undefined("it takes two coders");
    }
    if continuum.overlap().is_some() {
        return undefined("units of one coder with one value overlap");
    }
    let all: Vec<Vec<Segment>> = (0..continuum.coders).map(|coder| continuum.segments(coder)).collect();
    Ok(Disagreement { observed: observed(&all, continuum.length), expected: expected(&all, continuum.length) })
}

/// Squared differences of both ends where units meet, squared lengths of units that lie in a gap.
fn observed(all: &[Vec<Segment>], length: f64) -> f64 {
    let mut sum = 0.0;
    for (one, mine) in all.iter().enumerate() {
        for theirs in all.iter().skip(one + 1) {
            let meeting = mine.iter().flat_map(|a| theirs.iter().map(move |b| (a, b)));
            sum += 2.0 * meeting.map(|(a, b)| difference(*a, *b)).sum::<f64>();
        }
    }
    let coders = all.len() as f64;
    sum / (coders * (coders - 1.0) * length * length)
}

fn difference(a: Segment, b: Segment) -> f64 {
    let lies_in = |unit: Segment, gap: Segment| gap.start <= unit.start && unit.end <= gap.end;
    match (a.value > 0, b.value > 0) {
        (true, true) if a.end.min(b.end) > a.start.max(b.start) => {
            (a.start - b.start).powi(2) + (a.end - b.end).powi(2)
        }
        (true, false) if lies_in(a, b) => a.length().powi(2),
        (false, true) if lies_in(b, a) => b.length().powi(2),
        _ => 0.0,
    }
}

/// What laying the units out by chance would give: each unit against every other unit, and against every gap
/// that could hold it.
fn expected(all: &[Vec<Segment>], length: f64) -> f64 {
    let units: Vec<f64> = all.iter().flatten().filter(|one| one.value > 0).map(Segment::length).collect();
    let gaps: Vec<f64> = all.iter().flatten().filter(|one| one.value == 0).map(Segment::length).collect();
    let others = units.len() as f64 - 1.0;
    let total = all.len() as f64 * length;
    let (mut sum, mut free) = (0.0, total * (total - 1.0));
    for l in &units {
        let room: f64 = gaps.iter().filter(|gap| *gap >= l).map(|gap| gap - l + 1.0).sum();
        sum += others / 3.0 * (2.0 * l.powi(3) - 3.0 * l * l + l) + l * l * room;
        free -= l * (l - 1.0);
    }
    2.0 / length * sum / free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;
    use crate::stats::spans::tests::continuum;

    #[test]
    fn krippendorff_2004_page_254() {
        let (c, k) = (0, 1);
        let one = &[(225.0, 295.0, c), (370.0, 400.0, c), (180.0, 240.0, k), (300.0, 350.0, k)];
        let other = &[(220.0, 300.0, c), (355.0, 375.0, c), (400.0, 420.0, c), (180.0, 240.0, k), (300.0, 350.0, k)];
        let both = continuum(150.0, 300.0, 2, &[one, other]);
        let of = |value: usize| disagreement(&both.only(value)).unwrap();
        // The book prints .0144, .0532, .0490 and, from these rounded figures, .8591.
        close(of(c).observed, 0.0144, 5e-5);
        close(of(c).expected, 0.0532, 5e-5);
        close(of(k).expected, 0.0490, 5e-5);
        let alphas = unitizing_1995(&both);
        close(*alphas.values[c].as_ref().unwrap(), 0.7286, 5e-5);
        close(*alphas.values[k].as_ref().unwrap(), 1.0, 1e-12);
        close(*alphas.alpha.as_ref().unwrap(), 0.8591, 5e-4);
    }

    #[test]
    fn what_does_not_exist_says_why() {
        let twice = continuum(0.0, 9.0, 1, &[&[(0.0, 3.0, 0), (2.0, 5.0, 0)], &[]]);
        assert!(unitizing_1995(&twice).alpha.unwrap_err().0.contains("overlap"));
        let nothing = continuum(0.0, 9.0, 1, &[&[], &[]]);
        assert!(unitizing_1995(&nothing).alpha.unwrap_err().0.contains("nobody"));
    }
}
