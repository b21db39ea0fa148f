//! The definitions, followed to the letter on small networks: what the quick ways are held against.

use super::network::{Network, Node};
use crate::id::Id;
use std::collections::BTreeSet;

/// Every way that meets no factor twice, by trying all of them.
pub fn paths(network: &Network, from: &BTreeSet<Node>, to: &BTreeSet<Node>) -> BTreeSet<Vec<Node>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Vec<Node>> = from.difference(to).map(|node| vec![*node]).collect();
    while let Some(way) = open.pop() {
        let last = *way.last().unwrap();
        if to.contains(&last) {
            found.insert(way);
            continue;
        }
        for link in network.links().iter().filter(|link| link.from == last) {
            if !way.contains(&link.to) && !from.contains(&link.to) {
                open.push([way.as_slice(), &[link.to]].concat());
            }
        }
    }
    found
}

/// Sources that tell every link of a way.
pub fn told_whole_by(network: &Network, way: &[Node]) -> BTreeSet<Id> {
    let all: BTreeSet<Id> = network.links().iter().flat_map(|link| link.sources().iter().copied()).collect();
    let tells = |source: &Id, pair: &[Node]| {
        network.links().iter().any(|link| [link.from, link.to] == pair && link.sources().contains(source))
    };
    all.into_iter().filter(|source| way.windows(2).all(|pair| tells(source, pair))).collect()
}

/// The smallest of all cuts: every way to part the factors, with `from` on this side and `to` on that.
pub fn smallest_cut(network: &Network, from: &BTreeSet<Node>, to: &BTreeSet<Node>) -> usize {
    let free: Vec<Node> =
        (0..network.factors.len()).filter(|node| !from.contains(node) && !to.contains(node)).collect();
    let capacity = |here: usize| {
        let is_here = |node: Node| {
            from.contains(&node) || free.iter().position(|one| *one == node).is_some_and(|at| here >> at & 1 == 1)
        };
        let cut = network.links().iter().filter(|link| is_here(link.from) && !is_here(link.to));
        cut.map(|link| link.sources().len()).sum()
    };
    (0..1_usize << free.len()).map(capacity).min().unwrap()
}

/// Every elementary cycle, begun at its first factor.
pub fn cycles(network: &Network) -> BTreeSet<Vec<Node>> {
    let mut found = BTreeSet::new();
    for start in 0..network.factors.len() {
        let mut open = vec![vec![start]];
        while let Some(way) = open.pop() {
            for link in network.links().iter().filter(|link| link.from == *way.last().unwrap()) {
                if link.to == start {
                    found.insert(way.clone());
                } else if link.to > start && !way.contains(&link.to) {
                    open.push([way.as_slice(), &[link.to]].concat());
                }
            }
        }
    }
    found
}
