//! What a project held at an earlier moment, as far as counts need it.

use super::Project;
use super::reading::keyed;
use crate::decision::Decision;
use crate::document::Document;
use crate::evidence::Evidence;
use crate::history::{Past, Place};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::link::Link;
use crate::source::Source;
use crate::synthesis::Synthesis;
use crate::theory::{Component, SubstantiveTheory};
use crate::uncertainty::Uncertainty;
use std::rc::Rc;

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
        synthesis.decisions = decisions(past);
        synthesis.carry_anchors();
        self.labelled(synthesis)
    }
}

/// As they were taken: by the operation that made them.
fn decisions(past: &Past<'_>) -> Vec<Decision> {
    let made = past.of_kind(Kind::Decision).into_iter().filter_map(|(id, entity)| {
        let first = entity.active_writes().next()?.op.clone();
        Some((first, id, past.get::<Decision>(id)?))
    });
    let mut made: Vec<(Rc<Place>, Id, Decision)> = made.collect();
    made.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    made.into_iter().map(|(_, _, decision)| decision).collect()
}
