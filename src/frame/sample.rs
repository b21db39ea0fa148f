//! Syntheses made by hand, for tests.

use crate::document::{Document, Voice};
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::{Editorial, Hypothesis, Part, PartKind};
use crate::id::{Id, Kind, Label};
use crate::link::LinkKind;
use crate::participant::Participant;
use crate::passage::{Anchor, Quotation, Wholeness};
use crate::settings::{Group, PriorityWeights, Settings, Thresholds};
use crate::source::Source;
use crate::strand::{SlotScheme, SourceKind};
use crate::synthesis::Synthesis;
use crate::text::Span;
use crate::theory::Component;
use crate::uncertainty::{Uncertainty, UncertaintyStatus};
use std::collections::BTreeMap;

pub struct Sample {
    pub synthesis: Synthesis,
    made: u64,
}

impl Sample {
    pub fn new() -> Self {
        let settings = Settings {
            format: 1,
            project: Id::derived([]),
            title: "Sample".to_owned(),
            questions: Vec::new(),
            configuration: SlotScheme::Cmo,
            synthetic: true,
            strands: Vec::new(),
            groups: ["users", "gps"].map(|key| Group { key: key.to_owned(), title: key.to_uppercase() }).to_vec(),
            thresholds: Thresholds::default(),
            priority: PriorityWeights::default(),
            synonyms: std::collections::BTreeMap::new(),
            part_groups: std::collections::BTreeMap::new(),
            consolidation: crate::settings::Consolidation::default(),
            attribution: crate::settings::Attribution::default(),
            reporting: crate::settings::Reporting::default(),
            citation_style: None,
            limits: std::collections::BTreeMap::new(),
        };
        Sample { synthesis: Synthesis::empty(settings), made: 0 }
    }

    fn id(&mut self) -> Id {
        self.made += 1;
        Id::new(self.made, [0; 10])
    }

    fn labelled(&mut self, kind: Kind, number: usize) -> Id {
        let id = self.id();
        self.synthesis.labels.insert(id, Label::new(kind, u32::try_from(number).unwrap(), "gj"));
        id
    }

    pub fn source(&mut self, kind: SourceKind) -> Id {
        let id = self.labelled(Kind::Source, self.synthesis.sources.len() + 1);
        let strand = kind.word().to_owned();
        let source = Source {
            id,
            kind,
            strand,
            title: None,
            year: None,
            described: crate::source::Described::default(),
            study: None,
            reference: None,
            origin: None,
            same_study: None,
            different: BTreeMap::new(),
        };
        self.synthesis.sources.insert(id, source);
        id
    }

    pub fn component(&mut self, name: &str) -> Id {
        let id = self.labelled(Kind::Component, self.synthesis.components.len() + 1);
        let component = Component {
            id,
            name: name.to_owned(),
            description: None,
            order: None,
            retired: false,
            tidier: BTreeMap::new(),
        };
        self.synthesis.components.insert(id, component);
        id
    }

    /// An active statement with one context, one mechanism and one outcome: `c1`, `m1`, `o1`.
    pub fn hypothesis(&mut self) -> Id {
        let id = self.labelled(Kind::Hypothesis, self.synthesis.hypotheses.len() + 1);
        let part = |key: &str, kind| Part::new(key, kind, key);
        let parts = vec![part("c1", PartKind::Context), part("m1", PartKind::Mechanism), part("o1", PartKind::Outcome)];
        let hypothesis = Hypothesis {
            id,
            statement: Some("a sentence".to_owned()),
            parts,
            component: None,
            status: Editorial::Active,
            form: None,
            origin: None,
            inference: None,
            author: "gj".to_owned(),
            memo: None,
            tested: None,
            rival_of: None,
            leads_to: Vec::new(),
        };
        self.synthesis.hypotheses.insert(id, hypothesis);
        id
    }

    pub fn edit(&mut self, hypothesis: Id) -> &mut Hypothesis {
        self.synthesis.hypotheses.get_mut(&hypothesis).unwrap()
    }

    /// A link to the whole statement, fully appraised at 2, from a passage and document of its own.
    pub fn link(&mut self, hypothesis: Id, source: Id, stance: Stance) -> &mut Evidence {
        let id = self.labelled(Kind::Evidence, self.synthesis.evidence.len() + 1);
        let link = Evidence {
            id,
            hypothesis,
            part: None,
            anchor: anchor(id, 0),
            carried: None,
            source,
            stance,
            circumstances: None,
            relevance: Some(2),
            richness: Some(2),
            rigour: Some(2),
            inference: None,
            reason: None,
            withheld: None,
            appraiser: "gj".to_owned(),
            scorer: None,
            settled: None,
            revision: String::new(),
            confirmed: BTreeMap::new(),
        };
        self.synthesis.evidence.entry(id).or_insert(link)
    }

    pub fn relate(&mut self, from: Id, kind: LinkKind, to: Id) {
        let link = crate::link::sample::link(from, kind, to);
        self.synthesis.links.insert(link.id, link);
    }

    pub fn scored(&mut self, hypothesis: Id, source: Id, stance: Stance, scores: [u8; 3]) -> Id {
        let link = self.link(hypothesis, source, stance);
        [link.relevance, link.richness, link.rigour] = scores.map(Some);
        link.id
    }

    pub fn participant(&mut self, group: &str) -> Id {
        let id = self.labelled(Kind::Participant, self.synthesis.participants.len() + 1);
        let participant = Participant {
            id,
            group: Some(group.to_owned()),
            consent: BTreeMap::new(),
            consent_form: None,
            consent_date: None,
            withdrawn: false,
            withdrawn_scope: None,
            withdrawn_on: None,
            repeated: Vec::new(),
            attributes: None,
            speaks: Vec::new(),
            name: None,
        };
        self.synthesis.participants.insert(id, participant);
        id
    }

    /// Says who speaks in a link's passage: a participant, or else a speaker's label.
    pub fn said(&mut self, link: Id, participant: Option<Id>, speaker: Option<&str>) {
        let evidence = &self.synthesis.evidence[&link];
        let quotation = Quotation {
            text: "words".to_owned(),
            spoken: "words".to_owned(),
            wholeness: Wholeness::Whole,
            voice: Voice::Participant,
            speaker: speaker.map(str::to_owned),
            participant,
            withdrawn: false,
            not_for_team: false,
            source: evidence.source,
            document: evidence.anchor.document,
            units: (1, 1),
            span: evidence.anchor.hull(),
            chars: (0, 1),
            page: None,
            time: None,
        };
        self.synthesis.quotations.insert(link, quotation);
    }

    /// A document whose words were destroyed on purpose.
    pub fn purged(&mut self, id: Id) {
        let document = Document {
            id,
            source: id,
            kind: SourceKind::Interview,
            format: "txt".to_owned(),
            language: crate::language::Language::ENGLISH,
            version: "1".to_owned(),
            versions: BTreeMap::new(),
            ways: BTreeMap::new(),
            assigned: BTreeMap::new(),
            original: "x".to_owned(),
            title: None,
            purged: true,
        };
        self.synthesis.documents.insert(id, document);
    }

    pub fn uncertainty(&mut self, hypotheses: &[Id]) -> Id {
        let id = self.labelled(Kind::Uncertainty, self.synthesis.uncertainties.len() + 1);
        let uncertainty = Uncertainty {
            id,
            text: "What is it to be?".to_owned(),
            plain: None,
            why: None,
            unknown: None,
            component: None,
            hypotheses: hypotheses.to_vec(),
            options: Vec::new(),
            status: UncertaintyStatus::Open,
            place: None,
            minutes: None,
            introduced_by: None,
            ratings_note: None,
            ratings: Vec::new(),
            weighed: std::collections::BTreeMap::new(),
        };
        self.synthesis.uncertainties.insert(id, uncertainty);
        id
    }
}

pub fn anchor(document: Id, at: usize) -> Anchor {
    let span = Span::new(at, at + 1).unwrap();
    Anchor { document, version: "1".to_owned(), row: None, spans: vec![span], hashes: vec![String::new()] }
}
