//! A programme theory as people read it: component by component.

use super::Moment;
use crate::decision::Consensus;
use crate::hypothesis::{Test, Tested};
use crate::id::{Id, Kind};
use crate::programme::{NARRATIVE, Settled, Thing};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Told {
    pub name: String,
    pub version: Option<String>,
    pub date: Option<String>,
    pub hash: String,
    pub whole_hash: String,
    pub narrative: Option<String>,
    pub components: Vec<Component>,
    /// Statements of no component.
    pub without_component: Vec<Statement>,
    /// Statements that were part of the theory: label and what became of them.
    pub set_aside: Vec<SetAside>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Component {
    pub id: String,
    pub name: String,
    pub description: Option<String>,
    pub settled: Settled,
    pub consensus: Option<Consensus>,
    pub decision: Option<String>,
    /// Labels of the uncertainties that are open.
    pub open: Vec<String>,
    pub statements: Vec<Statement>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Statement {
    pub id: String,
    pub sentence: String,
    pub evidential: Option<String>,
    pub sources_for: u64,
    pub sources_against: u64,
    pub consensus: Option<Consensus>,
    pub tested: Option<Test>,
    /// What came of the test.
    pub test_result: Option<String>,
}

impl Component {
    /// `agreed (DC1.gj)`, `open: U1.gj`, `not decided`.
    pub fn settled_in_words(&self) -> String {
        self.settled.in_words(self.consensus, self.decision.as_deref(), &self.open)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct SetAside {
    pub id: String,
    pub status: String,
    pub into: Option<String>,
}

/// Tells a programme theory.
pub fn tell(moment: &Moment) -> Told {
    let labelled = |id: Id| moment.label(id).map_or_else(|| id.to_string()[..8].to_owned(), str::to_owned);
    let programme = &moment.programme;
    let statements = |component: Option<Id>| {
        let of = programme.listed().filter(|(_, thing)| held_by(moment, thing) == component);
        let mut told: Vec<Statement> = of.map(|(id, thing)| statement(labelled(id), thing)).collect();
        told.sort_by_cached_key(|one| super::order(&one.id));
        told
    };
    let mut components: Vec<(Id, &Thing)> = programme.of_kind(Kind::Component).collect();
    let place = |thing: &Thing| thing.fields.get("order").and_then(serde_json::Value::as_u64).unwrap_or(u64::MAX);
    components.sort_by_cached_key(|(id, thing)| (place(thing), super::order(&labelled(*id))));
    let components = components.into_iter().map(|(id, thing)| Component {
        id: labelled(id),
        name: thing.text("name").unwrap_or_default().to_owned(),
        description: thing.text("description").map(str::to_owned),
        settled: Settled::of(!ids(thing, "open").is_empty(), consensus(thing)),
        consensus: consensus(thing),
        decision: thing.id("decision").map(labelled),
        open: ids(thing, "open").into_iter().map(labelled).collect(),
        statements: statements(Some(id)),
    });
    let aside = programme.of_kind(Kind::Hypothesis).filter(|(_, thing)| !thing.is_listed());
    let mut set_aside: Vec<SetAside> = aside
        .map(|(id, thing)| SetAside {
            id: labelled(id),
            status: thing.text("status").unwrap_or_default().to_owned(),
            into: thing.id("into").map(labelled),
        })
        .collect();
    set_aside.sort_by_cached_key(|one| super::order(&one.id));
    Told {
        name: moment.name.clone(),
        version: moment.version.clone(),
        date: moment.date.clone(),
        hash: moment.hash(),
        whole_hash: moment.whole_hash(),
        narrative: moment.narrative.clone(),
        components: components.collect(),
        without_component: statements(None),
        set_aside,
    }
}

/// The component a statement hangs on, where that is in use.
fn held_by(moment: &Moment, thing: &Thing) -> Option<Id> {
    thing.id("component").filter(|id| moment.programme.things.contains_key(id))
}

fn consensus(thing: &Thing) -> Option<Consensus> {
    thing.text("consensus").and_then(|word| word.parse().ok())
}

fn ids(thing: &Thing, field: &str) -> Vec<Id> {
    let all = thing.fields.get(field).and_then(serde_json::Value::as_array).into_iter().flatten();
    all.filter_map(|id| id.as_str()?.parse().ok()).collect()
}

fn statement(label: String, thing: &Thing) -> Statement {
    let tested = thing.fields.get("tested").and_then(|tested| serde_json::from_value::<Tested>(tested.clone()).ok());
    let count = |field: &str| thing.fields.get(field).and_then(serde_json::Value::as_u64).unwrap_or_default();
    Statement {
        id: label,
        sentence: sentence(thing).unwrap_or_default(),
        evidential: thing.text("evidential").map(str::to_owned),
        sources_for: count("sources_for"),
        sources_against: count("sources_against"),
        consensus: consensus(thing),
        tested: tested.as_ref().map(|tested| tested.test),
        test_result: tested.and_then(|tested| tested.result),
    }
}

/// The team's sentence, else its parts.
fn sentence(thing: &Thing) -> Option<String> {
    let parts = || {
        let parts = thing.fields.iter().filter(|(field, _)| field.starts_with("part:"));
        let texts: Vec<&str> = parts.filter_map(|(_, part)| part["text"].as_str()).collect();
        (!texts.is_empty()).then(|| texts.join("; "))
    };
    thing.text("statement").map(str::to_owned).or_else(parts)
}

/// What a thing is called on a line; nothing where it says nothing of itself.
pub(super) fn title(kind: Kind, thing: &Thing, labelled: &dyn Fn(Id) -> String) -> Option<String> {
    match kind {
        Kind::Hypothesis => sentence(thing),
        Kind::Link => {
            let end = |id: &str, part: &str| {
                let label = labelled(thing.id(id)?);
                Some(thing.text(part).map_or_else(|| label.clone(), |part| format!("{label}/{part}")))
            };
            let kind: crate::link::LinkKind = thing.text("link")?.parse().ok()?;
            Some(format!("{} {} {}", end("from", "from_part")?, kind.phrase(), end("to", "to_part")?))
        }
        Kind::Version => thing.text(NARRATIVE).map(str::to_owned),
        _ => thing.text("name").map(str::to_owned),
    }
}
