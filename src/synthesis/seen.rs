//! Links as they are seen today: where a statement was merged, at the one that speaks for it. Nothing is rewritten; a link
//! goes the way of the evidence. What was merged is seen through its parent, at the part worded alike or the only one in
//! that place; where that does not say which part is meant, and where a statement was refined or split, the link waits
//! until somebody moves it.

use super::{Speakers, Synthesis};
use crate::hypothesis::Editorial;
use crate::id::Id;
use crate::link::{Link, LinkKind};

/// A link at the statements that speak for its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen<'s> {
    pub link: &'s Link,
    pub from: SeenEnd,
    pub to: SeenEnd,
}

/// One end of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenEnd {
    pub statement: Id,
    /// `None`: the whole, or a part of a merged statement that is no one part of its parent.
    pub part: Option<String>,
}

/// Why a link waits for somebody to move it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// It names this part of a statement that was merged: which part of the parent that is, nobody said.
    WhichPart { merged: Id, part: String, parent: Id },
    /// It hangs on a statement that others say anew: these.
    SaidAnew { former: Id, heirs: Vec<Id> },
}

impl Synthesis {
    /// A link as it is seen.
    pub fn seen<'s>(&'s self, link: &'s Link, speakers: &Speakers) -> Seen<'s> {
        let end = |statement: Id, part: &Option<String>| SeenEnd {
            statement: speakers.of(statement),
            part: part.as_deref().and_then(|key| self.part_at(statement, key, speakers.of(statement))),
        };
        Seen { link, from: end(link.from, &link.from_part), to: end(link.to, &link.to_part) }
    }

    /// Links as they are seen at a statement: its own, and those of what was merged into it; at the other end stands who
    /// speaks for the one named. How statements came about (merged, refined, split) is seen as it was written; a link among
    /// statements that are now one only at these themselves.
    pub fn seen_at(&self, id: Id, speakers: &Speakers) -> Vec<Seen<'_>> {
        self.links.values().filter_map(|link| self.seen_from(id, link, speakers)).collect()
    }

    fn seen_from<'s>(&'s self, id: Id, link: &'s Link, speakers: &Speakers) -> Option<Seen<'s>> {
        let is_own = link.from == id || link.to == id;
        let written = |statement: Id, part: &Option<String>| SeenEnd { statement, part: part.clone() };
        let as_written =
            || Seen { link, from: written(link.from, &link.from_part), to: written(link.to, &link.to_part) };
        if matches!(link.kind, LinkKind::MergedInto | LinkKind::Refines | LinkKind::SplitFrom) {
            return is_own.then(as_written);
        }
        let mut seen = self.seen(link, speakers);
        if seen.from.statement == seen.to.statement {
            return is_own.then(as_written);
        }
        // At a statement that was merged its own link begins or ends there still.
        if link.from == id {
            seen.from = written(link.from, &link.from_part);
        } else if link.to == id {
            seen.to = written(link.to, &link.to_part);
        }
        (seen.from.statement == id || seen.to.statement == id).then_some(seen)
    }

    /// The key of the part that a part of one statement is in the one that speaks for it.
    fn part_at(&self, statement: Id, key: &str, speaker: Id) -> Option<String> {
        if statement == speaker {
            return Some(key.to_owned());
        }
        let part = self.hypotheses.get(&statement)?.parts.iter().find(|part| part.key == key)?;
        Some(self.hypotheses.get(&speaker)?.counterpart(part, true)?.key.clone())
    }

    /// What a link waits for; `None` where it is seen as it was meant, and where an end was given up.
    pub fn waiting(&self, link: &Link, speakers: &Speakers) -> Option<Waiting> {
        if matches!(link.kind, LinkKind::MergedInto | LinkKind::Refines | LinkKind::SplitFrom) {
            return None;
        }
        let ends = [(link.from, &link.from_part), (link.to, &link.to_part)];
        let heirs = ends.map(|(end, _)| self.heirs(speakers.of(end), speakers));
        let is_given_up = |end: Id, heirs: &[Id]| {
            let held = self.hypotheses.get(&speakers.of(end));
            held.is_some_and(|held| !held.status.is_living()) && heirs.is_empty()
        };
        if ends.iter().zip(&heirs).any(|((end, _), heirs)| is_given_up(*end, heirs)) {
            return None;
        }
        if let Some(((end, _), heirs)) = ends.iter().zip(heirs).find(|(_, heirs)| !heirs.is_empty()) {
            return Some(Waiting::SaidAnew { former: *end, heirs });
        }
        ends.into_iter().find_map(|(merged, part)| {
            let (part, parent) = (part.as_ref()?, speakers.of(merged));
            let is_lost = link.kind == LinkKind::LeadsTo && self.part_at(merged, part, parent).is_none();
            is_lost.then(|| Waiting::WhichPart { merged, part: part.clone(), parent })
        })
    }

    /// All links that wait, in id order.
    pub fn all_waiting(&self) -> Vec<(&Link, Waiting)> {
        let speakers = self.speakers();
        self.links.values().filter_map(|link| Some((link, self.waiting(link, &speakers)?))).collect()
    }

    /// The statements that stand and say anew what was superseded, at the end of however many steps.
    pub fn heirs(&self, former: Id, speakers: &Speakers) -> Vec<Id> {
        let (mut heirs, mut open, mut met) = (Vec::new(), vec![former], vec![former]);
        while let Some(at) = open.pop() {
            if self.hypotheses.get(&at).is_none_or(|one| one.status != Editorial::Superseded) {
                continue;
            }
            let anew = self
                .links_at(at)
                .filter(|link| link.to == at && matches!(link.kind, LinkKind::Refines | LinkKind::SplitFrom));
            for heir in anew.map(|link| speakers.of(link.from)) {
                if !met.contains(&heir) {
                    met.push(heir);
                    open.push(heir);
                    if self.hypotheses.get(&heir).is_some_and(|one| one.status.is_living()) {
                        heirs.push(heir);
                    }
                }
            }
        }
        heirs.sort_unstable_by_key(|id| (self.labels.get(id).cloned(), *id));
        heirs
    }
}
