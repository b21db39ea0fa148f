//! Asking for chains: ends resolved, the network woven and traced, everything under the names people know.

mod ends;

pub use ends::Side;

use crate::chain::disbelief::{self, Doubt, PATIENCE};
use crate::chain::trace::{self, Bounds, Path, Stopped};
use crate::chain::weave::{Wishes, Woven, weave};
use crate::chain::{Link, Network, Node, Place, cycles, zoom};
use crate::diagnostic::{Result, fault};
use crate::hypothesis::PartKind;
use crate::id::Id;
use crate::pattern::groups::named_parts;
use crate::project::{Depth, Project};
use crate::synthesis::Synthesis;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub from: String,
    pub to: String,
    pub bounds: Bounds,
    /// A thing and its opposite are one.
    pub opposites: bool,
}

/// One end, as typed and as found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct End {
    pub typed: String,
    pub factors: Vec<String>,
    /// Parts that are these factors: `H12.gj/o1.gj`.
    pub parts: Vec<String>,
}

/// A link under the names people know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    pub from: String,
    pub to: String,
    pub statements: Vec<String>,
    /// Wordings of the mechanisms it passes through.
    pub through: Vec<String>,
    /// What else these statements ask for beside where the link begins.
    pub also_needs: Vec<String>,
    /// Independent sources that speak for both ends.
    pub sources: Vec<String>,
    /// Those of them that speak for the mechanism too.
    pub sources_with_mechanism: Vec<String>,
    pub against: Vec<String>,
    pub evidence: Vec<String>,
    /// Said of the opposite of where it begins, of where it ends.
    pub turned: [bool; 2],
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    pub factors: Vec<String>,
    /// Numbers of links in `links`, from 0.
    pub links: Vec<usize>,
    /// Sources that tell all of it; without one the chain is stitched together.
    pub sources: Vec<String>,
}

/// What stands between two ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chains {
    pub from: End,
    pub to: End,
    pub paths: Vec<Way>,
    pub threads: Vec<Way>,
    /// The fewest sources to disbelieve before no chain is left; `None` where the two ends are one.
    pub robustness: Option<usize>,
    /// No fewer will do: the same number, unless there were too many choices to try them all.
    pub robustness_at_least: Option<usize>,
    /// Numbers of the links that then part the two ends.
    pub cut: Vec<usize>,
    /// Those sources.
    pub disbelieve: Vec<String>,
    /// The links that are spoken of.
    pub links: Vec<Step>,
    pub longest: usize,
    pub stopped: Option<Stopped>,
}

/// Chains from one end to the other. Faults: those of the ends.
pub fn between(project: &Project, asked: &Asked) -> Result<Chains> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let from = ends::places(project, &synthesis, &asked.from, Side::From)?;
    let to = ends::places(project, &synthesis, &asked.to, Side::To)?;
    let mechanisms =
        |places: &BTreeSet<Place>| places.iter().filter(|one| is_of_mechanism(&synthesis, one)).cloned().collect();
    let wishes = Wishes { from: mechanisms(&from), to: mechanisms(&to), ..wishes(&synthesis, asked.opposites) };
    let woven = weave(&synthesis, &wishes);
    let nodes = |places: &BTreeSet<Place>| places.iter().filter_map(|one| woven.nodes.get(one)).copied().collect();
    let (start, end): (BTreeSet<Node>, BTreeSet<Node>) = (nodes(&from), nodes(&to));
    let network = &woven.network;
    let traced = trace::paths(network, &start, &end, asked.bounds);
    let (threads, stopped) = trace::threads(network, &start, &end, asked.bounds);
    let robustness = disbelief::robustness(network, &start, &end);
    let mut names = Names { synthesis: &synthesis, network, used: BTreeMap::new(), links: Vec::new() };
    Ok(Chains {
        from: names.end(&asked.from, &start),
        to: names.end(&asked.to, &end),
        paths: traced.paths.iter().map(|path| names.way(path, &path.told_whole_by(network))).collect(),
        threads: threads.iter().map(|(path, told)| names.way(path, told)).collect(),
        cut: robustness.iter().flat_map(|one| one.cut.clone()).map(|link| names.link(link)).collect(),
        disbelieve: robustness.as_ref().map(|one| names.labels(&one.sources)).unwrap_or_default(),
        robustness_at_least: robustness.as_ref().map(|one| one.at_least),
        robustness: robustness.map(|one| one.sources.len()),
        longest: asked.bounds.longest,
        stopped: traced.stopped.max(stopped),
        links: names.links,
    })
}

/// As the team's lists of parts have it.
fn wishes(synthesis: &Synthesis, opposites: bool) -> Wishes {
    Wishes { opposites, grouped: named_parts(synthesis), ..Wishes::default() }
}

fn is_of_mechanism(synthesis: &Synthesis, place: &Place) -> bool {
    let parts = synthesis.hypotheses.get(&place.hypothesis).map_or(&[][..], |statement| &statement.parts);
    parts.iter().any(|part| part.key == place.part && part.kind.is_mechanism())
}

/// Where the theory leads back to itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feedback {
    /// Factors that all lead to each other.
    pub knots: Vec<Vec<String>>,
    pub cycles: Vec<Way>,
    pub links: Vec<Step>,
    pub longest: usize,
    pub stopped: Option<Stopped>,
}

pub fn feedback(project: &Project, bounds: Bounds, opposites: bool) -> Result<Feedback> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let Woven { network, .. } = weave(&synthesis, &wishes(&synthesis, opposites));
    let found = cycles::find(&network, bounds);
    let mut names = Names { synthesis: &synthesis, network: &network, used: BTreeMap::new(), links: Vec::new() };
    let name = |node: &Node| network.factors[*node].name.clone();
    Ok(Feedback {
        knots: found.knots.iter().map(|knot| knot.iter().map(name).collect()).collect(),
        cycles: found.cycles.iter().map(|path| names.way(path, &path.told_whole_by(&network))).collect(),
        longest: bounds.longest,
        stopped: found.stopped,
        links: names.links,
    })
}

/// Every link, most told first; with `at_least`, those that so many sources tell.
pub fn links(project: &Project, at_least: usize, opposites: bool) -> Result<Vec<Step>> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let Woven { network, .. } = weave(&synthesis, &wishes(&synthesis, opposites));
    let names = Names { synthesis: &synthesis, network: &network, used: BTreeMap::new(), links: Vec::new() };
    let mut kept: Vec<&Link> = network.links().iter().filter(|link| link.sources().len() >= at_least).collect();
    kept.sort_by_key(|link| std::cmp::Reverse(link.sources().len()));
    Ok(kept.into_iter().map(|link| names.step(link)).collect())
}

/// What stands between two components.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Between {
    pub from: String,
    pub to: String,
    /// Places where an outcome of the one is directly a context or resource of the other.
    pub handovers: usize,
    /// As of chains, from all that comes out of the one to all that comes out of the other; `None` where the same comes
    /// out of both.
    pub robustness: Option<usize>,
    /// As of chains.
    pub robustness_at_least: Option<usize>,
    pub disbelieve: Vec<String>,
}

/// Every ordered pair of components between which there is a chain.
pub fn between_components(project: &Project) -> Result<Vec<Between>> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let components: Vec<Id> = synthesis.components_in_order().into_iter().map(|one| one.id).collect();
    if components.is_empty() {
        return Err(fault("no-components", "there are no components to go between")
            .hint("add them: realist component add \"Shared notes\""));
    }
    Ok(robustness_of_pairs(&synthesis, &components))
}

/// The same, of these components.
pub fn robustness_of_pairs(synthesis: &Synthesis, components: &[Id]) -> Vec<Between> {
    let Woven { network, nodes } = weave(synthesis, &wishes(synthesis, false));
    let named: Vec<(Id, String)> = components.iter().map(|id| (*id, synthesis.label(*id))).collect();
    let component = |origin: Id| synthesis.hypotheses.get(&origin).and_then(|one| one.component);
    let zoomed = zoom::handovers(&network, &named, component);
    let mut comes_out: BTreeMap<Id, BTreeSet<Node>> = BTreeMap::new();
    for one in synthesis.living_hypotheses() {
        let places = one.parts_of(PartKind::Outcome).map(|part| Place { hypothesis: one.id, part: part.key.clone() });
        let outcomes = places.filter_map(|place| nodes.get(&place)).copied();
        if let Some(component) = one.component {
            comes_out.entry(component).or_default().extend(outcomes);
        }
    }
    let none = BTreeSet::new();
    let outcomes: Vec<&BTreeSet<Node>> = components.iter().map(|id| comes_out.get(id).unwrap_or(&none)).collect();
    let names = Names { synthesis, network: &network, used: BTreeMap::new(), links: Vec::new() };
    let mut doubt = Doubt::new(&network);
    // All pairs together take about as long as one asked for by itself.
    let patience = PATIENCE / (4 * components.len() * components.len()).max(1);
    let mut pairs = Vec::new();
    for from in 0..components.len() {
        for to in (0..components.len()).filter(|to| *to != from) {
            let robustness = doubt.robustness(outcomes[from], outcomes[to], patience);
            let direct = zoomed.links().iter().find(|link| (link.from, link.to) == (from, to));
            let handovers = direct.map_or(0, |link| link.origins().len());
            if handovers == 0 && robustness.as_ref().is_some_and(|one| one.cut.is_empty()) {
                continue;
            }
            pairs.push(Between {
                from: named[from].1.clone(),
                to: named[to].1.clone(),
                handovers,
                disbelieve: robustness.as_ref().map(|one| names.labels(&one.sources)).unwrap_or_default(),
                robustness_at_least: robustness.as_ref().map(|one| one.at_least),
                robustness: robustness.map(|one| one.sources.len()),
            });
        }
    }
    pairs
}

/// From ids to labels, links numbered as they come up.
struct Names<'s> {
    synthesis: &'s Synthesis,
    network: &'s Network,
    used: BTreeMap<usize, usize>,
    links: Vec<Step>,
}

impl Names<'_> {
    fn labels(&self, ids: &BTreeSet<Id>) -> Vec<String> {
        self.synthesis.labels_of(ids.iter().copied())
    }

    fn end(&self, typed: &str, nodes: &BTreeSet<Node>) -> End {
        let places = nodes.iter().flat_map(|node| &self.network.factors[*node].places);
        End {
            typed: typed.to_owned(),
            factors: nodes.iter().map(|node| self.network.factors[*node].name.clone()).collect(),
            parts: places.map(|one| format!("{}/{}", self.synthesis.label(one.hypothesis), one.part)).collect(),
        }
    }

    fn way(&mut self, path: &Path, told: &BTreeSet<Id>) -> Way {
        Way {
            factors: path.nodes(self.network).into_iter().map(|node| self.network.factors[node].name.clone()).collect(),
            links: path.links.iter().map(|link| self.link(*link)).collect(),
            sources: self.labels(told),
        }
    }

    fn link(&mut self, link: usize) -> usize {
        if let Some(number) = self.used.get(&link) {
            return *number;
        }
        self.links.push(self.step(&self.network.links()[link]));
        self.used.insert(link, self.links.len() - 1);
        self.links.len() - 1
    }

    fn step(&self, link: &Link) -> Step {
        let text = |origin: &Id, key: &String| {
            let parts = &self.synthesis.hypotheses.get(origin)?.parts;
            parts.iter().find(|part| part.key == *key).map(|part| part.text.clone())
        };
        let through: BTreeSet<String> = link
            .tellings
            .iter()
            .flat_map(|telling| telling.through.iter().filter_map(|key| text(&telling.origin, key)))
            .collect();
        let with_mechanism = link.tellings.iter().flat_map(|telling| telling.with_mechanism.iter().copied()).collect();
        let is_turned = |end: usize| link.tellings.iter().any(|telling| telling.turned[end]);
        Step {
            from: self.network.factors[link.from].name.clone(),
            to: self.network.factors[link.to].name.clone(),
            statements: self.labels(&link.origins()),
            through: through.into_iter().collect(),
            also_needs: self.also_needs(link),
            sources: self.labels(link.sources()),
            sources_with_mechanism: self.labels(&with_mechanism),
            against: self.labels(&link.against()),
            evidence: self.labels(&link.evidence()),
            turned: [is_turned(0), is_turned(1)],
        }
    }

    /// Other contexts and resources of the statements that say the link.
    fn also_needs(&self, link: &Link) -> Vec<String> {
        let origin_parts = link.tellings.iter().filter_map(|telling| {
            self.synthesis.hypotheses.get(&telling.origin).map(|statement| (telling.origin, &statement.parts))
        });
        let at_the_start = &self.network.factors[link.from].places;
        let others = origin_parts.flat_map(|(hypothesis, parts)| {
            parts.iter().filter(move |part| {
                let place = Place { hypothesis, part: part.key.clone() };
                part.kind.is_entry() && !at_the_start.contains(&place)
            })
        });
        others.map(|part| part.text.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
