//! Which new row of a table comes near to a row that is gone: three quarters of the words on both sides, and
//! no other row that comes as near.

use crate::text::words;
use std::collections::BTreeMap;

/// Rows that are looked for; more are left to a person.
const MOST: usize = 20_000;

/// Rows that are gone, and the best new ones met so far.
pub(super) struct Likeness {
    rows: Vec<Lost>,
    /// Word to the rows that hold it, and how often.
    holders: BTreeMap<String, Vec<(usize, u32)>>,
}

struct Lost {
    row: usize,
    words: u32,
    study: Option<usize>,
    best: Option<Near>,
    /// Another comes as near.
    is_tied: bool,
}

/// Agreeing words in ten-thousandths, and whether the study is the same.
type Share = (u32, bool);

#[derive(Debug, Clone, Copy)]
struct Near {
    row: usize,
    share: Share,
}

fn bag(text: &str) -> BTreeMap<String, u32> {
    let mut bag = BTreeMap::new();
    for (_, word) in words::words(text) {
        *bag.entry(words::fold(word)).or_default() += 1;
    }
    bag
}

impl Likeness {
    /// Of rows with number, text and study.
    pub fn of<'r>(lost: impl Iterator<Item = (usize, &'r str, Option<usize>)>) -> Self {
        let mut likeness = Likeness { rows: Vec::new(), holders: BTreeMap::new() };
        for (row, text, study) in lost.take(MOST) {
            let bag = bag(text);
            let at = likeness.rows.len();
            likeness.rows.push(Lost { row, words: bag.values().sum(), study, best: None, is_tied: false });
            for (word, count) in bag {
                likeness.holders.entry(word).or_default().push((at, count));
            }
        }
        likeness
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// A new row that stands for no former one.
    pub fn meet(&mut self, row: usize, text: &str, study: Option<usize>) {
        let bag = bag(text);
        let words: u32 = bag.values().sum();
        let mut agreeing: BTreeMap<usize, u32> = BTreeMap::new();
        for (word, count) in &bag {
            for (at, held) in self.holders.get(word).into_iter().flatten() {
                *agreeing.entry(*at).or_default() += (*held).min(*count);
            }
        }
        for (at, agreeing) in agreeing {
            let lost = &mut self.rows[at];
            let both = lost.words + words;
            if 8 * agreeing < 3 * both {
                continue;
            }
            let share = (20_000 * agreeing / both, lost.study == study);
            match lost.best {
                Some(best) if best.share > share => {}
                Some(best) if best.share == share => lost.is_tied = true,
                _ => (lost.best, lost.is_tied) = (Some(Near { row, share }), false),
            }
        }
    }

    /// Former row and new row. A new row stands for one former row: the nearest, if it is one.
    pub fn settle(self) -> Vec<(usize, usize)> {
        let mut claims: BTreeMap<usize, Vec<(usize, Share)>> = BTreeMap::new();
        for lost in self.rows.iter().filter(|lost| !lost.is_tied) {
            if let Some(best) = lost.best {
                claims.entry(best.row).or_default().push((lost.row, best.share));
            }
        }
        let settle = |(new, claimants): (usize, Vec<(usize, Share)>)| {
            let most = claimants.iter().map(|(_, share)| *share).max()?;
            let mut nearest = claimants.iter().filter(|(_, share)| *share == most);
            let (old, _) = nearest.next().filter(|_| nearest.next().is_none())?;
            Some((*old, new))
        };
        claims.into_iter().filter_map(settle).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_row_is_taken_and_none_of_two() {
        let lost =
            [(1, "they asked us twice about it", None), (2, "nobody rang", None), (3, "we all liked the tea", Some(1))];
        let mut likeness = Likeness::of(lost.into_iter());
        likeness.meet(7, "they asked us often about it", None);
        likeness.meet(8, "they asked us about it", None);
        likeness.meet(9, "nobody came", None);
        likeness.meet(10, "we all liked the coffee", Some(2));
        likeness.meet(11, "we all liked the cake", Some(1));
        assert_eq!(likeness.settle(), [(1, 8), (3, 11)]);
        let mut tied = Likeness::of([(1, "we all liked the tea", None)].into_iter());
        tied.meet(5, "we all liked the coffee", None);
        tied.meet(6, "we all liked the cake", None);
        assert_eq!(tied.settle(), []);
    }
}
