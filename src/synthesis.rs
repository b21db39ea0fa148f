//! The whole of what a team holds at one moment, typed and in a fixed order: what `frame`, `check`
//! and `report` read. `project` makes it from the fold; tests make it by hand.

mod appraised;
mod bearing;
mod relations;
mod seen;

pub use appraised::{Appraised, Given};
pub use bearing::{Bearing, Bearings, Clash, Judged, Target};
pub use relations::Speakers;
pub use seen::{Seen, SeenEnd, Waiting};

use crate::appraisal::Appraisal;
use crate::cerqual::Worksheet;
use crate::codebook::Code;
use crate::coding::Coding;
use crate::decision::{Consensus, Decision};
use crate::document::{Document, Header, Study};
use crate::evidence::{Evidence, Standing};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Label};
use crate::link::Link;
use crate::memo::Memo;
use crate::model::Models;
use crate::need::{Need, Policy};
use crate::panel::{Member, Panel};
use crate::participant::{Participant, SpeakerRef};
use crate::passage::Quotation;
use crate::pathway::Step;
use crate::recommendation::Recommendation;
use crate::round::Round;
use crate::searching::{Flow, Search};
use crate::settings::Settings;
use crate::source::Source;
use crate::theory::{Component, SubstantiveTheory};
use crate::training::Training;
use crate::uncertainty::{Rated, Uncertainty};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Everything by id; ids made by people sort by time.
#[derive(Debug, Clone)]
pub struct Synthesis {
    pub settings: Settings,
    pub sources: BTreeMap<Id, Source>,
    pub documents: BTreeMap<Id, Document>,
    pub participants: BTreeMap<Id, Participant>,
    pub codes: BTreeMap<Id, Code>,
    pub codings: BTreeMap<Id, Coding>,
    pub memos: BTreeMap<Id, Memo>,
    pub hypotheses: BTreeMap<Id, Hypothesis>,
    /// Links between statements, and to substantive theories; those written in a statement included.
    pub links: BTreeMap<Id, Link>,
    pub evidence: BTreeMap<Id, Evidence>,
    pub appraisals: BTreeMap<Id, Appraisal>,
    /// CERQual worksheets.
    pub worksheets: BTreeMap<Id, Worksheet>,
    /// Models of care, and what is said of each.
    pub models: Models,
    /// Steps of the pathways of models.
    pub steps: BTreeMap<Id, Step>,
    pub needs: BTreeMap<Id, Need>,
    /// Policy drivers.
    pub policies: BTreeMap<Id, Policy>,
    /// How documents were searched for; retired ones too.
    pub searches: BTreeMap<Id, Search>,
    /// Counts of records on their way, one a stream.
    pub flows: BTreeMap<Id, Flow>,
    pub components: BTreeMap<Id, Component>,
    pub substantive_theories: BTreeMap<Id, SubstantiveTheory>,
    pub uncertainties: BTreeMap<Id, Uncertainty>,
    pub panels: BTreeMap<Id, Panel>,
    pub members: BTreeMap<Id, Member>,
    pub rounds: BTreeMap<Id, Round>,
    /// Training cases.
    pub trainings: BTreeMap<Id, Training>,
    /// In the order they were taken: a later one overrides an earlier.
    pub decisions: Vec<Decision>,
    /// Retired ones too.
    pub recommendations: BTreeMap<Id, Recommendation>,
    pub labels: BTreeMap<Id, Label>,
    /// What could be read of documents' text versions in force.
    pub headers: BTreeMap<Id, Header>,
    /// Titles of documents, and of sources where a person typed one, unsealed.
    pub titles: BTreeMap<Id, String>,
    /// What facesheets say of participants, by heading; unsealed only where papers say some of it.
    pub attributes: BTreeMap<Id, BTreeMap<String, String>>,
    /// The words behind each evidence link, read back and checked.
    pub quotations: BTreeMap<Id, Quotation>,
    /// Unsealed dissent of each decision, by group.
    pub dissent: BTreeMap<Id, BTreeMap<String, String>>,
    /// What groups rated uncertainties that are open, in the last closed round that asked; only where an order of them is wanted.
    pub rated: BTreeMap<Id, Rated>,
    /// Dissent that single members registered, by decision: their group, and the words they approved for print.
    pub voiced: BTreeMap<Id, Vec<(String, Option<String>)>>,
}

impl Synthesis {
    /// A project that holds nothing yet.
    pub fn empty(settings: Settings) -> Self {
        Synthesis {
            settings,
            sources: BTreeMap::new(),
            documents: BTreeMap::new(),
            participants: BTreeMap::new(),
            codes: BTreeMap::new(),
            codings: BTreeMap::new(),
            memos: BTreeMap::new(),
            hypotheses: BTreeMap::new(),
            links: BTreeMap::new(),
            evidence: BTreeMap::new(),
            appraisals: BTreeMap::new(),
            worksheets: BTreeMap::new(),
            models: Models::default(),
            steps: BTreeMap::new(),
            needs: BTreeMap::new(),
            policies: BTreeMap::new(),
            searches: BTreeMap::new(),
            flows: BTreeMap::new(),
            components: BTreeMap::new(),
            substantive_theories: BTreeMap::new(),
            uncertainties: BTreeMap::new(),
            panels: BTreeMap::new(),
            members: BTreeMap::new(),
            rounds: BTreeMap::new(),
            trainings: BTreeMap::new(),
            decisions: Vec::new(),
            recommendations: BTreeMap::new(),
            labels: BTreeMap::new(),
            headers: BTreeMap::new(),
            titles: BTreeMap::new(),
            attributes: BTreeMap::new(),
            quotations: BTreeMap::new(),
            dissent: BTreeMap::new(),
            rated: BTreeMap::new(),
            voiced: BTreeMap::new(),
        }
    }

    /// Lets anchors stand where their words stand now that others were taken out of a text. Those whose
    /// words are gone stay as they are.
    pub fn carry_anchors(&mut self) {
        let cut: BTreeMap<Id, &Document> =
            self.documents.iter().filter(|(_, one)| one.is_cut()).map(|(id, one)| (*id, one)).collect();
        if cut.is_empty() {
            return;
        }
        let codings = self.codings.values_mut().map(|one| &mut one.anchor);
        let links = self.evidence.values_mut().map(|one| &mut one.anchor);
        let memos = self.memos.values_mut().filter_map(|one| one.anchor.as_mut());
        for anchor in codings.chain(links).chain(memos) {
            let Some(document) = cut.get(&anchor.document) else { continue };
            if let Some(Cow::Owned(carried)) = anchor.carried(document) {
                *anchor = carried;
            }
        }
    }

    /// The words behind a link were destroyed on purpose: it counts for nothing.
    pub fn is_gone(&self, link: &Evidence) -> bool {
        self.documents.get(&link.anchor.document).is_some_and(|document| link.anchor.carried(document).is_none())
    }

    /// How a thing is called aloud: its label, or the start of its id where it has none.
    pub fn label(&self, id: Id) -> String {
        self.labels.get(&id).map_or_else(|| id.to_string()[..8].to_owned(), ToString::to_string)
    }

    /// Things in the order of their labels, those without one first.
    pub fn in_label_order(&self, ids: impl IntoIterator<Item = Id>) -> Vec<Id> {
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_by_key(|id| (self.labels.get(id), *id));
        ids
    }

    /// How they are called, in that order.
    pub fn labels_of(&self, ids: impl IntoIterator<Item = Id>) -> Vec<String> {
        self.in_label_order(ids).into_iter().map(|id| self.label(id)).collect()
    }

    /// The source a source counts as: follows `same_study` to its end.
    pub fn counts_as(&self, source: Id) -> Id {
        let mut at = source;
        let mut seen = BTreeSet::new();
        while let Some(next) = self.sources.get(&at).and_then(|source| source.same_study) {
            if !seen.insert(at) {
                return seen.into_iter().min().unwrap_or(source);
            }
            at = next;
        }
        at
    }

    /// Somebody judged two sources to be two reports, however alike they look.
    pub fn are_different(&self, one: Id, other: Id) -> bool {
        let (first, second) = (one.min(other), one.max(other));
        self.sources.get(&first).is_some_and(|source| source.different.contains_key(&second))
    }

    /// Title of a source: typed, else how its reference or study is cited, else the document's title.
    pub fn source_title(&self, id: Id) -> String {
        let Some(source) = self.sources.get(&id) else { return self.label(id) };
        if let Some(title) = self.titles.get(&id) {
            return title.clone();
        }
        if let Some(reference) = &source.reference {
            return reference.citation();
        }
        if let Some(study) = self.study_of(source) {
            return study.citation();
        }
        self.documents
            .values()
            .find(|document| document.source == id)
            .and_then(|document| self.titles.get(&document.id).cloned())
            .unwrap_or_else(|| self.label(id))
    }

    /// Year of a source: typed, else its reference's, else the study's.
    pub fn source_year(&self, id: Id) -> Option<i32> {
        let source = self.sources.get(&id)?;
        source.year.or_else(|| source.reference.as_ref()?.year).or_else(|| self.study_of(source)?.year)
    }

    /// What the columns of a table say of the study that a source is.
    pub fn study_of(&self, source: &Source) -> Option<&Study> {
        let place = source.study?;
        self.headers.get(&place.document)?.studies.get(place.index)
    }

    /// The label a speaker has in the document, or its number where the header is not at hand.
    pub fn speaker_label(&self, at: &SpeakerRef) -> String {
        let header = self.headers.get(&at.document);
        let speaker = header.and_then(|header| header.speakers.get(at.speaker));
        speaker.map_or_else(|| format!("speaker {}", at.speaker + 1), |speaker| speaker.label.clone())
    }

    /// Who speaks as speaker `index` of a document.
    pub fn participant_of(&self, speaker: SpeakerRef) -> Option<&Participant> {
        self.participants.values().find(|participant| participant.speaks.contains(&speaker))
    }

    /// Links that were judged for one statement, in id order. What others lend it is in [`Bearings`].
    pub fn evidence_of(&self, hypothesis: Id) -> impl Iterator<Item = &Evidence> {
        self.evidence.values().filter(move |link| link.hypothesis == hypothesis)
    }

    /// Evidential standing of one statement, over all that bears on it. For many ask [`Bearings`].
    pub fn standing(&self, hypothesis: Id) -> Standing {
        Bearings::around(self, hypothesis).standing(hypothesis)
    }

    /// Evidential standing of every statement.
    pub fn standings(&self) -> BTreeMap<Id, Standing> {
        let bearings = Bearings::of(self);
        self.hypotheses.keys().map(|id| (*id, bearings.standing(*id))).collect()
    }

    /// Statements that still stand: neither merged, superseded, rejected nor parked.
    pub fn living_hypotheses(&self) -> impl Iterator<Item = &Hypothesis> {
        self.hypotheses.values().filter(|hypothesis| hypothesis.status.is_living())
    }

    /// The last decision, by the day it counts from, that settled the standing of a statement, component or uncertainty.
    pub fn decision_on(&self, id: Id) -> Option<&Decision> {
        self.decisions.iter().rev().find(|decision| decision.outcome.consensus().is_some() && decision.is_about(id))
    }

    /// The decision that settled something in the place of one that is about it.
    pub fn decided_anew(&self, decision: &Decision, of: Id) -> Option<&Decision> {
        self.decision_on(of).filter(|last| last.id != decision.id)
    }

    /// Consensus standing: what the last decision on it said, else untested.
    pub fn consensus(&self, id: Id) -> Consensus {
        self.decision_on(id).and_then(|decision| decision.consensus_on(id)).unwrap_or(Consensus::Untested)
    }

    /// Components in the order papers print them.
    pub fn components_in_order(&self) -> Vec<&Component> {
        let mut components: Vec<&Component> = self.components.values().filter(|one| !one.retired).collect();
        components.sort_by_key(|one| (one.order.unwrap_or(u32::MAX), self.labels.get(&one.id).cloned(), one.id));
        components
    }
}
