//! A large map that neither components nor levels of labels divide, from further away: the factors that most sources tell
//! of stand alone, and every other is gathered beside the one of them that it is tied to.

use crate::chain::network::{Network, Node};
use crate::chain::zoom::by_group;
use crate::id::Id;
use crate::report::block::count_of;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Factors that stand alone.
const ALONE: usize = 40;
/// Factors of a box that are named in it.
const NAMED: usize = 2;

/// The map taken together, and what is said of it.
pub(super) struct Gathered {
    pub network: Network,
    pub note: String,
}

/// Gathers the factors that links begin or end at.
pub(super) fn gather(network: &Network, ends: &BTreeSet<usize>) -> Gathered {
    let alone = best_told(network, ends);
    let beside = nearest(network, &alone);
    let mut members: BTreeMap<Option<Node>, Vec<Node>> = BTreeMap::new();
    for node in ends.iter().filter(|node| !alone.contains(node)) {
        members.entry(beside.get(node).copied()).or_default().push(*node);
    }
    let name = |node: Node| network.factors[node].name.as_str();
    let mut names: BTreeMap<Node, String> = ends.iter().map(|node| (*node, name(*node).to_owned())).collect();
    for (hub, nodes) in members.iter().filter(|(_, nodes)| nodes.len() > 1) {
        let few: Vec<&str> = nodes.iter().take(NAMED).map(|node| name(*node)).collect();
        let count = count_of(nodes.len(), "factor");
        let whose =
            hub.map_or_else(|| "tied to none of the others".to_owned(), |hub| format!("around “{}”", name(hub)));
        let called = format!("{count} {whose}, such as: {}", few.join("; "));
        names.extend(nodes.iter().map(|node| (*node, called.clone())));
    }
    let (mut rolled, within) = by_group(network, |node, _| names.get(&node).cloned());
    let single: BTreeSet<&str> =
        names.iter().filter(|(node, called)| name(**node) == called.as_str()).map(|(_, one)| one.as_str()).collect();
    // A box of several is of no one kind.
    rolled.factors.iter_mut().filter(|one| !single.contains(one.name.as_str())).for_each(|one| one.kinds.clear());
    let note = format!(
        "The {} that most sources tell of stand alone; the other {} are gathered beside the one they are tied to. {} within a \
         box are not drawn. A way through such a box is no chain of anybody's telling.",
        count_of(alone.len(), "factor"),
        ends.len() - alone.len(),
        count_of(within, "link"),
    );
    Gathered { network: rolled, note }
}

/// The factors with the most independent sources on their links, then the most links, then as they were first worded.
fn best_told(network: &Network, ends: &BTreeSet<usize>) -> BTreeSet<Node> {
    let links = |node: Node| network.leaving(node).iter().chain(network.arriving(node)).map(|at| &network.links()[*at]);
    let told = |node: Node| {
        let sources: BTreeSet<Id> = links(node).flat_map(|link| link.sources().iter().copied()).collect();
        (Reverse(sources.len()), Reverse(links(node).count()), node)
    };
    let mut ranked: Vec<Node> = ends.iter().copied().collect();
    ranked.sort_by_cached_key(|node| told(*node));
    ranked.into_iter().take(ALONE).collect()
}

/// Of each other factor the one it is gathered beside: the nearest, and of several that which most sources tie it to.
fn nearest(network: &Network, alone: &BTreeSet<Node>) -> BTreeMap<Node, Node> {
    let mut beside: BTreeMap<Node, Node> = alone.iter().map(|node| (*node, *node)).collect();
    loop {
        let mut reached: BTreeMap<Node, (usize, Reverse<Node>)> = BTreeMap::new();
        for link in network.links() {
            for (node, other) in [(link.from, link.to), (link.to, link.from)] {
                let Some(hub) = beside.get(&other).filter(|_| !beside.contains_key(&node)) else { continue };
                let tie = (link.sources().len(), Reverse(*hub));
                let held = reached.entry(node).or_insert(tie);
                *held = tie.max(*held);
            }
        }
        if reached.is_empty() {
            return beside;
        }
        beside.extend(reached.into_iter().map(|(node, (_, Reverse(hub)))| (node, hub)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::network::{Factor, Telling};

    /// Hubs in a row, each with satellites of its own, and two factors apart.
    fn stars(hubs: usize, each: usize) -> Network {
        let source = |n: usize| Id::derived([n.to_le_bytes().as_slice()]);
        let telling = |sources: usize| Telling {
            origin: source(0),
            through: Vec::new(),
            evidence: BTreeSet::new(),
            sources: (0..sources).map(source).collect(),
            with_mechanism: BTreeSet::new(),
            against: BTreeSet::new(),
            turned: [false, false],
        };
        let count = hubs * (each + 1) + 2;
        let factors = (0..count).map(|n| Factor { name: format!("factor {n}"), ..Factor::default() }).collect();
        let row = (1..hubs).map(|hub| (hub - 1, hub, telling(3)));
        let rays = (0..hubs * each).map(|n| (hubs + n, n % hubs, telling(1)));
        Network::new(factors, row.chain(rays).chain([(count - 2, count - 1, telling(0))]))
    }

    #[test]
    fn what_most_is_told_of_stands_alone_and_the_rest_beside_it() {
        let network = stars(ALONE, 9);
        let ends = (0..network.factors.len()).collect();
        let gathered = gather(&network, &ends);
        assert_eq!(gathered.network.factors.len(), 2 * ALONE + 1);
        let name = |at: usize| gathered.network.factors[at].name.as_str();
        assert!((0..ALONE).all(|at| name(at) == format!("factor {at}")));
        assert!(
            gathered.network.factors.iter().any(|one| one.name.starts_with("9 factors around “factor 0”, such as: "))
        );
        assert!(gathered.network.factors.iter().any(|one| one.name.starts_with("2 factors tied to none")));
        assert!(
            gathered.note.contains("The 40 factors") && gathered.note.contains("the other 362"),
            "{}",
            gathered.note
        );
        assert_eq!(gather(&network, &ends).network, gathered.network);
    }
}
