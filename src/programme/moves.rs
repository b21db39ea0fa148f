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
//! | a link went: rival; else | reconcile; demote |
//! | a substantive theory came; went; changed | add; demote; reword |

use super::diff::{Change, Edit, Presence};
use super::{EVIDENCE, Programme};
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
        Kind::Link => link(change),
        _ => other(change),
    }
}

fn statement(change: &Change, before: &Programme, after: &Programme) -> Option<Move> {
    let listed = |programme: &Programme| programme.things.get(&change.id).is_some_and(super::Thing::is_listed);
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

fn link(change: &Change) -> Option<Move> {
    let edit = change.edit("link");
    let kind = |side: Option<&Value>| side?.as_str()?.parse::<LinkKind>().ok();
    match change.presence {
        Presence::Changed => None,
        Presence::Removed => match kind(edit?.before.as_ref())? {
            LinkKind::RivalOf => Some(Move::Reconcile),
            _ => Some(Move::Demote),
        },
        Presence::Added => Some(match kind(edit?.after.as_ref())? {
            LinkKind::RivalOf => Move::Juxtapose,
            LinkKind::MergedInto => Move::Merge,
            LinkKind::Feeds | LinkKind::Contains | LinkKind::DuplicateOf => Move::Consolidate,
            LinkKind::SplitFrom => Move::Split,
            LinkKind::Refines => Move::Refine,
            LinkKind::LeadsTo | LinkKind::InformedBy => Move::Add,
        }),
    }
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

fn links(programme: &Programme, kind: LinkKind) -> impl Iterator<Item = &super::Thing> {
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
