//! Where words stand to each other: one after the other, or near. Pure; the index and the
//! highlighting of a passage both use it.
//!
//! A slot is one word of the query; its positions are where that word stands in the unit, ascending.

/// First positions of all places where the slots stand one after the other.
pub fn phrase(slots: &[Vec<u32>]) -> Vec<u32> {
    let Some((first, rest)) = slots.split_first() else { return Vec::new() };
    let follows = |start: u32| (1u32..).zip(rest).all(|(step, slot)| slot.binary_search(&(start + step)).is_ok());
    first.iter().copied().filter(|start| follows(*start)).collect()
}

/// Stretches, left to right and none overlapping, that hold a word of its own for each slot with at
/// most `gap` other words among them; of each stretch the positions taken, by slot.
pub fn near(slots: &[Vec<u32>], gap: usize) -> Vec<Vec<u32>> {
    let reach = u32::try_from(slots.len() + gap).unwrap_or(u32::MAX);
    let mut found = Vec::new();
    let mut next = vec![0; slots.len()];
    let mut from = 0;
    while let Some((first, last)) = reached(slots, &mut next, from) {
        let end = first.saturating_add(reach);
        if last >= end {
            // No stretch that begins before this reaches the slot that is furthest on.
            from = last.saturating_sub(reach) + 1;
            continue;
        }
        from = first + 1;
        if let Some(taken) = assign(slots, &next, end) {
            from = taken.iter().max().map_or(from, |last| last + 1);
            found.push(taken);
        }
    }
    found
}

/// Moves each slot on to its next position at or after `from`; the first and last of these, as long
/// as every slot has one.
fn reached(slots: &[Vec<u32>], next: &mut [usize], from: u32) -> Option<(u32, u32)> {
    let (mut first, mut last) = (u32::MAX, 0);
    for (slot, next) in slots.iter().zip(next) {
        while *slot.get(*next)? < from {
            *next += 1;
        }
        first = first.min(slot[*next]);
        last = last.max(slot[*next]);
    }
    (!slots.is_empty()).then_some((first, last))
}

/// A different position before `end`, and not before `next`, for each slot, if there is one.
fn assign(slots: &[Vec<u32>], next: &[usize], end: u32) -> Option<Vec<u32>> {
    let nearest: Vec<u32> = slots.iter().zip(next).map(|(slot, next)| slot[*next]).collect();
    if (1..nearest.len()).all(|at| !nearest[..at].contains(&nearest[at])) {
        return Some(nearest);
    }
    let within: Vec<&[u32]> =
        slots.iter().zip(next).map(|(slot, next)| &slot[*next..slot.partition_point(|at| *at < end)]).collect();
    let mut taken: Vec<Option<u32>> = vec![None; slots.len()];
    let mut all = (0..slots.len()).map(|slot| place(slot, &within, &mut taken, &mut Vec::new()));
    if all.any(|placed| !placed) {
        return None;
    }
    taken.into_iter().collect()
}

/// Gives `slot` a position, moving others out of the way where they have another choice
/// (augmenting paths of bipartite matching).
fn place(slot: usize, within: &[&[u32]], taken: &mut Vec<Option<u32>>, tried: &mut Vec<u32>) -> bool {
    for &at in within[slot] {
        if tried.contains(&at) {
            continue;
        }
        tried.push(at);
        let holder = taken.iter().position(|other| *other == Some(at));
        if holder.is_none_or(|other| place(other, within, taken, tried)) {
            taken[slot] = Some(at);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn near_counts_the_words_among() {
        let slots = [vec![0], vec![6]];
        assert!(near(&slots, 4).is_empty());
        assert_eq!(near(&slots, 5), [[0, 6]]);
        assert_eq!(near(&[vec![6], vec![0]], 5), [[6, 0]]);
        assert!(near(&[vec![3], vec![3]], 5).is_empty());
        assert_eq!(near(&[vec![1, 2], vec![1]], 0), [[2, 1]]);
        assert_eq!(near(&[vec![0, 5], vec![1, 6]], 0).len(), 2);
    }

    fn slots() -> impl Strategy<Value = Vec<Vec<u32>>> {
        let slot = proptest::collection::btree_set(0u32..12, 0..4).prop_map(|slot| slot.into_iter().collect());
        proptest::collection::vec(slot, 1..4)
    }

    /// Every choice of one position a slot.
    fn choices(slots: &[Vec<u32>]) -> Vec<Vec<u32>> {
        slots.iter().fold(vec![Vec::new()], |all, slot| {
            all.iter().flat_map(|one| slot.iter().map(move |at| [one.as_slice(), &[*at]].concat())).collect()
        })
    }

    proptest! {
        #[test]
        fn near_agrees_with_trying_everything(slots in slots(), gap in 0usize..6) {
            let fits = |choice: &Vec<u32>| {
                let mut sorted = choice.clone();
                sorted.sort_unstable();
                sorted.dedup();
                let stretch = sorted[sorted.len() - 1] - sorted[0] + 1;
                sorted.len() == choice.len() && stretch as usize - choice.len() <= gap
            };
            let found = near(&slots, gap);
            prop_assert_eq!(!found.is_empty(), choices(&slots).iter().any(fits));
            prop_assert!(found.iter().all(fits));
        }

        #[test]
        fn phrase_agrees_with_trying_everything(slots in slots()) {
            let naive: Vec<u32> = choices(&slots).into_iter()
                .filter(|choice| choice.windows(2).all(|pair| pair[0] + 1 == pair[1]))
                .map(|choice| choice[0])
                .collect();
            prop_assert_eq!(phrase(&slots), naive);
        }
    }
}
