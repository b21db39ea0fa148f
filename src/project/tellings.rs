//! Training cases with their words: what their sealed values hold.

use super::Project;
use crate::training::{Preamble, Told, Training};

impl Project {
    /// A case with its words, as far as they are on this computer.
    pub fn told(&self, training: &Training) -> Told {
        let held = training.preamble.as_ref().and_then(|sealed| self.unseal(sealed));
        let preamble: Option<Preamble> = held.and_then(|held| serde_json::from_value(held).ok());
        let tellings = training.stages.iter().filter_map(|stage| {
            let telling = serde_json::from_value(self.unseal(&stage.telling)?).ok()?;
            Some((stage.key.clone(), telling))
        });
        Told { training: training.clone(), preamble: preamble.unwrap_or_default(), tellings: tellings.collect() }
    }
}
