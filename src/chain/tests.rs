//! Paths, threads, robustness and cycles against the definitions, on thousands of networks of up to twelve factors.

use super::disbelief::{self, Doubt};
use super::network::{Factor, Network, Node, Telling};
use super::trace::{Bounds, Stopped, paths, threads};
use super::zoom::by_group;
use super::{cycles, naive};
use crate::id::Id;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Sources that may tell a link.
const SOURCES: usize = 6;
const FAR: Bounds = Bounds { longest: 64, most: 1_000_000 };

fn source(number: usize) -> Id {
    Id::derived([b"source".as_slice(), &number.to_le_bytes()])
}

fn network(factors: usize, links: &[(Node, Node, &[usize])]) -> Network {
    let tellings = links.iter().enumerate().map(|(at, (from, to, sources))| {
        let sources: BTreeSet<Id> = sources.iter().map(|number| source(*number)).collect();
        let telling = Telling {
            origin: Id::derived([b"origin".as_slice(), &at.to_le_bytes()]),
            through: Vec::new(),
            evidence: BTreeSet::new(),
            with_mechanism: sources.clone(),
            sources,
            against: BTreeSet::new(),
            turned: [false, false],
        };
        (*from, *to, telling)
    });
    let factors = (0..factors).map(|node| Factor { name: node.to_string(), ..Factor::default() }).collect();
    Network::new(factors, tellings)
}

/// Up to twelve factors and twenty links told by up to three of six sources, several links between the same two and
/// links of a factor with itself among them; two ends that have nothing in common.
fn cases() -> impl Strategy<Value = (Network, BTreeSet<Node>, BTreeSet<Node>)> {
    (2_usize..=12).prop_flat_map(|factors| {
        let link = (0..factors, 0..factors, prop::collection::vec(0..SOURCES, 0..4));
        let ends = prop::collection::vec(0_u8..8, factors);
        (prop::collection::vec(link, 0..20), ends).prop_map(move |(links, ends)| {
            let links: Vec<(Node, Node, &[usize])> =
                links.iter().map(|(from, to, sources)| (*from, *to, sources.as_slice())).collect();
            let mut from: BTreeSet<Node> = (0..factors).filter(|node| ends[*node] == 0).collect();
            let mut to: BTreeSet<Node> = (0..factors).filter(|node| ends[*node] == 1).collect();
            if from.is_empty() {
                from.insert((0..factors).find(|node| !to.contains(node)).unwrap_or_default());
            }
            to.retain(|node| !from.contains(node));
            if to.is_empty() {
                to.extend((0..factors).rev().find(|node| !from.contains(node)));
            }
            (network(factors, &links), from, to)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn paths_and_threads_are_those_of_the_definition((network, from, to) in cases()) {
        let expected = naive::paths(&network, &from, &to);
        let traced = paths(&network, &from, &to, FAR);
        prop_assert_eq!(traced.stopped, None);
        let found: Vec<Vec<Node>> = traced.paths.iter().map(|path| path.nodes(&network)).collect();
        let mut in_order = found.clone();
        in_order.sort_by_key(|path| (path.len(), path.clone()));
        prop_assert_eq!(&found, &in_order, "shortest first");
        prop_assert_eq!(found.iter().cloned().collect::<BTreeSet<_>>(), expected.clone());
        prop_assert_eq!(found.len(), expected.len());

        let told: Vec<_> = in_order
            .into_iter()
            .map(|way| { let told = naive::told_whole_by(&network, &way); (way, told) })
            .filter(|(_, told)| !told.is_empty())
            .collect();
        let (threads, stopped) = threads(&network, &from, &to, FAR);
        prop_assert_eq!(stopped, None);
        let threads: Vec<_> = threads.into_iter().map(|(path, told)| (path.nodes(&network), told)).collect();
        prop_assert_eq!(threads, told);
    }

    #[test]
    fn robustness_is_the_fewest_sources_whose_disbelief_leaves_no_path((network, from, to) in cases()) {
        prop_assume!(!to.is_empty());
        let found = disbelief::robustness(&network, &from, &to).unwrap();
        let sources: Vec<Id> = (0..SOURCES).map(source).collect();
        let fewest = naive::fewest(&sources, |set| naive::is_left(&network, &from, &to, set));
        prop_assert_eq!((found.sources.len(), found.at_least), (fewest, fewest));
        prop_assert!(!naive::is_left(&network, &from, &to, &found.sources));
        let links = network.links();
        prop_assert!(found.cut.iter().all(|link| links[*link].sources().is_subset(&found.sources)));
        let cut: BTreeSet<(Node, Node)> = found.cut.iter().map(|link| (links[*link].from, links[*link].to)).collect();
        let parted = network.keep(|link| !cut.contains(&(link.from, link.to)));
        prop_assert!(naive::paths(&parted, &from, &to).is_empty(), "no path is left beside the links that are named");
    }

    #[test]
    fn a_search_that_is_given_up_says_between_what_it_lies((network, from, to) in cases(), patience in 0_usize..60) {
        prop_assume!(!to.is_empty());
        let exact = disbelief::robustness(&network, &from, &to).unwrap().sources.len();
        let found = Doubt::new(&network).robustness(&from, &to, patience).unwrap();
        prop_assert!(found.at_least <= exact && exact <= found.sources.len());
        prop_assert!(!naive::is_left(&network, &from, &to, &found.sources));
    }

    #[test]
    fn cycles_are_all_and_each_once((network, _, _) in cases()) {
        let found = cycles::find(&network, FAR);
        prop_assert_eq!(found.stopped, None);
        let ways: Vec<Vec<Node>> = found
            .cycles
            .iter()
            .map(|cycle| { let mut way = cycle.nodes(&network); way.pop(); way })
            .collect();
        let expected = naive::cycles(&network);
        prop_assert_eq!(ways.len(), expected.len());
        prop_assert_eq!(ways.iter().cloned().collect::<BTreeSet<_>>(), expected);
        let on_cycles: BTreeSet<Node> = ways.into_iter().flatten().collect();
        let in_knots: BTreeSet<Node> = found.knots.into_iter().flatten().collect();
        prop_assert_eq!(on_cycles, in_knots);
    }

    #[test]
    fn bounds_cut_the_list_and_say_so((network, from, to) in cases(), longest in 1_usize..5, most in 1_usize..5) {
        let all = paths(&network, &from, &to, FAR).paths;
        let some = paths(&network, &from, &to, Bounds { longest, most });
        let fit: Vec<_> = all.iter().filter(|path| path.links.len() <= longest).collect();
        prop_assert_eq!(some.paths.iter().collect::<Vec<_>>(), fit.iter().copied().take(most).collect::<Vec<_>>());
        match some.stopped {
            None => prop_assert_eq!(some.paths.len(), all.len()),
            Some(Stopped::Number) => prop_assert!(fit.len() > most),
            Some(Stopped::Length) => prop_assert!(fit.len() <= most),
            Some(Stopped::Patience) => prop_assert!(false),
        }
    }

    #[test]
    fn zooming_unites_sources_and_loses_no_link((network, _, _) in cases(), groups in 1_usize..4) {
        let group = |node: Node| node % groups;
        let (zoomed, within) = by_group(&network, |node, _| Some(group(node).to_string()));
        let inside = network.links().iter().filter(|link| group(link.from) == group(link.to)).count();
        prop_assert_eq!(within, inside);
        let tellings = |network: &Network| network.links().iter().map(|link| link.tellings.len()).sum::<usize>();
        let outside = network.keep(|link| group(link.from) != group(link.to));
        prop_assert_eq!(tellings(&zoomed), tellings(&outside));
        for link in outside.links() {
            let name = |node: Node| group(node).to_string();
            let rolled = zoomed.links().iter().find(|one| {
                zoomed.factors[one.from].name == name(link.from) && zoomed.factors[one.to].name == name(link.to)
            });
            prop_assert!(rolled.unwrap().sources().is_superset(link.sources()));
        }
    }
}

#[test]
fn a_stitched_chain_is_a_path_and_no_thread() {
    let stitched = network(3, &[(0, 1, &[1]), (1, 2, &[2])]);
    let (from, to) = (BTreeSet::from([0]), BTreeSet::from([2]));
    assert_eq!(paths(&stitched, &from, &to, FAR).paths.len(), 1);
    assert!(threads(&stitched, &from, &to, FAR).0.is_empty());
    assert_eq!(disbelief::robustness(&stitched, &from, &to).unwrap().sources.len(), 1);
}

#[test]
fn a_source_is_disbelieved_once_in_all_it_tells() {
    let (from, to) = (BTreeSet::from([0]), BTreeSet::from([3]));
    let fewest = |links: &[(Node, Node, &[usize])]| {
        let network = network(4, links);
        let found = disbelief::robustness(&network, &from, &to).unwrap();
        (found.sources.len(), found.cut.len())
    };
    // A flow would say two: two ways that have no link in common.
    assert_eq!(fewest(&[(0, 1, &[1]), (1, 3, &[1]), (0, 2, &[1]), (2, 3, &[1])]), (1, 2));
    assert_eq!(fewest(&[(0, 1, &[1]), (1, 3, &[2]), (0, 2, &[3]), (2, 3, &[2])]), (1, 2));
    assert_eq!(fewest(&[(0, 1, &[1]), (1, 3, &[1]), (0, 2, &[2]), (2, 3, &[2])]), (2, 2));
}

#[test]
fn ends_that_are_one_have_nothing_between_them() {
    let network = network(2, &[(0, 1, &[1])]);
    assert_eq!(disbelief::robustness(&network, &BTreeSet::from([0, 1]), &BTreeSet::from([1])), None);
    assert!(paths(&network, &BTreeSet::from([0]), &BTreeSet::from([0]), FAR).paths.is_empty());
}

#[test]
fn a_long_chain_takes_no_stack() {
    let links: Vec<(Node, Node, &[usize])> = (0..50_000).map(|node| (node, node + 1, [1].as_slice())).collect();
    let mut chain = network(50_001, &links);
    assert_eq!(
        disbelief::robustness(&chain, &BTreeSet::from([0]), &BTreeSet::from([50_000])).unwrap().sources.len(),
        1
    );
    assert!(cycles::find(&chain, FAR).knots.is_empty());
    chain = network(50_001, &[links.as_slice(), &[(50_000, 0, &[1])]].concat());
    assert_eq!(cycles::find(&chain, Bounds { longest: 10, most: 10 }).knots[0].len(), 50_001);
}
