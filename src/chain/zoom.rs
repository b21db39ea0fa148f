//! The whole from further away. Trace first, zoom afterwards: a chain through groups is no chain of anybody's telling,
//! since it may enter a group at one factor and leave it at another.

use super::network::{Factor, Link, Network, Node, Telling};
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Factors rolled up into groups; `group` names each factor's (the same name, the same group), `None` leaves it out.
/// Sources of links that fall together are united; links within a group are left out, and counted.
pub fn by_group(network: &Network, group: impl Fn(Node, &Factor) -> Option<String>) -> (Network, usize) {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let names: Vec<Option<String>> = network.factors.iter().enumerate().map(|(at, one)| group(at, one)).collect();
    for name in names.iter().flatten() {
        let next = nodes.len();
        nodes.entry(name.clone()).or_insert(next);
    }
    let mut factors = vec![Factor::default(); nodes.len()];
    let place = |node: Node| names[node].as_ref().and_then(|name| nodes.get(name)).copied();
    for (node, factor) in network.factors.iter().enumerate() {
        let (Some(at), Some(name)) = (place(node), &names[node]) else { continue };
        factors[at].name.clone_from(name);
        factors[at].places.extend(factor.places.iter().cloned());
        factors[at].kinds.extend(&factor.kinds);
    }
    let mut within = 0;
    let mut tellings = Vec::new();
    for link in network.links() {
        let (Some(from), Some(to)) = (place(link.from), place(link.to)) else { continue };
        if from == to {
            within += 1;
        } else {
            tellings.extend(link.tellings.iter().map(|telling| (from, to, telling.clone())));
        }
    }
    (Network::new(factors, tellings), within)
}

/// Where an outcome of one component's statements is a context or resource of another's. A handover is told by the
/// sources that tell both the statement before it and the one after. Components stand in the order given; statements of
/// none are left out.
pub fn handovers(network: &Network, components: &[(Id, String)], of: impl Fn(Id) -> Option<Id>) -> Network {
    let place: BTreeMap<Id, Node> = components.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    let mut factors: Vec<Factor> =
        components.iter().map(|(_, name)| Factor { name: name.clone(), ..Factor::default() }).collect();
    let node_of = |origin: Id| of(origin).and_then(|component| place.get(&component)).copied();
    for factor in &network.factors {
        for one in &factor.places {
            if let Some(at) = node_of(one.hypothesis) {
                factors[at].places.insert(one.clone());
            }
        }
    }
    let links = |indices: &[usize]| -> Vec<&Link> { indices.iter().map(|at| &network.links()[*at]).collect() };
    let mut tellings = Vec::new();
    for node in 0..network.factors.len() {
        let before = by_component(&links(network.arriving(node)), &node_of);
        let after = by_component(&links(network.leaving(node)), &node_of);
        for (from, one) in &before {
            for (to, other) in after.iter().filter(|(to, _)| *to != from) {
                tellings.extend(handover(one, other).map(|telling| (*from, *to, telling)));
            }
        }
    }
    Network::new(factors, tellings)
}

/// Tellings of links by the component of their statement.
fn by_component<'n>(links: &[&'n Link], node_of: &impl Fn(Id) -> Option<Node>) -> BTreeMap<Node, Vec<&'n Telling>> {
    let mut by: BTreeMap<Node, Vec<&Telling>> = BTreeMap::new();
    for telling in links.iter().flat_map(|link| &link.tellings) {
        if let Some(node) = node_of(telling.origin) {
            by.entry(node).or_default().push(telling);
        }
    }
    by
}

/// A telling for each statement on either side, with the sources that speak for the other side too.
fn handover<'n>(before: &'n [&Telling], after: &'n [&Telling]) -> impl Iterator<Item = Telling> + 'n {
    let sides = [(before, Heard::of(after)), (after, Heard::of(before))];
    sides.into_iter().flat_map(|(side, other)| {
        side.iter().map(move |telling| Telling {
            through: Vec::new(),
            sources: &telling.sources & &other.sources,
            with_mechanism: &telling.with_mechanism & &other.with_mechanism,
            turned: [false, false],
            ..(*telling).clone()
        })
    })
}

/// Who is heard in several tellings.
struct Heard {
    sources: BTreeSet<Id>,
    with_mechanism: BTreeSet<Id>,
}

impl Heard {
    fn of(tellings: &[&Telling]) -> Self {
        Heard {
            sources: tellings.iter().flat_map(|telling| telling.sources.iter().copied()).collect(),
            with_mechanism: tellings.iter().flat_map(|telling| telling.with_mechanism.iter().copied()).collect(),
        }
    }
}
