//! What lies between two moments of the programme theory, in words and with what it rests on.

use super::Moment;
use crate::decision::Decision;
use crate::history::{Past, Write};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::programme::diff::{Change, Presence, diff};
use crate::programme::moves::{self, Move};
use crate::programme::{Programme, narrative_id};
use crate::project::Project;
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What changed from one moment to another.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    pub from: Side,
    pub to: Side,
    /// The narrative first, then components, statements, links and substantive theories, each in the order of their labels.
    pub changes: Vec<Told>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Side {
    pub name: String,
    pub version: Option<String>,
    pub date: Option<String>,
    pub hash: String,
    /// Over the theory and the narrative.
    pub whole_hash: String,
    /// Labels of the decisions a version rests on.
    pub decisions: Vec<String>,
}

/// One change as it is told.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// Label.
    pub id: String,
    pub kind: &'static str,
    pub presence: Presence,
    /// Nothing where only evidence changed.
    #[serde(rename = "move")]
    pub moved: Option<Move>,
    /// Of a link that was only carried over when a statement was said anew: the label of the one before, or after, it.
    pub carried: Option<String>,
    /// The sentence of a statement, the name of a component, what a link says.
    pub what: String,
    pub fields: Vec<Field>,
    /// Labels of links that came, went or were judged anew.
    pub evidence: Vec<String>,
    /// Label of the decision it rests on: the one that set the standing, else the last in whose step it was written.
    pub decision: Option<String>,
    /// What people did to it in between, oldest first.
    pub acts: Vec<Act>,
}

impl Told {
    /// Belongs into a log of refinement: by a move, or since the statement was put to the test. Where only evidence came
    /// or went, and of links carried over, it does not.
    pub fn is_for_log(&self) -> bool {
        self.moved.is_some() || self.fields.iter().any(|one| one.field == "tested")
    }
}

/// A field that differs; things are named by their labels.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub field: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// Something a person did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    pub at: String,
    pub by: String,
    pub act: String,
    pub why: Option<String>,
}

/// Compares two moments. Narratives are compared between versions; the theory as it is, or was on a day, has none.
pub fn compare(project: &Project, from: &Moment, to: &Moment) -> Comparison {
    let labelled = |id: Id| match to.frozen {
        Some(version) if id == narrative_id() => project.label(version),
        _ => to.label(id).or_else(|| from.label(id)).map_or_else(|| project.label(id), str::to_owned),
    };
    let is_narrated = from.frozen.is_some() && to.frozen.is_some() && from.narrative != to.narrative;
    let [before, after] = [from, to]
        .map(|moment| if is_narrated { Cow::Owned(moment.whole()) } else { Cow::Borrowed(&moment.programme) });
    let mut changes = diff(&before, &after);
    changes.sort_by_cached_key(|change| (rank(change.kind), super::order(&labelled(change.id))));
    let pasts = [from, to].map(|moment| moment.past(project));
    let mut links: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for link in changes.iter().filter(|one| one.kind == Kind::Link) {
        for end in ends(link) {
            links.entry(end).or_default().push(link.id);
        }
    }
    let taken = taken(&pasts);
    let told = changes.iter().map(|change| {
        let writes = match change.kind {
            Kind::Version => freezing(project, to, &pasts[0]).into_iter().collect(),
            _ => writes(change, links.get(&change.id).map_or(&[], Vec::as_slice), &pasts),
        };
        let ground = || ground(change, &writes, &taken);
        let mut acts: Vec<Act> = writes.iter().filter_map(|write| act(project, write)).collect();
        acts.dedup();
        Told {
            id: labelled(change.id),
            kind: change.kind.word(),
            presence: change.presence,
            moved: moves::of(change, &before, &after),
            carried: moves::carried(change, &before, &after).map(labelled),
            what: what(project, change, [&after, &before], &labelled),
            fields: change
                .edits
                .iter()
                .filter(|edit| !edit.field.starts_with(crate::programme::EVIDENCE))
                .map(|edit| Field {
                    field: edit.field.clone(),
                    before: edit.before.as_ref().map(|value| named(value, &labelled)),
                    after: edit.after.as_ref().map(|value| named(value, &labelled)),
                })
                .collect(),
            evidence: moves::evidence(change).into_iter().map(labelled).collect(),
            decision: moves::decision(change).or_else(ground).map(labelled),
            acts,
        }
    });
    let [from, to] = [from, to].map(|moment| side(moment, &labelled));
    Comparison { from, to, changes: told.collect() }
}

fn side(moment: &Moment, labelled: &dyn Fn(Id) -> String) -> Side {
    Side {
        name: moment.name.clone(),
        version: moment.version.clone(),
        date: moment.date.clone(),
        hash: moment.hash(),
        whole_hash: moment.whole_hash(),
        decisions: moment.decisions.iter().copied().map(labelled).collect(),
    }
}

/// Decisions taken after the one moment and not after the other, each with the operation that recorded it.
fn taken([before, after]: &[Past<'_>; 2]) -> Vec<(Id, Decision)> {
    let made = after.of_kind(Kind::Decision).into_iter().filter_map(|(id, entity)| {
        let op = entity.active_writes().next()?.op.id;
        Some((op, after.get::<Decision>(id)?))
    });
    made.filter(|(op, _)| !before.knew(*op)).collect()
}

/// The decision in whose step a thing was written last: of several in one step the one that is about it.
fn ground(change: &Change, writes: &[Write], taken: &[(Id, Decision)]) -> Option<Id> {
    let settled = moves::settled(change);
    let is_about = |one: &&Decision| one.is_about(change.id) || settled.iter().any(|id| one.is_about(*id));
    writes.iter().rev().find_map(|write| {
        let mut step = taken.iter().filter(|(op, _)| *op == write.op.id).map(|(_, decision)| decision);
        match (step.clone().find(is_about), step.next(), step.next()) {
            (Some(about), ..) => Some(about.id),
            (None, Some(only), None) => Some(only.id),
            _ => None,
        }
    })
}

fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Version => 0,
        Kind::Component => 1,
        Kind::Hypothesis => 2,
        Kind::Link => 3,
        _ => 4,
    }
}

/// What it is about, as the later moment says, else the earlier; of a statement that neither lists, what it says now.
fn what(project: &Project, change: &Change, sides: [&Programme; 2], labelled: &dyn Fn(Id) -> String) -> String {
    let sides = sides.map(|programme| programme.things.get(&change.id));
    let said = sides.into_iter().flatten().find_map(|thing| super::show::title(change.kind, thing, labelled));
    said.or_else(|| Some(project.state().get::<Hypothesis>(change.id)?.sentence())).unwrap_or_default()
}

/// Ids within a value as labels.
fn named(value: &Value, labelled: &dyn Fn(Id) -> String) -> Value {
    match value {
        Value::String(text) => text.parse().map_or_else(|_| value.clone(), |id| json!(labelled(id))),
        Value::Array(values) => values.iter().map(|value| named(value, labelled)).collect(),
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(field, value)| (field.clone(), named(value, labelled))).collect())
        }
        plain => plain.clone(),
    }
}

/// What was written to the thing, and to evidence, links and uncertainties that changed with it, after the one moment
/// and not after the other; oldest first.
fn writes(change: &Change, links: &[Id], [before, after]: &[Past<'_>; 2]) -> Vec<Write> {
    let evidence = moves::evidence(change).into_iter().chain(moves::decision(change));
    let about = [change.id].into_iter().chain(evidence).chain(links.iter().copied()).chain(moves::settled(change));
    let between = about.filter_map(|id| after.entity(id)).flat_map(|entity| {
        let writes = entity.active_writes().filter(|write| !before.knew(write.op.id));
        writes.cloned().collect::<Vec<Write>>()
    });
    let mut writes: Vec<Write> = between.collect();
    writes.sort_by(|one, other| one.op.cmp(&other.op));
    writes
}

/// What froze a version, unless it was known before.
fn freezing(project: &Project, version: &Moment, before: &Past<'_>) -> Option<Write> {
    let entity = project.state().entity(version.frozen?)?;
    let made = entity.active_writes().next()?;
    (!before.knew(made.op.id)).then(|| made.clone())
}

/// What a link that came or went is between.
fn ends(link: &Change) -> BTreeSet<Id> {
    let ends = ["from", "to"].into_iter().filter_map(|field| link.edit(field));
    let sides = ends.flat_map(|edit| [&edit.before, &edit.after]).flatten();
    sides.filter_map(|value| value.as_str()?.parse().ok()).collect()
}

fn act(project: &Project, write: &Write) -> Option<Act> {
    let note = project.state().note(write.op.id)?;
    let fields = write.fields();
    let why = ["reason", "gone", "why"].into_iter().find_map(|field| fields.get(field)?.as_str().map(str::to_owned));
    Some(Act { at: note.time.to_string(), by: note.by.to_string(), act: note.act.to_string(), why })
}
