//! By which of the synthesis moves a theory changed.
//!
//! The moves are the method's words (Pawson's five, and what is done to single statements). Each change has one
//! move or none: where only evidence came or went, what is known changed and not what is said. The rule, first
//! that fits:
//!
//! | what changed | move |
//! |---|---|
//! | a statement came in: others were merged into it | merge |
//! | … others feed it | consolidate |
//! | … it was split from another | split |
//! | … it refines another that is in the first theory | refine |
//! | … it stands beside a rival that is in the first theory | juxtapose |
//! | … otherwise, or it was taken up again | add |
//! | a statement went: merged; superseded by what was split from it; superseded; rejected; parked, or no more there | merge; split; refine; reject; demote |
//! | a decision changed its consensus standing to rejected; to another | reject; adjudicate |
//! | its contexts or actors, or details of parts, and no other part | situate |
//! | its other parts | refine |
//! | its sentence alone, its component, or how it is described | reword |
//! | a component: came in; went; decided; name or description | add; demote; adjudicate or reject; reword |
//! | a link came: rival; merged; feeds, contains or duplicate; split; refines; else | juxtapose; merge; consolidate; split; refine; add |
//! | a link went: rival, and a decision was taken on an end or its contexts or actors changed; else | reconcile; demote |
//! | a link came where one of its kind went, between those that say its ends anew: carried over | none |
//! | a narrative came, went or changed | reword |
//! | a substantive theory came; went; changed | add; demote; reword |

use super::diff::{Change, Edit, Presence};
use super::{EVIDENCE, Programme, Thing};
use crate::id::{Id, Kind};
use crate::link::LinkKind;
use serde_json::Value;
use std::collections::BTreeSet;

crate::vocabulary! {
    /// A move of synthesis.
    pub enum Move "synthesis move" {
        Add "add",
        Merge "merge",
        Split "split",
        Refine "refine",
        Reword "reword",
        Demote "demote",
        Reject "reject",
        Juxtapose "juxtapose",
        Reconcile "reconcile",
        Adjudicate "adjudicate",
        Consolidate "consolidate",
        Situate "situate",
    }
}

/// The move of one change from `before` to `after`.
pub fn of(change: &Change, before: &Programme, after: &Programme) -> Option<Move> {
    match change.kind {
        Kind::Hypothesis => statement(change, before, after),
        Kind::Link => link(change, before, after),
        Kind::Version => Some(Move::Reword),
        _ => other(change),
    }
}

fn statement(change: &Change, before: &Programme, after: &Programme) -> Option<Move> {
    let listed = |programme: &Programme| programme.things.get(&change.id).is_some_and(Thing::is_listed);
    match (listed(before), listed(after)) {
        (false, true) => Some(came(change.id, before, after)),
        (true, false) => Some(went(change.id, after)),
        (false, false) => set_aside(change),
        (true, true) => reworked(change),
    }
}

fn came(id: Id, before: &Programme, after: &Programme) -> Move {
    let was_there = before.things.contains_key(&id);
    let linked = |kind: LinkKind, this: &str, that: &str| {
        links(after, kind).filter(|one| one.id(this) == Some(id)).filter_map(|one| one.id(that)).collect::<Vec<Id>>()
    };
    let stood = |others: &[Id]| others.iter().any(|other| before.things.contains_key(other));
    let rivals = [linked(LinkKind::RivalOf, "from", "to"), linked(LinkKind::RivalOf, "to", "from")].concat();
    if was_there {
        Move::Add
    } else if !linked(LinkKind::MergedInto, "to", "from").is_empty() {
        Move::Merge
    } else if !linked(LinkKind::Feeds, "to", "from").is_empty() {
        Move::Consolidate
    } else if !linked(LinkKind::SplitFrom, "from", "to").is_empty() {
        Move::Split
    } else if stood(&linked(LinkKind::Refines, "from", "to")) {
        Move::Refine
    } else if stood(&rivals) {
        Move::Juxtapose
    } else {
        Move::Add
    }
}

fn went(id: Id, after: &Programme) -> Move {
    let status = after.things.get(&id).and_then(|one| one.text("status")).unwrap_or_default();
    match status {
        "merged" => Move::Merge,
        "superseded" if links(after, LinkKind::SplitFrom).any(|one| one.id("to") == Some(id)) => Move::Split,
        "superseded" => Move::Refine,
        "rejected" => Move::Reject,
        _ => Move::Demote,
    }
}

/// Of a statement that neither theory lists, what became of it last.
fn set_aside(change: &Change) -> Option<Move> {
    match change.edit("status")?.after.as_ref()?.as_str()? {
        "merged" => Some(Move::Merge),
        "rejected" => Some(Move::Reject),
        _ => Some(Move::Demote),
    }
}

fn reworked(change: &Change) -> Option<Move> {
    let parts: Vec<&Edit> = change.edits_of("part:").collect();
    if let Some(decided) = decided(change) {
        Some(decided)
    } else if !parts.is_empty() {
        Some(if parts.iter().all(|edit| situates(edit)) { Move::Situate } else { Move::Refine })
    } else {
        let says =
            |edit: &&Edit| matches!(edit.field.as_str(), "statement" | "component" | "form" | "origin" | "inference");
        change.edits.iter().any(|edit| says(&edit)).then_some(Move::Reword)
    }
}

fn decided(change: &Change) -> Option<Move> {
    let is_rejected = change.edit("consensus")?.after.as_ref().and_then(Value::as_str) == Some("rejected");
    Some(if is_rejected { Move::Reject } else { Move::Adjudicate })
}

/// A context or an actor came, went or changed; or a part says the same more closely.
fn situates(edit: &Edit) -> bool {
    let word =
        |side: &Option<Value>, field: &str| side.as_ref().and_then(|part| part[field].as_str().map(str::to_owned));
    let is_setting = |side: &Option<Value>| matches!(word(side, "kind").as_deref(), None | Some("context" | "actor"));
    let same = |field: &str| word(&edit.before, field) == word(&edit.after, field);
    is_setting(&edit.before) && is_setting(&edit.after) || same("kind") && same("text")
}

fn link(change: &Change, before: &Programme, after: &Programme) -> Option<Move> {
    if carried(change, before, after).is_some() {
        return None;
    }
    let kind = |programme: &Programme| kind_of(programme.things.get(&change.id)?);
    match change.presence {
        Presence::Changed => None,
        Presence::Removed => match kind(before)? {
            LinkKind::RivalOf if is_reconciled(before.things.get(&change.id)?, before, after) => Some(Move::Reconcile),
            _ => Some(Move::Demote),
        },
        Presence::Added => Some(match kind(after)? {
            LinkKind::RivalOf => Move::Juxtapose,
            LinkKind::MergedInto => Move::Merge,
            LinkKind::Feeds | LinkKind::Contains | LinkKind::DuplicateOf => Move::Consolidate,
            LinkKind::SplitFrom => Move::Split,
            LinkKind::Refines => Move::Refine,
            LinkKind::LeadsTo | LinkKind::InformedBy => Move::Add,
        }),
    }
}

fn kind_of(link: &Thing) -> Option<LinkKind> {
    link.text("link")?.parse().ok()
}

/// The link that took the place of one that went, or in whose place one came: of its kind, and between statements that
/// say its ends anew. What is said of how statements came about is never carried.
pub fn carried(change: &Change, before: &Programme, after: &Programme) -> Option<Id> {
    let (here, there, is_former) = match change.presence {
        Presence::Changed => return None,
        Presence::Removed => (before, after, true),
        Presence::Added => (after, before, false),
    };
    let own = here.things.get(&change.id).filter(|thing| thing.kind == Kind::Link)?;
    let kind = kind_of(own)?;
    if matches!(kind, LinkKind::MergedInto | LinkKind::Refines | LinkKind::SplitFrom) {
        return None;
    }
    let ends = |link: &Thing| Some([link.id("from")?, link.id("to")?]);
    let of_kind =
        there.of_kind(Kind::Link).filter(|(id, thing)| !here.things.contains_key(id) && kind_of(thing) == Some(kind));
    let mut others = of_kind.filter_map(|(id, thing)| Some((id, ends(thing)?))).peekable();
    others.peek()?;
    let own = ends(own)?;
    let line = own.map(|end| lineage(after, end, if is_former { Toward::Heirs } else { Toward::Forebears }));
    let replaces = |other: &[Id; 2]| *other != own && other.iter().zip(&line).all(|(end, line)| line.contains(end));
    others.find(|(_, other)| replaces(other)).map(|(id, _)| id)
}

#[derive(Clone, Copy, PartialEq)]
enum Toward {
    Heirs,
    Forebears,
}

/// A statement and those that say it anew, or that it says anew: what was merged into another, refined to it or split into
/// it, at however many steps.
fn lineage(programme: &Programme, id: Id, toward: Toward) -> BTreeSet<Id> {
    let said_anew = |kind| {
        links(programme, kind).filter_map(move |link| {
            let (from, to) = (link.id("from")?, link.id("to")?);
            Some(if kind == LinkKind::MergedInto { (from, to) } else { (to, from) })
        })
    };
    let mut met = BTreeSet::from([id]);
    let mut open = vec![id];
    while let Some(at) = open.pop() {
        for (former, heir) in
            [LinkKind::MergedInto, LinkKind::Refines, LinkKind::SplitFrom].into_iter().flat_map(said_anew)
        {
            let (own, next) = if toward == Toward::Heirs { (former, heir) } else { (heir, former) };
            if own == at && met.insert(next) {
                open.push(next);
            }
        }
    }
    met
}

/// A rivalry that went was settled: by a decision on one of the two, or since one of them is now said of other contexts or
/// actors. That somebody took the link away settles nothing.
fn is_reconciled(rivalry: &Thing, before: &Programme, after: &Programme) -> bool {
    let changed = |end: Id| {
        let Some(was) = before.things.get(&end) else { return false };
        lineage(after, end, Toward::Heirs)
            .into_iter()
            .filter_map(|id| after.things.get(&id))
            .filter(|now| now.is_listed())
            .any(|now| {
                let is_decided = now.id("decision").is_some() && now.id("decision") != was.id("decision");
                is_decided || (was.is_listed() && settings(was) != settings(now))
            })
    };
    ["from", "to"].into_iter().filter_map(|end| rivalry.id(end)).any(changed)
}

/// Contexts and actors in words.
fn settings(statement: &Thing) -> BTreeSet<(&str, &str)> {
    let parts = statement.fields.iter().filter(|(field, _)| field.starts_with("part:"));
    let words = parts.filter_map(|(_, part)| Some((part["kind"].as_str()?, part["text"].as_str()?)));
    words.filter(|(kind, _)| matches!(*kind, "context" | "actor")).collect()
}

fn other(change: &Change) -> Option<Move> {
    match change.presence {
        Presence::Added => Some(Move::Add),
        Presence::Removed => Some(Move::Demote),
        Presence::Changed => decided(change).or_else(|| {
            let says = |edit: &Edit| matches!(edit.field.as_str(), "name" | "description" | "citation" | "claim");
            change.edits.iter().any(says).then_some(Move::Reword)
        }),
    }
}

fn links(programme: &Programme, kind: LinkKind) -> impl Iterator<Item = &Thing> {
    let of_kind = programme.of_kind(Kind::Link).map(|(_, thing)| thing);
    of_kind.filter(move |thing| thing.text("link") == Some(kind.word()))
}

/// Evidence that came, went or was judged anew with a change.
pub fn evidence(change: &Change) -> Vec<Id> {
    change.edits_of(EVIDENCE).filter_map(|edit| edit.field.strip_prefix(EVIDENCE)?.parse().ok()).collect()
}

/// The decision that set the standing a change ends with.
pub fn decision(change: &Change) -> Option<Id> {
    change.edit("decision")?.after.as_ref()?.as_str()?.parse().ok()
}

/// Uncertainties that are open on one side only.
pub fn settled(change: &Change) -> BTreeSet<Id> {
    let ids = |side: Option<&Value>| {
        let all = side.and_then(Value::as_array).into_iter().flatten();
        all.filter_map(|id| id.as_str()?.parse::<Id>().ok()).collect::<BTreeSet<Id>>()
    };
    let edit = change.edit("open");
    let [before, after] = [edit.and_then(|one| one.before.as_ref()), edit.and_then(|one| one.after.as_ref())].map(ids);
    before.symmetric_difference(&after).copied().collect()
}
