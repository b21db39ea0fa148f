//! **references**: everything referred to is here.
//!
//! A reference can dangle where a merge brought one journal without another, or a record was made by
//! a newer version.

use crate::action::Action;
use crate::diagnostic::{Diagnostic, Result};
use crate::history::Stored;
use crate::id::{Id, Kind};
use crate::link::LinkKind;
use crate::meeting::Meeting;
use crate::pass::Pass;
use crate::project::Project;
use crate::synthesis::Synthesis;
use crate::vote::Ballot;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut walk = Walk { project, synthesis, found: unreadable(project) };
    walk.codings_and_evidence();
    walk.statements();
    walk.codes_and_sources();
    walk.models();
    walk.pathways();
    walk.needs();
    walk.searches();
    walk.panels_and_meetings();
    walk.decisions();
    walk.recommendations();
    walk.trainings();
    Ok(walk.found)
}

/// Goes through everything that names another thing.
struct Walk<'p> {
    project: &'p Project,
    synthesis: &'p Synthesis,
    found: Vec<Diagnostic>,
}

impl Walk<'_> {
    fn need(&mut self, from: Id, to: Id, kind: Kind) {
        if self.project.state().hides(to) {
            return;
        }
        let there = self.project.state().entity(to).is_some_and(|entity| entity.kind == kind && entity.is_here());
        if !there {
            let gone = if self.project.state().entity(to).is_some() { "was removed" } else { "is not here" };
            let (from, to) = (self.synthesis.label(from), self.synthesis.label(to));
            self.found.push(
                Diagnostic::warning("dangling-reference", format!("{from} refers to a {kind} ({to}) that {gone}"))
                    .hint("bring it back (realist undo), point to another, or let the sync client finish"),
            );
        }
    }

    fn codings_and_evidence(&mut self) {
        for one in self.synthesis.documents.values() {
            self.need(one.id, one.source, Kind::Source);
        }
        for one in self.synthesis.codings.values() {
            self.need(one.id, one.code, Kind::Code);
            self.need(one.id, one.anchor.document, Kind::Document);
            one.pass.into_iter().for_each(|pass| self.need(one.id, pass, Kind::Pass));
        }
        for one in self.project.state().all::<Pass>() {
            one.documents.iter().for_each(|to| self.need(one.id, *to, Kind::Document));
            one.codes.iter().for_each(|to| self.need(one.id, *to, Kind::Code));
        }
        for one in self.synthesis.evidence.values() {
            self.need(one.id, one.hypothesis, Kind::Hypothesis);
            self.need(one.id, one.anchor.document, Kind::Document);
            self.need(one.id, one.source, Kind::Source);
        }
        for one in self.synthesis.memos.values() {
            one.anchor.iter().for_each(|anchor| self.need(one.id, anchor.document, Kind::Document));
            one.about.into_iter().for_each(|to| self.need(one.id, to, kind_of(self.project, to)));
        }
    }

    fn statements(&mut self) {
        for one in self.synthesis.hypotheses.values() {
            one.component.into_iter().for_each(|to| self.need(one.id, to, Kind::Component));
        }
        for one in self.synthesis.links.values() {
            // A link written in a statement has no label of its own: the statement is named.
            let own = if self.synthesis.labels.contains_key(&one.id) { one.id } else { one.from };
            self.need(own, one.from, Kind::Hypothesis);
            let to = if one.kind == LinkKind::InformedBy { Kind::SubstantiveTheory } else { Kind::Hypothesis };
            self.need(own, one.to, to);
        }
        for one in self.synthesis.substantive_theories.values() {
            one.source.into_iter().for_each(|to| self.need(one.id, to, Kind::Source));
        }
    }

    fn codes_and_sources(&mut self) {
        for one in self.synthesis.codes.values() {
            one.parent.into_iter().chain(one.merged_into).for_each(|to| self.need(one.id, to, Kind::Code));
            one.examples.iter().for_each(|to| self.need(one.id, *to, Kind::Coding));
        }
        for one in self.synthesis.sources.values() {
            one.same_study.into_iter().for_each(|to| self.need(one.id, to, Kind::Source));
            one.study.into_iter().for_each(|study| self.need(one.id, study.document, Kind::Document));
        }
        for one in self.synthesis.participants.values() {
            one.speaks.iter().for_each(|speaker| self.need(one.id, speaker.document, Kind::Document));
        }
    }

    fn models(&mut self) {
        for one in self.synthesis.models.models.values() {
            one.sources.iter().chain(&one.words_source).for_each(|to| self.need(one.id, *to, Kind::Source));
        }
        for one in self.synthesis.models.cells.values() {
            self.need(one.id, one.model, Kind::Model);
            self.need(one.id, one.feature, Kind::Code);
            one.passages.iter().for_each(|to| self.need(one.id, *to, Kind::Coding));
        }
        for one in self.synthesis.models.outcomes.values() {
            self.need(one.id, one.model, Kind::Model);
            self.need(one.id, one.outcome, Kind::Code);
            one.passages.iter().for_each(|to| self.need(one.id, *to, Kind::Coding));
        }
        for one in self.synthesis.models.features.values() {
            self.need(one.id, one.code, Kind::Code);
            one.because.keys().for_each(|to| self.need(one.id, *to, Kind::Hypothesis));
        }
    }

    fn pathways(&mut self) {
        for one in self.synthesis.steps.values() {
            self.need(one.id, one.model, Kind::Model);
            let steps = one.up.keys().chain(one.down.keys()).chain(&one.leaving);
            steps.for_each(|to| self.need(one.id, *to, Kind::Step));
            one.because.keys().for_each(|to| self.need(one.id, *to, Kind::Hypothesis));
        }
    }

    fn needs(&mut self) {
        let needs = self.synthesis.needs.values();
        let needs = needs.flat_map(|one| one.met_by.iter().map(|(component, tie)| (one.id, *component, tie)));
        let policies = self.synthesis.policies.values();
        let policies = policies.flat_map(|one| one.stances.iter().map(|(to, position)| (one.id, *to, &position.tie)));
        for (from, component, tie) in needs.chain(policies) {
            self.need(from, component, Kind::Component);
            tie.because.iter().for_each(|to| self.need(from, *to, Kind::Hypothesis));
        }
        let needs = self.synthesis.needs.values().map(|one| (one.id, one.source));
        for (from, source) in needs.chain(self.synthesis.policies.values().map(|one| (one.id, one.source))) {
            if let Some(source) = source {
                self.need(from, source, Kind::Source);
            }
        }
    }

    fn searches(&mut self) {
        for one in self.synthesis.searches.values() {
            let named: Vec<Id> = one.serves.union(&one.against).copied().collect();
            for to in named {
                let kind = self.project.state().entity(to).map_or(Kind::Hypothesis, |entity| entity.kind);
                self.need(one.id, to, kind);
            }
        }
    }

    fn panels_and_meetings(&mut self) {
        for one in self.synthesis.members.values() {
            self.need(one.id, one.panel, Kind::Panel);
        }
        for one in self.synthesis.rounds.values() {
            self.need(one.id, one.panel, Kind::Panel);
            one.meeting.into_iter().for_each(|to| self.need(one.id, to, Kind::Meeting));
            one.after.into_iter().chain(one.amends).for_each(|to| self.need(one.id, to, Kind::Round));
        }
        for one in self.project.state().all::<Ballot>() {
            self.need(one.id, one.round, Kind::Round);
            self.need(one.id, one.member, Kind::Member);
        }
        for one in self.project.state().all::<Meeting>() {
            one.panel.into_iter().for_each(|to| self.need(one.id, to, Kind::Panel));
            one.items
                .iter()
                .filter_map(|item| item.uncertainty)
                .for_each(|to| self.need(one.id, to, Kind::Uncertainty));
            one.replied.keys().chain(one.attended.keys()).for_each(|to| self.need(one.id, *to, Kind::Member));
        }
        for one in self.project.state().all::<Action>() {
            one.decision.into_iter().for_each(|to| self.need(one.id, to, Kind::Decision));
            one.meeting.into_iter().for_each(|to| self.need(one.id, to, Kind::Meeting));
        }
    }

    fn decisions(&mut self) {
        let project = self.project;
        for one in &self.synthesis.decisions {
            one.meeting.into_iter().for_each(|to| self.need(one.id, to, Kind::Meeting));
            one.round.into_iter().for_each(|to| self.need(one.id, to, Kind::Round));
            // What was decided on may have been removed since: the decision was taken all the same.
            let unknown = |to: &Id| project.state().entity(*to).is_none();
            one.uncertainty.into_iter().filter(unknown).for_each(|to| self.need(one.id, to, Kind::Uncertainty));
            one.components.iter().filter(|to| unknown(to)).for_each(|to| self.need(one.id, *to, Kind::Component));
            one.hypotheses.iter().filter(|to| unknown(to)).for_each(|to| self.need(one.id, *to, Kind::Hypothesis));
        }
        for one in self.synthesis.uncertainties.values() {
            one.component.into_iter().for_each(|to| self.need(one.id, to, Kind::Component));
            one.hypotheses.iter().for_each(|to| self.need(one.id, *to, Kind::Hypothesis));
        }
    }

    /// A decision or a statement that something rests on.
    fn need_ground(&mut self, from: Id, to: Id) {
        let kind = if kind_of(self.project, to) == Kind::Decision { Kind::Decision } else { Kind::Hypothesis };
        self.need(from, to, kind);
    }

    fn recommendations(&mut self) {
        for one in self.synthesis.recommendations.values() {
            one.basis.iter().for_each(|to| self.need_ground(one.id, *to));
            one.training.iter().for_each(|to| self.need(one.id, *to, Kind::Training));
            one.needs.iter().for_each(|to| self.need(one.id, *to, Kind::Need));
        }
    }

    fn trainings(&mut self) {
        for one in self.synthesis.trainings.values() {
            one.basis().into_iter().for_each(|to| self.need_ground(one.id, to));
            let against = one.stages.iter().flat_map(|stage| &stage.against);
            against.for_each(|to| self.need(one.id, *to, Kind::Evidence));
            one.consenting.iter().for_each(|to| self.need(one.id, *to, Kind::Participant));
            one.answers.keys().for_each(|to| self.need(one.id, *to, Kind::Hypothesis));
        }
    }
}

/// What a thing was when it was last here; one that never was is called a document, as most are.
fn kind_of(project: &Project, id: Id) -> Kind {
    project.state().entity(id).map_or(Kind::Document, |entity| entity.kind)
}

/// Records that are here and do not read as what they are.
fn unreadable(project: &Project) -> Vec<Diagnostic> {
    fn of<T: Stored>(project: &Project, found: &mut Vec<Diagnostic>) {
        for (id, entity) in project.state().of_kind(T::KIND) {
            if let Err(what) = T::read(id, &entity) {
                found.push(
                    Diagnostic::warning(
                        "unreadable-record",
                        format!("{} cannot be read and is left out: {what}", project.label(id)),
                    )
                    .hint("it may come from a newer version of realist"),
                );
            }
        }
    }
    let mut found = Vec::new();
    of::<crate::source::Source>(project, &mut found);
    of::<crate::document::Document>(project, &mut found);
    of::<crate::participant::Participant>(project, &mut found);
    of::<crate::codebook::Code>(project, &mut found);
    of::<crate::coding::Coding>(project, &mut found);
    of::<crate::memo::Memo>(project, &mut found);
    of::<crate::hypothesis::Hypothesis>(project, &mut found);
    of::<crate::link::Link>(project, &mut found);
    of::<crate::evidence::Evidence>(project, &mut found);
    of::<crate::theory::Component>(project, &mut found);
    of::<crate::theory::SubstantiveTheory>(project, &mut found);
    of::<crate::uncertainty::Uncertainty>(project, &mut found);
    of::<crate::decision::Decision>(project, &mut found);
    of::<Pass>(project, &mut found);
    of::<crate::panel::Panel>(project, &mut found);
    of::<crate::panel::Member>(project, &mut found);
    of::<crate::round::Round>(project, &mut found);
    of::<crate::vote::Ballot>(project, &mut found);
    of::<Action>(project, &mut found);
    of::<Meeting>(project, &mut found);
    of::<crate::appraisal::Appraisal>(project, &mut found);
    of::<crate::cerqual::Worksheet>(project, &mut found);
    of::<crate::model::Model>(project, &mut found);
    of::<crate::model::Cell>(project, &mut found);
    of::<crate::model::Outcome>(project, &mut found);
    of::<crate::model::Feature>(project, &mut found);
    of::<crate::pathway::Step>(project, &mut found);
    of::<crate::need::Need>(project, &mut found);
    of::<crate::need::Policy>(project, &mut found);
    of::<crate::recommendation::Recommendation>(project, &mut found);
    of::<crate::training::Training>(project, &mut found);
    found
}
