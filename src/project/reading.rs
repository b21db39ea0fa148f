//! From the fold and the text files to what other modules read: anchors turned back into words, and
//! the [`Synthesis`].

use super::Project;
use super::texts::Shard;
use crate::appraisal::Appraisal;
use crate::cerqual::Worksheet;
use crate::codebook::Code;
use crate::coding::Coding;
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::document::{Document, Header, Unit};
use crate::evidence::Evidence;
use crate::history::Place;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::link::circles::Ways;
use crate::link::{Link, LinkKind};
use crate::memo::Memo;
use crate::model::{self, Cell, Feature, Model, Models};
use crate::need::{Need, Policy};
use crate::panel::{Member, Panel};
use crate::participant::{Audience, Consent, Participant, Particulars, SpeakerRef};
use crate::passage::{Anchor, Carried, Quotation, Wholeness};
use crate::pathway::Step;
use crate::recommendation::Recommendation;
use crate::round::Round;
use crate::sealed::Sealed;
use crate::searching::{Flow, Search};
use crate::source::Source;
use crate::synthesis::Synthesis;
use crate::text::{Span, chars_before};
use crate::theory::{Component, SubstantiveTheory};
use crate::training::Training;
use crate::uncertainty::Uncertainty;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::rc::Rc;

/// How much of the texts a synthesis is to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// What the journal says.
    Facts,
    /// And what documents are called, who speaks in them, which studies they name.
    Headers,
    /// And the words behind each evidence link.
    Quotations,
}

/// What is needed to read an anchor back, looked up once for many.
#[derive(Debug)]
pub struct Lookup {
    documents: BTreeMap<Id, Document>,
    speakers: BTreeMap<SpeakerRef, Id>,
    withdrawn: BTreeSet<SpeakerRef>,
    not_for_team: BTreeSet<SpeakerRef>,
    studies: BTreeMap<(Id, usize), Id>,
    /// Speakers of whom two people who corrected a document unaware of each other say different things.
    unsettled: BTreeSet<SpeakerRef>,
}

impl Lookup {
    pub fn document(&self, id: Id) -> Option<&Document> {
        self.documents.get(&id)
    }

    /// The source that speaks in a unit: its row's study, else the document's source.
    pub fn source_of(&self, document: &Document, unit: &Unit) -> Id {
        unit.study.and_then(|study| self.studies.get(&(document.id, study)).copied()).unwrap_or(document.source)
    }

    /// The source that study `index` of a table is.
    pub fn study(&self, document: Id, index: usize) -> Option<Id> {
        self.studies.get(&(document, index)).copied()
    }

    /// Who speaks; nobody where that is unsettled, so that one person's consent never stands for another's
    /// words.
    pub fn participant_of(&self, document: Id, speaker: usize) -> Option<Id> {
        let speaker = SpeakerRef { document, speaker };
        self.speakers.get(&speaker).filter(|_| !self.unsettled.contains(&speaker)).copied()
    }
}

pub(super) fn keyed<T>(all: Vec<T>, id: impl Fn(&T) -> Id) -> BTreeMap<Id, T> {
    all.into_iter().map(|one| (id(&one), one)).collect()
}

/// Decisions as they were taken: by their own dates, and those of one day by the operations that made them. One without a
/// date counts from the day it was recorded.
pub(super) fn in_order(made: impl Iterator<Item = (Rc<Place>, Decision)>) -> Vec<Decision> {
    let mut made: Vec<(Rc<Place>, Decision)> = made
        .map(|(at, one)| {
            let counts_from = one.date.clone().unwrap_or_else(|| at.id.day());
            (at, Decision { counts_from, ..one })
        })
        .collect();
    made.sort_by(|(at, one), (then, other)| (&one.counts_from, at, one.id).cmp(&(&other.counts_from, then, other.id)));
    made.into_iter().map(|(_, decision)| decision).collect()
}

impl Project {
    pub fn lookup(&self) -> Lookup {
        let documents: BTreeMap<Id, Document> =
            self.state.all::<Document>().into_iter().map(|one| (one.id, one)).collect();
        let participants = self.state.all::<Participant>();
        let places = |asked: fn(&Participant) -> bool| {
            participants.iter().filter(|one| asked(one)).flat_map(|one| one.speaks.clone()).collect()
        };
        let withdrawn = places(|one| one.withdrawn);
        let not_for_team = places(|one| !one.may_be_quoted(Audience::Team));
        let speakers = participants
            .into_iter()
            .flat_map(|one| one.speaks.into_iter().map(move |speaker| (speaker, one.id)))
            .collect();
        let studies = self
            .state
            .all::<Source>()
            .into_iter()
            .filter_map(|one| one.study.map(|study| ((study.document, study.index), one.id)))
            .collect();
        let unsettled = documents.values().flat_map(|document| self.unsettled_speakers(document)).collect();
        Lookup { documents, speakers, withdrawn, not_for_team, studies, unsettled }
    }

    /// An anchor's words, checked against the hash kept with them.
    pub fn quotation(&self, lookup: &Lookup, anchor: &Anchor) -> Result<Quotation> {
        let Some(document) = lookup.document(anchor.document) else {
            return Ok(nothing(anchor, Wholeness::Missing, anchor.document));
        };
        if document.purged {
            return Ok(nothing(anchor, Wholeness::Purged, document.source));
        }
        let Some(anchor) = anchor.carried(document) else {
            return Ok(nothing(anchor, Wholeness::Purged, document.source));
        };
        let anchor = anchor.as_ref();
        // A corrected role makes a version with the same text: the anchor holds there too, and what is
        // now known of the speaker counts.
        if anchor.row.is_none()
            && anchor.version != document.version
            && let Some(current) = self.shard(document, &document.version, 0)?
            && let Some(quotation) = read_anchor(lookup, document, &current, anchor)
        {
            return Ok(quotation);
        }
        let Some(shard) = self.shard_of(document, anchor)? else {
            return Ok(nothing(anchor, Wholeness::Missing, document.source));
        };
        Ok(read_anchor(lookup, document, &shard, anchor)
            .unwrap_or_else(|| nothing(anchor, Wholeness::Stale, document.source)))
    }

    /// An anchor as it would be set today: where words were taken out of its text since, in what is left,
    /// with hashes of the words there. An anchor whose words are gone, or not at hand, is as it was.
    pub fn as_set_today(&self, anchor: &Anchor) -> Anchor {
        let today = || {
            let document = self.state.get::<Document>(anchor.document)?;
            let Cow::Owned(mut carried) = anchor.carried(&document)? else { return None };
            let shard = self.shard_of(&document, &carried).ok()??;
            let hashes = shard.words_at(&carried)?.into_iter().map(|(_, words)| shard.key.hash(words)).collect();
            carried.hashes = hashes;
            Some(carried)
        };
        today().unwrap_or_else(|| anchor.clone())
    }

    /// The shard that holds an anchor, of the text version it was set in.
    pub fn shard_of(&self, document: &Document, anchor: &Anchor) -> Result<Option<Rc<Shard>>> {
        let version = document.versions.get(&anchor.version);
        let shard = anchor.row.zip(version).map_or(0, |(row, version)| version.shard_of(row));
        self.shard(document, &anchor.version, shard)
    }

    /// Everything the team holds, as deep as asked.
    pub fn synthesis(&self, depth: Depth) -> Result<Synthesis> {
        let codings = keyed(self.state.all(), |one: &Coding| one.id);
        let mut synthesis = self.gather(depth, self.state.all(), self.state.all(), codings)?;
        synthesis.memos = keyed(self.state.all(), |one: &Memo| one.id);
        synthesis.carry_anchors();
        // What is gone may still be spoken of.
        let all = self.state.entities();
        let labels = all.filter_map(|(id, entity)| Some((id, self.state.labels_in(id, &entity).into_iter().next()?)));
        synthesis.labels = labels.collect();
        Ok(synthesis)
    }

    /// The same without codings and labels: most of what a large project holds, and counts need neither.
    pub fn synthesis_to_count(&self) -> Result<Synthesis> {
        self.gather(Depth::Facts, self.state.all(), self.state.all(), BTreeMap::new())
    }

    /// What bears on one statement: itself and those that lend it evidence, their evidence and links, and all
    /// that is neither statement, link, evidence nor coding.
    pub fn synthesis_of(&self, hypothesis: Id, depth: Depth) -> Result<Synthesis> {
        let links = self.state.all::<Link>();
        let mut held = Ways::back(links.iter().filter(|link| link.kind.lends_evidence())).reached(hypothesis);
        held.insert(hypothesis);
        let statements: Vec<Hypothesis> = held.iter().filter_map(|id| self.state.get(*id)).collect();
        let evidence = held.iter().flat_map(|id| {
            let about = self.state.about::<Evidence>(*id).into_iter();
            about.filter(move |link| link.hypothesis == *id)
        });
        let mut synthesis = self.gather(depth, statements, evidence.collect(), BTreeMap::new())?;
        let is_near = |link: &Link| held.contains(&link.from) || held.contains(&link.to);
        // Who speaks for what was merged at the other end of a link is seen there, at the part that is its own.
        let speakers = synthesis.speakers();
        let near = synthesis.links.values().filter(|link| is_near(link)).flat_map(|link| [link.from, link.to]);
        let merged: BTreeSet<Id> = near.filter(|end| !held.contains(end) && speakers.of(*end) != *end).collect();
        for id in merged.into_iter().flat_map(|end| [end, speakers.of(end)]) {
            if let Some(statement) = self.state.get(id) {
                synthesis.hypotheses.insert(id, statement);
            }
        }
        synthesis.links.retain(|_, link| is_near(link) || link.kind == LinkKind::MergedInto);
        Ok(self.labelled(synthesis))
    }

    /// All but the labels.
    fn gather(
        &self,
        depth: Depth,
        hypotheses: Vec<Hypothesis>,
        evidence: Vec<Evidence>,
        codings: BTreeMap<Id, Coding>,
    ) -> Result<Synthesis> {
        let mut synthesis = Synthesis::empty(self.settings.clone());
        synthesis.sources = keyed(self.state.all(), |one: &Source| one.id);
        synthesis.documents = keyed(self.state.all(), |one: &Document| one.id);
        synthesis.participants = keyed(self.state.all(), |one: &Participant| one.id);
        synthesis.codes = keyed(self.state.all(), |one: &Code| one.id);
        synthesis.codings = codings;
        let written = hypotheses.iter().flat_map(crate::link::written_in);
        synthesis.links = keyed(self.state.all::<Link>().into_iter().chain(written).collect(), |one| one.id);
        synthesis.hypotheses = keyed(hypotheses, |one| one.id);
        synthesis.evidence = keyed(evidence, |one| one.id);
        synthesis.appraisals = keyed(self.state.all(), |one: &Appraisal| one.id);
        synthesis.worksheets = keyed(self.state.all(), |one: &Worksheet| one.id);
        synthesis.models = self.models();
        synthesis.steps = keyed(self.state.all(), |one: &Step| one.id);
        synthesis.needs = keyed(self.state.all(), |one: &Need| one.id);
        synthesis.policies = keyed(self.state.all(), |one: &Policy| one.id);
        synthesis.searches = keyed(self.state.all(), |one: &Search| one.id);
        synthesis.flows = keyed(self.state.all(), |one: &Flow| one.id);
        synthesis.components = keyed(self.state.all(), |one: &Component| one.id);
        synthesis.substantive_theories = keyed(self.state.all(), |one: &SubstantiveTheory| one.id);
        synthesis.uncertainties = keyed(self.state.all(), |one: &Uncertainty| one.id);
        synthesis.panels = keyed(self.state.all(), |one: &Panel| one.id);
        synthesis.members = keyed(self.state.all(), |one: &Member| one.id);
        synthesis.rounds = keyed(self.state.all(), |one: &Round| one.id);
        synthesis.recommendations = keyed(self.state.all(), |one: &Recommendation| one.id);
        synthesis.trainings = keyed(self.state.all(), |one: &Training| one.id);
        self.take_strictest_consent(&mut synthesis);
        synthesis.carry_anchors();
        synthesis.decisions = self.decisions_in_order();
        if depth >= Depth::Headers {
            self.add_headers(&mut synthesis)?;
        }
        if depth >= Depth::Quotations {
            self.add_quotations(&mut synthesis)?;
        }
        Ok(synthesis)
    }

    /// All that is held of models.
    pub fn models(&self) -> Models {
        Models {
            models: keyed(self.state.all(), |one: &Model| one.id),
            cells: keyed(self.state.all(), |one: &Cell| one.id),
            outcomes: keyed(self.state.all(), |one: &model::Outcome| one.id),
            features: keyed(self.state.all(), |one: &Feature| one.id),
            quotations: BTreeMap::new(),
        }
    }

    /// With the labels of what it holds.
    pub(super) fn labelled(&self, mut of: Synthesis) -> Synthesis {
        let ids = of
            .sources
            .keys()
            .chain(of.documents.keys())
            .chain(of.participants.keys())
            .chain(of.codes.keys())
            .chain(of.codings.keys())
            .chain(of.hypotheses.keys())
            .chain(of.links.values().flat_map(|link| [&link.id, &link.from, &link.to]))
            .chain(of.evidence.keys())
            .chain(of.components.keys())
            .chain(of.substantive_theories.keys())
            .chain(of.uncertainties.keys())
            .chain(of.panels.keys())
            .chain(of.members.keys())
            .chain(of.rounds.keys())
            .chain(of.trainings.keys())
            .chain(of.decisions.iter().map(|one| &one.id));
        of.labels = ids.filter_map(|id| Some((*id, self.state.label_of(*id)?))).collect();
        of
    }

    /// While two people disagree about a consent unaware of each other, the stricter holds.
    fn take_strictest_consent(&self, synthesis: &mut Synthesis) {
        let ids: Vec<Id> = synthesis.participants.keys().copied().collect();
        for conflict in ids.into_iter().flat_map(|id| self.state.conflicts_of(id)) {
            let Some(participant) = synthesis.participants.get_mut(&conflict.id) else { continue };
            let Some(audience) = conflict.field.strip_prefix("consent:").and_then(|one| one.parse().ok()) else {
                continue;
            };
            let said = [&conflict.kept, &conflict.other];
            let strictest =
                said.into_iter().filter_map(|value| serde_json::from_value::<Consent>(value.clone()).ok()).min();
            if let Some(strictest) = strictest {
                participant
                    .consent
                    .entry(audience)
                    .and_modify(|held| *held = strictest.min(*held))
                    .or_insert(strictest);
            }
        }
    }

    fn decisions_in_order(&self) -> Vec<Decision> {
        let made = self.state.all::<Decision>().into_iter();
        in_order(made.filter_map(|one| Some((self.state.entity(one.id)?.active_writes().next()?.op.clone(), one))))
    }

    fn add_headers(&self, synthesis: &mut Synthesis) -> Result<()> {
        for document in synthesis.documents.values() {
            if let Some(title) = document.title.as_ref().and_then(|sealed| self.unseal_text(sealed)) {
                synthesis.titles.insert(document.id, title);
            }
            if let Some(header) = self.header(document)? {
                synthesis.headers.insert(document.id, Header::clone(&header));
            }
        }
        for source in synthesis.sources.values() {
            if let Some(title) = source.title.as_ref().and_then(|sealed| self.unseal_text(sealed)) {
                synthesis.titles.insert(source.id, title);
            }
        }
        if !synthesis.settings.attribution.attributes.is_empty() {
            for person in synthesis.participants.values().filter(|one| !one.withdrawn) {
                let values = person.attributes.as_ref().and_then(|sealed| self.particulars(sealed));
                synthesis.attributes.extend(values.map(|held| (person.id, held.values)));
            }
        }
        for decision in &synthesis.decisions {
            let words: BTreeMap<String, String> = decision
                .dissent
                .iter()
                .filter_map(|(group, sealed)| Some((group.clone(), self.unseal_text(sealed)?)))
                .collect();
            if !words.is_empty() {
                synthesis.dissent.insert(decision.id, words);
            }
            let group = |member: &Id| self.state.get::<Member>(*member).map(|one| one.group).unwrap_or_default();
            let voiced = decision.registered.iter().map(|(member, one)| {
                let group = if one.group.is_empty() { group(member) } else { one.group.clone() };
                (group, one.words.as_ref().and_then(|sealed| self.unseal_text(sealed)))
            });
            let voiced: Vec<(String, Option<String>)> = voiced.collect();
            if !voiced.is_empty() {
                synthesis.voiced.insert(decision.id, voiced);
            }
        }
        Ok(())
    }

    fn add_quotations(&self, synthesis: &mut Synthesis) -> Result<()> {
        let lookup = self.lookup();
        synthesis.quotations = self.quotations_behind(&lookup, synthesis.evidence.values().collect())?;
        let mut cited: Vec<&Coding> =
            synthesis.models.passages().iter().filter_map(|id| synthesis.codings.get(id)).collect();
        cited.sort_by_key(|coding| &coding.anchor);
        let read = cited.into_iter().map(|coding| Ok((coding.id, self.quotation(&lookup, &coding.anchor)?)));
        synthesis.models.quotations = read.collect::<Result<_>>()?;
        Ok(())
    }

    /// The passages behind some links, by link; in the order of their places, so that each text is read once.
    pub fn quotations_behind(&self, lookup: &Lookup, mut links: Vec<&Evidence>) -> Result<BTreeMap<Id, Quotation>> {
        links.sort_by_key(|link| &link.anchor);
        let mut quotations = BTreeMap::new();
        for link in links {
            let mut quotation = self.quotation(lookup, &link.anchor)?;
            // Until somebody has confirmed whose words they are, they are also theirs who said them before.
            if link.carried == Some(Carried::Near)
                && let Some(before) = self.last_settled(link.id)
            {
                quotation.withdrawn |= self.quotation(lookup, &before)?.withdrawn;
            }
            quotations.insert(link.id, quotation);
        }
        Ok(quotations)
    }

    /// What is sealed of a participant beside group and consent.
    pub fn particulars(&self, sealed: &Sealed) -> Option<Particulars> {
        serde_json::from_value(self.unseal(sealed)?.get_mut("says")?.take()).ok()
    }

    /// A document's title as a person knows it; its label where that is not to be had.
    pub fn title(&self, document: &Document) -> String {
        document.title.as_ref().and_then(|sealed| self.unseal_text(sealed)).unwrap_or_else(|| self.label(document.id))
    }

    /// Where a document's file lies, as it was given.
    pub fn original(&self, document: &Document) -> PathBuf {
        self.originals_folder().join(&document.original)
    }

    /// Where the first shard of a text version lies.
    pub fn text_file(&self, version: &str) -> PathBuf {
        let name = super::texts::file_names(version, 1).into_iter().next().unwrap_or_default();
        self.root.join("corpus").join(name)
    }

    /// Everything a person can be shown about where a unit stands.
    pub fn speaker_label(header: &Header, unit: &Unit) -> Option<String> {
        header.speakers.get(unit.speaker?).map(|speaker| speaker.label.clone())
    }
}

fn read_anchor(lookup: &Lookup, document: &Document, shard: &Shard, anchor: &Anchor) -> Option<Quotation> {
    let base = shard.base_of(anchor)?;
    let (placed_spans, pieces): (Vec<Span>, Vec<&str>) = shard.words_at(anchor)?.into_iter().unzip();
    let hull = placed_spans.iter().copied().reduce(Span::join)?;
    let (first, last) = shard.units_at(hull)?;
    let voice = voice_at(shard, first, hull);
    let relative = Span::new(hull.start() - base, hull.end() - base)?;
    let base_chars = chars_before(&shard.text, base);
    let chars = |byte| chars_before(&shard.text, byte) - base_chars;
    let speaker = only_speaker(shard, first, last);
    let speaks_any = |asked: &BTreeSet<SpeakerRef>| {
        let mut speakers = (first.n..=last.n).filter_map(|n| shard.unit(n)?.speaker);
        speakers.any(|speaker| asked.contains(&SpeakerRef { document: document.id, speaker }))
    };
    Some(Quotation {
        text: pieces.join(" … "),
        spoken: spoken(shard, first, last, &placed_spans),
        wholeness: Wholeness::Whole,
        voice,
        speaker: speaker.and_then(|index| shard.header.speakers.get(index)).map(|speaker| speaker.label.clone()),
        participant: speaker.and_then(|index| lookup.participant_of(document.id, index)),
        withdrawn: speaks_any(&lookup.withdrawn),
        not_for_team: speaks_any(&lookup.not_for_team),
        source: lookup.source_of(document, first),
        document: document.id,
        units: (first.n, last.n),
        span: relative,
        chars: (chars(hull.start()), chars(hull.end())),
        page: first.page,
        time: first.time,
    })
}

/// The speech within the spans: labels and times left out, an interviewer's turn among others' as `[…]`.
fn spoken(shard: &Shard, first: &Unit, last: &Unit, spans: &[Span]) -> String {
    let asks = |unit: &Unit| {
        let speaker = unit.speaker.and_then(|speaker| shard.header.speakers.get(speaker));
        first.n != last.n && speaker.is_some_and(|speaker| speaker.role == crate::document::Role::Interviewer)
    };
    let units: Vec<&Unit> = (first.n..=last.n).filter_map(|n| shard.unit(n)).collect();
    let someone_else = units.iter().any(|unit| !asks(unit));
    let mut words: Vec<&str> = Vec::new();
    for unit in units {
        if someone_else && asks(unit) {
            words.push("[…]");
            continue;
        }
        for segment in &unit.speech {
            for span in spans {
                let (start, end) = (segment.span.start().max(span.start()), segment.span.end().min(span.end()));
                words.extend(Span::new(start, end).and_then(|span| span.of(&shard.text)).map(str::trim));
            }
        }
    }
    words.join(" ")
}

/// Who speaks from `first` to `last`, interviewers apart; nobody where several people do, so that one
/// person's consent never stands for another's words.
fn only_speaker(shard: &Shard, first: &Unit, last: &Unit) -> Option<usize> {
    let units = (first.n..=last.n).filter_map(|n| shard.unit(n));
    let role = |speaker: usize| shard.header.speakers.get(speaker).map(|speaker| speaker.role);
    let mut speakers: Vec<usize> = units.filter_map(|unit| unit.speaker).collect();
    speakers.sort_unstable();
    speakers.dedup();
    if speakers.len() > 1 {
        speakers.retain(|speaker| role(*speaker) != Some(crate::document::Role::Interviewer));
    }
    match speakers.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// The voice of the segment a span begins in; the unit's, else the version's.
fn voice_at(shard: &Shard, unit: &Unit, span: Span) -> crate::document::Voice {
    unit.speech
        .iter()
        .find(|segment| segment.span.overlaps(span))
        .and_then(|segment| segment.voice)
        .or(unit.voice)
        .unwrap_or(shard.header.voice)
}

fn nothing(anchor: &Anchor, wholeness: Wholeness, source: Id) -> Quotation {
    let hull = anchor.hull();
    Quotation {
        text: String::new(),
        spoken: String::new(),
        wholeness,
        voice: crate::document::Voice::Unknown,
        speaker: None,
        participant: None,
        withdrawn: false,
        not_for_team: false,
        source,
        document: anchor.document,
        units: anchor.row.map_or((0, 0), |row| (row, row)),
        span: hull,
        chars: (hull.start(), hull.end()),
        page: None,
        time: None,
    }
}
