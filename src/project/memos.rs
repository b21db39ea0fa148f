//! Which memos stand on a document: what is said in them goes when its words are destroyed.

use super::Project;
use crate::id::{Id, Kind};
use serde_json::Value;
use std::collections::BTreeSet;

/// A memo may be about a memo, and so on; nobody goes further.
const DEEPEST: usize = 8;

impl Project {
    /// Memos about a document, about words in it or about what rests on those: codings, links, participants
    /// who speak nowhere else, its own sources, and memos on any of these. Those removed or taken back too.
    pub fn memos_on(&self, document: Id) -> BTreeSet<Id> {
        let memos = self.state.ever(Kind::Memo);
        if memos.is_empty() {
            return BTreeSet::new();
        }
        let sources = self.own_sources(document);
        let on_it = |id: &Id| self.rests_on(*id, document, &sources, DEEPEST);
        memos.into_iter().map(|(id, _)| id).filter(on_it).collect()
    }

    /// A memo on words that were destroyed on purpose, or a thing that rests on such.
    pub fn is_on_purged(&self, id: Id) -> bool {
        let mut orders = self.state.purges().into_iter();
        orders.any(|order| self.rests_on(id, order.id, &self.own_sources(order.id), DEEPEST))
    }

    fn rests_on(&self, id: Id, document: Id, sources: &[Id], deepest: usize) -> bool {
        if id == document || sources.contains(&id) {
            return true;
        }
        let Some(entity) = self.state.entity(id).filter(|_| deepest > 0) else { return false };
        entity.all_writes().any(|fields| {
            let named = |value: Option<&Value>| value.and_then(Value::as_str).and_then(|text| text.parse::<Id>().ok());
            let speaks = fields.get("speaks").and_then(Value::as_array);
            let speaks_only_there = speaks.is_some_and(|all| {
                !all.is_empty() && all.iter().all(|one| named(one.get("document")) == Some(document))
            });
            named(fields.get("anchor").and_then(|anchor| anchor.get("document"))) == Some(document)
                || speaks_only_there
                || named(fields.get("about")).is_some_and(|about| self.rests_on(about, document, sources, deepest - 1))
        })
    }
}
