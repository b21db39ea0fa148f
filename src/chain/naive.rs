//! The definitions, followed to the letter on small networks: what the quick ways are held against.

use super::network::{Link, Network, Node};
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

/// Something leads from one end to the other over links that somebody believed tells.
pub fn is_left(network: &Network, from: &BTreeSet<Node>, to: &BTreeSet<Node>, disbelieved: &BTreeSet<Id>) -> bool {
    let mut reached = from.clone();
    for _ in 0..network.factors.len() {
        let stands = |link: &&Link| reached.contains(&link.from) && !link.sources().is_subset(disbelieved);
        let next: Vec<Node> = network.links().iter().filter(stands).map(|link| link.to).collect();
        reached.extend(next);
    }
    !reached.is_disjoint(to)
}

/// The fewest sources whose disbelief leaves nothing, by trying every set of them.
pub fn fewest(sources: &[Id], is_left: impl Fn(&BTreeSet<Id>) -> bool) -> usize {
    let chosen = |set: usize| (0..sources.len()).filter(move |at| set >> at & 1 == 1).map(|at| sources[at]);
    let parting = (0..1_usize << sources.len()).filter(|set| !is_left(&chosen(*set).collect()));
    parting.map(|set| set.count_ones() as usize).min().unwrap()
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
