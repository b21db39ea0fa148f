//! What a project held at an earlier moment, as far as counts need it.

use super::Project;
use super::reading::{in_order, keyed};
use crate::document::Document;
use crate::evidence::Evidence;
use crate::history::Past;
use crate::hypothesis::Hypothesis;
use crate::id::Kind;
use crate::link::Link;
use crate::source::Source;
use crate::synthesis::Synthesis;
use crate::theory::{Component, SubstantiveTheory};
use crate::uncertainty::Uncertainty;

impl Project {
    /// Statements, evidence, links and what they hang on, as they were; no texts, codings or names. What was
    /// destroyed since is as it is now: nobody can read it again.
    pub fn synthesis_then(&self, past: &Past<'_>) -> Synthesis {
        let mut synthesis = Synthesis::empty(self.settings.clone());
        synthesis.sources = keyed(past.all(), |one: &Source| one.id);
        synthesis.documents = keyed(self.state.all(), |one: &Document| one.id);
        let hypotheses: Vec<Hypothesis> = past.all();
        let written = hypotheses.iter().flat_map(crate::link::written_in);
        synthesis.links = keyed(past.all::<Link>().into_iter().chain(written).collect(), |one| one.id);
        synthesis.hypotheses = keyed(hypotheses, |one| one.id);
        synthesis.evidence = keyed(past.all(), |one: &Evidence| one.id);
        synthesis.components = keyed(past.all(), |one: &Component| one.id);
        synthesis.substantive_theories = keyed(past.all(), |one: &SubstantiveTheory| one.id);
        synthesis.uncertainties = keyed(past.all(), |one: &Uncertainty| one.id);
        let made = past.of_kind(Kind::Decision).into_iter();
        synthesis.decisions =
            in_order(made.filter_map(|(id, entity)| Some((entity.active_writes().next()?.op.clone(), past.get(id)?))));
        synthesis.carry_anchors();
        self.labelled(synthesis)
    }
}
