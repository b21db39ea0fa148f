//! Which codings count as one judgement each: what coders settled on stands in the place of what they settled it from.

use super::items::stands;
use crate::coding::Count;
use crate::document::Document;
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
    pub fn judgements(&self, project: &Project) -> Count {
        let documents: Vec<Id> = project.state().all::<Document>().into_iter().map(|one| one.id).collect();
        let sheets = project.codings(&documents).sheets;
        let mut count = Count::default();
        let judged = sheets.iter().flat_map(|sheet| &sheet.codings);
        judged.filter(|one| self.counts(one.id, one.is_settled)).for_each(|one| count.add(one.is_unread));
        count
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
    let mut at = last_settled(project, pass);
    let standing = pass.settled.iter().filter(|(_, settled)| stands(project, settled));
    standing.filter_map(|(key, settled)| Some((at.remove(key)?, settled.clone()))).collect()
}

/// The last operation that settled each passage, by its key.
fn last_settled(project: &Project, pass: &Pass) -> HashMap<String, Rc<Place>> {
    let mut at: HashMap<String, Rc<Place>> = HashMap::new();
    let Some(entity) = project.state().entity(pass.id) else { return at };
    for write in entity.active_writes() {
        let keys = write.fields().into_iter().filter_map(|(field, _)| Some(field.strip_prefix("settled:")?.to_owned()));
        at.extend(keys.map(|key| (key, Rc::clone(&write.op))));
    }
    at
}

/// The day on which each passage was settled last, by its key: `2026-11-03` (UTC).
pub fn days_settled(project: &Project, pass: &Pass) -> HashMap<String, String> {
    let day = |op: &Place| Some(project.state().note(op.id)?.time.to_string().chars().take(10).collect());
    last_settled(project, pass).into_iter().filter_map(|(key, op)| Some((key, day(&op)?))).collect()
}
