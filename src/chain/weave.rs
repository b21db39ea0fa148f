//! From a synthesis to a network: which parts are one factor, which links a configuration says, and who tells them.
//!
//! Parts are one factor where they are worded alike (case, spaces and a full stop at the end make no difference), where
//! an outcome is said to be the context or resource of another statement, and where somebody groups them. Only what
//! conditions and what comes out are grouped by wording; a mechanism stays in its own configuration, and who acts is no
//! factor. Statements that were merged, superseded, rejected or parked are left out.

use super::network::{Factor, Network, Node, Place, Telling};
use super::opposites::bare;
use crate::evidence::Stance;
use crate::hypothesis::{Hypothesis, Part, PartKind};
use crate::id::Id;
use crate::link::LinkKind;
use crate::synthesis::{Bearing, Bearings, Synthesis, Target};
use crate::text::words::{fold, on_one_line};
use std::collections::{BTreeMap, BTreeSet};

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

/// What comes before the mechanism.
pub fn is_entry(kind: PartKind) -> bool {
    matches!(kind, PartKind::Context | PartKind::Intervention | PartKind::Strategy | PartKind::Resource)
}

/// What a mechanism is made of, resources apart.
pub fn is_mechanism(kind: PartKind) -> bool {
    matches!(kind, PartKind::Mechanism | PartKind::Reasoning)
}

/// Two wordings that read alike: folded, on one line, no full stop at the end.
pub fn wording(text: &str) -> String {
    fold(on_one_line(text).trim_end_matches(['.', ' ']))
}

/// An outcome said to be what another statement begins with, where nobody said which of its parts that is: it is then
/// one more beginning of that statement.
struct Handover<'s> {
    from: &'s Part,
    of: &'s Hypothesis,
    to: &'s Hypothesis,
}

/// The one place where links between statements are read: outcomes that are a part of another statement, and those
/// that enter it without one being named. Of a link that names no outcome all are meant.
fn led_on(synthesis: &Synthesis) -> (Vec<(Place, Place)>, Vec<Handover<'_>>) {
    let by_id: BTreeMap<Id, &Hypothesis> = synthesis.living_hypotheses().map(|one| (one.id, one)).collect();
    let (mut same, mut handovers) = (Vec::new(), Vec::new());
    for link in synthesis.links_of_kind(LinkKind::LeadsTo) {
        let (Some(of), Some(to)) = (by_id.get(&link.from), by_id.get(&link.to)) else { continue };
        for from in
            of.parts_of(PartKind::Outcome).filter(|part| link.from_part.as_ref().is_none_or(|key| *key == part.key))
        {
            let start = Place { hypothesis: of.id, part: from.key.clone() };
            match &link.to_part {
                Some(part) => same.push((start, Place { hypothesis: to.id, part: part.clone() })),
                None => handovers.push(Handover { from, of, to }),
            }
        }
    }
    (same, handovers)
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

/// Who speaks of a statement, by part; `None` is the statement as a whole.
#[derive(Debug, Default)]
struct Voices {
    told: BTreeMap<Option<String>, BTreeSet<Id>>,
    against: BTreeMap<Option<String>, BTreeSet<Id>>,
    /// Evidence links for it, each with its source.
    links: BTreeMap<Option<String>, Vec<(Id, Id)>>,
}

impl Voices {
    /// Of every statement, in one pass over the evidence.
    fn all(synthesis: &Synthesis) -> BTreeMap<Id, Voices> {
        let mut voices: BTreeMap<Id, Voices> = BTreeMap::new();
        let counts_as: BTreeMap<Id, Id> =
            synthesis.sources.keys().map(|source| (*source, synthesis.counts_as(*source))).collect();
        let bearings = Bearings::of(synthesis);
        for statement in synthesis.living_hypotheses() {
            let own = voices.entry(statement.id).or_default();
            for one in bearings.on(statement.id) {
                if !one.link.is_irrelevant() && !synthesis.is_gone(one.link) {
                    let source = counts_as.get(&one.link.source).copied().unwrap_or(one.link.source);
                    own.hear(&one, source);
                }
            }
        }
        voices
    }

    /// What another statement lends on a part of its own tells no part of this one; that it speaks against is heard.
    fn hear(&mut self, one: &Bearing<'_>, source: Id) {
        let part = match one.target {
            Target::Part(key) => Some(key.to_owned()),
            Target::Whole | Target::OfLender(_) => None,
        };
        match one.link.stance {
            Stance::Supports | Stance::Refines if matches!(one.target, Target::OfLender(_)) => {}
            Stance::Supports | Stance::Refines => {
                self.told.entry(part.clone()).or_default().insert(source);
                self.links.entry(part).or_default().push((one.link.id, source));
            }
            Stance::Refutes => {
                self.against.entry(part).or_default().insert(source);
            }
            Stance::Ambiguous => {}
        }
    }

    /// Sources that speak for a part: of it, or of the whole.
    fn tells(&self, part: &str) -> BTreeSet<Id> {
        Self::of(&self.told, part)
    }

    fn of(by_part: &BTreeMap<Option<String>, BTreeSet<Id>>, part: &str) -> BTreeSet<Id> {
        [None, Some(part.to_owned())].iter().filter_map(|key| by_part.get(key)).flatten().copied().collect()
    }
}

/// Which parts hang together: a forest of wordings, groups and parts. The sign of a branch says whether it is the
/// opposite of what it hangs on.
#[derive(Default)]
struct Threads {
    above: Vec<(usize, bool)>,
    wordings: BTreeMap<String, usize>,
    parts: BTreeMap<Place, usize>,
}

impl Threads {
    fn fresh(&mut self) -> usize {
        self.above.push((self.above.len(), false));
        self.above.len() - 1
    }

    fn top(&self, at: usize) -> (usize, bool) {
        let (mut at, mut sign) = (at, false);
        while self.above[at].0 != at {
            let (above, turned) = self.above[at];
            sign ^= turned;
            at = above;
        }
        (at, sign)
    }

    /// Where two signs contradict each other, what was said first stands.
    fn join(&mut self, one: usize, other: usize, is_opposite: bool) {
        let ((one, first), (other, second)) = (self.top(one), self.top(other));
        if one != other {
            let (high, low) = (one.min(other), one.max(other));
            self.above[low] = (high, first ^ second ^ is_opposite);
        }
    }

    fn join_parts(&mut self, one: &Place, other: &Place) {
        if let (Some(one), Some(other)) = (self.parts.get(one).copied(), self.parts.get(other).copied()) {
            self.join(one, other, false);
        }
    }

    fn named(&mut self, name: String) -> usize {
        if let Some(at) = self.wordings.get(&name) {
            return *at;
        }
        let at = self.fresh();
        self.wordings.insert(name, at);
        at
    }

    fn add(&mut self, statement: Id, part: &Part, wishes: &Wishes) {
        if part.kind == PartKind::Actor {
            return;
        }
        let place = Place { hypothesis: statement, part: part.key.clone() };
        // What has a name comes before what bears it, and so stands above it.
        let group = wishes.grouped.get(&place).map(|group| self.named(format!("group {group}")));
        let wording = (!is_mechanism(part.kind)).then(|| {
            let (text, is_opposite) = if wishes.opposites { bare(&part.text) } else { (part.text.as_str(), false) };
            (self.named(format!("wording {}", wording(text))), is_opposite)
        });
        let own = self.fresh();
        if let Some((wording, is_opposite)) = wording {
            self.join(wording, own, is_opposite);
        }
        if let Some(group) = group {
            self.join(group, own, false);
        }
        self.parts.insert(place, own);
    }

    /// Factors in the order in which statements name them, and of each part its factor and its sign there.
    fn tie(&self, statements: &[&Hypothesis]) -> (Vec<Factor>, BTreeMap<Place, (Node, bool)>) {
        let mut factors: Vec<Factor> = Vec::new();
        let mut nodes = BTreeMap::new();
        let mut of_top: BTreeMap<usize, Node> = BTreeMap::new();
        for statement in statements {
            for part in &statement.parts {
                let place = Place { hypothesis: statement.id, part: part.key.clone() };
                let Some(at) = self.parts.get(&place) else { continue };
                let (top, sign) = self.top(*at);
                let node = *of_top.entry(top).or_insert_with(|| {
                    let (text, is_opposite) = bare(&part.text);
                    let name = if is_opposite && sign { text } else { part.text.trim() };
                    factors.push(Factor { name: on_one_line(name.trim_end_matches('.')), ..Factor::default() });
                    factors.len() - 1
                });
                factors[node].places.insert(place.clone());
                factors[node].kinds.insert(part.kind);
                nodes.insert(place, (node, sign));
            }
        }
        (factors, nodes)
    }
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
        self.statement.parts.iter().filter(|part| is_mechanism(part.kind)).collect()
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
        let entries: Vec<&Part> = self.statement.parts.iter().filter(|part| is_entry(part.kind)).collect();
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
