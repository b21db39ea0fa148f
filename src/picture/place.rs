//! Where the nodes of each layer stand: as near to their neighbours as the order and the room between them allow.
//!
//! One layer at a time the sum of squared ways to where its nodes would like to be is made as small as it can be: with
//! the order given that is isotonic regression, solved exactly by pooling neighbours that violate it (Barlow et al.
//! 1972).

use super::order::Neighbours;

const SWEEPS: usize = 16;

/// Middles of all nodes across the layers, from 0. `sizes` are extents across, `is_bend` marks the bends of long lines,
/// which are to be straight; `gap` lies between neighbours.
pub fn placed(rows: &[Vec<usize>], links: &Neighbours, sizes: &[i32], is_bend: &[bool], gap: i32) -> Vec<i32> {
    let mut middle = vec![0.0; sizes.len()];
    for row in rows {
        let mut at = 0.0;
        for node in row {
            middle[*node] = at + f64::from(sizes[*node]) / 2.0;
            at += f64::from(sizes[*node] + gap);
        }
        let half = at / 2.0;
        for node in row {
            middle[*node] -= half;
        }
    }
    for sweep in 0..SWEEPS {
        for step in 0..rows.len() {
            let at = if sweep % 2 == 0 { step } else { rows.len() - 1 - step };
            // The last sweeps look both ways.
            let is_both = sweep + 4 >= SWEEPS;
            let (before, after) = (is_both || sweep % 2 == 0, is_both || sweep % 2 == 1);
            settle(&rows[at], links, (before, after), sizes, is_bend, gap, &mut middle);
        }
    }
    let mut middle: Vec<i32> = middle.into_iter().map(rounded).collect();
    close_up(&mut middle, sizes, gap);
    middle
}

/// Bands in which no layer has anything are made as narrow as two gaps; the first begins at 0.
fn close_up(middle: &mut [i32], sizes: &[i32], gap: i32) {
    let mut nodes: Vec<usize> = (0..sizes.len()).collect();
    nodes.sort_by_key(|node| middle[*node] - sizes[*node] / 2);
    let Some(first) = nodes.first() else { return };
    let mut shift = middle[*first] - sizes[*first] / 2;
    let mut lowest = i32::MIN;
    for node in nodes {
        let top = middle[node] - sizes[node] / 2;
        if lowest != i32::MIN && top - lowest > 2 * gap {
            shift += top - lowest - 2 * gap;
        }
        lowest = lowest.max(top + sizes[node]);
        middle[node] -= shift;
    }
}

/// Half a pixel is settled alike on every machine: positions are sums and quotients of whole numbers.
#[allow(clippy::cast_possible_truncation)] // a picture is smaller than 2^31 pixels
fn rounded(number: f64) -> i32 {
    (number + 1e-6).round() as i32
}

/// Moves one layer.
fn settle(
    row: &[usize],
    links: &Neighbours,
    (before, after): (bool, bool),
    sizes: &[i32],
    is_bend: &[bool],
    gap: i32,
    middle: &mut [f64],
) {
    // Middles less the room that those above take at least: these must not decrease along the row.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::with_capacity(row.len());
    let mut room = 0.0;
    let mut rooms = Vec::with_capacity(row.len());
    for (at, node) in row.iter().enumerate() {
        if at > 0 {
            let between = if is_bend[*node] && is_bend[row[at - 1]] { gap / 2 } else { gap };
            room += f64::from(sizes[row[at - 1]] + sizes[*node]) / 2.0 + f64::from(between);
        }
        rooms.push(room);
        let (mut sum, mut weight) = (0.0, 0.0);
        let sides = [(before, &links.before[*node]), (after, &links.after[*node])];
        for other in sides.into_iter().filter(|(is_heard, _)| *is_heard).flat_map(|(_, others)| others) {
            let pull = if is_bend[*node] && is_bend[*other] { 8.0 } else { 1.0 };
            sum += pull * middle[*other];
            weight += pull;
        }
        let (wish, weight) = if weight > 0.0 { (sum / weight, weight) } else { (middle[*node], 0.1) };
        blocks.push((wish - room, weight, 1));
        while let [.., one, other] = blocks.as_slice()
            && one.0 > other.0
        {
            let weight = one.1 + other.1;
            let pooled = ((one.0 * one.1 + other.0 * other.1) / weight, weight, one.2 + other.2);
            blocks.truncate(blocks.len() - 2);
            blocks.push(pooled);
        }
    }
    let wishes = blocks.iter().flat_map(|(wish, _, count)| std::iter::repeat_n(*wish, *count));
    for ((node, room), wish) in row.iter().zip(rooms).zip(wishes) {
        middle[*node] = wish + room;
    }
}
