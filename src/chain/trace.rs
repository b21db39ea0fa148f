//! Paths through a network, shortest first, and the threads among all chains: those that one source tells whole.
//!
//! There may be more paths than anybody could list: what was not looked for is said in [`Traced::stopped`].

use super::network::{Network, Node};
use crate::id::Id;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How far is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Links of a path at most.
    pub longest: usize,
    /// Paths at most.
    pub most: usize,
}

/// Links tried before a search gives up: some seconds.
pub(super) const PATIENCE: usize = 5_000_000;

/// A way through: indices of links, each beginning where the one before ends. No factor is met twice, those of a cycle
/// apart, which ends where it began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    pub links: Vec<usize>,
}

impl Path {
    /// The factors on the way.
    pub fn nodes(&self, network: &Network) -> Vec<Node> {
        let first = self.links.first().map(|link| network.links()[*link].from);
        first.into_iter().chain(self.links.iter().map(|link| network.links()[*link].to)).collect()
    }

    /// Sources that tell all of it.
    pub fn told_whole_by(&self, network: &Network) -> BTreeSet<Id> {
        let mut sets = self.links.iter().map(|link| network.links()[*link].sources());
        let first = sets.next().cloned().unwrap_or_default();
        sets.fold(first, |told, set| &told & set)
    }
}

/// Why a list may not be whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    /// Longer ones were not looked for.
    Length,
    /// There are more.
    Number,
    /// The search was given up.
    Patience,
}

/// Paths in order of length, then of the factors on the way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traced {
    pub paths: Vec<Path>,
    pub stopped: Option<Stopped>,
}

/// Every path from one of `from` to one of `to` that meets no other of either on its way.
pub fn paths(network: &Network, from: &BTreeSet<Node>, to: &BTreeSet<Node>, bounds: Bounds) -> Traced {
    let mut search = Search::new(network, bounds, |_| true, to);
    search.run(&(from - to));
    search.traced
}

/// Every path that one source tells from end to end, with the sources that do. Looked for source by source, so that a
/// thread is found however many paths nobody tells whole.
pub fn threads(
    network: &Network,
    from: &BTreeSet<Node>,
    to: &BTreeSet<Node>,
    bounds: Bounds,
) -> (Vec<(Path, BTreeSet<Id>)>, Option<Stopped>) {
    let sources: BTreeSet<Id> = network.links().iter().flat_map(|link| link.sources().iter().copied()).collect();
    let mut told: BTreeMap<(usize, Vec<Node>), (Path, BTreeSet<Id>)> = BTreeMap::new();
    let (mut stopped, mut patience) = (None, PATIENCE);
    for source in sources {
        let mut search = Search::new(network, bounds, |link| network.links()[link].sources().contains(&source), to);
        search.patience = patience;
        search.run(&(from - to));
        patience = search.patience;
        stopped = stopped.max(search.traced.stopped);
        for path in search.traced.paths {
            let key = (path.links.len(), path.nodes(network));
            told.entry(key).or_insert_with(|| (path, BTreeSet::new())).1.insert(source);
        }
    }
    let mut threads: Vec<_> = told.into_values().collect();
    if threads.len() > bounds.most {
        threads.truncate(bounds.most);
        stopped = stopped.max(Some(Stopped::Number));
    }
    (threads, stopped)
}

/// One search: paths of one link more each time, so that the shortest are found first.
pub(super) struct Search<'n, A> {
    network: &'n Network,
    bounds: Bounds,
    /// Whether a link may be used.
    allowed: A,
    /// Links from each factor to the goal, which is at 0, as far as paths go.
    distance: BTreeMap<Node, usize>,
    /// Factors lie further from the goal than paths go.
    has_more: bool,
    met: BTreeSet<Node>,
    way: Vec<usize>,
    /// Links that paths have in this round.
    length: usize,
    /// A longer path may be there.
    cut_short: bool,
    /// Links that may still be tried.
    pub(super) patience: usize,
    pub(super) traced: Traced,
}

impl<'n, A: Fn(usize) -> bool> Search<'n, A> {
    pub(super) fn new(network: &'n Network, bounds: Bounds, allowed: A, goal: &BTreeSet<Node>) -> Self {
        let mut distance: BTreeMap<Node, usize> = goal.iter().map(|node| (*node, 0)).collect();
        let mut next: VecDeque<(Node, usize)> = goal.iter().map(|node| (*node, 0)).collect();
        let mut has_more = false;
        while let Some((node, far)) = next.pop_front() {
            for link in network.arriving(node).iter().filter(|link| allowed(**link)) {
                let before = network.links()[*link].from;
                if distance.contains_key(&before) {
                    continue;
                }
                if far == bounds.longest {
                    has_more = true;
                    continue;
                }
                distance.insert(before, far + 1);
                next.push_back((before, far + 1));
            }
        }
        Search {
            network,
            bounds,
            allowed,
            distance,
            has_more,
            met: BTreeSet::new(),
            way: Vec::new(),
            length: 0,
            cut_short: false,
            patience: PATIENCE,
            traced: Traced::default(),
        }
    }

    /// Rounds of growing length, until nothing longer can be there or a bound is met. What a path begins with it does
    /// not meet again, a goal apart.
    pub(super) fn run(&mut self, from: &BTreeSet<Node>) {
        self.met.clone_from(from);
        for length in 1..=self.bounds.longest {
            self.length = length;
            self.cut_short = false;
            if !from.iter().all(|start| self.go(*start)) || !self.cut_short {
                return;
            }
        }
        self.traced.stopped = Some(Stopped::Length);
    }

    /// Tries all ways on from a factor; false where a bound was met.
    fn go(&mut self, node: Node) -> bool {
        let network = self.network;
        for link in network.leaving(node) {
            if !(self.allowed)(*link) {
                continue;
            }
            let Some(patience) = self.patience.checked_sub(1) else {
                self.traced.stopped = Some(Stopped::Patience);
                return false;
            };
            self.patience = patience;
            let next = network.links()[*link].to;
            let so_far = self.way.len() + 1;
            let Some(far) = self.distance.get(&next).copied() else {
                self.cut_short |= self.has_more;
                continue;
            };
            let is_goal = far == 0;
            if so_far + far > self.length {
                self.cut_short |= !self.met.contains(&next);
                continue;
            }
            if (is_goal && so_far < self.length) || (!is_goal && self.met.contains(&next)) {
                continue;
            }
            self.way.push(*link);
            let went_on = if is_goal { self.keep() } else { self.go_through(next) };
            self.way.pop();
            if !went_on {
                return false;
            }
        }
        true
    }

    fn go_through(&mut self, node: Node) -> bool {
        self.met.insert(node);
        let went_on = self.go(node);
        self.met.remove(&node);
        went_on
    }

    /// False where there are as many as were asked for already.
    fn keep(&mut self) -> bool {
        if self.traced.paths.len() == self.bounds.most {
            self.traced.stopped = Some(Stopped::Number);
            return false;
        }
        self.traced.paths.push(Path { links: self.way.clone() });
        true
    }
}
