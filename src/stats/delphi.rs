//! A Delphi item in one round: its distribution, the verdict by a rule fixed beforehand, what each group
//! says, and how far answers have settled since the round before.
//!
//! The denominator is the valid votes; abstentions are not disagreement. Overall agreement can hide a
//! small group that dissents: groups are always shown, and a figure in which every group weighs the same.

mod rule;
mod since;

pub use rule::{Rule, Verdict};
pub use since::{Since, since};

use super::chance::Draws;
use super::kruskal::{KruskalWallis, kruskal_wallis};
use super::order::{mean, median, quantile, standard_deviation};
use super::{Defined, undefined};
use std::collections::BTreeMap;

/// One member's valid vote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Vote<'v> {
    pub member: &'v str,
    pub group: Option<&'v str>,
    pub rating: f64,
}

/// Which ratings are high and which low: 7 to 9 and 1 to 3 on a scale of nine.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub least: f64,
    pub most: f64,
    /// Ratings up to here are low.
    pub low: f64,
    /// Ratings from here are high.
    pub high: f64,
}

impl Scale {
    pub const NINE: Scale = Scale { least: 1.0, most: 9.0, low: 3.0, high: 7.0 };

    /// -1 low, 1 high, 0 between.
    pub fn region(self, rating: f64) -> i8 {
        i8::from(rating >= self.high) - i8::from(rating <= self.low)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    pub rule: Rule,
    pub scale: Scale,
    /// With a group smaller than this there is no figure in which groups weigh the same.
    pub least_group: usize,
    pub draws: Draws,
}

/// An item in a round.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub n: usize,
    pub median: f64,
    pub mean: f64,
    pub sd: Defined,
    /// `sd / mean`
    pub cv: Defined,
    /// Quartiles by linear interpolation (q7).
    pub q1: f64,
    pub q3: f64,
    pub least: f64,
    pub most: f64,
    /// Share of ratings in the high region, and in the low one.
    pub share_high: f64,
    pub share_low: f64,
    pub verdict: Defined<Verdict>,
    pub groups: Vec<Group>,
    /// Mean over groups of their share of high ratings.
    pub group_equal: Defined,
    pub kruskal: Defined<KruskalWallis>,
}

impl Item {
    pub fn iqr(&self) -> f64 {
        self.q3 - self.q1
    }
}

/// What a group says.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub group: String,
    pub n: usize,
    pub median: f64,
    /// Share of its ratings in the high region.
    pub agreement: f64,
    pub share_low: f64,
    /// It has two votes or more, its median lies in another region than that of all, and less than half of
    /// its ratings lie in the region of that of all.
    pub dissent: bool,
}

/// Summarises the votes on an item.
///
/// Worked: service users 8 9 8 9, practitioners 7 7 5 8, GPs 3 5, commissioners 7 7: median 7, mean 6.9167, sd
/// 1.7816, quartiles 6.5 and 8, 75 % high, 8.33 % low: consensus by 70/15. Yet no GP agrees, they dissent, and
/// with every group weighing the same 68.75 % agree.
pub fn summarise(votes: &[Vote], settings: &Settings) -> Defined<Item> {
    let Scale { least, most, .. } = settings.scale;
    let ratings: Vec<f64> = votes.iter().map(|vote| vote.rating).collect();
    if ratings.iter().any(|rating| !(least..=most).contains(rating)) {
        return undefined(format!("ratings go from {least} to {most}"));
    }
    let at = |p| quantile(&ratings, p);
    let (Some(mean), Some(middle), Some(q1), Some(q3), Some(lowest), Some(highest)) =
        (mean(&ratings), at(0.5), at(0.25), at(0.75), at(0.0), at(1.0))
    else {
        return undefined("nobody voted on it");
    };
    let sd = standard_deviation(&ratings).map_or_else(|| undefined("a single vote has no spread"), Ok);
    let cv = sd.clone().and_then(|sd| if mean > 0.0 { Ok(sd / mean) } else { undefined("the mean is not above 0") });
    let groups = groups(votes, middle, settings.scale);
    let mut item = Item {
        n: ratings.len(),
        median: middle,
        mean,
        sd,
        cv,
        q1,
        q3,
        least: lowest,
        most: highest,
        share_high: share(&ratings, |rating| settings.scale.region(rating) == 1),
        share_low: share(&ratings, |rating| settings.scale.region(rating) == -1),
        verdict: undefined(""),
        group_equal: group_equal(&groups, settings.least_group),
        kruskal: kruskal_wallis(&ratings_by_group(votes).into_values().collect::<Vec<_>>(), settings.draws),
        groups,
    };
    item.verdict = settings.rule.judge(&item, settings.scale);
    Ok(item)
}

fn ratings_by_group<'v>(votes: &[Vote<'v>]) -> BTreeMap<&'v str, Vec<f64>> {
    let mut by_group: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for vote in votes {
        if let Some(group) = vote.group {
            by_group.entry(group).or_default().push(vote.rating);
        }
    }
    by_group
}

fn groups(votes: &[Vote], overall: f64, scale: Scale) -> Vec<Group> {
    let region = scale.region(overall);
    let group = |(group, ratings): (&str, Vec<f64>)| {
        let median = median(&ratings)?;
        let with_all = share(&ratings, |rating| scale.region(rating) == region);
        Some(Group {
            group: group.to_owned(),
            n: ratings.len(),
            median,
            agreement: share(&ratings, |rating| scale.region(rating) == 1),
            share_low: share(&ratings, |rating| scale.region(rating) == -1),
            dissent: ratings.len() >= 2 && scale.region(median) != region && with_all < 0.5,
        })
    };
    ratings_by_group(votes).into_iter().filter_map(group).collect()
}

fn group_equal(groups: &[Group], least: usize) -> Defined {
    if groups.len() < 2 {
        return undefined("it takes two groups");
    }
    if let Some(small) = groups.iter().find(|group| group.n < least) {
        return undefined(format!("group {} has fewer than {least} votes", small.group));
    }
    let shares: Vec<f64> = groups.iter().map(|group| group.agreement).collect();
    mean(&shares).map_or_else(|| undefined("it takes two groups"), Ok)
}

fn share(ratings: &[f64], is_in: impl Fn(f64) -> bool) -> f64 {
    ratings.iter().filter(|rating| is_in(**rating)).count() as f64 / ratings.len() as f64
}

#[cfg(test)]
mod tests;
