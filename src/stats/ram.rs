//! RAND/UCLA appropriateness: a panel's ratings of an item from 1 to 9.
//!
//! Fitch and others, The RAND/UCLA Appropriateness Method User's Manual, 2001. Two rules for disagreement
//! are in use, and which percentile convention the second takes can turn its verdict: all are computed, so
//! that a difference can be said.

use super::order::{Percentile, median};
use super::{Defined, undefined};

crate::vocabulary! {
    /// Which rule says that a panel disagrees.
    pub enum Disagreement "rule of disagreement" {
        /// Ratings in both extremes, by panel size; from eight ratings.
        Classic "classic",
        /// The interpercentile range against what symmetry allows.
        Ipras "ipras",
        /// A third or more in each extreme, for panels of any size.
        Thirds "thirds",
    }
}

crate::vocabulary! {
    /// What a panel finds of an item.
    pub enum Class "class" {
        Appropriate "appropriate",
        Uncertain "uncertain",
        Inappropriate "inappropriate",
    }
}

/// How an item is judged; fixed before a round opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub percentile: Percentile,
    pub disagreement: Disagreement,
    /// Medians of 3.5 and 6.5 belong to the class further out, as the manual of 2001 has it.
    pub halves_out: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Appropriateness {
    pub n: usize,
    pub median: f64,
    pub p30: f64,
    pub p70: f64,
    pub ipr: f64,
    pub ipras: f64,
    pub disagreement_index: f64,
    pub disagreement_ipras: bool,
    pub disagreement_classic: Defined<bool>,
    /// Few enough ratings lie outside the region of the median.
    pub agreement_classic: Defined<bool>,
    pub class: Defined<Class>,
}

/// Judges the ratings of one item.
///
/// `IPR = P70 - P30`, `IPRAS = 2.35 + 1.5 |5 - (P30 + P70) / 2|`, disagreement where `IPR > IPRAS`; the index is
/// `IPR / IPRAS`. Classic: agreement with at most `⌊(n - 2) / 3⌋` ratings outside the region (1-3, 4-6, 7-9) of the
/// median, disagreement with at least `⌊(n + 1) / 3⌋` in each of 1-3 and 7-9, for eight ratings or more.
/// Appropriate with a median of 7 or more and no disagreement, inappropriate with 3 or less and none.
///
/// Worked: 1 2 3 7 7 7 8 8 8 has q7 P30 4.6 and P70 7.6, IPRAS 4.0, index .75 and no disagreement; sas5 3 and 8,
/// 3.1, 1.6129 and disagreement; classic 3 low and 6 high, disagreement.
pub fn appropriateness(ratings: &[f64], rule: Rule) -> Defined<Appropriateness> {
    if ratings.iter().any(|rating| !(1.0..=9.0).contains(rating)) {
        return undefined("ratings go from 1 to 9");
    }
    let percentile = |p| rule.percentile.of(ratings, p);
    let (Some(median), Some(p30), Some(p70)) = (median(ratings), percentile(0.3), percentile(0.7)) else {
        return undefined("nobody rated it");
    };
    let ipr = p70 - p30;
    let ipras = 2.35 + 1.5 * (5.0 - f64::midpoint(p30, p70)).abs();
    let mut found = Appropriateness {
        n: ratings.len(),
        median,
        p30,
        p70,
        ipr,
        ipras,
        disagreement_index: ipr / ipras,
        disagreement_ipras: ipr > ipras + 1e-9,
        disagreement_classic: classic(ratings, |n| least_extreme(n) as f64),
        agreement_classic: agreement(ratings, median),
        class: undefined(""),
    };
    let disagreement = match rule.disagreement {
        Disagreement::Classic => found.disagreement_classic.clone(),
        Disagreement::Ipras => Ok(found.disagreement_ipras),
        Disagreement::Thirds => Ok(extremes(ratings).into_iter().all(|share| 3.0 * share >= ratings.len() as f64)),
    };
    found.class = disagreement.map(|disagreement| class(median, disagreement, rule.halves_out));
    Ok(found)
}

/// Smallest panel the classic table speaks of.
pub const SMALLEST: usize = 8;

/// Most ratings outside the median's region that still are agreement.
const fn most_outside(n: usize) -> usize {
    (n.saturating_sub(2)) / 3
}

/// Fewest of `n` ratings in each extreme that are disagreement by the classic table.
pub const fn least_extreme(n: usize) -> usize {
    (n + 1) / 3
}

fn classic(ratings: &[f64], least: impl Fn(usize) -> f64) -> Defined<bool> {
    if ratings.len() < SMALLEST {
        return undefined(format!("the classic rule begins at {SMALLEST} ratings, and there are {}", ratings.len()));
    }
    Ok(extremes(ratings).into_iter().all(|number| number >= least(ratings.len())))
}

fn agreement(ratings: &[f64], median: f64) -> Defined<bool> {
    let outside = ratings.iter().filter(|rating| region(**rating) != region(median)).count();
    classic(ratings, |_| 0.0).map(|_| outside <= most_outside(ratings.len()))
}

/// Ratings in 1-3 and in 7-9.
fn extremes(ratings: &[f64]) -> [f64; 2] {
    let count = |within: fn(&&f64) -> bool| ratings.iter().filter(within).count() as f64;
    [count(|rating| **rating <= 3.0), count(|rating| **rating >= 7.0)]
}

/// Low up to 3, high from 7, else the middle.
pub fn region(rating: f64) -> i8 {
    if rating >= 7.0 {
        1
    } else if rating <= 3.0 {
        -1
    } else {
        0
    }
}

fn class(median: f64, disagreement: bool, halves_out: bool) -> Class {
    let half = if halves_out { 0.5 } else { 0.0 };
    if !disagreement && median >= 7.0 - half {
        Class::Appropriate
    } else if !disagreement && median <= 3.0 + half {
        Class::Inappropriate
    } else {
        Class::Uncertain
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    fn rule(percentile: Percentile) -> Rule {
        Rule { percentile, disagreement: Disagreement::Classic, halves_out: false }
    }

    fn judge(ratings: &[u8], percentile: Percentile) -> Appropriateness {
        let ratings: Vec<f64> = ratings.iter().copied().map(f64::from).collect();
        appropriateness(&ratings, rule(percentile)).unwrap()
    }

    #[test]
    fn the_table_by_panel_size() {
        for (n, outside, extreme) in
            [(8, 2, 3), (10, 2, 3), (11, 3, 4), (13, 3, 4), (14, 4, 5), (16, 4, 5), (19, 5, 6), (25, 7, 8)]
        {
            assert_eq!((most_outside(n), least_extreme(n)), (outside, extreme), "{n}");
        }
    }

    #[test]
    fn oracle_r1() {
        let one = judge(&[4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9], Percentile::Q7);
        assert_eq!((one.n, one.median, one.p30, one.p70, one.ipr), (15, 7.0, 7.0, 8.0, 1.0));
        close(one.ipras, 6.1, 1e-9);
        close(one.disagreement_index, 0.1639, 5e-5);
        assert!(!one.disagreement_ipras);
    }

    #[test]
    fn oracle_r2() {
        let ratings = [1, 1, 2, 3, 5, 7, 8, 9, 9];
        let q7 = judge(&ratings, Percentile::Q7);
        for (value, wanted) in [(q7.p30, 2.4), (q7.p70, 7.6), (q7.ipr, 5.2), (q7.ipras, 2.35)] {
            close(value, wanted, 1e-9);
        }
        close(q7.disagreement_index, 2.2128, 5e-5);
        assert!(q7.disagreement_ipras && q7.disagreement_classic.unwrap());
        let sas5 = judge(&ratings, Percentile::Sas5);
        close(sas5.ipr, 6.0, 1e-9);
        close(sas5.disagreement_index, 2.5532, 5e-5);
    }

    #[test]
    fn oracles_r3_and_r5() {
        let r3 = judge(&[7, 7, 7, 8, 8, 8, 9, 9, 6], Percentile::Q7);
        assert_eq!((r3.median, r3.ipr, r3.class.clone().unwrap()), (8.0, 1.0, Class::Appropriate));
        close(r3.ipras, 6.1, 1e-9);
        assert!(r3.agreement_classic.unwrap());
        let r5 = judge(&[2, 3, 3, 5, 6, 7, 7, 8, 8], Percentile::Q7);
        close(r5.ipr, 3.2, 1e-9);
        close(r5.ipras, 2.95, 1e-9);
        close(r5.disagreement_index, 1.0847, 5e-5);
        assert!(r5.disagreement_ipras && r5.disagreement_classic.unwrap());
    }

    #[test]
    fn oracle_r4_the_convention_turns_the_verdict() {
        let ratings = [1, 2, 3, 7, 7, 7, 8, 8, 8];
        let q7 = judge(&ratings, Percentile::Q7);
        for (value, wanted) in
            [(q7.p30, 4.6), (q7.p70, 7.6), (q7.ipr, 3.0), (q7.ipras, 4.0), (q7.disagreement_index, 0.75)]
        {
            close(value, wanted, 1e-9);
        }
        let sas5 = judge(&ratings, Percentile::Sas5);
        for (value, wanted) in [(sas5.p30, 3.0), (sas5.p70, 8.0), (sas5.ipr, 5.0), (sas5.ipras, 3.1)] {
            close(value, wanted, 1e-9);
        }
        close(sas5.disagreement_index, 1.6129, 5e-5);
        assert!(!q7.disagreement_ipras && sas5.disagreement_ipras && q7.disagreement_classic.clone().unwrap());
        assert_eq!(q7.class.unwrap(), Class::Uncertain);
        let by = |disagreement| {
            let ratings = ratings.map(f64::from);
            appropriateness(&ratings, Rule { disagreement, ..rule(Percentile::Q7) }).unwrap().class.unwrap()
        };
        assert_eq!((by(Disagreement::Ipras), by(Disagreement::Thirds)), (Class::Appropriate, Class::Uncertain));
    }

    #[test]
    fn small_panels_are_not_classified_and_halves_are_a_choice() {
        let small = judge(&[7, 8, 9, 9], Percentile::Q7);
        assert!(small.class.unwrap_err().0.contains("begins at 8 ratings"));
        assert!(!small.disagreement_ipras);
        let halves = [6.0, 6.0, 6.0, 6.0, 6.0, 7.0, 7.0, 7.0, 7.0, 7.0];
        let class =
            |halves_out| appropriateness(&halves, Rule { halves_out, ..rule(Percentile::Q7) }).unwrap().class.unwrap();
        assert_eq!((class(false), class(true)), (Class::Uncertain, Class::Appropriate));
        assert!(appropriateness(&[], rule(Percentile::Q7)).is_err());
        assert!(appropriateness(&[0.0], rule(Percentile::Q7)).unwrap_err().0.contains("1 to 9"));
    }

    /// All ratings nine people can give: how often the two rules say the same.
    #[test]
    fn census_of_nine_raters() {
        fn patterns(from: u8, left: usize, held: &mut Vec<u8>, then: &mut impl FnMut(&[u8])) {
            if left == 0 {
                return then(held);
            }
            for rating in from..=9 {
                held.push(rating);
                patterns(rating, left - 1, held, then);
                held.pop();
            }
        }
        let mut all = 0;
        let mut only = [[0; 2]; 2];
        patterns(1, 9, &mut Vec::new(), &mut |ratings| {
            all += 1;
            for (at, percentile) in [Percentile::Q7, Percentile::Sas5].into_iter().enumerate() {
                let one = judge(ratings, percentile);
                match (one.disagreement_ipras, one.disagreement_classic.unwrap()) {
                    (true, false) => only[at][0] += 1,
                    (false, true) => only[at][1] += 1,
                    _ => {}
                }
            }
        });
        assert_eq!(all, 24_310);
        assert_eq!(only, [[900, 918], [3_220, 0]]);
        for (only, wanted) in only.iter().zip([92.5, 86.8]) {
            let same = f64::from(all - only[0] - only[1]) / f64::from(all) * 100.0;
            close(same, wanted, 0.05);
        }
    }
}
