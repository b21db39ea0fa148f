//! How the evidence on a statement grew: its own links, and those of statements that came to lend it theirs.

use super::{Said, Teller, removal, said, text};
use crate::evidence::{Evidence, Stance};
use crate::history::{Entity, Place, Stored};
use crate::id::{Id, Kind};
use crate::link::Link;
use crate::participant::Audience;
use crate::project::Project;
use crate::report::trail::What;
use crate::strand::SourceKind;
use crate::synthesis::{Bearings, Synthesis};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What a link counts for at one time: its source and side; nothing where it is not there or counts for nothing.
type Counts = Option<(Id, Stance)>;

/// Changes of what counts, in order.
pub(super) struct Grown {
    id: Id,
    links: Vec<(Id, Rc<Entity>)>,
    /// From an operation on, a link counts for this.
    changes: Vec<(Rc<Place>, Id, Counts)>,
    /// How many of the changes have been gone through.
    past: usize,
    now: BTreeMap<Id, (Id, Stance)>,
    last: (usize, usize),
}

impl Grown {
    pub(super) fn of(project: &Project, synthesis: &Synthesis, id: Id) -> Self {
        let mut grown =
            Grown { id, links: Vec::new(), changes: Vec::new(), past: 0, now: BTreeMap::new(), last: (0, 0) };
        let since = lenders(project, synthesis, id);
        for (statement, from) in std::iter::once((id, None)).chain(since.into_iter().map(|(id, op)| (id, Some(op)))) {
            for (link, entity) in project.state().ever_mentioning(statement, Kind::Evidence) {
                grown.take(synthesis, (link, &entity), statement, from.as_ref());
                if from.is_none() {
                    grown.links.push((link, entity));
                }
            }
        }
        grown.changes.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        grown
    }

    /// What a link counts for after each of its writes; one that is lent, from when it was lent.
    fn take(&mut self, synthesis: &Synthesis, (id, entity): (Id, &Entity), of: Id, from: Option<&Rc<Place>>) {
        let mut fields = crate::history::Fields::new();
        for write in entity.active_writes() {
            for (field, value) in write.fields() {
                if value.is_null() {
                    fields.remove(&field)
                } else {
                    fields.insert(field, value)
                };
            }
            let held = (!fields.contains_key("gone")).then(|| read(id, fields.clone())).flatten();
            let held = held.filter(|link| link.hypothesis == of && !link.is_irrelevant() && !synthesis.is_gone(link));
            let counts = held.map(|link| (synthesis.counts_as(link.source), link.stance));
            let at = from.filter(|from| **from > write.op).unwrap_or(&write.op);
            self.changes.push((Rc::clone(at), id, counts));
        }
    }

    /// Sources for and against after an operation, where it changed them: told once, beside what changed them.
    pub(super) fn changed_by(&mut self, op: &Rc<Place>, what: What) -> Option<(usize, usize)> {
        if !matches!(what, What::Evidence | What::Link | What::Appraisal) {
            return None;
        }
        while let Some((at, link, counts)) = self.changes.get(self.past).filter(|(at, ..)| at <= op) {
            debug_assert!(at <= op);
            match counts {
                Some(counts) => self.now.insert(*link, *counts),
                None => self.now.remove(link),
            };
            self.past += 1;
        }
        let of = |is_against: bool| {
            let sources = self.now.values().filter(|(_, stance)| match stance {
                Stance::Supports | Stance::Refines => !is_against,
                Stance::Refutes => is_against,
                Stance::Ambiguous => false,
            });
            sources.map(|(source, _)| *source).collect::<BTreeSet<Id>>().len()
        };
        let now = (of(false), of(true));
        let changed = now != self.last;
        self.last = now;
        changed.then_some(now)
    }

    /// The statement's own links: set, judged anew, appraised, taken away.
    pub(super) fn told(&self, teller: &Teller<'_>) -> Vec<Said> {
        let mut told = Vec::new();
        for (id, entity) in &self.links {
            let mut writes = entity.active_writes();
            let Some(made) = writes.next() else { continue };
            let fields = made.fields();
            if text(&fields, "hypothesis") != Some(self.id.to_string()) {
                continue;
            }
            let label = teller.label(*id);
            let stance = text(&fields, "stance").unwrap_or_default();
            let source = text(&fields, "source").and_then(|id| id.parse().ok()).map(|id: Id| {
                let kind = teller.synthesis.sources.get(&id).map(|source| source.kind);
                if teller.audience != Audience::Team && kind.is_none_or(SourceKind::is_own_data) {
                    // Beside the label of the passage it would say more of who speaks than the attribution does.
                    return ", from what the team gathered".to_owned();
                }
                format!(", from {} ({})", teller.label(id), kind.map(SourceKind::title).unwrap_or_default())
            });
            let part = text(&fields, "part").map(|part| format!(" on {part}")).unwrap_or_default();
            let place = teller.place(*id).map(|place| format!(", {place}")).unwrap_or_default();
            let says = format!("{label} {stance}{part}{}{place}", source.unwrap_or_default());
            told.push(said(made, What::Evidence, says, text(&fields, "reason")));
            for write in writes {
                let fields = write.fields();
                if let Some(stance) = text(&fields, "stance") {
                    told.push(said(
                        write,
                        What::Evidence,
                        format!("{label} judged anew: {stance}"),
                        text(&fields, "reason"),
                    ));
                }
                let score = |field: &str| {
                    fields.get(field).and_then(serde_json::Value::as_u64).map(|score| format!("{field} {score}"))
                };
                let scores: Vec<String> = ["relevance", "richness", "rigour"].into_iter().filter_map(score).collect();
                if !scores.is_empty() {
                    let why = fields.get("settled").and_then(|settled| settled["reason"].as_str()).map(str::to_owned);
                    let says = format!("{label}: {}", scores.join(", "));
                    told.push(said(write, What::Appraisal, says, why.or_else(|| text(&fields, "reason"))));
                }
            }
            if let Some((write, why)) = removal(entity) {
                told.push(said(write, What::Evidence, format!("{label} taken away"), Some(why)));
            }
        }
        told
    }
}

fn read(id: Id, fields: crate::history::Fields) -> Option<Evidence> {
    let mut link: Evidence = serde_json::from_value(serde_json::Value::Object(fields)).ok()?;
    link.set_id(id);
    Some(link)
}

/// Statements that lend evidence to this one today, with the operation from which on they did: the last on the way, by
/// the way that was there first.
fn lenders(project: &Project, synthesis: &Synthesis, id: Id) -> BTreeMap<Id, Rc<Place>> {
    let reached = Bearings::around(synthesis, id).lenders_of(id);
    let mut since: BTreeMap<Id, Rc<Place>> = BTreeMap::new();
    let mut open = vec![(id, None::<Rc<Place>>)];
    while let Some((at, from)) = open.pop() {
        let into = synthesis.links_at(at).filter(|link: &&Link| link.kind.lends_evidence() && link.to == at);
        for link in into.filter(|link| reached.contains(&link.from)) {
            let Some(entity) = project.state().entity(link.id) else { continue };
            let Some(made) = entity.active_writes().next().map(|write| Rc::clone(&write.op)) else { continue };
            let from = from.clone().filter(|from| *from > made).unwrap_or(made);
            let is_earlier = since.get(&link.from).is_none_or(|held| from < *held);
            if is_earlier {
                since.insert(link.from, Rc::clone(&from));
                open.push((link.from, Some(from)));
            }
        }
    }
    since
}
