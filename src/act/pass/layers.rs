//! Which codings count as one judgement each: what coders settled on stands in the place of what they settled it from.

use super::items::stands;
use super::settle::consensus_id;
use crate::history::Place;
use crate::id::{Id, Kind};
use crate::pass::{Pass, Settled};
use crate::project::Project;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

crate::vocabulary! {
    /// Which codings are meant.
    pub enum Layer "layer of codings" {
        /// What coders settled on.
        Consensus "consensus",
        /// What each had coded.
        Coders "coders",
    }
}

/// What passes have settled.
#[derive(Debug, Default)]
pub struct Layers {
    /// Consensus codings that stand.
    consensus: HashSet<Id>,
    /// Codings that one of those, or a drop, stands for.
    settled: HashSet<Id>,
    /// Codings that passes ever made of what was settled.
    made: HashSet<Id>,
}

impl Layers {
    /// Where two passes settled the same coding, what was decided last counts for it.
    pub fn of(project: &Project) -> Self {
        let mut layers = Layers::default();
        if project.state().count(Kind::Pass) == 0 {
            return layers;
        }
        let mut decisions: Vec<(Rc<Place>, Settled)> = Vec::new();
        for pass in project.state().all::<Pass>().into_iter().filter(|pass| !pass.is_open()) {
            layers.made.extend(pass.settled.keys().map(|key| consensus_id(pass.id, key)));
            decisions.extend(decided(project, &pass));
        }
        decisions.sort_by(|(one, _), (other, _)| other.cmp(one));
        let mut covered: HashSet<Id> = HashSet::new();
        for (_, settled) in decisions {
            if !settled.of.iter().any(|coding| covered.contains(coding)) {
                layers.consensus.extend(settled.coding);
                covered.extend(&settled.of);
            }
            layers.settled.extend(settled.of);
        }
        layers
    }

    /// How many codings another stands for, and how many consensus codings do so.
    pub fn numbers(&self) -> (usize, usize) {
        (self.settled.len(), self.consensus.len())
    }

    /// How many judgements there are, each counted once: codings that count where no layer is asked for.
    pub fn judgements(&self, project: &Project) -> usize {
        let superseded = self.settled.iter().chain(self.made.difference(&self.consensus));
        let is_here = |id: &&Id| project.state().is_here(**id);
        project.state().count(Kind::Coding) - superseded.filter(is_here).count()
    }

    /// A coding, settled in a pass or not, is of this layer, and stands there.
    pub fn is_of(&self, coding: Id, is_settled: bool, layer: Layer) -> bool {
        match layer {
            Layer::Coders => !is_settled,
            Layer::Consensus => self.consensus.contains(&coding),
        }
    }

    /// It counts where no layer is asked for: settled codings give way to what was settled.
    pub fn counts(&self, coding: Id, is_settled: bool) -> bool {
        if is_settled { self.consensus.contains(&coding) } else { !self.settled.contains(&coding) }
    }
}

/// What was settled in a pass and stands, with the operation that settled it.
fn decided(project: &Project, pass: &Pass) -> Vec<(Rc<Place>, Settled)> {
    let Some(entity) = project.state().entity(pass.id) else { return Vec::new() };
    let mut at: HashMap<String, Rc<Place>> = HashMap::new();
    for write in entity.active_writes() {
        let keys = write.fields().into_iter().filter_map(|(field, _)| Some(field.strip_prefix("settled:")?.to_owned()));
        at.extend(keys.map(|key| (key, Rc::clone(&write.op))));
    }
    let standing = pass.settled.iter().filter(|(_, settled)| stands(project, settled));
    standing.filter_map(|(key, settled)| Some((at.remove(key)?, settled.clone()))).collect()
}
