//! Robustness: how many sources stand between two ends of a theory.
//!
//! Maximum flow, where a link carries as many as tell it (independent sources) and the ends are unbounded; by the
//! theorem of Ford and Fulkerson (1956) that is the capacity of the smallest cut. Worded for people: the sources you
//! would have to disbelieve before no chain is left. One source may tell several links of the cut and is then counted
//! with each; [`Robustness::sources`] names each once.
//!
//! Found by Dinic's algorithm (1970); the cut named is the one nearest the origin.

use super::network::{Network, Node};
use crate::id::Id;
use std::collections::{BTreeSet, VecDeque};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robustness {
    /// The maximum flow.
    pub flow: usize,
    /// Links of the smallest cut, in the order of their ends; those that nobody tells among them.
    pub cut: Vec<usize>,
    /// The different sources that tell a link of the cut.
    pub sources: BTreeSet<Id>,
}

/// A network made ready; asked as often as one likes.
pub struct Pipes<'n> {
    network: &'n Network,
    /// What each arc may still carry: of link `l`, arc `2l` forwards and `2l + 1` back.
    left: Vec<usize>,
    level: Vec<usize>,
    /// The next arc to try at each factor.
    turn: Vec<usize>,
    arcs: Vec<Vec<usize>>,
    is_from: Vec<bool>,
    is_to: Vec<bool>,
}

const FAR: usize = usize::MAX;

impl<'n> Pipes<'n> {
    pub fn new(network: &'n Network) -> Self {
        let nodes = network.factors.len();
        let mut arcs = vec![Vec::new(); nodes];
        for (at, link) in network.links().iter().enumerate() {
            arcs[link.from].push(2 * at);
            arcs[link.to].push(2 * at + 1);
        }
        Pipes {
            network,
            left: vec![0; 2 * network.links().len()],
            level: vec![FAR; nodes],
            turn: vec![0; nodes],
            arcs,
            is_from: vec![false; nodes],
            is_to: vec![false; nodes],
        }
    }

    /// `None` where the two ends have a factor in common: nothing stands between.
    pub fn robustness(&mut self, from: &BTreeSet<Node>, to: &BTreeSet<Node>) -> Option<Robustness> {
        if !from.is_disjoint(to) {
            return None;
        }
        for (at, link) in self.network.links().iter().enumerate() {
            self.left[2 * at] = link.sources().len();
            self.left[2 * at + 1] = 0;
        }
        for node in from {
            self.is_from[*node] = true;
        }
        for node in to {
            self.is_to[*node] = true;
        }
        let mut flow = 0;
        while self.find_levels(from) {
            self.turn.fill(0);
            for start in from {
                while let Some(carried) = self.push(*start) {
                    flow += carried;
                }
            }
        }
        let is_cut = |&at: &usize| {
            let link = &self.network.links()[at];
            self.level[link.from] != FAR && self.level[link.to] == FAR
        };
        let cut: Vec<usize> = (0..self.network.links().len()).filter(is_cut).collect();
        let sources = cut.iter().flat_map(|at| self.network.links()[*at].sources().iter().copied()).collect();
        for node in from {
            self.is_from[*node] = false;
        }
        for node in to {
            self.is_to[*node] = false;
        }
        Some(Robustness { flow, cut: self.on_a_way(cut, to), sources })
    }

    /// Links of a cut behind which the other end can be reached at all: the others part nothing.
    fn on_a_way(&self, cut: Vec<usize>, to: &BTreeSet<Node>) -> Vec<usize> {
        let mut reaches = vec![false; self.network.factors.len()];
        let mut next: Vec<Node> = to.iter().copied().collect();
        while let Some(node) = next.pop() {
            if std::mem::replace(&mut reaches[node], true) {
                continue;
            }
            next.extend(self.network.arriving(node).iter().map(|link| self.network.links()[*link].from));
        }
        cut.into_iter().filter(|at| reaches[self.network.links()[*at].to]).collect()
    }

    fn end(&self, arc: usize) -> Node {
        let link = &self.network.links()[arc / 2];
        if arc.is_multiple_of(2) { link.to } else { link.from }
    }

    /// How far each factor is from the origin along what may still carry; whether the target is reached.
    fn find_levels(&mut self, from: &BTreeSet<Node>) -> bool {
        self.level.fill(FAR);
        let mut next: VecDeque<Node> = from.iter().copied().collect();
        for node in from {
            self.level[*node] = 0;
        }
        let mut is_reached = false;
        while let Some(node) = next.pop_front() {
            is_reached |= self.is_to[node];
            for &arc in &self.arcs[node] {
                let end = self.end(arc);
                if self.left[arc] > 0 && self.level[end] == FAR {
                    self.level[end] = self.level[node] + 1;
                    next.push_back(end);
                }
            }
        }
        is_reached
    }

    /// One way from `start` to the target along growing levels, and what it carries. Kept in a list, not on the stack:
    /// a chain may be long.
    fn push(&mut self, start: Node) -> Option<usize> {
        let mut way: Vec<usize> = Vec::new();
        let mut at = start;
        loop {
            if self.is_to[at] {
                let carried = way.iter().map(|arc| self.left[*arc]).min()?;
                for arc in way {
                    self.left[arc] -= carried;
                    self.left[arc ^ 1] += carried;
                }
                return Some(carried);
            }
            if let Some(&arc) = self.arcs[at].get(self.turn[at]) {
                let end = self.end(arc);
                if self.left[arc] > 0 && self.level[end] == self.level[at] + 1 {
                    way.push(arc);
                    at = end;
                } else {
                    self.turn[at] += 1;
                }
            } else {
                let back = way.pop()?;
                at = self.end(back ^ 1);
                self.turn[at] += 1;
            }
        }
    }
}

/// The robustness between two ends; see [`Pipes::robustness`].
pub fn robustness(network: &Network, from: &BTreeSet<Node>, to: &BTreeSet<Node>) -> Option<Robustness> {
    Pipes::new(network).robustness(from, to)
}
