//! Where everything goes: what hangs together is laid out by itself, from left to right, and the pieces are set on
//! shelves below each other. What hangs with nothing stands in rows at the end.

use super::layers::layered;
use super::order::{Neighbours, ordered};
use super::place::placed;
use std::collections::BTreeMap;

/// A stretch of an arrow that runs straight from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lane {
    pub left: i32,
    pub right: i32,
    pub y: i32,
}

/// Where items and arrows go, in whole pixels from the top left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Top left corner of each item.
    pub corners: Vec<(i32, i32)>,
    /// Lanes of each arrow from left to right, and whether it points left; empty where it has no way (of an item with
    /// itself).
    pub routes: Vec<(Vec<Lane>, bool)>,
    pub width: i32,
    pub height: i32,
}

/// Between the boxes of a layer.
const GAP: i32 = 18;
/// Between layers, at least, and at most for the sake of many arrows.
const ALLEY: (i32, i32) = (56, 150);
/// Between pieces that hang together.
const APART: i32 = 44;
/// A shelf is at least as wide as a page.
const PAGE: i32 = 1500;
/// Between two arrows that begin or end at one box.
pub const PORT: i32 = 12;

/// Lays out boxes of these sizes with arrows between them; `fixed` are layers that a figure asks for.
pub fn layout(sizes: &[(i32, i32)], arrows: &[(usize, usize)], fixed: &[Option<usize>]) -> Layout {
    let mut all = Layout {
        corners: vec![(0, 0); sizes.len()],
        routes: vec![(Vec::new(), false); arrows.len()],
        ..Layout::default()
    };
    let (mut pieces, loose) = pieces(sizes.len(), arrows);
    pieces.sort_by_key(|(nodes, _)| (std::cmp::Reverse(nodes.len()), nodes.first().copied()));
    let laid: Vec<(Vec<usize>, Vec<usize>, Layout)> = pieces
        .into_iter()
        .map(|(nodes, own)| {
            let place: BTreeMap<usize, usize> = nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
            let own_sizes: Vec<(i32, i32)> = nodes.iter().map(|node| sizes[*node]).collect();
            let own_fixed: Vec<Option<usize>> = nodes.iter().map(|node| fixed[*node]).collect();
            let ends: Vec<(usize, usize)> =
                own.iter().map(|at| (place[&arrows[*at].0], place[&arrows[*at].1])).collect();
            let piece = piece(&own_sizes, &ends, &own_fixed);
            (nodes, own, piece)
        })
        .collect();
    let page = laid.iter().map(|(.., piece)| piece.width).max().unwrap_or(0).max(PAGE);
    let mut shelves = Shelves { page, ..Shelves::default() };
    for (nodes, own, piece) in laid {
        let (x, y) = shelves.put(piece.width, piece.height, APART);
        for (node, (left, top)) in nodes.iter().zip(piece.corners) {
            all.corners[*node] = (x + left, y + top);
        }
        for (arrow, (lanes, turned)) in own.iter().zip(piece.routes) {
            let moved =
                lanes.into_iter().map(|lane| Lane { left: lane.left + x, right: lane.right + x, y: lane.y + y });
            all.routes[*arrow] = (moved.collect(), turned);
        }
    }
    shelves.next_row(APART);
    for node in loose {
        all.corners[node] = shelves.put(sizes[node].0, sizes[node].1, GAP);
    }
    (all.width, all.height) = (shelves.widest, shelves.top + shelves.tallest);
    all
}

/// Rows of things, each as high as the highest in it.
#[derive(Default)]
struct Shelves {
    page: i32,
    left: i32,
    top: i32,
    tallest: i32,
    widest: i32,
}

impl Shelves {
    fn put(&mut self, width: i32, height: i32, gap: i32) -> (i32, i32) {
        if self.left > 0 && self.left + width > self.page {
            self.next_row(gap);
        }
        let corner = (self.left, self.top);
        self.left += width + gap;
        self.tallest = self.tallest.max(height);
        self.widest = self.widest.max(corner.0 + width);
        corner
    }

    fn next_row(&mut self, gap: i32) {
        if self.left > 0 {
            self.top += self.tallest + gap;
            (self.left, self.tallest) = (0, 0);
        }
    }
}

type Piece = (Vec<usize>, Vec<usize>);

/// The first of those that a node hangs together with.
fn top(above: &mut [usize], mut node: usize) -> usize {
    while above[node] != node {
        above[node] = above[above[node]];
        node = above[node];
    }
    node
}

/// What hangs together, each with its arrows, and what has no arrow to another.
fn pieces(nodes: usize, arrows: &[(usize, usize)]) -> (Vec<Piece>, Vec<usize>) {
    let mut above: Vec<usize> = (0..nodes).collect();
    for (from, to) in arrows {
        let (one, other) = (top(&mut above, *from), top(&mut above, *to));
        above[one.max(other)] = one.min(other);
    }
    let mut pieces: BTreeMap<usize, Piece> = BTreeMap::new();
    for node in 0..nodes {
        pieces.entry(top(&mut above, node)).or_default().0.push(node);
    }
    for (at, (from, to)) in arrows.iter().enumerate().filter(|(_, (from, to))| from != to) {
        debug_assert!(from != to && *to < nodes);
        pieces.entry(top(&mut above, *from)).or_default().1.push(at);
    }
    let (tied, loose): (Vec<Piece>, Vec<Piece>) = pieces.into_values().partition(|(nodes, _)| nodes.len() > 1);
    (tied, loose.into_iter().flat_map(|(nodes, _)| nodes).collect())
}

/// A chain of places: a box, bends, a box.
struct Line {
    nodes: Vec<usize>,
    turned: bool,
}

/// One piece, by layers.
fn piece(sizes: &[(i32, i32)], arrows: &[(usize, usize)], fixed: &[Option<usize>]) -> Layout {
    let graph = layered(sizes.len(), arrows, fixed);
    let mut layer = graph.layer;
    let mut across: Vec<i32> = sizes.iter().map(|(_, height)| *height).collect();
    let mut links = Neighbours { before: vec![Vec::new(); sizes.len()], after: vec![Vec::new(); sizes.len()] };
    let mut lines = Vec::with_capacity(arrows.len());
    for (from, to, turned) in graph.arrows {
        let mut nodes = vec![from];
        for between in layer[from] + 1..layer[to] {
            nodes.push(layer.len());
            layer.push(between);
            across.push(8);
            links.before.push(Vec::new());
            links.after.push(Vec::new());
        }
        nodes.push(to);
        for pair in nodes.windows(2).filter(|pair| layer[pair[0]] < layer[pair[1]]) {
            links.after[pair[0]].push(pair[1]);
            links.before[pair[1]].push(pair[0]);
        }
        lines.push(Line { nodes, turned });
    }
    let is_bend: Vec<bool> = (0..layer.len()).map(|node| node >= sizes.len()).collect();
    let rows = ordered(&layer, &links);
    let middle = placed(&rows, &links, &across, &is_bend, GAP);
    let columns = columns(&rows, sizes, &links);
    let corners = (0..sizes.len())
        .map(|node| {
            let (left, right) = columns[layer[node]];
            (left + (right - left - sizes[node].0) / 2, middle[node] - sizes[node].1 / 2)
        })
        .collect::<Vec<_>>();
    let routes = routes(&lines, &layer, &middle, &columns, sizes, &corners);
    let height = corners.iter().zip(sizes).map(|((_, top), (_, height))| top + height);
    let lowest = routes.iter().flat_map(|(lanes, _)| lanes.iter().map(|lane| lane.y));
    Layout {
        height: height.chain(lowest).max().unwrap_or(0),
        width: columns.last().map_or(0, |(_, right)| *right),
        corners,
        routes,
    }
}

/// Left and right of each layer: as wide as its widest box, with more room between where many arrows run.
fn columns(rows: &[Vec<usize>], sizes: &[(i32, i32)], links: &Neighbours) -> Vec<(i32, i32)> {
    let mut left = 0;
    let mut columns = Vec::with_capacity(rows.len());
    for row in rows {
        let widest = row.iter().filter_map(|node| sizes.get(*node)).map(|(width, _)| *width).max().unwrap_or(0);
        columns.push((left, left + widest));
        let arrows: usize = row.iter().map(|node| links.after[*node].len()).sum();
        let alley = ALLEY.0 + 3 * i32::try_from(arrows).unwrap_or(ALLEY.1);
        left += widest + alley.min(ALLEY.1);
    }
    columns
}

/// Lanes of each line. At a box, lines stand apart in the order of where they come from or go to.
fn routes(
    lines: &[Line],
    layer: &[usize],
    middle: &[i32],
    columns: &[(i32, i32)],
    sizes: &[(i32, i32)],
    corners: &[(i32, i32)],
) -> Vec<(Vec<Lane>, bool)> {
    let mut leaving: BTreeMap<usize, Vec<(i32, usize)>> = BTreeMap::new();
    let mut arriving: BTreeMap<usize, Vec<(i32, usize)>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if let [first, second, .., before, last] | [first, second @ before, last] = line.nodes.as_slice() {
            leaving.entry(*first).or_default().push((middle[*second], at));
            arriving.entry(*last).or_default().push((middle[*before], at));
        } else if let [first, last] = line.nodes.as_slice() {
            leaving.entry(*first).or_default().push((middle[*last], at));
            arriving.entry(*last).or_default().push((middle[*first], at));
        }
    }
    let starts = ports(leaving, middle, sizes, lines.len());
    let ends = ports(arriving, middle, sizes, lines.len());
    let lanes = |(at, line): (usize, &Line)| {
        let last = line.nodes.len() - 1;
        let lane = |(step, node): (usize, &usize)| {
            let (left, right) = columns[layer[*node]];
            if step == 0 {
                Lane { left: corners[*node].0 + sizes[*node].0, right, y: starts[at] }
            } else if step == last {
                Lane { left, right: corners[*node].0, y: ends[at] }
            } else {
                Lane { left, right, y: middle[*node] }
            }
        };
        (line.nodes.iter().enumerate().map(lane).collect(), line.turned)
    };
    lines.iter().enumerate().map(lanes).collect()
}

/// Where each line leaves or meets its box.
fn ports(by_node: BTreeMap<usize, Vec<(i32, usize)>>, middle: &[i32], sizes: &[(i32, i32)], lines: usize) -> Vec<i32> {
    let mut ports = vec![0; lines];
    for (node, mut ends) in by_node {
        ends.sort_unstable();
        let count = i32::try_from(ends.len()).unwrap_or(i32::MAX);
        let room = (sizes[node].1 - 12).max(0);
        for (nth, (_, line)) in (0..).zip(ends) {
            let wide = (room).min(PORT * (count - 1));
            let offset = if count > 1 { nth * wide / (count - 1) - wide / 2 } else { 0 };
            ports[line] = middle[node] + offset;
        }
    }
    ports
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn inside(lane: &Lane, corner: (i32, i32), size: (i32, i32)) -> bool {
        lane.y > corner.1 && lane.y < corner.1 + size.1 && lane.left < corner.0 + size.0 && lane.right > corner.0
    }

    proptest! {
        #[test]
        fn boxes_do_not_touch_and_no_line_runs_through_one(
            sizes in prop::collection::vec((60_i32..240, 20_i32..90), 1..20),
            ends in prop::collection::vec((0_usize..20, 0_usize..20), 0..35),
        ) {
            let arrows: Vec<(usize, usize)> = ends.into_iter().map(|(from, to)| (from % sizes.len(), to % sizes.len())).collect();
            let found = layout(&sizes, &arrows, &vec![None; sizes.len()]);
            prop_assert_eq!(&found, &layout(&sizes, &arrows, &vec![None; sizes.len()]));
            for (one, corner) in found.corners.iter().enumerate() {
                prop_assert!(corner.0 >= 0 && corner.1 >= 0);
                prop_assert!(corner.0 + sizes[one].0 <= found.width && corner.1 + sizes[one].1 <= found.height);
                for other in 0..one {
                    let (a, b) = (found.corners[other], sizes[other]);
                    let apart = corner.0 >= a.0 + b.0 || a.0 >= corner.0 + sizes[one].0 || corner.1 >= a.1 + b.1 || a.1 >= corner.1 + sizes[one].1;
                    prop_assert!(apart, "{one} and {other}");
                }
            }
            for ((from, to), (lanes, turned)) in arrows.iter().zip(&found.routes) {
                prop_assert_eq!(lanes.is_empty(), from == to);
                for lane in lanes {
                    prop_assert!((0..sizes.len()).all(|node| !inside(lane, found.corners[node], sizes[node])));
                }
                if let [first, .., last] = lanes.as_slice() {
                    let (start, end) = if *turned { (to, from) } else { (from, to) };
                    prop_assert_eq!(first.left, found.corners[*start].0 + sizes[*start].0);
                    prop_assert_eq!(last.right, found.corners[*end].0);
                }
            }
        }
    }
}
