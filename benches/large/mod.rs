//! A large synthesis, made up: 10,000 statements, 100,000 evidence links, 2,000 sources, 30 uncertainties.

use realist::evidence::{Evidence, Stance};
use realist::hypothesis::{Editorial, Hypothesis, Part, PartKind};
use realist::id::{Id, Kind, Label};
use realist::passage::Anchor;
use realist::settings::Settings;
use realist::source::Source;
use realist::strand::SourceKind;
use realist::synthesis::Synthesis;
use realist::text::Span;
use realist::theory::Component;
use realist::uncertainty::{Uncertainty, UncertaintyStatus};
use std::collections::BTreeMap;

const COMPONENTS: u32 = 20;
const SOURCES: u32 = 2_000;
const STATEMENTS: u32 = 10_000;
const LINKS: u32 = 100_000;

pub fn id(kind: Kind, n: u32) -> Id {
    Id::derived([kind.word().as_bytes(), &n.to_le_bytes()])
}

pub fn build() -> Synthesis {
    let settings = serde_json::json!({"format": 1, "project": id(Kind::Model, 0), "title": "Large"});
    let settings: Settings = serde_json::from_value(settings).expect("settings");
    let mut synthesis = Synthesis::empty(settings);
    for n in 0..COMPONENTS {
        let id = id(Kind::Component, n);
        let name = format!("Component {n}");
        synthesis.components.insert(
            id,
            Component { id, name, description: None, order: Some(n), retired: false, tidier: BTreeMap::new() },
        );
    }
    for n in 0..SOURCES {
        let source = source(n);
        synthesis.sources.insert(source.id, source);
    }
    for n in 0..STATEMENTS {
        let statement = statement(n);
        synthesis.labels.insert(statement.id, Label::new(Kind::Hypothesis, n + 1, "gj"));
        synthesis.links.extend(realist::link::written_in(&statement).into_iter().map(|link| (link.id, link)));
        synthesis.hypotheses.insert(statement.id, statement);
    }
    for n in 0..LINKS {
        let link = link(n);
        synthesis.evidence.insert(link.id, link);
    }
    for n in 0..30 {
        let uncertainty = uncertainty(n);
        synthesis.uncertainties.insert(uncertainty.id, uncertainty);
    }
    synthesis
}

fn source(n: u32) -> Source {
    let kind = SourceKind::ALL[n as usize % 5];
    Source {
        id: id(Kind::Source, n),
        kind,
        strand: kind.word().to_owned(),
        title: None,
        year: None,
        described: realist::source::Described::default(),
        study: None,
        reference: None,
        origin: None,
        same_study: (n % 50 == 49).then(|| id(Kind::Source, n - 1)),
        different: BTreeMap::new(),
    }
}

fn statement(n: u32) -> Hypothesis {
    let part = |key: &str, kind| Part::new(key, kind, format!("{key} of {n}"));
    Hypothesis {
        id: id(Kind::Hypothesis, n),
        statement: Some(format!("Statement {n}")),
        parts: vec![part("c1", PartKind::Context), part("m1", PartKind::Mechanism), part("o1", PartKind::Outcome)],
        component: Some(id(Kind::Component, n % COMPONENTS)),
        status: Editorial::Active,
        form: None,
        origin: None,
        inference: None,
        author: ["gj", "ab"][n as usize % 2].to_owned(),
        memo: None,
        tested: None,
        rival_of: None,
        leads_to: if n.is_multiple_of(3) { vec![id(Kind::Hypothesis, (n + 1) % STATEMENTS)] } else { Vec::new() },
    }
}

/// Spread by multiplying with large primes, so that statements and sources meet in no order.
fn link(n: u32) -> Evidence {
    let score = |prime: u32| u8::try_from(n.wrapping_mul(prime) >> 30).ok();
    let source = id(Kind::Source, n.wrapping_mul(2_654_435_761) % SOURCES);
    Evidence {
        id: id(Kind::Evidence, n),
        hypothesis: id(Kind::Hypothesis, n.wrapping_mul(2_246_822_519) % STATEMENTS),
        part: ["c1", "m1", "o1"].get(n as usize % 4).map(|key| (*key).to_owned()),
        anchor: Anchor {
            document: source,
            version: "1".to_owned(),
            row: None,
            spans: Span::new(n as usize, n as usize + 40).into_iter().collect(),
            hashes: vec!["0123456789abcdef".to_owned()],
        },
        carried: None,
        source,
        stance: Stance::ALL[n as usize % 7 % 4],
        circumstances: None,
        relevance: score(3_266_489_917),
        richness: score(668_265_263),
        rigour: (!n.is_multiple_of(9)).then_some(2),
        inference: None,
        reason: None,
        appraiser: "gj".to_owned(),
        scorer: None,
        settled: None,
        withheld: None,
        revision: String::new(),
        confirmed: BTreeMap::new(),
    }
}

fn uncertainty(n: u32) -> Uncertainty {
    Uncertainty {
        id: id(Kind::Uncertainty, n),
        text: format!("Uncertainty {n}"),
        plain: None,
        why: None,
        unknown: None,
        component: Some(id(Kind::Component, n % COMPONENTS)),
        hypotheses: Vec::new(),
        options: Vec::new(),
        status: UncertaintyStatus::Open,
        place: None,
        minutes: None,
        introduced_by: None,
        ratings_note: None,
        ratings: Vec::new(),
        weighed: std::collections::BTreeMap::new(),
    }
}
