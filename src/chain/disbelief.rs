//! Robustness: the fewest independent sources one would have to disbelieve before no chain between two ends is left.
//!
//! A link falls when all who tell it are disbelieved, and a source is disbelieved once, in whatever it tells: two parts
//! of one configuration, or two links of one chain, are no two things to doubt. A link that nobody tells holds nothing up.
//!
//! With each link carrying one source this is the smallest cut; as soon as a source tells several links it is the
//! minimum label cut, for which no quick method is known. So: whoever tells a chain from end to end must be disbelieved;
//! of the rest every choice is tried, link by link along a chain that still stands, and a choice is given up where a flow shows that it cannot be the smallest: a source shares one unit among the links it
//! tells, so that no cut carries more than it has sources. Where that would take too long the answer says between which
//! two numbers it lies.

use super::flow::Pipes;
use super::network::{Network, Node};
use crate::id::Id;
use std::collections::{BTreeSet, VecDeque};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robustness {
    /// Disbelieve these and no chain is left.
    pub sources: BTreeSet<Id>,
    /// No fewer would do. As many as `sources`, unless the search was given up.
    pub at_least: usize,
    /// The links that then part the two ends, in the order of their ends; those that nobody tells among them.
    pub cut: Vec<usize>,
}

/// Links looked at before a search is given up: some seconds.
pub const PATIENCE: usize = 5_000_000;

/// What a source shares among the links it tells: divisible by all small numbers, so that shares are exact for them.
const UNIT: usize = 720_720;
/// More than all sources together can carry, and still small enough to be added up.
const UNBREAKABLE: usize = usize::MAX / 1024;

/// A network made ready; asked as often as one likes.
pub struct Doubt<'n> {
    network: &'n Network,
    pipes: Pipes<'n>,
    sources: Vec<Id>,
    /// By link, the places in `sources` of those that tell it.
    tellers: Vec<Vec<usize>>,
    /// By source, the links it tells.
    tells: Vec<Vec<usize>>,
}

impl<'n> Doubt<'n> {
    pub fn new(network: &'n Network) -> Self {
        let all: BTreeSet<Id> = network.links().iter().flat_map(|link| link.sources().iter().copied()).collect();
        let sources: Vec<Id> = all.into_iter().collect();
        let mut tells = vec![Vec::new(); sources.len()];
        let mut tellers = Vec::with_capacity(network.links().len());
        for (at, link) in network.links().iter().enumerate() {
            let places: Vec<usize> = link.sources().iter().filter_map(|id| sources.binary_search(id).ok()).collect();
            for place in &places {
                tells[*place].push(at);
            }
            tellers.push(places);
        }
        Doubt { network, pipes: Pipes::new(network), sources, tellers, tells }
    }

    /// `None` where the two ends have a factor in common: nothing stands between.
    pub fn robustness(&mut self, from: &BTreeSet<Node>, to: &BTreeSet<Node>, patience: usize) -> Option<Robustness> {
        if !from.is_disjoint(to) {
            return None;
        }
        let forced: Vec<usize> = (0..self.sources.len()).filter(|source| self.tells_whole(*source, from, to)).collect();
        let standing = self.tellers.iter().map(Vec::len).collect();
        let mut search = Search {
            from,
            to,
            is_believed: vec![true; self.sources.len()],
            standing,
            is_kept: vec![false; self.network.links().len()],
            best: None,
            at_least: forced.len(),
            patience,
            doubt: self,
        };
        search.disbelieve(&forced);
        let is_whole = search.go(&mut forced.clone(), true);
        let best = search.best.take().unwrap_or_default();
        let at_least = if is_whole { best.len() } else { search.at_least };
        let cut = self.cut(&best, from, to);
        Some(Robustness { sources: best.into_iter().map(|one| self.sources[one]).collect(), at_least, cut })
    }

    /// One source tells a chain from end to end: as long as it is believed, one is left.
    fn tells_whole(&self, source: usize, from: &BTreeSet<Node>, to: &BTreeSet<Node>) -> bool {
        let links = &self.tells[source];
        let mut met: BTreeSet<Node> = BTreeSet::new();
        let start = |link: &&usize| from.contains(&self.network.links()[**link].from);
        let mut open: Vec<Node> = links.iter().filter(start).map(|link| self.network.links()[*link].to).collect();
        while let Some(node) = open.pop() {
            if to.contains(&node) {
                return true;
            }
            if met.insert(node) {
                let on = self.network.leaving(node).iter().filter(|link| links.binary_search(link).is_ok());
                open.extend(on.map(|link| self.network.links()[*link].to));
            }
        }
        false
    }

    /// Where the believed chains from the one end stop, though links go on to the other.
    fn cut(&self, disbelieved: &[usize], from: &BTreeSet<Node>, to: &BTreeSet<Node>) -> Vec<usize> {
        let stands = |link: usize| self.tellers[link].iter().any(|source| !disbelieved.contains(source));
        let here = reached(self.network, from, false, stands);
        let there = reached(self.network, to, true, |_| true);
        let links = self.network.links();
        let parts = |&at: &usize| here[links[at].from] && !here[links[at].to] && there[links[at].to];
        (0..links.len()).filter(parts).collect()
    }
}

/// Factors that can be reached from an end, forwards or back.
fn reached(network: &Network, end: &BTreeSet<Node>, back: bool, stands: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut reached = vec![false; network.factors.len()];
    let mut open: Vec<Node> = end.iter().copied().collect();
    while let Some(node) = open.pop() {
        if std::mem::replace(&mut reached[node], true) {
            continue;
        }
        let on = if back { network.arriving(node) } else { network.leaving(node) };
        let link = |at: &usize| &network.links()[*at];
        open.extend(on.iter().filter(|at| stands(**at)).map(|at| if back { link(at).from } else { link(at).to }));
    }
    reached
}

/// One search for the fewest.
struct Search<'d, 'n> {
    doubt: &'d mut Doubt<'n>,
    from: &'d BTreeSet<Node>,
    to: &'d BTreeSet<Node>,
    is_believed: Vec<bool>,
    /// By link, how many believed sources tell it.
    standing: Vec<usize>,
    /// Links that stand whatever else falls, in the part of the search one is in.
    is_kept: Vec<bool>,
    best: Option<Vec<usize>>,
    /// What the first look showed to be needed at least.
    at_least: usize,
    patience: usize,
}

impl Search<'_, '_> {
    fn disbelieve(&mut self, sources: &[usize]) {
        for source in sources {
            self.is_believed[*source] = false;
            for link in &self.doubt.tells[*source] {
                self.standing[*link] -= 1;
            }
        }
    }

    fn believe(&mut self, sources: &[usize]) {
        for source in sources {
            self.is_believed[*source] = true;
            for link in &self.doubt.tells[*source] {
                self.standing[*link] += 1;
            }
        }
    }

    /// Looks for the fewest that go with those disbelieved so far; false where it was given up.
    fn go(&mut self, so_far: &mut Vec<usize>, is_first: bool) -> bool {
        let (needed, candidate) = self.look(so_far);
        if is_first {
            self.at_least = so_far.len() + needed.unwrap_or_default();
        }
        let Some(needed) = needed else { return true };
        if self.best.as_ref().is_none_or(|best| candidate.len() < best.len()) {
            self.best = Some(candidate);
        }
        let fewest = self.best.as_ref().map_or(usize::MAX, Vec::len);
        if needed == 0 || so_far.len() + needed >= fewest {
            return true;
        }
        let Some(patience) = self.patience.checked_sub(self.standing.len()) else { return false };
        self.patience = patience;
        let mut kept = Vec::new();
        let mut is_whole = true;
        for link in self.way() {
            if self.is_kept[link] {
                continue;
            }
            let doubted: Vec<usize> =
                self.doubt.tellers[link].iter().copied().filter(|source| self.is_believed[*source]).collect();
            let before = so_far.len();
            so_far.extend(&doubted);
            self.disbelieve(&doubted);
            let keeps_its_word = kept.iter().all(|link: &usize| self.standing[*link] > 0);
            is_whole = !keeps_its_word || self.go(so_far, false);
            self.believe(&doubted);
            so_far.truncate(before);
            if !is_whole {
                break;
            }
            self.is_kept[link] = true;
            kept.push(link);
        }
        for link in kept {
            self.is_kept[link] = false;
        }
        is_whole
    }

    /// How many more are needed at least, `None` where what must stand lets nothing part the ends; and one choice that
    /// does part them.
    fn look(&mut self, so_far: &[usize]) -> (Option<usize>, Vec<usize>) {
        let network = self.doubt.network;
        let here = reached(network, self.from, false, |link| self.standing[link] > 0);
        let there = reached(network, self.to, true, |link| self.standing[link] > 0);
        let on_a_way: Vec<bool> = network
            .links()
            .iter()
            .enumerate()
            .map(|(at, link)| self.standing[at] > 0 && here[link.from] && there[link.to])
            .collect();
        let share: Vec<usize> = self
            .doubt
            .tells
            .iter()
            .map(|links| UNIT / links.iter().filter(|link| on_a_way[**link]).count().max(1))
            .collect();
        let believed = |link: usize| self.doubt.tellers[link].iter().filter(|source| self.is_believed[**source]);
        let carries: Vec<usize> = (0..on_a_way.len())
            .map(|link| match (on_a_way[link], self.is_kept[link]) {
                (false, _) => 0,
                (true, true) => UNBREAKABLE,
                (true, false) => believed(link).map(|source| share[*source]).sum(),
            })
            .collect();
        let cut = self.doubt.pipes.smallest_cut(self.from, self.to, |link| carries[link]);
        if cut.flow >= UNBREAKABLE {
            return (None, Vec::new());
        }
        let fallen: BTreeSet<usize> = cut
            .links
            .iter()
            .filter(|link| on_a_way[**link])
            .flat_map(|link| &self.doubt.tellers[*link])
            .copied()
            .collect();
        let mut candidate: BTreeSet<usize> = so_far.iter().copied().collect();
        candidate.extend(fallen);
        (Some(cut.flow.div_ceil(UNIT)), candidate.into_iter().collect())
    }

    /// A shortest chain that still stands, its links in the order of how few tell them.
    fn way(&self) -> Vec<usize> {
        let network = self.doubt.network;
        let mut before: Vec<Option<usize>> = vec![None; network.factors.len()];
        let mut next: VecDeque<Node> = self.from.iter().copied().collect();
        let mut way = Vec::new();
        while let Some(node) = next.pop_front() {
            if self.to.contains(&node) {
                let mut at = node;
                while let Some(link) = before[at] {
                    way.push(link);
                    at = network.links()[link].from;
                }
                break;
            }
            for link in network.leaving(node).iter().filter(|link| self.standing[**link] > 0) {
                let end = network.links()[*link].to;
                if before[end].is_none() && !self.from.contains(&end) {
                    before[end] = Some(*link);
                    next.push_back(end);
                }
            }
        }
        way.sort_by_key(|link| (self.standing[*link], *link));
        way
    }
}

/// The robustness between two ends; see [`Doubt::robustness`].
pub fn robustness(network: &Network, from: &BTreeSet<Node>, to: &BTreeSet<Node>) -> Option<Robustness> {
    Doubt::new(network).robustness(from, to, PATIENCE)
}
