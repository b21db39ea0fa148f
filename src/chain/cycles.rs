//! Feedback: factors that lead back to themselves. Knots are strongly connected components (Kosaraju 1978, without
//! recursion); cycles are the elementary ones within them, shortest first and to a bound.

use super::network::{Network, Node};
use super::trace::{Bounds, PATIENCE, Path, Search, Stopped};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cycles {
    /// Groups of factors that each lead to all others of the group, in order of their first.
    pub knots: Vec<BTreeSet<Node>>,
    /// Each begins at its first factor; by length, then by the factors on the way.
    pub cycles: Vec<Path>,
    pub stopped: Option<Stopped>,
}

pub fn find(network: &Network, bounds: Bounds) -> Cycles {
    let knots = knots(network);
    let mut knot_of: Vec<Option<usize>> = vec![None; network.factors.len()];
    for (at, knot) in knots.iter().enumerate() {
        for node in knot {
            knot_of[*node] = Some(at);
        }
    }
    let mut patience = PATIENCE;
    let mut found = Cycles { knots, ..Cycles::default() };
    for start in 0..network.factors.len() {
        let Some(knot) = knot_of[start] else { continue };
        let within = |node: Node| node >= start && knot_of[node] == Some(knot);
        let allowed = |link: usize| {
            let link = &network.links()[link];
            within(link.from) && within(link.to)
        };
        let only = BTreeSet::from([start]);
        let mut search = Search::new(network, bounds, allowed, &only);
        search.patience = patience;
        search.run(&only);
        patience = search.patience;
        found.stopped = found.stopped.max(search.traced.stopped);
        found.cycles.extend(search.traced.paths);
    }
    found.cycles.sort_by_cached_key(|cycle| (cycle.links.len(), cycle.nodes(network)));
    if found.cycles.len() > bounds.most {
        found.cycles.truncate(bounds.most);
        found.stopped = found.stopped.max(Some(Stopped::Number));
    }
    found
}

/// Strongly connected groups of several factors, or of one that links to itself.
fn knots(network: &Network) -> Vec<BTreeSet<Node>> {
    let ends = |node: Node| network.leaving(node).iter().map(|link| network.links()[*link].to);
    let starts = |node: Node| network.arriving(node).iter().map(|link| network.links()[*link].from);
    let mut knots = Vec::new();
    let mut is_done = vec![false; network.factors.len()];
    for root in in_order_of_leaving(network).into_iter().rev() {
        let mut knot = BTreeSet::new();
        let mut next = vec![root];
        while let Some(node) = next.pop() {
            if !std::mem::replace(&mut is_done[node], true) {
                knot.insert(node);
                next.extend(starts(node).filter(|before| !is_done[*before]));
            }
        }
        if knot.len() > 1 || knot.first().is_some_and(|only| ends(*only).any(|end| end == *only)) {
            knots.push(knot);
        }
    }
    knots.sort();
    knots
}

/// Factors in the order in which a walk in depth is done with them.
fn in_order_of_leaving(network: &Network) -> Vec<Node> {
    let mut order = Vec::with_capacity(network.factors.len());
    let mut is_met = vec![false; network.factors.len()];
    for root in 0..network.factors.len() {
        let mut way = if std::mem::replace(&mut is_met[root], true) { Vec::new() } else { vec![(root, 0)] };
        while let Some((node, turn)) = way.last_mut() {
            if let Some(link) = network.leaving(*node).get(*turn) {
                *turn += 1;
                let end = network.links()[*link].to;
                if !std::mem::replace(&mut is_met[end], true) {
                    way.push((end, 0));
                }
            } else {
                order.push(*node);
                way.pop();
            }
        }
    }
    order
}
