//! Small groups in tables of votes: pooled so that nobody can work them out from what is printed.
//!
//! Groups of which fewer than k people count are shown together. A pool of a single group, or of fewer than k
//! people, would be found by taking what is shown from the total; so the smallest group that is left joins it, until the
//! pool holds two groups that count and k people. Where that leaves nothing apart, the total alone is shown, and where even
//! that is of fewer than k people, nothing is. The table says of a pool only its sum.

/// What a paper for others calls a group it may not name: `a smaller group`.
pub const SMALLER: &str = "a smaller group";

/// How groups may be shown; indices into the cells given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pooled {
    /// Each by itself, in the order given.
    pub apart: Vec<usize>,
    /// Together, as one row; empty where nothing had to be pooled.
    pub together: Vec<usize>,
    /// Not even the total may be shown: fewer than k people in all.
    pub withheld: bool,
}

impl Pooled {
    /// Whether the group may be named with what it said; else it is [`SMALLER`].
    pub fn names(&self, group: usize) -> bool {
        self.apart.contains(&group)
    }

    /// The numbers of the pool: the sum over its groups of each column. `None` where nothing is pooled.
    pub fn sum(&self, columns: &[Vec<usize>]) -> Option<Vec<usize>> {
        let rows = self.together.iter().filter_map(|group| columns.get(*group));
        rows.fold(None, |sum: Option<Vec<usize>>, row| {
            let mut sum = sum.unwrap_or_else(|| vec![0; row.len()]);
            sum.iter_mut().zip(row).for_each(|(all, one)| *all += one);
            Some(sum)
        })
    }
}

/// Pools groups by how many people of each count here (valid votes of one item, say); `k` is the least that is shown.
/// A group of nobody is in the pool and adds nothing to it.
///
/// ```
/// use realist::privacy::pool;
/// // Eleven present as 5, 4, 1 and 1: two lone voices are too few for a pool, so the four join them.
/// let pooled = pool(&[5, 4, 1, 1], 3);
/// assert_eq!((pooled.apart, pooled.together), (vec![0], vec![1, 2, 3]));
/// ```
pub fn pool(cells: &[usize], k: usize) -> Pooled {
    let total: usize = cells.iter().sum();
    let is_small = |n: usize| n < k;
    if cells.iter().all(|n| !is_small(*n)) {
        return Pooled { apart: (0..cells.len()).collect(), ..Pooled::default() };
    }
    if total < k {
        return Pooled { together: (0..cells.len()).collect(), withheld: true, ..Pooled::default() };
    }
    let mut left: Vec<usize> = (0..cells.len()).filter(|group| !is_small(cells[*group])).collect();
    let mut together: Vec<usize> = (0..cells.len()).filter(|group| is_small(cells[*group])).collect();
    // Of groups of one size the later declared joins first, so that the answer is one.
    left.sort_by_key(|group| (cells[*group], std::cmp::Reverse(*group)));
    let is_hidden = |together: &[usize]| {
        let people: usize = together.iter().map(|group| cells[*group]).sum();
        let counting = together.iter().filter(|group| cells[**group] > 0).count();
        people == 0 || (people >= k && counting >= 2)
    };
    let mut next = left.into_iter();
    while !is_hidden(&together) {
        let Some(group) = next.next() else { break };
        together.push(group);
    }
    let mut apart: Vec<usize> = next.collect();
    apart.sort_unstable();
    together.sort_unstable();
    Pooled { apart, together, withheld: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_lone_small_group_takes_another_along() {
        assert_eq!(pool(&[5, 4, 1], 3), Pooled { apart: vec![0], together: vec![1, 2], withheld: false });
        assert_eq!(pool(&[5, 4, 3], 3).apart, [0, 1, 2]);
        assert_eq!(pool(&[5, 2, 2], 3), Pooled { apart: vec![0], together: vec![1, 2], withheld: false });
        assert_eq!(pool(&[5, 1], 3), Pooled { apart: vec![], together: vec![0, 1], withheld: false });
        assert!(pool(&[1, 1], 3).withheld);
        assert_eq!(pool(&[5, 4, 0], 3), Pooled { apart: vec![0, 1], together: vec![2], withheld: false });
        assert_eq!(pool(&[], 3), Pooled::default());
        assert_eq!(pool(&[1, 2], 1).apart, [0, 1]);
    }

    #[test]
    fn a_pool_is_summed_by_column() {
        let pooled = pool(&[5, 1, 2], 3);
        assert_eq!(pooled.sum(&[vec![5, 0], vec![1, 0], vec![0, 2]]), Some(vec![1, 2]));
        assert!(!pooled.names(1) && pooled.names(0));
        assert_eq!(pool(&[5, 4], 3).sum(&[vec![1], vec![2]]), None);
    }

    /// Every way in which the people of a pool may belong to its groups, given only its sum, that a reader cannot rule out.
    fn fits(people: usize, groups: usize) -> usize {
        match groups {
            0 => usize::from(people == 0),
            1 => 1,
            _ => (0..=people).map(|n| fits(people - n, groups - 1)).sum(),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        /// Nothing printed is below k, the rows add up to the total, and no row that is not printed follows from them.
        #[test]
        fn no_cell_is_below_k_and_none_can_be_worked_out(
            cells in proptest::collection::vec(0usize..9, 1..8), k in 1usize..6,
        ) {
            let pooled = pool(&cells, k);
            let all: usize = cells.iter().sum();
            let together: usize = pooled.together.iter().map(|group| cells[*group]).sum();
            let apart: usize = pooled.apart.iter().map(|group| cells[*group]).sum();
            prop_assert_eq!(all, together + apart);
            prop_assert_eq!(pooled.apart.len() + pooled.together.len(), cells.len());
            prop_assert!(pooled.apart.iter().all(|group| cells[*group] >= k));
            if pooled.withheld {
                prop_assert!(all < k && pooled.apart.is_empty());
            } else if together > 0 {
                // What is left when all that is printed is taken from the total: a sum of k people or more, of several groups
                // unless there is but one group in all.
                prop_assert!(all - apart >= k);
                let counting = pooled.together.iter().filter(|group| cells[**group] > 0).count();
                let lone = cells.iter().filter(|n| **n > 0).count() == 1;
                prop_assert!(lone || fits(together, counting) > 1);
            }
        }
    }
}
