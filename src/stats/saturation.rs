//! Saturation: how much is still new.
//!
//! Guest, Namey and Chen, PLoS ONE 2020;15:e0232076. The themes of the first interviews (the base) are the
//! yardstick, and it stays what it is; runs of interviews slide along by one; new information is the share
//! of the yardstick that is new in a run. Never a rule for stopping by itself: what would contradict the
//! theory has to be looked for in any case.

use super::chance::{self, Draws};
use super::{Defined, undefined};
use crate::text::words::counted;
use std::collections::BTreeSet;

/// How saturation is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Interviews in the base.
    pub base: usize,
    /// Interviews in a run.
    pub run: usize,
    /// Share of new information at or below which it is reached: .05.
    pub threshold: f64,
}

/// A run and what is new in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Run {
    /// Its first and last interview, from 1.
    pub first: usize,
    pub last: usize,
    pub new: u32,
    /// `new` over the themes of the base.
    pub share: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Saturation {
    /// Themes of the base.
    pub base_themes: u32,
    pub runs: Vec<Run>,
    /// Interviews before the run in which the threshold was met, if it was: "6+2" is 6 here and a run of 2.
    pub reached: Option<usize>,
}

/// Reads saturation off the number of new themes in each interview, in order.
///
/// Worked: new themes 14 9 8 6 4 3 1 0 1 0, base 4, run 2: 37 themes; runs 7 = 18.92 %, 4 = 10.81 %,
/// 1 = 2.70 %: reached at 6+2.
pub fn saturation(new_themes: &[u32], rule: Rule) -> Defined<Saturation> {
    if rule.base == 0 || rule.run == 0 {
        return undefined("base and run are at least one interview");
    }
    if new_themes.len() < rule.base + rule.run {
        return undefined(format!(
            "{}; base and first run take {}",
            counted(new_themes.len(), "interview"),
            rule.base + rule.run
        ));
    }
    let base_themes: u32 = new_themes[..rule.base].iter().sum();
    if base_themes == 0 {
        return undefined("the base holds no theme");
    }
    let runs: Vec<Run> = new_themes[rule.base..]
        .windows(rule.run)
        .enumerate()
        .map(|(at, run)| {
            let new = run.iter().sum();
            let first = rule.base + at + 1;
            Run { first, last: first + rule.run - 1, new, share: f64::from(new) / f64::from(base_themes) }
        })
        .collect();
    let reached = runs.iter().find(|run| run.share <= rule.threshold + 1e-12).map(|run| run.first - 1);
    Ok(Saturation { base_themes, runs, reached })
}

/// New themes of each interview, from the themes of each in the order read.
///
/// ```
/// # use std::collections::BTreeSet;
/// let interviews = [BTreeSet::from(["a", "b"]), BTreeSet::from(["b", "c"]), BTreeSet::from(["a"])];
/// assert_eq!(realist::stats::saturation::new_themes(&interviews), [2, 1, 0]);
/// ```
pub fn new_themes<'i, T: Ord + 'i>(interviews: impl IntoIterator<Item = &'i BTreeSet<T>>) -> Vec<u32> {
    let mut known: BTreeSet<&T> = BTreeSet::new();
    let new = |themes: &'i BTreeSet<T>| {
        let before = known.len();
        known.extend(themes);
        u32::try_from(known.len() - before).unwrap_or(u32::MAX)
    };
    interviews.into_iter().map(new).collect()
}

/// What became of interviews in orders drawn by chance: the order they were read in is an accident.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InAnyOrder {
    /// Share of the orders in which the threshold was met.
    pub reached: f64,
    /// Mean number of interviews before the run that met it, over those.
    pub mean: Option<f64>,
}

/// `None` where the rule asks for more interviews than there are.
pub fn in_any_order<T: Ord + Sync>(interviews: &[BTreeSet<T>], rule: Rule, draws: Draws) -> Option<InAnyOrder> {
    let outcomes: Option<Vec<Option<usize>>> = chance::draw(draws, |rng| {
        let mut shuffled: Vec<&BTreeSet<T>> = interviews.iter().collect();
        chance::shuffle(&mut shuffled, rng);
        saturation(&new_themes(shuffled), rule).ok().map(|one| one.reached)
    })
    .into_iter()
    .collect();
    let outcomes = outcomes?;
    let met: Vec<f64> = outcomes.iter().flatten().map(|before| *before as f64).collect();
    (!outcomes.is_empty())
        .then(|| InAnyOrder { reached: met.len() as f64 / outcomes.len() as f64, mean: super::order::mean(&met) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    const T1: [u32; 10] = [14, 9, 8, 6, 4, 3, 1, 0, 1, 0];

    fn read(base: usize, run: usize, threshold: f64) -> Saturation {
        saturation(&T1, Rule { base, run, threshold }).unwrap()
    }

    #[test]
    fn oracle_t1() {
        let four_two = read(4, 2, 0.05);
        assert_eq!((four_two.base_themes, four_two.reached), (37, Some(6)));
        let shares: Vec<f64> = four_two.runs.iter().map(|run| run.share * 100.0).collect();
        for (share, wanted) in shares.iter().zip([18.92, 10.81, 2.70, 2.70, 2.70]) {
            close(*share, wanted, 0.005);
        }
        assert_eq!(shares.len(), 5);
        assert_eq!(read(4, 2, 0.0).reached, None);
        let five_three = read(5, 3, 0.05);
        assert_eq!((five_three.base_themes, five_three.reached), (41, Some(6)));
        assert_eq!((five_three.runs[0].new, five_three.runs[1].new), (4, 2));
        close(five_three.runs[0].share, 0.0976, 5e-5);
        close(five_three.runs[1].share, 0.0488, 5e-5);
        // Guest and others: 37 themes in the base and 7 new are 19 %.
        close(saturation(&[37, 7], Rule { base: 1, run: 1, threshold: 0.05 }).unwrap().runs[0].share, 0.19, 0.005);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let why = |themes: &[u32], base| saturation(themes, Rule { base, run: 2, threshold: 0.05 }).unwrap_err().0;
        assert_eq!(why(&[3, 1, 1], 2), "3 interviews; base and first run take 4");
        assert_eq!(why(&[0, 0, 1, 1], 2), "the base holds no theme");
        assert!(why(&T1, 0).contains("at least one"));
    }

    #[test]
    fn the_order_read_is_one_of_many() {
        // The one interview that says something new comes anywhere: before the last run in half the orders.
        let interviews: Vec<BTreeSet<u8>> = vec![[1].into(), [1].into(), [1].into(), [1, 2].into()];
        let rule = Rule { base: 2, run: 1, threshold: 0.05 };
        let all = in_any_order(&interviews, rule, Draws { number: 400, seed: 1 }).unwrap();
        assert_eq!((all.reached, saturation(&new_themes(&interviews), rule).unwrap().reached), (1.0, Some(2)));
        assert!((2.0..=2.6).contains(&all.mean.unwrap()));
        assert_eq!(in_any_order(&interviews, Rule { base: 4, ..rule }, Draws { number: 4, seed: 1 }), None);
    }
}
