//! A small synthesis for tests: two settled components and one open, three uncertainties, nine
//! sources in four strands, seven people in three groups. Every word of it is made up.

use crate::decision::{Body, Decision, Method, Outcome};
use crate::document::{Document, Header, Role, Sealed, Speaker, Voice};
use crate::evidence::{Circumstances, Evidence, Stance};
use crate::hypothesis::{Editorial, Form, Hypothesis, Inference, Origin, Part, PartKind};
use crate::id::{Id, Kind, Label};
use crate::language::Language;
use crate::link::LinkKind;
use crate::participant::{Audience, Consent, Participant};
use crate::passage::{Anchor, Quotation, Wholeness};
use crate::recommendation::Recommendation;
use crate::report::meeting::{Line, Look, Shown};
use crate::settings::{FORMAT, Group, PriorityWeights, Settings, Thresholds};
use crate::source::Source;
use crate::strand::{SlotScheme, SourceKind, Strand};
use crate::synthesis::Synthesis;
use crate::text::Span;
use crate::theory::Component;
use crate::uncertainty::{Choice, Uncertainty, UncertaintyStatus};
use std::collections::BTreeMap;

/// Id of a thing by the number in its label.
pub fn id(kind: Kind, number: u32) -> Id {
    Id::derived([kind.word().as_bytes(), &number.to_be_bytes()])
}

/// What one link of the sample says.
pub struct Said {
    pub number: u32,
    pub hypothesis: u32,
    pub source: u32,
    pub person: Option<u32>,
    pub stance: Stance,
    pub part: Option<&'static str>,
    pub scores: Option<[u8; 3]>,
    pub voice: Voice,
    pub words: &'static str,
}

pub fn settings() -> Settings {
    let strand = |key: &str, title: &str, kinds: &[SourceKind]| Strand {
        key: key.to_owned(),
        title: title.to_owned(),
        kinds: kinds.to_vec(),
    };
    let group = |key: &str, title: &str| Group { key: key.to_owned(), title: title.to_owned() };
    Settings {
        format: FORMAT,
        project: id(Kind::Memo, 1),
        title: "Care in practice".to_owned(),
        questions: vec!["What works, for whom, in what circumstances, and how?".to_owned()],
        configuration: SlotScheme::CmoRr,
        synthetic: true,
        strands: vec![
            strand("reviews", "Systematic review", &[SourceKind::SystematicReview, SourceKind::PrimaryStudy]),
            strand("recovery", "Recovery review", &[SourceKind::NarrativeReview]),
            strand("interviews", "Leader interviews", &[SourceKind::Interview]),
            strand("groups", "Focus groups", &[SourceKind::FocusGroup]),
        ],
        groups: vec![group("users", "Service users"), group("staff", "Practitioners"), group("gps", "GPs")],
        thresholds: Thresholds::default(),
        priority: PriorityWeights::default(),
        synonyms: std::collections::BTreeMap::new(),
        part_groups: std::collections::BTreeMap::new(),
        consolidation: crate::settings::Consolidation::default(),
        attribution: crate::settings::Attribution::default(),
        reporting: crate::settings::Reporting::default(),
        citation_style: None,
        limits: std::collections::BTreeMap::new(),
    }
}

/// A meeting of which nothing is planned but its day.
pub fn meeting() -> Shown {
    Shown {
        look: Look {
            id: "G1.gj".to_owned(),
            title: "Meeting of the panel".to_owned(),
            date: Some("2026-03-11".to_owned()),
            start: None,
            minutes: None,
            panel: None,
            items: 0,
            issued: 0,
            held: false,
        },
        meeting: id(Kind::Meeting, 1),
        purpose: None,
        practical: BTreeMap::new(),
        agenda: Vec::new(),
        length: (0, 0),
        members: Vec::new(),
        rounds: Vec::new(),
        sent: Vec::new(),
        decisions: Vec::new(),
        actions: Vec::new(),
        minuted: Vec::new(),
        minutes: BTreeMap::new(),
        raised: Vec::new(),
        blockers: Vec::new(),
    }
}

/// An item of an agenda about an uncertainty.
pub fn item(number: usize, uncertainty: u32) -> Line {
    Line {
        key: format!("a{number}"),
        number,
        at: None,
        what: "A question".to_owned(),
        uncertainty: Some(format!("U{uncertainty}.gj")),
        about: Some(id(Kind::Uncertainty, uncertainty)),
        minutes: None,
        by: None,
    }
}

/// The whole sample.
pub fn synthesis() -> Synthesis {
    let mut all = Synthesis::empty(settings());
    components(&mut all);
    sources(&mut all);
    people(&mut all);
    hypotheses(&mut all);
    for said in said() {
        say(&mut all, &said);
    }
    uncertainties(&mut all);
    all.decisions.push(decision(&mut all.labels, 1));
    recommendations(&mut all);
    all
}

fn label(all: &mut Synthesis, kind: Kind, number: u32) -> Id {
    let id = id(kind, number);
    all.labels.insert(id, Label::new(kind, number, "gj"));
    id
}

fn components(all: &mut Synthesis) {
    for (number, name) in [(1, "A named care partner"), (2, "Goals that are the person's own"), (3, "Shared records")] {
        let id = label(all, Kind::Component, number);
        all.components.insert(
            id,
            Component {
                id,
                name: name.to_owned(),
                description: Some("One sentence that says what it is.".to_owned()),
                order: Some(number),
                retired: false,
                tidier: BTreeMap::new(),
            },
        );
    }
}

/// One that is worded, on the decision and a contested statement; one on the contested statement alone; a skeleton.
fn recommendations(all: &mut Synthesis) {
    let (decision, contested) = (id(Kind::Decision, 1), id(Kind::Hypothesis, 1));
    let worded = serde_json::json!({
        "audience": "practice", "action": "Name one care partner for each person.", "owner": "gj", "due": "2026-09-01",
    });
    let of_role = serde_json::json!({ "audience": "workforce", "action": "Teach endings.", "role": "Care partner" });
    let skeleton = serde_json::json!({ "audience": "policy" });
    for (number, (fields, basis)) in
        (1..).zip([(worded, vec![decision, contested]), (of_role, vec![contested]), (skeleton, vec![decision])])
    {
        let id = label(all, Kind::Recommendation, number);
        let held: Recommendation = serde_json::from_value(fields).expect("a recommendation of a sample");
        all.recommendations.insert(id, Recommendation { id, basis: basis.into_iter().collect(), ..held });
    }
}

fn sources(all: &mut Synthesis) {
    use SourceKind::{FocusGroup, Interview, NarrativeReview, PrimaryStudy};
    let kinds = [
        (1, PrimaryStudy, "Adams 2014"),
        (2, PrimaryStudy, "Brook 2016"),
        (3, NarrativeReview, "Clay 2011"),
        (4, Interview, "Interview with Jo Leader"),
        (5, Interview, "Interview with Sam Leader"),
        (6, FocusGroup, "Group at Northtown surgery"),
        (7, FocusGroup, "Group at Southtown hall"),
        (8, FocusGroup, "Group of GPs"),
        (9, Interview, "Interview at home"),
    ];
    for (number, kind, title) in kinds {
        let source = label(all, Kind::Source, number);
        let document = label(all, Kind::Document, number);
        let strand = all.settings.strand_of(kind);
        let title = title.to_owned();
        all.sources.insert(
            source,
            Source {
                id: source,
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
            },
        );
        all.titles.insert(source, title.clone());
        all.titles.insert(document, title);
        all.documents.insert(
            document,
            Document {
                id: document,
                source,
                kind,
                format: "txt".to_owned(),
                language: Language::ENGLISH,
                version: "v1".to_owned(),
                versions: BTreeMap::new(),
                ways: BTreeMap::new(),
                assigned: BTreeMap::new(),
                original: "x".to_owned(),
                title: Some(Sealed { sealed: "x".to_owned() }),
                purged: false,
            },
        );
        all.headers.insert(
            document,
            Header {
                format: 1,
                units: 1,
                turns: 1,
                words: 1,
                voice: Voice::Participant,
                speakers: vec![Speaker { label: "Pseudonym".to_owned(), role: Role::Participant }],
                studies: Vec::new(),
                particulars: BTreeMap::new(),
            },
        );
    }
}

/// 1 to 3 are service users, 4 to 6 practitioners, 7 the only GP. 2 withdrew, 4 recorded nothing,
/// 5 agreed to be named.
fn people(all: &mut Synthesis) {
    let groups = ["users", "users", "users", "staff", "staff", "staff", "gps"];
    for (number, group) in (1..).zip(groups) {
        let id = label(all, Kind::Participant, number);
        let consent = match number {
            4 => BTreeMap::new(),
            5 => BTreeMap::from([(Audience::Meeting, Consent::Named), (Audience::Publication, Consent::Anonymous)]),
            _ => BTreeMap::from([(Audience::Meeting, Consent::Anonymous)]),
        };
        all.participants.insert(
            id,
            Participant {
                id,
                group: Some(group.to_owned()),
                consent,
                consent_form: None,
                consent_date: None,
                withdrawn: number == 2,
                withdrawn_scope: None,
                withdrawn_on: None,
                repeated: Vec::new(),
                attributes: None,
                speaks: Vec::new(),
                name: None,
            },
        );
    }
}

fn hypotheses(all: &mut Synthesis) {
    let sentence = |text: &str| Some(text.to_owned());
    let statements = [
        (1, sentence("If peers are in the team, people find hope, because peers have been there."), None, None),
        (
            2,
            sentence("If a peer's role is unclear, care is confused, because nobody knows who does what."),
            Some(1),
            None,
        ),
        (
            3,
            sentence("If one person holds the plan, help is continuous, because that person is held to it."),
            None,
            Some(1),
        ),
        (4, None, None, Some(2)),
        (5, sentence("If everyone writes in one record, changes are seen in time."), None, Some(3)),
    ];
    for (number, statement, rival_of, component) in statements {
        let one = label(all, Kind::Hypothesis, number);
        let part = |key: &str, kind, text: &str| Part::new(key, kind, text);
        all.hypotheses.insert(
            one,
            Hypothesis {
                id: one,
                statement,
                parts: vec![
                    part("c1", PartKind::Context, "the practice knows the person well"),
                    part("r1", PartKind::Resource, "time with somebody who listens"),
                    part("g1", PartKind::Reasoning, "people feel taken seriously"),
                    part("o1", PartKind::Outcome, "they come back and stay in touch"),
                ],
                component: component.map(|component| id(Kind::Component, component)),
                status: Editorial::Active,
                form: Some(Form::IfThenBecause),
                origin: Some(Origin::Team),
                inference: Some(Inference::Implied),
                author: "gj".to_owned(),
                memo: Some("memo-of-the-team".to_owned()),
                tested: None,
                rival_of: None,
                leads_to: Vec::new(),
            },
        );
        if let Some(rival) = rival_of {
            let link = crate::link::sample::link(one, LinkKind::RivalOf, id(Kind::Hypothesis, rival));
            all.links.insert(link.id, link);
        }
    }
}

fn said() -> Vec<Said> {
    use Stance::{Ambiguous, Refines, Refutes, Supports};
    use Voice::{Author, Extractor, FieldNote, Participant, Unknown};
    let row = |number, hypothesis, source, person, stance, part, scores, voice, words| Said {
        number,
        hypothesis,
        source,
        person,
        stance,
        part,
        scores,
        voice,
        words,
    };
    vec![
        row(1, 1, 1, None, Supports, None, Some([3, 3, 2]), Author, "Peers were valued above all for credibility."),
        row(2, 1, 3, None, Supports, Some("c1"), Some([2, 2, 2]), Author, "Hope grew where peers were present."),
        row(
            3,
            1,
            6,
            Some(1),
            Supports,
            Some("g1"),
            Some([2, 3, 2]),
            Participant,
            "OPENWORDS she had been where I was.",
        ),
        row(4, 1, 6, Some(2), Supports, None, Some([3, 3, 3]), Participant, "LEFTWORDS I would not have come."),
        row(5, 1, 7, Some(4), Supports, None, None, Participant, "SILENTWORDS they listen to the peer."),
        row(6, 1, 4, Some(5), Refutes, Some("o1"), Some([3, 2, 2]), Participant, "NAMEDWORDS we lost two in a year."),
        row(7, 1, 8, Some(7), Refutes, None, Some([2, 2, 1]), Participant, "LONEWORDS who answers for them?"),
        row(8, 1, 2, None, Refines, Some("c1"), Some([2, 1, 3]), Extractor, "Only where supervision was weekly."),
        row(9, 1, 7, None, Ambiguous, None, None, Unknown, "STRAYWORDS well, maybe."),
        row(10, 1, 9, None, Ambiguous, None, None, FieldNote, "The kettle was on throughout."),
        row(
            11,
            2,
            5,
            Some(6),
            Supports,
            None,
            Some([3, 2, 2]),
            Participant,
            "ROLEWORDS nobody told us what she was for.",
        ),
        row(12, 3, 1, None, Supports, None, Some([3, 2, 2]), Author, "One key worker, continuous help."),
        row(13, 3, 6, Some(3), Supports, Some("o1"), Some([2, 2, 2]), Participant, "PLANWORDS one face, one plan."),
        row(14, 4, 6, Some(3), Supports, None, Some([0, 1, 1]), Participant, "OFFWORDS the parking is dreadful."),
    ]
}

/// Adds a link and the words behind it.
pub fn say(all: &mut Synthesis, said: &Said) {
    let link = label(all, Kind::Evidence, said.number);
    let (source, document) = (id(Kind::Source, said.source), id(Kind::Document, said.source));
    let start = said.number as usize * 100;
    let span = Span::new(start, start + said.words.len()).expect("words of a sample");
    let revision = all.hypotheses[&id(Kind::Hypothesis, said.hypothesis)].revision();
    all.evidence.insert(
        link,
        Evidence {
            id: link,
            hypothesis: id(Kind::Hypothesis, said.hypothesis),
            part: said.part.map(str::to_owned),
            anchor: Anchor { document, version: "v1".to_owned(), row: None, spans: vec![span], hashes: vec![] },
            carried: None,
            source,
            stance: said.stance,
            circumstances: (said.stance == Stance::Refutes).then_some(if said.number == 7 {
                Circumstances::Different
            } else {
                Circumstances::Same
            }),
            relevance: said.scores.map(|[relevance, ..]| relevance),
            richness: said.scores.map(|[_, richness, _]| richness),
            rigour: said.scores.map(|[.., rigour]| rigour),
            inference: said.part.map(|_| Inference::Explicit),
            reason: Some("reason-of-the-coder".to_owned()),
            withheld: None,
            appraiser: "gj".to_owned(),
            scorer: None,
            settled: None,
            revision,
            confirmed: BTreeMap::new(),
        },
    );
    all.quotations.insert(
        link,
        Quotation {
            text: said.words.to_owned(),
            spoken: said.words.to_owned(),
            wholeness: Wholeness::Whole,
            voice: said.voice,
            speaker: said.person.map(|person| format!("Pseudonym{person}")),
            participant: said.person.map(|person| id(Kind::Participant, person)),
            withdrawn: false,
            not_for_team: false,
            source,
            document,
            units: (said.number as usize, said.number as usize),
            span,
            chars: (span.start(), span.end()),
            page: None,
            time: None,
        },
    );
}

fn uncertainties(all: &mut Synthesis) {
    let choice = |key: &str, text: &str, consequence: Option<&str>| Choice {
        key: key.to_owned(),
        text: text.to_owned(),
        consequence: consequence.map(str::to_owned),
        ..Choice::default()
    };
    let texts = [
        (1, "Should peer workers be part of the team?", vec![1, 2]),
        (2, "Should groups be offered?", vec![]),
        (3, "How should help end?", vec![4]),
    ];
    for (number, text, hypotheses) in texts {
        let one = label(all, Kind::Uncertainty, number);
        let told = number == 1;
        all.uncertainties.insert(
            one,
            Uncertainty {
                id: one,
                text: text.to_owned(),
                plain: told.then(|| "Peers are people who have been through it themselves.".to_owned()),
                why: told.then(|| "The chapter on the team waits on it.".to_owned()),
                unknown: None,
                component: None,
                hypotheses: hypotheses.into_iter().map(|number| id(Kind::Hypothesis, number)).collect(),
                options: if told {
                    vec![
                        choice("A", "In every team", Some("Each team has a paid peer worker.")),
                        choice("B", "Test it first", None),
                    ]
                } else {
                    Vec::new()
                },
                status: UncertaintyStatus::Open,
                place: None,
                minutes: told.then_some(30),
                introduced_by: told.then(|| "the chair".to_owned()),
                ratings_note: None,
                ratings: Vec::new(),
                weighed: std::collections::BTreeMap::new(),
            },
        );
    }
}

fn decision(labels: &mut BTreeMap<Id, Label>, number: u32) -> Decision {
    let one = id(Kind::Decision, number);
    labels.insert(one, Label::new(Kind::Decision, number, "gj"));
    Decision {
        id: one,
        outcome: Outcome::Agreed,
        body: Body::NotStated,
        method: Method::NotStated,
        date: None,
        counts_from: String::new(),
        text: None,
        uncertainty: None,
        option: None,
        components: vec![id(Kind::Component, 1), id(Kind::Component, 2)],
        hypotheses: Vec::new(),
        present: BTreeMap::new(),
        dissent: BTreeMap::new(),
        round: None,
        meeting: None,
        items: Vec::new(),
        snapshot: None,
        dissenting: Vec::new(),
        by_votes: None,
        effects: Vec::new(),
        registered: BTreeMap::new(),
    }
}
