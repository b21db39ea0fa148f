//! Which codings count as one judgement each: what coders settled on stands in the place of what they settled it from.

use super::items::stands;
use crate::id::{Id, Kind};
use crate::pass::Pass;
use crate::project::Project;
use std::collections::HashSet;

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
    pub fn of(project: &Project) -> Self {
        let mut layers = Layers::default();
        if project.state().count(Kind::Pass) == 0 {
            return layers;
        }
        let passes = project.state().all::<Pass>();
        for settled in passes.iter().filter(|pass| !pass.is_open()).flat_map(|pass| pass.settled.values()) {
            if stands(project, settled) {
                layers.consensus.extend(settled.coding);
                layers.settled.extend(settled.of.iter().copied());
            }
        }
        layers
    }

    /// How many codings another stands for, and how many consensus codings do so.
    pub fn numbers(&self) -> (usize, usize) {
        (self.settled.len(), self.consensus.len())
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
