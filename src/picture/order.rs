//! The order within layers: fewer crossings by medians of neighbours, sweep after sweep, ties as they stand (Gansner,
//! Koutsofios, North and Vo 1993); then neighbours are exchanged where that helps.

/// Links between neighbouring layers only, by node.
#[derive(Debug, Clone, Default)]
pub struct Neighbours {
    pub before: Vec<Vec<usize>>,
    pub after: Vec<Vec<usize>>,
}

const SWEEPS: usize = 12;

/// Puts the nodes of each layer in order; the first order is a walk in depth through what hangs together.
pub fn ordered(layer: &[usize], links: &Neighbours) -> Vec<Vec<usize>> {
    let mut rows = first_order(layer, links);
    let mut best = rows.clone();
    let mut fewest = crossings(&rows, links);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        by_medians(&mut rows, links, sweep % 2 == 0);
        exchange(&mut rows, links);
        let crossed = crossings(&rows, links);
        if crossed < fewest {
            fewest = crossed;
            best.clone_from(&rows);
        }
    }
    best
}

fn first_order(layer: &[usize], links: &Neighbours) -> Vec<Vec<usize>> {
    let layers = layer.iter().max().map_or(0, |last| last + 1);
    let mut rows = vec![Vec::new(); layers];
    let mut is_met = vec![false; layer.len()];
    let mut roots: Vec<usize> = (0..layer.len()).collect();
    roots.sort_by_key(|node| (layer[*node], *node));
    for root in roots {
        let mut next = vec![root];
        while let Some(node) = next.pop() {
            if !std::mem::replace(&mut is_met[node], true) {
                rows[layer[node]].push(node);
                next.extend(links.before[node].iter().rev().chain(links.after[node].iter().rev()));
            }
        }
    }
    rows
}

fn positions(row: &[usize], into: &mut [usize]) {
    row.iter().enumerate().for_each(|(at, node)| into[*node] = at);
}

fn by_medians(rows: &mut [Vec<usize>], links: &Neighbours, forwards: bool) {
    let mut position = vec![0; links.before.len()];
    for row in rows.iter() {
        positions(row, &mut position);
    }
    let count = rows.len();
    for step in 1..count {
        let at = if forwards { step } else { count - 1 - step };
        let fixed = if forwards { &links.before } else { &links.after };
        // Twice the median, so that the mean of two is whole; who has no neighbour keeps its place.
        let median = |node: usize| {
            let mut places: Vec<usize> = fixed[node].iter().map(|other| position[*other]).collect();
            places.sort_unstable();
            match places.len() {
                0 => None,
                n if n % 2 == 1 => Some(2 * places[n / 2]),
                n => Some(places[n / 2 - 1] + places[n / 2]),
            }
        };
        let row = &mut rows[at];
        let mut moving: Vec<(usize, usize)> =
            row.iter().filter_map(|node| median(*node).map(|place| (place, *node))).collect();
        moving.sort_by_key(|(place, _)| *place);
        let mut sorted = moving.into_iter().map(|(_, node)| node);
        for slot in row.iter_mut() {
            if !fixed[*slot].is_empty()
                && let Some(node) = sorted.next()
            {
                *slot = node;
            }
        }
        positions(row, &mut position);
    }
}

/// Exchanges neighbours in a layer where fewer lines cross afterwards.
fn exchange(rows: &mut [Vec<usize>], links: &Neighbours) {
    let mut position = vec![0; links.before.len()];
    for row in rows.iter() {
        positions(row, &mut position);
    }
    for row in rows.iter_mut() {
        for at in 1..row.len() {
            let (one, other) = (row[at - 1], row[at]);
            let crossed = |upper: usize, lower: usize| {
                let sides = [&links.before, &links.after];
                sides.into_iter().map(|side| pair(&side[upper], &side[lower], &position)).sum::<usize>()
            };
            if crossed(one, other) > crossed(other, one) {
                row.swap(at - 1, at);
                positions(row, &mut position);
            }
        }
    }
}

/// Crossings of the links of two neighbours, the first above the second.
fn pair(upper: &[usize], lower: &[usize], position: &[usize]) -> usize {
    let mut low: Vec<usize> = lower.iter().map(|node| position[*node]).collect();
    low.sort_unstable();
    upper.iter().map(|node| low.partition_point(|place| *place < position[*node])).sum()
}

/// How many pairs of links cross.
pub fn crossings(rows: &[Vec<usize>], links: &Neighbours) -> usize {
    let mut position = vec![0; links.before.len()];
    for row in rows {
        positions(row, &mut position);
    }
    let mut all = 0;
    for (at, row) in rows.iter().enumerate() {
        let room = rows.get(at + 1).map_or(0, Vec::len);
        // A tree of sums (Barth, Mutzel and Jünger 2004): links seen so far that end at or before a place.
        let mut sums = vec![0_usize; room + 1];
        let mut seen = 0;
        for node in row {
            let mut ends: Vec<usize> = links.after[*node].iter().map(|other| position[*other]).collect();
            ends.sort_unstable();
            for end in &ends {
                let (mut until, mut place) = (0, end + 1);
                while place > 0 {
                    until += sums[place];
                    place &= place - 1;
                }
                all += seen - until;
            }
            for end in ends {
                seen += 1;
                let mut place = end + 1;
                while place <= room {
                    sums[place] += 1;
                    place += place & place.wrapping_neg();
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn links(nodes: usize, pairs: &[(usize, usize)]) -> Neighbours {
        let mut links = Neighbours { before: vec![Vec::new(); nodes], after: vec![Vec::new(); nodes] };
        for (from, to) in pairs {
            links.after[*from].push(*to);
            links.before[*to].push(*from);
        }
        links
    }

    proptest! {
        #[test]
        fn crossings_are_counted_pair_by_pair(pairs in prop::collection::btree_set((0_usize..6, 6_usize..12), 0..20)) {
            let pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
            let rows = vec![(0..6).collect::<Vec<_>>(), (6..12).collect()];
            let crossing = |(a, b): (usize, usize), (c, d): (usize, usize)| (a < c && b > d) || (a > c && b < d);
            let expected = pairs.iter().enumerate().map(|(at, one)| {
                pairs[at + 1..].iter().filter(|other| crossing(*one, **other)).count()
            });
            prop_assert_eq!(crossings(&rows, &links(12, &pairs)), expected.sum::<usize>());
        }

        #[test]
        fn ordering_never_adds_crossings_and_keeps_every_node(
            pairs in prop::collection::btree_set((0_usize..6, 6_usize..12), 0..20),
        ) {
            let pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
            let links = links(12, &pairs);
            let layer: Vec<usize> = (0..12).map(|node| node / 6).collect();
            let before = crossings(&first_order(&layer, &links), &links);
            let rows = ordered(&layer, &links);
            prop_assert!(crossings(&rows, &links) <= before);
            let mut all = rows.concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..12).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_crossing_that_need_not_be_is_gone() {
        let links = links(4, &[(0, 3), (1, 2)]);
        assert_eq!(crossings(&ordered(&[0, 0, 1, 1], &links), &links), 0);
    }
}
