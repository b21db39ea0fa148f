//! Factors and the links between them, each with who tells it. The graph of [`super`]: no noun of a project but ids.

use crate::hypothesis::PartKind;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Index of a factor.
pub type Node = usize;

/// A part of a statement: its id and the part's key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub hypothesis: Id,
    pub part: String,
}

/// What several parts say alike, or are said to be alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Factor {
    /// As first worded.
    pub name: String,
    pub places: BTreeSet<Place>,
    pub kinds: BTreeSet<PartKind>,
}

/// One configuration that says a link, and who speaks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// The statement.
    pub origin: Id,
    /// Keys of its mechanism parts that the link passes through.
    pub through: Vec<String>,
    /// Evidence links behind it.
    pub evidence: BTreeSet<Id>,
    /// Independent sources that tell the link whole.
    pub sources: BTreeSet<Id>,
    /// Those of them that speak for the mechanism too; all of them where no mechanism is named.
    pub with_mechanism: BTreeSet<Id>,
    /// Independent sources that refute either end, or the statement.
    pub against: BTreeSet<Id>,
    /// The link was said of the opposite of the factor it begins at, or ends at.
    pub turned: [bool; 2],
}

/// From one factor to one other; at most one link for a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub from: Node,
    pub to: Node,
    pub tellings: Vec<Telling>,
    sources: BTreeSet<Id>,
}

impl Link {
    /// Independent sources that tell it, whichever configuration they speak of.
    pub fn sources(&self) -> &BTreeSet<Id> {
        &self.sources
    }

    pub fn against(&self) -> BTreeSet<Id> {
        self.tellings.iter().flat_map(|telling| telling.against.iter().copied()).collect()
    }

    pub fn evidence(&self) -> BTreeSet<Id> {
        self.tellings.iter().flat_map(|telling| telling.evidence.iter().copied()).collect()
    }

    /// Statements that say it, in id order.
    pub fn origins(&self) -> BTreeSet<Id> {
        self.tellings.iter().map(|telling| telling.origin).collect()
    }
}

/// Factors, links in the order of their ends, and which links leave each factor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Network {
    pub factors: Vec<Factor>,
    links: Vec<Link>,
    leaving: Vec<Vec<usize>>,
    arriving: Vec<Vec<usize>>,
}

impl Network {
    /// Tellings with the same ends become one link.
    pub fn new(factors: Vec<Factor>, tellings: impl IntoIterator<Item = (Node, Node, Telling)>) -> Self {
        let mut bundles: BTreeMap<(Node, Node), Vec<Telling>> = BTreeMap::new();
        for (from, to, telling) in tellings {
            bundles.entry((from, to)).or_default().push(telling);
        }
        let mut network =
            Network { links: Vec::new(), leaving: vec![Vec::new(); factors.len()], arriving: Vec::new(), factors };
        network.arriving.clone_from(&network.leaving);
        for ((from, to), tellings) in bundles {
            let sources = tellings.iter().flat_map(|telling| telling.sources.iter().copied()).collect();
            network.leaving[from].push(network.links.len());
            network.arriving[to].push(network.links.len());
            network.links.push(Link { from, to, tellings, sources });
        }
        network
    }

    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// Indices of the links that leave a factor, in the order of where they end.
    pub fn leaving(&self, node: Node) -> &[usize] {
        &self.leaving[node]
    }

    /// Indices of the links that arrive at a factor.
    pub fn arriving(&self, node: Node) -> &[usize] {
        &self.arriving[node]
    }

    /// The same factors with some of the links.
    #[must_use]
    pub fn keep(&self, is_kept: impl Fn(&Link) -> bool) -> Network {
        let kept = self.links.iter().filter(|link| is_kept(link));
        let tellings =
            kept.flat_map(|link| link.tellings.iter().map(move |telling| (link.from, link.to, telling.clone())));
        Network::new(self.factors.clone(), tellings)
    }
}
