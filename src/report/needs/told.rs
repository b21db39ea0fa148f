//! What papers and answers call needs and drivers, and how each is told.

use crate::coverage::{Tied, gaps};
use crate::need::{Need, Policy};
use crate::synthesis::Synthesis;
use serde_json::{Value as Json, json};

/// A need or a driver, as it is told.
pub trait Told: Tied {
    /// Key of its column, and of it in an answer.
    const KEY: &'static str;
    const PLURAL: &'static str;
    const TITLE: &'static str;
    /// What one is called, to be counted.
    const NOUN: &'static str;
    /// Heading of how many ties it has.
    const TIED: &'static str;
    /// Key of those that nothing is tied to.
    const UNTIED: &'static str;
    const SAYS_UNTIED: &'static str;
    /// Key of components that none is tied to.
    const FREE: &'static str;
    const SAYS_FREE: &'static str;

    /// For machines, without its ties.
    fn json(&self, synthesis: &Synthesis) -> Json;
}

impl Told for Need {
    const KEY: &'static str = "need";
    const PLURAL: &'static str = "needs";
    const TITLE: &'static str = "Need";
    const NOUN: &'static str = "need";
    const TIED: &'static str = "Would be met by";
    const UNTIED: &'static str = "unmet";
    const SAYS_UNTIED: &'static str = "unmet: no component is tied to";
    const FREE: &'static str = "components_without_need";
    const SAYS_FREE: &'static str = "components without a need";

    fn json(&self, synthesis: &Synthesis) -> Json {
        json!({
            "id": synthesis.label(self.id), "statement": self.statement, "population": self.population,
            "measure": self.measure, "value": self.value, "source": self.source.map(|id| synthesis.label(id)),
            "date": self.date, "place": self.place, "lacks": gaps::lacks(synthesis, self), "retired": self.retired,
        })
    }
}

impl Told for Policy {
    const KEY: &'static str = "driver";
    const PLURAL: &'static str = "drivers";
    const TITLE: &'static str = "Driver";
    const NOUN: &'static str = "driver";
    const TIED: &'static str = "Components tied to it";
    const UNTIED: &'static str = "unanswered";
    const SAYS_UNTIED: &'static str = "no component answers to";
    const FREE: &'static str = "components_without_driver";
    const SAYS_FREE: &'static str = "components without a driver";

    fn json(&self, synthesis: &Synthesis) -> Json {
        json!({
            "id": synthesis.label(self.id), "name": self.name, "level": self.level, "citation": self.citation,
            "requirement": self.requirement, "source": self.source.map(|id| synthesis.label(id)), "date": self.date,
            "retired": self.retired,
        })
    }
}
