//! How papers name sources: a published work by its citation; what the team gathered itself, for others, by label and
//! kind alone, since a title may name a person or a place; the kind only where the papers tell it of everybody quoted from it.

use super::words::Press;
use crate::id::Id;
use std::collections::BTreeSet;

/// One source.
pub fn source(press: &Press, id: Id) -> String {
    let synthesis = press.synthesis;
    if press.is_for_team() || !press.is_own_data(id) {
        return press.cited_as(id);
    }
    let kind = synthesis.sources.get(&id).map(|source| source.kind.title()).unwrap_or_default();
    let label = synthesis.label(id);
    if press.tells_kind_of(id) { format!("{label} ({kind})") } else { label }
}

/// The same with its label before it.
pub fn marked(press: &Press, id: Id) -> String {
    let (label, named) = (press.synthesis.label(id), source(press, id));
    if named.starts_with(&label) { named } else { format!("{label} {named}") }
}

/// Several, each once and in the order of their labels: what counts as another is named as that.
pub fn sources(press: &Press, ids: impl IntoIterator<Item = Id>) -> String {
    let synthesis = press.synthesis;
    let ids: BTreeSet<Id> = ids.into_iter().map(|id| synthesis.counts_as(id)).collect();
    if ids.is_empty() {
        return super::NONE_FOUND.to_owned();
    }
    synthesis.in_label_order(ids).into_iter().map(|id| source(press, id)).collect::<Vec<_>>().join("; ")
}
