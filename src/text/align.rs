//! Which piece of a former text stands where in a later one. Pieces are words, as numbers; each stands for
//! at most one on the other side.
//!
//! First what kept its order is found, then, among what is left, what was moved; and again, until no run
//! that is long enough is left. It knows nothing of letters or spans: see [`super::carry`].

use imara_diff::{Algorithm, Diff, Token};

/// So many pieces in a row must agree where the order was kept,
const IN_ORDER: usize = 3;
/// and so many that were moved.
const MOVED: usize = 8;
/// Runs that are too short still count where no more than so many pieces lie between longer ones.
const GAP: usize = 48;
/// Blocks may have been moved past one another so many times.
const ROUNDS: usize = 24;

/// Two texts, piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// Where each former piece stands now.
    pub to: Vec<Option<usize>>,
    /// Where each piece stood.
    pub from: Vec<Option<usize>>,
}

/// Consecutive pieces that agree.
#[derive(Debug, Clone, Copy)]
struct Run {
    old: usize,
    new: usize,
    length: usize,
}

impl Alignment {
    /// Equal numbers are equal pieces; they are counted from 0 without large gaps.
    pub fn of(old: &[u32], new: &[u32]) -> Self {
        let mut alignment = Alignment { to: vec![None; old.len()], from: vec![None; new.len()] };
        alignment.add(old, new, IN_ORDER);
        alignment
    }

    /// Parts pairs that stand alone, the pieces beside them being no pair, and are `slight`: signs find partners
    /// anywhere.
    pub fn drop_lone(&mut self, slight: impl Fn(usize) -> bool) {
        let is_pair = |to: &[Option<usize>], old: Option<usize>, new: Option<usize>| {
            new.is_some() && old.and_then(|old| to.get(old).copied().flatten()) == new
        };
        for old in 0..self.to.len() {
            let Some(new) = self.to[old].filter(|_| slight(old)) else { continue };
            let before = is_pair(&self.to, old.checked_sub(1), new.checked_sub(1));
            if !before && !is_pair(&self.to, Some(old + 1), Some(new + 1)) {
                (self.to[old], self.from[new]) = (None, None);
            }
        }
    }

    /// Goes on with the pieces that have no partner yet, by other numbers. The order of what has one says
    /// little of what is left: long runs count, and short ones in gaps.
    pub fn go_on(&mut self, old: &[u32], new: &[u32]) {
        self.add(old, new, MOVED);
    }

    fn add(&mut self, old: &[u32], new: &[u32], first: usize) {
        for round in 0..ROUNDS {
            let least = if round == 0 { first } else { MOVED };
            let (long, short): (Vec<Run>, Vec<Run>) =
                self.runs(old, new).into_iter().partition(|run| run.length >= least);
            for run in &long {
                self.keep(*run);
            }
            let filled = self.fill(&short);
            if long.is_empty() && !filled {
                break;
            }
        }
    }

    /// The former pieces `from..from + length` stand together, in order, from here on.
    pub fn whole(&self, from: usize, length: usize) -> Option<usize> {
        whole(&self.to, from, length)
    }

    /// The same the other way.
    pub fn whole_back(&self, from: usize, length: usize) -> Option<usize> {
        whole(&self.from, from, length)
    }

    fn keep(&mut self, run: Run) {
        for step in 0..run.length {
            self.to[run.old + step] = Some(run.new + step);
            self.from[run.new + step] = Some(run.old + step);
        }
    }

    /// Runs that agree among the pieces that have no partner yet.
    fn runs(&self, old: &[u32], new: &[u32]) -> Vec<Run> {
        let free = |side: &[Option<usize>]| -> Vec<usize> {
            side.iter().enumerate().filter(|(_, partner)| partner.is_none()).map(|(at, _)| at).collect()
        };
        let (free_old, free_new) = (free(&self.to), free(&self.from));
        if free_old.is_empty() || free_new.is_empty() {
            return Vec::new();
        }
        let tokens = |side: &[u32], free: &[usize]| free.iter().map(|at| Token(side[*at])).collect::<Vec<Token>>();
        let (before, after) = (tokens(old, &free_old), tokens(new, &free_new));
        let kinds = before.iter().chain(&after).map(|token| token.0).max().unwrap_or(0) + 1;
        let mut diff = Diff::default();
        diff.compute_with(Algorithm::Histogram, &before, &after, kinds);
        let stay = |count: usize, gone: &dyn Fn(u32) -> bool| -> Vec<usize> {
            (0..count).filter(|at| !gone(u32::try_from(*at).unwrap_or(u32::MAX))).collect()
        };
        let kept_old = stay(before.len(), &|at| diff.is_removed(at));
        let kept_new = stay(after.len(), &|at| diff.is_added(at));
        let mut runs: Vec<Run> = Vec::new();
        for (at, other) in kept_old.into_iter().zip(kept_new) {
            let (old, new) = (free_old[at], free_new[other]);
            match runs.last_mut() {
                Some(run) if (run.old + run.length, run.new + run.length) == (old, new) => run.length += 1,
                _ => runs.push(Run { old, new, length: 1 }),
            }
        }
        runs
    }

    /// Keeps short runs that stand in a small gap between partners, in the same order on both sides.
    fn fill(&mut self, short: &[Run]) -> bool {
        let (olds, news) = (self.to.len(), self.from.len());
        let mut before: Vec<Option<usize>> = Vec::with_capacity(olds);
        let mut last = None;
        for (at, partner) in self.to.iter().enumerate() {
            before.push(last);
            last = partner.map(|_| at).or(last);
        }
        let mut after: Vec<Option<usize>> = vec![None; olds];
        let mut next = None;
        for at in (0..olds).rev() {
            after[at] = next;
            next = self.to[at].map(|_| at).or(next);
        }
        let mut filled = false;
        for run in short {
            let left = before[run.old].and_then(|at| Some((at + 1, self.to[at]? + 1))).unwrap_or((0, 0));
            let right = after[run.old + run.length - 1].and_then(|at| Some((at, self.to[at]?)));
            let right = right.unwrap_or((olds, news));
            let in_order = left.1 <= run.new && run.new + run.length <= right.1;
            if in_order && right.0 - left.0 <= GAP && right.1 - left.1 <= GAP {
                self.keep(*run);
                filled = true;
            }
        }
        filled
    }
}

fn whole(side: &[Option<usize>], from: usize, length: usize) -> Option<usize> {
    let first = (*side.get(from)?)?;
    let stretch = side.get(from..from + length)?;
    stretch.iter().enumerate().all(|(step, partner)| *partner == Some(first + step)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(old: &str, new: &str) -> Alignment {
        let numbers = |text: &str| text.bytes().map(u32::from).collect::<Vec<u32>>();
        Alignment::of(&numbers(old), &numbers(new))
    }

    #[test]
    fn what_kept_its_order_and_what_was_moved() {
        let found = of("abcdefghijklmnop", "ijklmnopXabcdefgh");
        assert_eq!((found.whole(0, 8), found.whole(8, 8)), (Some(9), Some(0)));
        assert_eq!(found.from[8], None);
        assert_eq!(found.whole_back(9, 8), Some(0));
    }

    #[test]
    fn a_short_run_far_from_everything_does_not_count() {
        let (old, new) = ("x".repeat(60), "y".repeat(60));
        assert_eq!(of(&format!("{old}a{old}"), &format!("{new}a{new}")).whole(60, 1), None);
        assert_eq!(of("abcXdYefg", "abcPdQefg").whole(4, 1), Some(4), "in a gap it does");
    }

    proptest! {
        #[test]
        fn each_piece_has_one_partner_that_equals_it(old in "[a-c]{0,40}", new in "[a-c]{0,40}") {
            let found = of(&old, &new);
            for (at, partner) in found.to.iter().enumerate() {
                if let Some(partner) = partner {
                    prop_assert_eq!(found.from[*partner], Some(at));
                    prop_assert_eq!(old.as_bytes()[at], new.as_bytes()[*partner]);
                }
            }
            let partners = |side: &[Option<usize>]| side.iter().flatten().count();
            prop_assert_eq!(partners(&found.to), partners(&found.from));
        }
    }
}
