//! The smallest cut between two ends of a network, by maximum flow (Ford and Fulkerson 1956), found by Dinic's
//! algorithm (1970). What a link carries is for the caller to say; the ends are unbounded.
//!
//! A means of [`super::disbelief`], which says what stands between two ends in sources.

use super::network::{Network, Node};
use std::collections::{BTreeSet, VecDeque};

/// What parts two ends at the least cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cut {
    /// The maximum flow: what the links of the cut carry together.
    pub flow: usize,
    /// In the order of their ends, nearest the origin; those that carry nothing among them.
    pub links: Vec<usize>,
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
            is_to: vec![false; nodes],
        }
    }

    /// The smallest cut between ends that have nothing in common, where each link carries what `carries` says.
    pub fn smallest_cut(
        &mut self,
        from: &BTreeSet<Node>,
        to: &BTreeSet<Node>,
        carries: impl Fn(usize) -> usize,
    ) -> Cut {
        for link in 0..self.network.links().len() {
            self.left[2 * link] = carries(link);
            self.left[2 * link + 1] = 0;
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
        for node in to {
            self.is_to[*node] = false;
        }
        let is_cut = |&at: &usize| {
            let link = &self.network.links()[at];
            self.level[link.from] != FAR && self.level[link.to] == FAR
        };
        Cut { flow, links: (0..self.network.links().len()).filter(is_cut).collect() }
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
