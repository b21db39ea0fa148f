//! From a synthesis to a network: which parts are one factor, which links a configuration says, and who tells them.
//!
//! Parts are one factor where they are worded alike (case, spaces and a full stop at the end make no difference), where
//! an outcome is said to be the context or resource of another statement, and where somebody groups them. Only what
//! conditions and what comes out are grouped by wording; a mechanism stays in its own configuration, and who acts is no
//! factor. Statements that were superseded, rejected or parked are left out; what was merged is seen through its parent.

mod leads;
mod threads;
mod voices;

use super::network::{Network, Node, Place, Telling};
use crate::hypothesis::{Hypothesis, Part, PartKind};
use crate::id::Id;
use crate::synthesis::Synthesis;
use leads::{Handover, called_before, led_on};
use std::collections::{BTreeMap, BTreeSet};
use threads::Threads;
use voices::Voices;

/// How a network is woven.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Parts that stand for one thing although worded otherwise, by the name of their group.
    pub grouped: BTreeMap<Place, String>,
    /// A thing and its opposite (`~`) are one factor.
    pub opposites: bool,
    /// Mechanisms that chains begin at.
    pub from: BTreeSet<Place>,
    /// Mechanisms that chains end at.
    pub to: BTreeSet<Place>,
}

/// A network, and where each part is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Woven {
    pub network: Network,
    pub nodes: BTreeMap<Place, Node>,
}

/// Weaves the living statements of a synthesis.
pub fn weave(synthesis: &Synthesis, wishes: &Wishes) -> Woven {
    let statements: Vec<&Hypothesis> = synthesis.living_hypotheses().collect();
    let voices = Voices::all(synthesis);
    let mut threads = Threads::default();
    for statement in &statements {
        for part in &statement.parts {
            threads.add(statement.id, part, wishes);
        }
    }
    let (same, handovers) = led_on(synthesis);
    for (outcome, part) in &same {
        threads.join_parts(outcome, part);
    }
    for (part, words) in called_before(synthesis) {
        threads.join_wording(&part, words, wishes);
    }
    let (factors, nodes) = threads.tie(&statements);
    let mut tellings = Vec::new();
    let nobody = Voices::default();
    let heard = |id: Id| voices.get(&id).unwrap_or(&nobody);
    for statement in &statements {
        let loom = Loom { statement, voices: heard(statement.id), nodes: &nodes };
        loom.steps(wishes, &mut tellings);
    }
    for Handover { from, of, to } in handovers {
        let loom = Loom { statement: to, voices: heard(to.id), nodes: &nodes };
        let place = Place { hypothesis: of.id, part: from.key.clone() };
        let end = End { place, tells: heard(of.id).tells(&from.key), against: BTreeSet::new() };
        for result in to.parts_of(PartKind::Outcome) {
            tellings.extend(loom.telling(&end, &loom.end(result), loom.mechanisms()));
        }
    }
    let tellings = tellings.into_iter().map(|Step { from, to, telling }| (from, to, telling));
    let network = Network::new(factors, tellings);
    Woven { network, nodes: nodes.into_iter().map(|(place, (node, _))| (place, node)).collect() }
}

/// One end of a link, and who speaks of it.
struct End {
    place: Place,
    tells: BTreeSet<Id>,
    against: BTreeSet<Id>,
}

struct Step {
    from: Node,
    to: Node,
    telling: Telling,
}

/// Projects one configuration.
struct Loom<'s> {
    statement: &'s Hypothesis,
    voices: &'s Voices,
    nodes: &'s BTreeMap<Place, (Node, bool)>,
}

impl Loom<'_> {
    fn mechanisms(&self) -> Vec<&Part> {
        self.statement.parts.iter().filter(|part| part.kind.is_mechanism()).collect()
    }

    fn end(&self, part: &Part) -> End {
        End {
            place: Place { hypothesis: self.statement.id, part: part.key.clone() },
            tells: self.voices.tells(&part.key),
            against: Voices::of(&self.voices.against, &part.key),
        }
    }

    /// From all it begins with to all its outcomes; from and to mechanisms where chains begin or end there. A statement
    /// that names nothing before its mechanism begins with that.
    fn steps(&self, wishes: &Wishes, steps: &mut Vec<Step>) {
        let mechanisms = self.mechanisms();
        let entries: Vec<&Part> = self.statement.parts.iter().filter(|part| part.kind.is_entry()).collect();
        let begins = if entries.is_empty() { &mechanisms } else { &entries };
        let outcomes: Vec<&Part> = self.statement.parts_of(PartKind::Outcome).collect();
        for outcome in &outcomes {
            for entry in begins {
                let through = if entries.is_empty() { Vec::new() } else { mechanisms.clone() };
                steps.extend(self.telling(&self.end(entry), &self.end(outcome), through));
            }
        }
        for mechanism in mechanisms {
            let end = self.end(mechanism);
            if wishes.to.contains(&end.place) {
                steps.extend(entries.iter().filter_map(|entry| self.telling(&self.end(entry), &end, Vec::new())));
            }
            if wishes.from.contains(&end.place) && !entries.is_empty() {
                steps.extend(outcomes.iter().filter_map(|outcome| self.telling(&end, &self.end(outcome), Vec::new())));
            }
        }
    }

    fn telling(&self, from: &End, to: &End, through: Vec<&Part>) -> Option<Step> {
        let (start, start_sign) = *self.nodes.get(&from.place)?;
        let (end, end_sign) = *self.nodes.get(&to.place)?;
        let sources = &from.tells & &to.tells;
        let tells_mechanism = |source: &Id| {
            through.is_empty() || through.iter().any(|part| self.voices.tells(&part.key).contains(source))
        };
        let with_mechanism = sources.iter().filter(|source| tells_mechanism(source)).copied().collect();
        let about = [None, Some(from.place.part.clone()), Some(to.place.part.clone())];
        let links = about.iter().filter_map(|part| self.voices.links.get(part)).flatten();
        let evidence = links.filter(|(_, source)| sources.contains(source)).map(|(link, _)| *link).collect();
        let telling = Telling {
            origin: self.statement.id,
            through: through.into_iter().map(|part| part.key.clone()).collect(),
            evidence,
            with_mechanism,
            against: &from.against | &to.against,
            sources,
            turned: [start_sign, end_sign],
        };
        Some(Step { from: start, to: end, telling })
    }
}

#[cfg(test)]
mod tests;
